"""A row typed cell by cell gives the same as the same row in a file, whatever stands in it."""

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from gaoxin_vote.domain.scheme_file import load_scheme, shipped_scheme_text
from gaoxin_vote.spreadsheets.context import Context
from gaoxin_vote.spreadsheets.exporting import cell_words
from gaoxin_vote.spreadsheets.importing import lines_of, read_file
from gaoxin_vote.spreadsheets.kind import read_rows
from gaoxin_vote.spreadsheets.layout import Layout
from gaoxin_vote.spreadsheets.problems import Findings, Level, Problem
from gaoxin_vote.spreadsheets.reading.formula import protected
from gaoxin_vote.spreadsheets.reading.spreadsheet import SpreadsheetFile, read_workbook
from gaoxin_vote.spreadsheets.row import RowCells
from tests.spreadsheets import strategies as kinds
from tests.spreadsheets.test_exporting import CASES, NAMES

SCHEME = load_scheme(shipped_scheme_text())
CONTEXT = Context(
    replace(SCHEME, contests=(*SCHEME.contests, kinds.DEPUTIES)),
    NAMES,
    claims=(kinds.CLAIM, kinds.OTHER_CLAIM),
)
SLIPS = (
    "",
    "x",
    "-1",
    "0",
    "１２",
    "1.555",
    "30%",
    "2016年",
    "2019-01-02",
    "2018.1.10",
    "是",
    "良好",
    "U01",
    "丙局",
)
"""What a hand may type into any cell: nothing, something else, something too large, another spelling."""
_HEADING_ROW = 1


@st.composite
def tables(draw: st.DrawFn, stem: str) -> list[dict[str, str]]:
    """The rows of some values of a kind as a hand types them, with slips here and there."""
    kind, strategy, _ = CASES[stem]
    values = draw(strategy)
    rows = [
        {field: cell_words(row.get(field)) for field in kind.layout.fields}
        for value in values
        for row in kind.cells(value, NAMES)
    ]
    if rows and draw(st.booleans()):
        rows.append(dict(draw(st.sampled_from(rows))))
    for _ in range(draw(st.integers(0, 3)) if rows else 0):
        draw(st.sampled_from(rows))[draw(st.sampled_from(kind.layout.fields))] = draw(st.sampled_from(SLIPS))
    return rows


def file_of(layout: Layout, rows: list[dict[str, str]]) -> SpreadsheetFile:
    """These rows as a file."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(layout.fields)
    writer.writerows([protected(row[field]) for field in layout.fields] for row in rows)
    return SpreadsheetFile("表.csv", text.getvalue().encode("utf-8-sig"))


@pytest.mark.parametrize("stem", CASES)
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_typed_row_is_read_like_one_of_a_file(stem: str, data: st.DataObject) -> None:
    kind = CASES[stem][0]
    rows = data.draw(tables(stem))
    file = file_of(kind.layout, rows)
    # A table has rows that are none, such as blank ones and totals: nobody types these in a window.
    assume(rows and len(lines_of(kind, read_workbook(file), CONTEXT, Findings(file.name))) == len(rows))
    result = read_file(kind, file, CONTEXT)
    typed = read_rows(
        kind, (RowCells(row, place + 1 + _HEADING_ROW) for place, row in enumerate(rows)), CONTEXT
    )
    assert typed.values == result.values
    assert typed.failed == bool(result.errors)
    said = {(None, f.field, f.level, f.problem, f.message, f.value) for f in typed.whole} | {
        (row.cells.number, f.field, f.level, f.problem, f.message, f.value)
        for row in typed.rows
        for f in row.findings
    }
    of_file = {
        (p.row, p.field, p.level, p.problem, p.message, p.value)
        for p in result.problems
        if p.problem is not Problem.IMPORT_IS_ALL_OR_NOTHING
    }
    assert said == of_file


def test_the_slips_are_found() -> None:
    """The comparison is of tables that have faults: this one has one in every row but the first."""
    kind = CASES["bonus_claims"][0]
    good = {field: cell_words(v) for field, v in kind.cells(kinds.CLAIM, NAMES)[0].items()}
    rows = [good, {**good, "claim_id": "A2", "issued_on": "x"}, good]
    typed = read_rows(kind, (RowCells(row, place) for place, row in enumerate(rows, 2)), CONTEXT)
    assert [[f.problem for f in row.findings if f.level is Level.ERROR] for row in typed.rows] == [
        [],
        [Problem.NOT_DATE],
        [Problem.DUPLICATE],
    ]
