"""A table gives the value under a key, or one fault that says what stands there and what may."""

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from gaoxin_vote.domain.scheme_table import SchemeTable

from .cases import toml_scheme

NONE, TWO_THIRDS = Fraction(0), Fraction(2, 3)
READERS: dict[str, tuple[str, tuple[Any, ...], dict[str, Any]]] = {
    "text": ("text", (), {}),
    "full text": ("text", (), {"empty": False}),
    "texts": ("texts", (), {}),
    "two texts": ("texts", (), {"number": 2}),
    "flag": ("flag", (), {}),
    "whole": ("whole", (1, 4), {}),
    "number": ("number", (-1, 10), {"decimals": 2}),
    "fraction": ("fraction", (NONE, TWO_THIRDS), {}),
    "day": ("day", (), {}),
    "word": ("word", ({"one": 1, "two": 2},), {}),
    "words": ("words", ({"one": 1, "two": 2},), {}),
}


def read(reader: str, table: SchemeTable) -> Any:
    method, arguments, options = READERS[reader]
    return getattr(table, method)("k", *arguments, **options)


def told(table: SchemeTable) -> list[str]:
    return [fault.key for fault in table.faults]


@pytest.mark.parametrize(
    ("reader", "written", "value"),
    [
        ("text", "", ""),
        ("full text", " a ", " a "),
        ("texts", [], ()),
        ("two texts", ["a", "b"], ("a", "b")),
        ("flag", False, False),
        ("whole", 1, 1),
        ("whole", 4, 4),
        ("number", -1, Decimal(-1)),
        ("number", "10.00", Decimal(10)),
        ("number", Decimal("0.25"), Decimal("0.25")),
        ("number", "-0.5", Decimal("-0.5")),
        ("fraction", "0", NONE),
        ("fraction", "2/3", TWO_THIRDS),
        ("day", "2018-01-10", date(2018, 1, 10)),
        ("day", date(2018, 1, 10), date(2018, 1, 10)),
        ("word", "two", 2),
        ("words", ["two", "one"], (2, 1)),
        ("words", [], ()),
    ],
)
def test_a_value_of_the_kind_is_taken(reader: str, written: object, value: object) -> None:
    table = SchemeTable({"k": written})
    assert read(reader, table) == value
    table.finish()
    assert table.faults == []


@pytest.mark.parametrize(
    ("reader", "written"),
    [
        ("text", 1),
        ("full text", " "),
        ("texts", "a"),
        ("texts", ["a", " "]),
        ("texts", ["a", 1]),
        ("texts", ["a", "a"]),
        ("two texts", ["a", "b", "c"]),
        ("flag", 1),
        ("whole", 0),
        ("whole", 5),
        ("whole", True),
        ("whole", Decimal(2)),
        ("whole", "2"),
        ("number", Decimal("-1.01")),
        ("number", Decimal("10.01")),
        ("number", Decimal("0.001")),
        ("number", True),
        ("number", Decimal("NaN")),
        ("number", Decimal("Infinity")),
        ("number", "1e0"),
        ("number", " 1"),
        ("number", "１"),
        ("number", [1]),
        ("fraction", "0.5"),
        ("fraction", "1/0"),
        ("fraction", "-1/3"),
        ("fraction", "3/4"),
        ("fraction", 0),
        ("day", "20180110"),
        ("day", "2018-02-30"),
        ("day", datetime(2018, 1, 10)),
        ("word", "three"),
        ("word", ["one"]),
        ("words", "one"),
        ("words", ["three"]),
        ("words", ["one", "one"]),
        ("words", ["one", 2]),
    ],
)
def test_another_value_is_one_fault_that_quotes_it(reader: str, written: object) -> None:
    table = SchemeTable({"k": written}, "part")
    read(reader, table)
    (fault,) = table.faults
    assert fault.key == "part.k"
    assert fault.words.startswith(f"现为“{written}”，应为")


@pytest.mark.parametrize("reader", READERS)
def test_a_missing_key_is_one_fault_unless_its_table_is_missing(reader: str) -> None:
    top = SchemeTable({"there": {}})
    given = read(reader, top.section("there"))
    assert told(top) == ["there.k"]
    assert top.faults[0].words.startswith("缺少此项，应为")
    assert read(reader, top.section("gone")) == given
    assert told(top) == ["there.k", "gone"]


@pytest.mark.parametrize("value", [3, [{}]])
def test_a_table_under_a_key_is_a_table_or_one_fault(value: object) -> None:
    top = SchemeTable({"a": value, "b": {"c": {}}}, decimals=1)
    assert top.section("a").whole("k", 1, 4) == 4
    assert told(top) == ["a"] and top.faults[0].words.endswith("应为一组设置")
    inner = top.section("b").section("c")
    inner.text("k")
    assert (inner.decimals, told(top)) == (1, ["a", "b.c.k"])


def test_a_list_of_tables_tells_the_number_of_the_faulty_one() -> None:
    top = SchemeTable({"a": [{}, {"k": 7}], "b": {}, "c": [{}, 1]}, decimals=3)
    first, second = top.sections("a")
    assert (first.decimals, second.whole("k", 1, 9)) == (3, 7)
    first.text("k")
    assert [top.sections(key) for key in "bcd"] == [(), (), ()]
    assert told(top) == ["a[1].k", "b", "c", "d"]


def test_numbers_are_read_for_the_given_names_only_or_for_those_that_stand_there() -> None:
    top = SchemeTable({"given": {"y": 2, "x": 1, "z": 3}, "free": {"甲": "0.5", "乙": "0.55"}})
    assert top.numbers("given", ("x", "y"), 0, 9) == (1, 2)
    assert top.table_of_numbers("free", 0, 1, decimals=1) == (("甲", Decimal("0.5")), ("乙", Decimal(0)))
    assert told(top) == ["given.z", "free.乙"]
    assert "可用的项：x、y" in top.faults[0].words


def test_a_key_that_nobody_asked_for_is_a_fault_unless_skipped() -> None:
    table = SchemeTable({"asked": "", "skipped": 1, "other": 1})
    table.text("asked")
    table.skip("skipped")
    table.finish()
    assert told(table) == ["other"]
    assert table.has("other") and not table.has("gone")


def test_a_key_is_sound_until_it_or_something_within_it_is_faulty() -> None:
    top = SchemeTable({})
    inner = SchemeTable({}, "a", top.faults)
    assert top.sound("a") and inner.sound("b")
    inner.fault("b.c", "")
    assert not top.sound("a") and not inner.sound("b") and not top.sound("other", "a")
    assert inner.sound("c") and inner.sound("b.cc") and top.sound("b")
    longer = SchemeTable({})
    longer.fault("ab", "")
    assert longer.sound("a") and longer.sound("ab.c")


def test_numbers_may_be_written_as_numbers_or_text() -> None:
    assert toml_scheme({"bonus.cap": "10.0"}) == toml_scheme({"bonus.cap": 10})
