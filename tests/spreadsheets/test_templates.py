"""The empty forms that are handed out."""

import io
from dataclasses import replace
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from gaoxin_vote.domain.contest_rules import WeightGroup
from gaoxin_vote.domain.indicator import Indicator
from gaoxin_vote.domain.inputs import AssessmentInputs
from gaoxin_vote.domain.scheme import AssessmentScheme
from gaoxin_vote.spreadsheets.catalogue import Catalogue
from gaoxin_vote.spreadsheets.context import Context
from gaoxin_vote.spreadsheets.importing import read_file
from gaoxin_vote.spreadsheets.kind import Kind
from gaoxin_vote.spreadsheets.kind_list import kinds
from gaoxin_vote.spreadsheets.kinds.adjustments import CLAIMS
from gaoxin_vote.spreadsheets.kinds.indicators import SCORES
from gaoxin_vote.spreadsheets.kinds.self_assessments import SELF_ASSESSMENTS
from gaoxin_vote.spreadsheets.kinds.sessions import SESSIONS
from gaoxin_vote.spreadsheets.kinds.tallies import tally_kind
from gaoxin_vote.spreadsheets.kinds.units import UNITS
from gaoxin_vote.spreadsheets.locating import CHOICES, rows_of
from gaoxin_vote.spreadsheets.naming import UnitNames
from gaoxin_vote.spreadsheets.problems import Findings, Problem
from gaoxin_vote.spreadsheets.reading.spreadsheet import SpreadsheetFile, read_workbook
from gaoxin_vote.spreadsheets.templates import form_columns, write_template
from tests.contests import CONTESTS, LEADER_RULES, PEER_RULES
from tests.spreadsheets.importers import (
    import_scores,
    import_self_assessments,
    import_sessions,
    import_tally,
    import_units,
)
from tests.spreadsheets.tidy import tidy_context, tidy_tables


@pytest.fixture
def make(names: UnitNames, scheme: AssessmentScheme, catalogue: tuple[Indicator, ...]) -> Any:
    def make(kind: Kind[Any], other_scheme: AssessmentScheme | None = None) -> Any:
        content = write_template(kind, Context(other_scheme or scheme, names, Catalogue(catalogue)))
        return openpyxl.load_workbook(io.BytesIO(content))

    return make


KINDS = kinds(CONTESTS)


def saved(book: Any) -> SpreadsheetFile:
    stream = io.BytesIO()
    book.save(stream)
    return SpreadsheetFile("表.xlsx", stream.getvalue())


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_every_form(kind: Kind[Any], make: Any) -> None:
    book = make(kind)
    sheet, lists, instructions = book.worksheets
    assert [sheet.title, lists.title, instructions.title] == [kind.layout.title, CHOICES, "填写说明"]
    assert (sheet.sheet_state, lists.sheet_state, instructions.sheet_state) == (
        "visible",
        "hidden",
        "visible",
    )
    assert sheet.freeze_panes == "A3"
    assert sheet.protection.sheet
    assert all(cell.protection.locked for row in sheet.iter_rows(max_row=2) for cell in row)
    assert not any(cell.protection.locked for row in sheet.iter_rows(min_row=3) for cell in row)
    headings = [cell.value for cell in sheet[2]]
    told = [row[0].value for row in instructions.iter_rows()]
    assert headings == told[told.index("列名") + 1 :]
    formulas = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert formulas == []


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_a_form_is_found_by_its_own_reader(kind: Kind[Any], make: Any) -> None:
    findings = Findings("表.xlsx")
    list(rows_of(read_workbook(saved(make(kind))), kind.layout, findings))
    assert {problem.problem for problem in findings.problems} <= {Problem.NO_ROWS}


def validations(sheet: Any, column: str) -> list[Any]:
    return [one for one in sheet.data_validations.dataValidation if str(one.sqref).startswith(f"{column}3:")]


def test_scores_of_every_unit_and_indicator(make: Any, names: UnitNames) -> None:
    book = make(SCORES)
    sheet = book.worksheets[0]
    assert [cell.value for cell in sheet[3]][:6] == ["U01", "办公室", "Z1", "年度重点目标任务", 40, None]
    assert [cell.value for cell in sheet[102]][:3] == ["U25", "高岭办事处", "Z4"]
    assert sheet["A103"].value is None
    assert sheet["F3"].number_format == "0.00##"
    (rule,) = validations(sheet, "F")
    assert (rule.type, rule.formula1, rule.formula2) == ("decimal", "0", "$E3")
    (units,) = validations(sheet, "B")
    assert (units.type, units.formula1, units.errorStyle) == ("list", f"'{CHOICES}'!$B$1:$B$25", "warning")
    assert [book[CHOICES][f"B{n}"].value for n in (1, 25)] == ["办公室", "高岭办事处"]


def test_a_filled_form_is_read_as_entered(
    make: Any, names: UnitNames, scheme: AssessmentScheme, inputs: AssessmentInputs
) -> None:
    book = make(SCORES)
    sheet = book.worksheets[0]
    empty = import_scores(saved(book), names, scheme)
    assert {p.problem for p in empty.errors} == {
        Problem.SCORE_MISSING,
        Problem.UNITS_MISSING_FROM_FILE,
        Problem.IMPORT_IS_ALL_OR_NOTHING,
    }
    for row, score in enumerate(inputs.scores, 3):
        sheet.cell(row, 6).value = score.score
        sheet.cell(row, 7).value = score.basis
    sheet["A104"] = "合计"
    sheet["A106"] = "制表人："
    assert import_scores(saved(book), names, scheme).require_clean() == inputs.scores


def test_other_forms_have_the_units_too(make: Any, names: UnitNames) -> None:
    assert import_units(saved(make(UNITS))).require_clean() == names.units
    tally = make(tally_kind(PEER_RULES))
    for row in range(3, 28):
        for column in range(3, 9):
            tally.worksheets[0].cell(row, column).value = 1
    assert len(import_tally(saved(tally), names, PEER_RULES).require_clean()) == 25
    sessions = make(SESSIONS).worksheets[0]
    assert [sessions["A3"].value, sessions["A4"].value] == ["领导评议", "部门互评"]
    assert import_self_assessments(saved(make(SELF_ASSESSMENTS)), names).require_clean() == ()


def test_words_are_those_of_the_scheme(make: Any, scheme: AssessmentScheme) -> None:
    other = replace(scheme, bonus=replace(scheme.bonus, level_points=(("县级", Decimal(1)),)))
    book = make(CLAIMS, other)
    assert [cell.value for cell in book[CHOICES]["E"] if cell.value] == [
        "县级",
        "优秀",
        "良好",
        "合格",
        "不合格",
    ]
    (levels,) = validations(book.worksheets[0], "E")
    assert levels.formula1 == f"'{CHOICES}'!$E$1:$E$5"
    assert book.worksheets[0]["I3"].number_format == "yyyy-mm-dd"


def test_weight_groups_have_a_column_only_under_a_scheme_with_some(
    make: Any, scheme: AssessmentScheme
) -> None:
    def headings(other: AssessmentScheme) -> list[Any]:
        return [cell.value for cell in make(tally_kind(LEADER_RULES), other).worksheets[0][2]]

    groups = (WeightGroup("主要领导", Decimal("0.6")), WeightGroup("其他", Decimal("0.4")))
    assert "权重组" not in headings(scheme)
    assert "权重组" in headings(replace(scheme, contests=(replace(LEADER_RULES, groups=groups), PEER_RULES)))


def test_an_empty_session_form_is_no_report(make: Any) -> None:
    assert {p.problem for p in import_sessions(saved(make(SESSIONS)), CONTESTS).errors} == {
        Problem.VALUE_MISSING,
        Problem.IMPORT_IS_ALL_OR_NOTHING,
    }


@pytest.mark.parametrize("stem", KINDS)
def test_a_form_of_every_kind_that_was_filled_in_is_read_without_a_finding(
    stem: str, inputs: AssessmentInputs
) -> None:
    kind, values = tidy_tables(inputs)[stem]
    assert values, "there must be something to fill in"
    context = tidy_context(inputs, kind)
    book = openpyxl.load_workbook(io.BytesIO(write_template(kind, context)))
    sheet = book.worksheets[0]
    fields = [column.field for column in form_columns(kind, context.scheme)]
    rows = [row for value in values for row in kind.cells(value, context.names)]
    for number in range(3, max(sheet.max_row, len(rows) + 2) + 1):
        row = rows[number - 3] if number - 3 < len(rows) else {}
        for index, field in enumerate(fields, 1):
            cell = row.get(field)
            # What is typed into a cell: 是 and 否 are words, not what a program calls true.
            sheet.cell(number, index).value = ("是" if cell else "否") if isinstance(cell, bool) else cell
    result = read_file(kind, saved(book), context)
    assert result.problems == ()
    assert result.values == tuple(values)
