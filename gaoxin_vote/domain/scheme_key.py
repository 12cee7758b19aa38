"""What is known of one key of a scheme?"""

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from gaoxin_vote.domain.contest_rules import Raters
from gaoxin_vote.domain.labelled import Labelled
from gaoxin_vote.domain.scheme_values import Value

NOTICE = "衡高新发〔2017〕189号"
"""The notice whose clauses and defaults the keys name."""


class Until(Labelled):
    """Until when a key may be changed without harm to what was done already."""

    BEGUN = "begun", "年度建立时定，以后不改"
    PREPARED = "prepared", "第一场会议筹备之前"
    """It stands on slips and ballots, or says who votes."""
    FINALISED = "finalised", "结果审定之前"
    """It only decides what is computed."""


class Unset(Enum):
    """What stands where there is no default; None is one."""

    UNSET = "unset"


@dataclass(frozen=True, slots=True)
class SchemeKey:
    """One key: everything that reader, writer, documents and windows need to know of it."""

    key: str
    """Dotted; ``*`` stands for each table of a list, or for a name that the scheme chooses."""
    label: str
    value: Value
    help: str
    """What it does, in the words of an officer."""
    clause: str = ""
    """Where the notice says so, such as 三（一）1; empty where it does not and the default is ours."""
    ambiguity: str = ""
    """Number of the reading in `docs/rules.md`, such as A18."""
    default: object = Unset.UNSET
    """What the notice, or our reading of it, gives; unset where each table of a list has its own."""
    unit: str = ""
    until: Until = Until.FINALISED
    field: str = ""
    """Its field of the section's rules; the key's last word unless said."""
    least: str = ""
    """Field of the scheme below which the value cannot go; 0 says just that."""
    raters: tuple[Raters, ...] = tuple(Raters)
    """The contests that have the key."""
    required: bool = True
    absent: object = None
    """The value where the key does not stand: it is not required, or not for these raters."""

    @property
    def name(self) -> str:
        """The last word of the key, as it stands in its table."""
        return self.key.rpartition(".")[2]

    @property
    def attribute(self) -> str:
        """The field that holds its value."""
        return self.field or self.name

    @property
    def origin(self) -> str:
        """Where the value comes from: a clause of the notice, or our default."""
        source = f"通知{self.clause}" if self.clause else "通知未规定，默认"
        return f"{source}，{self.ambiguity}" if self.ambiguity else source

    def words(self, value: object) -> str:
        """The value as an officer says it, a single number with its unit."""
        said = self.value.words(value)
        return f"{said}{self.unit}" if isinstance(value, int | Decimal) else said


@dataclass(frozen=True, slots=True)
class Section:
    """One table of the scheme file."""

    key: str
    """Its name; ends in ``.*`` for a list of tables; empty for the keys before the first table."""
    title: str
    help: str
    keys: tuple[SchemeKey, ...]
    part: str = ""
    """The field of the scheme that holds its rules; empty where the scheme itself does."""

    @property
    def repeated(self) -> bool:
        """Whether the file has a list of such tables."""
        return self.key.endswith(".*")

    @property
    def name(self) -> str:
        """The name as it stands in brackets."""
        return self.key.removesuffix(".*")
