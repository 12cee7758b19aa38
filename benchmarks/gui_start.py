"""How long until the first window can be seen, beside an empty PySide6 window?

Both run as fresh processes in turn, so that the disk cache and the machine's load are the same for both;
the smallest of several runs counts.
"""

import os
import subprocess
import sys
import tempfile

RUNS = 7
ALLOWED = 2.5

_TIMER = """
import time
begun = time.perf_counter()
from PySide6.QtCore import QTimer
def stop(app, window):
    painted = window.grab()
    assert not painted.isNull()
    print(time.perf_counter() - begun, flush=True)
    app.quit()
"""
EMPTY = (
    _TIMER
    + """
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
window = QMainWindow()
window.resize(1366, 768)
window.show()
QTimer.singleShot(0, lambda: stop(app, window))
app.exec()
"""
)
OURS = (
    _TIMER
    + """
from gaoxin_vote import bootstrap
app = bootstrap.make_application([])
window = bootstrap.make_window()
window.resize(1366, 768)
window.show()
QTimer.singleShot(0, lambda: stop(app, window))
app.exec()
"""
)


def seconds(program: str) -> float:
    """Seconds from the first import to the first painted window, in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        surroundings = {**os.environ, "XDG_CONFIG_HOME": folder, "XDG_DATA_HOME": folder}
        surroundings.setdefault("QT_QPA_PLATFORM", "offscreen")
        command = [sys.executable, "-c", program]
        done = subprocess.run(command, capture_output=True, text=True, check=True, env=surroundings)
    return float(done.stdout.split()[0])


def measure(runs: int = RUNS) -> tuple[float, float]:
    """The smallest times of the empty window and of ours, run in turn."""
    pairs = [(seconds(EMPTY), seconds(OURS)) for _ in range(runs)]
    return min(empty for empty, _ in pairs), min(ours for _, ours in pairs)


def main() -> int:
    """Print both and their ratio; 1 when it is beyond what is allowed."""
    empty, ours = measure()
    print(f"empty PySide6 window   {empty * 1000:6.0f} ms")
    print(f"our first window       {ours * 1000:6.0f} ms")
    print(f"ratio                  {ours / empty:6.2f}   (allowed {ALLOWED})")
    return 0 if ours / empty <= ALLOWED else 1


if __name__ == "__main__":
    sys.exit(main())
