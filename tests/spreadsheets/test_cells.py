"""Numbers, days and words as people write them."""

import datetime as dt
from decimal import Decimal

import pytest

from gaoxin_vote.spreadsheets.cells import day_of, matching, number_of, share_of, text_of, yes_or_no
from gaoxin_vote.spreadsheets.reading.markup import CellFault
from gaoxin_vote.spreadsheets.reading.spreadsheet import Content


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("37.14", "37.14"),
        ("３５．５０", "35.50"),
        ("-1", "-1"),
        ("－１", "-1"),
        ("\u22120.5", "-0.5"),
        ("+3", "3"),
        (".5", "0.5"),
        ("8.", "8"),
        ("1,200.5", "1200.5"),
        ("3分", "3"),
        ("37.14 分", "37.14"),
        ("0", "0"),
    ],
)
def test_numbers(text: str, number: str) -> None:
    assert number_of(text) == Decimal(number)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "二十三",
        "—",
        "-",
        "/",
        "无",
        "1,20",
        "95%",
        "1e2",
        "nan",
        "Infinity",
        "3.1.4",
        "12 3",
        "٣",
        "²",
        "3²",
        "½",
        "①",
        "0x1",
    ],
)
def test_what_is_no_number(text: str) -> None:
    assert number_of(text) is None


@pytest.mark.parametrize(("text", "share"), [("95%", "0.95"), ("９５．５％", "0.955"), ("100 %", "1")])
def test_percentages(text: str, share: str) -> None:
    assert share_of(text) == Decimal(share)


def test_a_number_is_no_percentage() -> None:
    assert share_of("0.95") is None
    assert share_of("%") is None


@pytest.mark.parametrize(
    "content",
    [
        "2018-01-10",
        "2018/1/10",
        "2018.1.10",
        "2018年1月10日",
        "２０１８年１月１０日",
        "20180110",
        "2018-01-10 00:00:00",
        Decimal(20180110),
        dt.date(2018, 1, 10),
        dt.datetime(2018, 1, 10, 9, 30),
    ],
)
def test_days(content: str | Decimal | dt.date) -> None:
    assert day_of(content) == dt.date(2018, 1, 10)


@pytest.mark.parametrize(
    "content", ["", "1月10日", "2018-13-01", "2018-02-30", "43110", Decimal(43110), True]
)
def test_what_is_no_day(content: str | Decimal) -> None:
    assert day_of(content) is None


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("原样 Ａ", "原样 Ａ"),
        (Decimal("1E+3"), "1000"),
        (Decimal("2.50"), "2.50"),
        (True, "是"),
        (dt.date(2018, 1, 10), "2018-01-10"),
        (dt.datetime(2018, 1, 10), "2018-01-10"),
        (dt.datetime(2018, 1, 10, 9), "2018-01-10 09:00:00"),
        (dt.time(9, 30), "09:30:00"),
        (CellFault.ERROR, ""),
    ],
)
def test_texts(content: Content, text: str) -> None:
    assert text_of(content) == text


def test_yes_and_no() -> None:
    assert [yes_or_no(word) for word in ("是", "√", "1", "否", "×", "0", "也许", "")] == [
        *[True] * 3,
        *[False] * 3,
        None,
        None,
    ]


def test_names_are_compared_without_blanks_and_width() -> None:
    assert matching("　街道（办事处） ") == matching("街道(办 事处)") == "街道(办事处)"
    assert matching("\ufeffＵ０１\u200b") == "u01"
