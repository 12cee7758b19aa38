"""Who stands where, and which grade follows?"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import groupby

from gaoxin_vote.domain.contest import Grade
from gaoxin_vote.domain.contest_rules import ContestRules
from gaoxin_vote.domain.decision import settles
from gaoxin_vote.domain.labelled import Labelled
from gaoxin_vote.domain.quota import (
    ALL_UNITS,
    OpenPlaces,
    Priorities,
    QuotaRules,
    ScopeQuota,
    Vacancy,
    share_places,
)
from gaoxin_vote.domain.units import UnitCode


@dataclass(frozen=True, slots=True)
class OrderKey:
    """What decides between units of the same composite, in the order of the scheme (R27, A17)."""

    code: str
    """As the scheme writes it."""
    label: str
    counted: bool = False
    """A number of votes, not of points."""


INDICATOR = OrderKey("indicator", "指标评估得分")
INTERNAL = OrderKey("internal", "内部评估得分")
BONUS = OrderKey("bonus", "加（减）分")
DECISION = OrderKey("decision", "领导小组决定")
"""A recorded decision of the leading group; always last."""


def score_key(rules: ContestRules) -> OrderKey:
    """The score of one contest."""
    return OrderKey(rules.contest.code, f"{rules.contest.title}得分")


def excellent_key(rules: ContestRules) -> OrderKey:
    """How many votes for the best grade one contest gave."""
    code = f"{rules.contest.code}_excellent_votes"
    return OrderKey(code, f"{rules.contest.title}{rules.labels[0]}票数", counted=True)


def order_keys(contests: Sequence[ContestRules]) -> tuple[OrderKey, ...]:
    """Every key that a scheme with these contests may order by."""
    of_contests = (key for rules in contests for key in (score_key(rules), excellent_key(rules)))
    return (INDICATOR, INTERNAL, BONUS, *of_contests, DECISION)


class LastScope(Labelled):
    """Among whom a unit is last (A27)."""

    ALL_UNITS = "all_units", "全部单位的最后一名"
    PER_CLASS = "per_class", "各类别的最后一名"


@dataclass(frozen=True, slots=True)
class TieRules:
    """The rules of equal units."""

    order: tuple[OrderKey, ...]
    use_decisions: bool
    equal_grade: bool
    """Units equal in every figure share the better grade, even beyond its places (A17)."""

    @property
    def figures(self) -> tuple[OrderKey, ...]:
        """The keys that are figures, in order."""
        return tuple(key for key in self.order if key != DECISION)

    @property
    def decides(self) -> bool:
        """Whether the leading group's decision has a say."""
        return self.use_decisions and DECISION in self.order


@dataclass(frozen=True, slots=True)
class Contender:
    """What standing needs to know of a unit."""

    unit: UnitCode
    unit_class: str
    composite: Decimal
    figures: tuple[Fraction, ...]
    """The further keys in the order of `TieRules.figures`, larger is better."""
    ceiling: Grade | None
    """The best grade that its score and events leave it: 合格, 不合格, or None."""
    priority: int | None = None
    """The leading group's decision in a tie."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one unit stands."""

    contender: Contender
    rank: int
    """名次: competition rank on the composite (1, 2, 2, 4)."""
    order: int
    """Place in the strict order."""
    class_rank: int
    class_order: int
    scope: str
    """The class in whose places it competes, or 全部."""
    reached: Grade
    """The grade of the place its score reaches, whatever bars it."""
    grade: Grade
    """The computed grade."""
    is_last: bool
    tied_with: tuple[UnitCode, ...]
    """Units equal in every figure and not told apart by a decision."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """All standings, best first."""

    standings: tuple[Standing, ...]
    quotas: tuple[ScopeQuota, ...]
    undecided: tuple[tuple[UnitCode, ...], ...]
    """Ties that decide a grade or the last place and lack a decision: they block finalising."""
    half_decided: tuple[tuple[UnitCode, ...], ...]
    """Ties of which a decision places some but neither all nor all but the last (A38)."""
    open_places: tuple[OpenPlaces, ...]
    """Places that equal remainders leave open (A36)."""


def rank(
    ties: TieRules,
    rules: QuotaRules,
    last_scope: LastScope,
    contenders: Sequence[Contender],
    sizes: Sequence[tuple[str, int]],
    decided: Priorities,
) -> Ranking:
    """The strict order, ranks, places and grades of all units (R20–R27).

    `sizes` are the classes with the number of all their units, in the official order; `decided` are the
    leading group's decisions on places that equal remainders leave open.
    The result does not depend on the order of `contenders`: units that nothing tells apart stand by code.
    """
    ordered = sorted(contenders, key=lambda contender: (_key(ties, contender), contender.unit))
    groups = [tuple(group) for _, group in groupby(ordered, key=lambda contender: _key(ties, contender))]
    scopes = sizes if rules.by_class else [(ALL_UNITS, sum(size for _, size in sizes))]
    places_shared = share_places(rules, scopes, decided)
    shared = places_shared.quotas
    graded = _grade(ties, rules, shared, groups)
    last = _last(last_scope, ordered)
    undecided = [
        tuple(contender.unit for contender in group)
        for group in groups
        if len(group) > 1 and (_splits(ties, rules, group, graded) or _ends(last_scope, group, last))
    ]
    tied = {
        contender.unit: tuple(rival.unit for rival in group if rival is not contender)
        for group in groups
        for contender in group
    }
    ranks = _ranks(ordered)
    places: dict[UnitCode, tuple[int, int]] = {}
    for members in _by_class(ordered).values():
        for place, (contender, class_rank) in enumerate(zip(members, _ranks(members), strict=True), start=1):
            places[contender.unit] = (class_rank, place)
    standings = tuple(
        Standing(
            contender=contender,
            rank=position,
            order=order,
            class_rank=places[contender.unit][0],
            class_order=places[contender.unit][1],
            scope=contender.unit_class if rules.by_class else ALL_UNITS,
            reached=graded[contender.unit][0],
            grade=graded[contender.unit][1],
            is_last=contender.unit in last,
            tied_with=tied[contender.unit],
        )
        for order, (contender, position) in enumerate(zip(ordered, ranks, strict=True), start=1)
    )
    return Ranking(standings, shared, tuple(undecided), _half_decided(ties, ordered), places_shared.open)


def _half_decided(ties: TieRules, ordered: Sequence[Contender]) -> tuple[tuple[UnitCode, ...], ...]:
    """Ties in every figure of which the leading group placed too few, or two alike."""
    if not ties.decides:
        return ()
    groups = [tuple(group) for _, group in groupby(ordered, key=_figures)]
    return tuple(
        tuple(contender.unit for contender in group)
        for group in groups
        if any(contender.priority is not None for contender in group)
        and not settles([contender.priority for contender in group])
    )


def _figures(contender: Contender) -> tuple[Decimal | Fraction, ...]:
    return (contender.composite, *contender.figures)


def _key(ties: TieRules, contender: Contender) -> tuple[Decimal | Fraction | tuple[bool, int], ...]:
    """Sorts best first; equal only for units that nothing tells apart."""
    decided = (contender.priority is None, contender.priority or 0) if ties.decides else (False, 0)
    return (-contender.composite, *(-figure for figure in contender.figures), decided)


def _ranks(ordered: Sequence[Contender]) -> list[int]:
    ranks: list[int] = []
    for index, contender in enumerate(ordered):
        same = index > 0 and ordered[index - 1].composite == contender.composite
        ranks.append(ranks[-1] if same else index + 1)
    return ranks


def _by_class(ordered: Sequence[Contender]) -> dict[str, list[Contender]]:
    classes: dict[str, list[Contender]] = defaultdict(list)
    for contender in ordered:
        classes[contender.unit_class].append(contender)
    return classes


def _grade(
    ties: TieRules,
    rules: QuotaRules,
    shared: Sequence[ScopeQuota],
    groups: Sequence[tuple[Contender, ...]],
) -> dict[UnitCode, tuple[Grade, Grade]]:
    """(reached, grade) of each unit: places are given out in the strict order within each scope."""
    left = {quota.scope: [quota.excellent.places, quota.good.places] for quota in shared}
    graded: dict[UnitCode, tuple[Grade, Grade]] = {}
    for group in groups:
        together: dict[str, Grade] = {}
        for contender in group:
            scope = contender.unit_class if rules.by_class else ALL_UNITS
            reached = _reached(rules, contender, left[scope])
            if ties.equal_grade:
                reached = together.setdefault(scope, reached)
            if contender.ceiling is None or rules.vacancy is Vacancy.VACANT:
                _take(left[scope], reached)
            graded[contender.unit] = (reached, reached if contender.ceiling is None else contender.ceiling)
    return graded


def _reached(rules: QuotaRules, contender: Contender, left: Sequence[int]) -> Grade:
    if left[0] > 0 and contender.composite >= rules.excellent_min:
        return Grade.EXCELLENT
    if left[1] > 0 and contender.composite >= rules.good_min:
        return Grade.GOOD
    return Grade.PASS


def _take(left: list[int], reached: Grade) -> None:
    index = {Grade.EXCELLENT: 0, Grade.GOOD: 1}.get(reached)
    if index is not None:
        left[index] = max(0, left[index] - 1)


def _splits(
    ties: TieRules,
    rules: QuotaRules,
    group: tuple[Contender, ...],
    graded: dict[UnitCode, tuple[Grade, Grade]],
) -> bool:
    """Whether another order within this tie would give some unit another grade."""
    if ties.equal_grade:
        return False
    rivals: dict[str, list[Contender]] = defaultdict(list)
    for contender in group:
        if contender.ceiling is None or rules.vacancy is Vacancy.VACANT:
            rivals[contender.unit_class if rules.by_class else ALL_UNITS].append(contender)
    return any(
        len({graded[contender.unit][0] for contender in members}) > 1
        and any(contender.ceiling is None for contender in members)
        for members in rivals.values()
    )


def _last(scope: LastScope, ordered: Sequence[Contender]) -> frozenset[UnitCode]:
    if scope is LastScope.ALL_UNITS:
        return frozenset(contender.unit for contender in ordered[-1:])
    return frozenset(members[-1].unit for members in _by_class(ordered).values())


def _ends(scope: LastScope, group: tuple[Contender, ...], last: frozenset[UnitCode]) -> bool:
    """Whether this tie leaves open who is last."""
    if scope is LastScope.ALL_UNITS:
        return any(contender.unit in last for contender in group)
    return any(len(members) > 1 and members[-1].unit in last for members in _by_class(group).values())
