"""Every encoding in which offices save a table is read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gaoxin_vote.errors import Refused
from gaoxin_vote.spreadsheets.reading.encoding import EncodingReason, decode

COMMON = [bytes((high, low)).decode("gb2312") for high in range(0xB0, 0xD7) for low in range(0xA1, 0xFF)]
"""The common hanzi of GB2312."""
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


BIG5 = "單位代碼,單位名稱,得分\r\nU01,環境保護局,37.14\r\nU02,重點項目辦公室,36\r\n"


def test_big5_is_told_from_gb18030() -> None:
    assert decode("表.csv", BIG5.encode("big5")) == (BIG5, "BIG5")
    assert decode("表.csv", BIG5.encode("gb18030")) == (BIG5, "GB18030")
    assert decode("表.csv", "编号,说明\r\nE1,自评报告虚报\r\n".encode("gb18030"))[1] == "GB18030"
    assert decode("表.csv", "id,text\r\nE1,自評報告虛報\r\n".encode("big5"))[1] == "BIG5"
    assert decode("表.csv", "id,text\r\nE1,10–12 ● ━\r\n".encode("gb18030"))[1] == "GB18030"


@given(st.text(st.sampled_from([*COMMON, *"喆堃珺㛃𠮷"]), min_size=1))
def test_what_offices_write_is_never_taken_for_big5(text: str) -> None:
    assert decode("表.csv", f"单位代码,姓名\r\n{text}".encode("gb18030"))[1] == "GB18030"


def test_big_endian_utf_16_with_its_mark() -> None:
    content = b"\xfe\xff" + TEXT.encode("utf-16-be")
    assert decode("表.csv", content) == (TEXT, "")


def test_plain_letters_are_no_guess() -> None:
    assert decode("a.csv", b"code,name\nU01,x\n") == ("code,name\nU01,x\n", "")


def test_bytes_of_no_encoding_are_refused() -> None:
    with pytest.raises(Refused, match="编码无法识别") as refused:
        decode("坏.csv", b"\xff\xff\x80" + "单位".encode())
    assert refused.value.reason is EncodingReason.UNKNOWN


def test_a_binary_file_is_refused() -> None:
    with pytest.raises(Refused, match=r"图\.png") as refused:
        decode("图.png", b"abc\x00def")
    assert refused.value.reason is EncodingReason.NOT_TEXT
