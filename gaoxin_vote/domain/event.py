"""What bars a unit from the upper grades, or fails it at once?"""

from dataclasses import dataclass
from datetime import date

from gaoxin_vote.domain.units import UnitCode


@dataclass(frozen=True, slots=True)
class BarringEvent:
    """One occurrence 取消资格情形 on record (notice, part 4 (4) and (5))."""

    event_id: str
    unit: UnitCode
    kind: str
    """Code of a kind of the scheme: ``D1`` … ``D6``, ``F1``."""
    area: str = ""
    """一票否决 only: the field of work, such as 安全生产."""
    description: str = ""
    evidence: str = ""
    decided_on: date | None = None
