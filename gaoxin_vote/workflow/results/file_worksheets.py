"""What stands in the sheets of a file that is looked at, and at which of its cells is something said?"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from gaoxin_vote.spreadsheets.cells import text_of
from gaoxin_vote.spreadsheets.importing import fitting_worksheets
from gaoxin_vote.spreadsheets.kind import Kind
from gaoxin_vote.spreadsheets.locating import filled_sheets
from gaoxin_vote.spreadsheets.problems import ImportProblem, Level, Problem, told_runs
from gaoxin_vote.spreadsheets.reading.columns import column_letters
from gaoxin_vote.spreadsheets.reading.markup import CellFault
from gaoxin_vote.spreadsheets.reading.spreadsheet import Content, Workbook, Worksheet
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.workflow.results.entering import reading_context

_MOST_ROWS = 20_000
"""So many rows of a sheet are shown."""
_MOST_COLUMNS = 256


@dataclass(frozen=True, slots=True)
class CellFinding:
    """All that is to be said of one cell."""

    is_error: bool
    words: str


@dataclass(frozen=True, slots=True)
class FileWorksheet:
    """One sheet of a file as it was read."""

    name: str
    """Empty for a file without sheets."""
    fits: bool
    """Whether it holds a table of the kind that is imported."""
    heads: tuple[str, ...]
    """The letters of each column, with its heading where the sheet has a table."""
    rows: tuple[tuple[str, ...], ...]
    """The texts of the cells from the first row on; empty rows at the end are left out."""
    faults: Mapping[tuple[int, int], CellFinding]
    """What is to be said of a cell, by its row and column from 1; column 0 is the row as a whole."""


@dataclass(frozen=True, slots=True)
class FileFinding:
    """One thing to say of a file, and the first cell that it is about."""

    words: str
    is_error: bool
    sheet: str
    row: int | None
    """From 1; None where it is about a sheet or the file as a whole."""
    column: int | None
    """From 1; None where it is about a row as a whole."""


def file_worksheets(
    workspace: Workspace, year: int, kind: Kind[Any], book: Workbook, problems: Iterable[ImportProblem]
) -> tuple[FileWorksheet, ...]:
    """The sheets of a file that hold anything, with what is to be said of their cells."""
    fitting = fitting_worksheets(kind, book, reading_context(workspace, year))
    said: dict[str, dict[tuple[int, int], CellFinding]] = {}
    for problem in problems:
        if problem.row is not None:
            cells, place = said.setdefault(problem.sheet, {}), (problem.row, problem.column or 0)
            other = cells.get(place, CellFinding(False, ""))
            words = "\n".join(filter(None, (other.words, problem.message)))
            cells[place] = CellFinding(other.is_error or problem.level is Level.ERROR, words)
    sheets = filled_sheets(book.sheets)
    return tuple(_shown(sheet, fitting, said.get(sheet.name, {})) for sheet in sheets)


def only_worksheet(book: Workbook, name: str) -> Workbook:
    """The file as if it had only the sheet `name`."""
    sheets = tuple(sheet for sheet in book.sheets if sheet.name == name)
    return Workbook(book.file, sheets, (), book.guessed_encoding)


def file_findings(kind: Kind[Any], problems: Iterable[ImportProblem]) -> tuple[FileFinding, ...]:
    """The lines for problems of one file; places name the heading of the column, not the file."""
    headings = {field: column.heading for field, column in kind.layout.by_field.items()}
    return tuple(
        FileFinding(
            line.words, line.first.level is Level.ERROR, line.first.sheet, line.first.row, line.first.column
        )
        for line in told_runs(_placed(problems), partial(_place, headings))
    )


def _placed(problems: Iterable[ImportProblem]) -> Iterator[ImportProblem]:
    """The problems, without the remark that a file is taken over whole or not at all."""
    return (each for each in problems if each.problem is not Problem.IMPORT_IS_ALL_OR_NOTHING)


def _place(headings: Mapping[str, str], problem: ImportProblem, rows: str) -> str:
    sheet = f"工作表“{problem.sheet}”" if problem.sheet else ""
    rows = rows or (f"第{problem.row}行" if problem.row is not None else "")
    heading = headings.get(problem.field.partition("+")[0], "")
    column = f"{column_letters(problem.column)}列" if problem.column is not None else ""
    named = f"{column}“{heading}”" if column and heading else column
    return f"{sheet}{rows}{named}" or "整个文件"


def _shown(
    sheet: Worksheet, fitting: Mapping[str, int], faults: Mapping[tuple[int, int], CellFinding]
) -> FileWorksheet:
    rows = [tuple(map(_text, row[:_MOST_COLUMNS])) for row in sheet.rows[:_MOST_ROWS]]
    while rows and not any(rows[-1]):
        del rows[-1]
    width = max([*map(len, rows), *(column for _, column in faults if column <= _MOST_COLUMNS)], default=0)
    heading = fitting.get(sheet.name, 0)
    titles = rows[heading - 1] if 0 < heading <= len(rows) else ()
    heads = (
        f"{column_letters(number)} {titles[number - 1]}".strip()
        if number <= len(titles)
        else column_letters(number)
        for number in range(1, width + 1)
    )
    filled = tuple(row + ("",) * (width - len(row)) for row in rows)
    return FileWorksheet(sheet.name, sheet.name in fitting, tuple(heads), filled, faults)


def _text(content: Content) -> str:
    if isinstance(content, CellFault):
        return f"（{content.value}）"
    return " ".join(text_of(content).split())
