"""What does the office call the columns of its own tables? It says so once, and it is remembered."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from gaoxin_vote.domain.codec import canonical_json
from gaoxin_vote.spreadsheets.cells import text_of
from gaoxin_vote.spreadsheets.kind import Kind
from gaoxin_vote.spreadsheets.layout import heading_key
from gaoxin_vote.spreadsheets.locating import filled_sheets
from gaoxin_vote.spreadsheets.problems import ImportProblem, Problem
from gaoxin_vote.spreadsheets.reading.spreadsheet import Workbook, Worksheet
from gaoxin_vote.spreadsheets.table import SEARCHED_ROWS
from gaoxin_vote.storage.register import Register
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.workflow.setup.register import OwnEntry

Headings = Mapping[str, str]
"""Headings of the office, each with the field of the column that it means."""

_ABOUT_HEADINGS = frozenset({Problem.COLUMN_UNKNOWN, Problem.COLUMN_MISSING, Problem.TABLE_NOT_FOUND})


@dataclass(frozen=True, slots=True)
class HeadingLine:
    """One heading of a worksheet, and which column it is."""

    text: str
    field: str
    """Empty where it is not read."""
    is_known: bool
    """Whether it needs no saying: the heading is one of the kind's own."""


@dataclass(frozen=True, slots=True)
class HeadingRow:
    """The row of a worksheet that holds its headings."""

    number: int
    """From 1."""
    last: int
    """The last row that may hold headings."""
    lines: tuple[HeadingLine, ...]
    choices: tuple[tuple[str, str], ...]
    """The columns of the kind: field and heading, with a mark at those that a table must have."""


def own_headings(workspace: Workspace, kind: Kind[Any]) -> dict[str, str]:
    """What the office called the columns of a kind last, in whichever year."""
    register = Register(workspace)
    for year in reversed(register.years_with(OwnEntry.HEADINGS)):
        content = register.content(year, OwnEntry.HEADINGS, kind.code)
        if content is not None:
            kept: dict[str, str] = json.loads(content)
            return {text: field for text, field in kept.items() if field in kind.layout.fields}
    return {}


def keep_own_headings(workspace: Workspace, year: int, kind: Kind[Any], headings: Headings) -> None:
    """Remember them; the caller writes the act. Raises `Refused` for a finalised year."""
    if dict(headings) != own_headings(workspace, kind):
        Register(workspace).put(year, OwnEntry.HEADINGS, kind.code, canonical_json(dict(headings)))


def used_headings(book: Workbook, headings: Headings) -> dict[str, str]:
    """Those of the `headings` that stand in a file."""
    found = {
        heading_key(text_of(cell))
        for sheet in filled_sheets(book.sheets)
        for row in sheet.rows[:SEARCHED_ROWS]
        for cell in row
        if cell != ""
    }
    return {text: field for text, field in headings.items() if heading_key(text) in found}


def are_about_headings(problems: Iterable[ImportProblem]) -> bool:
    """Whether something is said that another meaning of the headings could mend."""
    return any(problem.problem in _ABOUT_HEADINGS for problem in problems)


def heading_row(
    kind: Kind[Any], book: Workbook, sheet: str, headings: Headings, number: int = 0
) -> HeadingRow:
    """The headings in row `number` of a worksheet, 0: in the one that looks most like them.

    `headings` are what the office calls columns so far.
    """
    found = next(each for each in filled_sheets(book.sheets) if each.name == sheet)
    own = {heading_key(text): field for text, field in headings.items()}
    number = number or _likeliest(kind, found, own)
    lines: dict[str, HeadingLine] = {}
    for cell in found.rows[number - 1]:
        text = " ".join(text_of(cell).split())
        key = heading_key(text)
        if key and key not in lines:
            column = kind.layout.by_name.get(key)
            field = own.get(key, "") if column is None else column.field
            lines[key] = HeadingLine(text, field, column is not None)
    choices = tuple(
        (column.field, f"{column.heading}（必填）" if column.required else column.heading)
        for column in kind.layout.columns
    )
    return HeadingRow(number, min(len(found.rows), SEARCHED_ROWS), tuple(lines.values()), choices)


def _likeliest(kind: Kind[Any], sheet: Worksheet, own: Headings) -> int:
    """The first row with the most headings that are known, else with the most texts."""

    def weight(number: int) -> tuple[int, int]:
        keys = [heading_key(text_of(cell)) for cell in sheet.rows[number - 1] if isinstance(cell, str)]
        known = sum(key in kind.layout.by_name or key in own for key in keys)
        return known, len(set(filter(None, keys)))

    rows = range(1, min(len(sheet.rows), SEARCHED_ROWS) + 1)
    return max(rows, key=lambda number: (*weight(number), -number))
