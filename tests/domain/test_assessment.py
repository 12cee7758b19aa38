"""The year 2017 to the last digit with its variants, and decisions beyond the arithmetic."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from gaoxin_vote.domain.adjustment import LateAcceptance
from gaoxin_vote.domain.assessment import assess
from gaoxin_vote.domain.consequence import HistoryEntry
from gaoxin_vote.domain.contest import Grade
from gaoxin_vote.domain.decision import Override, StaffAdjustment
from gaoxin_vote.domain.record import COUNT_KEYS, RECORD_KEYS
from gaoxin_vote.domain.tally import UnitCount
from gaoxin_vote.domain.units import UnitCode
from tests.contests import PEER

from .cases import case_inputs, expected, patched, toml_scheme
from .factory import (
    count,
    honour,
    printed,
    session,
    small_year,
    valid,
    with_counts,
)

ONE = UnitCode("A01")
EXPECTED = expected()


def test_the_year_2017_comes_out_to_the_last_digit() -> None:
    record = assess(case_inputs())
    assert record.blockers == ()
    assert [note.message for note in record.notes] == [
        "教育文化体育局（U13）的加减分申报A19逾期（2018年1月11日申报），不计分。"
    ]
    answer = record.as_json()
    assert answer["summary"] == EXPECTED["summary"]
    assert answer["units"] == EXPECTED["units"]


@pytest.mark.parametrize("name", EXPECTED["variants"])
def test_variant(name: str) -> None:
    variant = EXPECTED["variants"][name]
    record = assess(patched(variant["patch"]))
    answer: Any = record.as_json()
    columns = variant["columns"]
    units = {unit["code"]: [unit[column] for column in columns] for unit in answer["units"]}
    assert units == variant["units"]
    for key in variant.keys() - {"columns", "patch", "units", "units_changed_from_default"}:
        assert answer["summary"][key] == variant[key], key
    usual = {unit["code"]: [unit[column] for column in columns] for unit in EXPECTED["units"]}
    changed = [code for code in usual if units[code] != usual[code]]
    assert changed == variant["units_changed_from_default"]
    assert record.blockers == ()


def test_all_variants_are_here() -> None:
    assert len(EXPECTED["variants"]) == 13
    assert len(EXPECTED["history_variants"]) == 2


@pytest.mark.parametrize("name", EXPECTED["history_variants"])
def test_history_variant(name: str) -> None:
    answer: Any = assess(case_inputs(name)).as_json()
    held = {
        unit["code"]: [unit["accountability"], unit["accountability_triggers"]]
        for unit in answer["units"]
        if unit["accountability"] != "无"
    }
    assert held == EXPECTED["history_variants"][name]


def test_no_history_at_all_is_neither_last_nor_failed_and_is_said() -> None:
    record = assess(replace(case_inputs(), history=()))
    heads = {
        one.unit.code: one.consequence.accountability.words for one in record.outcomes if one.consequence
    }
    assert heads[UnitCode("U22")] == "诫勉谈话"
    assert heads[UnitCode("U16")] == "诫勉谈话"
    assert any("2016年度" in note.message and "25个单位" in note.message for note in record.notes)


def test_a_years_own_history_is_not_that_of_another_unit_or_year() -> None:
    old = HistoryEntry(2014, UnitCode("U22"), 25, Grade.FAIL, True)
    usual = case_inputs()
    assert assess(replace(usual, history=(*usual.history, old))).as_json() == assess(usual).as_json()


def test_the_last_session_of_a_unit_holds() -> None:
    nobody = count("A02", (0, 0, 0, 0), abstained=3)
    inputs = with_counts(valid(), PEER, [nobody])
    again = session(PEER, 4, [count("A02", (3, 0, 0, 0))], number=2)
    for tallies in ((*inputs.tallies, again), (again, *inputs.tallies)):
        record = assess(replace(inputs, tallies=tallies))
        assert record.blockers == ()
        assert [str(one.ratings[1].score) for one in record.outcomes] == ["8.00", "10.00", "8.00", "8.00"]


def test_known_recusals_leave_the_abstentions() -> None:
    row = UnitCount(UnitCode("A01"), (0, 2, 0, 0), 2, recusals=1)
    inputs = with_counts(
        replace(valid(), scheme=toml_scheme({"rating.abstain": "count_as_zero"})), PEER, [row]
    )
    outcome = assess(inputs).outcomes[0]
    assert outcome.ratings[1].abstained == 1
    assert str(outcome.ratings[1].score) == "5.33"


def test_an_override_stands_beside_the_computed_grade() -> None:
    override = Override(ONE, Grade.PASS, "领导小组会议纪要")
    outcome = assess(replace(valid(), overrides=(override,))).outcomes[0]
    assert outcome.standing is not None and outcome.standing.grade is Grade.EXCELLENT
    assert outcome.grade is Grade.PASS
    assert "领导小组会议纪要" in outcome.grade_reason
    assert outcome.consequence is not None
    assert outcome.consequence.head_may_be_excellent is False
    assert outcome.staff_places == 2


def test_a_late_acceptance_counts_and_is_noted() -> None:
    late = honour("A01", "省级", declared="2018-01-11")
    without = assess(replace(valid(), claims=(late,)))
    accepted = LateAcceptance("B1", "市里1月12日才公布")
    record = assess(replace(valid(), claims=(late,), late_acceptances=(accepted,)))
    assert without.outcomes[0].adjustment.net == 0
    assert record.outcomes[0].adjustment.net == 2
    assert any("市里1月12日才公布" in note.message for note in record.notes)


def test_staff_places_are_adjusted_with_a_reason_only() -> None:
    change = StaffAdjustment(ONE, 7, "总数控制")
    record = assess(replace(valid(), staff_adjustments=(change,)))
    usual = assess(valid())
    assert record.outcomes[0].staff_places == 7
    assert record.staff_sum == usual.staff_sum - 4 + 7


def test_no_staff_places_for_a_unit_without_a_grade() -> None:
    change = StaffAdjustment(ONE, 7, "总数控制")
    inputs = replace(valid(), staff_adjustments=(change,))
    assert assess(replace(inputs, scores=inputs.scores[1:])).outcomes[0].staff_places is None


def test_the_remark_of_a_unit_that_fails_by_its_score_speaks_of_nothing_milder() -> None:
    inputs = small_year(["70", "30"], bars=[(1, "D5")])
    assert assess(inputs).outcomes[1].grade_reason == "综合得分低于60分"
    both = small_year(["70", "30"], bars=[(1, "D1"), (1, "D3"), (1, "D5")])
    assert assess(both).outcomes[1].grade_reason == "综合得分低于60分；具有3种及以上取消优良资格情形"


def test_abstentions_that_nobody_knows_are_printed_with_the_recusals() -> None:
    row = UnitCount(ONE, (0, 2, 0, 0), 2, recusals=None)
    inputs = with_counts(valid(), PEER, [row])
    peer = printed(inputs)["units"][0]["peer"]
    assert peer["弃权（含回避）"] == 2
    assert "弃权" not in peer
    assert printed(inputs)["units"][1]["peer"]["弃权"] == 0


def test_no_units_at_all() -> None:
    record = assess(replace(valid(), units=(), tallies=(), scores=(), history=()))
    assert record.outcomes == ()


def test_dates_do_not_matter_beyond_the_deadline() -> None:
    early = honour("A01", "省级", declared="2017-01-01")
    late = replace(early, declared_on=date(2018, 1, 10))
    assert (
        assess(replace(valid(), claims=(early,))).as_json()
        == assess(replace(valid(), claims=(late,))).as_json()
    )


def test_no_contest_can_take_the_place_of_a_figure_in_the_record() -> None:
    (unit, *_) = printed(valid())["units"]
    assert unit.keys() - {"leader", "peer"} == RECORD_KEYS
    counts = unit["leader"].keys() - {"优秀", "良好", "及格", "不及格"}
    assert counts <= COUNT_KEYS
