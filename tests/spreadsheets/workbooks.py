"""Files as offices have them, made in memory."""

import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import xlwt
from openpyxl import Workbook

from gaoxin_vote.spreadsheets.reading.spreadsheet import SpreadsheetFile

Rows = Sequence[Sequence[Any]]


def csv_file(text: str, name: str = "表.csv", encoding: str = "utf-8-sig") -> SpreadsheetFile:
    """A CSV file with this text."""
    return SpreadsheetFile(name, text.encode(encoding))


def xlsx_file(
    rows: Rows, touch: Callable[[Any, Any], None] = lambda book, sheet: None, name: str = "表.xlsx"
) -> SpreadsheetFile:
    """An Excel file with one sheet; `touch` may do anything to the book and the sheet."""
    book = Workbook()
    sheet: Any = book.active
    for row in rows:
        sheet.append(row)
    touch(book, sheet)
    stream = io.BytesIO()
    book.save(stream)
    return SpreadsheetFile(name, stream.getvalue())


def xls_file(
    rows: Rows, touch: Callable[[Any, Any], None] = lambda book, sheet: None, name: str = "表.xls"
) -> SpreadsheetFile:
    """An Excel 97 file with one sheet."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("Sheet1", cell_overwrite_ok=True)
    for number, row in enumerate(rows):
        for index, value in enumerate(row):
            if value is not None:
                sheet.write(number, index, value)
    touch(book, sheet)
    stream = io.BytesIO()
    book.save(stream)
    return SpreadsheetFile(name, stream.getvalue())


_NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:{rest}"'
    for prefix, rest in (
        ("office", "oasis:names:tc:opendocument:xmlns:office:1.0"),
        ("table", "oasis:names:tc:opendocument:xmlns:table:1.0"),
        ("text", "oasis:names:tc:opendocument:xmlns:text:1.0"),
        ("style", "oasis:names:tc:opendocument:xmlns:style:1.0"),
        ("calcext", "org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"),
    )
)
_HIDDEN = (
    '<style:style style:name="hidden" style:family="table"><style:table-properties table:display="false"/>'
    "</style:style>"
)


def ods_cell(value: object, extra: str = "") -> str:
    """The XML of a cell: a number, a text, or None for an empty one."""
    if value is None:
        return f"<table:table-cell {extra}/>"
    if isinstance(value, int | float):
        return (
            f'<table:table-cell office:value-type="float" office:value="{value}" {extra}>'
            f"<text:p>{value}</text:p></table:table-cell>"
        )
    text = escape(str(value))
    return f'<table:table-cell office:value-type="string" {extra}><text:p>{text}</text:p></table:table-cell>'


def ods_file(sheets: dict[str, str], hidden: tuple[str, ...] = (), name: str = "表.ods") -> SpreadsheetFile:
    """An OpenDocument file; each sheet is the XML of its rows."""
    tables = ""
    for title, rows in sheets.items():
        style = "hidden" if title in hidden else "shown"
        tables += (
            f"<table:table table:name={quoteattr(title)} table:style-name='{style}'>{rows}</table:table>"
        )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_NAMESPACES}>'
        f"<office:automatic-styles>{_HIDDEN}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
        archive.writestr("content.xml", content)
    return SpreadsheetFile(name, stream.getvalue())


def ods_rows(rows: Rows) -> str:
    """The XML of plain rows."""
    return "".join(
        f"<table:table-row>{''.join(ods_cell(value) for value in row)}</table:table-row>" for row in rows
    )
