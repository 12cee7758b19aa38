"""What did the leading group decide beyond the arithmetic?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gaoxin_vote.domain.contest import ContestCode, Grade
from gaoxin_vote.domain.units import UnitCode


@dataclass(frozen=True, slots=True)
class TieDecision:
    """Where a unit stands among units that are equal in every figure (R27)."""

    unit: UnitCode
    priority: int
    """1 stands first; a unit without a decision stands behind those with one."""
    reason: str
    decided_on: date | None = None


@dataclass(frozen=True, slots=True)
class PlaceDecision:
    """Which class comes first for a place that equal remainders leave open (A36)."""

    scope: str
    """The class."""
    grade: Grade
    """优秀 or 良好."""
    priority: int
    """1 comes first; a class without a decision stands behind those with one."""
    reason: str
    decided_on: date | None = None


def settles(priorities: Sequence[int | None]) -> bool:
    """Whether these priorities place all of what is equal, or all but the last (A38).

    Only what is named as the first, the second and so on leaves the last place to the one that is not named.
    """
    placed = sorted(priority for priority in priorities if priority is not None)
    if len(placed) == len(priorities):
        return len(set(placed)) == len(placed)
    return len(placed) == len(priorities) - 1 and placed == list(range(1, len(priorities)))


@dataclass(frozen=True, slots=True)
class CountDecision:
    """That the count of one unit stands though a unit rated itself or somebody voted twice (A42)."""

    contest: ContestCode
    group: str
    """Weight group; empty where all marks weigh the same."""
    number: int
    """Which poll of its contest."""
    unit: UnitCode
    reason: str
    decided_on: date | None = None


@dataclass(frozen=True, slots=True)
class Override:
    """A final grade that differs from the computed one (A34); the computed one stays on record."""

    unit: UnitCode
    grade: Grade
    reason: str
    decided_on: date | None = None


@dataclass(frozen=True, slots=True)
class StaffAdjustment:
    """A number of staff that may be rated 优秀, set by the officer instead of the computed one (R28)."""

    unit: UnitCode
    places: int
    reason: str


@dataclass(frozen=True, slots=True)
class Referral:
    """A note that persons are referred to the discipline inspection for grave dereliction (R31)."""

    unit: UnitCode
    note: str
