"""Which claims count, and what limits them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from gaoxin_vote.domain.adjustment import (
    Adjustment,
    BonusClaim,
    CapMode,
    ClaimCategory,
    ClaimReason,
    LateAcceptance,
    adjust,
)
from gaoxin_vote.domain.codec import from_json, to_json

from .cases import toml_scheme
from .factory import honour

RULES = toml_scheme({}).bonus
"""Until 2018-01-10, that day included; 10 points at most either way; 1 to 3 for an innovation."""
LATE = "2018-01-11"


def innovation(points: str | None, **changes: object) -> BonusClaim:
    worth = None if points is None else Decimal(points)
    claim = replace(
        honour("A01", "", claim_id="B7"), category=ClaimCategory.INNOVATION, approved_points=worth
    )
    return replace(claim, **changes)  # type: ignore[arg-type]


def city_item(level: str, claim_id: str = "B8") -> BonusClaim:
    """An entry of the office, which has no day on which it arrived."""
    return replace(honour("A01", level, claim_id=claim_id, declared=""), category=ClaimCategory.CITY_ITEM)


def reasons(result: Adjustment) -> list[ClaimReason]:
    return [outcome.reason for outcome in result.claims]


@pytest.mark.parametrize(("inclusive", "on_the_day"), [(True, True), (False, False)])
def test_the_day_of_the_deadline_is_in_time_where_the_scheme_says_so(
    inclusive: bool, on_the_day: bool
) -> None:
    rules = replace(RULES, deadline_inclusive=inclusive)
    days = [date(2018, 1, 9), date(2018, 1, 10), date(2018, 1, 11)]
    assert [rules.in_time(day) for day in days] == [True, on_the_day, False]


def test_each_category_has_its_own_worth() -> None:
    assert RULES.points(honour("A01", "国家级")) == 3
    assert RULES.points(city_item("良好")) == Decimal("0.5")
    assert RULES.points(innovation("2.5")) == Decimal("2.5")
    assert RULES.points(replace(honour("A01", "省级"), approved_points=Decimal(9))) == 2
    assert RULES.points(honour("A01", "良好")) is None
    assert RULES.points(city_item("省级")) is None


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        (innovation(None), "尚未填写核定分值"),
        (innovation("0.99"), "须在1至3分之间"),
        (innovation("1"), None),
        (innovation("3"), None),
        (innovation("3.01"), "须在1至3分之间"),
        (innovation("1.25"), None),
        (innovation("1.250"), None),
        (innovation("1.255"), "小数位多于2位"),
        (innovation(None, approved=False), None),
        (innovation("2", approved=None), "尚未审定"),
        (honour("A01", "乡级"), "荣誉没有“乡级”这一级别"),
        (honour("A01", "省级", declared=""), "没有申报日期"),
        (city_item("优秀"), "没有申报日期"),
        (city_item("合格"), None),
        (city_item("不合格"), None),
    ],
)
def test_what_keeps_a_claim_from_being_settled(claim: BonusClaim, words: str | None) -> None:
    fault = RULES.fault(claim, 2)
    assert (fault is None) == (words is None)
    assert fault is None or (words is not None and words in fault)
    (outcome,) = adjust(RULES, [claim]).claims
    assert (outcome.reason is ClaimReason.UNSETTLED) == (fault is not None)
    assert outcome.fault == fault
    assert fault is None or outcome.counted == 0


def test_a_late_claim_counts_only_by_a_decision_which_it_then_carries() -> None:
    decision = LateAcceptance("B1", "会议决定")
    late, timely = honour("A01", "省级", declared=LATE), honour("A01", "省级")
    assert reasons(adjust(RULES, [late])) == [ClaimReason.LATE]
    assert adjust(RULES, [late], {"B9": decision}).net == 0
    (outcome,) = adjust(RULES, [late], {"B1": decision}).claims
    assert (outcome.counted, outcome.reason, outcome.accepted_late) == (2, ClaimReason.COUNTED, decision)
    assert adjust(RULES, [timely], {"B1": decision}).claims[0].accepted_late is None


def test_a_deduction_is_never_too_late() -> None:
    late = replace(city_item("不合格"), declared_on=date(2018, 2, 1))
    assert adjust(RULES, [late]).minus == -1


def test_one_matter_counts_once_at_its_highest_the_first_of_equals() -> None:
    city, province = honour("A01", "市级", "M1"), honour("A01", "省级", "M1", claim_id="B2")
    again = replace(province, claim_id="B3")
    result = adjust(RULES, [city, province, again])
    assert [outcome.counted for outcome in result.claims] == [0, 2, 0]
    assert reasons(result) == [ClaimReason.SAME_MATTER, ClaimReason.COUNTED, ClaimReason.SAME_MATTER]
    assert result.plus == result.net == 2


def test_only_one_matter_of_one_category_competes() -> None:
    claim = honour("A01", "市级", "M1")
    paper = replace(claim, claim_id="B2", category=ClaimCategory.PUBLICATION)
    assert adjust(RULES, [claim, paper]).plus == 2
    assert adjust(RULES, [claim, replace(claim, claim_id="B2", matter_id="M2")]).plus == 2
    assert adjust(RULES, [replace(claim, matter_id="")] * 2).plus == 2
    assert adjust(RULES, [innovation("1", matter_id="M1"), innovation("2", matter_id="M1")]).plus == 3


@pytest.mark.parametrize(
    ("higher", "reason"),
    [
        (honour("A01", "国家级", "M1", claim_id="B2", declared=LATE), ClaimReason.LATE),
        (replace(honour("A01", "国家级", "M1", claim_id="B2"), approved=False), ClaimReason.REJECTED),
        (replace(honour("A01", "国家级", "M1", claim_id="B2"), approved=None), ClaimReason.UNSETTLED),
    ],
)
def test_what_does_not_count_does_not_stand_in_the_way_of_a_lower_claim(
    higher: BonusClaim, reason: ClaimReason
) -> None:
    result = adjust(RULES, [higher, honour("A01", "市级", "M1")])
    assert reasons(result) == [reason, ClaimReason.COUNTED]
    assert result.net == 1


def test_an_accepted_claim_that_is_beaten_still_shows_its_decision() -> None:
    decision = LateAcceptance("B1", "会议决定")
    claims = [honour("A01", "市级", "M1", declared=LATE), honour("A01", "省级", "M1", claim_id="B2")]
    beaten = adjust(RULES, claims, {"B1": decision}).claims[0]
    assert (beaten.reason, beaten.accepted_late) == (ClaimReason.SAME_MATTER, decision)


@pytest.mark.parametrize(
    ("good", "bad", "separate", "net"),
    [(3, 0, 2, 2), (0, 3, -2, -2), (3, 1, 1, 2), (3, 3, 0, 0), (1, 3, -1, -2), (2, 0, 2, 2)],
)
def test_the_limit_is_of_each_side_or_of_the_sum(good: int, bad: int, separate: int, net: int) -> None:
    claims = [honour("A01", "市级")] * good + [city_item("不合格")] * bad
    for mode, answer in ((CapMode.SEPARATE, separate), (CapMode.NET, net)):
        result = adjust(replace(RULES, cap=Decimal(2), cap_mode=mode), claims)
        assert (result.plus, result.minus, result.net) == (good, -bad, answer)


def test_a_claim_is_read_back_and_its_category_is_kept_by_its_code() -> None:
    claim = innovation("1.5", issued_on=date(2017, 5, 1))
    obj = to_json(claim)
    assert isinstance(obj, dict)
    assert (obj["category"], obj["approved_points"]) == ("innovation", "1.5")
    assert from_json(BonusClaim, obj) == claim
