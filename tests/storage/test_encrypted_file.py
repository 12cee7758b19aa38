"""Is an encrypted file opened, made and flushed as its callers rely on?"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from gaoxin_vote.errors import EvidenceBroken, Refused, Unavailable
from gaoxin_vote.storage.encrypted_file import connect, create_empty, read_salt, sync_file, verify_pages
from gaoxin_vote.storage.failures import StorageReason

KEY, SALT = bytes(32), bytes(range(16))


@pytest.fixture
def connection(path: Path) -> Iterator[dbapi2.Connection]:
    """A connection to a file with a table; it does not wait for others."""
    create_empty(path)
    made = connect(path, KEY, SALT)
    made.execute("CREATE TABLE a (b)")
    made.execute("PRAGMA busy_timeout = 0")
    yield made
    made.close()


def test_an_existing_file_is_not_made_anew(path: Path) -> None:
    path.write_bytes(b"something")
    with pytest.raises(Refused) as caught:
        create_empty(path)
    assert caught.value.reason is StorageReason.EXISTS
    assert path.read_bytes() == b"something"


def test_no_file_is_made_where_there_is_no_folder(path: Path) -> None:
    with pytest.raises(Unavailable) as caught:
        create_empty(path / "a.gxv")
    assert caught.value.reason is StorageReason.UNREACHABLE


def test_a_file_in_use_is_told(connection: dbapi2.Connection, path: Path) -> None:
    other = connect(path, KEY, SALT)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(Unavailable) as caught:
        verify_pages(connection, path)
    assert caught.value.reason is StorageReason.LOCKED
    other.close()


def test_a_file_cut_short_is_told_when_it_is_opened(connection: dbapi2.Connection, path: Path) -> None:
    connection.close()
    path.write_bytes(path.read_bytes()[:-4096])
    with pytest.raises(EvidenceBroken) as caught:
        connect(path, KEY, SALT)
    assert caught.value.reason is StorageReason.DAMAGED


def test_the_file_and_the_entry_of_its_folder_are_flushed(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed: list[int] = []
    fsync = os.fsync

    def noted(handle: int) -> None:
        flushed.append(os.fstat(handle).st_ino)
        fsync(handle)

    create_empty(path)
    monkeypatch.setattr(os, "fsync", noted)
    sync_file(path)
    folder = [path.parent.stat().st_ino] if os.name == "posix" else []
    assert flushed == [path.stat().st_ino, *folder]


@pytest.mark.skipif(os.name != "posix", reason="only there are pipes and devices among the files")
def test_a_pipe_or_a_device_is_no_workspace(path: Path) -> None:
    os.mkfifo(path)
    link = path.with_name("link.gxv")
    link.symlink_to(path)
    for each in (path, link, Path("/dev/zero")):
        with pytest.raises(Refused, match="是管道或设备") as refused:
            read_salt(each)
        assert refused.value.reason is StorageReason.NOT_A_WORKSPACE
