"""Values of the domain survive the way to JSON and back; everything else is refused."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gaoxin_vote.domain.adjustment import BonusClaim, LateAcceptance
from gaoxin_vote.domain.assessment import assess
from gaoxin_vote.domain.codec import CodecReason, canonical_json, from_json, plain, to_json
from gaoxin_vote.domain.consequence import HistoryEntry
from gaoxin_vote.domain.decision import Override, Referral, StaffAdjustment, TieDecision
from gaoxin_vote.domain.event import BarringEvent
from gaoxin_vote.domain.indicator import Indicator, IndicatorScore
from gaoxin_vote.domain.inputs import AssessmentInputs
from gaoxin_vote.domain.minutes import SessionMinutes
from gaoxin_vote.domain.scheme import AssessmentScheme
from gaoxin_vote.domain.supervision import LedgerEntry, SelfAssessment, SiteNote
from gaoxin_vote.domain.tally import SessionTally, UnitCount
from gaoxin_vote.domain.units import Leader, Unit
from gaoxin_vote.errors import Refused

from .cases import case_inputs

ROWS = (
    BarringEvent,
    BonusClaim,
    HistoryEntry,
    Indicator,
    IndicatorScore,
    LateAcceptance,
    Leader,
    LedgerEntry,
    Override,
    Referral,
    SelfAssessment,
    SessionMinutes,
    SessionTally,
    SiteNote,
    StaffAdjustment,
    TieDecision,
    Unit,
)
decimals = st.decimals(allow_nan=False, allow_infinity=False, places=3)


@pytest.mark.parametrize("kind", ROWS)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_every_kind_of_row_survives(kind: type, data: st.DataObject) -> None:
    st.register_type_strategy(Decimal, decimals)
    row = data.draw(st.from_type(kind))
    text = canonical_json(to_json(row))
    assert from_json(kind, json.loads(text)) == row
    assert canonical_json(to_json(from_json(kind, json.loads(text)))) == text


def test_all_the_inputs_of_a_year_survive() -> None:
    inputs = case_inputs()
    text = canonical_json(to_json(inputs))
    assert from_json(AssessmentInputs, json.loads(text)) == inputs
    again = from_json(AssessmentInputs, json.loads(text))
    assert assess(again).as_json() == assess(inputs).as_json()


def test_a_scheme_survives() -> None:
    scheme = case_inputs().scheme
    assert from_json(AssessmentScheme, to_json(scheme)) == scheme


@pytest.mark.parametrize(
    ("value", "text"),
    [("37.10", "37.1"), ("1E+2", "100"), ("-0.00", "0"), ("0.50", "0.5"), ("-1", "-1"), ("100", "100")],
)
def test_equal_numbers_have_one_spelling(value: str, text: str) -> None:
    assert plain(Decimal(value)) == text
    assert to_json(Decimal(value)) == text


def test_canonical_text_is_sorted_compact_and_not_escaped() -> None:
    assert canonical_json({"b": [1, None], "a": "优"}) == '{"a":"优","b":[1,null]}'


@pytest.mark.parametrize("value", [1.0, {1: 2}, [1], object(), b"x"])
def test_nothing_else_has_json(value: object) -> None:
    with pytest.raises(TypeError):
        to_json(value)


GOOD: dict[str, Any] = {"unit": "U01", "grades": [1, 2, 3, 4], "blanks": 0, "recusals": None, "void": 0}


@pytest.mark.parametrize(
    "change",
    [
        {"unit": 1},
        {"grades": [1, 2, 3]},
        {"grades": [1, 2, 3, "4"]},
        {"grades": [1, 2, 3, 4.0]},
        {"grades": {"0": 1}},
        {"blanks": True},
        {"blanks": None},
        {"recusals": "1"},
        {"extra": 1},
    ],
)
def test_a_faulty_row_is_refused(change: dict[str, Any]) -> None:
    assert from_json(UnitCount, GOOD).total == 10
    with pytest.raises(Refused) as caught:
        from_json(UnitCount, GOOD | change)
    assert caught.value.reason is CodecReason.MALFORMED
    assert next(iter(change)) in caught.value.message


def test_a_missing_field_is_refused_unless_it_has_a_default() -> None:
    assert from_json(UnitCount, {key: GOOD[key] for key in GOOD if key != "void"}).void == 0
    with pytest.raises(Refused, match="blanks"):
        from_json(UnitCount, {key: GOOD[key] for key in GOOD if key != "blanks"})


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (Decimal, "1e2"),
        (Decimal, "NaN"),
        (Decimal, " 1"),
        (Decimal, "1_0"),
        (Decimal, "１"),
        (date, "20180110"),
        (date, "2018-02-30"),
        (Fraction, "0.5"),
        (Fraction, "1/-2"),
    ],
)
def test_a_loose_spelling_is_refused(kind: type, text: str) -> None:
    with pytest.raises(Refused):
        from_json(kind, text)


@pytest.mark.parametrize("kind", [Decimal, Fraction, date])
def test_what_is_spelled_is_a_string(kind: type) -> None:
    with pytest.raises(Refused) as caught:
        from_json(kind, 5)
    assert caught.value.reason is CodecReason.MALFORMED


@pytest.mark.parametrize("kind", [float, int | str])
def test_a_kind_without_json_is_a_mistake_of_the_program(kind: type) -> None:
    with pytest.raises(TypeError, match="no JSON for"):
        from_json(kind, None)


@pytest.mark.parametrize("other", [None, [], "U01", 1])
def test_a_row_is_an_object(other: object) -> None:
    with pytest.raises(Refused) as caught:
        from_json(UnitCount, other)
    assert caught.value.reason is CodecReason.MALFORMED
    assert "UnitCount" in caught.value.message


def test_the_message_names_the_place() -> None:
    inputs: Any = to_json(replace(case_inputs()))
    inputs["claims"][3]["category"] = "奖状"
    with pytest.raises(Refused, match=r"claims\[3\]\.category"):
        from_json(AssessmentInputs, inputs)
