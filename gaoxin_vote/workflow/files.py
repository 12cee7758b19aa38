"""How is a file written so that it is whole and durable, or not there at all?"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import Enum
from pathlib import Path

from gaoxin_vote.errors import Refused, Unavailable


class FileReason(Enum):
    """Why a file cannot be written or read."""

    WRITE_FAILED = "write failed"
    READ_FAILED = "read failed"
    EXISTS = "exists"


def write_durably(path: Path, content: bytes, *, replace: bool = True) -> None:
    """Write `content` to `path`: a neighbour file first, flushed to the medium, then renamed.

    Raises `Refused` when the file exists and `replace` is false, `Unavailable` when the medium is
    full, read-only or gone; then the old file, if any, is untouched.
    """
    if not replace and path.exists():
        raise Refused(FileReason.EXISTS, f"文件已存在，不覆盖：{path}。请另选位置或文件名。")
    part = path.with_name(path.name + ".part")
    try:
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        with suppress(OSError):
            part.unlink()
        raise _unavailable("无法写入", path, error, FileReason.WRITE_FAILED) from error


def read_whole(path: Path) -> bytes:
    """The content of `path`; raises `Unavailable` when it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise _unavailable("无法读取", path, error, FileReason.READ_FAILED) from error


@contextmanager
def writing_to(path: Path) -> Iterator[None]:
    """Turn the operating system's refusal inside the block into `Unavailable` that names `path`."""
    try:
        yield
    except OSError as error:
        raise _unavailable("无法写入", path, error, FileReason.WRITE_FAILED) from error


def _unavailable(verb: str, path: Path, error: OSError, reason: FileReason) -> Unavailable:
    words = error.strerror or type(error).__name__
    return Unavailable(reason, f"{verb}：{path}（{words}）。请检查磁盘或U盘后重试，或另选位置。")


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":  # Windows has no handle on a folder; its rename is journalled
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
