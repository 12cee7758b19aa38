"""What does an OpenDocument table say about its cells beyond their values?

The fast reader gets a plain copy of the parts that were looked at here, and nothing else.
"""

import zipfile
from collections.abc import Iterator
from io import BytesIO
from xml.etree import ElementTree

from gaoxin_vote.spreadsheets.reading.markup import (
    CellDoubt,
    CellFault,
    SheetMarkup,
    attribute,
    local_name,
)
from gaoxin_vote.spreadsheets.reading.parts import Locked, Parts

_CONTENT, _MANIFEST = "content.xml", "META-INF/manifest.xml"
_MOST_REPEATS = 10_000
"""Nobody looks below the content; the empty rest of a sheet is one line repeated a million times."""


def is_open_document(parts: Parts) -> bool:
    """Whether the archive is an OpenDocument file of any kind."""
    return _CONTENT in parts.names


def open_document(parts: Parts) -> tuple[list[tuple[str, SheetMarkup]], bytes]:
    """The name and the markup of each sheet, in their order, and the plain copy for the fast reader.

    Raises `Locked`, `TooMuch`, or what the libraries raise for damage.
    """
    copy = BytesIO()
    with zipfile.ZipFile(copy, "w", zipfile.ZIP_STORED) as plain:
        for name in ("mimetype", _MANIFEST, _CONTENT):
            if name in parts.names:
                content = parts.read(name)
                if name == _MANIFEST and is_encrypted(content):
                    raise Locked
                plain.writestr(name, content)
    return ods_markup(content), copy.getvalue()


def is_encrypted(manifest: bytes) -> bool:
    """Whether the parts listed in the manifest can be read with a password only."""
    return any(
        local_name(element.tag) == "encryption-data" for element in ElementTree.fromstring(manifest).iter()
    )


def ods_markup(content: bytes) -> list[tuple[str, SheetMarkup]]:
    """The name and the markup of each sheet, in their order."""
    found: list[tuple[str, SheetMarkup]] = []
    struck: set[str] = set()
    for _, element in ElementTree.iterparse(BytesIO(content)):
        name = local_name(element.tag)
        if name == "style" and _strikes(element):
            struck.add(attribute(element, "name"))
        elif name == "table" and attribute(element, "name"):
            found.append((attribute(element, "name"), _sheet(element, frozenset(struck))))
            element.clear()
    return found


def _strikes(style: ElementTree.Element) -> bool:
    return any(
        (attribute(part, "text-line-through-style") or attribute(part, "text-line-through-type") or "none")
        != "none"
        for part in style
        if local_name(part.tag) == "text-properties"
    )


def _sheet(table: ElementTree.Element, struck: frozenset[str]) -> SheetMarkup:
    markup = SheetMarkup()
    column = 1
    for described in _descendants(table, "table-column"):
        repeats = int(attribute(described, "number-columns-repeated") or 1)
        if attribute(described, "visibility") in ("collapse", "filter"):
            markup.hidden_columns.update(range(column, column + min(repeats, _MOST_REPEATS)))
        column += repeats
    row = 1
    for line in _descendants(table, "table-row"):
        row_repeats = int(attribute(line, "number-rows-repeated") or 1)
        column = 1
        for cell in line:
            repeats = int(attribute(cell, "number-columns-repeated") or 1)
            if attribute(cell, "value-type"):
                _note_cell(markup, cell, (row, row_repeats), (column, repeats), struck)
            column += repeats
        if attribute(line, "visibility") in ("collapse", "filter"):
            markup.hidden_rows.update(range(row, row + min(row_repeats, _MOST_REPEATS)))
        row += row_repeats
    return markup


def _note_cell(
    markup: SheetMarkup,
    cell: ElementTree.Element,
    down: tuple[int, int],
    across: tuple[int, int],
    struck: frozenset[str],
) -> None:
    """Note what a cell says, which is repeated `down` and `across` from a row and column."""
    (row, row_repeats), (column, repeats) = down, across
    markup.rows = max(markup.rows, row + row_repeats - 1)
    markup.columns = max(markup.columns, column + repeats - 1)
    places = [
        (row + lower, column + step)
        for lower in range(min(row_repeats, _MOST_REPEATS))
        for step in range(min(repeats, 1_000))
    ]
    # calcext:value-type follows office:value-type and says more.
    kinds = [value for name, value in cell.attrib.items() if local_name(name) == "value-type"]
    formula, text = attribute(cell, "formula"), "".join(cell.itertext())
    if "error" in kinds or (formula and text.startswith(("#", "Err:"))):
        markup.faults.update(dict.fromkeys(places, CellFault.ERROR))
    elif "percentage" in kinds:
        markup.formats.update(dict.fromkeys(places, "0%"))
    elif "float" in kinds and text.strip().endswith(("%", "％")):
        markup.formats.update(dict.fromkeys(places, '0"%"'))
    elif "float" in kinds and not text.strip() and any(local_name(part.tag) == "p" for part in cell):
        # What the cell shows is written beside its value; nothing is shown.
        markup.formats.update(dict.fromkeys(places, ";;;"))
    if formula:
        markup.formulas.update(places)
    if attribute(cell, "style-name") in struck:
        markup.doubts.update(dict.fromkeys(places, CellDoubt.STRUCK))
    elif any(attribute(part, "style-name") in struck for part in cell.iter() if part is not cell):
        markup.doubts.update(dict.fromkeys(places, CellDoubt.PARTLY_STRUCK))
    rows = int(attribute(cell, "number-rows-spanned") or 1)
    columns = int(attribute(cell, "number-columns-spanned") or 1)
    if rows > 1 or columns > 1:
        markup.merged.append(((row, column), (row + rows - 1, column + columns - 1)))


def _descendants(table: ElementTree.Element, name: str) -> Iterator[ElementTree.Element]:
    return (element for element in table.iter() if local_name(element.tag) == name)
