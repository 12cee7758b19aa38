"""What is in an xlsx package, and what does it say about its cells beyond their values?

Programs call the parts of a package as they like: other capitals, backslashes, other folders. What counts are
the relations. The parts are looked up by them once, and the fast reader gets a plain copy of the package with
the usual names and without empty cells: so it reads exactly what was looked at here.
"""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from urllib.parse import unquote
from xml.etree import ElementTree
from xml.sax.saxutils import quoteattr

from gaoxin_vote.spreadsheets.reading.markup import (
    CellDoubt,
    CellFault,
    Position,
    SheetMarkup,
    attribute,
    is_on,
    local_name,
)
from gaoxin_vote.spreadsheets.reading.number_format import may_matter
from gaoxin_vote.spreadsheets.reading.parts import Parts, require_room, require_rows

_FOLDERS = {
    "worksheet": "worksheets",
    "chartsheet": "chartsheets",
    "dialogsheet": "dialogsheets",
    "xlMacrosheet": "macrosheets",
}
"""Where the fast reader looks for sheets of each type."""
_BUILT_IN_FORMATS = {"9": "0%", "10": "0.00%"}
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")
_ATTRIBUTES = rb"""(?:\s+[A-Za-z:.]+=(?:"[^"<>]*"|'[^'<>]*'))*"""
_EMPTY_CELL = re.compile(
    rb"<(?:[a-z]+:)?c" + _ATTRIBUTES + rb"\s*(?:/>|>\s*(?:<v ?/>|<v></v>)?\s*</(?:[a-z]+:)?c>)"
)
_EMPTY_ROW = re.compile(rb"<(?:[a-z]+:)?row" + _ATTRIBUTES + rb"\s*(?:/>|>\s*</(?:[a-z]+:)?row>)\s*")
_ROW = re.compile(rb"<(?:[a-z]+:)?row[ >]")
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


class BinaryPackage(Exception):
    """The package is an xlsb: its parts are no XML, and nobody asks them for percentages or errors."""


class NotASpreadsheet(Exception):
    """The archive holds something else."""


@dataclass(frozen=True, slots=True)
class _Relation:
    id: str
    type: str
    """The last word of its type, such as ``worksheet``."""
    target: str
    """The folded name of the part."""


@dataclass(slots=True)
class _Styles:
    formats: dict[str, str] = field(default_factory=dict)
    """By the index of a cell style, the number format if it may matter."""
    struck: set[str] = field(default_factory=set)
    """The indexes of the cell styles that strike the text through."""


def is_package(parts: Parts) -> bool:
    """Whether the archive is an Office package of any kind."""
    return any(_folded(name) in ("_rels/.rels", "[content_types].xml") for name in parts.names)


def open_package(parts: Parts) -> tuple[list[tuple[str, SheetMarkup]], bytes]:
    """The name and the markup of each sheet, in their order, and the plain copy for the fast reader.

    Raises `BinaryPackage`, `NotASpreadsheet`, `TooMuch`, or what the libraries raise for damage (`ValueError`
    for contradictions).
    """
    return _Package(parts).opened()


def _folded(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


class _Package:
    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._names: dict[str, str] = {}
        for name in parts.names:
            if self._names.setdefault(_folded(name), name) != name:
                raise ValueError(f"two parts are called {name}")

    def opened(self) -> tuple[list[tuple[str, SheetMarkup]], bytes]:
        workbook_name = self._workbook()
        workbook = self._read(workbook_name)
        relations = list(self._relations(workbook_name))
        by_id = {relation.id: relation for relation in relations}
        book = ElementTree.fromstring(workbook)
        stale = any(
            local_name(each.tag) == "calcPr"
            and (is_on(each.get("fullCalcOnLoad", "")) or each.get("calcCompleted") in ("0", "false"))
            for each in book.iter()
        )
        styles_name = self._part(relations, "styles", "xl/styles.xml")
        strings_name = self._part(relations, "sharedStrings", "xl/sharedstrings.xml")
        styles = _styles(self._read(styles_name)) if styles_name else _Styles()
        strings = self._read(strings_name) if strings_name else b""
        struck_strings = _struck_strings(strings)
        copy = BytesIO()
        found: list[tuple[str, SheetMarkup]] = []
        lines: list[str] = []
        with zipfile.ZipFile(copy, "w", zipfile.ZIP_STORED) as plain:
            for number, sheet in enumerate(_sheets(book), 1):
                relation = by_id[attribute(sheet, "id")]
                folder = _FOLDERS.get(relation.type)
                if folder is None:
                    raise ValueError(f"a sheet of the type {relation.type}")
                target = f"{folder}/sheet{number}.xml"
                lines.append(_relation(relation.id, relation.type, target))
                markup = SheetMarkup()
                if relation.type == "worksheet":
                    content, markup = self._sheet(relation.target, styles, struck_strings, stale)
                    plain.writestr(f"xl/{target}", content)
                found.append((attribute(sheet, "name"), markup))
            if styles_name:
                lines.append(_relation("styles", "styles", "styles.xml"))
                plain.writestr("xl/styles.xml", self._read(styles_name))
            if strings_name:
                lines.append(_relation("strings", "sharedStrings", "sharedStrings.xml"))
                plain.writestr("xl/sharedStrings.xml", strings)
            plain.writestr("xl/workbook.xml", workbook)
            plain.writestr("xl/_rels/workbook.xml.rels", _relations(lines))
            plain.writestr(
                "_rels/.rels", _relations([_relation("workbook", "officeDocument", "xl/workbook.xml")])
            )
        return found, copy.getvalue()

    def _workbook(self) -> str:
        """The folded name of the part that lists the sheets."""
        target = "xl/workbook.xml"
        if "_rels/.rels" in self._names:
            documents = [each.target for each in self._relations("") if each.type == "officeDocument"]
            target = documents[0] if documents else target
        if target not in self._names:
            raise NotASpreadsheet
        if target.endswith(".bin"):
            raise BinaryPackage
        root = local_name(ElementTree.fromstring(self._read(target)).tag)
        if root != "workbook":
            raise NotASpreadsheet
        return target

    def _read(self, folded: str) -> bytes:
        return self._parts.read(self._names[folded])

    def _relations(self, part: str) -> Iterator[_Relation]:
        """The relations of a part (empty name: of the package) to other parts."""
        folder, name = posixpath.split(part)
        path = posixpath.join(folder, "_rels", f"{name}.rels") if part else "_rels/.rels"
        for each in ElementTree.fromstring(self._read(path)):
            if attribute(each, "TargetMode").lower() == "external":
                continue
            target = unquote(attribute(each, "Target").replace("\\", "/"))
            joined = target if target.startswith("/") else posixpath.join(folder, target)
            yield _Relation(
                attribute(each, "Id"),
                attribute(each, "Type").rpartition("/")[2],
                _folded(posixpath.normpath(joined)),
            )

    def _part(self, relations: list[_Relation], kind: str, usual: str) -> str:
        """The folded name of the part of this kind; empty where there is none."""
        named = next((each.target for each in relations if each.type == kind), "")
        if named and named not in self._names:
            raise ValueError(f"no part {named}")
        return named or (usual if usual in self._names else "")

    def _sheet(
        self, name: str, styles: _Styles, struck_strings: dict[str, CellDoubt], stale: bool
    ) -> tuple[bytes, SheetMarkup]:
        """A worksheet without its empty cells, and its markup."""
        content, thinned = _thinned(self._parts.pieces(self._names[name]))
        reader = _SheetReader(styles, struck_strings, stale)
        if reader.read(content) or not thinned:
            return content, reader.markup
        # A cell without a reference stands behind the one before it, also behind an empty one.
        reader = _SheetReader(styles, struck_strings, stale)
        content = self._read(name)
        reader.read(content)
        return content, reader.markup


def _relation(name: str, kind: str, target: str) -> str:
    return f'<Relationship Id={quoteattr(name)} Type="{_TYPES}/{kind}" Target="{target}"/>'


def _relations(lines: list[str]) -> str:
    return f'<Relationships xmlns="{_RELATIONS}">{"".join(lines)}</Relationships>'


def _sheets(book: ElementTree.Element) -> Iterator[ElementTree.Element]:
    return (each for each in book.iter() if local_name(each.tag) == "sheet")


def _thinned(pieces: Iterator[bytes]) -> tuple[bytes, bool]:
    """The XML of a sheet without empty cells and rows, and whether any were left out.

    A million formatted empty rows are two hundred megabytes that say nothing.
    """
    parts: list[bytes] = []
    rest = b""
    thinned = plain = False
    size = 0
    for piece in pieces:
        rest += piece
        require_room(size + len(rest))
        # In comments and CDATA the same signs may be a text.
        plain = plain or b"<!" in rest
        if plain:
            continue
        starts = [match.start() for match in _ROW.finditer(rest, max(0, len(rest) - 2**20))]
        if starts and starts[-1]:
            whole, rest = rest[: starts[-1]], rest[starts[-1] :]
            less = _EMPTY_ROW.sub(b"", _EMPTY_CELL.sub(b"", whole))
            thinned = thinned or len(less) < len(whole)
            parts.append(less)
            size += len(less)
    if not plain:
        less = _EMPTY_ROW.sub(b"", _EMPTY_CELL.sub(b"", rest))
        thinned = thinned or len(less) < len(rest)
        rest = less
    return b"".join((*parts, rest)), thinned


class _SheetReader:
    """Reads what the XML of one sheet says."""

    def __init__(self, styles: _Styles, struck_strings: dict[str, CellDoubt], stale: bool) -> None:
        self.markup = SheetMarkup()
        self._styles, self._struck_strings, self._stale = styles, struck_strings, stale
        self._filled = 0

    def read(self, content: bytes) -> bool:
        """Read the sheet; whether every cell and row says where it is."""
        markup = self.markup
        row_number, referenced = 0, True
        rows: ElementTree.Element | None = None
        for event, element in ElementTree.iterparse(BytesIO(content), events=("start", "end")):
            name = local_name(element.tag)
            if event == "start":
                if name == "sheetData":
                    rows = element
                continue
            if name == "row":
                stated = element.get("r")
                referenced = referenced and (stated is not None or not len(element))
                row_number = int(stated) if stated else row_number + 1
                if is_on(element.get("hidden", "")) or _is_zero(element.get("ht")):
                    markup.hidden_rows.add(row_number)
                referenced = self._row(element, row_number) and referenced
                if rows is not None:
                    rows.clear()
            elif name == "col" and (is_on(element.get("hidden", "")) or _is_zero(element.get("width"))):
                first, last = int(element.get("min", "1")), int(element.get("max", "1"))
                markup.hidden_columns.update(range(first, min(last, 16_384) + 1))
            elif name == "sheetView" and element.get("showZeros") in ("0", "false"):
                markup.hides_zeros = True
        if self._stale:
            markup.faults.update(dict.fromkeys(markup.formulas, CellFault.UNCALCULATED))
        return referenced

    def _row(self, row: ElementTree.Element, number: int) -> bool:
        markup = self.markup
        column, referenced = 0, True
        self._filled += any(len(cell) for cell in row)
        require_rows(self._filled)
        for cell in row:
            if local_name(cell.tag) != "c":
                continue
            reference = cell.get("r")
            if reference is None:
                referenced, column, line = False, column + 1, number
            else:
                line, column = _position(reference)
            if len(cell):
                markup.rows, markup.columns = max(markup.rows, line), max(markup.columns, column)
                self._cell(cell, (line, column))
        return referenced

    def _cell(self, cell: ElementTree.Element, place: Position) -> None:
        markup = self.markup
        parts = {local_name(part.tag): part for part in cell}
        value = parts["v"].text if "v" in parts else None
        kind, style = cell.get("t", "n"), cell.get("s", "0")
        if "f" in parts:
            markup.formulas.update(_calculated(parts["f"], place))
        if kind == "e":
            markup.faults[place] = CellFault.ERROR
        elif "f" in parts and not value and kind != "str":
            markup.faults[place] = CellFault.UNCALCULATED
        elif kind == "n" and style in self._styles.formats:
            markup.formats[place] = self._styles.formats[style]
        if value is None and "is" not in parts:
            return
        if style in self._styles.struck:
            markup.doubts[place] = CellDoubt.STRUCK
        elif kind == "s" and value in self._struck_strings:
            markup.doubts[place] = self._struck_strings[value]
        elif "is" in parts and (doubt := _struck_text(parts["is"])) is not None:
            markup.doubts[place] = doubt


def _is_zero(size: str | None) -> bool:
    """Whether a height or width is stated and none."""
    try:
        return size is not None and float(size) == 0
    except ValueError:
        return False


def _position(reference: str) -> Position:
    found = _REFERENCE.fullmatch(reference.strip())
    if found is None:
        raise ValueError(f"no reference of a cell: {reference}")
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]), column


def _calculated(formula: ElementTree.Element, place: Position) -> Iterator[Position]:
    """The cells whose values a formula gives: of an array formula, all of its range."""
    yield place
    first, _, last = formula.get("ref", "").partition(":")
    if last and formula.get("t") in ("array", "dataTable"):
        (top, left), (bottom, right) = _position(first), _position(last)
        if (bottom - top + 1) * (right - left + 1) <= 100_000:
            for row in range(top, bottom + 1):
                yield from ((row, column) for column in range(left, right + 1))


def _styles(content: bytes) -> _Styles:
    styles = _Styles()
    formats = dict(_BUILT_IN_FORMATS)
    struck_fonts: set[str] = set()
    for element in ElementTree.fromstring(content):
        name = local_name(element.tag)
        if name == "numFmts":
            formats.update((attribute(each, "numFmtId"), attribute(each, "formatCode")) for each in element)
        elif name == "fonts":
            struck_fonts = {str(index) for index, font in enumerate(element) if _strikes(font)}
        elif name == "cellXfs":
            for index, style in enumerate(element):
                code = formats.get(attribute(style, "numFmtId"), "")
                if may_matter(code):
                    styles.formats[str(index)] = code
                if attribute(style, "fontId") in struck_fonts:
                    styles.struck.add(str(index))
    return styles


def _strikes(font: ElementTree.Element) -> bool:
    return any(
        local_name(part.tag) == "strike" and (not attribute(part, "val") or is_on(attribute(part, "val")))
        for part in font
    )


def _struck_strings(content: bytes) -> dict[str, CellDoubt]:
    """By index, the shared texts that are struck through, or partly so."""
    found: dict[str, CellDoubt] = {}
    if b"strike" not in content:
        return found
    index = 0
    for _, element in ElementTree.iterparse(BytesIO(content)):
        if local_name(element.tag) == "si":
            doubt = _struck_text(element)
            if doubt is not None:
                found[str(index)] = doubt
            index += 1
            element.clear()
    return found


def _struck_text(text: ElementTree.Element) -> CellDoubt | None:
    struck = whole = 0
    for run in text:
        name = local_name(run.tag)
        if name == "t" and run.text:
            whole += 1
        elif name == "r" and any(part.text for part in run if local_name(part.tag) == "t"):
            whole += 1
            struck += any(_strikes(part) for part in run if local_name(part.tag) == "rPr")
    if not struck:
        return None
    return CellDoubt.STRUCK if struck == whole else CellDoubt.PARTLY_STRUCK
