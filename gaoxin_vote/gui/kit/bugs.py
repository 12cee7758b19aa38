"""Where does an error go that nobody foresaw?

Into a log file that says where in the program it happened and nothing else: no message of the error (it may
quote a passphrase, a slip code or a mark), no local variables, and no time of day (a failed cast must
not tell when somebody stood in the booth).
"""

import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QDate, QStandardPaths

from gaoxin_vote import __version__

_KEEP = 200_000
"""Bytes of the log that are kept when it grows."""


def log_path() -> Path:
    """The log file; it need not exist."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppLocalDataLocation)
    return Path(folder) / "errors.log"


def record(error: BaseException) -> Path:
    """Append where `error` arose to the log and return the log's path."""
    path = log_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    old = path.read_bytes()[-_KEEP:] if path.exists() else b""
    path.write_bytes(old + _entry(error).encode())
    return path


def catch(show: Callable[[BaseException], object]) -> None:
    """Hand every exception that reaches the event loop to `show` instead of the terminal."""

    def hook(_kind: type[BaseException], error: BaseException, _where: TracebackType | None) -> None:
        if isinstance(error, KeyboardInterrupt):
            sys.exit(130)
        show(error)

    sys.excepthook = hook


def _entry(error: BaseException) -> str:
    lines = [f"{QDate.currentDate().toString('yyyy-MM-dd')} gaoxin-vote {__version__}"]
    link: BaseException | None = error
    while link is not None:
        number = f" errno={link.errno}" if isinstance(link, OSError) else ""
        lines.append(f"  {type(link).__module__}.{type(link).__qualname__}{number}")
        frames = traceback.extract_tb(link.__traceback__)
        lines += [f"    {Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
        link = link.__cause__ or link.__context__
    return "\n".join(lines) + "\n"
