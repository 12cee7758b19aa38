"""What stands in the cells of a file that somebody handed in?"""

import csv
import datetime as dt
import io
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from pathlib import Path
from xml.etree import ElementTree

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from gaoxin_vote.errors import Refused, Unavailable
from gaoxin_vote.spreadsheets.reading.biff import Encrypted, xls_markup
from gaoxin_vote.spreadsheets.reading.compound import Damaged, workbook_stream
from gaoxin_vote.spreadsheets.reading.encoding import decode
from gaoxin_vote.spreadsheets.reading.formula import unprotected
from gaoxin_vote.spreadsheets.reading.markup import CellFault, SheetMarkup, workbook_markup

Content = str | Decimal | dt.date | dt.time | bool | CellFault
"""What a cell holds; an empty cell is the empty text, which is never a zero."""

_MAX_BYTES = 100 * 2**20
_MAX_UNPACKED = 600 * 2**20
_MAX_CELLS = 5_000_000
_ZIP = b"PK\x03\x04"
_COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1")
_BROKEN_ARCHIVE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,  # a compression nobody has
    ElementTree.ParseError,
    LookupError,  # a part that is not there, an encoding nobody knows
    ValueError,
)
"""What the libraries raise for a damaged archive, or for damaged XML in it."""


class ReadingReason(Enum):
    """Why a file cannot be read."""

    MISSING = "missing"
    UNREADABLE = "unreadable"
    ENCRYPTED = "encrypted"
    TOO_LARGE = "too large"


@dataclass(frozen=True, slots=True)
class SpreadsheetFile:
    """A file as it was handed in."""

    name: str
    content: bytes

    @classmethod
    def at(cls, path: Path) -> "SpreadsheetFile":
        """The file at `path`. Raises `Refused` when there is none, `Unavailable` when it cannot be read."""
        try:
            return cls(path.name, path.read_bytes())
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
            raise Refused(ReadingReason.MISSING, f"没有找到文件“{path.name}”，请重新选择。") from None
        except OSError as error:
            raise Unavailable(
                ReadingReason.UNREADABLE, f"文件“{path.name}”读不出来，请检查存储介质后重试。"
            ) from error


@dataclass(frozen=True, slots=True)
class Worksheet:
    """One visible sheet; `rows[0][0]` is the cell A1, whatever is empty above or left of the table."""

    file: str
    name: str
    """Empty for a CSV file."""
    rows: tuple[tuple[Content, ...], ...]
    hidden_rows: frozenset[int] = frozenset()
    """Numbers (from 1) of hidden rows: they are read like the others."""
    filled: frozenset[tuple[int, int]] = frozenset()
    """Row and column (from 1) of cells that got the value of the merged cell they belong to."""


@dataclass(frozen=True, slots=True)
class Workbook:
    """All visible sheets of a file."""

    file: str
    sheets: tuple[Worksheet, ...]
    hidden_sheets: tuple[str, ...] = ()
    """Names of hidden sheets; they are not read."""
    guessed_encoding: str = ""
    """The encoding of a CSV file where it had to be guessed."""


def read_workbook(file: SpreadsheetFile) -> Workbook:
    """The sheets of an xlsx, xls, ods or CSV file, told apart by content and not by name.

    Numbers keep 15 significant digits as spreadsheets show them; a percentage becomes text such as ``95%``;
    the value of a merged cell is filled down its first column. Raises `Refused` for a file that is
    damaged, encrypted, too large or something else.
    """
    if len(file.content) > _MAX_BYTES:
        raise _too_large(file.name, f"文件超过{_MAX_BYTES // 2**20}MB")
    if file.content.startswith(_ZIP):
        return _read_zip(file)
    if file.content.startswith(_COMPOUND):
        return _read_compound(file)
    return _read_text(file)


def _read_zip(file: SpreadsheetFile) -> Workbook:
    try:
        with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
            members = archive.infolist()
            if any(member.flag_bits & 1 for member in members):
                raise _encrypted(file.name)
            if sum(member.file_size for member in members) > _MAX_UNPACKED:
                raise _too_large(file.name, "文件展开后过大")
            markup = workbook_markup(archive)
    except _BROKEN_ARCHIVE as error:
        raise _damaged(file.name) from error
    return _read_sheets(file, markup)


def _read_compound(file: SpreadsheetFile) -> Workbook:
    try:
        stream, names = workbook_stream(file.content)
        if "EncryptedPackage" in names:
            raise _encrypted(file.name)
        markup = xls_markup(stream)
    except Encrypted:
        raise _encrypted(file.name) from None
    except Damaged as error:
        raise _damaged(file.name) from error
    return _read_sheets(file, markup)


def _read_sheets(file: SpreadsheetFile, markup: dict[str, SheetMarkup]) -> Workbook:
    sheets: list[Worksheet] = []
    hidden: list[str] = []
    for name, known in markup.items():
        if known.rows * known.columns > _MAX_CELLS:
            raise _too_large(file.name, f"工作表“{name}”一直写到第{known.rows}行第{known.columns}列")
    try:
        with CalamineWorkbook.from_object(io.BytesIO(file.content)) as workbook:
            for described in workbook.sheets_metadata:
                if described.typ != SheetTypeEnum.WorkSheet:
                    continue
                if described.visible != SheetVisibleEnum.Visible:
                    hidden.append(described.name)
                    continue
                sheet = workbook.get_sheet_by_name(described.name)
                rows = sheet.to_python(skip_empty_area=False)
                known = markup.get(described.name, SheetMarkup())
                known.merged.extend(
                    ((top + 1, left + 1), (bottom + 1, right + 1))
                    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
                )
                sheets.append(_sheet(file.name, described.name, rows, known))
    except PasswordError:
        raise _encrypted(file.name) from None
    except (CalamineError, OSError) as error:
        raise _damaged(file.name) from error
    except BaseException as error:
        # The reader is written in Rust: where it did not expect a fault in a file it panics, and that comes
        # as a class of its own outside `Exception` which cannot be imported.
        if type(error).__name__ != "PanicException":
            raise
        raise _damaged(file.name) from error
    return Workbook(file.name, tuple(sheets), tuple(hidden))


def _sheet(file: str, name: str, raw: Iterable[Sequence[object]], markup: SheetMarkup) -> Worksheet:
    rows = [[_content(value) for value in row] for row in raw]

    def put(row: int, column: int, value: Content) -> None:
        # A faulty last cell has no value, so the grid may end before it.
        while len(rows) < row:
            rows.append([])
        line = rows[row - 1]
        line.extend([""] * (column - len(line)))
        line[column - 1] = value

    for row, column in markup.percents:
        if row <= len(rows) and column <= len(rows[row - 1]):
            value = rows[row - 1][column - 1]
            if isinstance(value, Decimal):
                put(row, column, f"{(value * 100).normalize():f}%")
    for (row, column), fault in markup.faults.items():
        put(row, column, fault)
    filled = set()
    for (top, left), (bottom, _) in markup.merged:
        if top <= len(rows) and left <= len(rows[top - 1]) and rows[top - 1][left - 1] != "":
            for row in range(top + 1, min(bottom, len(rows)) + 1):
                put(row, left, rows[top - 1][left - 1])
                filled.add((row, left))
    return Worksheet(file, name, tuple(map(tuple, rows)), frozenset(markup.hidden_rows), frozenset(filled))


def _content(value: object) -> Content:
    match value:
        case str():
            return value.strip()
        case bool() | dt.date() | dt.time():
            return value
        case int():
            return Decimal(value)
        case float():
            # Fifteen significant digits are what every spreadsheet program shows: 0.1+0.2 is 0.3.
            number = Decimal(f"{value:.15g}")
            return abs(number) if number.is_zero() else number if number.is_finite() else CellFault.ERROR
        case dt.timedelta():
            return str(value)
    raise AssertionError(f"the reader gave a {type(value)}")


def _read_text(file: SpreadsheetFile) -> Workbook:
    text, guessed = decode(file.name, file.content)
    if text.lstrip()[:1] == "<":
        raise Refused(
            ReadingReason.UNREADABLE,
            f"“{file.name}”其实是网页，不是表格。请用电子表格软件打开，另存为 xlsx 后再导入。",
        )
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        if "'" in text:
            rows = tuple(tuple([unprotected(cell.strip()) for cell in row]) for row in reader)
        else:
            rows = tuple(tuple([cell.strip() for cell in row]) for row in reader)
    except csv.Error as error:
        raise _damaged(file.name) from error
    return Workbook(file.name, (Worksheet(file.name, "", rows),), guessed_encoding=guessed)


def _delimiter(text: str) -> str:
    """Comma, tab or semicolon: whichever the first lines hold most of."""
    head = text[:4000]
    return max(",\t;", key=head.count)


def _damaged(name: str) -> Refused:
    return Refused(
        ReadingReason.UNREADABLE,
        f"“{name}”不是能读的表格文件，或者文件已损坏。请用电子表格软件打开，另存为 xlsx 或 csv 后再导入。",
    )


def _encrypted(name: str) -> Refused:
    return Refused(ReadingReason.ENCRYPTED, f"“{name}”设有打开密码。请用电子表格软件去掉密码，另存后再导入。")


def _too_large(name: str, why: str) -> Refused:
    return Refused(
        ReadingReason.TOO_LARGE, f"“{name}”太大：{why}。请删去表格以外多余的行和列，另存后再导入。"
    )
