"""How is one contest polled and turned into a score?"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from gaoxin_vote.domain.contest import Contest
from gaoxin_vote.domain.labelled import Labelled
from gaoxin_vote.domain.session import SlipMode


class Raters(Labelled):
    """Who rates the units in a contest."""

    LEADERS = "leaders", "班子成员"
    """The leading group, one ballot each."""
    UNITS = "units", "各单位"
    """A delegate of each unit, or several; only here can anybody recuse."""
    PERSONS = "persons", "评议人"
    """The persons on the contest's own roster, one ballot each."""
    ANONYMOUS = "anonymous", "不记名"
    """A mere number of slips: nobody knows who takes one."""


class AbstainMode(Labelled):
    """What an abstention does to the score (A7)."""

    EXCLUDE = "exclude", "不计入分母"
    """It leaves the denominator (R9)."""
    COUNT_AS_ZERO = "count_as_zero", "按0分计入"
    """It stays in the denominator and is worth nothing."""


class SelfRating(Labelled):
    """Whether a unit's ballot may rate the unit itself (A6)."""

    EXCLUDE = "exclude", "不评本单位"
    INCLUDE = "include", "可评本单位"


class VoidScope(Labelled):
    """What an unreadable row does to a paper ballot (A8)."""

    ROW = "row", "只该行无效"
    """That row is void, the rest of the ballot stands."""
    BALLOT = "ballot", "整张票无效"
    """The whole ballot is invalid; no single row can be void."""


@dataclass(frozen=True, slots=True)
class WeightGroup:
    """A group of leaders whose marks weigh together (A10); the weights of a contest sum to 1."""

    name: str
    weight: Decimal


LEAST_ELECTORS = 3
"""The fewest votes of a sum that is opened (A41): with fewer, it would tell who voted what."""


@dataclass(frozen=True, slots=True)
class ContestRules:
    """The rules of one contest within a scheme."""

    contest: Contest
    raters: Raters
    full: Decimal
    """满分 of this part of the composite."""
    labels: tuple[str, str, str, str]
    """What the four grades are called on the ballot and the sheets, best first (A1)."""
    values: tuple[Decimal, Decimal, Decimal, Decimal]
    """What a mark of each grade is worth, in percent of the full points (R8, A2)."""
    abstain: AbstainMode
    void_scope: VoidScope
    trim: int
    """How many of the highest, and as many of the lowest, marks of each count are left out (A10)."""
    min_turnout: Fraction
    """实到 must reach this part of 应到 (A9)."""
    max_excellent: int | None
    """The most 优秀 that one ballot may give (A11), which only the booth can enforce; None: no limit."""
    slips: SlipMode
    """How slips reach the voters unless the officer chooses otherwise."""
    self_rating: SelfRating
    """Where units rate; nobody else has a row of their own."""
    ballots_per_unit: int
    """Where units rate (A4); 1 elsewhere."""
    ballots: int
    """How many slips there are where raters are a mere number; 0 elsewhere."""
    groups: tuple[WeightGroup, ...]
    """Weight groups (A10), each an election of its own; empty where all marks weigh the same."""

    @property
    def group_names(self) -> tuple[str, ...]:
        """The groups that hold a session each: one without a name where all marks weigh the same."""
        return tuple(group.name for group in self.groups) or ("",)

    @property
    def recuses(self) -> bool:
        """Whether a ballot leaves out the voter's own unit."""
        return self.raters is Raters.UNITS and self.self_rating is SelfRating.EXCLUDE

    @property
    def least_ballots(self) -> int:
        """The fewest ballots that may be counted (A41).

        Where a ballot leaves out the own unit, each unit's sum holds that many fewer votes.
        """
        return LEAST_ELECTORS + (self.ballots_per_unit if self.recuses else 0)

    def slip_fault(self, mode: SlipMode) -> str | None:
        """Why slips of this `mode` cannot serve here, or None (A6, A7).

        Only a unit's slip can be named. Drawn ones leave it to the voter to recuse: nobody then knows the
        abstentions, so none can be a zero.
        """
        title = self.contest.title
        if self.raters is not Raters.UNITS and mode is SlipMode.NAMED:
            return f"{title}无须回避，票码条只能随机抽取，不能按单位发放"
        if self.recuses and mode is SlipMode.DRAWN and self.abstain is AbstainMode.COUNT_AS_ZERO:
            return f"弃权按0分计入时，{title}的票码条须按单位发放"
        return None
