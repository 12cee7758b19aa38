"""A key knows its place in the file, its field, where its value comes from and how it is said."""

from dataclasses import replace
from decimal import Decimal

from gaoxin_vote.domain.scheme_key import SchemeKey, Section
from gaoxin_vote.domain.scheme_keys.contests import CONTEST, RATING
from gaoxin_vote.domain.scheme_keys.every import KEYS
from gaoxin_vote.domain.scheme_values import Flag, Limit, Number

KEY = SchemeKey("bonus.cap", "加减分上限", Number(0, 1000), "上限。", unit="分")


def test_the_last_word_names_the_key_and_its_field_unless_another_is_said() -> None:
    assert (KEY.name, KEY.attribute) == ("cap", "cap")
    assert replace(KEY, key="title", field="name").attribute == "name"
    assert replace(KEY, key="contests.*.code", field="contest.code").name == "code"


def test_the_origin_is_a_clause_of_the_notice_or_our_default_with_the_reading() -> None:
    assert KEY.origin == "通知未规定，默认"
    assert replace(KEY, clause="三（二）3").origin == "通知三（二）3"
    assert replace(KEY, ambiguity="A19").origin == "通知未规定，默认，A19"
    assert replace(KEY, clause="四", ambiguity="A13").origin == "通知四，A13"


def test_a_single_number_has_its_unit() -> None:
    cap, values = (next(key for key in KEYS if key.name == name) for name in ("cap", "grade_values"))
    assert cap.words(Decimal("10.50")) == "10.5分"
    assert values.words((Decimal(100), Decimal(80), Decimal(60), Decimal(40))).endswith("不合格 40")
    assert replace(cap, unit="").words(Decimal(3)) == "3"
    assert replace(cap, value=Limit(9)).words(None) == "不限"


def test_a_list_of_tables_is_told_from_a_table() -> None:
    assert (CONTEST.repeated, CONTEST.name) == (True, "contests")
    assert (RATING.repeated, RATING.name) == (False, "rating")
    nested = Section("barring.kinds.*", "情形", "情形。", (replace(KEY, value=Flag()),))
    assert (nested.repeated, nested.name) == (True, "barring.kinds")
