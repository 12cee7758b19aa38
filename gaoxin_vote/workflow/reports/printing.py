"""How does a sheet get onto paper or into the one file that the officer names?"""

import shutil
import subprocess
from enum import Enum
from pathlib import Path

from gaoxin_vote.errors import Unavailable
from gaoxin_vote.files import write_durably

_WAIT = 30
"""Seconds after which a print service that does not answer is given up."""


class PrintReason(Enum):
    """Why a sheet cannot be printed."""

    NO_SERVICE = "no print service"
    REJECTED = "rejected"


def save_pdf(pdf: bytes, path: Path) -> None:
    """Write a sheet to the one path that the officer named. There is no other copy."""
    write_durably(path, pdf)


def printers() -> tuple[str, ...]:
    """The names of the printers of this PC, the default first; empty where there is no print service."""
    if shutil.which("lpstat") is None:
        return ()
    names = [line.split()[0] for line in _run(["lpstat", "-e"]).splitlines() if line.strip()]
    default = _run(["lpstat", "-d"]).rpartition(":")[2].strip()
    return tuple(sorted(names, key=lambda name: name != default))


def print_pdf(pdf: bytes, printer: str | None = None, *, title: str = "高新投票") -> None:
    """Hand a sheet to the print service through a pipe, so that no file of ours stays behind.

    Raises `Unavailable` when there is no print service or it refuses.
    """
    if shutil.which("lp") is None:
        raise Unavailable(
            PrintReason.NO_SERVICE, "此电脑没有可用的打印服务。请另存为PDF，再用PDF阅读程序打印。"
        )
    command = ["lp", "-t", title, *(["-d", printer] if printer else [])]
    done = subprocess.run(command, input=pdf, capture_output=True, timeout=_WAIT, check=False)
    if done.returncode:
        words = done.stderr.decode(errors="replace").strip() or "打印服务未说明原因"
        raise Unavailable(PrintReason.REJECTED, f"打印未成功（{words}）。请检查打印机后重试，或另存为PDF。")


def preview_pages(pdf: bytes) -> tuple[bytes, ...]:
    """The pages as PNG pictures, for a screen."""
    from gaoxin_vote.documents.preview import pages

    return pages(pdf)


def _run(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, timeout=_WAIT, check=False)
    return done.stdout.decode(errors="replace")
