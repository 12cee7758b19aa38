"""Which values does one row of a table give, and what is wrong with it?"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeVar

from gaoxin_vote.domain.labelled import Labelled
from gaoxin_vote.domain.rounding import round_half_up
from gaoxin_vote.domain.spelling import visible_text
from gaoxin_vote.domain.units import Unit
from gaoxin_vote.spreadsheets.cells import day_of, matching, narrow, number_of, share_of, text_of, yes_or_no
from gaoxin_vote.spreadsheets.layout import Format, Layout
from gaoxin_vote.spreadsheets.naming import UnitNames
from gaoxin_vote.spreadsheets.problems import Finding, Level, Problem
from gaoxin_vote.spreadsheets.reading.markup import CellDoubt, CellFault
from gaoxin_vote.spreadsheets.reading.spreadsheet import Content

E = TypeVar("E", bound=Labelled)
T = TypeVar("T")

_SHORT = 15
"""Numbers with so few digits before the point are rounded without leaving the usual precision."""


@dataclass(frozen=True, slots=True)
class RowCells:
    """The cells of one row: of a file, or typed in a window."""

    values: Mapping[str, Content]
    """What stands in each column that the table has."""
    number: int = 0
    """The number of the row in its sheet or table, from 1."""
    sheet: str = ""
    """The name of its sheet; empty where there is but one table."""
    merged: frozenset[str] = frozenset()
    """The columns that only have the value of a merged cell which begins in a row above."""
    is_wide: bool = False
    """Whether the row stands for one cell of a table with a column for each indicator."""
    is_kept: bool = False
    """Whether the row is none of the file, but what is kept already and stays beside it."""
    doubts: Mapping[str, CellDoubt] = field(default_factory=dict)
    """Why the values of some columns may not be meant."""

    @property
    def place(self) -> str:
        """Such as 第5行."""
        return f"{'现有内容' if self.is_kept else ''}第{self.number}行"

    def shown(self, field: str) -> str:
        """What stands in column `field` (the first, where several are joined by ``+``), as text."""
        return text_of(self.values.get(field.partition("+")[0], ""))


class Row:
    """Reads the cells of one row as values; every fault is noted at its cell, and the row has failed.

    A method that finds a fault gives a stand-in value, so that the other cells can be looked at too: use the
    values only when `failed` is false.
    """

    __slots__ = ("_layout", "_unprintable", "_values", "cells", "failed", "findings", "identities")

    def __init__(self, cells: RowCells, layout: Layout, unprintable: Callable[[str], str]) -> None:
        self.cells = cells
        self._values = {
            field: content
            if not isinstance(content, str) or content.isascii()
            else visible_text(content).strip()
            for field, content in cells.values.items()
        }
        self._layout, self._unprintable = layout, unprintable
        self.findings: list[Finding] = []
        self.identities: list[tuple[str, str, str]] = []
        """Column, key and words of what the row says it is: no two rows may say the same."""
        self.failed = False

    def identify(self, field: str, key: str, words: str) -> None:
        """Say that no other row may have the same `key` in column `field`; `words` name what is double."""
        self.identities.append((field, key, words))

    def has(self, field: str) -> bool:
        """Whether the table has the column."""
        return field in self._values

    def is_empty(self, field: str) -> bool:
        """Whether the cell is empty (an error is not)."""
        return self._values.get(field, "") == ""

    def note(
        self, level: Level, problem: Problem, message: str, field: str, value: str | None = None
    ) -> None:
        """Note a problem of the cell in column `field` (the first, where several are joined by ``+``)."""
        self.failed = self.failed or level is Level.ERROR
        shown = self._shown(field) if value is None else value
        self.findings.append(Finding(level, problem, message, field, shown))

    def error(self, problem: Problem, message: str, field: str) -> None:
        """Note an error of the cell in column `field`."""
        self.note(Level.ERROR, problem, message, field)

    def share(self, field: str) -> Decimal | None:
        """The fraction a cell gives as a percentage; None where it is no percentage."""
        content = self._values.get(field, "")
        return share_of(content) if isinstance(content, str) and content[-1:] in "%％" else None

    def text(self, field: str, default: str = "") -> str:
        """The text of a cell; empty where it may be."""
        content = self._values.get(field, "")
        if content == "":
            self._want(field)
            return default
        if isinstance(content, str):
            if words := self._unprintable(content):
                self.error(Problem.UNPRINTABLE, words, field)
            return content
        if isinstance(content, CellFault):
            self._fault(field, content)
        return text_of(content)

    def number_or_none(
        self,
        field: str,
        *,
        missing: Problem = Problem.VALUE_MISSING,
        wrong: Problem = Problem.NOT_NUMBER,
        below: Problem = Problem.TOO_SMALL,
        merged: Problem = Problem.CELL_MERGED,
    ) -> Decimal | None:
        """The number in a cell; None where it is empty or faulty.

        An empty cell and an error cell are never a zero. `missing`, `wrong`, `below` and `merged` are what is
        noted of a cell without a value, with something else than a number, with a number below the least that
        its column allows, and without a value of its own where the column wants one.
        """
        if self.is_merged(field, merged):
            return None
        content = self._values.get(field, "")
        if content == "":
            self._want(field, missing)
            return None
        if isinstance(content, CellFault):
            self._fault(field, content, missing)
            return None
        number = content if isinstance(content, Decimal) else self._spelled(field, content, wrong)
        if number is None:
            return None
        least, most = self._layout.by_field[field].bounds
        if least is not None and number < least:
            words = "是负数，应为不小于0的数" if least == 0 else f"太小，应为不小于{least}的数"
            self.error(below, f"“{self._shown(field)}”{words}。", field)
            return None
        if most is not None and number > most:
            self.error(Problem.TOO_LARGE, f"“{self._shown(field)}”太大，应为不大于{most}的数。", field)
            return None
        return number

    def is_merged(self, field: str, problem: Problem = Problem.CELL_MERGED) -> bool:
        """Whether the cell has a value from above only, where its column wants one of its own; then noted."""
        column = self._layout.by_field[field]
        if column.fills_down or field not in self.cells.merged:
            return False
        words = f"{column.heading}与上一行合并在一格，应每行各填{column.heading}。"
        self.error(problem, words, field)
        return True

    def whole(self, field: str, default: int = 0) -> int:
        """The whole number in a cell; `default` where it may be empty."""
        number = self.number_or_none(field)
        if number is None:
            return default
        if number != number.to_integral_value():
            self.error(Problem.NOT_WHOLE_NUMBER, f"“{self._shown(field)}”不是整数。", field)
            return default
        return int(number)

    def day(self, field: str) -> dt.date | None:
        """The day in a cell; None where it may be empty."""
        content = self._values.get(field, "")
        if content == "":
            self._want(field)
            return None
        if isinstance(content, CellFault):
            self._fault(field, content)
            return None
        found = day_of(content)
        if found is None:
            self.error(
                Problem.NOT_DATE,
                f"“{self._shown(field)}”不是日期，应写成 2018-01-10 或 2018年1月10日。",
                field,
            )
        return found

    def decision(self, field: str, words: Mapping[str, bool] | None = None) -> bool | None:
        """Yes or no; None where it may be empty. `words` are further words that are understood."""
        text = self.text(field)
        if not text:
            return None
        found = (words or {}).get(matching(text))
        found = yes_or_no(text) if found is None else found
        if found is None:
            self.error(Problem.UNKNOWN_WORD, f"“{text}”应为“是”或“否”。", field)
        return found

    def word(self, field: str, kind: type[E], synonyms: Mapping[str, E] | None = None) -> E | None:
        """The member of `kind` that a cell names by its label; None where it may be empty."""
        text = self.text(field)
        if not text:
            return None
        word = matching(text)
        for member in kind:
            if word == member.label:
                return member
        if synonyms and word in synonyms:
            return synonyms[word]
        self.unknown_word(field, [member.label for member in kind])
        return None

    def one_of(self, field: str, allowed: list[str], words: Mapping[str, T]) -> T | None:
        """The value that a cell names by one of `words`; the `allowed` are told where it names none."""
        text = self.text(field)
        if not text:
            return None
        for word, value in words.items():
            if matching(word) == matching(text):
                return value
        self.unknown_word(field, allowed)
        return None

    def unknown_word(self, field: str, allowed: list[str]) -> None:
        """Note that a cell holds none of the words it should."""
        words = "、".join(f"“{word}”" for word in allowed)
        shown = self._shown(field)
        told = f"“{shown}”" if shown else f"“{self._layout.by_field[field].heading}”没有填写，"
        self.error(Problem.UNKNOWN_WORD, f"{told}应为以下之一：{words}。", field)

    def words(self, field: str) -> tuple[str, ...]:
        """The names in a cell, parted by 、 or ； or ; or a line break."""
        text = self.text(field)
        if not text:
            return ()
        for mark in "；;\n":
            text = text.replace(mark, "、")
        return tuple(name for name in (part.strip() for part in text.split("、")) if name)

    def note_doubts(self) -> None:
        """Say which values may not be meant: once for a row that is struck through, else cell by cell."""
        struck = ""
        for name, doubt in self.cells.doubts.items():
            column = self._layout.by_field.get(name)
            if column is None or self.is_empty(name):
                continue
            if doubt is CellDoubt.PARTLY_STRUCK and column.format is not Format.TEXT:
                words = f"“{column.heading}”{doubt.value}，分不清哪些算数，请重新填写这一格。"
                self.error(Problem.STRUCK_THROUGH, words, name)
            elif doubt in (CellDoubt.STRUCK, CellDoubt.PARTLY_STRUCK):
                struck = struck or name
            else:
                self.note(Level.WARNING, Problem.ZERO_DOUBTFUL, f"{doubt.value}，请核对。", name)
        if struck:
            words = "这一行有划了删除线的内容，仍已读入；作废的请删去后重新导入。"
            self.note(Level.WARNING, Problem.STRUCK_THROUGH, words, struck)

    def unit(self, names: UnitNames) -> Unit | None:
        """The unit the row is about, by code and name, or by name alone; None with an error noted."""
        code, name = text_of(self._values.get("unit_code", "")), text_of(self._values.get("unit_name", ""))
        found = names.find(code, name)
        if code:
            if found.by_code is None and found.by_name is not None:
                known = found.by_name
                words = f"单位名单中没有代码“{code}”，“{name}”的代码是{known.code}，请核对代码和名称。"
                self.error(Problem.UNKNOWN_UNIT, words, "unit_code")
            elif found.by_code is None:
                self.error(
                    Problem.UNKNOWN_UNIT, f"单位名单中没有代码“{code}”，请按单位名单填写。", "unit_code"
                )
            elif name and found.by_name != found.by_code:
                self.error(
                    Problem.CODE_NAME_MISMATCH,
                    f"代码{code}是“{found.by_code.name}”，这里却写着“{name}”，请核对代码和名称。",
                    "unit_name",
                )
            elif matching(code) != matching(found.by_code.code):
                words = f"代码“{code}”少了前面的0，按“{found.by_code.code}”{found.by_code.name}读入，请核对。"
                self.note(Level.WARNING, Problem.ZEROS_LOST, words, "unit_code", found.by_code.code)
            return found.by_code
        if not name:
            return self._unit_of_sheet(names)
        if found.ambiguous:
            self.error(Problem.AMBIGUOUS_UNIT, f"“{name}”是不止一个单位的别名，请填写单位代码。", "unit_name")
        elif found.by_name is None:
            self.error(Problem.UNKNOWN_UNIT, f"单位名单中没有“{name}”，请按单位名单填写。", "unit_name")
        else:
            self.note(
                Level.OK,
                Problem.UNIT_RESOLVED_BY_NAME,
                f"没有单位代码，按名称“{name}”认作{found.by_name.code}。",
                "unit_code",
                found.by_name.code,
            )
        return found.by_name

    def other_unit(self, field: str, names: UnitNames) -> Unit | None:
        """The unit that a cell names by code or by name; None where it is empty or unknown."""
        text = self.text(field)
        if not text:
            return None
        found = names.called(text)
        if found is None:
            self.error(Problem.UNKNOWN_UNIT, f"单位名单中没有“{text}”，请按单位名单填写。", field)
        return found

    def _unit_of_sheet(self, names: UnitNames) -> Unit | None:
        """Where a workbook has one sheet for each unit, the sheet's name says which."""
        found = names.called(self.cells.sheet)
        if found is None or self.has("unit_code") or self.has("unit_name"):
            self.error(Problem.UNIT_MISSING, "没有填写单位，应填单位代码或单位名称。", "unit_code")
            return None
        return found

    def _spelled(self, field: str, content: Content, wrong: Problem) -> Decimal | None:
        """The number a text spells, with a note when it took full-width digits."""
        text = content if isinstance(content, str) else ""
        number = number_of(text)
        if number is None:
            hint = "，不能用百分数" if share_of(text) is not None else ""
            self.error(wrong, f"“{self._shown(field)}”不是数字，应填写数{hint}。", field)
        elif not text.isascii() and narrow(text) != text:
            self.note(
                Level.OK,
                Problem.FULLWIDTH_NORMALISED,
                f"全角数字“{text}”按{number}读入。",
                field,
                f"{number:f}",
            )
        return number

    def rounded(self, field: str, number: Decimal, decimals: int) -> Decimal:
        """`number` with so many decimals, half up, with a warning where that changes it."""
        if number.adjusted() < _SHORT:
            rounded = number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
        else:
            rounded = round_half_up(number, decimals)
        if rounded != number:
            self.note(
                Level.WARNING,
                Problem.TOO_MANY_DECIMALS,
                f"“{self._shown(field)}”小数多于{decimals}位，四舍五入为{rounded}。",
                field,
                f"{rounded:f}",
            )
        return rounded

    def _want(self, field: str, problem: Problem = Problem.VALUE_MISSING) -> None:
        column = self._layout.by_field[field]
        if column.required:
            self.error(problem, f"“{column.heading}”没有填写。{column.note}。", field)

    def _fault(self, field: str, fault: CellFault, problem: Problem = Problem.CELL_ERROR) -> None:
        column = self._layout.by_field[field]
        self.error(
            problem,
            f"“{column.heading}”这一格{fault.value}，没有值。请改成数值或文字，"
            "或用 Excel 或 WPS 重新计算并保存后再导入。",
            field,
        )

    def _shown(self, field: str) -> str:
        return self.cells.shown(field)
