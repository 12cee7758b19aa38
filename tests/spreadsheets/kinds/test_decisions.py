"""Decisions of the leading group."""

from datetime import date

from gaoxin_vote.domain.contest import Grade
from gaoxin_vote.domain.decision import Override, Referral, StaffAdjustment, TieDecision
from gaoxin_vote.spreadsheets.naming import UnitNames
from gaoxin_vote.spreadsheets.problems import Problem
from tests.spreadsheets.importers import (
    import_overrides,
    import_referrals,
    import_staff_adjustments,
    import_tie_decisions,
)
from tests.spreadsheets.workbooks import csv_file


def test_order_of_tied_units(names: UnitNames) -> None:
    text = "unit_code,priority,reason,decided_on\nU01,1,民主集中,2018-01-18\nU02,2,同上,\n"
    assert import_tie_decisions(csv_file(text), names).require_clean() == (
        TieDecision(names.units[0].code, 1, "民主集中", date(2018, 1, 18)),
        TieDecision(names.units[1].code, 2, "同上"),
    )
    bad = import_tie_decisions(csv_file(text + "U01,0,x,\nU03,,x,\nU04,1,,\n"), names)
    assert [(p.row, p.problem, p.field) for p in bad.errors[:-1]] == [
        (4, Problem.TOO_SMALL, "priority"),
        (4, Problem.DUPLICATE, "unit_code"),
        (5, Problem.VALUE_MISSING, "priority"),
        (6, Problem.VALUE_MISSING, "reason"),
    ]


def test_grades_set_by_decision(names: UnitNames) -> None:
    text = "单位,审定等次,理由\n区纪委,良好,专项工作突出\n"
    assert import_overrides(csv_file(text), names).require_clean() == (
        Override(names.units[5].code, Grade.GOOD, "专项工作突出"),
    )
    bad = import_overrides(csv_file("单位,等次,理由\n区纪委,很好,x\n区纪委,良好,y\n"), names)
    assert [(p.row, p.problem) for p in bad.errors[:-1]] == [
        (2, Problem.UNKNOWN_WORD),
        (3, Problem.DUPLICATE),
    ]


def test_staff_places_and_referrals(names: UnitNames) -> None:
    staff = import_staff_adjustments(csv_file("代码,名额,理由\nU01,4,控制总数\n"), names).require_clean()
    assert staff == (StaffAdjustment(names.units[0].code, 4, "控制总数"),)
    notes = import_referrals(csv_file("代码,事由\nU16,移送2人\nU16,另案\n"), names).require_clean()
    assert notes[0] == Referral(names.units[15].code, "移送2人")
    assert len(notes) == 2
