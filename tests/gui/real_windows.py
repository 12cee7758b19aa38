"""A display of its own with a window manager, and a program that is used on it from outside."""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
_PATIENCE = 10


@contextmanager
def display_of(server: Sequence[str], folder: Path) -> Iterator[str]:
    """The name of the display that this X server opens; empty where it does not start.

    What the server says lies in `folder` as ``server.log``.
    """
    reader, writer = os.pipe()
    with (folder / "server.log").open("wb") as said:
        running = subprocess.Popen(
            [*server, "-displayfd", str(writer), "-nolisten", "tcp"],
            pass_fds=(writer,),
            stdout=said,
            stderr=said,
        )
    os.close(writer)
    with os.fdopen(reader) as told:
        number = told.readline().strip()
    processes = [running]
    if number:
        surroundings = {**os.environ, "DISPLAY": f":{number}", "HOME": str(folder)}
        manager = ["openbox", "--sm-disable"]
        processes.insert(0, subprocess.Popen(manager, env=surroundings, stderr=subprocess.DEVNULL))
    try:
        yield f":{number}" if number else ""
    finally:
        for process in processes:
            process.terminate()
            process.wait(_PATIENCE)


def run_on(display: str, module: str, folder: Path, longest: float) -> "subprocess.CompletedProcess[str]":
    """Run ``python -m module folder`` on a display, with a home of its own, for `longest` seconds at most."""
    surroundings = {
        **os.environ,
        "DISPLAY": display,
        "QT_QPA_PLATFORM": "xcb",
        "QT_QPA_PLATFORMTHEME": "",
        "HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder / "config"),
        "XDG_DATA_HOME": str(folder / "data"),
        "PYTHONPATH": str(ROOT),
    }
    return subprocess.run(
        [sys.executable, "-m", module, str(folder)],
        cwd=ROOT,
        env=surroundings,
        capture_output=True,
        text=True,
        timeout=longest,
        check=False,
    )
