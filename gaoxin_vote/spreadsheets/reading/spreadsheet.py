"""What stands in the cells of a file that somebody handed in?"""

import csv
import datetime as dt
import io
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
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
from gaoxin_vote.files import FileReason, read_whole
from gaoxin_vote.spreadsheets.reading.biff import Encrypted, xls_markup
from gaoxin_vote.spreadsheets.reading.builtin_password import opens_without_asking
from gaoxin_vote.spreadsheets.reading.columns import column_letters
from gaoxin_vote.spreadsheets.reading.compound import Damaged, workbook_stream
from gaoxin_vote.spreadsheets.reading.encoding import decode
from gaoxin_vote.spreadsheets.reading.foreign import foreign_message
from gaoxin_vote.spreadsheets.reading.markup import CellDoubt, CellFault, Position, SheetMarkup
from gaoxin_vote.spreadsheets.reading.number_format import Percent, hides_zero, percent_of
from gaoxin_vote.spreadsheets.reading.ods import is_open_document, open_document
from gaoxin_vote.spreadsheets.reading.package import (
    BinaryPackage,
    NotASpreadsheet,
    is_package,
    open_package,
)
from gaoxin_vote.spreadsheets.reading.parts import Locked, Parts, TooMuch, require_rows
from gaoxin_vote.spreadsheets.reading.separated import OpenQuote, read_separated

Content = str | Decimal | dt.date | dt.time | bool | CellFault
"""What a cell holds; an empty cell is the empty text, which is never a zero."""

PASTED = "粘贴的内容"
"""What a block of cells is called that was pasted and came from no file."""
_MAX_BYTES = 100 * 2**20
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
            if path.is_dir() or not path.exists():
                raise Refused(ReadingReason.MISSING, f"没有找到文件“{path.name}”，请重新选择。")
            return cls(path.name, read_whole(path, _MAX_BYTES))
        except Refused as error:
            if error.reason is FileReason.TOO_LARGE:
                raise _too_large(path.name, f"文件超过{_MAX_BYTES // 2**20}MB") from None
            raise
        except (OSError, Unavailable) as error:
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
    hidden_columns: frozenset[int] = frozenset()
    """Numbers (from 1) of hidden columns: they are read like the others."""
    filled: frozenset[tuple[int, int]] = frozenset()
    """Row and column (from 1) of cells that got the value of the merged cell they belong to."""
    doubts: Mapping[Position, CellDoubt] = field(default_factory=dict)
    """Row and column (from 1) of cells whose value may not be meant, and why."""


@dataclass(frozen=True, slots=True)
class Workbook:
    """All sheets of a file."""

    file: str
    sheets: tuple[Worksheet, ...]
    """The visible ones."""
    hidden_sheets: tuple[Worksheet, ...] = ()
    """What stands in them is not taken over, but must be said."""
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
    try:
        if file.content.startswith(_ZIP):
            return _read_zip(file)
        if file.content.startswith(_COMPOUND):
            return _read_compound(file)
        return _read_text(file)
    except TooMuch as error:
        raise _too_large(file.name, str(error)) from None


def _read_zip(file: SpreadsheetFile) -> Workbook:
    content = file.content
    try:
        parts = Parts(content)
        if is_open_document(parts):
            markup, content = open_document(parts)
        elif is_package(parts):
            markup, content = open_package(parts)
        else:
            raise NotASpreadsheet
    except Locked:
        raise _encrypted(file.name) from None
    except BinaryPackage:
        raise Refused(
            ReadingReason.UNREADABLE,
            f"“{file.name}”其实是Excel二进制工作簿（xlsb），读不出其中的格式。"
            "请用 Excel 或 WPS 打开，另存为 xlsx 后再导入。",
        ) from None
    except NotASpreadsheet:
        raise _no_table(file) from None
    except _BROKEN_ARCHIVE as error:
        raise _damaged(file.name) from error
    return _read_sheets(file.name, content, markup)


def _read_compound(file: SpreadsheetFile) -> Workbook:
    try:
        stream, names = workbook_stream(file.content)
        if "EncryptedPackage" in names:
            raise _protected(file)
        if not stream:
            raise _no_table(file)
        markup = xls_markup(stream)
    except Encrypted:
        raise _protected(file) from None
    except Damaged as error:
        raise _damaged(file.name) from error
    return _read_sheets(file.name, file.content, markup)


def _read_sheets(file: str, content: bytes, markup: list[tuple[str, SheetMarkup]]) -> Workbook:
    sheets: list[Worksheet] = []
    hidden: list[Worksheet] = []
    for name, known in markup:
        if known.rows * known.columns > _MAX_CELLS:
            raise _too_large(file, f"工作表“{name}”一直写到第{known.rows}行第{known.columns}列")
    try:
        with CalamineWorkbook.from_object(io.BytesIO(content)) as workbook:
            if len(workbook.sheets_metadata) != len(markup):
                # What nobody looked at beyond its values could hold percentages and errors.
                raise _damaged(file)
            for index, described in enumerate(workbook.sheets_metadata):
                if described.typ != SheetTypeEnum.WorkSheet:
                    continue
                sheet = workbook.get_sheet_by_index(index)
                rows = sheet.to_python(skip_empty_area=False)
                known = markup[index][1]
                known.merged.extend(
                    ((top + 1, left + 1), (bottom + 1, right + 1))
                    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
                )
                is_visible = described.visible == SheetVisibleEnum.Visible
                (sheets if is_visible else hidden).append(_sheet(file, described.name, rows, known))
    except PasswordError:
        raise _encrypted(file) from None
    except (CalamineError, OSError) as error:
        raise _damaged(file) from error
    except BaseException as error:
        # The reader is written in Rust: where it did not expect a fault in a file it panics, and that comes
        # as a class of its own outside `Exception` which cannot be imported.
        if type(error).__name__ != "PanicException":
            raise
        raise _damaged(file) from error
    return Workbook(file, tuple(sheets), tuple(hidden))


def _sheet(file: str, name: str, raw: Iterable[Sequence[object]], markup: SheetMarkup) -> Worksheet:
    rows = [[_content(value) for value in row] for row in raw]
    require_rows(sum(any(value != "" for value in row) for row in rows))
    doubts = _doubts(rows, markup)

    def put(row: int, column: int, value: Content) -> None:
        # A faulty last cell has no value, so the grid may end before it.
        while len(rows) < row:
            rows.append([])
        line = rows[row - 1]
        line.extend([""] * (column - len(line)))
        line[column - 1] = value

    for (row, column), code in markup.formats.items():
        value = _at(rows, (row, column))
        if isinstance(value, Decimal) and (percent := percent_of(code, value)) is not Percent.NONE:
            shown = value * 100 if percent is Percent.SCALED else value
            put(row, column, f"{shown.normalize():f}%")
    for (row, column), fault in markup.faults.items():
        put(row, column, fault)
    filled = set()
    # Merged cells of an honest file do not overlap; those of another could be filled for hours.
    if sum(max(0, min(bottom, len(rows)) - top) for (top, _), (bottom, _) in markup.merged) > _MAX_CELLS:
        raise _too_large(file, f"工作表“{name}”的合并单元格互相重叠")
    for (top, left), (bottom, _) in markup.merged:
        if top <= len(rows) and left <= len(rows[top - 1]) and rows[top - 1][left - 1] != "":
            for row in range(top + 1, min(bottom, len(rows)) + 1):
                put(row, left, rows[top - 1][left - 1])
                filled.add((row, left))
    return Worksheet(
        file,
        name,
        tuple(map(tuple, rows)),
        frozenset(markup.hidden_rows),
        frozenset(markup.hidden_columns),
        frozenset(filled),
        doubts,
    )


def _at(rows: Sequence[Sequence[Content]], place: Position) -> Content:
    row, column = place
    return rows[row - 1][column - 1] if row <= len(rows) and column <= len(rows[row - 1]) else ""


def _doubts(rows: Sequence[Sequence[Content]], markup: SheetMarkup) -> dict[Position, CellDoubt]:
    """The cells whose value may not be meant; of several reasons the gravest."""
    doubts = dict(markup.doubts)
    if markup.hides_zeros:
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(row, 1):
                if _is_zero(value):
                    doubts[number, column] = CellDoubt.HIDDEN_ZERO
    for place, code in markup.formats.items():
        value = _at(rows, place)
        if isinstance(value, Decimal) and hides_zero(code, value):
            doubts[place] = CellDoubt.HIDDEN_ZERO
    doubts.update((place, CellDoubt.FORMULA_ZERO) for place in markup.formulas if _is_zero(_at(rows, place)))
    return doubts


def _is_zero(value: Content) -> bool:
    return value == 0 if isinstance(value, Decimal) else value in ("0", "0.0", "0.00")


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


def read_pasted(text: str) -> Workbook:
    """The sheet that a block of cells copied from a spreadsheet program makes, under the name `PASTED`.

    Raises `Refused` where a quotation mark was never closed, and for too many rows.
    """
    try:
        # What spreadsheet programs copy is parted by tabs, whatever signs the texts have.
        return _separated(PASTED, text, separator="\t" if "\t" in text else "")
    except TooMuch as error:
        raise _too_large(PASTED, str(error)) from None


def _read_text(file: SpreadsheetFile) -> Workbook:
    if foreign_message(file.content):
        raise _no_table(file)
    text, guessed = decode(file.name, file.content)
    return _separated(file.name, text, guessed)


def _separated(name: str, text: str, guessed: str = "", separator: str = "") -> Workbook:
    try:
        rows = read_separated(text, separator)
    except OpenQuote as error:
        raise Refused(
            ReadingReason.UNREADABLE,
            f"“{name}”第{error.row}行{column_letters(error.column)}列有一个没有配对的引号，"
            "后面的行都被当成了这一格的文字。请补上或删去引号，另存后再导入。",
        ) from None
    except csv.Error as error:
        raise _damaged(name) from error
    return Workbook(name, (Worksheet(name, "", rows),), guessed_encoding=guessed)


def _no_table(file: SpreadsheetFile) -> Refused:
    message = foreign_message(file.content)
    return Refused(ReadingReason.UNREADABLE, f"“{file.name}”{message}") if message else _damaged(file.name)


def _damaged(name: str) -> Refused:
    return Refused(
        ReadingReason.UNREADABLE,
        f"“{name}”不是能读的表格文件，或者文件已损坏。请用 Excel 或 WPS 打开，另存为 xlsx 后再导入。",
    )


def _encrypted(name: str) -> Refused:
    return Refused(
        ReadingReason.ENCRYPTED, f"“{name}”设有打开密码。请用 Excel 或 WPS 去掉密码，另存后再导入。"
    )


def _protected(file: SpreadsheetFile) -> Refused:
    """Encrypted with a password, or with the one that every program knows: then nobody is asked for it."""
    if not opens_without_asking(file.content):
        return _encrypted(file.name)
    return Refused(
        ReadingReason.ENCRYPTED,
        f"“{file.name}”的工作簿设有保护（不是打开密码）。"
        "请在 Excel 或 WPS 的“审阅”中撤销“保护工作簿”，另存后再导入。",
    )


def _too_large(name: str, why: str) -> Refused:
    return Refused(
        ReadingReason.TOO_LARGE, f"“{name}”太大：{why}。请删去表格以外多余的行和列，另存后再导入。"
    )
