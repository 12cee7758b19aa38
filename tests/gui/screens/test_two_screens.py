"""Is the booth covered at once when the delegates' screen is lost, dark or copied? On a real X server.

`Xvfb` has one output. The driver ``dummy`` of the real server has sixteen: the first is on, another is lit
by giving it a mode. Switching one off, or laying it over the first, is then what a cable does, or a settings
window. Of DPMS neither server tells anything; the screen saver's darkness is what is tried.
"""

import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.workflow.session import running
from gaoxin_vote.workflow.session.turnout import sessions
from gaoxin_vote.workflow.setup.workspaces import open_workspace
from tests.gui.office import PASSPHRASE, YEAR, Moments, clock
from tests.gui.real_windows import display_of, run_on
from tests.stretching import CHEAP_COSTS

_TOOLS = ("Xorg", "xrandr", "xset", "openbox", "xdotool")
_DRIVER = "xorg/modules/drivers/dummy_drv.so"
_LIBRARIES = ("/usr/lib", "/usr/lib64", "/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu")
_LONGEST = 120
_MODE = "1280x800"
_SERVER = """
Section "ServerFlags"
  Option "AutoAddDevices" "false"
  Option "AutoEnableDevices" "false"
  Option "AutoAddGPU" "false"
EndSection
Section "Device"
  Identifier "device"
  Driver "dummy"
  VideoRam 65536
EndSection
Section "Monitor"
  Identifier "monitor"
  HorizSync 5.0-1000.0
  VertRefresh 5.0-200.0
EndSection
Section "Screen"
  Identifier "screen"
  Device "device"
  Monitor "monitor"
  DefaultDepth 24
  SubSection "Display"
    Depth 24
    Modes "1280x800"
    Virtual 2560 800
  EndSubSection
EndSection
"""


@pytest.fixture
def display(tmp_path: Path) -> Iterator[str]:
    """A real X server with two outputs side by side and a window manager, or a skip that says why not."""
    missing = [tool for tool in _TOOLS if shutil.which(tool) is None]
    missing += (
        [] if any((Path(each) / _DRIVER).exists() for each in _LIBRARIES) else ["xserver-xorg-video-dummy"]
    )
    if missing:
        pytest.skip(f"two screens need {', '.join(missing)} (make test-tools)")
    (tmp_path / "xorg.conf").write_text(_SERVER, encoding="ascii")
    server = (
        *("Xorg", "-config", str(tmp_path / "xorg.conf"), "-logfile", str(tmp_path / "xorg-more.log")),
        *("-noreset", "-novtswitch", "-sharevts"),
    )
    with display_of(server, tmp_path) as name:
        if not name:
            said = (tmp_path / "server.log").read_text(errors="replace").strip()
            pytest.skip(f"no real X server can run here: {said[-300:]}")
        for arguments in (
            ("--output", "DUMMY0", "--mode", _MODE),
            ("--addmode", "DUMMY1", _MODE),
            ("--addmode", "DUMMY2", _MODE),
            ("--output", "DUMMY1", "--mode", _MODE, "--right-of", "DUMMY0"),
        ):
            subprocess.run(["xrandr", *arguments], env={**os.environ, "DISPLAY": name}, check=True)
        yield name


def _open_first(workspace: Workspace, codes: dict[object, tuple[str, ...]]) -> tuple[str, ...]:
    key = sessions(workspace, YEAR)[0].session.id
    running.open_session(workspace, key)
    return codes[key]


def test_the_booth_is_covered_while_its_screen_is_not_the_voters_alone(
    display: str, moments: Moments, tmp_path: Path
) -> None:
    path = Path(shutil.copy(moments.slips, tmp_path / "office.gxv"))
    workspace = open_workspace(path, PASSPHRASE, clock, CHEAP_COSTS)
    (tmp_path / "codes.json").write_text(json.dumps(_open_first(workspace, dict(moments.codes))))
    workspace.close()
    begun = time.monotonic()
    evening = run_on(display, "tests.gui.screens.two_screens", tmp_path, _LONGEST)
    took = time.monotonic() - begun
    assert evening.returncode == 0, f"{evening.stdout}\n{evening.stderr}\nlook at {tmp_path} ({took:.0f} s)"
