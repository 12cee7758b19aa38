"""Which columns does a file of one kind have?

One description serves the reader, the exporter, the template and `docs/files.md`.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import cached_property, lru_cache

from gaoxin_vote.domain.scheme import AssessmentScheme
from gaoxin_vote.domain.spelling import matching


class Format(Enum):
    """What the cells of a column hold."""

    TEXT = "文字"
    NUMBER = "数字"
    WHOLE = "整数"
    DATE = "日期"
    WORD = "选项"
    UNIT_CODE = "单位代码"
    UNIT_NAME = "单位名称"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a file."""

    field: str
    """English heading, written to CSV files."""
    heading: str
    """Chinese heading, written to Excel files."""
    note: str
    """What to enter, for the instruction sheet and the messages."""
    format: Format = Format.TEXT
    required: bool = False
    """The heading must be there and no cell may be empty."""
    synonyms: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    """What may be entered, for a drop-down list."""
    words_of: Callable[[AssessmentScheme], Sequence[str]] | None = None
    """What may be entered under a scheme that has its own words, instead of `words`."""
    least: int | None = None
    """The smallest number that may be entered; a whole number is never below zero."""
    most: int | None = None
    """The largest number that may be entered."""
    most_of: str = ""
    """The column whose number is the largest that may be entered, for the empty form."""
    extra: bool = False
    """Written only where some row has it: the columns of the usual files stay as they are."""
    on_form: Callable[[AssessmentScheme], bool] = lambda scheme: True
    """Whether an empty form has the column."""
    is_key: bool = False
    """Whether a number says what a row is about, such as a year, and counts nothing."""
    decides: bool = False
    """Whether a second column that could be meant is an error: the numbers and grades that are counted."""
    rivals: str = ""
    """A pattern of further headings that could be meant by such a column, without being its synonyms."""
    width: int = 0
    """How wide the column is written, in characters; 0: as its format wants."""

    @property
    def fills_down(self) -> bool:
        """Whether a cell merged over several rows gives its value to all of them; else that is an error.

        A number that is merged belongs to all the rows together, and would be counted in each.
        """
        return self.is_key or self.format not in (Format.NUMBER, Format.WHOLE)

    @property
    def bounds(self) -> tuple[int | None, int | None]:
        """The smallest and the largest number that may be entered; None for no bound."""
        return 0 if self.least is None and self.format is Format.WHOLE else self.least, self.most

    def choices(self, scheme: AssessmentScheme) -> tuple[str, ...]:
        """What may be entered, in the scheme's own words where it has some; empty where anything may."""
        return self.words if self.words_of is None else tuple(self.words_of(scheme))

    @property
    def names(self) -> frozenset[str]:
        """All headings under which the column is found, as `heading_key` gives them."""
        return frozenset(heading_key(name) for name in (self.field, self.heading, *self.synonyms))


@dataclass(frozen=True)
class Layout:
    """The columns of a kind of file, in the order in which they are written."""

    stem: str
    """Name of the file without its ending, such as ``bonus_claims``."""
    title: str
    """Such as 加减分申报表: the title row and the name of the sheet."""
    columns: tuple[Column, ...]
    guidance: tuple[str, ...] = ()
    """Further lines for the instruction sheet."""
    either: tuple[str, ...] = ()
    """Columns at least one of which a table must have."""

    def called(self, headings: Mapping[str, str]) -> "Layout":
        """The same columns, found under further `headings` too: an office's own, each with its field."""
        own: dict[str, tuple[str, ...]] = {}
        for heading, field in headings.items():
            own[field] = (*own.get(field, ()), heading)
        columns = (
            replace(column, synonyms=(*column.synonyms, *own.get(column.field, ())))
            for column in self.columns
        )
        return replace(self, columns=tuple(columns))

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """The English headings."""
        return tuple(column.field for column in self.columns)

    @cached_property
    def by_name(self) -> dict[str, Column]:
        """The column found under each heading."""
        return {name: column for column in self.columns for name in column.names}

    @cached_property
    def own_names(self) -> frozenset[str]:
        """The headings that are no synonyms."""
        return frozenset(
            heading_key(name) for column in self.columns for name in (column.field, column.heading)
        )

    @cached_property
    def by_field(self) -> dict[str, Column]:
        """The columns by English heading."""
        return {column.field: column for column in self.columns}

    @cached_property
    def has_units(self) -> bool:
        """Whether a row is about a unit."""
        return any(column.format is Format.UNIT_CODE for column in self.columns)


UNIT_CODE = Column(
    "unit_code",
    "单位代码",
    "单位名单中的代码，如 U07；可以不填，由单位名称认出",
    Format.UNIT_CODE,
    synonyms=("代码", "编码", "单位编码", "单位编号", "code"),
)
UNIT_NAME = Column(
    "unit_name",
    "单位名称",
    "单位名单中的名称或别名，须与单位代码一致",
    Format.UNIT_NAME,
    synonyms=(
        "单位",
        "部门",
        "名称",
        "部门名称",
        "被考评单位",
        "被考核单位",
        "被评议单位",
        "申报单位",
        "责任单位",
        "unit",
        "name",
    ),
)
REASON = Column("reason", "理由", "决定的理由", required=True, synonyms=("原因", "依据", "决定理由"))
DECIDED_ON = Column(
    "decided_on",
    "决定日期",
    "如 2018-01-18",
    Format.DATE,
    synonyms=("审定日期", "认定日期", "研究日期", "日期", "决定时间", "认定时间"),
)


def group_words(scheme: AssessmentScheme) -> tuple[str, ...]:
    """The weight groups of all contests, each once."""
    return tuple(dict.fromkeys(group.name for rules in scheme.contests for group in rules.groups))


_IGNORED_IN_HEADINGS = re.compile(r"[\s*:：_—\-]+|\((?:必填|选填|可不填|分|人|张|票|名|[0-9.]+分?)\)")


_OTHER_MEANINGS = (
    (re.compile("扣分|减分|失分|扣减|倒扣"), "扣分"),
    (re.compile("自评|自查|自报|自测"), "自评"),
    (re.compile("率$|率[(]|百分比|占比"), "比率"),
    (re.compile("排名|名次|位次|排序"), "名次"),
    (re.compile("上年|去年|往年|上一年|前年|上年度"), "往年的"),
    (re.compile("平均|均分"), "平均数"),
)


def other_meaning(text: str) -> str:
    """What a heading says that it is, although it may also speak of a score; empty for none of these."""
    key = matching(text)
    return next((words for pattern, words in _OTHER_MEANINGS if pattern.search(key)), "")


@lru_cache(maxsize=2**14)
def heading_key(text: str) -> str:
    """A heading in the form in which headings are compared: no blanks, no marks, no unit in brackets."""
    return _IGNORED_IN_HEADINGS.sub("", matching(text))
