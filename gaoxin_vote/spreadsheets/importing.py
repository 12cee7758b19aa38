"""What does a file of one kind hold, and what is wrong with it?"""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, TypeVar

from gaoxin_vote.spreadsheets.context import Context
from gaoxin_vote.spreadsheets.exporting import write_csv
from gaoxin_vote.spreadsheets.kind import Kind, kept_cells, read_row, together, values_of
from gaoxin_vote.spreadsheets.locating import locate, rows_of
from gaoxin_vote.spreadsheets.problems import Finding, Findings, ImportResult, Spot
from gaoxin_vote.spreadsheets.reading.markup import CellDoubt
from gaoxin_vote.spreadsheets.reading.spreadsheet import (
    SpreadsheetFile,
    Workbook,
    Worksheet,
    read_workbook,
)
from gaoxin_vote.spreadsheets.row import RowCells
from gaoxin_vote.spreadsheets.table import Line

T = TypeVar("T")


def read_file(
    kind: Kind[T], file: SpreadsheetFile | Workbook, context: Context, beside: Sequence[T] = ()
) -> ImportResult[T]:
    """The values of a file, in its order. Raises `Refused` when the file cannot be read at all.

    A `Workbook` was read before, in a process of its own for instance.
    What is kept and stays `beside` the file, for it has no row of that key, is checked with it as one table.
    """
    book = file if isinstance(file, Workbook) else read_workbook(file)
    findings = Findings(book.file)
    lines = lines_of(kind, book, context, findings)
    rows = [read_row(kind, cells_of_line(line), context) for line in lines]
    found = {kind.key(value) for value in kind.gather(values_of(rows))}
    staying = [value for value in beside if kind.key(value) not in found]
    others = [read_row(kind, cells, context) for cells in kept_cells(kind, staying, context.names)]
    readings = together(kind, [*others, *rows], context)
    own = readings.rows[len(others) :]
    for row, line in zip(own, lines, strict=True):
        for finding in row.findings:
            _note(finding, findings, spot_of(finding, line))
    for finding in readings.whole:
        _note(finding, findings, Spot(field=finding.field))
    return findings.result(lambda: kind.gather(values_of(own)))


def is_read_back(kind: Kind[T], values: Sequence[T], context: Context) -> bool:
    """Whether these values, written to a file, are read as the same, and no row as a total or a signature."""
    file = SpreadsheetFile(f"{kind.layout.stem}.csv", write_csv(kind, values, context.names))
    lines = lines_of(kind, read_workbook(file), context, Findings(file.name))
    return kind.gather(values_of(read_row(kind, cells_of_line(line), context) for line in lines)) == tuple(
        values
    )


def fitting_worksheets(kind: Kind[Any], book: Workbook, context: Context) -> dict[str, int]:
    """The names of the sheets of a file that hold such a table, with the number of each heading row.

    0 where a table has no rows.
    """
    names = context.names if kind.layout.has_units else None
    wide = partial(_wide, kind, context)
    found = locate(book, kind.layout, Findings(book.file), names, wide)
    first = ((sheet.name, next(lines, None)) for sheet, lines in found)
    return {name: line.heading.row if line is not None else 0 for name, line in first}


def lines_of(kind: Kind[Any], book: Workbook, context: Context, findings: Findings) -> list[Line]:
    """The rows of every table of the kind in a file; what is wrong with the tables goes to `findings`."""
    names = context.names if kind.layout.has_units else None
    return list(rows_of(book, kind.layout, findings, names, partial(_wide, kind, context)))


def _wide(kind: Kind[Any], context: Context, sheet: Worksheet, findings: Findings) -> Iterator[Line] | None:
    return kind.wide(sheet, kind.layout, context, findings)


def cells_of_line(line: Line) -> RowCells:
    """The cells of a row of a file, wherever it stands."""
    places, sheet = line.heading.places, line.sheet
    is_wide = line.heading.columns is not places
    merged: frozenset[str] = frozenset()
    doubts: dict[str, CellDoubt] = {}
    if sheet.filled or sheet.doubts:
        # Of a wide table several columns have their place in the same cell, which is that of the score.
        fields = {index: field for field, index in places.items() if not is_wide or field != "full_score"}
        fields |= {places["score"]: "score"} if is_wide else {}
        at = {field: (line.number, index + 1) for index, field in fields.items()}
        merged = frozenset(field for field, place in at.items() if place in sheet.filled)
        doubts = {field: sheet.doubts[place] for field, place in at.items() if place in sheet.doubts}
    return RowCells(line.values, line.number, sheet.name, merged, is_wide, doubts=doubts)


def spot_of(finding: Finding, line: Line) -> Spot:
    """Where in its file the cell is that a finding speaks of."""
    index = line.heading.places.get(finding.field.partition("+")[0])
    return Spot(line.sheet.name, line.number, None if index is None else index + 1, finding.field)


def _note(finding: Finding, findings: Findings, spot: Spot) -> None:
    findings.add(finding.level, finding.problem, finding.message, spot, value=finding.value)
