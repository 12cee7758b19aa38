"""What follows from a grade and a place?"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from math import floor

from gaoxin_vote.domain.contest import GRADES, Grade
from gaoxin_vote.domain.labelled import Labelled
from gaoxin_vote.domain.rounding import round_half_up
from gaoxin_vote.domain.standing import LastScope
from gaoxin_vote.domain.units import UnitCode

LOOK_BACK = (1, 2)
"""How many years before this one the years in a row reach (R31)."""


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """How a unit stood in an earlier year."""

    year: int
    unit: UnitCode
    rank: int
    grade: Grade
    is_last: bool


class StaffRounding(Labelled):
    """How a share of the staff becomes a number of people (A31)."""

    FLOOR = "floor", "舍去小数"
    HALF_UP = "half_up", "四舍五入"


class AccountabilityMode(Labelled):
    """Which measures apply where several are triggered (A28)."""

    HIGHEST_ONLY = "highest_only", "只取最重的一项"
    ALL = "all", "各项都列"


class Measure(Enum):
    """Accountability 行政问责, mildest first (R31)."""

    TALK = "约谈"
    ADMONITION = "诫勉谈话"
    REASSIGNMENT = "调整工作岗位"


class Trigger(Enum):
    """What calls for a measure (R31), in the order of the notice."""

    LAST = "当年排名最后"
    LAST_TWICE = "连续两年排名最后"
    LAST_THRICE = "连续三年排名最后"
    FAILED = "当年不合格"
    FAILED_TWICE = "连续两年不合格"

    @property
    def measure(self) -> Measure:
        """The measure it calls for."""
        return _MEASURES[self]


_MEASURES = {
    Trigger.LAST: Measure.TALK,
    Trigger.LAST_TWICE: Measure.ADMONITION,
    Trigger.LAST_THRICE: Measure.REASSIGNMENT,
    Trigger.FAILED: Measure.ADMONITION,
    Trigger.FAILED_TWICE: Measure.REASSIGNMENT,
}


@dataclass(frozen=True, slots=True)
class ConsequenceRules:
    """The rules of what follows (notice, part 5)."""

    staff_ratio: tuple[Decimal, Decimal, Decimal, Decimal]
    """Part of a unit's staff that may be rated 优秀, by its grade, best first (R28)."""
    staff_rounding: StaffRounding
    staff_total_cap: Decimal
    """Part of all staff that may be rated 优秀 together; more is warned of, never trimmed (R28)."""
    accountability: AccountabilityMode
    last_scope: LastScope


@dataclass(frozen=True, slots=True)
class Accountability:
    """What the head of a unit has to answer for."""

    measures: tuple[Measure, ...]
    """Those that apply, mildest first; one at most where only the highest applies."""
    triggers: tuple[Trigger, ...]

    @property
    def words(self) -> str:
        """Such as 诫勉谈话, or 无."""
        return "、".join(measure.value for measure in self.measures) or "无"


@dataclass(frozen=True, slots=True)
class Consequence:
    """结果运用 for one unit."""

    staff_exact: Fraction
    """Staff × ratio, before rounding."""
    staff_places: int
    """Staff that may be rated 优秀, as computed."""
    head_may_be_excellent: bool
    head_other_awards: bool
    bonus_money_eligible: bool
    accountability: Accountability


def staff_places(rules: ConsequenceRules, grade: Grade, staff: int) -> int:
    """How many of `staff` may be rated 优秀 in a unit of this grade (R28, A31)."""
    exact = _staff_share(rules, grade, staff)
    return floor(exact) if rules.staff_rounding is StaffRounding.FLOOR else int(round_half_up(exact, 0))


def staff_cap(rules: ConsequenceRules, staff_total: int) -> int:
    """How many of all staff may be rated 优秀 together (R28)."""
    return floor(Fraction(rules.staff_total_cap) * staff_total)


def accountability(mode: AccountabilityMode, last: Sequence[bool], failed: Sequence[bool]) -> Accountability:
    """The measures for a head whose unit was last or failed this year, the year before, two years before.

    Only years in a row that include this one count (R31); a year without data counts as neither (A30).
    """
    fired = (
        (Trigger.LAST, _in_a_row(last, 1)),
        (Trigger.LAST_TWICE, _in_a_row(last, 2)),
        (Trigger.LAST_THRICE, _in_a_row(last, 3)),
        (Trigger.FAILED, _in_a_row(failed, 1)),
        (Trigger.FAILED_TWICE, _in_a_row(failed, 2)),
    )
    triggers = tuple(trigger for trigger, holds in fired if holds)
    called = {trigger.measure for trigger in triggers}
    measures = tuple(measure for measure in Measure if measure in called)
    return Accountability(measures[-1:] if mode is AccountabilityMode.HIGHEST_ONLY else measures, triggers)


def consequence(
    rules: ConsequenceRules,
    grade: Grade,
    staff: int,
    is_last: bool,
    earlier: Sequence[HistoryEntry | None],
) -> Consequence:
    """What follows for a unit (R28–R31); `earlier`: its entries one and two years before, None if missing."""
    last = [is_last, *(entry is not None and entry.is_last for entry in earlier)]
    failed = [grade is Grade.FAIL, *(entry is not None and entry.grade is Grade.FAIL for entry in earlier)]
    return Consequence(
        staff_exact=_staff_share(rules, grade, staff),
        staff_places=staff_places(rules, grade, staff),
        head_may_be_excellent=grade in (Grade.EXCELLENT, Grade.GOOD),
        head_other_awards=grade is not Grade.FAIL,
        bonus_money_eligible=grade is not Grade.FAIL,
        accountability=accountability(rules.accountability, last, failed),
    )


def _staff_share(rules: ConsequenceRules, grade: Grade, staff: int) -> Fraction:
    return Fraction(rules.staff_ratio[GRADES.index(grade)]) * staff


def _in_a_row(held: Sequence[bool], years: int) -> bool:
    """Whether it held in so many years back from this one; a year that is not there does not count."""
    return len(held) >= years and all(held[:years])
