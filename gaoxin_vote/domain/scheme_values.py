"""Which kinds of values can a key of a scheme have, how is each read, written and told in words?"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, Protocol

from gaoxin_vote.domain.codec import plain
from gaoxin_vote.domain.contest import GRADES, ContestCode
from gaoxin_vote.domain.contest_rules import ContestRules, WeightGroup
from gaoxin_vote.domain.labelled import Labelled
from gaoxin_vote.domain.quota import Places
from gaoxin_vote.domain.record import COUNT_KEYS, RECORD_KEYS
from gaoxin_vote.domain.scheme_table import SchemeTable
from gaoxin_vote.domain.spoken import spoken_day
from gaoxin_vote.domain.standing import OrderKey, order_keys

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_CODE = re.compile("[a-z][a-z0-9_]{0,15}")
_NONE = "无"


class Value(Protocol):
    """A type with its bounds. What `written` gives, `read` takes."""

    @property
    def allowed(self) -> str:
        """What may stand there, in Chinese."""

    def read(self, table: SchemeTable, name: str) -> Any:
        """The value under `name`; a harmless one where a fault was noted."""

    def written(self, value: Any) -> str:
        """The value as TOML; equal values are written alike."""

    def words(self, value: Any) -> str:
        """The value as an officer says it."""


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text."""

    empty: bool = True

    @property
    def allowed(self) -> str:
        return "文字" if self.empty else "文字，不能为空"

    def read(self, table: SchemeTable, name: str) -> str:
        return table.text(name, empty=self.empty)

    def written(self, value: str) -> str:
        return quoted(value)

    def words(self, value: str) -> str:
        return value or _NONE


@dataclass(frozen=True, slots=True)
class Code:
    """The code of a contest, which must not be a word that the record uses otherwise."""

    @property
    def allowed(self) -> str:
        return "小写字母开头的小写字母、数字和下划线，至多16个"

    def read(self, table: SchemeTable, name: str) -> ContestCode:
        code = table.text(name, empty=False)
        if table.sound(name) and not _CODE.fullmatch(code):
            table.fault(name, f"现为“{code}”，应为{self.allowed}")
        elif code in RECORD_KEYS or code in {key.code for key in order_keys(())}:
            table.fault(name, f"“{code}”另有含义，请换一个代码")
        return ContestCode(code)

    def written(self, value: str) -> str:
        return quoted(value)

    def words(self, value: str) -> str:
        return value


@dataclass(frozen=True, slots=True)
class Texts:
    """A list of different words."""

    number: int | None = None

    @property
    def allowed(self) -> str:
        return f"{self.number}个互不相同的词" if self.number else "互不相同的词"

    def read(self, table: SchemeTable, name: str) -> tuple[str, ...]:
        texts = table.texts(name, number=self.number)
        if self.number and (taken := [text for text in texts if text in COUNT_KEYS]):
            table.fault(name, f"“{'、'.join(taken)}”在计票表上另有含义，请换一个词")
        return texts

    def written(self, value: tuple[str, ...]) -> str:
        return listed(quoted(text) for text in value)

    def words(self, value: tuple[str, ...]) -> str:
        return "、".join(value) or _NONE


@dataclass(frozen=True, slots=True)
class Flag:
    """Yes or no."""

    @property
    def allowed(self) -> str:
        return "true 是；false 否"

    def read(self, table: SchemeTable, name: str) -> bool:
        return table.flag(name)

    def written(self, value: bool) -> str:
        return "true" if value else "false"

    def words(self, value: bool) -> str:
        return "是" if value else "否"


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number within bounds."""

    low: int
    high: int

    @property
    def allowed(self) -> str:
        return f"{self.low}至{self.high}的整数"

    def read(self, table: SchemeTable, name: str) -> int:
        return table.whole(name, self.low, self.high)

    def written(self, value: int) -> str:
        return str(value)

    def words(self, value: int) -> str:
        return str(value)


@dataclass(frozen=True, slots=True)
class Limit:
    """A whole number up to `high`, where 0 means that there is no limit (None)."""

    high: int

    @property
    def allowed(self) -> str:
        return f"0至{self.high}的整数，0为不限"

    def read(self, table: SchemeTable, name: str) -> int | None:
        return table.whole(name, 0, self.high) or None

    def written(self, value: int | None) -> str:
        return str(value or 0)

    def words(self, value: int | None) -> str:
        return str(value) if value else "不限"


@dataclass(frozen=True, slots=True)
class Number:
    """A number within bounds, with four decimals at most."""

    low: int
    high: int
    points: bool = False
    """With no more decimals than a score of this scheme."""

    @property
    def allowed(self) -> str:
        return f"{self.low}至{self.high}的数"

    def read(self, table: SchemeTable, name: str) -> Decimal:
        return table.number(name, self.low, self.high, decimals=table.decimals if self.points else 4)

    def written(self, value: Decimal) -> str:
        return plain(value)

    def words(self, value: Decimal) -> str:
        return plain(value)


@dataclass(frozen=True, slots=True)
class Part:
    """A fraction between 0 and 1, such as 2/3."""

    @property
    def allowed(self) -> str:
        return "0至1的分数，如 2/3"

    def read(self, table: SchemeTable, name: str) -> Fraction:
        return table.fraction(name, Fraction(0), Fraction(1))

    def written(self, value: Fraction) -> str:
        return quoted(str(value))

    def words(self, value: Fraction) -> str:
        return str(value)


@dataclass(frozen=True, slots=True)
class Day:
    """A date."""

    @property
    def allowed(self) -> str:
        return "日期，如 2018-01-10"

    def read(self, table: SchemeTable, name: str) -> date:
        return table.day(name)

    def written(self, value: date) -> str:
        return value.isoformat()

    def words(self, value: date) -> str:
        return spoken_day(value)


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a closed set."""

    words_of: type[Labelled]

    @property
    def allowed(self) -> str:
        return "；".join(f"{member.value} {member.label}" for member in self.words_of)

    def read(self, table: SchemeTable, name: str) -> Labelled:
        return table.word(name, {member.value: member for member in self.words_of})

    def written(self, value: Labelled) -> str:
        return quoted(value.value)

    def words(self, value: Labelled) -> str:
        return value.label


@dataclass(frozen=True, slots=True)
class Labels:
    """Some members of a closed set, written by their labels."""

    members: tuple[Labelled, ...]

    @property
    def allowed(self) -> str:
        return f"{'、'.join(member.label for member in self.members)}中若干个"

    def read(self, table: SchemeTable, name: str) -> tuple[Labelled, ...]:
        return table.words(name, {member.label: member for member in self.members})

    def written(self, value: tuple[Labelled, ...]) -> str:
        return listed(quoted(member.label) for member in value)

    def words(self, value: tuple[Labelled, ...]) -> str:
        return "、".join(member.label for member in value) or _NONE


@dataclass(frozen=True, slots=True)
class Order:
    """Keys of order, first things first, those of these contests among them; 领导小组决定 comes last."""

    contests: tuple[ContestRules, ...] = ()

    @property
    def allowed(self) -> str:
        fixed = "；".join(f"{key.code} {key.label}" for key in order_keys(()))
        return f"依次列出：{fixed}（只能在最后）；各测评项目的 code 得分；code_excellent_votes 最高等次票数"

    def read(self, table: SchemeTable, name: str) -> tuple[OrderKey, ...]:
        known = order_keys(self.contests)
        order = table.words(name, {key.code: key for key in known})
        if known[-1] in order[:-1]:
            table.fault(name, f"{known[-1].code} 只能排在最后")
        return order

    def written(self, value: tuple[OrderKey, ...]) -> str:
        return listed(quoted(key.code) for key in value)

    def words(self, value: tuple[OrderKey, ...]) -> str:
        return "、".join(key.label for key in value) or _NONE


@dataclass(frozen=True, slots=True)
class PerGrade:
    """A number for each of the four grades, best first."""

    low: int
    high: int
    falling: bool = False
    """A better grade may not be worth less."""

    @property
    def allowed(self) -> str:
        rule = "，等次越高不能越低" if self.falling else ""
        return f"各等次{self.low}至{self.high}的数{rule}"

    def read(self, table: SchemeTable, name: str) -> tuple[Decimal, ...]:
        numbers = table.numbers(name, [grade.label for grade in GRADES], self.low, self.high)
        if self.falling and table.sound(name) and list(numbers) != sorted(numbers, reverse=True):
            table.fault(name, "等次越高分值不能越低：优秀≥良好≥合格≥不合格")
        return numbers

    def written(self, value: tuple[Decimal, ...]) -> str:
        return inline(_by_grade(value))

    def words(self, value: tuple[Decimal, ...]) -> str:
        return _told(_by_grade(value))


@dataclass(frozen=True, slots=True)
class Named:
    """Points under names that the scheme itself chooses."""

    low: int
    high: int

    @property
    def allowed(self) -> str:
        return f"名称 = {self.low}至{self.high}的数"

    def read(self, table: SchemeTable, name: str) -> tuple[tuple[str, Decimal], ...]:
        return table.table_of_numbers(name, self.low, self.high, decimals=table.decimals)

    def written(self, value: tuple[tuple[str, Decimal], ...]) -> str:
        return inline((name, plain(number)) for name, number in value)

    def words(self, value: tuple[tuple[str, Decimal], ...]) -> str:
        return _told((name, plain(number)) for name, number in value)


@dataclass(frozen=True, slots=True)
class Weights:
    """Weight groups: two or more whose weights sum to 1, or none."""

    @property
    def allowed(self) -> str:
        return "组名 = 权重，两组以上，合计为1；空为不分组"

    def read(self, table: SchemeTable, name: str) -> tuple[WeightGroup, ...]:
        weights = table.table_of_numbers(name, 0, 1)
        if not table.sound(name):
            return ()
        if weights and (len(weights) < 2 or min(weight for _, weight in weights) == 0):
            table.fault(name, "须有两个以上的组，权重都大于0；不分组时留空")
        elif weights and sum(weight for _, weight in weights) != 1:
            table.fault(name, "各组权重之和须为1")
        if any(not group.strip() for group, _ in weights):
            table.fault(name, "组名不能为空")
        return tuple(WeightGroup(group, weight) for group, weight in weights)

    def written(self, value: tuple[WeightGroup, ...]) -> str:
        return inline((group.name, plain(group.weight)) for group in value)

    def words(self, value: tuple[WeightGroup, ...]) -> str:
        return _told((group.name, plain(group.weight)) for group in value)


@dataclass(frozen=True, slots=True)
class ClassPlaces:
    """Places of 优秀 and 良好 for each class of units."""

    @property
    def allowed(self) -> str:
        return "类别 = { excellent = 优秀名额, good = 良好名额 }"

    def read(self, table: SchemeTable, name: str) -> tuple[tuple[str, Places], ...]:
        section = table.section(name)
        classes = []
        for unit_class in section.table:
            places = section.section(unit_class)
            given = Places(places.whole("excellent", 0, 99999), places.whole("good", 0, 99999))
            places.finish()
            classes.append((unit_class, given))
        return tuple(classes)

    def written(self, value: tuple[tuple[str, Places], ...]) -> str:
        return inline(
            (name, inline((("excellent", str(places.excellent)), ("good", str(places.good)))))
            for name, places in value
        )

    def words(self, value: tuple[tuple[str, Places], ...]) -> str:
        return _told((name, f"优秀{places.excellent}个、良好{places.good}个") for name, places in value)


def quoted(text: str) -> str:
    """The text as a TOML string."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")


def name_of(name: str) -> str:
    """A key as TOML writes it."""
    return name if _BARE.fullmatch(name) else quoted(name)


def listed(items: Iterable[str]) -> str:
    """A TOML list of written items."""
    return f"[{', '.join(items)}]"


def inline(pairs: Iterable[tuple[str, str]]) -> str:
    """A TOML table on one line, of names and written values."""
    inside = ", ".join(f"{name_of(name)} = {value}" for name, value in pairs)
    return f"{{ {inside} }}" if inside else "{}"


def _by_grade(values: tuple[Decimal, ...]) -> Iterable[tuple[str, str]]:
    return ((grade.label, plain(value)) for grade, value in zip(GRADES, values, strict=True))


def _told(pairs: Iterable[tuple[str, str]]) -> str:
    return "，".join(f"{name} {value}" for name, value in pairs) or _NONE
