"""What a value writes it reads again; what may not stand there is a fault; and an officer can read it."""

import tomllib
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from gaoxin_vote.domain.contest_rules import Raters, WeightGroup
from gaoxin_vote.domain.quota import Places
from gaoxin_vote.domain.scheme_table import SchemeTable
from gaoxin_vote.domain.scheme_values import (
    ClassPlaces,
    Code,
    Day,
    Flag,
    Labels,
    Limit,
    Named,
    Number,
    Order,
    Part,
    PerGrade,
    Text,
    Texts,
    Value,
    Weights,
    Whole,
    Word,
    name_of,
    quoted,
)
from gaoxin_vote.domain.standing import BONUS, DECISION, INDICATOR, excellent_key
from tests.contests import CONTESTS, PEER_RULES

HALF = Decimal("0.5")
GRADES = {"优秀": 4, "良好": 3, "合格": 2, "不合格": 1}


def read(value: Value, written: object, decimals: int = 4) -> tuple[Any, list[str]]:
    """What is read, and the words of its faults."""
    table = SchemeTable({"k": written}, decimals=decimals)
    return value.read(table, "k"), [fault.words for fault in table.faults]


@pytest.mark.parametrize(
    ("value", "known", "words"),
    [
        (Text(), 'a"\\\n\x7f', 'a"\\\n\x7f'),
        (Text(), "", "无"),
        (Code(), "peer_2", "peer_2"),
        (Texts(), ("甲", "乙"), "甲、乙"),
        (Texts(), (), "无"),
        (Flag(), True, "是"),
        (Flag(), False, "否"),
        (Whole(0, 9), 0, "0"),
        (Limit(9), 9, "9"),
        (Limit(9), None, "不限"),
        (Number(0, 100), Decimal("10.50"), "10.5"),
        (Number(0, 100), Decimal(100), "100"),
        (Part(), Fraction(2, 3), "2/3"),
        (Part(), Fraction(1), "1"),
        (Day(), date(2018, 1, 9), "2018年1月9日"),
        (Word(Raters), Raters.PERSONS, "评议人"),
        (Labels(tuple(Raters)), (Raters.UNITS, Raters.LEADERS), "各单位、班子成员"),
        (Labels(tuple(Raters)), (), "无"),
        (Order(), (BONUS, INDICATOR), "加（减）分、指标评估得分"),
        (Order(CONTESTS), (excellent_key(PEER_RULES), DECISION), "部门互评优秀票数、领导小组决定"),
        (Order(), (), "无"),
        (PerGrade(0, 9), tuple(map(Decimal, (1, 9, 0, 2))), "优秀 1，良好 9，合格 0，不合格 2"),
        (Named(-9, 9), (("a b", Decimal(-9)), ("甲", HALF)), "a b -9，甲 0.5"),
        (Named(0, 9), (), "无"),
        (Weights(), (WeightGroup("甲", HALF), WeightGroup("a.b", HALF)), "甲 0.5，a.b 0.5"),
        (ClassPlaces(), (("街道", Places(2, 0)),), "街道 优秀2个、良好0个"),
        (ClassPlaces(), (), "无"),
    ],
)
def test_what_is_written_is_read_again_and_told_in_words(value: Value, known: object, words: str) -> None:
    line = tomllib.loads(f"k = {value.written(known)}", parse_float=Decimal)["k"]
    assert read(value, line) == (known, [])
    assert value.words(known) == words


@pytest.mark.parametrize("text", ["", "Peer", "1st", "部门", "a-b", "p" * 17, "peer\n"])
def test_the_code_of_a_contest_is_a_short_word_of_small_letters(text: str) -> None:
    assert len(read(Code(), text)[1]) == 1
    assert read(Code(), "p" * 16)[1] == []


@pytest.mark.parametrize("text", ["rank", "decision", "indicator"])
def test_the_code_of_a_contest_is_no_word_that_the_record_or_the_order_uses(text: str) -> None:
    assert read(Code(), text)[1] == [f"“{text}”另有含义，请换一个代码"]


def test_the_words_of_a_ballot_are_none_that_the_count_uses() -> None:
    assert read(Texts(2), ["好", "弃权"])[1] == ["“弃权”在计票表上另有含义，请换一个词"]
    assert read(Texts(), ["好", "弃权"])[1] == []


@pytest.mark.parametrize(
    ("value", "written", "fault"),
    [
        (Text(empty=False), " ", "不能为空"),
        (Whole(1, 9), 0, "1至9的整数"),
        (Whole(1, 9), 10, "1至9的整数"),
        (Limit(9), -1, "0至9的整数"),
        (Limit(9), 10, "0至9的整数"),
        (Number(1, 9), Decimal("0.5"), "1至9的数"),
        (Number(1, 9), Decimal("9.5"), "1至9的数"),
        (Number(0, 9), Decimal("0.00001"), "至多4位小数"),
        (Part(), "4/3", "0至1的分数"),
        (Word(Raters), "班子成员", "leaders、"),
        (Labels((Raters.UNITS,)), ["班子成员"], "各单位中若干个"),
        (Order(), ["peer"], "indicator、"),
        (Order(CONTESTS), ["decision", "peer"], "decision 只能排在最后"),
        (PerGrade(2, 9), GRADES, "2至9的数"),
        (PerGrade(0, 3), GRADES, "0至3的数"),
        (PerGrade(0, 9, falling=True), GRADES | {"不合格": 3}, "等次越高分值不能越低"),
        (Named(1, 9), {"甲": 0}, "1至9的数"),
        (Named(1, 9), {"甲": 10}, "1至9的数"),
        (Weights(), {"甲": 1}, "两个以上的组"),
        (Weights(), {"甲": 1, "乙": 0}, "权重都大于0"),
        (Weights(), {"甲": HALF, "乙": Decimal("0.4")}, "权重之和须为1"),
        (Weights(), {"甲": HALF, " ": HALF}, "组名不能为空"),
        (Weights(), {"甲": 2, "乙": HALF}, "0至1的数"),
        (ClassPlaces(), {"街道": 1}, "一组设置"),
        (ClassPlaces(), {"街道": {"excellent": -1, "good": 0}}, "0至99999的整数"),
        (ClassPlaces(), {"街道": {"excellent": 0, "good": 100000}}, "0至99999的整数"),
        (ClassPlaces(), {"街道": {"excellent": 0, "good": 0, "fair": 0}}, "没有这一项"),
    ],
)
def test_what_may_not_stand_there_is_one_fault(value: Value, written: object, fault: str) -> None:
    (words,) = read(value, written)[1]
    assert fault in words


def test_a_falling_scale_may_stay_level() -> None:
    assert read(PerGrade(0, 9, falling=True), GRADES | {"不合格": 2})[1] == []


def test_points_have_no_more_decimals_than_a_score_of_the_scheme() -> None:
    fine = Decimal("0.125")
    for value, written in ((Number(0, 9, points=True), fine), (Named(0, 9), {"甲": fine})):
        assert "至多2位小数" in read(value, written, decimals=2)[1][0]
        assert read(value, written, decimals=3)[1] == []
    assert read(Number(0, 9), fine, decimals=2)[1] == []


def test_a_name_is_quoted_only_where_toml_wants_it() -> None:
    assert (name_of("a-B_1"), name_of("甲"), name_of("")) == ("a-B_1", '"甲"', '""')
    assert quoted("甲") == '"甲"'
