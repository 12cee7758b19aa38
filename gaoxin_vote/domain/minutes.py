"""Where and under whom was a session held?"""

from dataclasses import dataclass
from datetime import date

from gaoxin_vote.domain.contest import Contest


@dataclass(frozen=True, slots=True)
class SessionMinutes:
    """What the result sheet says of a session beside its figures; nothing is computed from it."""

    contest: Contest
    group: str = ""
    number: int = 1
    held_on: date | None = None
    place: str = ""
    chair: str = ""
    """主持人."""
    chief_scrutineer: str = ""
    """总监票人."""
    scrutineers: tuple[str, ...] = ()
    """监票人."""
    tellers: tuple[str, ...] = ()
    """计票人."""

    @property
    def missing(self) -> tuple[str, ...]:
        """What is not filled in yet, in Chinese; empty when all is."""
        filled = {
            "会议日期": self.held_on,
            "地点": self.place,
            "主持人": self.chair,
            "总监票人": self.chief_scrutineer,
            "监票人": self.scrutineers,
            "计票人": self.tellers,
        }
        return tuple(name for name, value in filled.items() if not value)
