"""Tables of votes."""

from dataclasses import replace

import pytest

from gaoxin_vote.domain.inputs import AssessmentInputs
from gaoxin_vote.domain.tally import UnitCount
from gaoxin_vote.spreadsheets.kinds.tallies import TallyLine
from gaoxin_vote.spreadsheets.problems import ImportResult, Problem
from tests.contests import LEADER_RULES, PEER_RULES
from tests.spreadsheets.importers import import_tally
from tests.spreadsheets.kinds.test_indicators import TWO
from tests.spreadsheets.workbooks import csv_file

HEAD = "unit_code,优秀,良好,及格,不及格,弃权,废票,有效\n"


def leaders(text: str) -> ImportResult[TallyLine]:
    return import_tally(csv_file(text), TWO, LEADER_RULES)


def test_the_sample(inputs: AssessmentInputs) -> None:
    leadership, peer = inputs.tallies
    assert leadership.counts[3] == UnitCount(inputs.units[3].code, (5, 3, 0, 0), 1, 0, 0)
    assert peer.counts[0].grades == (20, 3, 1, 0)


def test_labels_of_either_contest_are_understood() -> None:
    text = "单位,优秀,良好,合格(及格),不合格\n甲局,1,2,3,4\n乙局,4,3,2,1\n"
    assert [line.count.grades for line in leaders(text).require_clean()] == [(1, 2, 3, 4), (4, 3, 2, 1)]


def test_labels_of_the_scheme_are_understood() -> None:
    file = csv_file("单位,好,较好,一般,较差\n甲局,1,2,3,4\n乙局,4,3,2,1\n")
    assert import_tally(file, TWO, PEER_RULES).errors
    other = replace(PEER_RULES, labels=("好", "较好", "一般", "较差"))
    lines = import_tally(file, TWO, other).require_clean()
    assert lines[0].count.grades == (1, 2, 3, 4)
    swapped = csv_file("单位,优秀,良好,合格,不合格\n甲局,1,2,3,4\n乙局,4,3,2,1\n")
    usual = import_tally(swapped, TWO, PEER_RULES).require_clean()
    assert usual[0].count.grades == (1, 2, 3, 4)
    # 合格 is here the label of the second grade, and so no other name of the third.
    shifted = replace(PEER_RULES, labels=("优秀", "合格", "基本合格", "不合格"))
    moved = csv_file("单位,优秀,合格,基本合格,不合格\n甲局,1,2,3,4\n乙局,4,3,2,1\n")
    assert import_tally(moved, TWO, shifted).require_clean()[0].count.grades == (1, 2, 3, 4)


@pytest.mark.parametrize(
    ("row", "problem", "field"),
    [
        ("A,,2,3,4,0,0,9", Problem.VALUE_MISSING, "优秀"),
        ("A,1.5,2,3,4,0,0,10", Problem.NOT_WHOLE_NUMBER, "优秀"),
        ("A,-1,2,3,4,0,0,9", Problem.TOO_SMALL, "优秀"),
        ("A,1,2,3,4,,0,10", Problem.VALUE_MISSING, "弃权"),
        ("A,1,2,3,4,0,,10", Problem.VALUE_MISSING, "废票"),
        ("A,1,2,3,4,0,0,11", Problem.COUNTS_DIFFER, "有效"),
        ("C,1,2,3,4,0,0,10", Problem.UNKNOWN_UNIT, "unit_code"),
    ],
)
def test_an_empty_count_is_never_a_zero(row: str, problem: Problem, field: str) -> None:
    result = leaders(HEAD + row + "\nB,1,2,3,4,0,0,10\n")
    assert (result.errors[0].problem, result.errors[0].field) == (problem, field)
    assert Problem.UNITS_MISSING_FROM_FILE in {p.problem for p in result.errors}


def test_the_sum_may_be_left_empty_and_columns_left_out() -> None:
    assert leaders(HEAD + "A,1,2,3,4,0,0,\nB,1,2,3,4,0,0,\n").require_clean()
    bare = leaders("unit_code,优秀,良好,及格,不及格\nA,1,2,3,4\nB,1,2,3,4\n").require_clean()
    assert (bare[0].count.blanks, bare[0].count.recusals, bare[0].count.void) == (0, 0, 0)


def test_abstentions_and_recusals() -> None:
    head = "unit_code,优秀,良好,及格,不及格,弃权,回避,弃权(含回避)\n"
    known, together = leaders(head + "A,1,2,3,4,2,1,\nB,1,2,3,4,,,5\n").require_clean()
    assert (known.count.blanks, known.count.recusals, known.count.abstained) == (3, 1, 2)
    assert (together.count.blanks, together.count.recusals) == (5, None)


def test_groups_and_repetitions() -> None:
    head = "权重组,第几次,unit_code,优秀,良好,及格,不及格\n"
    rows = "甲,,A,1,0,0,0\n甲,,B,1,0,0,0\n甲,2,B,0,1,0,0\n乙,1,A,1,0,0,0\n乙,1,B,1,0,0,0\n"
    lines = leaders(head + rows).require_clean()
    assert [(line.group, line.number, line.count.unit) for line in lines] == [
        ("甲", 1, "A"),
        ("甲", 1, "B"),
        ("甲", 2, "B"),
        ("乙", 1, "A"),
        ("乙", 1, "B"),
    ]
    missing = leaders(head + "甲,,A,1,0,0,0\n甲,,B,1,0,0,0\n乙,,A,1,0,0,0\n")
    assert [(p.problem, p.value) for p in missing.errors[:1]] == [(Problem.UNITS_MISSING_FROM_FILE, "B")]
    twice = leaders(head + rows + "乙,,B,1,0,0,0\n")
    assert [(p.row, p.problem) for p in twice.errors[:1]] == [(7, Problem.DUPLICATE)]
