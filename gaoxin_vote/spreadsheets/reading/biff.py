"""What does an xls file say about its cells beyond their values: hidden rows, errors, percentages?"""

from collections.abc import Iterator
from dataclasses import dataclass
from struct import error, unpack_from

from gaoxin_vote.spreadsheets.reading.compound import Damaged
from gaoxin_vote.spreadsheets.reading.markup import CellFault, SheetMarkup

# Record types of MS-XLS.
_FORMULA, _EOF, _FILE_PASS, _SHEET, _MULTIPLE_RK, _STYLE = 0x06, 0x0A, 0x2F, 0x85, 0xBD, 0xE0
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
_CELLS = frozenset({_FORMULA, _NUMBER, _BOOL_OR_ERROR, _RK, _MULTIPLE_RK, _LABEL, _SHARED_LABEL})
_PERCENT_FORMATS = frozenset({9, 10})
_HIDDEN_ROW = 0x20
_BIFF8 = 0x0600


class Encrypted(Exception):
    """The workbook asks for a password."""


@dataclass(frozen=True, slots=True)
class _Record:
    kind: int
    content: bytes


def xls_markup(stream: bytes) -> dict[str, SheetMarkup]:
    """The markup of each sheet by name.

    Raises `Encrypted`, or `Damaged` when a record ends beyond the stream or counts more than can be there.
    """
    try:
        return _xls_markup(stream)
    except (error, IndexError, UnicodeDecodeError) as cause:
        raise Damaged from cause


def _xls_markup(stream: bytes) -> dict[str, SheetMarkup]:
    (version,) = unpack_from("<H", stream, 4)
    sheets: list[tuple[str, int]] = []
    formats = set(_PERCENT_FORMATS)
    styles: list[int] = []
    for record in _records(stream, 0):
        content = record.content
        if record.kind == _FILE_PASS:
            raise Encrypted
        if record.kind == _STRINGS and unpack_from("<I", content, 4)[0] * 3 > len(stream):
            raise Damaged
        if record.kind == _SHEET:
            (start,) = unpack_from("<I", content)
            sheets.append((_name(content, version), start))
        elif record.kind == _FORMAT and b"%" in content:
            formats.add(unpack_from("<H", content)[0])
        elif record.kind == _STYLE:
            styles.append(unpack_from("<H", content, 2)[0])
    percents = frozenset(index for index, style in enumerate(styles) if style in formats)
    return {name: _sheet(stream, start, percents) for name, start in sheets}


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


def _sheet(stream: bytes, start: int, percents: frozenset[int]) -> SheetMarkup:
    markup = SheetMarkup()
    rows: list[int] = []
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
        elif record.kind in _CELLS:
            row, column, style = unpack_from("<HHH", content)
            rows.append(row)
            last = unpack_from("<H", content, len(content) - 2)[0] if record.kind == _MULTIPLE_RK else column
            markup.columns = max(markup.columns, column + 1, last + 1)
            _note_cell(markup, record, row + 1, column + 1, style, percents)
    # The reader sets up every cell from the first row of the file to the last, in this order.
    if rows and rows[0] > rows[-1]:
        raise Damaged
    markup.rows = max(markup.rows, max(rows, default=-1) + 1)
    return markup


def _note_cell(
    markup: SheetMarkup, record: _Record, row: int, column: int, style: int, percents: frozenset[int]
) -> None:
    if record.kind == _MULTIPLE_RK:
        for step in range((len(record.content) - 6) // 6):
            if unpack_from("<H", record.content, 4 + 6 * step)[0] in percents:
                markup.percents.add((row, column + step))
    elif _is_error(record):
        markup.faults[row, column] = CellFault.ERROR
    elif record.kind in (_FORMULA, _NUMBER, _RK) and style in percents:
        markup.percents.add((row, column))


def _is_error(record: _Record) -> bool:
    """Whether the value of a cell, or the result of its formula, is an error such as #DIV/0!."""
    if record.kind == _BOOL_OR_ERROR:
        return record.content[7] == 1
    if record.kind != _FORMULA:
        return False
    return record.content[6] == 2 and record.content[12:14] == b"\xff\xff"
