"""What follows from a grade and a place?"""

from dataclasses import dataclass

from gaoxin_vote.domain.contest import Grade
from gaoxin_vote.domain.units import UnitCode


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """How a unit stood in an earlier year."""

    year: int
    unit: UnitCode
    rank: int
    grade: Grade
    is_last: bool
