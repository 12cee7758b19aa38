"""Who may be handed a slip for a contest, and was it? Never what was voted, never when."""

from dataclasses import dataclass

from gaoxin_vote.domain.units import UnitCode


@dataclass(frozen=True, slots=True)
class Elector:
    """One entry of the electoral roll 应到名单: a leader, a unit's delegate, a person, or a mere number."""

    code: str
    """Names the entry within its roll; nothing is read out of it."""
    label: str
    attended: bool = False
    issued: bool = False
    """A slip was handed out."""
    replacements: int = 0
    """Further slips handed out for a lost one, each on the chief scrutineer's recorded decision."""
    unit: UnitCode | None = None
    """For which unit a delegate votes; None for anybody else."""
    taken_back: bool = False
    """Not `issued`, because the tick was taken back after a ballot had come: that slip may be in the box."""
    came: str = ""
    """Who came, such as 受委托人 张三; empty where nothing was noted."""


@dataclass(frozen=True, slots=True)
class ElectoralRoll:
    """The roll of one session, in the official order."""

    electors: tuple[Elector, ...]

    @property
    def should_attend(self) -> int:
        """应到."""
        return len(self.electors)

    @property
    def attended(self) -> int:
        """实到."""
        return sum(elector.attended for elector in self.electors)

    @property
    def handed(self) -> tuple[Elector, ...]:
        """Whose slips may be in the box. A lost slip and its spare are one: only one of them may vote."""
        return tuple(elector for elector in self.electors if elector.issued or elector.taken_back)

    @property
    def handed_units(self) -> tuple[UnitCode, ...]:
        """The unit of each delegate among them; empty where no units vote."""
        return tuple(elector.unit for elector in self.handed if elector.unit)

    @property
    def issued(self) -> int:
        """发出: slips handed out, cast or not; a spoiled slip and the spare given for it count once."""
        return sum(elector.issued + elector.replacements for elector in self.electors)
