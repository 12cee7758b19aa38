"""Is the platform asked to keep the screen awake, and does nothing break where it cannot?"""

import shutil
import subprocess
import sys

import pytest
from PySide6.QtWidgets import QApplication

from gaoxin_vote.gui.booth.stay_awake import StayAwake

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="D-Bus is asked on Linux only")

_DESKTOP = """
import sys
from PySide6.QtCore import ClassInfo, QCoreApplication, QObject, QProcess, Slot
from PySide6.QtDBus import QDBusConnection

@ClassInfo({"D-Bus Interface": "org.freedesktop.ScreenSaver"})
class Saver(QObject):
    @Slot(str, str, result=int)
    def Inhibit(self, who, why):
        print(who, why, flush=True)
        return 7

app = QCoreApplication([])
saver = Saver()
bus = QDBusConnection.sessionBus()
slots = QDBusConnection.RegisterOption.ExportAllSlots
assert bus.registerObject("/org/freedesktop/ScreenSaver", saver, slots)
assert bus.registerService("org.freedesktop.ScreenSaver")
booth = QProcess()
booth.finished.connect(app.quit)
booth.start(sys.executable, ["-c", sys.argv[1]])
app.exec()
"""
_BOOTH = "from gaoxin_vote.gui.booth.stay_awake import StayAwake; a = StayAwake(); a.start(); a.stop()"


def test_without_a_desktop_nothing_breaks(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
    awake = StayAwake()
    awake.start()
    awake.renew()
    awake.stop()
    awake.stop()


@pytest.mark.skipif(shutil.which("dbus-run-session") is None, reason="no D-Bus daemon on this machine")
def test_a_desktop_is_asked_to_hold_back_its_screen_saver() -> None:
    done = subprocess.run(
        ["dbus-run-session", "--", sys.executable, "-c", _DESKTOP, _BOOTH],
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert done.stdout.strip() == "高新投票 投票进行中", done.stderr
