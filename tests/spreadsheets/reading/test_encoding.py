"""Every encoding in which offices save a table is read."""

import pytest

from gaoxin_vote.errors import Refused
from gaoxin_vote.spreadsheets.reading.encoding import EncodingReason, decode

TEXT = "单位代码,姓名,得分\r\nU01,喆堃㛃𠮷,37.14\r\n"


@pytest.mark.parametrize(
    ("encoding", "guessed"),
    [
        ("utf-8", ""),
        ("utf-8-sig", ""),
        ("utf-16", ""),
        ("utf-16-le", "UTF-16-LE"),
        ("utf-16-be", "UTF-16-BE"),
        ("gb18030", "GB18030"),
    ],
)
def test_a_text_is_the_same_in_every_encoding(encoding: str, guessed: str) -> None:
    assert decode("表.csv", TEXT.encode(encoding)) == (TEXT, guessed)


def test_big_endian_utf_16_with_its_mark() -> None:
    content = b"\xfe\xff" + TEXT.encode("utf-16-be")
    assert decode("表.csv", content) == (TEXT, "")


def test_plain_letters_are_no_guess() -> None:
    assert decode("a.csv", b"code,name\nU01,x\n") == ("code,name\nU01,x\n", "")


def test_bytes_of_no_encoding_are_refused() -> None:
    with pytest.raises(Refused, match="编码认不出来") as refused:
        decode("坏.csv", b"\xff\xff\x80" + "单位".encode())
    assert refused.value.reason is EncodingReason.UNKNOWN


def test_a_binary_file_is_refused() -> None:
    with pytest.raises(Refused, match=r"图\.png") as refused:
        decode("图.png", b"abc\x00def")
    assert refused.value.reason is EncodingReason.NOT_TEXT
