"""Which cells does a CSV text hold?"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

from gaoxin_vote.spreadsheets.reading.formula import unprotected
from gaoxin_vote.spreadsheets.reading.parts import require_rows

Cells = tuple[tuple[str, ...], ...]

_SEPARATORS = ",\t;|"
_HEAD_LINES = 60
_END = "\ue000end"
"""A row of our own behind the text: it is only read as one if no quote is left open."""
_HINT = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
"""Excel's own first line, which names the separator and is no row."""


class OpenQuote(Exception):
    """A quotation mark was never closed: the rows behind it have become the text of one cell."""

    def __init__(self, row: int, column: int) -> None:
        super().__init__(f"row {row}, column {column}")
        self.row, self.column = row, column


def read_separated(text: str, separator: str = "") -> Cells:
    """The cells of all rows, without white space at their ends; of an empty row, none.

    Without a `separator` it is the one that a first line names, or that suits the rows best.

    Raises `OpenQuote` where a cell has swallowed the rows behind it, `TooMuch` for too many rows.
    """
    hint = None if separator else _HINT.match(text)
    text = text[hint.end() :] if hint else text
    separator = separator or (hint[1] if hint else separator_of(text))
    rows: list[tuple[str, ...]] = []
    filled, protects = 0, "'" in text
    for row in _rows(text, separator):
        cells = tuple([cell.strip() for cell in row])
        if any(cells):
            filled += 1
            require_rows(filled)
            rows.append(tuple(map(unprotected, cells)) if protects else cells)
        else:
            rows.append(())
    while rows and not rows[-1]:
        del rows[-1]
    return tuple(rows)


def separator_of(text: str) -> str:
    """The sign that parts the first lines into rows of the same length.

    A sign that merely is frequent may belong to the texts.
    """
    head = "".join(text.splitlines(keepends=True)[:_HEAD_LINES])
    return max(_SEPARATORS, key=lambda sign: _evenness(head, sign))


def _evenness(head: str, separator: str) -> tuple[int, int, int]:
    """How many rows have the most usual number of cells, and which number that is."""
    try:
        widths = Counter(len(row) for row in csv.reader(io.StringIO(head, newline=""), delimiter=separator))
    except csv.Error:
        return 0, 0, 0
    width, rows = max(
        ((width, rows) for width, rows in widths.items() if width > 1),
        key=lambda each: (each[1], each[0]),
        default=(0, 0),
    )
    return rows, width, head.count(separator)


def _rows(text: str, separator: str) -> Iterator[list[str]]:
    gap = "" if not text or text.endswith(("\r", "\n")) else "\n"
    lines = list(io.StringIO(f"{text}{gap}{_END}\n", newline=""))
    reader = csv.reader(lines, delimiter=separator)
    number, last, read, usual = 0, [""], 0, 0
    for row in reader:
        if row == [_END]:
            return
        number, last = number + 1, row
        if reader.line_num > read + 1 and reader.line_num < len(lines):
            _require_closed(row, number, lines[read : reader.line_num], separator, usual)
        read, usual = reader.line_num, max(usual, len(row))
        yield row
    raise OpenQuote(number, len(last))


def _require_closed(row: list[str], number: int, lines: list[str], separator: str, usual: int) -> None:
    """Raise `OpenQuote` for a cell that took in a row behind it, up to the next quotation mark."""
    column = next(column for column, cell in enumerate(row, 1) if "\n" in cell or "\r" in cell)
    within = (line for cell in row if "\n" in cell or "\r" in cell for line in cell.splitlines()[1:])
    if any(line.count(separator) >= max(2, usual - 1) for line in within):
        raise OpenQuote(number, column)
    try:
        list(csv.reader(lines, delimiter=separator, strict=True))
    except csv.Error:
        raise OpenQuote(number, column) from None
