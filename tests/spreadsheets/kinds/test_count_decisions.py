"""Which counts stand though a unit rated itself."""

from dataclasses import replace
from datetime import date

from gaoxin_vote.domain.decision import CountDecision
from gaoxin_vote.domain.inputs import AssessmentInputs
from gaoxin_vote.spreadsheets.folder import assessment_files, read_assessment_files
from gaoxin_vote.spreadsheets.naming import UnitNames
from gaoxin_vote.spreadsheets.problems import Problem
from tests.contests import LEADERSHIP, PEER
from tests.spreadsheets.importers import import_count_decisions
from tests.spreadsheets.workbooks import csv_file

HEAD = "测评项目,权重组,第几次,单位代码,单位名称,理由,决定日期\n"


def test_a_contest_is_named_by_its_title_or_code(names: UnitNames) -> None:
    text = f"{HEAD}部门互评,,,U01,,不影响等次,2018-01-18\npeer,,2,U01,,同上,\n互评,,3,U01,,同上,\n"
    code = names.units[0].code
    assert import_count_decisions(csv_file(text), names).require_clean() == (
        CountDecision(PEER.code, "", 1, code, "不影响等次", date(2018, 1, 18)),
        CountDecision(PEER.code, "", 2, code, "同上"),
        CountDecision(PEER.code, "", 3, code, "同上"),
    )


def test_faults_of_count_decisions(names: UnitNames) -> None:
    rows = "互评,,,U01,,理由,\n部门互评,,1,U01,,理由,\n民意测评,,,U01,,理由,\n部门互评,,,U02,,,\n"
    result = import_count_decisions(csv_file(HEAD + rows), names)
    assert [(p.row, p.problem, p.field) for p in result.errors[:-1]] == [
        (3, Problem.DUPLICATE, "contest+unit_code"),
        (4, Problem.UNKNOWN_WORD, "contest"),
        (5, Problem.VALUE_MISSING, "reason"),
    ]


def test_a_complete_folder_and_a_package_carry_them_and_the_own_ballots(
    inputs: AssessmentInputs, names: UnitNames
) -> None:
    code = inputs.units[0].code
    decided = (CountDecision(LEADERSHIP.code, "", 2, code, "理由", date(2018, 1, 18)),)
    first, *others = inputs.tallies
    own = replace(first, counts=tuple(replace(count, own_ballots=3) for count in first.counts))
    given = replace(inputs, count_decisions=decided, tallies=(own, *others))
    read = read_assessment_files(assessment_files(given, names), inputs.scheme).inputs
    assert (read.count_decisions, read.tallies) == (decided, given.tallies)
