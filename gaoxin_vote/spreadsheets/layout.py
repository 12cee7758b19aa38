"""Which columns does a file of one kind have?

One description serves the reader, the exporter, the template and `docs/files.md`.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from gaoxin_vote.domain.scheme import AssessmentScheme


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
    fills_down: bool = True
    """Whether a cell merged over several rows gives its value to all of them; else that is an error."""
    width: int = 0
    """How wide the column is written, in characters; 0: as its format wants."""

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


def heading_key(text: str) -> str:
    """A heading in the form in which headings are compared: no blanks, no marks, no unit in brackets."""
    return _IGNORED_IN_HEADINGS.sub("", unicodedata.normalize("NFKC", text).lower())
