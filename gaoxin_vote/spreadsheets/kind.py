"""What is a file of one kind: its columns, the key of its rows, and the rows a value is written as?"""

import datetime as dt
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, TypeVar

from gaoxin_vote.domain.units import UnitCode
from gaoxin_vote.spreadsheets.layout import Layout
from gaoxin_vote.spreadsheets.naming import UnitNames
from gaoxin_vote.spreadsheets.problems import Findings, Level, Problem, Spot
from gaoxin_vote.spreadsheets.row import Row

T = TypeVar("T")

Written = str | int | Decimal | dt.date | bool | None
"""What is written to a cell; None and the empty text leave it empty."""


@dataclass(frozen=True, slots=True)
class Kind(Generic[T]):
    """A kind of file that holds values of type `T`."""

    layout: Layout
    key: Callable[[T], str]
    """The natural key: two values with the same key speak of the same thing."""
    rows: Callable[[T, UnitNames], tuple[tuple[Written, ...], ...]]
    """The row, or rows, of a value, a cell for each column of the layout."""


def note_missing_units(names: UnitNames, found: Collection[UnitCode], findings: Findings) -> None:
    """Say which units have no row that could be taken over."""
    missing = [unit for unit in names.units if unit.code not in found]
    if missing:
        words = shortened([f"{unit.code}{unit.name}" for unit in missing])
        findings.add(
            Level.ERROR,
            Problem.UNITS_MISSING_FROM_FILE,
            f"文件中没有以下单位可用的行：{words}。每个单位都要有。",
            Spot(field="unit_code"),
            value="、".join(unit.code for unit in missing),
        )


def shortened(words: Sequence[str], most: int = 30) -> str:
    """A list in one line, cut off where it is too long to be read."""
    return "、".join(words[:most]) + (f"等共{len(words)}个" if len(words) > most else "")


class Seen:
    """Finds rows that are there a second time."""

    def __init__(self) -> None:
        self._rows: dict[str, tuple[str, int]] = {}

    def is_new(self, key: str, row: Row, field: str, words: str) -> bool:
        """Whether `key` comes for the first time; else an error is noted, `words` saying what is double."""
        sheet, number = self._rows.setdefault(key, (row.sheet, row.number))
        if (sheet, number) != (row.sheet, row.number):
            where = f"工作表“{sheet}”第{number}行" if sheet != row.sheet else f"第{number}行"
            row.error(Problem.DUPLICATE, f"{words}与{where}重复，只能保留一行。", field)
            return False
        return True
