"""Which kinds of file are there?"""

from typing import Any

from gaoxin_vote.domain.contest import Contest
from gaoxin_vote.spreadsheets.kind import Kind
from gaoxin_vote.spreadsheets.kinds.adjustments import ACCEPTANCES, CLAIMS
from gaoxin_vote.spreadsheets.kinds.decisions import OVERRIDES, REFERRALS, STAFF_ADJUSTMENTS, TIES
from gaoxin_vote.spreadsheets.kinds.indicators import SCORES
from gaoxin_vote.spreadsheets.kinds.self_assessments import SELF_ASSESSMENTS
from gaoxin_vote.spreadsheets.kinds.sessions import SESSIONS
from gaoxin_vote.spreadsheets.kinds.standings import EVENTS, HISTORY
from gaoxin_vote.spreadsheets.kinds.supervision import LEDGER, SITE_NOTES
from gaoxin_vote.spreadsheets.kinds.tallies import TALLIES
from gaoxin_vote.spreadsheets.kinds.targets import TARGETS
from gaoxin_vote.spreadsheets.kinds.units import LEADERS, UNITS

KINDS: dict[str, Kind[Any]] = {
    kind.layout.stem: kind
    for kind in (
        UNITS,
        LEADERS,
        TARGETS,
        SCORES,
        CLAIMS,
        ACCEPTANCES,
        EVENTS,
        HISTORY,
        TALLIES[Contest.LEADERSHIP],
        TALLIES[Contest.PEER],
        SESSIONS,
        TIES,
        OVERRIDES,
        STAFF_ADJUSTMENTS,
        REFERRALS,
        LEDGER,
        SELF_ASSESSMENTS,
        SITE_NOTES,
    )
}
"""Every kind by the name of its file without the ending, such as ``bonus_claims``."""
