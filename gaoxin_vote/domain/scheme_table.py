"""Which value stands under a key of a scheme file, and what is wrong with it?"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

Word = TypeVar("Word")
Instead = TypeVar("Instead")

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


@dataclass(frozen=True, slots=True)
class SchemeFault:
    """One thing wrong with a scheme."""

    key: str
    """Dotted key, such as ``bonus.cap``."""
    words: str
    """What is wrong and what is allowed, in Chinese."""


@dataclass(slots=True)
class SchemeTable:
    """One table of a scheme file while it is read: takes values out and notes every fault.

    A reader returns a harmless value where it noted a fault, so that reading goes on to find all of them;
    the caller must give up when `faults` is not empty.
    """

    table: Mapping[str, object]
    path: str = ""
    faults: list[SchemeFault] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)
    absent: bool = False
    """The table itself is missing, which is one fault and not one for each of its keys."""
    decimals: int = 4
    """How many decimals a score may have."""

    def fault(self, key: str, words: str) -> None:
        """Note a fault of `key`."""
        self.faults.append(SchemeFault(self._dotted(key), words))

    def sound(self, *keys: str) -> bool:
        """Whether no fault of these keys is noted, so that their values can be compared."""
        faulty = {fault.key for fault in self.faults}
        dotted = tuple(self._dotted(key) for key in keys)
        return not any(key == fault or fault.startswith(f"{key}.") for key in dotted for fault in faulty)

    def has(self, key: str) -> bool:
        """Whether the key stands in the file."""
        return key in self.table

    def section(self, key: str) -> "SchemeTable":
        """The table under `key`."""
        value = self._take(key, "一组设置")
        if value is not None and not isinstance(value, Mapping):
            self._wrong(key, value, "一组设置", None)
        found = isinstance(value, Mapping)
        return SchemeTable(
            value if isinstance(value, Mapping) else {},
            self._dotted(key),
            self.faults,
            absent=not found,
            decimals=self.decimals,
        )

    def sections(self, key: str) -> tuple["SchemeTable", ...]:
        """The list of tables under `key`."""
        value = self._take(key, "若干组设置")
        if not isinstance(value, list) or not all(isinstance(item, Mapping) for item in value):
            if value is not None:
                self._wrong(key, value, "若干组设置", None)
            return ()
        return tuple(
            SchemeTable(item, f"{self._dotted(key)}[{index}]", self.faults, decimals=self.decimals)
            for index, item in enumerate(value, start=1)
        )

    def text(self, key: str, *, empty: bool = True) -> str:
        """A text."""
        allowed = "文字" if empty else "文字，不能为空"
        value = self._take(key, allowed)
        if isinstance(value, str) and (empty or value.strip()):
            return value
        return "" if value is None else self._wrong(key, value, allowed, "")

    def texts(self, key: str, *, number: int | None = None) -> tuple[str, ...]:
        """A list of different, non-empty texts; exactly `number` of them if given."""
        allowed = f"{number}个互不相同的词" if number else "互不相同的词的列表"
        value = self._take(key, allowed)
        good = isinstance(value, list) and all(isinstance(item, str) and item.strip() for item in value)
        if (
            isinstance(value, list)
            and good
            and len(set(value)) == len(value)
            and number in (None, len(value))
        ):
            return tuple(value)
        blank = ("",) * (number or 0)
        return blank if value is None else self._wrong(key, value, allowed, blank)

    def flag(self, key: str) -> bool:
        """true or false."""
        value = self._take(key, "true 或 false")
        if isinstance(value, bool):
            return value
        return False if value is None else self._wrong(key, value, "true 或 false", False)

    def whole(self, key: str, low: int, high: int) -> int:
        """A whole number within the bounds; the upper bound where it is faulty."""
        allowed = f"{low}至{high}的整数"
        value = self._take(key, allowed)
        if isinstance(value, int) and not isinstance(value, bool) and low <= value <= high:
            return value
        return high if value is None else self._wrong(key, value, allowed, high)

    def number(self, key: str, low: int | Decimal, high: int | Decimal, *, decimals: int = 4) -> Decimal:
        """A number within the bounds, written as a number or as text, with at most so many decimals."""
        allowed = f"{low}至{high}的数，至多{decimals}位小数"
        value = self._take(key, allowed)
        number = _decimal(value)
        if number is not None and low <= number <= high and number == round(number, decimals):
            return number
        return Decimal(low) if value is None else self._wrong(key, value, allowed, Decimal(low))

    def fraction(self, key: str, low: Fraction, high: Fraction) -> Fraction:
        """A fraction within the bounds, written such as "2/3"."""
        allowed = f'{low}至{high}的分数，如 "2/3"'
        value = self._take(key, allowed)
        if isinstance(value, str) and re.fullmatch(r"[0-9]{1,4}(/[1-9][0-9]{0,3})?", value):
            fraction = Fraction(value)
            if low <= fraction <= high:
                return fraction
        return high if value is None else self._wrong(key, value, allowed, high)

    def day(self, key: str) -> date:
        """A date, written 2018-01-10 as a date or as text."""
        allowed = "日期，如 2018-01-10"
        value = self._take(key, allowed)
        if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            try:
                value = date.fromisoformat(value)
            except ValueError:
                return self._wrong(key, value, allowed, date.min)
        if type(value) is date:
            return value
        return date.min if value is None else self._wrong(key, value, allowed, date.min)

    def word(self, key: str, words: Mapping[str, Word]) -> Word:
        """One of the given words."""
        allowed = "、".join(words) + "之一"
        value = self._take(key, allowed)
        if isinstance(value, str) and value in words:
            return words[value]
        first = next(iter(words.values()))
        return first if value is None else self._wrong(key, value, allowed, first)

    def words(self, key: str, words: Mapping[str, Word]) -> tuple[Word, ...]:
        """A list of different words of the given ones."""
        allowed = f"{'、'.join(words)}中若干个，不重复"
        value = self._take(key, allowed)
        if isinstance(value, list) and all(item in words for item in value if isinstance(item, str)):
            chosen = tuple(words[item] for item in value if isinstance(item, str))
            if len(chosen) == len(value) == len(set(chosen)):
                return chosen
        return () if value is None else self._wrong(key, value, allowed, ())

    def numbers(
        self, key: str, names: Sequence[str], low: int | Decimal, high: int | Decimal
    ) -> tuple[Decimal, ...]:
        """A table with a number for each of `names`, in their order."""
        section = self.section(key)
        numbers = tuple(section.number(name, low, high) for name in names)
        section.finish()
        return numbers

    def table_of_numbers(
        self, key: str, low: int, high: int, *, decimals: int = 4
    ) -> tuple[tuple[str, Decimal], ...]:
        """A table of numbers under names that the scheme chooses."""
        section = self.section(key)
        return tuple((name, section.number(name, low, high, decimals=decimals)) for name in section.table)

    def skip(self, *keys: str) -> None:
        """Leave keys unread, because what they may hold depends on something that is faulty."""
        self.taken.update(keys)

    def finish(self) -> None:
        """Note every key that nobody asked for."""
        for key in self.table:
            if key not in self.taken:
                known = "、".join(sorted(self.taken)) or "无"
                self.fault(key, f"方案中没有这一项；此处可用的项：{known}")

    def _take(self, key: str, allowed: str) -> object:
        self.taken.add(key)
        if key not in self.table:
            if not self.absent:
                self.fault(key, f"缺少此项，应为{allowed}")
            return None
        return self.table[key]

    def _wrong(self, key: str, value: object, allowed: str, instead: Instead) -> Instead:
        self.fault(key, f"现为“{value}”，应为{allowed}")
        return instead

    def _dotted(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key


def _decimal(value: object) -> Decimal | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int | Decimal):
        return Decimal(value) if Decimal(value).is_finite() else None
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        return Decimal(value)
    return None
