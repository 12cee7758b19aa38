"""What was counted in a session, and do the numbers agree?"""

from dataclasses import dataclass

from gaoxin_vote.domain.contest import Contest
from gaoxin_vote.domain.units import UnitCode


@dataclass(frozen=True, slots=True)
class UnitCount:
    """The counts of one unit in one session, before any weighing.

    A count made from encrypted marks holds every ballot: the blanks are abstentions and recusals together.
    A count typed in from a printed table leaves the unit's own ballot out: its blanks are the abstentions
    and its recusals are 0.
    """

    unit: UnitCode
    grades: tuple[int, int, int, int]
    """Marks of each grade, best first (the order of `GRADES`)."""
    blanks: int
    """弃权（含回避）: abstentions, and the recusals among them."""
    recusals: int | None
    """How many of the blanks are recusals; None where nobody can know (see `recusals_known`)."""
    void: int = 0
    """废票: rows that could not be read (paper only)."""

    @property
    def valid(self) -> int:
        """有效: marks that name a grade (R9)."""
        return sum(self.grades)

    @property
    def abstained(self) -> int | None:
        """弃权, or None where only the blanks as a whole are known."""
        return None if self.recusals is None else self.blanks - self.recusals

    @property
    def total(self) -> int:
        """Everything in the row."""
        return self.valid + self.blanks + self.void


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """票数核对: the numbers of one session, which must agree before anything is signed."""

    should_attend: int
    """应到."""
    attended: int
    """实到."""
    issued: int
    """发出."""
    returned: int
    """收回."""
    valid: int
    """有效票."""
    invalid: int
    """无效票."""


@dataclass(frozen=True, slots=True)
class SessionTally:
    """计票: the result of one tallied session."""

    contest: Contest
    group: str
    """Weight group (A10); empty where all votes weigh the same."""
    number: int
    """1 for the first poll, 2 for the first repetition; a unit's last count is the one that holds."""
    reconciliation: Reconciliation
    counts: tuple[UnitCount, ...]
