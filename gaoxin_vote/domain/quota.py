"""How many places of 优秀 and 良好 are there, and for whom?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor

from gaoxin_vote.domain.contest import Grade
from gaoxin_vote.domain.decision import settles
from gaoxin_vote.domain.labelled import Labelled
from gaoxin_vote.domain.rounding import round_half_up

ALL_UNITS = "全部"
"""The one scope when places are not shared out by class."""


class QuotaMode(Labelled):
    """How a ratio becomes places (A12)."""

    FIXED_TOTAL = "fixed_total", "固定总数按最大余数分到各类"
    """A fixed total shared out by largest remainder (R22)."""
    FLOOR = "floor", "按比例舍去小数"
    ROUND = "round", "按比例四舍五入"
    """Half up."""
    MANUAL = "manual", "逐类指定"
    """Given for each class."""


class Vacancy(Labelled):
    """What becomes of the place of a barred unit (A15)."""

    PASS_DOWN = "pass_down", "递补给下一个"
    """It goes to the next eligible unit (R26)."""
    VACANT = "vacant", "空缺"


@dataclass(frozen=True, slots=True)
class Places:
    """Places of the two upper grades."""

    excellent: int
    good: int

    def of(self, grade: Grade) -> int:
        """The places of 优秀 or 良好."""
        return self.excellent if grade is Grade.EXCELLENT else self.good


@dataclass(frozen=True, slots=True)
class QuotaRules:
    """The rules of places (notice, part 4 (1) and (2))."""

    by_class: bool
    """Whether units compete within their class (A13)."""
    mode: QuotaMode
    excellent_ratio: Decimal
    good_ratio: Decimal
    excellent_total: int
    good_total: int
    manual: tuple[tuple[str, Places], ...]
    """Places of each class in the manual mode."""
    vacancy: Vacancy
    excellent_min: Decimal
    """An 优秀 unit needs at least this composite (A16); never below the pass line."""
    good_min: Decimal


@dataclass(frozen=True, slots=True)
class GradePlaces:
    """The places of one grade in one scope, and what they were rounded from."""

    exact: Fraction
    places: int


@dataclass(frozen=True, slots=True)
class ScopeQuota:
    """The places of one class, or of all units."""

    scope: str
    size: int
    """Units in it, barred ones included (R26)."""
    excellent: GradePlaces
    good: GradePlaces


@dataclass(frozen=True, slots=True)
class OpenPlaces:
    """Places for which the remainders of several scopes are equal and no decision tells them apart (A36)."""

    grade: Grade
    scopes: tuple[str, ...]
    places: int
    """How many; fewer than there are scopes."""


@dataclass(frozen=True, slots=True)
class SharedPlaces:
    """The places of every scope, and those that only the leading group can give."""

    quotas: tuple[ScopeQuota, ...]
    open: tuple[OpenPlaces, ...]
    """They block finalising; for the time being the scopes named first are shown with them."""


Priorities = Mapping[tuple[str, Grade], int]
"""The leading group's decisions on equal remainders, by scope and grade; 1 comes first."""


def share_places(rules: QuotaRules, sizes: Sequence[tuple[str, int]], decided: Priorities) -> SharedPlaces:
    """The places of each scope (name, number of units) under the rules and the decisions (R22, A12, A36)."""
    shares: dict[Grade, list[GradePlaces]] = {}
    open_places: list[OpenPlaces] = []
    for grade, ratio, total in (
        (Grade.EXCELLENT, rules.excellent_ratio, rules.excellent_total),
        (Grade.GOOD, rules.good_ratio, rules.good_total),
    ):
        exact = [(scope, Fraction(ratio) * size) for scope, size in sizes]
        if rules.mode is QuotaMode.MANUAL:
            given = {scope: places.of(grade) for scope, places in rules.manual}
            shares[grade] = [GradePlaces(Fraction(given.get(s, 0)), given.get(s, 0)) for s, _ in sizes]
        elif rules.mode is QuotaMode.FLOOR:
            shares[grade] = [GradePlaces(share, floor(share)) for _, share in exact]
        elif rules.mode is QuotaMode.ROUND:
            shares[grade] = [GradePlaces(share, int(round_half_up(share, 0))) for _, share in exact]
        else:
            priorities = {scope: decided.get((scope, grade)) for scope, _ in sizes}
            shares[grade], left = largest_remainder(exact, total, priorities)
            if left is not None:
                open_places.append(OpenPlaces(grade, *left))
    quotas = tuple(
        ScopeQuota(scope, size, best, next_best)
        for (scope, size), best, next_best in zip(
            sizes, shares[Grade.EXCELLENT], shares[Grade.GOOD], strict=True
        )
    )
    return SharedPlaces(quotas, tuple(open_places))


def largest_remainder(
    exact: Sequence[tuple[str, Fraction]], total: int, priorities: Mapping[str, int | None]
) -> tuple[list[GradePlaces], tuple[tuple[str, ...], int] | None]:
    """`total` places shared out: whole parts first, the rest by the size of the remainders (R22).

    Usually every scope gets its whole part or one more. Where that cannot add up to `total` (a fixed total
    that was meant for another number of units), the shares are first scaled so that their sum is `total`.
    Where equal remainders leave more scopes than places, `priorities` decide, if they place all of those
    scopes or all but the last; else those named first are shown with them for the time being, and the scopes
    and the number of places are returned as undecided.
    """
    whole = sum(floor(share) for _, share in exact)
    wanted = sum((share for _, share in exact), Fraction(0))
    if not whole <= total <= whole + len(exact) and wanted > 0:
        exact = [(scope, share * total / wanted) for scope, share in exact]
        whole = sum(floor(share) for _, share in exact)
    remainders = {scope: share - floor(share) for scope, share in exact}
    left, lucky, undecided = total - whole, set[str](), None
    for remainder in sorted(set(remainders.values()), reverse=True):
        equal = [scope for scope, _ in exact if remainders[scope] == remainder]
        if left >= len(equal):
            lucky |= set(equal)
            left -= len(equal)
            continue
        if left > 0 and settles([priorities.get(scope) for scope in equal]):
            order = sorted(equal, key=lambda scope: (priorities.get(scope) is None, priorities.get(scope)))
            lucky |= set(order[:left])
        elif left > 0:
            lucky |= set(equal[:left])
            undecided = (tuple(equal), left)
        break
    places = [GradePlaces(share, floor(share) + (scope in lucky)) for scope, share in exact]
    return places, undecided
