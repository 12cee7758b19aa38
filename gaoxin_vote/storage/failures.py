"""What does a failure of the workspace file mean to the person in front of the screen?"""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path

from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from gaoxin_vote.errors import EvidenceBroken, GaoxinVoteError, Unavailable
from gaoxin_vote.system_words import system_words

PART = ".part"
"""Ends the name of a file that is not finished; messages name the file it is to become."""


class StorageReason(Enum):
    """Why a workspace file cannot be made, opened, read or written."""

    MISSING = "missing"
    EXISTS = "exists"
    NOT_A_WORKSPACE = "not a workspace"
    NEWER = "newer"
    EMPTY_PASSPHRASE = "empty passphrase"
    WRONG_PASSPHRASE = "wrong passphrase"
    IN_USE = "in use"
    LOCKED = "locked"
    FULL = "full"
    READ_ONLY = "read only"
    UNREACHABLE = "unreachable"
    DAMAGED = "damaged"
    VOTING = "voting"


# Primary result codes of SQLite, https://www.sqlite.org/rescode.html
_BUSY, _LOCKED, _READONLY, _IOERR, _CORRUPT, _FULL, _CANTOPEN, _NOTADB = 5, 6, 8, 10, 11, 13, 14, 26

_SURROUNDINGS: dict[int, tuple[StorageReason, str]] = {
    _BUSY: (StorageReason.LOCKED, "工作区文件正被另一个程序占用：{path}。请关闭该程序后重试。"),
    _LOCKED: (StorageReason.LOCKED, "工作区文件正被另一个程序占用：{path}。请关闭该程序后重试。"),
    _READONLY: (
        StorageReason.READ_ONLY,
        "工作区文件无法写入（只读，或已被移走、改名）：{path}。刚才的操作未保存，请放回原处或改为可写后重试。",
    ),
    _IOERR: (
        StorageReason.UNREACHABLE,
        "读写工作区文件失败：{path}。刚才的操作未保存，请检查磁盘或U盘是否仍然连接，然后重试。",
    ),
    _FULL: (
        StorageReason.FULL,
        "磁盘空间不足，无法写入工作区文件：{path}。刚才的操作未保存，请清理磁盘后重试。",
    ),
    _CANTOPEN: (
        StorageReason.UNREACHABLE,
        "无法打开工作区文件：{path}。请检查文件夹是否存在、是否有权限、磁盘或U盘是否仍然连接。",
    ),
}


# `Connection.backup` of sqlcipher3 raises without a code: only SQLite's own words tell.
_WORDS = {
    "database is locked": _BUSY,
    "attempt to write a readonly database": _READONLY,
    "disk I/O error": _IOERR,
    "database disk image is malformed": _CORRUPT,
    "database or disk is full": _FULL,
    "unable to open database file": _CANTOPEN,
    "file is not a database": _NOTADB,
}


def primary_code(error: BaseException | None) -> int:
    """The primary SQLite result code of a driver's error, 0 where it has none."""
    code = getattr(error, "sqlite_errorcode", None)
    return code & 0xFF if isinstance(code, int) else _WORDS.get(str(error), 0)


@contextmanager
def storage_failures(path: Path) -> Iterator[None]:
    """Turn failures of the file inside the block into the three families; anything else passes as a bug.

    Full, locked, removed or read-only: `Unavailable`. Pages that do not verify: `EvidenceBroken`.
    """
    try:
        yield
    except (DBAPIError, dbapi2.Error) as error:
        failure = known(error.orig if isinstance(error, DBAPIError) else error, path)
        if failure is None:
            raise
        raise failure from error


def known(error: BaseException | None, path: Path) -> GaoxinVoteError | None:
    """The failure that the driver's `error` stands for, or None when it is a bug of ours."""
    code = primary_code(error)
    if code in (_CORRUPT, _NOTADB):
        return damaged(path)
    if code in _SURROUNDINGS:
        reason, words = _SURROUNDINGS[code]
        return Unavailable(reason, words.format(path=_shown(path)))
    return None


def is_unreadable(error: BaseException) -> bool:
    """Whether page 1 does not verify under the key: a wrong passphrase, or a damaged first page."""
    return primary_code(error) == _NOTADB


def damaged(path: Path, *details: str) -> EvidenceBroken:
    """The failure of a file whose pages do not verify."""
    return EvidenceBroken(
        StorageReason.DAMAGED,
        f"工作区文件已损坏：{path}。请勿继续使用，保留此文件备查，并改用最近的备份。",
        details=details,
    )


def unreachable(path: Path, error: OSError) -> Unavailable:
    """The failure of the operating system to reach `path`."""
    words = system_words(error)
    return Unavailable(
        StorageReason.UNREACHABLE,
        f"无法读写工作区文件：{_shown(path)}（{words}）。请检查磁盘或U盘是否仍然连接、是否有权限，然后重试。",
    )


def _shown(path: Path) -> Path:
    return path.with_name(path.name.removesuffix(PART))
