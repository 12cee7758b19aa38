"""What the operating system complains of is said in Chinese, whatever its own language is."""

import errno
import os
from pathlib import Path

import pytest

from gaoxin_vote.errors import Unavailable
from gaoxin_vote.files import read_whole, write_durably
from gaoxin_vote.system_words import system_words


def english(words: str) -> bool:
    """Whether somebody would have to know English."""
    return any(character.isascii() and character.isalpha() and character != "U" for character in words)


@pytest.mark.parametrize("number", sorted(errno.errorcode))
def test_no_number_of_the_system_speaks_english(number: int) -> None:
    assert not english(system_words(OSError(number, os.strerror(number))))


def test_what_happens_to_sticks_and_folders_has_words_of_its_own() -> None:
    told = {
        errno.ENOSPC: "已满",
        errno.EROFS: "写保护",
        errno.ENODEV: "移除",
        errno.EACCES: "权限",
        errno.EIO: "松动",
        errno.ENOENT: "没有这个文件",
    }
    assert all(words in system_words(OSError(number, "")) for number, words in told.items())


def test_an_unknown_number_is_named_and_none_is_said_to_be_none() -> None:
    assert system_words(OSError(9999, "Strange")) == "系统错误9999"
    assert system_words(OSError("only words")) == "系统没有说明原因"


def test_reading_and_writing_say_it_so(tmp_path: Path) -> None:
    with pytest.raises(Unavailable) as refused:
        read_whole(tmp_path / "没有")
    assert "没有这个文件或文件夹" in refused.value.message
    with pytest.raises(Unavailable) as unwritten:
        write_durably(tmp_path / "没有" / "单", b"")
    assert "没有这个文件或文件夹" in unwritten.value.message
