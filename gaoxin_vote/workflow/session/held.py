"""What stands fixed of a voting session while an act runs: read once, and passed on."""

import json
from dataclasses import dataclass
from enum import Enum

from gaoxin_vote.domain.codec import from_json
from gaoxin_vote.domain.contest_rules import ContestRules
from gaoxin_vote.domain.minutes import SessionMinutes
from gaoxin_vote.domain.scheme import AssessmentScheme
from gaoxin_vote.domain.scheme_file import load_scheme
from gaoxin_vote.domain.session import SessionId, VotingSession
from gaoxin_vote.domain.units import Unit
from gaoxin_vote.errors import Refused
from gaoxin_vote.storage.sessions import KeptSession, SessionElection, SessionStore
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.storage.year import YearStore


class HeldReason(Enum):
    """Why a session lacks what an act needs."""

    NO_ELECTION = "no election"


@dataclass(frozen=True, slots=True)
class HeldSession:
    """One session with the scheme of its year; its roll and its slots are not in it."""

    session: VotingSession
    year: int
    scheme: AssessmentScheme
    spares: int
    """How many spare slips are made, added ones included."""
    added: int
    """How many slips were added while it was open."""
    minutes: SessionMinutes
    made: SessionElection | None
    """The election, once the first slips are made."""

    @property
    def rules(self) -> ContestRules:
        """The rules of its contest."""
        return self.scheme.contest(self.session.contest.code)

    @property
    def full_title(self) -> str:
        """The scheme's title and its own, as on slips and in the election."""
        return f"{self.scheme.title} {self.session.title}"

    @property
    def election(self) -> SessionElection:
        """The election. Raises `Refused` before the first slips are made."""
        if self.made is None:
            raise Refused(HeldReason.NO_ELECTION, "本场会议尚未生成选举数据，请先打印票码条或开始会议。")
        return self.made

    def rated(self, units: tuple[Unit, ...]) -> tuple[Unit, ...]:
        """Those of the year's `units` that are on its ballot, in the official order."""
        known = {unit.code: unit for unit in units}
        return tuple(known[code] for code in self.session.units)


def held_session(workspace: Workspace, session_id: SessionId) -> HeldSession:
    """The session as it stands. Raises `Refused` for an unknown id."""
    with workspace.reading():
        kept = SessionStore(workspace).kept(session_id)
        return _held(kept, load_scheme(YearStore(workspace).scheme_text(kept.year)))


def held_sessions(workspace: Workspace, year: int, scheme: AssessmentScheme) -> tuple[HeldSession, ...]:
    """All sessions of a year, in the order in which they were prepared; `scheme` is the year's."""
    return tuple(_held(kept, scheme) for kept in SessionStore(workspace).kept_of_year(year))


def _held(kept: KeptSession, scheme: AssessmentScheme) -> HeldSession:
    minutes = _minutes(kept.session, kept.facts)
    return HeldSession(kept.session, kept.year, scheme, kept.spares, kept.added, minutes, kept.election)


def _minutes(session: VotingSession, facts: str) -> SessionMinutes:
    stored = json.loads(facts)
    if not stored:
        return SessionMinutes(session.contest, session.group, session.number)
    return from_json(SessionMinutes, stored, where=session.title)
