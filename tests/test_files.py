"""Is a file that is written whole and durable, or not there at all?"""

import os
from pathlib import Path

import pytest

from gaoxin_vote.errors import Refused, Unavailable
from gaoxin_vote.files import FileReason, read_whole, reading_from, write_durably, writing_to


def names(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


def test_what_is_written_is_there_and_nothing_else(tmp_path: Path) -> None:
    write_durably(tmp_path / "表.pdf", b"old")
    write_durably(tmp_path / "表.pdf", b"new")
    assert read_whole(tmp_path / "表.pdf") == b"new"
    assert names(tmp_path) == ["表.pdf"]


def test_content_is_flushed_before_the_name_and_the_name_before_it_returns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed: list[tuple[int, list[str]]] = []
    fsync = os.fsync

    def noted(handle: int) -> None:
        flushed.append((os.fstat(handle).st_ino, names(tmp_path)))
        fsync(handle)

    monkeypatch.setattr(os, "fsync", noted)
    path = tmp_path / "表.pdf"
    write_durably(path, b"content")
    (content, before), *folder = flushed
    assert content == path.stat().st_ino
    assert path.name not in before
    if os.name == "posix":
        assert folder == [(tmp_path.stat().st_ino, [path.name])]


def test_a_place_without_a_name_is_refused() -> None:
    with pytest.raises(Refused) as caught:
        write_durably(Path(), b"")
    assert caught.value.reason is FileReason.NO_NAME


def test_an_existing_file_stays_where_none_is_to_be_replaced(tmp_path: Path) -> None:
    write_durably(tmp_path / "a", b"old", replace=False)
    with pytest.raises(Refused) as caught:
        write_durably(tmp_path / "a", b"new", replace=False)
    assert caught.value.reason is FileReason.EXISTS
    assert read_whole(tmp_path / "a") == b"old"
    assert names(tmp_path) == ["a"]


def test_what_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    for path in (tmp_path / "folder", tmp_path / "U盘" / "a"):
        with pytest.raises(Unavailable) as caught:
            write_durably(path, b"")
        assert caught.value.reason is FileReason.WRITE_FAILED
        assert str(path) in caught.value.message
    assert names(tmp_path) == ["folder"]


def test_a_file_far_too_large_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "a").open("wb") as file:
        file.truncate(256 * 2**20 + 1)
    with pytest.raises(Refused) as caught:
        read_whole(tmp_path / "a")
    assert caught.value.reason is FileReason.TOO_LARGE


def test_what_the_system_refuses_names_the_file(tmp_path: Path) -> None:
    with pytest.raises(Unavailable) as caught:
        read_whole(tmp_path / "a")
    assert caught.value.reason is FileReason.READ_FAILED
    for block, reason in ((reading_from, FileReason.READ_FAILED), (writing_to, FileReason.WRITE_FAILED)):
        with pytest.raises(Unavailable) as caught, block(tmp_path / "a"):
            raise OSError(5, "the medium is gone")
        assert caught.value.reason is reason
        assert f"{tmp_path / 'a'}（磁盘或U盘读写出错，可能已损坏或松动）" in caught.value.message


@pytest.mark.skipif(os.name != "posix", reason="only there are pipes and devices among the files")
def test_a_pipe_or_a_device_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to("/dev/zero")
    for path in (tmp_path / "pipe", tmp_path / "link", Path("/dev/zero")):
        with pytest.raises(Refused, match="不是普通文件") as caught:
            read_whole(path)
        assert caught.value.reason is FileReason.NOT_A_FILE


def test_as_much_is_read_as_the_caller_expects(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"1234")
    assert read_whole(tmp_path / "a", 4) == b"1234"
    with pytest.raises(Refused) as caught:
        read_whole(tmp_path / "a", 3)
    assert caught.value.reason is FileReason.TOO_LARGE
