"""How is an encrypted file opened with its key, and what must hold before it is used?"""

import os
import re
from pathlib import Path
from urllib.parse import quote

from sqlcipher3 import dbapi2

from gaoxin_vote.errors import Refused, Unavailable
from gaoxin_vote.files import sync_folder
from gaoxin_vote.storage.failures import (
    StorageReason,
    damaged,
    is_unreadable,
    known,
    storage_failures,
    unreachable,
)
from gaoxin_vote.storage.passphrase import SALT_BYTES
from gaoxin_vote.storage.schema import APPLICATION_ID

_BUSY_SECONDS = 2.0

_SETTINGS = {
    "journal_mode": ("DELETE", "delete"),  # WAL and PERSIST keep the order of casts
    "synchronous": ("EXTRA", 3),
    "secure_delete": ("ON", 1),
    "foreign_keys": ("ON", 1),
    "temp_store": ("MEMORY", 2),
    "recursive_triggers": ("ON", 1),  # so that REPLACE cannot pass by the triggers of the audit log
    "trusted_schema": ("OFF", 0),
    "cell_size_check": ("ON", 1),
}
_EXPECTED = {
    "locking_mode": "normal",  # EXCLUSIVE keeps the journal's pages, see lock.py
    "auto_vacuum": 0,  # it would move pages
    "page_size": "4096",
    "cipher_use_hmac": "1",
    "mmap_size": 0,
}


def read_salt(path: Path) -> bytes:
    """The first 16 bytes of an existing workspace file.

    Raises `Unavailable` when there is no such file, `Refused` when it cannot be a workspace.
    """
    try:
        if path.exists() and not (path.is_file() or path.is_dir()):
            # To open a pipe would wait for somebody to write into it.
            raise Refused(
                StorageReason.NOT_A_WORKSPACE, f"这不是普通文件（是管道或设备），不是工作区文件：{path}。"
            )
        with path.open("rb") as file:
            head = file.read(SALT_BYTES)
    except FileNotFoundError:
        raise Unavailable(
            StorageReason.MISSING, f"找不到工作区文件：{path}。请检查位置，或插好存放它的磁盘、U盘。"
        ) from None
    except IsADirectoryError:
        raise Refused(StorageReason.NOT_A_WORKSPACE, f"这是一个文件夹，不是工作区文件：{path}。") from None
    except OSError as error:
        raise unreachable(path, error) from error
    if not head:
        raise Refused(StorageReason.NOT_A_WORKSPACE, f"文件是空的，不是工作区文件：{path}。请改用备份。")
    if len(head) < SALT_BYTES or head.startswith(b"SQLite format 3"):
        raise not_a_workspace(path)
    return head


def create_empty(path: Path) -> None:
    """Make an empty file that only its owner may read. Raises `Refused` when it exists."""
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        raise exists(path) from None
    except OSError as error:
        raise unreachable(path, error) from error


def connect(path: Path, key: bytes, salt: bytes) -> dbapi2.Connection:
    """A connection to the existing file `path` (an empty one becomes encrypted under `key` and `salt`).

    Raises `Refused` when page 1 does not verify under the key, `Unavailable` when the file is out of reach.
    """
    with storage_failures(path):
        connection = dbapi2.connect(
            f"{_uri(path)}?mode=rw", uri=True, isolation_level=None, timeout=_BUSY_SECONDS
        )
        try:
            connection.execute("PRAGMA cipher_log_level = NONE")  # before the key: it would log to stderr
            connection.execute(f"PRAGMA key = \"x'{key.hex()}{salt.hex()}'\"")
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            for name, (value, _) in _SETTINGS.items():
                connection.execute(f"PRAGMA {name} = {value}")
            _assert_settings(connection)
        except dbapi2.Error as error:
            connection.close()
            if is_unreadable(error):
                raise wrong_passphrase(path) from None
            raise
        except BaseException:
            connection.close()
            raise
    return connection


def _uri(path: Path) -> str:
    # Not `Path.as_uri`: SQLite takes no host name, so a Windows share must be file:////server/share.
    plain = path.absolute().as_posix()
    return "file://" + ("" if plain.startswith("/") else "/") + quote(plain, safe="/:")


def _assert_settings(connection: dbapi2.Connection) -> None:
    expected = {name: value for name, (_, value) in _SETTINGS.items()} | _EXPECTED
    for name, value in expected.items():
        (found,) = connection.execute(f"PRAGMA {name}").fetchone()
        if found != value:
            raise RuntimeError(f"PRAGMA {name} is {found!r}, not {value!r}")


def verify_pages(connection: dbapi2.Connection, path: Path) -> None:
    """Read every page: each must authenticate, and the trees must be whole.

    Both checks, since each misses something: the first does not see a file cut at a page boundary, the
    second reads only pages in use. Raises `Refused` for a file of another program, `EvidenceBroken` for a
    damaged one.
    """
    try:
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        if application != APPLICATION_ID:
            raise not_a_workspace(path)
        faults = [str(row[0]) for row in connection.execute("PRAGMA cipher_integrity_check")]
        if not faults:
            faults = [str(row[0]) for row in connection.execute("PRAGMA integrity_check")]
    except dbapi2.Error as error:
        raise known(error, path) or damaged(path, _in_chinese(str(error))) from error
    if faults not in ([], ["ok"]):
        raise damaged(path, *map(_in_chinese, faults[:10]))


def _in_chinese(fault: str) -> str:
    """What the database found wrong, told in Chinese with its own words for who mends it."""
    page = re.fullmatch(r"HMAC verification failed for page (\d+)", fault)
    return f"第{page[1]}页校验不符" if page else f"数据库的原话：{fault}"


def sync_file(path: Path) -> None:
    """Force the file and its folder's entry onto the medium."""
    with path.open("r+b") as file:
        os.fsync(file.fileno())
    sync_folder(path.parent)


def exists(path: Path) -> Refused:
    """The refusal to overwrite `path`."""
    return Refused(StorageReason.EXISTS, f"文件已存在，不覆盖：{path}。请另选位置或文件名。")


def not_a_workspace(path: Path) -> Refused:
    """The refusal of a file that this program did not make."""
    return Refused(StorageReason.NOT_A_WORKSPACE, f"不是本程序的工作区文件：{path}。请选择 .gxv 工作区文件。")


def wrong_passphrase(path: Path) -> Refused:
    """The refusal of a passphrase. A damaged first page looks the same, and the person is told so."""
    return Refused(
        StorageReason.WRONG_PASSPHRASE,
        f"口令不正确，未能打开工作区：{path}。请重新输入；若确信口令无误，则文件开头已损坏，请改用备份。",
    )
