"""Where does a voting session stand? Turnout and reconciliation, never a result."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from gaoxin_vote.domain.minutes import SessionMinutes
from gaoxin_vote.domain.roll import Elector, ElectoralRoll
from gaoxin_vote.domain.scheme import AssessmentScheme
from gaoxin_vote.domain.session import SessionId, VotingSession
from gaoxin_vote.domain.tally import Reconciliation
from gaoxin_vote.spreadsheets.kind import Kind
from gaoxin_vote.storage.ballot_box import SlotCounts, slot_counts
from gaoxin_vote.storage.ceremony import CeremonyStore
from gaoxin_vote.storage.pending_slips import sessions_with_slips
from gaoxin_vote.storage.register import Register
from gaoxin_vote.storage.roll import RollStore
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.workflow.session.held import HeldSession, held_session, held_sessions
from gaoxin_vote.workflow.setup.roster import lacking
from gaoxin_vote.workflow.setup.years import scheme


@dataclass(frozen=True, slots=True)
class SessionState:
    """Where a session stands. Never a result."""

    held: HeldSession
    roll: ElectoralRoll
    slips_made: bool
    slips_out: bool
    """Slips that wait for the opening were printed or saved."""
    unused: int
    """Slips that can still vote."""
    returned: int
    """收回: ballots in the box."""
    spoiled: int
    """作废换发: spoiled slips that were entered and exchanged for a spare."""

    @property
    def session(self) -> VotingSession:
        """The session."""
        return self.held.session

    @property
    def minutes(self) -> SessionMinutes:
        """Place and people."""
        return self.held.minutes

    @property
    def lost(self) -> int:
        """遗失补发: slips replaced on the chief scrutineer's decision."""
        return sum(elector.replacements for elector in self.roll.electors)

    @property
    def quorum(self) -> int:
        """最低到会: how many electors must be present (A9)."""
        return ceil(self.held.rules.min_turnout * self.roll.should_attend)

    @property
    def short(self) -> str:
        """How many electors are missing for a quorum, in Chinese, or nothing."""
        present = self.roll.attended
        return f"实到{present}，须{self.quorum}" if present < self.quorum else ""

    @property
    def reconciliation(self) -> Reconciliation:
        """The numbers that must agree."""
        return Reconciliation(
            should_attend=self.roll.should_attend,
            attended=self.roll.attended,
            issued=self.roll.issued,
            returned=self.returned,
            valid=self.returned,
            invalid=0,
        )

    @property
    def problems(self) -> tuple[str, ...]:
        """票数核对: what does not agree yet, in Chinese; empty when the session may be counted."""
        found = (*self.reconciliation.problems(self.held.rules), self._voted_twice, self.too_few)
        return tuple(filter(None, found))

    @property
    def _voted_twice(self) -> str:
        """Why more ballots came than people hold slips, in Chinese, or nothing (A42)."""
        handed = len(self.roll.handed)
        if self.returned <= handed or not self.lost:
            return ""
        return (
            f"收回{self.returned}张，多于领票的{handed}人，有人用遗失的和补发的票码条各投了一次，本次测评无效"
        )

    @property
    def too_few(self) -> str:
        """Why these are too few ballots to be counted, in Chinese, or nothing (A41).

        Each lost slip may have voted beside its spare: then one person's votes stand twice in the sums.
        """
        least = self.held.rules.least_ballots + self.lost
        if self.returned >= least:
            return ""
        doubled = f"（{self.lost}张遗失补发的可能与原票码条各投了一次）" if self.lost else ""
        few = f"{self.session.title}收回{self.returned}张，少于{least}张{doubled}"
        return f"{few}时汇总票数会反映个人评价，不能计票。"

    @property
    def mending(self) -> tuple[str, ...]:
        """Which ticks of the roll may be missing where the numbers do not agree, in Chinese."""
        numbers, rules = self.reconciliation, self.held.rules
        without_slip = [elector for elector in self.roll.electors if not elector.issued]
        away = [elector for elector in self.roll.electors if not elector.attended]
        found = []
        if self.returned > min(numbers.issued, len(self.roll.handed)) and without_slip:
            found.append(f"可能漏登“票码条”（领票）：{_names(without_slip)}。请补登实际领了票的。")
        absent = self.returned > numbers.attended * rules.ballots_per_unit
        if away and (absent or self.short):
            found.append(f"可能漏登“签到”：{_names(away)}。请补登实际到场的。")
        return tuple(found)


@dataclass(frozen=True, slots=True)
class YearSessions:
    """All sessions of a year, and what more can be prepared; cheap enough to be asked every moment."""

    scheme: AssessmentScheme
    states: tuple[SessionState, ...]
    """In the order in which they were prepared."""
    keys_made: bool
    """Whether the key ceremony was held."""
    missing: tuple[Kind[Any], ...]
    """The lists that the year still lacks."""


def year_sessions(workspace: Workspace, year: int) -> YearSessions:
    """Where the sessions of the year stand. Raises `Refused` for an unknown year."""
    with workspace.reading():
        rules = scheme(workspace, year)
        return YearSessions(
            scheme=rules,
            states=states(workspace, held_sessions(workspace, year, rules)),
            keys_made=CeremonyStore(workspace).find(year) is not None,
            missing=lacking(rules, Register(workspace).kinds(year)),
        )


def sessions(workspace: Workspace, year: int) -> tuple[SessionState, ...]:
    """All sessions of the year, in the order in which they were prepared."""
    with workspace.reading():
        return states(workspace, held_sessions(workspace, year, scheme(workspace, year)))


def session_state(workspace: Workspace, session_id: SessionId) -> SessionState:
    """Where the session stands. Raises `Refused` for an unknown id."""
    with workspace.reading():
        return states(workspace, (held_session(workspace, session_id),))[0]


def states(workspace: Workspace, held: tuple[HeldSession, ...]) -> tuple[SessionState, ...]:
    """Where each of these sessions stands: three readings, however many there are."""
    ids = tuple(each.session.id for each in held)
    with workspace.reading():
        rolls = RollStore(workspace).rolls(ids)
        counts = slot_counts(workspace, ids)
        pending = sessions_with_slips(workspace, ids)
    return tuple(
        _state(each, rolls[key], counts.get(key), pending.get(key))
        for key, each in zip(ids, held, strict=True)
    )


_NAMED = 6
"""How many electors are named before only their number is said."""


def _names(electors: Sequence[Elector]) -> str:
    shown = "、".join(elector.label for elector in electors[:_NAMED])
    return shown if len(electors) <= _NAMED else f"{shown}等{len(electors)}个"


def _state(
    held: HeldSession, roll: ElectoralRoll, slots: SlotCounts | None, pending: bool | None
) -> SessionState:
    counts = slots or SlotCounts()
    made = pending is not None or slots is not None
    return SessionState(held, roll, made, bool(pending), counts.unused, counts.used, counts.spoiled)
