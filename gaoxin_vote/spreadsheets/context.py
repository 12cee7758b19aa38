"""What is a row read against?"""

from collections.abc import Callable
from dataclasses import dataclass, field

from gaoxin_vote.domain.adjustment import BonusClaim
from gaoxin_vote.domain.scheme import AssessmentScheme
from gaoxin_vote.spreadsheets.catalogue import Catalogue
from gaoxin_vote.spreadsheets.naming import UnitNames


def _anything(text: str) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Context:
    """What a year says before a row of it is read; every kind takes from it what it needs."""

    scheme: AssessmentScheme
    names: UnitNames = field(default_factory=lambda: UnitNames(()))
    """The units; none while the list of units itself is read."""
    catalogue: Catalogue = field(default_factory=lambda: Catalogue(()))
    """The indicators: the targets, or those of the first file of scores; empty before either."""
    claims: tuple[BonusClaim, ...] = ()
    """The claims for bonus and deduction points, which decisions speak of."""
    unprintable: Callable[[str], str] = _anything
    """Why a text could not be printed, in words; empty where it can, or where nothing is printed of it."""
