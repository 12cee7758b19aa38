"""Lists of units and leaders."""

from typing import Any

from gaoxin_vote.domain.inputs import AssessmentInputs
from gaoxin_vote.spreadsheets.problems import Problem
from tests.spreadsheets.importers import import_leaders, import_units
from tests.spreadsheets.workbooks import csv_file, xlsx_file

HEAD = "code,name,class,staff,aliases\n"


def test_the_sample(inputs: AssessmentInputs) -> None:
    assert len(inputs.units) == 25
    assert inputs.units[22].unit_class == "街道(办事处)"
    assert [leader.code for leader in inputs.leaders] == [f"L{n}" for n in range(1, 10)]
    assert inputs.leaders[4].title == "管委会副主任(一)"


def test_aliases_are_parted() -> None:
    units = import_units(csv_file(HEAD + "U1,甲局,机关,9,甲、 局甲；甲甲\nU2,乙局,机关,0,\n")).require_clean()
    assert [unit.aliases for unit in units] == [("甲", "局甲", "甲甲"), ()]
    assert units[1].staff == 0


def test_what_a_list_of_units_must_not_have() -> None:
    rows = (
        "U1,甲局,机关,9,",
        "U1,乙局,机关,9,",
        "U3,甲 局,机关,9,",
        "U4,丁局,,9,",
        "U5,戊局,机关,,",
        "U6,己局,机关,8.5,",
        "U7,庚局,机关,-1,",
        "U8,辛局,机关,9,壬局",
        "U9,壬局,机关,9,",
        "U10,癸局,机关,9,辛局",
    )
    result = import_units(csv_file(HEAD + "\n".join(rows)))
    assert [(p.row, p.problem, p.field) for p in result.errors[:-1]] == [
        (3, Problem.DUPLICATE, "code"),
        (4, Problem.DUPLICATE, "name"),
        (5, Problem.VALUE_MISSING, "class"),
        (6, Problem.VALUE_MISSING, "staff"),
        (7, Problem.NOT_WHOLE_NUMBER, "staff"),
        (8, Problem.TOO_SMALL, "staff"),
        (10, Problem.DUPLICATE, "name"),
        (11, Problem.DUPLICATE, "aliases"),
    ]
    assert result.values == ()


def test_leaders_with_weight_groups() -> None:
    leaders = import_leaders(csv_file("code,title,group\nL1,书记,主要领导\nL2,委员,\n")).require_clean()
    assert [leader.group for leader in leaders] == ["主要领导", ""]
    double = import_leaders(csv_file("code,title\nL1,书记\nｌ１,主任\n"))
    assert [(p.row, p.problem) for p in double.errors[:1]] == [(3, Problem.DUPLICATE)]


def test_a_class_is_one_however_it_is_spelled() -> None:
    rows = ("U1,甲局,街道(办事处),9,", "U2,乙局,街道（办事处）,9,", "U3,丙局,街道 (办事处)\u200b,9,")
    result = import_units(csv_file(HEAD + "\n".join(rows)))
    assert {unit.unit_class for unit in result.require_clean()} == {"街道(办事处)"}
    assert [(each.problem, each.row) for each in result.warnings] == [
        (Problem.SPELLED_OTHERWISE, 3),
        (Problem.SPELLED_OTHERWISE, 4),
    ]


def test_codes_that_differ_by_their_zeros_are_double() -> None:
    result = import_units(csv_file(HEAD + "01,甲局,机关,9,\n1,乙局,机关,9,\n"))
    assert [(each.problem, each.row) for each in result.errors[:-1]] == [(Problem.DUPLICATE, 3)]


def test_a_number_merged_over_two_units_is_an_error() -> None:
    rows = [["代码", "单位", "类别", "人数"], ["U1", "甲局", "机关", 19], ["U2", "乙局", None, None]]

    def merge(book: Any, sheet: Any) -> None:
        sheet.merge_cells("C2:C3")
        sheet.merge_cells("D2:D3")

    result = import_units(xlsx_file(rows, merge))
    assert [(each.problem, each.row, each.column) for each in result.errors[:-1]] == [
        (Problem.CELL_MERGED, 3, 4)
    ]
