"""What does a workbook say about its cells beyond their values: hidden rows, errors, percentages, merges?

The fast reader gives an error cell, a formula that was never calculated and an empty cell all as an empty
text, and a percentage as a bare fraction. The difference matters for scores, so the XML is asked.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from io import BytesIO
from xml.etree import ElementTree


class CellFault(Enum):
    """A cell that has no value although it is not empty; never a zero."""

    ERROR = "公式出错"
    UNCALCULATED = "公式没有计算结果"


Position = tuple[int, int]
"""Row and column, both counted from 1."""


@dataclass(slots=True)
class SheetMarkup:
    """What the XML of one sheet says."""

    hidden_rows: set[int] = field(default_factory=set)
    faults: dict[Position, CellFault] = field(default_factory=dict)
    percents: set[Position] = field(default_factory=set)
    merged: list[tuple[Position, Position]] = field(default_factory=list)
    """Top left and bottom right cell (ods; the reader itself knows those of the other formats)."""
    rows: int = 0
    columns: int = 0
    """The farthest row and column with content: the reader sets up every cell before them."""


_CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})(\d+)"[^>]*(?<!/)>')
_NEEDS_XML = re.compile(rb'\shidden="|\st="e"|<(?:\w+:)?f[\s>/]')
_BUILT_IN_PERCENT = frozenset({"9", "10"})


def workbook_markup(archive: zipfile.ZipFile) -> dict[str, SheetMarkup]:
    """The markup of each sheet by name, of an xlsx or ods file; empty for other kinds of archive.

    Raises `KeyError` or `ElementTree.ParseError` when the archive contradicts itself.
    """
    names = frozenset(archive.namelist())
    if "xl/workbook.xml" in names:
        return _xlsx(archive, names)
    if "content.xml" in names:
        return _ods(archive.read("content.xml"))
    return {}


def _xlsx(archive: zipfile.ZipFile, names: frozenset[str]) -> dict[str, SheetMarkup]:
    targets = {
        _attribute(relation, "Id"): _attribute(relation, "Target")
        for relation in ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    }
    percent_styles = _percent_styles(archive.read("xl/styles.xml")) if "xl/styles.xml" in names else set()
    found = {}
    for element in ElementTree.fromstring(archive.read("xl/workbook.xml")).iter():
        if _local(element.tag) == "sheet":
            target = targets[_attribute(element, "id")]
            path = target[1:] if target.startswith("/") else f"xl/{target}"
            if path in names:
                content = archive.read(path)
                found[_attribute(element, "name")] = _xlsx_sheet(content, percent_styles)
    return found


def _percent_styles(content: bytes) -> set[str]:
    """The indexes of the cell styles that show a number as a percentage."""
    formats = set(_BUILT_IN_PERCENT)
    styles: set[str] = set()
    for element in ElementTree.fromstring(content).iter():
        if _local(element.tag) == "numFmt" and "%" in _attribute(element, "formatCode"):
            formats.add(_attribute(element, "numFmtId"))
        elif _local(element.tag) == "cellXfs":
            styles = {
                str(index) for index, style in enumerate(element) if _attribute(style, "numFmtId") in formats
            }
    return styles


def _xlsx_sheet(content: bytes, percent_styles: set[str]) -> SheetMarkup:
    markup = SheetMarkup()
    letters: set[bytes] = set()
    for match in _CELL.finditer(content):
        letters.add(match[1])
        markup.rows = max(markup.rows, int(match[2]))
    markup.columns = max(map(_column_number, letters), default=0)
    if not percent_styles and not _NEEDS_XML.search(content):
        return markup
    row_number = 0
    for _, element in ElementTree.iterparse(BytesIO(content)):
        if _local(element.tag) != "row":
            continue
        row_number = int(element.get("r") or row_number + 1)
        if element.get("hidden") in ("1", "true"):
            markup.hidden_rows.add(row_number)
        column = 0
        for cell in element:
            reference = cell.get("r")
            column = _column_number(reference.rstrip("0123456789").encode()) if reference else column + 1
            parts = {_local(part.tag): part for part in cell}
            value = parts["v"].text if "v" in parts else None
            if cell.get("t") == "e":
                markup.faults[row_number, column] = CellFault.ERROR
            elif "f" in parts and not value and cell.get("t") != "str":
                markup.faults[row_number, column] = CellFault.UNCALCULATED
            elif cell.get("s") in percent_styles and cell.get("t", "n") == "n":
                markup.percents.add((row_number, column))
        element.clear()
    return markup


def _ods(content: bytes) -> dict[str, SheetMarkup]:
    found = {}
    for _, table in ElementTree.iterparse(BytesIO(content)):
        if _local(table.tag) == "table" and _attribute(table, "name"):
            found[_attribute(table, "name")] = _ods_sheet(table)
            table.clear()
    return found


def _ods_sheet(table: ElementTree.Element) -> SheetMarkup:
    markup = SheetMarkup()
    row = 1
    for line in _descendants(table, "table-row"):
        row_repeats = int(_attribute(line, "number-rows-repeated") or 1)
        column = 1
        for cell in line:
            repeats = int(_attribute(cell, "number-columns-repeated") or 1)
            if _attribute(cell, "value-type"):
                _note_ods_cell(markup, cell, row, row_repeats, column, repeats)
            column += repeats
        if _attribute(line, "visibility") in ("collapse", "filter"):
            # Nobody looks below the content; the empty rest of a sheet is one line repeated a million times.
            markup.hidden_rows.update(range(row, row + min(row_repeats, 10_000)))
        row += row_repeats
    return markup


def _note_ods_cell(
    markup: SheetMarkup, cell: ElementTree.Element, row: int, row_repeats: int, column: int, repeats: int
) -> None:
    markup.rows = max(markup.rows, row + row_repeats - 1)
    markup.columns = max(markup.columns, column + repeats - 1)
    # calcext:value-type follows office:value-type and says more.
    kinds = [value for name, value in cell.attrib.items() if _local(name) == "value-type"]
    text = "".join(cell.itertext())
    if "error" in kinds or (_attribute(cell, "formula") and text.startswith(("#", "Err:"))):
        markup.faults[row, column] = CellFault.ERROR
    elif "percentage" in kinds:
        markup.percents.update((row, column + step) for step in range(min(repeats, 1_000)))
    rows = int(_attribute(cell, "number-rows-spanned") or 1)
    columns = int(_attribute(cell, "number-columns-spanned") or 1)
    if rows > 1 or columns > 1:
        markup.merged.append(((row, column), (row + rows - 1, column + columns - 1)))


def _descendants(table: ElementTree.Element, name: str) -> Iterator[ElementTree.Element]:
    return (element for element in table.iter() if _local(element.tag) == name)


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _attribute(element: ElementTree.Element, name: str) -> str:
    """The attribute `name` whatever its namespace (transitional and strict files differ in it)."""
    direct = element.get(name)
    if direct is not None:
        return direct
    return next((value for key, value in element.attrib.items() if _local(key) == name), "")


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
