"""What was counted in a session, and do the numbers agree?"""

from dataclasses import dataclass

from gaoxin_vote.domain.contest import Contest, session_key, session_title
from gaoxin_vote.domain.contest_rules import ContestRules, Raters, VoidScope
from gaoxin_vote.domain.session import SlipMode
from gaoxin_vote.domain.spoken import spoken_ratio
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
    own_ballots: int = 0
    """本单位票: how many of the ballots returned must be the unit's own (A42); 0 where nobody knows."""

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
        """All marks of the row: valid, blank and void."""
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

    def problems(self, rules: ContestRules) -> tuple[str, ...]:
        """Everything that keeps these numbers from being signed, in Chinese; empty when they agree (A9).

        Where slips are a mere number, 应到 is that number and whoever takes one is present.
        收回 may stay below 发出 (a slip kept back), never above it; nor above the ballots of those present.
        """
        admitted = self.attended * rules.ballots_per_unit
        counted = rules.raters is Raters.ANONYMOUS
        checks = (
            (min(self._numbers()) >= 0, "票数不能为负"),
            (self.attended <= self.should_attend, f"实到{self.attended}人，超过应到{self.should_attend}人"),
            (
                not counted or self.should_attend == rules.ballots,
                f"应到{self.should_attend}人，与方案规定的{rules.ballots}张不符",
            ),
            (
                not counted or self.attended <= self.issued,
                f"实到{self.attended}人，多于发出的{self.issued}张",
            ),
            (self.issued > 0 and self.returned > 0, "没有发出或收回的票"),
            (
                self.attended >= rules.min_turnout * self.should_attend,
                f"实到{self.attended}人，不足应到{self.should_attend}人的{spoken_ratio(rules.min_turnout)}",
            ),
            (self.returned <= self.issued, f"收回{self.returned}张，多于发出{self.issued}张，本次测评无效"),
            (self.returned <= admitted, f"收回{self.returned}张，多于实到人数应投的{admitted}张"),
            (
                self.valid + self.invalid == self.returned,
                f"有效票{self.valid}张、无效票{self.invalid}张，合计与收回{self.returned}张不符",
            ),
        )
        return tuple(words for holds, words in checks if not holds)

    def _numbers(self) -> tuple[int, ...]:
        return (self.should_attend, self.attended, self.issued, self.returned, self.valid, self.invalid)


@dataclass(frozen=True, slots=True)
class SessionTally:
    """计票: the result of one tallied session."""

    contest: Contest
    group: str
    """Weight group (A10); empty where all marks weigh the same."""
    number: int
    """1 for the first poll, 2 for the first repetition; a unit's last count is the one that holds."""
    reconciliation: Reconciliation
    counts: tuple[UnitCount, ...]

    @property
    def title(self) -> str:
        """Such as 领导评议 or 部门互评（第2次）."""
        return session_title(self.contest, self.group, self.number)

    @property
    def key(self) -> str:
        """Such as leader-1; no two tallies of a year share it."""
        return session_key(self.contest.code, self.group, self.number)

    def problems(self, rules: ContestRules) -> tuple[str, ...]:
        """What keeps this tally from being signed: its numbers, and each row that does not agree."""
        rows = ((count.unit, self.row_problem(rules, count)) for count in self.counts)
        return (
            *self.reconciliation.problems(rules),
            *(f"{unit}{problem}" for unit, problem in rows if problem is not None),
        )

    def row_problem(self, rules: ContestRules, count: UnitCount) -> str | None:
        """Why the row of one unit does not agree with the session's numbers, in Chinese, or None.

        A row holds all ballots returned, but those of the unit itself (计票统计表); a whole ballot
        that is invalid may stand in every row as 废票 or in none.
        """
        own = rules.ballots_per_unit if rules.recuses else 0
        numbers = self.reconciliation
        if min(*count.grades, count.blanks, count.void, count.recusals or 0, count.own_ballots) < 0:
            return "的票数不能为负"
        if (count.recusals or 0) > min(own, count.blanks):
            return f"的回避{count.recusals}张，多于本单位应有的票数"
        if count.own_ballots > own:
            return f"的本单位票{count.own_ballots}张，多于本单位应有的票数"
        if not numbers.valid - own <= count.total <= numbers.returned:
            return f"各项合计{count.total}张，与收回{numbers.returned}张（有效{numbers.valid}张）不符"
        if rules.void_scope is VoidScope.BALLOT and count.void not in (0, numbers.invalid):
            return f"有{count.void}张该行无效，本方案规定整张票无效"
        return None


def recusals_known(
    rules: ContestRules, mode: SlipMode, numbers: Reconciliation, handed: int, lost: int
) -> bool:
    """Whether 弃权 can be told from 回避 in an encrypted count (A6, A42).

    Where nobody recuses, every blank is an abstention. Otherwise each ballot's unit must be known: the
    recusal was enforced (named slips), every slip handed out came back (收回 = 发出), none was replaced as
    lost, and none of those that may be in the box (`handed`) was taken back from the roll.
    """
    whole = numbers.returned == numbers.issued == handed and lost == 0
    return not rules.recuses or (mode is SlipMode.NAMED and whole)
