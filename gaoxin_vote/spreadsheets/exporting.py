"""How are values written to a file that our own importers read back without loss?"""

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Any, TypeVar

from gaoxin_vote.errors import Refused
from gaoxin_vote.spreadsheets.kind import Kind, Written
from gaoxin_vote.spreadsheets.layout import Column, Format
from gaoxin_vote.spreadsheets.naming import UnitNames
from gaoxin_vote.spreadsheets.on_paper import make_sortable, set_for_paper
from gaoxin_vote.spreadsheets.reading.formula import protected, runs

if TYPE_CHECKING:
    from openpyxl import Workbook

T = TypeVar("T")

_LONGEST = 32_767
_EXACT_DIGITS = 15
_FIRST_DAY = dt.date(1900, 3, 1)
"""Before it spreadsheet programs disagree about which number a day has."""
_ESCAPED = re.compile(r"[\x00-\x08\x0b-\x1f]|_x[0-9A-Fa-f]{4}_|\ufffe|\uffff")
NUMBER_FORMATS = {
    Format.NUMBER: "0.00##",
    Format.WHOLE: "0",
    Format.DATE: "yyyy-mm-dd",
}
_WIDTHS = {Format.TEXT: 24, Format.UNIT_NAME: 26}


class ExportReason(Enum):
    """Why a value cannot be written."""

    TEXT_TOO_LONG = "text too long"


def table_of(
    kind: Kind[T], values: Iterable[T], names: UnitNames
) -> tuple[tuple[Column, ...], list[tuple[Written, ...]]]:
    """The columns and rows of a table of `values`; an extra column is left out where no row has it."""
    rows = [row for value in values for row in kind.rows(value, names)]
    kept = [
        index
        for index, column in enumerate(kind.layout.columns)
        if not column.extra or any(row[index] not in ("", None) for row in rows)
    ]
    columns = tuple(kind.layout.columns[index] for index in kept)
    return columns, [tuple(row[index] for index in kept) for row in rows]


def write_csv(kind: Kind[T], values: Iterable[T], names: UnitNames) -> bytes:
    """A CSV file in UTF-8 with byte order mark, English headings, and cells that cannot become formulas."""
    columns, rows = table_of(kind, values, names)
    return csv_of([column.field for column in columns], rows)


def csv_of(headings: Sequence[str], rows: Iterable[Sequence[Written]]) -> bytes:
    """These rows as a CSV file in UTF-8 with byte order mark, and cells that cannot become formulas."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows([_csv_cell(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _csv_cell(value: Written) -> str:
    return protected(value) if isinstance(value, str) else cell_words(value)


def cell_words(value: Written) -> str:
    """A value in words: 是 and 否, 2018-01-10, 37.50."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def write_xlsx(kind: Kind[T], values: Iterable[T], names: UnitNames, mark: str = "") -> bytes:
    """An Excel file with a title row and Chinese headings; no cell of it is a formula.

    It prints on A4 across with its headings on every page; the rows are a table that can be sorted, filtered
    and extended. A `mark` stands in the title and above every page.
    Raises `Refused` when a text is longer than a cell can hold.
    """
    columns, rows = table_of(kind, values, names)
    return xlsx_of(kind.layout.title, columns, rows, mark)


def xlsx_of(
    title: str, columns: Sequence[Column], rows: Sequence[Sequence[Written]], mark: str = ""
) -> bytes:
    """These rows as such an Excel file."""
    from openpyxl import Workbook

    book = Workbook()
    sheet: Any = book.active
    sheet.title = title
    put_headings(sheet, f"{title}（{mark}）" if mark else title, columns)
    for number, row in enumerate(rows, 3):
        for index, (column, value) in enumerate(zip(columns, row, strict=True), 1):
            put(sheet.cell(number, index), value, column)
    set_for_paper(sheet, columns, 2 + len(rows))
    sheet.oddHeader.right.text = mark or None
    make_sortable(sheet, columns, 2 + len(rows))
    return saved(book)


def put_headings(sheet: Any, title: str, columns: Sequence[Column]) -> None:
    """The title row, the heading row, the widths of the columns, and the panes that keep them in sight."""
    from openpyxl.styles import Alignment, Font, PatternFill

    put(sheet.cell(1, 1), title)
    sheet.cell(1, 1).font = Font(size=16, bold=True)
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=max(len(columns), 2))
    sheet.cell(1, 1).alignment = Alignment(horizontal="center")
    for index, column in enumerate(columns, 1):
        cell = sheet.cell(2, index)
        put(cell, column.heading)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="E8EEF7")
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        sheet.column_dimensions[cell.column_letter].width = column.width or _WIDTHS.get(column.format, 12)
    sheet.freeze_panes = "A3"


def put(cell: Any, value: Written, column: Column | None = None) -> None:
    """Write a value to a cell: numbers and days as such, every text as text whatever it begins with.

    A number with more digits than a cell keeps, and a day before March 1900, are written as text.
    """
    if value is None or value == "":
        return
    if isinstance(value, dt.date) and value >= _FIRST_DAY:
        cell.value = value
        cell.number_format = NUMBER_FORMATS[Format.DATE]
    elif isinstance(value, Decimal | int) and not isinstance(value, bool) and _is_exact(Decimal(value)):
        cell.value = value
        decimals = -min(0, int(Decimal(value).as_tuple().exponent))
        cell.number_format = f"0.{'0' * decimals}" if decimals else "0"
    else:
        text = cell_words(value)
        if len(text) > _LONGEST:
            raise Refused(
                ExportReason.TEXT_TOO_LONG,
                f"有一格文字长达{len(text)}字，Excel 文件每格最多{_LONGEST}字，请改存为 CSV。",
            )
        cell.value = _ESCAPED.sub(_escape, text)
        # The library takes a text that begins with = for a formula, and #N/A for an error.
        cell.data_type = "s"
        cell.quotePrefix = runs(text)
        cell.number_format = "@"
    if column is not None and column.format is Format.TEXT and isinstance(value, str):
        cell.number_format = "@"


def _escape(found: "re.Match[str]") -> str:
    """Control signs in the spelling that Excel itself uses; a text that looks like one is escaped too."""
    text = found[0]
    return f"_x{ord(text):04X}_" if len(text) == 1 else f"_x005F{text}"


def _is_exact(number: Decimal) -> bool:
    return (
        len(number.as_tuple().digits) <= _EXACT_DIGITS
        and abs(int(number.as_tuple().exponent)) <= _EXACT_DIGITS
    )


def saved(book: "Workbook") -> bytes:
    """The bytes of an Excel file."""
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
