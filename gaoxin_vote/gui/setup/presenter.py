"""Which scheme, units and leaders has the year?"""

from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from gaoxin_vote.domain.adjustment import CapMode
from gaoxin_vote.domain.contest_rules import AbstainMode, ContestRules, Raters
from gaoxin_vote.domain.quota import QuotaMode, QuotaRules
from gaoxin_vote.domain.scheme import AssessmentScheme
from gaoxin_vote.domain.spoken import spoken_day
from gaoxin_vote.domain.units import UnitCode
from gaoxin_vote.gui.intake.presenter import IntakePresenter
from gaoxin_vote.workflow.results.results_before import ResultsBefore, results_before, take_results
from gaoxin_vote.workflow.setup.open_workspace import OpenWorkspace
from gaoxin_vote.workflow.setup.register import LEADERS, RATERS, UNITS, Kind
from gaoxin_vote.workflow.setup.roster import leaders, needed_lists, raters, rename_leader, rename_unit, units
from gaoxin_vote.workflow.setup.years import ShippedScheme, add_year, add_year_from, scheme, shipped_schemes


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit in the table."""

    code: str
    name: str
    unit_class: str
    staff: int


@dataclass(frozen=True, slots=True)
class LeaderLine:
    """One leader in the table."""

    code: str
    title: str
    group: str


@dataclass(frozen=True, slots=True)
class RaterLine:
    """One person on the own roster of a contest in the table."""

    contest: str
    code: str
    name: str
    group: str


@dataclass(frozen=True, slots=True)
class SetupState:
    """What the page shows."""

    schemes: tuple[ShippedScheme, ...]
    """Schemes to begin a year with."""
    title: str
    """The year's scheme; empty when there is no year yet."""
    rules: tuple[tuple[str, str], ...]
    units: tuple[UnitLine, ...]
    leaders: tuple[LeaderLine, ...]
    raters: tuple[RaterLine, ...]
    """The persons on the own rosters of contests."""
    leaders_vote: bool
    persons_vote: bool
    """Whether a contest has the leaders as raters, or persons on an own roster."""
    next_step: str
    before: str = ""
    """What can be said of results before this year that are not in its history."""
    can_take: bool = False
    """Whether they can be taken over now."""
    taken: int = 0
    """How many were just taken over."""


class SetupPresenter:
    """The setup of one year, or of a workspace without any."""

    def __init__(self, workspace: OpenWorkspace, year: int | None) -> None:
        self._workspace, self._year = workspace, year

    def state(self) -> SetupState:
        """Where the setup stands."""
        schemes = shipped_schemes()
        if self._year is None:
            return SetupState(schemes, "", (), (), (), (), True, False, "下一步：选择本年度的考核方案。")
        rules = self._workspace.call(scheme, self._year)
        bodies = tuple(
            UnitLine(unit.code, unit.name, unit.unit_class, unit.staff)
            for unit in self._workspace.call(units, self._year)
        )
        people = tuple(
            LeaderLine(leader.code, leader.title, leader.group)
            for leader in self._workspace.call(leaders, self._year)
        )
        titles = {asked.contest.code: asked.contest.title for asked in rules.contests}
        persons = tuple(
            RaterLine(titles.get(rater.contest, rater.contest), rater.code, rater.name, rater.group)
            for rater in self._workspace.call(raters, self._year)
        )
        needed = needed_lists(rules)
        missing = self._workspace.call(results_before, self._year)
        counts = {
            UNITS: len(bodies),
            LEADERS: len(people),
            RATERS: len(persons),
        }
        return SetupState(
            schemes=schemes,
            title=rules.title,
            rules=rule_words(rules),
            units=bodies,
            leaders=people,
            raters=persons,
            leaders_vote=LEADERS in needed,
            persons_vote=RATERS in needed,
            next_step=_next({kind: counts[kind] for kind in needed}),
            before=_before(missing) if bodies else "",
            can_take=missing is not None and missing.final,
        )

    def begin_year(self, text: str) -> int:
        """Begin the year of this scheme."""
        return self._workspace.call(add_year, text)

    def begin_year_from(self, path: Path) -> int:
        """Begin the year of the scheme in the file `path`."""
        return self._workspace.call(add_year_from, path)

    def take_results(self) -> SetupState:
        """Take the results before this year over into its history."""
        taken = self._workspace.call(take_results, self._known_year)
        return replace(self.state(), taken=taken)

    def rename_unit(self, code: str, name: str) -> SetupState:
        """Correct the name of a unit."""
        self._workspace.call(rename_unit, self._known_year, UnitCode(code), name)
        return self.state()

    def rename_leader(self, code: str, title: str) -> SetupState:
        """Correct the title of a leader."""
        self._workspace.call(rename_leader, self._known_year, code, title)
        return self.state()

    def intake_units(self) -> IntakePresenter:
        """The import of units."""
        return IntakePresenter(self._workspace, self._known_year, UNITS)

    def intake_leaders(self) -> IntakePresenter:
        """The import of leaders."""
        return IntakePresenter(self._workspace, self._known_year, LEADERS)

    def intake_raters(self) -> IntakePresenter:
        """The import of the persons on the own rosters of contests."""
        return IntakePresenter(self._workspace, self._known_year, RATERS)

    @property
    def _known_year(self) -> int:
        assert self._year is not None
        return self._year


def _before(missing: ResultsBefore | None) -> str:
    """What is said of the results before the year."""
    if missing is None:
        return ""
    if not missing.final:
        return f"{missing.source}年度尚未定稿，它的结果还没有接续；{missing.source}年度定稿后，在这里接续。"
    return (
        f"{missing.source}年度已定稿，有{missing.missing}项结果没有列入本年度的历年考核结果，或者与定稿的不一致。"
        "问责按连续年度计算，请接续。"
    )


def rule_words(rules: AssessmentScheme) -> tuple[tuple[str, str], ...]:
    """The scheme's main figures in words."""
    parts = (f"{asked.contest.title}{_plain(asked.full)}" for asked in rules.contests)
    return (
        ("依据", rules.document or "—"),
        (
            "综合得分",
            f"{' + '.join((f'指标{_plain(rules.indicator_full)}', *parts))}"
            f" ± 加减分（{_CAPS[rules.bonus.cap_mode]}以{_plain(rules.bonus.cap)}分为限）",
        ),
        *((asked.contest.title, _contest_words(asked)) for asked in rules.contests),
        ("等次名额", f"{_place_words(rules.quota)}；{_plain(rules.pass_line)}分以上合格"),
        (
            "加分申报",
            f"截至{spoken_day(rules.bonus.deadline)}",
        ),
    )


_CAPS = {CapMode.SEPARATE: "各", CapMode.NET: "相抵后"}


def _place_words(rules: QuotaRules) -> str:
    """How many places there are, as far as the scheme says it before the units are known."""
    apart = "分类确定" if rules.by_class else "不分类"
    match rules.mode:
        case QuotaMode.FIXED_TOTAL:
            return f"优秀{rules.excellent_total}个，良好{rules.good_total}个，{apart}"
        case QuotaMode.MANUAL:
            places = (f"{scope}优秀{given.excellent}个、良好{given.good}个" for scope, given in rules.manual)
            return "，".join(places) or "逐类指定，尚未指定"
        case QuotaMode.FLOOR | QuotaMode.ROUND:
            best, good = (_plain(ratio * 100) for ratio in (rules.excellent_ratio, rules.good_ratio))
            return f"优秀{best}%，良好{good}%，{rules.mode.label}，{apart}"


def _contest_words(rules: ContestRules) -> str:
    values = " ".join(
        f"{name}{_plain(value)}%" for name, value in zip(rules.labels, rules.values, strict=True)
    )
    blank = "计0分" if rules.abstain is AbstainMode.COUNT_AS_ZERO else "不计入"
    who = f"不记名{rules.ballots}张" if rules.raters is Raters.ANONYMOUS else rules.raters.label
    return f"{who}：{values}，弃权{blank}；票码条{rules.slips.label}"


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


_ROSTERS = {
    UNITS: ("被考评单位名单", "个单位"),
    LEADERS: ("班子成员名单", "位班子成员"),
    RATERS: ("评议人名单", "位评议人"),
}


def _next(counts: dict[Kind[Any], int]) -> str:
    """What to do next: `counts` are the lengths of the lists that the scheme needs."""
    for kind, number in counts.items():
        if not number:
            return f"下一步：导入{_ROSTERS[kind][0]}。"
    there = "、".join(f"{number}{_ROSTERS[kind][1]}" for kind, number in counts.items())
    return f"已有{there}。下一步：到“密钥发放”发放密钥。"
