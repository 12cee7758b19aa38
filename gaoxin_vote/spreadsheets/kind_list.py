"""Which kinds of input are there? Whatever deals with all of them goes by these lists.

A new kind is its own module and one line here (and the value in the domain, where the assessment uses it).
"""

from collections.abc import Callable, Iterable
from typing import Any

from gaoxin_vote.domain.contest_rules import ContestRules
from gaoxin_vote.spreadsheets.context import Context
from gaoxin_vote.spreadsheets.kind import Kind
from gaoxin_vote.spreadsheets.kinds.adjustments import ACCEPTANCES, CLAIMS
from gaoxin_vote.spreadsheets.kinds.count_decisions import COUNTS
from gaoxin_vote.spreadsheets.kinds.decisions import OVERRIDES, REFERRALS, STAFF_ADJUSTMENTS, TIES
from gaoxin_vote.spreadsheets.kinds.indicators import SCORES
from gaoxin_vote.spreadsheets.kinds.place_decisions import PLACES
from gaoxin_vote.spreadsheets.kinds.raters import RATERS
from gaoxin_vote.spreadsheets.kinds.self_assessments import SELF_ASSESSMENTS
from gaoxin_vote.spreadsheets.kinds.sessions import SESSIONS
from gaoxin_vote.spreadsheets.kinds.standings import EVENTS, HISTORY
from gaoxin_vote.spreadsheets.kinds.supervision import LEDGER, SITE_NOTES
from gaoxin_vote.spreadsheets.kinds.tallies import tally_kind
from gaoxin_vote.spreadsheets.kinds.targets import TARGETS
from gaoxin_vote.spreadsheets.kinds.units import LEADERS, UNITS

ENTERED: tuple[Kind[Any], ...] = (
    UNITS,
    LEADERS,
    RATERS,
    SCORES,
    CLAIMS,
    EVENTS,
    HISTORY,
    TARGETS,
    ACCEPTANCES,
    TIES,
    PLACES,
    COUNTS,
    OVERRIDES,
    STAFF_ADJUSTMENTS,
    REFERRALS,
    LEDGER,
    SELF_ASSESSMENTS,
    SITE_NOTES,
)
"""What an office enters in a year, in the order in which windows list it."""

GROUNDS: tuple[Kind[Any], ...] = tuple(kind for kind in ENTERED if kind.context is not None)
"""The kinds that others are read against, each before those that need it."""


def counted(contests: Iterable[ContestRules]) -> tuple[Kind[Any], ...]:
    """What the sessions of these contests give, and a folder tells of sessions held elsewhere."""
    return (SESSIONS, *(tally_kind(rules) for rules in contests))


def kinds(contests: Iterable[ContestRules]) -> dict[str, Kind[Any]]:
    """Every kind, a tally per contest among them, by the name of its file, such as ``bonus_claims``."""
    return {kind.layout.stem: kind for kind in (*ENTERED, *counted(contests))}


def context_after(start: Context, values: Callable[[Kind[Any]], tuple[Any, ...]]) -> Context:
    """What rows are read against once the `values` of each kind are known."""
    context = start
    for kind in GROUNDS:
        if kind.context is not None:
            context = kind.context(context, values(kind))
    return context
