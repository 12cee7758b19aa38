"""What is written is read back without loss, and no cell of it is a formula."""

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gaoxin_vote.domain.inputs import AssessmentInputs
from gaoxin_vote.domain.scheme_file import load_scheme, shipped_scheme_text
from gaoxin_vote.domain.units import Leader, Unit, UnitCode
from gaoxin_vote.errors import Refused
from gaoxin_vote.spreadsheets import kind_list
from gaoxin_vote.spreadsheets.exporting import ExportReason, write_csv, write_xlsx
from gaoxin_vote.spreadsheets.importing import read_file
from gaoxin_vote.spreadsheets.kind import Kind
from gaoxin_vote.spreadsheets.kinds.adjustments import ACCEPTANCES, CLAIMS
from gaoxin_vote.spreadsheets.kinds.count_decisions import COUNTS
from gaoxin_vote.spreadsheets.kinds.decisions import OVERRIDES, REFERRALS, STAFF_ADJUSTMENTS, TIES
from gaoxin_vote.spreadsheets.kinds.indicators import SCORES
from gaoxin_vote.spreadsheets.kinds.place_decisions import PLACES
from gaoxin_vote.spreadsheets.kinds.raters import RATERS
from gaoxin_vote.spreadsheets.kinds.self_assessments import SELF_ASSESSMENTS
from gaoxin_vote.spreadsheets.kinds.sessions import SESSIONS
from gaoxin_vote.spreadsheets.kinds.standings import EVENTS, HISTORY
from gaoxin_vote.spreadsheets.kinds.supervision import LEDGER, SITE_NOTES
from gaoxin_vote.spreadsheets.kinds.tallies import tally_kind
from gaoxin_vote.spreadsheets.kinds.targets import TARGETS
from gaoxin_vote.spreadsheets.kinds.units import LEADERS, UNITS
from gaoxin_vote.spreadsheets.naming import UnitNames
from gaoxin_vote.spreadsheets.problems import ImportResult
from gaoxin_vote.spreadsheets.reading.spreadsheet import SpreadsheetFile, read_workbook
from tests.contests import CONTESTS, PEER_RULES
from tests.spreadsheets import strategies as kinds
from tests.spreadsheets.importers import (
    import_acceptances,
    import_claims,
    import_count_decisions,
    import_events,
    import_history,
    import_leaders,
    import_ledger,
    import_overrides,
    import_place_decisions,
    import_raters,
    import_referrals,
    import_scores,
    import_self_assessments,
    import_sessions,
    import_site_notes,
    import_staff_adjustments,
    import_tally,
    import_targets,
    import_tie_decisions,
    import_units,
)
from tests.spreadsheets.tidy import tidy_context, tidy_tables

NAMES = UnitNames(kinds.UNITS)
SCHEME = load_scheme(shipped_scheme_text())
Importer = Callable[[SpreadsheetFile], ImportResult[Any]]
Case = tuple[Kind[Any], st.SearchStrategy[tuple[Any, ...]], Importer]

CASES: dict[str, Case] = {
    kind.layout.stem: (kind, values, read)
    for kind, values, read in (
        (UNITS, kinds.units(), import_units),
        (LEADERS, kinds.leaders, import_leaders),
        (RATERS, kinds.raters, lambda file: import_raters(file, (kinds.DEPUTIES,))),
        (TARGETS, kinds.targets(), lambda file: import_targets(file, NAMES, SCHEME)),
        (SCORES, kinds.scores(), lambda file: import_scores(file, NAMES, SCHEME)),
        (CLAIMS, kinds.claims, lambda file: import_claims(file, NAMES, SCHEME)),
        (
            ACCEPTANCES,
            kinds.acceptances,
            lambda file: import_acceptances(file, (kinds.CLAIM, kinds.OTHER_CLAIM)),
        ),
        (EVENTS, kinds.events, lambda file: import_events(file, NAMES, SCHEME)),
        (HISTORY, kinds.history, lambda file: import_history(file, NAMES)),
        *(
            (
                tally_kind(rules),
                kinds.tallies(rules.contest),
                lambda file, rules=rules: import_tally(file, NAMES, rules),
            )
            for rules in CONTESTS
        ),
        (SESSIONS, kinds.sessions(), lambda file: import_sessions(file, CONTESTS)),
        (TIES, kinds.ties, lambda file: import_tie_decisions(file, NAMES)),
        (PLACES, kinds.place_decisions, lambda file: import_place_decisions(file, NAMES)),
        (COUNTS, kinds.count_decisions, lambda file: import_count_decisions(file, NAMES)),
        (OVERRIDES, kinds.overrides, lambda file: import_overrides(file, NAMES)),
        (STAFF_ADJUSTMENTS, kinds.staff_adjustments, lambda file: import_staff_adjustments(file, NAMES)),
        (REFERRALS, kinds.referrals, lambda file: import_referrals(file, NAMES)),
        (LEDGER, kinds.ledger, lambda file: import_ledger(file, NAMES)),
        (SELF_ASSESSMENTS, kinds.self_assessments, lambda file: import_self_assessments(file, NAMES)),
        (SITE_NOTES, kinds.site_notes, lambda file: import_site_notes(file, NAMES)),
    )
}


def test_every_kind_is_tried() -> None:
    assert CASES.keys() == kind_list.kinds(CONTESTS).keys()


def names_for(kind: Kind[Any], values: tuple[Any, ...]) -> UnitNames:
    return UnitNames(values) if kind is UNITS else NAMES


@pytest.mark.parametrize("stem", CASES)
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_csv_loses_nothing(stem: str, data: st.DataObject) -> None:
    kind, strategy, read = CASES[stem]
    values = data.draw(strategy)
    content = write_csv(kind, values, names_for(kind, values))
    assert read(SpreadsheetFile("表.csv", content)).require_clean() == values
    numeric = {"requested_points", "approved_points"}
    for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")):
        for field, cell in row.items():
            assert field in numeric or cell[:1] not in tuple("=+-@\t\r\n"), (field, cell)


@pytest.mark.parametrize("stem", CASES)
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_excel_loses_nothing(stem: str, data: st.DataObject) -> None:
    kind, strategy, read = CASES[stem]
    values = data.draw(strategy)
    content = write_xlsx(kind, values, names_for(kind, values))
    assert read(SpreadsheetFile("表.xlsx", content)).require_clean() == values
    for row in openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].iter_rows():
        assert all(cell.data_type in ("s", "n", "d") for cell in row), [cell.value for cell in row]


def test_the_sample_is_written_as_it_was_given(
    inputs: AssessmentInputs, sample: Any, names: UnitNames
) -> None:
    for kind, values in (
        (UNITS, inputs.units),
        (LEADERS, inputs.leaders),
        (SCORES, inputs.scores),
        (CLAIMS, inputs.claims),
        (EVENTS, inputs.events),
        (HISTORY, inputs.history),
        (TIES, inputs.tie_decisions),
        (TARGETS, inputs.targets),
        (LEDGER, inputs.ledger),
        (SELF_ASSESSMENTS, inputs.self_assessments),
        (SITE_NOTES, inputs.site_notes),
    ):
        written = write_csv(kind, values, names)
        assert written == (sample / f"{kind.layout.stem}.csv").read_bytes(), kind.layout.stem


@pytest.mark.parametrize(
    "name", ["=HYPERLINK(1)", "+1", "-1", "@A", "#N/A", "_x0041_", "a\x01b", "1e5", "'x", "007"]
)
def test_a_text_stays_a_text_in_excel(name: str) -> None:
    content = write_xlsx(LEADERS, (Leader("L1", name),), NAMES)
    cell = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]["B3"]
    assert cell.data_type == "s"
    assert cell.quotePrefix == (name[0] in "=+-@'")
    assert import_leaders(SpreadsheetFile("a.xlsx", content)).require_clean()[0].title == name


def test_numbers_and_days_are_numbers_and_days_in_excel(inputs: AssessmentInputs, names: UnitNames) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(write_xlsx(CLAIMS, inputs.claims, names))).worksheets[0]
    columns = {cell.value: cell.column for cell in sheet[2]}
    assert sheet["A1"].value == "加减分申报表"
    assert (sheet.freeze_panes, [str(area) for area in sheet.merged_cells.ranges]) == ("A3", ["A1:N1"])
    assert sheet.cell(3, columns["申报分值"]).value == 3
    assert sheet.cell(3, columns["申报日期"]).value.date() == date(2017, 12, 28)
    assert sheet.cell(3, columns["申报日期"]).number_format == "yyyy-mm-dd"
    scores = openpyxl.load_workbook(io.BytesIO(write_xlsx(SCORES, inputs.scores, names))).worksheets[0]
    assert [(scores.cell(row, 6).value, scores.cell(row, 6).number_format) for row in (3, 4)] == [
        (37.14, "0.00"),
        (22.3, "0.00"),
    ]


def test_extra_columns_are_written_only_where_some_row_has_them() -> None:
    def head(*units: Unit) -> str:
        return write_csv(UNITS, units, NAMES).decode("utf-8-sig").splitlines()[0]

    plain = Unit(UnitCode("U1"), "甲", "机关", 1)
    assert head(plain) == "code,name,class,staff"
    assert head(plain, Unit(UnitCode("U2"), "乙", "机关", 1, ("丙",))) == "code,name,class,staff,aliases"


def test_a_text_that_no_cell_holds_is_refused() -> None:
    with pytest.raises(Refused, match="长达32768字") as refused:
        write_xlsx(LEADERS, (Leader("L1", "长" * 32_768),), NAMES)
    assert refused.value.reason is ExportReason.TEXT_TOO_LONG


def test_a_number_with_more_digits_than_a_cell_keeps_is_written_as_text() -> None:
    exact = Decimal("1234567890123.12345")
    content = write_xlsx(CLAIMS, (replace(kinds.CLAIM, requested_points=exact),), NAMES)
    back = import_claims(SpreadsheetFile("a.xlsx", content), NAMES, SCHEME).require_clean()
    assert back[0].requested_points == exact


def test_an_export_has_no_hidden_or_second_sheet() -> None:
    workbook = read_workbook(SpreadsheetFile("a.xlsx", write_xlsx(tally_kind(PEER_RULES), (), NAMES)))
    assert [sheet.name for sheet in workbook.sheets] == ["部门互评计票统计表"]
    assert workbook.hidden_sheets == ()


@pytest.mark.parametrize("stem", CASES)
def test_an_export_of_every_kind_comes_back_without_a_finding_and_is_ready_for_paper(
    stem: str, inputs: AssessmentInputs
) -> None:
    kind, values = tidy_tables(inputs)[stem]
    context = tidy_context(inputs, kind)
    content = write_xlsx(kind, values, context.names)
    result = read_file(kind, SpreadsheetFile("表.xlsx", content), context)
    assert result.problems == ()
    assert result.values == tuple(values)
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    page = sheet.page_setup
    assert (page.orientation, page.paperSize, page.fitToWidth, page.fitToHeight) == ("landscape", 9, 1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$1:$2"
    (table,) = sheet.tables.values()
    columns = [cell.value for cell in sheet[2]]
    rows = [row for value in values for row in kind.cells(value, context.names)]
    assert table.ref == f"A2:{sheet.cell(2 + len(rows), len(columns)).coordinate}"
    assert [column.name for column in table.tableColumns] == columns
    assert table.autoFilter.ref == table.ref
    for row in sheet.iter_rows(min_row=2):
        assert all(cell.border.left.style == cell.border.bottom.style == "thin" for cell in row)
        assert all(cell.font.name in ("宋体", "黑体") for cell in row)


def test_rows_that_are_sorted_and_added_in_an_export_are_read(inputs: AssessmentInputs) -> None:
    kind, values = tidy_tables(inputs)["bonus_claims"]
    context = tidy_context(inputs, kind)
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx(kind, values, context.names)))
    sheet = book.worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
    added = ["A99", *rows[0][1:6], "另一事项", *rows[0][7:]]
    for number, row in enumerate([*reversed(rows), added], 3):
        for index, cell in enumerate(row, 1):
            sheet.cell(number, index).value = cell
    stream = io.BytesIO()
    book.save(stream)
    result = read_file(kind, SpreadsheetFile("表.xlsx", stream.getvalue()), context)
    assert not result.errors
    assert result.values[:-1] == tuple(reversed(values))
    assert result.values[-1].claim_id == "A99"


def test_an_export_of_nothing_is_a_table_to_begin_with() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(write_xlsx(LEADERS, (), NAMES))).worksheets[0]
    (table,) = sheet.tables.values()
    assert table.ref.endswith("3")
