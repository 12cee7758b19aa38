"""What did the leading group decide beyond the arithmetic?"""

from dataclasses import dataclass
from datetime import date

from gaoxin_vote.domain.contest import Grade
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
