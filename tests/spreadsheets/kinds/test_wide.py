"""Indicator scores: one row for each unit, one column for each indicator."""

from decimal import Decimal
from typing import Any

import pytest

from gaoxin_vote.domain.indicator import Indicator, IndicatorScore
from gaoxin_vote.domain.inputs import AssessmentInputs
from gaoxin_vote.domain.scheme import AssessmentScheme
from gaoxin_vote.domain.units import UnitCode
from gaoxin_vote.spreadsheets.naming import UnitNames
from gaoxin_vote.spreadsheets.problems import ImportResult, Problem
from tests.spreadsheets.importers import import_scores
from tests.spreadsheets.kinds.test_indicators import BOTH, TWO
from tests.spreadsheets.workbooks import csv_file, xlsx_file


def plainly(result: ImportResult[IndicatorScore]) -> list[tuple[str, str, str, Decimal, Decimal]]:
    return [(s.unit, s.indicator, s.name, s.full, s.score) for s in result.require_clean()]


EXPECTED = [
    ("A", "Z1", "重点", 50, Decimal("40.50")),
    ("A", "Z2", "职能", 30, Decimal("20.00")),
    ("B", "Z1", "重点", 50, Decimal("41.00")),
    ("B", "Z2", "职能", 30, Decimal("21.00")),
]


def test_full_scores_in_the_headings(scheme: AssessmentScheme) -> None:
    for first, second in (
        ("Z1 重点(50分)", "Z2 职能(30分)"),
        ("Z1、重点（５０分）", "Z2职能（30）"),
        ("Z1重点\n50分", "Z2.职能\n30分"),
        ("Z1重点【满分：50分】", "Z2职能(分值30)"),
    ):
        text = (
            f'标题,,,\n代码,单位,"{first}","{second}",合计\n'
            "A,甲局,40.5,20,60.5\nB,乙局,41,21,62\n合计,,81.5,41,\n"
        )
        result = import_scores(csv_file(text), TWO, scheme)
        assert plainly(result) == EXPECTED, first
        assert result.problems == ()


def test_full_scores_in_a_row_below(scheme: AssessmentScheme) -> None:
    text = "单位,重点,职能\n分值,50,30\n甲局,40.5,20\n乙局,41,21\n"
    result = import_scores(csv_file(text), TWO, scheme)
    assert [(s.unit, s.indicator, s.full) for s in result.require_clean()] == [
        ("A", "重点", 50),
        ("A", "职能", 30),
        ("B", "重点", 50),
        ("B", "职能", 30),
    ]


def test_two_heading_rows_merged(scheme: AssessmentScheme) -> None:
    rows: list[list[Any]] = [
        ["单位代码", "单位名称", "Z1", "Z2"],
        [None, None, "重点", "职能"],
        ["分值", None, 50, 30],
        ["A", "甲局", 40.5, 20],
        ["B", "乙局", 41, 21],
    ]

    def touch(book: Any, sheet: Any) -> None:
        sheet.merge_cells("A1:A2")
        sheet.merge_cells("B1:B2")

    assert plainly(import_scores(xlsx_file(rows, touch), TWO, scheme)) == EXPECTED


def test_with_a_catalogue_code_or_name_is_enough(scheme: AssessmentScheme) -> None:
    for head in ("单位,Z1,Z2", "单位,重点,职能", "单位,Z1重点(50分),职能"):
        result = import_scores(csv_file(f"{head}\n甲局,40.5,20\n乙局,41,21\n"), TWO, scheme, BOTH)
        assert plainly(result) == EXPECTED, head


def test_the_sample_as_a_wide_table(
    inputs: AssessmentInputs, names: UnitNames, scheme: AssessmentScheme, catalogue: tuple[Indicator, ...]
) -> None:
    scores = {(score.unit, score.indicator): score.score for score in inputs.scores}
    head = [
        "序号",
        "单位代码",
        "单位名称",
        *(f"{one.code}{one.name}（{one.full}分）" for one in catalogue),
        "合计",
    ]
    rows: list[list[Any]] = [["高新区2017年度指标评估得分表"], head]
    for number, unit in enumerate(names.units, 1):
        own = [scores[unit.code, one.code] for one in catalogue]
        rows.append([number, unit.code, unit.name, *own, sum(own)])
    rows.append(["制表：", None, None, None, "审核："])
    result = import_scores(xlsx_file(rows), names, scheme)
    assert [(s.unit, s.indicator, s.score) for s in result.require_clean()] == [
        (s.unit, s.indicator, s.score) for s in inputs.scores
    ]
    assert result.warnings == ()


def test_faults_keep_the_place_of_the_wide_table(scheme: AssessmentScheme) -> None:
    text = "单位,Z1,Z2,合计\n甲局,,20,60.5\n乙局,51,x,62\n丙局,1,2,3\n"
    result = import_scores(csv_file(text), TWO, scheme, BOTH)
    found = [(p.problem, p.row, p.column) for p in result.errors if p.row]
    assert found == [
        (Problem.SCORE_MISSING, 2, 2),
        (Problem.SCORE_OVER_FULL, 3, 2),
        (Problem.SCORE_NOT_NUMBER, 3, 3),
        (Problem.UNKNOWN_UNIT, 4, 1),
    ]


def test_a_score_merged_over_two_units_is_an_error(scheme: AssessmentScheme) -> None:
    rows: list[list[Any]] = [["单位", "Z1", "Z2"], ["甲局", 40, 20], ["乙局", None, 21]]
    file = xlsx_file(rows, lambda book, sheet: sheet.merge_cells("B2:B3"))
    result = import_scores(file, TWO, scheme, BOTH)
    assert [(p.problem, p.row, p.column) for p in result.errors[:1]] == [(Problem.SCORE_MERGED, 3, 2)]


def test_faults_of_a_heading_are_said_once(scheme: AssessmentScheme) -> None:
    text = "代码,Z1(55分),Z2,Z9,评语\nA,40,20,1,好\nB,41,21,1,好\n"
    result = import_scores(csv_file(text), TWO, scheme, BOTH)
    assert [(p.problem, p.row, p.column) for p in result.problems if p.row] == [
        (Problem.COLUMN_UNKNOWN, 1, 5),
        (Problem.FULL_SCORE_DIFFERS, 1, 2),
        (Problem.UNKNOWN_INDICATOR, 1, 4),
    ]
    first = import_scores(csv_file("单位,Z1,Z2(30分)\n甲局,40,20\n乙局,41,21\n"), TWO, scheme)
    assert (first.errors[0].problem, first.errors[0].column) == (Problem.FULL_SCORE_MISSING, 2)


def test_a_total_that_does_not_add_up_is_a_warning(scheme: AssessmentScheme) -> None:
    text = "单位,Z1,Z2,合计\n甲局,40.5,20,60.5\n乙局,41,21,63\n"
    result = import_scores(csv_file(text), TWO, scheme, BOTH)
    assert plainly(result) == EXPECTED
    assert [(p.problem, p.row, p.column, p.value) for p in result.warnings] == [
        (Problem.TOTAL_DIFFERS, 3, 4, "63")
    ]


def test_units_with_tables_of_their_own(scheme: AssessmentScheme) -> None:
    own = (
        Indicator(UnitCode("A"), "1", "招商", Decimal(60)),
        Indicator(UnitCode("A"), "2", "党建", Decimal(20)),
        Indicator(UnitCode("B"), "1", "党建", Decimal(20)),
        Indicator(UnitCode("B"), "2", "统计", Decimal(60)),
    )
    result = import_scores(csv_file("代码,招商,党建,统计\nA,50,18,\nB,,19,55\n"), TWO, scheme, own)
    assert [(s.unit, s.indicator, s.score) for s in result.require_clean()] == [
        ("A", "1", 50),
        ("A", "2", 18),
        ("B", "1", 19),
        ("B", "2", 55),
    ]
    other = import_scores(csv_file("代码,招商(60分),1\nA,50,50\n"), TWO, scheme, own[:2])
    assert Problem.FULL_SCORE_DIFFERS not in {p.problem for p in other.errors}
    full = import_scores(csv_file("代码,1(60分)\nA,50\nB,19\n"), TWO, scheme, own)
    assert [(p.problem, p.row) for p in full.errors[:1]] == [(Problem.FULL_SCORE_DIFFERS, 3)]
    gap = import_scores(csv_file("代码,招商,党建,统计\nA,50,,\nB,3,19,55\n"), TWO, scheme, own)
    assert [(p.problem, p.row, p.column) for p in gap.errors[:-1]] == [
        (Problem.SCORE_MISSING, 2, 3),
        (Problem.UNKNOWN_INDICATOR, 3, 2),
    ]


def test_a_long_table_without_its_score_is_not_taken_for_a_wide_one(scheme: AssessmentScheme) -> None:
    text = "单位,指标编号,分值,Z1\n甲局,Z1,50,40\n"
    result = import_scores(csv_file(text), TWO, scheme, BOTH)
    assert result.errors[0].problem is Problem.COLUMN_MISSING
    assert result.errors[0].value == "得分"


def test_a_heading_that_says_deduction_is_no_score(scheme: AssessmentScheme) -> None:
    for word in ("扣分", "自评分", "得分率", "排名"):
        text = f"单位,Z1 重点{word}(满分50分),Z2 职能(30分)\n甲局,5,20\n乙局,6,21\n"
        result = import_scores(csv_file(text), TWO, scheme)
        assert (result.errors[0].problem, result.errors[0].column) == (Problem.COLUMN_MEANS_OTHER, 2), word


def test_an_indicator_in_two_columns_is_one_error_at_the_heading(scheme: AssessmentScheme) -> None:
    text = "单位,Z1 重点(50分),Z2 职能(30分),Ｚ2 职能(30分)\n甲局,40,20,20\n乙局,41,21,21\n"
    for catalogue in ((), BOTH):
        result = import_scores(csv_file(text), TWO, scheme, catalogue)
        assert [(each.problem, each.row, each.column) for each in result.errors[:-1]] == [
            (Problem.COLUMN_TWICE, 1, 4)
        ]


@pytest.mark.parametrize("second", ["重点初评", "Z1核定得分", "重点（复核分）", "重点工作任务考核分", "重点"])
def test_a_second_score_of_an_indicator_is_an_error(scheme: AssessmentScheme, second: str) -> None:
    first = second.removesuffix("考核分") if "任务" in second else "重点"
    text = f"单位,Z1 {first}(50分),{second},Z2 职能(30分)\n甲局,40,41,20\n乙局,41,42,21\n"
    result = import_scores(csv_file(text), TWO, scheme)
    assert (Problem.COLUMN_TWICE, 1, 3) in [(each.problem, each.row, each.column) for each in result.errors]


@pytest.mark.parametrize("beside", ["重点评分依据", "重点自评分", "说明", "核定得分人", "初评人"])
def test_what_only_goes_with_an_indicator_is_a_warning(scheme: AssessmentScheme, beside: str) -> None:
    text = f"单位,Z1 重点(50分),{beside},Z2 职能(30分)\n甲局,40,x,20\n乙局,41,x,21\n"
    result = import_scores(csv_file(text), TWO, scheme)
    assert result.errors == ()
    assert [each.problem for each in result.warnings] == [Problem.COLUMN_UNKNOWN]


def test_a_heading_merged_over_two_columns_is_an_error(scheme: AssessmentScheme) -> None:
    text = "单位,Z1 重点(50分),,Z2 职能(30分)\n单位,初评,核定,\n甲局,40,41,20\n乙局,41,42,21\n"
    result = import_scores(csv_file(text), TWO, scheme)
    assert (Problem.COLUMN_TWICE, 2, 3) in [(each.problem, each.row, each.column) for each in result.errors]
