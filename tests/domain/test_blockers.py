"""What keeps a year from being finalised: the small valid year with one thing wrong."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from gaoxin_vote.domain.adjustment import BonusClaim, ClaimCategory, LateAcceptance
from gaoxin_vote.domain.assessment import assess
from gaoxin_vote.domain.contest import Grade
from gaoxin_vote.domain.decision import Override, Referral, TieDecision
from gaoxin_vote.domain.indicator import Indicator, IndicatorScore
from gaoxin_vote.domain.inputs import AssessmentInputs
from gaoxin_vote.domain.record import BlockerKind
from gaoxin_vote.domain.supervision import (
    Inspection,
    LedgerEntry,
    SelfAssessment,
    SiteNote,
    SupervisionManner,
)
from gaoxin_vote.domain.tally import Reconciliation, UnitCount
from gaoxin_vote.domain.units import Unit, UnitCode
from gaoxin_vote.errors import Refused
from tests.contests import LEADERSHIP, PEER

from .cases import toml_scheme
from .factory import (
    blocked,
    count,
    decide,
    event,
    honour,
    only_blocker,
    printed,
    session,
    valid,
    with_counts,
    with_numbers,
)

ONE = UnitCode("A01")


def test_the_small_year_is_valid() -> None:
    assert blocked(valid()) == []


def test_a_unit_without_a_valid_mark_blocks_and_is_not_ranked() -> None:
    nobody = count("A02", (0, 0, 0, 0), abstained=3)
    inputs = with_counts(valid(), PEER, [nobody])
    blocker = only_blocker(inputs)
    assert blocker.kind is BlockerKind.NO_VALID_MARK
    assert (blocker.unit, blocker.contest) == ("A02", PEER.code)
    assert "A02" in blocker.message
    assert "部门互评" in blocker.message
    outcome = assess(inputs).outcomes[1]
    assert (outcome.composite, outcome.standing, outcome.grade) == (None, None, None)
    assert printed(inputs)["units"][1]["rank"] is None


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ((9, 9, 9, 10, 10, 0), "收回10张，多于发出9张"),
        ((9, 8, 9, 9, 9, 0), "收回9张，多于实到"),
        ((9, 9, 9, 9, 8, 0), "合计与收回9张不符"),
        ((14, 9, 9, 9, 9, 0), "不足应到14人的三分之二"),
        ((8, 9, 9, 9, 9, 0), "实到9人，超过应到8人"),
        ((9, 9, 0, 0, 0, 0), "没有发出或收回的票"),
        ((9, 9, 9, 9, 10, -1), "不能为负"),
    ],
)
def test_numbers_that_do_not_reconcile_block(
    numbers: tuple[int, int, int, int, int, int], words: str
) -> None:
    inputs = with_numbers(valid(), LEADERSHIP, Reconciliation(*numbers))
    messages = [message for kind, message in blocked(inputs) if kind is BlockerKind.NOT_RECONCILED]
    assert any(words in message and "领导评议" in message for message in messages), messages


def test_a_row_that_does_not_sum_to_the_ballots_blocks() -> None:
    blocker = only_blocker(with_counts(valid(), LEADERSHIP, [count("A03", (0, 8, 0, 0))]))
    assert blocker.kind is BlockerKind.NOT_RECONCILED
    assert "A03" in blocker.message
    assert blocker.unit == "A03"


def test_missing_sessions_and_rows_block() -> None:
    assert [kind for kind, _ in blocked(replace(valid(), tallies=()))] == [BlockerKind.SESSION_MISSING] * 2
    tallies = tuple(replace(tally, counts=tally.counts[1:]) for tally in valid().tallies)
    messages = blocked(replace(valid(), tallies=tallies))
    assert [kind for kind, _ in messages] == [BlockerKind.SESSION_MISSING] * 2
    assert all("A01" in message for _, message in messages)


def test_abstentions_that_nobody_knows_cannot_be_zeros() -> None:
    zeros = toml_scheme({"rating.abstain": "count_as_zero"})
    inputs = replace(valid(), scheme=zeros)
    assert blocked(inputs) == []
    unknown = UnitCount(UnitCode("A01"), (0, 3, 0, 0), 1, recusals=None)
    blocker = only_blocker(with_counts(inputs, PEER, [unknown]))
    assert blocker.kind is BlockerKind.ABSTENTIONS_UNKNOWN
    assert "A01" in blocker.message
    assert assess(with_counts(inputs, PEER, [unknown])).outcomes[0].composite is None
    assert blocked(with_counts(valid(), PEER, [unknown])) == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"approved": None}, "尚未审定"),
        ({"level": "县级"}, "没有“县级”"),
        ({"declared_on": None}, "没有申报日期"),
        ({"category": ClaimCategory.INNOVATION}, "尚未填写核定分值"),
        ({"category": ClaimCategory.INNOVATION, "approved_points": Decimal("3.5")}, "须在1至3分之间"),
        ({"category": ClaimCategory.INNOVATION, "approved_points": Decimal("1.255")}, "小数位多于2位"),
    ],
)
def test_an_unsettled_claim_blocks(change: dict[str, Any], words: str) -> None:
    claim = replace(honour("A02", "省级", claim_id="B7"), **change)
    blocker = only_blocker(replace(valid(), claims=(claim,)))
    assert blocker.kind is BlockerKind.CLAIM_UNSETTLED
    assert words in blocker.message
    assert "B7" in blocker.message
    assert "A02" in blocker.message


def test_a_rejected_claim_needs_nothing_more() -> None:
    claim = BonusClaim("B1", ONE, ClaimCategory.INNOVATION, "", "", "", approved=False)
    assert blocked(replace(valid(), claims=(claim,))) == []


def test_dereliction_counts_once_the_leading_group_has_found_it() -> None:
    pending = replace(valid(), events=(event("A01", "F1", decided=False),))
    blocker = only_blocker(pending)
    assert blocker.kind is BlockerKind.EVENT_UNSETTLED
    assert assess(pending).outcomes[0].grade is Grade.EXCELLENT
    settled = assess(replace(valid(), events=(event("A01", "F1"),))).outcomes[0]
    assert settled.grade is Grade.FAIL
    assert "失职渎职" in settled.grade_reason


def test_an_unknown_kind_of_event_blocks() -> None:
    assert only_blocker(replace(valid(), events=(event("A01", "D9"),))).kind is BlockerKind.EVENT_UNSETTLED


def score(unit: str, indicator: str, full: str, points: str) -> IndicatorScore:
    return IndicatorScore(UnitCode(unit), indicator, "指标", Decimal(full), Decimal(points))


@pytest.mark.parametrize(
    ("scores", "words"),
    [
        ([], "没有指标得分"),
        ([("Z1", "70", "60")], "分值之和为70，应为80"),
        ([("Z1", "80", "80.01")], "应在0至80分之间"),
        ([("Z1", "80", "-1")], "应在0至80分之间"),
    ],
)
def test_faulty_indicator_scores_block(scores: list[tuple[str, str, str]], words: str) -> None:
    inputs = valid()
    rest = tuple(one for one in inputs.scores if one.unit != ONE)
    blocker = only_blocker(replace(inputs, scores=(*rest, *(score("A01", *row) for row in scores))))
    assert blocker.kind is BlockerKind.INDICATORS
    assert words in blocker.message
    assert "A01" in blocker.message


def test_scores_follow_the_table_of_targets_once_there_is_one() -> None:
    common = Indicator(None, "Z1", "全部指标", Decimal(80))
    assert blocked(replace(valid(), targets=(common,))) == []
    own = (Indicator(ONE, "Z1", "重点", Decimal(50)), Indicator(ONE, "Z2", "其他", Decimal(30)))
    messages = [message for _, message in blocked(replace(valid(), targets=(common, *own)))]
    assert len(messages) == 2
    assert "Z1（80分）与考核指标表不一致" in messages[0]
    assert "Z2没有得分" in messages[1]


def test_decisions_without_a_reason_block() -> None:
    inputs = replace(
        valid(),
        overrides=(Override(ONE, Grade.GOOD, ""),),
        tie_decisions=(TieDecision(ONE, 1, ""),),
        claims=(honour("A01", "省级", declared="2018-01-11"),),
        late_acceptances=(LateAcceptance("B1", ""),),
    )
    assert [kind for kind, _ in blocked(inputs)] == [BlockerKind.REASON_MISSING] * 3


# Entries that speak of nobody, or twice of the same.

STRANGERS: dict[str, Callable[[AssessmentInputs], AssessmentInputs]] = {
    "score": lambda inputs: replace(inputs, scores=(*inputs.scores, score("X9", "Z1", "80", "1"))),
    "claim": lambda inputs: replace(inputs, claims=(honour("X9", "省级"),)),
    "event": lambda inputs: replace(inputs, events=(event("X9", "D5"),)),
    "tie": lambda inputs: replace(inputs, tie_decisions=decide("X9")),
    "override": lambda inputs: replace(inputs, overrides=(Override(UnitCode("X9"), Grade.GOOD, "理由"),)),
    "count": lambda inputs: replace(
        inputs, tallies=(*inputs.tallies, session(PEER, 4, [count("X9", (0, 3, 0, 0))], number=2))
    ),
    "late": lambda inputs: replace(inputs, late_acceptances=(LateAcceptance("X9", "理由"),)),
    "referral": lambda inputs: replace(inputs, referrals=(Referral(UnitCode("X9"), "事由"),)),
    "ledger": lambda inputs: replace(
        inputs,
        ledger=(
            LedgerEntry("1", UnitCode("X9"), date(2017, 5, 1), SupervisionManner.PERIODIC, "Z1", "无问题"),
        ),
    ),
    "self": lambda inputs: replace(
        inputs, self_assessments=(SelfAssessment(UnitCode("X9"), "完成", "做法", "成效", "问题"),)
    ),
    "note": lambda inputs: replace(
        inputs, site_notes=(SiteNote(UnitCode("X9"), "Z1", Inspection.HEAR, "听了汇报"),)
    ),
}


@pytest.mark.parametrize("name", STRANGERS)
def test_an_entry_about_nobody_blocks(name: str) -> None:
    blocker = only_blocker(STRANGERS[name](valid()))
    assert blocker.kind is BlockerKind.UNKNOWN_UNIT
    assert "X9" in blocker.message


TWICE: dict[str, Callable[[AssessmentInputs], AssessmentInputs]] = {
    "score": lambda inputs: replace(
        inputs, scores=(*inputs.scores, score("A01", "Z2", "0", "0"), score("A01", "Z2", "0", "0"))
    ),
    "claim": lambda inputs: replace(inputs, claims=(honour("A01", "省级"), honour("A02", "省级"))),
    "event": lambda inputs: replace(inputs, events=(event("A01", "D5"), event("A01", "D6"))),
    "tie": lambda inputs: replace(inputs, tie_decisions=decide("A01", "A01")),
    "override": lambda inputs: replace(inputs, overrides=(Override(ONE, Grade.GOOD, "理由"),) * 2),
    "session": lambda inputs: replace(inputs, tallies=(*inputs.tallies, session(PEER, 4, [], number=1))),
    "row": lambda inputs: with_counts_twice(inputs),
    "history": lambda inputs: replace(inputs, history=(*inputs.history, inputs.history[0])),
}


def with_counts_twice(inputs: AssessmentInputs) -> AssessmentInputs:
    first, second = inputs.tallies
    return replace(inputs, tallies=(replace(first, counts=(*first.counts, first.counts[0])), second))


@pytest.mark.parametrize("name", TWICE)
def test_an_entry_made_twice_blocks(name: str) -> None:
    assert only_blocker(TWICE[name](valid())).kind is BlockerKind.REPEATED


def test_two_units_of_one_code_are_refused() -> None:
    inputs = valid()
    again = Unit(ONE, "又一个单位", "机关部门", 1)
    with pytest.raises(Refused, match="A01"):
        assess(replace(inputs, units=(*inputs.units, again)))


def test_a_year_with_nothing_entered_is_blocked_and_does_not_fail() -> None:
    inputs = replace(valid(), tallies=(), scores=(), history=())
    record = assess(inputs)
    assert {blocker.kind for blocker in record.blockers} == {
        BlockerKind.SESSION_MISSING,
        BlockerKind.INDICATORS,
    }
    assert record.ranked == ()
    assert printed(inputs)["summary"]["last"] is None
