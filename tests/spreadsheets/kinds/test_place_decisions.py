"""Which class gets a place that equal remainders leave open."""

from dataclasses import replace
from datetime import date

from gaoxin_vote.domain.contest import Grade
from gaoxin_vote.domain.decision import PlaceDecision
from gaoxin_vote.domain.inputs import AssessmentInputs
from gaoxin_vote.spreadsheets.folder import assessment_files, read_assessment_files
from gaoxin_vote.spreadsheets.naming import UnitNames
from gaoxin_vote.spreadsheets.problems import Problem
from tests.spreadsheets.importers import import_place_decisions
from tests.spreadsheets.workbooks import csv_file

HEAD = "类别,等次,先后,理由,决定日期\n"


def test_a_class_is_spelled_as_the_units_spell_it(names: UnitNames) -> None:
    text = f"{HEAD}机关 部门,优秀,1,单位较多,2018-01-18\n机关部门,良好,2,同上,\n"
    assert import_place_decisions(csv_file(text), names).require_clean() == (
        PlaceDecision("机关部门", Grade.EXCELLENT, 1, "单位较多", date(2018, 1, 18)),
        PlaceDecision("机关部门", Grade.GOOD, 2, "同上"),
    )


def test_faults_of_place_decisions(names: UnitNames) -> None:
    rows = (
        "机关部门,优秀,1,多,\n机关部门,优秀,2,多,\n公司,优秀,1,多,\n机关部门,合格,1,多,\n机关部门,良好,0,,\n"
    )
    result = import_place_decisions(csv_file(HEAD + rows), names)
    assert [(p.row, p.problem, p.field) for p in result.errors[:-1]] == [
        (3, Problem.DUPLICATE, "scope+grade"),
        (4, Problem.UNKNOWN_WORD, "scope"),
        (5, Problem.UNKNOWN_WORD, "grade"),
        (6, Problem.TOO_SMALL, "priority"),
        (6, Problem.VALUE_MISSING, "reason"),
    ]
    assert "“机关部门”" in result.errors[1].message


def test_a_complete_folder_and_a_package_carry_them(inputs: AssessmentInputs, names: UnitNames) -> None:
    decided = (PlaceDecision("机关部门", Grade.GOOD, 1, "机关部门单位较多", date(2018, 1, 18)),)
    files = assessment_files(replace(inputs, place_decisions=decided), names)
    assert read_assessment_files(files, inputs.scheme).inputs.place_decisions == decided
