"""Which kinds of file are there?"""

from collections.abc import Iterable
from typing import Any

from gaoxin_vote.domain.contest_rules import ContestRules
from gaoxin_vote.spreadsheets.kind import Kind
from gaoxin_vote.spreadsheets.kinds.adjustments import ACCEPTANCES, CLAIMS
from gaoxin_vote.spreadsheets.kinds.decisions import OVERRIDES, REFERRALS, STAFF_ADJUSTMENTS, TIES
from gaoxin_vote.spreadsheets.kinds.indicators import SCORES
from gaoxin_vote.spreadsheets.kinds.raters import RATERS
from gaoxin_vote.spreadsheets.kinds.self_assessments import SELF_ASSESSMENTS
from gaoxin_vote.spreadsheets.kinds.sessions import SESSIONS
from gaoxin_vote.spreadsheets.kinds.standings import EVENTS, HISTORY
from gaoxin_vote.spreadsheets.kinds.supervision import LEDGER, SITE_NOTES
from gaoxin_vote.spreadsheets.kinds.tallies import tally_kind
from gaoxin_vote.spreadsheets.kinds.targets import TARGETS
from gaoxin_vote.spreadsheets.kinds.units import LEADERS, UNITS

_BEFORE: tuple[Kind[Any], ...] = (
    UNITS,
    LEADERS,
    RATERS,
    TARGETS,
    SCORES,
    CLAIMS,
    ACCEPTANCES,
    EVENTS,
    HISTORY,
)
_AFTER: tuple[Kind[Any], ...] = (
    SESSIONS,
    TIES,
    OVERRIDES,
    STAFF_ADJUSTMENTS,
    REFERRALS,
    LEDGER,
    SELF_ASSESSMENTS,
    SITE_NOTES,
)


def kinds(contests: Iterable[ContestRules]) -> dict[str, Kind[Any]]:
    """Every kind, a tally per contest among them, by the name of its file, such as ``bonus_claims``."""
    tallies = (tally_kind(rules) for rules in contests)
    return {kind.layout.stem: kind for kind in (*_BEFORE, *tallies, *_AFTER)}
