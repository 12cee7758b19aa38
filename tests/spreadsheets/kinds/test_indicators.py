"""Indicator scores: one row for each unit and indicator."""

import json
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from gaoxin_vote.domain.indicator import Indicator, IndicatorScore
from gaoxin_vote.domain.inputs import AssessmentInputs
from gaoxin_vote.domain.scheme import AssessmentScheme
from gaoxin_vote.domain.units import Unit, UnitCode
from gaoxin_vote.errors import Refused
from gaoxin_vote.spreadsheets.naming import UnitNames
from gaoxin_vote.spreadsheets.problems import ImportReason, ImportResult, Problem
from gaoxin_vote.spreadsheets.reading.spreadsheet import SpreadsheetFile
from tests.spreadsheets.importers import import_scores
from tests.spreadsheets.workbooks import csv_file, ods_file, ods_rows, xlsx_file

HEAD = "unit_code,unit_name,indicator_code,indicator_name,full_score,score,basis\n"
TWO = UnitNames((Unit(UnitCode("A"), "甲局", "机关部门", 9), Unit(UnitCode("B"), "乙局", "机关部门", 9)))
BOTH = (Indicator(None, "Z1", "重点", Decimal(50)), Indicator(None, "Z2", "职能", Decimal(30)))


def of(
    rows: Sequence[str], scheme: AssessmentScheme, catalogue: tuple[Indicator, ...] = BOTH
) -> ImportResult[IndicatorScore]:
    return import_scores(csv_file(HEAD + "\n".join(rows)), TWO, scheme, catalogue)


GOOD = ("A,甲局,Z1,重点,50,40,", "A,甲局,Z2,职能,30,20,", "B,乙局,Z1,重点,50,41,", "B,乙局,Z2,职能,30,21,")


def problems(result: ImportResult[Any]) -> list[tuple[str, int | None, str, str]]:
    return [(p.problem.value, p.row, p.field, p.level.value) for p in result.problems]


def shown(result: ImportResult[Any]) -> list[dict[str, object]]:
    """The problems as `expected_import_errors.json` writes them."""
    found: list[dict[str, object]] = []
    for problem in result.problems:
        entry: dict[str, object] = {
            "line": problem.row,
            "level": problem.level.value,
            "problem": problem.problem.value,
        }
        if problem.row is not None:
            entry["field"] = problem.field
        if problem.level.value != "error":
            entry["value"] = problem.value
        found.append(entry)
    return found


def expected_errors(faulty: Path) -> list[dict[str, object]]:
    listed = json.loads((faulty / "expected_import_errors.json").read_text(encoding="utf-8"))
    return [{key: value for key, value in entry.items() if key not in ("units", "note")} for entry in listed]


@pytest.mark.parametrize("has_catalogue", [True, False])
def test_every_fault_of_the_bad_file_and_no_other(
    has_catalogue: bool,
    faulty: Path,
    names: UnitNames,
    scheme: AssessmentScheme,
    catalogue: tuple[Indicator, ...],
) -> None:
    file = SpreadsheetFile.at(faulty / "indicators_bad.csv")
    result = import_scores(file, names, scheme, catalogue if has_catalogue else ())
    assert shown(result) == expected_errors(faulty)
    assert result.values == (), "nothing is stored while an error remains"
    accepted = {"U01", "U04", "U06", "U18"}
    missing = next(p for p in result.problems if p.problem is Problem.UNITS_MISSING_FROM_FILE)
    assert missing.value.split("、") == [unit.code for unit in names.units if unit.code not in accepted]


def test_the_bad_file_is_refused_with_every_error_as_a_line(
    faulty: Path, names: UnitNames, scheme: AssessmentScheme, catalogue: tuple[Indicator, ...]
) -> None:
    file = SpreadsheetFile.at(faulty / "indicators_bad.csv")
    with pytest.raises(Refused, match="中有10处错误，没有导入任何内容") as refused:
        import_scores(file, names, scheme, catalogue).require_clean()
    assert refused.value.reason is ImportReason.FAULTY
    assert refused.value.details[2] == "indicators_bad.csv 第5行F列：得分40.01应在0至分值40之间。"
    assert len(refused.value.details) == 11


@pytest.mark.parametrize("name", ["indicators.xlsx", "indicators.csv", "indicators_gb18030.csv"])
def test_the_sample_is_the_same_from_every_file(
    name: str,
    sample: Path,
    faulty: Path,
    inputs: AssessmentInputs,
    names: UnitNames,
    scheme: AssessmentScheme,
) -> None:
    folder = faulty if name.endswith("gb18030.csv") else sample
    result = import_scores(SpreadsheetFile.at(folder / name), names, scheme)
    assert result.require_clean() == inputs.scores
    assert len(result.values) == 100
    first = result.values[0]
    assert (first.unit, first.score, str(first.score)) == ("U01", Decimal("37.14"), "37.14")


def test_scores_have_two_decimals_even_if_the_scheme_prints_fewer(scheme: AssessmentScheme) -> None:
    rows = ("A,,Z1,,50,40.14,", *GOOD[1:])
    assert str(of(rows, replace(scheme, decimals=1)).values[0].score) == "40.14"
    fine = of(("A,,Z1,,50,40.1234,", *GOOD[1:]), replace(scheme, decimals=4))
    assert str(fine.values[0].score) == "40.1234"


@pytest.mark.parametrize(
    ("row", "problem", "field"),
    [
        ("A,甲局,Z1,重点,50,,", Problem.SCORE_MISSING, "score"),
        ("A,甲局,Z1,重点,50,—,", Problem.SCORE_NOT_NUMBER, "score"),
        ("A,甲局,Z1,重点,50,50.004,", Problem.SCORE_OVER_FULL, "score"),
        ("A,甲局,Z1,重点,50,-0.01,", Problem.SCORE_NEGATIVE, "score"),
        ("A,乙局,Z1,重点,50,40,", Problem.CODE_NAME_MISMATCH, "unit_name"),
        ("A,丙局,Z1,重点,50,40,", Problem.CODE_NAME_MISMATCH, "unit_name"),
        ("C,甲局,Z1,重点,50,40,", Problem.UNKNOWN_UNIT, "unit_code"),
        (",丙局,Z1,重点,50,40,", Problem.UNKNOWN_UNIT, "unit_name"),
        (",,Z1,重点,50,40,", Problem.UNIT_MISSING, "unit_code"),
        ("A,甲局,,,50,40,", Problem.VALUE_MISSING, "indicator_code"),
        ("A,甲局,,别的,50,40,", Problem.UNKNOWN_INDICATOR, "indicator_name"),
        ("A,甲局,Z3,重点,50,40,", Problem.UNKNOWN_INDICATOR, "indicator_code"),
        ("A,甲局,Z1,重点,四十,40,", Problem.NOT_NUMBER, "full_score"),
        ("A,甲局,Z1,重点,40,40,", Problem.FULL_SCORE_DIFFERS, "full_score"),
    ],
)
def test_each_fault_of_a_row(row: str, problem: Problem, field: str, scheme: AssessmentScheme) -> None:
    result = of((row, *GOOD[1:]), scheme)
    assert problems(result)[0] == (problem.value, 2, field, "error")
    assert [p for p in problems(result) if p[1] is not None] == problems(result)[:1]


def test_codes_and_names_stand_for_each_other(scheme: AssessmentScheme) -> None:
    rows = (",甲局,,重点,,40,", *GOOD[1:])
    result = of(rows, scheme)
    assert result.require_clean()[0] == IndicatorScore(
        UnitCode("A"), "Z1", "重点", Decimal(50), Decimal("40.00")
    )
    assert problems(result) == [
        ("unit_resolved_by_name", 2, "unit_code", "ok"),
        ("indicator_resolved_by_name", 2, "indicator_code", "ok"),
    ]


def test_another_name_of_an_indicator_is_a_warning(scheme: AssessmentScheme) -> None:
    result = of(("A,甲局,Z1,重点工作,50,40,", *GOOD[1:]), scheme)
    assert result.require_clean()[0].name == "重点"
    assert problems(result) == [("indicator_name_differs", 2, "indicator_name", "warning")]


def test_aliases_of_the_scheme_are_understood(
    names: UnitNames, scheme: AssessmentScheme, sample: Path, inputs: AssessmentInputs
) -> None:
    text = (sample / "indicators.csv").read_text(encoding="utf-8-sig")
    text = (
        text.replace("组织人事局", "人事局").replace("U06,区纪委", ",纪工委").replace("经济发展局", "经发局")
    )
    result = import_scores(csv_file(text), names, scheme)
    assert result.require_clean() == inputs.scores
    assert len(result.problems) == 4, "of U06 alone the code was missing"


def test_a_percentage_is_a_share_of_the_full_score(scheme: AssessmentScheme) -> None:
    result = of(("A,甲局,Z1,重点,50,92.5%,", *GOOD[1:]), scheme)
    assert result.require_clean()[0].score == Decimal("46.25")
    assert [(p.problem, p.value) for p in result.warnings] == [(Problem.SCORE_IS_SHARE, "46.25")]
    over = of(("A,甲局,Z1,重点,50,101%,", *GOOD[1:]), scheme)
    assert over.errors[0].problem is Problem.SCORE_OVER_FULL


def test_a_percent_cell_never_becomes_a_small_score(scheme: AssessmentScheme) -> None:
    rows = [row.split(",") for row in (HEAD.strip(), *GOOD)]
    cells: list[list[Any]] = [rows[0], *([*row[:4], float(row[4]), float(row[5])] for row in rows[1:])]
    cells[1][5] = 0.9

    def touch(book: Any, sheet: Any) -> None:
        sheet["F2"].number_format = "0%"

    result = import_scores(xlsx_file(cells, touch), TWO, scheme, BOTH)
    assert result.require_clean()[0].score == Decimal(45)


def test_error_cells_and_merged_scores_are_no_scores(scheme: AssessmentScheme) -> None:
    rows: list[list[Any]] = [row.split(",") for row in (HEAD.strip(), *GOOD)]

    def touch(book: Any, sheet: Any) -> None:
        sheet["F2"] = "#REF!"
        sheet["F3"] = "=E3"
        sheet.merge_cells("F4:F5")

    result = import_scores(xlsx_file(rows, touch), TWO, scheme, BOTH)
    assert problems(result)[:3] == [
        ("score_missing", 2, "score", "error"),
        ("score_missing", 3, "score", "error"),
        ("score_merged", 5, "score", "error"),
    ]
    assert "公式出错" in result.errors[0].message
    assert "公式没有计算结果" in result.errors[1].message


def test_units_merged_over_their_rows(scheme: AssessmentScheme) -> None:
    rows: list[list[Any]] = [row.split(",") for row in (HEAD.strip(), *GOOD)]
    for row in (rows[2], rows[4]):
        row[0] = row[1] = None

    def touch(book: Any, sheet: Any) -> None:
        for area in ("A2:A3", "B2:B3", "A4:A5", "B4:B5"):
            sheet.merge_cells(area)

    assert len(import_scores(xlsx_file(rows, touch), TWO, scheme, BOTH).require_clean()) == 4


def test_a_sheet_for_each_unit(scheme: AssessmentScheme) -> None:
    head = ["指标编号", "指标名称", "分值", "得分"]
    sheets = {
        "甲局": ods_rows([["目标考核表"], head, ["Z1", "重点", 50, 40], ["Z2", "职能", 30, 20]]),
        "B": ods_rows([head, ["Z1", "重点", 50, 41], ["Z2", "职能", 30, 21]]),
    }
    result = import_scores(ods_file(sheets), TWO, scheme)
    assert [(s.unit, s.indicator, s.score) for s in result.require_clean()] == [
        ("A", "Z1", 40),
        ("A", "Z2", 20),
        ("B", "Z1", 41),
        ("B", "Z2", 21),
    ]


def test_an_indicator_without_score_is_an_error_once_the_rows_are_clean(scheme: AssessmentScheme) -> None:
    result = of(GOOD[:3], scheme)
    assert [(p.problem, p.value) for p in result.errors[:1]] == [(Problem.INDICATOR_MISSING, "B乙局缺Z2")]


def test_a_unit_without_any_row_is_an_error(scheme: AssessmentScheme) -> None:
    result = of(GOOD[:2], scheme)
    assert [(p.problem, p.value) for p in result.errors[:1]] == [(Problem.UNITS_MISSING_FROM_FILE, "B")]


def test_the_first_file_must_add_up(scheme: AssessmentScheme) -> None:
    assert of(GOOD, scheme, ()).require_clean()
    short = of((GOOD[0], "A,甲局,Z2,职能,30,20,", "B,乙局,Z1,重点,50,41,"), scheme, ())
    assert short.errors[0].problem is Problem.WEIGHTS_NOT_FULL
    assert short.errors[0].value == "B乙局合计50分"


def test_units_may_weigh_the_same_indicator_differently_if_they_add_up(scheme: AssessmentScheme) -> None:
    own = (*GOOD[:2], "B,乙局,Z1,重点,60,41,", "B,乙局,Z2,职能,20,19,")
    assert [score.full for score in of(own, scheme, ()).require_clean()] == [50, 30, 60, 20]
    wrong = of((*GOOD[:2], "B,乙局,Z1,重点,55,41,", "B,乙局,Z2,职能,30,19,"), scheme, ())
    assert problems(wrong)[0] == ("full_score_differs", 4, "full_score", "error")


def test_without_any_full_score_a_first_file_is_refused(scheme: AssessmentScheme) -> None:
    result = of(("A,甲局,Z1,重点,,40,", *GOOD[1:]), scheme, ())
    assert problems(result)[0] == ("full_score_missing", 2, "full_score", "error")


def test_who_scored_and_who_stood_aside(scheme: AssessmentScheme) -> None:
    head = HEAD.strip() + ",完成情况,评分人,评分人单位,回避人员\n"
    rows = "\n".join((GOOD[0] + ",完成,张三,乙局,李四、王五", *(row + ",,,," for row in GOOD[1:])))
    score = import_scores(csv_file(head + rows), TWO, scheme, BOTH).require_clean()[0]
    assert (score.completion, score.scorer, score.scorer_unit, score.recused) == (
        "完成",
        "张三",
        "B",
        ("李四", "王五"),
    )
    stranger = import_scores(csv_file(head + rows.replace("乙局,李四", "丁局,李四")), TWO, scheme, BOTH)
    assert problems(stranger)[0] == ("unknown_unit", 2, "scorer_unit", "error")
