"""CSV as people and programs write it."""

import pytest

from gaoxin_vote.spreadsheets.reading.separated import OpenQuote, read_separated, separator_of

TABLE = "编号,单位,说明\nE1,甲局,{}\nE2,乙局,好\nE3,丙局,\n"


def test_a_quote_that_is_never_closed_is_told_at_its_place() -> None:
    with pytest.raises(OpenQuote) as error:
        read_separated(TABLE.format('"三重一大'))
    assert (error.value.row, error.value.column) == (2, 3)


@pytest.mark.parametrize(
    "text",
    [
        '编号,单位,说明\nE1,"甲局,好\nE2,"乙局",好\nE3,丙局,"好"\n',
        '编号,单位,说明\nE1,甲局,"好\nE2,乙局,"好"\nE3,丙局,好\n',
        '编号,单位,说明\nE1,甲局,"好\nE2,乙局,好\nE3,丙局,好"\n',
    ],
    ids=["closed by the next row's quote", "by a last cell", "by a quote at the very end"],
)
def test_a_quote_that_another_row_closes_is_told_too(text: str) -> None:
    with pytest.raises(OpenQuote) as error:
        read_separated(text)
    assert error.value.row == 2


def test_quotes_as_they_should_be() -> None:
    rows = read_separated(TABLE.format('"一、先做\n二、后做，""好"""'))
    assert rows[1] == ("E1", "甲局", '一、先做\n二、后做，"好"')
    assert len(rows) == 4
    assert read_separated(TABLE.format('"三重一大"执行'))[1][2] == "三重一大执行"
    assert read_separated(TABLE.format('5" 管'))[1][2] == '5" 管'


def test_a_separator_that_is_common_in_the_texts_parts_nothing() -> None:
    text = "code;name;note\nA;甲;a,b,c,d\nB;乙;x,y\nC;丙;1,2,3,4,5,6\n"
    assert separator_of(text) == ";"
    assert read_separated(text)[3] == ("C", "丙", "1,2,3,4,5,6")
    assert read_separated("编号\t事由\n1\t甲,乙;丙\n2\t丁,戊;己\n")[1] == ("1", "甲,乙;丙")


def test_the_hint_that_excel_writes_is_no_row() -> None:
    assert read_separated("sep=;\r\na;b,c\r\n") == (("a", "b,c"),)


def test_an_empty_text_has_no_rows() -> None:
    assert read_separated("") == ()
