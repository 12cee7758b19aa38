"""What an assessment rests on, and that it rests on nothing else."""

import json
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal

from gaoxin_vote.domain.adjustment import LateAcceptance
from gaoxin_vote.domain.assessment import assess
from gaoxin_vote.domain.codec import canonical_json, from_json, to_json
from gaoxin_vote.domain.contest import Grade
from gaoxin_vote.domain.decision import CountDecision, Override, PlaceDecision, Referral, StaffAdjustment
from gaoxin_vote.domain.indicator import Indicator
from gaoxin_vote.domain.inputs import AssessmentInputs
from gaoxin_vote.domain.minutes import SessionMinutes
from gaoxin_vote.domain.record import BlockerKind
from gaoxin_vote.domain.supervision import (
    DeclaredCompletion,
    Inspection,
    LedgerEntry,
    SelfAssessment,
    SiteNote,
    SupervisionManner,
)
from gaoxin_vote.domain.units import Leader, Rater, UnitCode
from tests.contests import PEER

from .cases import case_inputs
from .factory import decide, event, honour, valid

ONE, DAY = UnitCode("A01"), date(2018, 1, 12)


def full_year() -> AssessmentInputs:
    """A year with something of everything."""
    return replace(
        valid(),
        claims=(honour("A01", "省级"),),
        late_acceptances=(LateAcceptance("B1", "才公布", DAY),),
        events=(event("A01", "D2:安全生产"),),
        tie_decisions=decide("A01"),
        overrides=(Override(ONE, Grade.GOOD, "纪要", DAY),),
        staff_adjustments=(StaffAdjustment(ONE, 3, "总数控制"),),
        referrals=(Referral(ONE, "移送纪检"),),
        leaders=(Leader("L1", "主任", "甲", "A01"),),
        raters=(Rater(PEER.code, "R1", "张三", "乙"),),
        minutes=(SessionMinutes(PEER, held_on=DAY, tellers=("李四",)),),
        targets=(Indicator(None, "Z1", "全部指标", Decimal(80)),),
        ledger=(LedgerEntry("T1", ONE, DAY, SupervisionManner.PERIODIC, "Z1", "已完成"),),
        self_assessments=(
            SelfAssessment(ONE, "完", "做", "效", "题", DAY, (DeclaredCompletion("Z1", completed=False),)),
        ),
        site_notes=(SiteNote(ONE, "Z1", Inspection.SEE, "现场查看", recused=True),),
        place_decisions=(PlaceDecision("机关部门", Grade.GOOD, 1, "单位较多"),),
        count_decisions=(CountDecision(PEER.code, "", 1, ONE, "不影响等次"),),
    )


def test_a_year_begins_with_a_scheme_and_its_units() -> None:
    """It can be assessed from the first day: it then lacks every session and every score."""
    record = assess(AssessmentInputs(valid().scheme, valid().units))
    kinds = {blocker.kind for blocker in record.blockers}
    assert kinds == {BlockerKind.SESSION_MISSING, BlockerKind.INDICATORS}
    assert [outcome.grade for outcome in record.outcomes] == [None] * 4


def test_inputs_that_were_written_and_read_back_give_the_same_record() -> None:
    inputs = case_inputs()
    read = from_json(AssessmentInputs, to_json(inputs))
    assert read == inputs
    assert assess(read).as_json() == assess(inputs).as_json()


def test_equal_inputs_are_spelled_alike_and_others_are_not() -> None:
    assert canonical_json(to_json(valid())) == canonical_json(to_json(valid()))
    fewer = replace(valid(), history=valid().history[1:])
    assert canonical_json(to_json(fewer)) != canonical_json(to_json(valid()))


def test_a_year_with_something_of_everything_survives() -> None:
    year = full_year()
    assert [field.name for field in fields(year) if not getattr(year, field.name)] == []
    assert from_json(AssessmentInputs, json.loads(canonical_json(to_json(year)))) == year
