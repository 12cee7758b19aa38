"""Where does a voting session stand? Turnout and reconciliation, never a result."""

import json
from dataclasses import dataclass, replace

from gaoxin_vote.domain.codec import from_json
from gaoxin_vote.domain.contest_rules import ContestRules
from gaoxin_vote.domain.minutes import SessionMinutes
from gaoxin_vote.domain.roll import ElectoralRoll
from gaoxin_vote.domain.session import SessionId, VotingSession
from gaoxin_vote.domain.tally import Reconciliation
from gaoxin_vote.domain.units import Unit
from gaoxin_vote.storage.ballot_box import BallotBox
from gaoxin_vote.storage.pending_slips import PendingSlips
from gaoxin_vote.storage.roll import RollStore
from gaoxin_vote.storage.sessions import SessionStore
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.workflow.setup.roster import units
from gaoxin_vote.workflow.setup.years import scheme


@dataclass(frozen=True, slots=True)
class SessionState:
    """Where a session stands. Never a result."""

    session: VotingSession
    roll: ElectoralRoll
    slips_made: bool
    spares: int
    unused: int
    used: int
    void: int
    minutes: SessionMinutes
    problems: tuple[str, ...]
    """票数核对: what does not agree yet, in Chinese; empty when all agrees."""

    @property
    def returned(self) -> int:
        """收回: ballots in the box."""
        return self.used

    @property
    def spoiled(self) -> int:
        """作废换发: slips voided by entering them."""
        return self.void

    @property
    def lost(self) -> int:
        """遗失补发: slips replaced on the chief scrutineer's decision."""
        return sum(elector.replacements for elector in self.roll.electors)

    @property
    def reconciliation(self) -> Reconciliation:
        """The numbers that must agree."""
        return Reconciliation(
            should_attend=self.roll.should_attend,
            attended=self.roll.attended,
            issued=self.roll.issued,
            returned=self.used,
            valid=self.used,
            invalid=0,
        )


def sessions(workspace: Workspace, year: int) -> tuple[SessionState, ...]:
    """All sessions of the year, in the order in which they were prepared."""
    found = SessionStore(workspace).sessions(year)
    return tuple(session_state(workspace, session.id) for session in found)


def session_state(workspace: Workspace, session_id: SessionId) -> SessionState:
    """Where the session stands."""
    store = SessionStore(workspace)
    session = store.session(session_id)
    unused, used, void = BallotBox(workspace, session_id).counts()
    state = SessionState(
        session=session,
        roll=RollStore(workspace).roll(session_id),
        slips_made=bool(unused or used or void) or PendingSlips(workspace, session_id).made(),
        spares=store.spares(session_id),
        unused=unused,
        used=used,
        void=void,
        minutes=_minutes(session, store.facts(session_id)),
        problems=(),
    )
    rules = session_rules(workspace, session_id)
    return replace(state, problems=state.reconciliation.problems(rules))


def session_rules(workspace: Workspace, session_id: SessionId) -> ContestRules:
    """The rules of the session's contest."""
    store = SessionStore(workspace)
    return scheme(workspace, store.year(session_id)).contest(store.session(session_id).contest)


def session_units(workspace: Workspace, session: VotingSession) -> tuple[Unit, ...]:
    """The units on the session's ballot, in the official order."""
    year = SessionStore(workspace).year(session.id)
    known = {unit.code: unit for unit in units(workspace, year)}
    return tuple(known[code] for code in session.units)


def _minutes(session: VotingSession, facts: str) -> SessionMinutes:
    stored = json.loads(facts)
    if not stored:
        return SessionMinutes(session.contest, session.group, session.number)
    return from_json(SessionMinutes, stored, where=session.title)
