"""Is the workspace file open in another program?

A lock of the operating system on a neighbour file. Not SQLite's `locking_mode=EXCLUSIVE`: in that mode
the rollback journal is not deleted but kept with a zeroed header, and its pages tell the order of casts.
"""

import os
import sys
from contextlib import suppress
from pathlib import Path

from gaoxin_vote.errors import Unavailable
from gaoxin_vote.storage.failures import StorageReason, unreachable


class FileLock:
    """Held from before the file is opened until after it is closed; a killed program lets go by itself."""

    def __init__(self, path: Path) -> None:
        """Take the lock of `path`. Raises `Unavailable` when another program holds it."""
        self._path = path.with_name(path.name + ".lock")
        self._handle: int | None = None
        while self._handle is None:
            try:
                handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
            except OSError as error:
                raise unreachable(path, error) from error
            if not _lock(handle):
                os.close(handle)
                raise Unavailable(
                    StorageReason.IN_USE,
                    f"工作区已在另一个窗口或程序中打开：{path}。请先在那里关闭，再打开。",
                )
            if _same_file(handle, self._path):
                self._handle = handle
            else:  # the holder before us removed its file between our open and our lock
                os.close(handle)

    def release(self) -> None:
        """Let go. Safe to call twice."""
        if self._handle is None:
            return
        with suppress(OSError):  # a file left behind hinders nobody: only the lock on it counts
            if os.name == "posix":
                self._path.unlink()
        with suppress(OSError):
            os.close(self._handle)
        self._handle = None
        if os.name != "posix":  # Windows removes only closed files
            with suppress(OSError):
                self._path.unlink()


def _same_file(handle: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _lock(handle: int) -> bool:
        try:
            # flock belongs to the open file, so a second workspace object of this program is kept out too.
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
