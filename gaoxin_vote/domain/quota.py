"""How many places of 优秀 and 良好 are there, and for whom?"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from math import floor

from gaoxin_vote.domain.rounding import round_half_up

ALL_UNITS = "全部"
"""The one scope when places are not shared out by class."""


class QuotaMode(Enum):
    """How a ratio becomes places (A12)."""

    FIXED_TOTAL = "fixed_total"
    """A fixed total shared out by largest remainder (R22)."""
    FLOOR = "floor"
    ROUND = "round"
    """Half up."""
    MANUAL = "manual"
    """Given for each class."""


class Vacancy(Enum):
    """What becomes of the place of a barred unit (A15)."""

    PASS_DOWN = "pass_down"
    """It goes to the next eligible unit (R26)."""
    VACANT = "vacant"


@dataclass(frozen=True, slots=True)
class Places:
    """Places of the two upper grades."""

    excellent: int
    good: int


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


def quotas(rules: QuotaRules, sizes: Sequence[tuple[str, int]]) -> tuple[ScopeQuota, ...]:
    """The places of each scope (name, number of units); equal remainders go to the scope named first."""
    numbers = [size for _, size in sizes]
    if rules.mode is QuotaMode.MANUAL:
        given = dict(rules.manual)
        chosen = [given.get(scope, Places(0, 0)) for scope, _ in sizes]
        excellent = [GradePlaces(Fraction(places.excellent), places.excellent) for places in chosen]
        good = [GradePlaces(Fraction(places.good), places.good) for places in chosen]
    else:
        excellent = _shares(rules.mode, rules.excellent_ratio, rules.excellent_total, numbers)
        good = _shares(rules.mode, rules.good_ratio, rules.good_total, numbers)
    return tuple(
        ScopeQuota(scope, size, best, next_best)
        for (scope, size), best, next_best in zip(sizes, excellent, good, strict=True)
    )


def _shares(mode: QuotaMode, ratio: Decimal, total: int, sizes: Sequence[int]) -> list[GradePlaces]:
    exact = [Fraction(ratio) * size for size in sizes]
    if mode is QuotaMode.FLOOR:
        return [GradePlaces(share, floor(share)) for share in exact]
    if mode is QuotaMode.ROUND:
        return [GradePlaces(share, int(round_half_up(share, 0))) for share in exact]
    return largest_remainder(exact, total)


def largest_remainder(exact: Sequence[Fraction], total: int) -> list[GradePlaces]:
    """`total` places shared out: whole parts first, the rest by the size of the remainders (R22).

    Usually every share gets its whole part or one more. Where that cannot add up to `total` (a fixed total
    that was meant for another number of units), the shares are first scaled so that their sum is `total`.
    """
    whole = sum(floor(share) for share in exact)
    wanted = sum(exact, Fraction(0))
    if not whole <= total <= whole + len(exact) and wanted > 0:
        exact = [share * total / wanted for share in exact]
        whole = sum(floor(share) for share in exact)
    by_remainder = sorted(range(len(exact)), key=lambda index: floor(exact[index]) - exact[index])
    lucky = frozenset(by_remainder[: total - whole])
    return [GradePlaces(share, floor(share) + (index in lucky)) for index, share in enumerate(exact)]
