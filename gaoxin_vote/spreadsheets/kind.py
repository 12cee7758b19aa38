"""What is an input of one kind: its columns, how a row is read and written, and what all rows must be?

Everything else follows from it: the import of a file, a row typed in a window, the empty form, the export,
what a folder and a package hold.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum
from typing import Any, Generic, TypeVar

from gaoxin_vote.domain.labelled import Labelled
from gaoxin_vote.domain.season import out_of_season
from gaoxin_vote.domain.units import UnitCode
from gaoxin_vote.spreadsheets.context import Context
from gaoxin_vote.spreadsheets.layout import Format, Layout
from gaoxin_vote.spreadsheets.naming import UnitNames
from gaoxin_vote.spreadsheets.problems import Finding, Findings, Level, Problem
from gaoxin_vote.spreadsheets.reading.spreadsheet import Content, Worksheet
from gaoxin_vote.spreadsheets.row import Row, RowCells
from gaoxin_vote.spreadsheets.table import Line

T = TypeVar("T")

Written = str | int | Decimal | dt.date | bool | None
"""What is written to a cell; None and the empty text leave it empty."""

WrittenRow = Mapping[str, Written]
"""What is written to the cells of a row, by the names of their columns; a column left out stays empty."""


class RowPart:
    """What one row gives where it is not yet a value: where a value takes several rows, or all of them."""

    __slots__ = ()


class InFolder(Enum):
    """When a folder that is assessed has the file of a kind."""

    REQUIRED = "required"
    OPTIONAL = "optional"
    COMPLETE = "complete"
    """Only in a complete folder, such as the package's."""


@dataclass(frozen=True, slots=True)
class ReadRow:
    """What one row gives, and what is to be said of it."""

    cells: RowCells
    value: Any
    """A value of the kind, or its part of one; None where the row gives none."""
    findings: tuple[Finding, ...]
    identities: tuple[tuple[str, str, str], ...]

    @property
    def failed(self) -> bool:
        """Whether the row has an error."""
        return any(finding.level is Level.ERROR for finding in self.findings)


def _no_check(rows: Sequence[ReadRow], context: Context) -> Iterator[Finding]:
    yield from ()


def _no_other_table(
    sheet: Worksheet, layout: Layout, context: Context, findings: Findings
) -> Iterator[Line] | None:
    return None


@dataclass(frozen=True, slots=True, eq=False)
class Kind(Generic[T]):
    """A kind of input that gives values of type `T`."""

    code: str
    """What is stored and never changes."""
    label: str
    """What windows call it."""
    meaning: str
    """What it is for, in a sentence for windows."""
    value: type[T]
    layout: Layout
    read: Callable[[Row, Context], T | RowPart | None]
    """The value of a row, or its part of one; what is wrong is noted at the row."""
    key: Callable[[T], str]
    """The natural key: two values with the same key speak of the same thing."""
    cells: Callable[[T, UnitNames], tuple[WrittenRow, ...]]
    """The row, or rows, that a value is written as; `written` does it for one row."""
    check: Callable[[Sequence[ReadRow], Context], Iterator[Finding]] = _no_check
    """What is to be said of all rows together, besides rows that are there twice."""
    gather: Callable[[Iterable[Any]], tuple[T, ...]] = tuple
    """The values that the parts of all rows make."""
    wide: Callable[[Worksheet, Layout, Context, Findings], Iterator[Line] | None] = _no_other_table
    """Another form of table in which the kind may come; None for a sheet that is none."""
    context: Callable[[Context, tuple[T, ...]], Context] | None = None
    """What other kinds are read against, once these values are known."""
    inputs: str = ""
    """The name of the values in `AssessmentInputs`."""
    folder: InFolder = InFolder.COMPLETE
    prefilled: Callable[[Context], Iterable[WrittenRow]] = lambda context: ()
    """The rows that an empty form has already."""
    subject: tuple[str, ...] = ()
    """The columns that say what an entry is about, where its key is a mere number: if they change under the
    same key, another entry has taken its place."""
    is_roster: bool = False
    """Whether sessions stand on it: who is assessed and who rates. It is entered with the setup."""

    def called(self, headings: Mapping[str, str]) -> "Kind[T]":
        """The kind as it reads a file with further `headings`, each with its field."""
        return replace(self, layout=self.layout.called(headings)) if headings else self

    def rows(self, value: T, names: UnitNames) -> tuple[tuple[Written, ...], ...]:
        """The row, or rows, of a value, a cell for each column of the layout."""
        fields = self.layout.fields
        return tuple(tuple(row.get(field) for field in fields) for row in self.cells(value, names))


@dataclass(frozen=True, slots=True)
class Readings(Generic[T]):
    """What all rows of a kind give together."""

    rows: tuple[ReadRow, ...]
    whole: tuple[Finding, ...]
    """What is to be said of all rows together."""
    values: tuple[T, ...]
    """Empty as soon as there is one error."""

    @property
    def failed(self) -> bool:
        """Whether there is an error."""
        return any(finding.level is Level.ERROR for finding in self.whole) or any(
            row.failed for row in self.rows
        )


def read_row(kind: Kind[Any], cells: RowCells, context: Context) -> ReadRow:
    """What one row gives, wherever its cells come from."""
    row = Row(cells, kind.layout, context.unprintable)
    value = kind.read(row, context)
    if cells.doubts and value is not None:
        row.note_doubts()
    return ReadRow(cells, value, tuple(row.findings), tuple(row.identities))


def read_rows(kind: Kind[T], cells: Iterable[RowCells], context: Context) -> Readings[T]:
    """What rows give together: read, compared with each other and checked as a whole."""
    return together(kind, [read_row(kind, each, context) for each in cells], context)


def together(kind: Kind[T], read: Sequence[ReadRow], context: Context) -> Readings[T]:
    """The same of rows that were `read` already."""
    rows = _with_twins(read)
    whole: list[Finding] = []
    found: dict[int, list[Finding]] = {}
    for finding in kind.check(rows, context):
        if finding.row is None:
            whole.append(finding)
        else:
            found.setdefault(finding.row, []).append(finding)
    for place, findings in found.items():
        rows[place] = replace(rows[place], findings=(*rows[place].findings, *findings))
    made: Readings[T] = Readings(tuple(rows), tuple(whole), ())
    if made.failed:
        return made
    values = kind.gather(values_of(rows))
    twice = [key for key, number in Counter(map(kind.key, values)).items() if number > 1]
    if twice:
        # What is kept is kept by its key: of two entries one would be lost.
        words = f"以下内容各有不止一项，只能保留一项：{shortened(twice)}。"
        return replace(made, whole=(*whole, Finding(Level.ERROR, Problem.DUPLICATE, words)))
    return replace(made, values=values)


def values_of(rows: Iterable[ReadRow]) -> tuple[Any, ...]:
    """What the rows without an error give."""
    return tuple(row.value for row in rows if row.value is not None and not row.failed)


def _with_twins(read: Sequence[ReadRow]) -> list[ReadRow]:
    """The rows, with an error at each that says it is what an earlier one is."""
    rows = list(read)
    first: dict[tuple[str, str], RowCells] = {}
    for place, row in enumerate(rows):
        for field, key, words in row.identities:
            other = first.setdefault((field, key), row.cells)
            if other is not row.cells:
                finding = twin(field, words, row.cells, other)
                rows[place] = replace(rows[place], findings=(*rows[place].findings, finding))
    return rows


def twin(field: str, words: str, cells: RowCells, other: RowCells, row: int | None = None) -> Finding:
    """The error at `cells` that `other` is there before; `words` say what is double."""
    elsewhere = other.sheet != cells.sheet and not other.is_kept
    where = f"工作表“{other.sheet}”{other.place}" if elsewhere else other.place
    return Finding(
        Level.ERROR,
        Problem.DUPLICATE,
        f"{words}与{where}重复，只能保留一行。",
        field,
        cells.shown(field),
        row,
    )


def written(layout: Layout, value: object, names: UnitNames, **others: Written) -> tuple[WrittenRow, ...]:
    """The one row of `value`: what each column is named after, and what `others` give instead.

    The columns of a unit's code and name show its `unit`.
    """
    row: dict[str, Written] = {}
    for column in layout.columns:
        if column.field in others:
            row[column.field] = others[column.field]
        elif column.format is Format.UNIT_CODE:
            row[column.field] = getattr(value, "unit")  # noqa: B009
        elif column.format is Format.UNIT_NAME:
            row[column.field] = names.name_of(getattr(value, "unit"))  # noqa: B009
        else:
            row[column.field] = _in_cell(getattr(value, column.field))
    return (row,)


def _in_cell(value: Any) -> Written:
    if isinstance(value, Labelled):
        return value.label
    content: Written = "、".join(value) if isinstance(value, tuple) else value
    return content


def cell_content(value: Written) -> Content:
    """What a cell holds once `value` is written to it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    return Decimal(value) if isinstance(value, int) else value


def kept_cells(kind: Kind[T], values: Iterable[T], names: UnitNames) -> list[RowCells]:
    """The rows of what is kept already, to be read beside others."""
    rows = (row for value in values for row in kind.cells(value, names))
    return [
        RowCells({field: cell_content(row.get(field)) for field in kind.layout.fields}, number, is_kept=True)
        for number, row in enumerate(rows, 1)
    ]


def note_missing_units(names: UnitNames, found: Collection[UnitCode]) -> Iterator[Finding]:
    """Say which units have no row that could be taken over."""
    missing = [unit for unit in names.units if unit.code not in found]
    if missing:
        words = shortened([f"{unit.code}{unit.name}" for unit in missing])
        yield Finding(
            Level.ERROR,
            Problem.UNITS_MISSING_FROM_FILE,
            f"文件中没有以下单位可用的行：{words}。每个单位都要有。",
            "unit_code",
            "、".join(unit.code for unit in missing),
        )


def note_odd_days(rows: Sequence[ReadRow], context: Context, *fields: str) -> Iterator[Finding]:
    """Say which days of the values, in the columns `fields`, are outside the year and its season (A39)."""
    for place, read in enumerate(rows):
        for field in fields if read.value is not None and not read.failed else ():
            odd = out_of_season(context.scheme, getattr(read.value, field))
            if odd is not None:
                shown = read.cells.shown(field)
                yield Finding(Level.WARNING, Problem.OUT_OF_SEASON, f"{odd}。", field, shown, place)


def shortened(words: Sequence[str], most: int = 30) -> str:
    """A list in one line, cut off where it is too long to be read."""
    return "、".join(words[:most]) + (f"等共{len(words)}个" if len(words) > most else "")


def each_unit(context: Context) -> Iterator[WrittenRow]:
    """The rows of a form that every unit has one of."""
    for unit in context.names.units:
        yield {"unit_code": unit.code, "unit_name": unit.name}


def each_indicator(context: Context) -> Iterator[WrittenRow]:
    """The rows of a form that has one for each indicator of each unit; one for a unit that has none yet."""
    for row in each_unit(context):
        indicators = context.catalogue.of_unit(UnitCode(str(row["unit_code"])))
        if not indicators:
            yield row
        for indicator in indicators:
            yield {
                **row,
                "indicator_code": indicator.code,
                "indicator_name": indicator.name,
                "full_score": indicator.full,
            }
