"""What does an xls file say about its cells beyond their values: hidden rows, errors, percentages?"""

from collections.abc import Iterator
from dataclasses import dataclass
from struct import error, unpack_from

from gaoxin_vote.spreadsheets.reading.biff_strings import struck_strings
from gaoxin_vote.spreadsheets.reading.compound import Damaged
from gaoxin_vote.spreadsheets.reading.markup import CellDoubt, CellFault, SheetMarkup
from gaoxin_vote.spreadsheets.reading.number_format import may_matter

# Record types of MS-XLS.
_FORMULA, _EOF, _FILE_PASS, _SHEET, _MULTIPLE_RK, _STYLE = 0x06, 0x0A, 0x2F, 0x85, 0xBD, 0xE0
_CONTINUED = 0x3C
_STRINGS, _EXTENT, _NUMBER, _BOOL_OR_ERROR, _ROW, _RK, _FORMAT = (
    0xFC,
    0x200,
    0x203,
    0x205,
    0x208,
    0x27E,
    0x41E,
)
_LABEL, _SHARED_LABEL = 0x204, 0xFD
_FONT, _COLUMNS, _WINDOW, _UNCALCULATED = 0x31, 0x7D, 0x23E, 0x5E
_CELLS = frozenset({_FORMULA, _NUMBER, _BOOL_OR_ERROR, _RK, _MULTIPLE_RK, _LABEL, _SHARED_LABEL})
_BUILT_IN_FORMATS = {9: "0%", 10: "0.00%"}
_HIDDEN_ROW = 0x20
_HIDDEN_COLUMNS = 0x01
_SHOWS_ZEROS = 0x10
_STRUCK_FONT = 0x08
_BIFF8 = 0x0600


class Encrypted(Exception):
    """The workbook asks for a password."""


@dataclass(frozen=True, slots=True)
class _Record:
    kind: int
    content: bytes


@dataclass(frozen=True, slots=True)
class _Styles:
    formats: dict[int, str]
    """By the index of a cell style, the number format if it may matter."""
    struck: frozenset[int]
    """The indexes of the cell styles that strike the text through."""
    struck_strings: dict[int, CellDoubt]
    """By index, the shared texts that are struck through, or partly so."""


def xls_markup(stream: bytes) -> list[tuple[str, SheetMarkup]]:
    """The name and the markup of each sheet, in their order.

    Raises `Encrypted`, or `Damaged` when a record ends beyond the stream or counts more than can be there.
    """
    try:
        return _xls_markup(stream)
    except (error, IndexError, UnicodeDecodeError) as cause:
        raise Damaged from cause


def _xls_markup(stream: bytes) -> list[tuple[str, SheetMarkup]]:
    (version,) = unpack_from("<H", stream, 4)
    sheets: list[tuple[str, int]] = []
    formats = dict(_BUILT_IN_FORMATS)
    fonts: list[bool] = []
    styles: list[tuple[int, int]] = []
    strings: list[bytes] = []
    last = 0
    for record in _records(stream, 0):
        content = record.content
        if record.kind == _FILE_PASS:
            raise Encrypted
        if record.kind == _STRINGS and unpack_from("<I", content, 4)[0] * 3 > len(stream):
            raise Damaged
        if record.kind == _STRINGS or (record.kind == _CONTINUED and last == _STRINGS):
            strings.append(content)
        last = last if record.kind == _CONTINUED else record.kind
        if record.kind == _SHEET:
            (start,) = unpack_from("<I", content)
            sheets.append((_name(content, version), start))
        elif record.kind == _FORMAT:
            formats[unpack_from("<H", content)[0]] = _format(content, version)
        elif record.kind == _FONT:
            fonts.append(bool(unpack_from("<H", content, 2)[0] & _STRUCK_FONT))
        elif record.kind == _STYLE:
            styles.append(unpack_from("<HH", content))
    # No font has the number 4: the fifth is called 5.
    struck = frozenset(index + (index >= 4) for index, is_struck in enumerate(fonts) if is_struck)
    known = _Styles(
        {
            index: formats[code]
            for index, (_, code) in enumerate(styles)
            if code in formats and may_matter(formats[code])
        },
        frozenset(index for index, (font, _) in enumerate(styles) if font in struck),
        struck_strings(strings, struck) if struck and strings else {},
    )
    return [(name, _sheet(stream, start, known)) for name, start in sheets]


def _format(content: bytes, version: int) -> str:
    if version != _BIFF8:
        return content[3 : 3 + content[2]].decode("gb18030", errors="replace")
    length = unpack_from("<H", content, 2)[0]
    if content[4] & 1:
        return content[5 : 5 + 2 * length].decode("utf-16-le")
    return content[5 : 5 + length].decode("latin-1")


def _records(stream: bytes, start: int) -> Iterator[_Record]:
    """The records from `start` to the end of the part that begins there; charts inside it are passed over."""
    depth = 0
    while start + 4 <= len(stream):
        kind, length = unpack_from("<HH", stream, start)
        content = stream[start + 4 : start + 4 + length]
        if len(content) < length:
            raise Damaged
        start += 4 + length
        if kind in (0x0809, 0x0409, 0x0209, 0x0009):
            depth += 1
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                return
        elif depth <= 1:
            yield _Record(kind, content)
    raise Damaged


def _name(content: bytes, version: int) -> str:
    length = content[6]
    if version != _BIFF8:
        return content[7 : 7 + length].decode("gb18030", errors="replace")
    if content[7] & 1:
        return content[8 : 8 + 2 * length].decode("utf-16-le")
    return content[8 : 8 + length].decode("latin-1")


def _sheet(stream: bytes, start: int, styles: _Styles) -> SheetMarkup:
    markup = SheetMarkup()
    rows: list[int] = []
    is_calculated = True
    for record in _records(stream, start):
        content = record.content
        if record.kind == _EXTENT:
            top, bottom, left, right = unpack_from("<HHHH" if len(content) == 10 else "<IIHH", content)
            if bottom and right and (top >= bottom or left >= right):
                raise Damaged
            markup.rows, markup.columns = max(markup.rows, bottom), max(markup.columns, right)
        elif record.kind == _ROW:
            row, flags = unpack_from("<H10xH", content)
            if flags & _HIDDEN_ROW:
                markup.hidden_rows.add(row + 1)
        elif record.kind == _COLUMNS:
            first, last, width, _, flags = unpack_from("<HHHHH", content)
            if flags & _HIDDEN_COLUMNS or not width:
                markup.hidden_columns.update(range(first + 1, min(last, 255) + 2))
        elif record.kind == _WINDOW:
            markup.hides_zeros = not unpack_from("<H", content)[0] & _SHOWS_ZEROS
        elif record.kind == _UNCALCULATED:
            is_calculated = False
        elif record.kind in _CELLS:
            row, column, style = unpack_from("<HHH", content)
            rows.append(row)
            last = unpack_from("<H", content, len(content) - 2)[0] if record.kind == _MULTIPLE_RK else column
            markup.columns = max(markup.columns, column + 1, last + 1)
            _note_cell(markup, record, row + 1, column + 1, style, styles)
    if not is_calculated:
        markup.faults.update(dict.fromkeys(markup.formulas, CellFault.UNCALCULATED))
    # The reader sets up every cell from the first row of the file to the last, in this order.
    if rows and rows[0] > rows[-1]:
        raise Damaged
    markup.rows = max(markup.rows, max(rows, default=-1) + 1)
    return markup


def _note_cell(
    markup: SheetMarkup, record: _Record, row: int, column: int, style: int, styles: _Styles
) -> None:
    if record.kind == _MULTIPLE_RK:
        for step in range((len(record.content) - 6) // 6):
            (each,) = unpack_from("<H", record.content, 4 + 6 * step)
            _note_style(markup, row, column + step, each, styles)
        return
    if record.kind == _FORMULA:
        markup.formulas.add((row, column))
    if record.kind == _SHARED_LABEL:
        (index,) = unpack_from("<I", record.content, 6)
        if index in styles.struck_strings:
            markup.doubts[row, column] = styles.struck_strings[index]
    if _is_error(record):
        markup.faults[row, column] = CellFault.ERROR
    else:
        _note_style(markup, row, column, style, styles)


def _note_style(markup: SheetMarkup, row: int, column: int, style: int, styles: _Styles) -> None:
    if style in styles.formats:
        markup.formats[row, column] = styles.formats[style]
    if style in styles.struck:
        markup.doubts[row, column] = CellDoubt.STRUCK


def _is_error(record: _Record) -> bool:
    """Whether the value of a cell, or the result of its formula, is an error such as #DIV/0!."""
    if record.kind == _BOOL_OR_ERROR:
        return record.content[7] == 1
    if record.kind != _FORMULA:
        return False
    return record.content[6] == 2 and record.content[12:14] == b"\xff\xff"
