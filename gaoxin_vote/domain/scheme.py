"""What are the rules of one year's assessment?"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from math import ceil

from gaoxin_vote.domain.adjustment import BonusRules
from gaoxin_vote.domain.consequence import ConsequenceRules
from gaoxin_vote.domain.contest import Contest, ContestCode
from gaoxin_vote.domain.contest_rules import LEAST_ELECTORS, ContestRules, Raters
from gaoxin_vote.domain.event import BarringRules
from gaoxin_vote.domain.labelled import Labelled
from gaoxin_vote.domain.quota import QuotaRules
from gaoxin_vote.domain.standing import TieRules
from gaoxin_vote.domain.units import Leader, Rater
from gaoxin_vote.errors import Refused


class SchemeReason(Enum):
    """Why a scheme cannot be used."""

    FAULTY = "faulty"
    ROSTER = "roster"
    NO_CONTEST = "no contest"


class RoundStage(Labelled):
    """Where rounding happens (A18)."""

    COMPONENT = "component", "各部分先取整再相加"
    """Each part; the composite is their exact sum, so that every printed sheet adds up (R11)."""
    FINAL = "final", "只在综合得分取整"
    """The composite only; printed parts are rounded for show."""


class Clause(Labelled):
    """Places of the source document that the explanation cites."""

    INDICATOR = "indicator", "指标评估"
    RATING = "rating", "内部评估"
    BONUS = "bonus", "加分与减分"
    COMPOSITE = "composite", "综合得分"
    EXCELLENT = "excellent", "优秀等次"
    GOOD = "good", "良好等次"
    PASS = "pass", "合格等次"
    BAR = "bar", "取消优秀、良好资格"
    FAIL = "fail", "不合格"
    STAFF = "staff", "工作人员优秀比例"
    HEAD = "head", "负责人评先评优"
    MONEY = "money", "奖金"
    ACCOUNTABILITY = "accountability", "行政问责"


@dataclass(frozen=True, slots=True)
class SpareRules:
    """How many spare slips are printed: the larger of a number and a part of the electors."""

    least: int
    share: Decimal

    def spares(self, electors: int) -> int:
        """Spare slips for a session with this many electors, a part of a slip counting as one."""
        return max(self.least, ceil(self.share * electors))


@dataclass(frozen=True, slots=True)
class AssessmentScheme:
    """考核方案: a year's rules, checked as a whole when loaded (`scheme_file.load_scheme`)."""

    title: str
    document: str
    """Number of the document it follows, such as 衡高新发〔2017〕189号; may be empty."""
    year: int
    decimals: int
    round_stage: RoundStage
    indicator_full: Decimal
    pass_line: Decimal
    contests: tuple[ContestRules, ...]
    """Who rates the units, one to six bodies, in the order in which they are shown."""
    bonus: BonusRules
    barring: BarringRules
    quota: QuotaRules
    ties: TieRules
    consequence: ConsequenceRules
    spares: SpareRules
    aliases: tuple[tuple[str, str], ...]
    """(another name, name of the units list) for imports (A33)."""
    clauses: tuple[tuple[Clause, str], ...]

    def contest(self, code: ContestCode) -> ContestRules:
        """The rules of the contest with this code. Raises `Refused` where the scheme has none."""
        for rules in self.contests:
            if rules.contest.code == code:
                return rules
        raise Refused(SchemeReason.NO_CONTEST, f"考核方案中没有测评项目“{code}”。")

    @property
    def polls(self) -> tuple[tuple[ContestRules, str], ...]:
        """Every contest with each of its weight groups: what a year needs a session for."""
        return tuple((rules, group) for rules in self.contests for group in rules.group_names)

    def clause(self, clause: Clause) -> str:
        """Where the source document says so; empty where the scheme cites none."""
        return dict(self.clauses).get(clause, "")


Members = Sequence[tuple[str, str]]
"""Who may vote in a contest, each with the weight group."""


def roster_faults(
    scheme: AssessmentScheme, leaders: Sequence[Leader], before: Sequence[Leader] | None = None
) -> tuple[str, ...]:
    """What keeps these leaders from voting under this scheme (A3, A10), in Chinese.

    Each weight group is an election of its own: the sums of fewer than three voters would name them. A roster
    that is entered one by one passes where a group was too small `before` as well.
    """

    def members(of: Sequence[Leader]) -> Members:
        return [(f"班子成员{leader.title}", leader.group) for leader in of]

    return tuple(
        fault
        for rules in scheme.contests
        if rules.raters is Raters.LEADERS
        for fault in _group_faults(rules, members(leaders), None if before is None else members(before))
    )


def rater_faults(
    scheme: AssessmentScheme, raters: Sequence[Rater], before: Sequence[Rater] | None = None
) -> tuple[str, ...]:
    """The same of the persons on the rosters of contests."""

    def members(of: Sequence[Rater], contest: Contest) -> Members:
        return [
            (f"{contest.title}评议人{rater.name}", rater.group)
            for rater in of
            if rater.contest == contest.code
        ]

    return tuple(
        fault
        for rules in scheme.contests
        if rules.raters is Raters.PERSONS
        for fault in _group_faults(
            rules,
            members(raters, rules.contest),
            None if before is None else members(before, rules.contest),
        )
    )


def _group_faults(rules: ContestRules, members: Members, before: Members | None) -> Iterator[str]:
    """The faults of the members of the weight groups, where there are any."""
    names = [group.name for group in rules.groups]
    if not names:
        return
    for who, group in members:
        if group not in names:
            yield f"{who}的组别“{group}”不在方案的权重组中（{'、'.join(names)}）"
    if before is None or not any(_small_groups(names, before)):
        yield from _small_groups(names, members)


def _small_groups(names: Sequence[str], members: Members) -> Iterator[str]:
    sizes = Counter(group for _, group in members)
    for name in names:
        if sizes[name] < LEAST_ELECTORS:
            yield f"权重组“{name}”只有{sizes[name]}人，少于{LEAST_ELECTORS}人时汇总票数会反映个人评价"


def check_roster(
    scheme: AssessmentScheme, leaders: Sequence[Leader], before: Sequence[Leader] | None = None
) -> None:
    """Raise `Refused` with every fault of `roster_faults`."""
    if faults := roster_faults(scheme, leaders, before):
        raise Refused(SchemeReason.ROSTER, "班子成员名单与方案不符，请先修改。", details=faults)


def check_raters(
    scheme: AssessmentScheme, raters: Sequence[Rater], before: Sequence[Rater] | None = None
) -> None:
    """Raise `Refused` with every fault of `rater_faults`."""
    if faults := rater_faults(scheme, raters, before):
        raise Refused(SchemeReason.ROSTER, "评议人名单与方案不符，请先修改。", details=faults)
