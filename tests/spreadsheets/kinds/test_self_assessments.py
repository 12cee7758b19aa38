"""Self-assessment reports."""

from datetime import date
from typing import Any

from gaoxin_vote.domain.inputs import AssessmentInputs
from gaoxin_vote.spreadsheets.naming import UnitNames
from gaoxin_vote.spreadsheets.problems import Problem
from tests.spreadsheets.importers import import_self_assessments
from tests.spreadsheets.workbooks import csv_file, xlsx_file

HEAD = ["单位", "任务完成情况", "主要做法", "实际效果与业绩", "存在的问题及改进措施"]
LINES = ["指标编号", "是否完成", "指标完成情况", "未完成原因", "整改措施"]


def test_the_sample(inputs: AssessmentInputs) -> None:
    first, second = inputs.self_assessments
    assert (first.unit, first.submitted_on, len(first.declared)) == ("U07", date(2018, 1, 5), 2)
    assert [one.completed for one in second.declared] == [False, False]


def test_one_row_a_unit_merged_over_its_indicators(names: UnitNames) -> None:
    rows: list[list[Any]] = [
        [*HEAD, *LINES],
        ["办公室", "一", "二", "三", "四", "Z1", "已完成", "好", None, None],
        [None, None, None, None, None, "Z2", "未完成", "差", "忙", "补"],
    ]

    def touch(book: Any, sheet: Any) -> None:
        for letter in "ABCDE":
            sheet.merge_cells(f"{letter}2:{letter}3")

    report = import_self_assessments(xlsx_file(rows, touch), names).require_clean()[0]
    assert (report.completion, report.practice, report.effect, report.problems) == ("一", "二", "三", "四")
    assert [(one.indicator, one.completed) for one in report.declared] == [("Z1", True), ("Z2", False)]


def test_rows_that_nobody_filled_in_are_passed_over(names: UnitNames) -> None:
    text = ",".join([*HEAD, *LINES]) + "\n办公室,一,二,三,四,,,,,\n办公室,,,,,Z1,,,,\n人事局,,,,,,,,,\n"
    assert [one.unit for one in import_self_assessments(csv_file(text), names).require_clean()] == ["U01"]


def test_what_is_missing_is_a_warning_and_what_contradicts_an_error(names: UnitNames) -> None:
    head = ",".join([*HEAD, *LINES]) + "\n"
    poor = import_self_assessments(csv_file(head + "办公室,一,二,,,Z1,否,差,忙,\n"), names)
    assert [(p.problem, p.field) for p in poor.warnings] == [
        (Problem.REASON_MISSING, "remedy"),
        (Problem.VALUE_MISSING, "completion"),
    ]
    assert poor.require_clean()[0].effect == ""
    bad = import_self_assessments(
        csv_file(head + "办公室,一,二,三,四,Z1,,好,,\n办公室,另,,,,Z1,大概,,,\n"), names
    )
    assert [(p.row, p.problem, p.field) for p in bad.errors[:-1]] == [
        (2, Problem.VALUE_MISSING, "completed"),
        (3, Problem.UNKNOWN_WORD, "completed"),
        (3, Problem.DUPLICATE, "unit_code+indicator_code"),
        (3, Problem.CONTRADICTION, "completion"),
    ]
