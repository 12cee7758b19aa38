"""Does a date belong to the year, and has somebody entered the same claim twice? (A39)"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from gaoxin_vote.domain.adjustment import BonusClaim
from gaoxin_vote.domain.scheme import AssessmentScheme
from gaoxin_vote.domain.spelling import code_key, matching
from gaoxin_vote.domain.spoken import spoken_day


def season(scheme: AssessmentScheme) -> tuple[date, date]:
    """First and last day on which something of the year may be dated.

    From 1 January of the year to the end of the claim season: `bonus.season_days` after the deadline.
    """
    return date(scheme.year, 1, 1), scheme.bonus.deadline + timedelta(days=scheme.bonus.season_days)


def out_of_season(scheme: AssessmentScheme, day: date | None) -> str | None:
    """What is odd about a date, in Chinese; None for a date of the year or none at all."""
    first, last = season(scheme)
    if day is None or first <= day <= last:
        return None
    return (
        f"{spoken_day(day)}不在{scheme.year}年度及申报期内（{spoken_day(first)}至{spoken_day(last)}），请核对"
    )


def equal_claims(claims: Iterable[BonusClaim]) -> Iterator[tuple[BonusClaim, BonusClaim]]:
    """Pairs of claims equal in unit, category, level, matter, title and date: perhaps one entered twice."""
    entered = tuple(claims)
    equals: dict[tuple[object, ...], list[BonusClaim]] = {}
    for claim in entered:
        equals.setdefault(_identity(claim), []).append(claim)
    for first in entered:
        later = equals[_identity(first)]
        later.pop(0)  # `first` itself: the others of its kind before it are gone already
        yield from ((first, second) for second in later)


def _identity(claim: BonusClaim) -> tuple[object, ...]:
    return (
        claim.unit,
        claim.category,
        claim.level,
        code_key(claim.matter_id),
        matching(claim.title),
        claim.issued_on,
    )
