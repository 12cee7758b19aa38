"""How is a file written so that it is whole and durable, or not there at all?"""

import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import Enum
from pathlib import Path

from gaoxin_vote.errors import Refused, Unavailable
from gaoxin_vote.system_words import system_words


class FileReason(Enum):
    """Why a file cannot be written or read."""

    WRITE_FAILED = "write failed"
    READ_FAILED = "read failed"
    EXISTS = "exists"
    NO_NAME = "no name"
    TOO_LARGE = "too large"
    NOT_A_FILE = "not a file"


_NEW_PRIVATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_LARGEST = 256 * 2**20
"""Bytes of a file that is read as a whole; sheets are far smaller."""
SMALL = 2**20
"""Bytes that a scheme or a share file has at most; both are a few thousand."""


def write_durably(path: Path, content: bytes, *, replace: bool = True) -> None:
    """Write `content` to `path`: a neighbour file first, flushed to the medium, then renamed.

    The file can be read by the account that runs the program and by no other. Raises `Refused` when it
    exists and `replace` is false, `Unavailable` when the medium is full, read-only or gone; then the old
    file, if any, is untouched.
    """
    if not path.name:
        raise Refused(FileReason.NO_NAME, f"请选择文件名，不能写到：{path}。")
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        if not replace and path.exists():
            raise Refused(FileReason.EXISTS, f"文件已存在，不覆盖：{path}。请另选位置或文件名。")
        with os.fdopen(os.open(part, _NEW_PRIVATE, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        with suppress(OSError):
            part.unlink()
        raise _unavailable("无法写入", path, error, FileReason.WRITE_FAILED) from error


def read_whole(path: Path, largest: int = _LARGEST) -> bytes:
    """The content of `path`; raises `Unavailable` when it cannot be read.

    Raises `Refused` for more than `largest` bytes, and for what is no file at all: a pipe would never end
    to be waited for, a device never to be read.
    """
    with reading_from(path):
        # Without this flag the mere opening of a pipe waits for somebody to write into it.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(handle, "rb") as file:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise Refused(FileReason.NOT_A_FILE, f"这不是普通文件（是管道或设备），不能读取：{path}。")
            # Not the size that is told, but what comes: some files grow while they are read.
            content = file.read(largest + 1)
        if len(content) > largest:
            raise Refused(FileReason.TOO_LARGE, f"文件过大，不像是要读的文件：{path}。")
        return content


@contextmanager
def reading_from(path: Path) -> Iterator[None]:
    """Turn an `OSError` inside the block into `Unavailable`: `path` cannot be read."""
    try:
        yield
    except OSError as error:
        raise _unavailable("无法读取", path, error, FileReason.READ_FAILED) from error


@contextmanager
def writing_to(path: Path) -> Iterator[None]:
    """Turn an `OSError` inside the block into `Unavailable`: `path` cannot be written."""
    try:
        yield
    except OSError as error:
        raise _unavailable("无法写入", path, error, FileReason.WRITE_FAILED) from error


def _unavailable(verb: str, path: Path, error: OSError, reason: FileReason) -> Unavailable:
    return Unavailable(
        reason, f"{verb}：{path}（{system_words(error)}）。请检查磁盘或U盘后重试，或另选位置。"
    )


def sync_folder(folder: Path) -> None:
    """Force the entries of `folder` onto the medium, so that a renamed file keeps its new name."""
    if os.name != "posix":  # Windows has no handle on a folder; its rename is journalled
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
