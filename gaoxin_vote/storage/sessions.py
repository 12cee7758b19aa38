"""Which sessions does a year have, and what does each need while it runs?"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from sqlalchemy import Connection, Row, exists, func, insert, select, update

from gaoxin_vote.domain.codec import canonical_json
from gaoxin_vote.domain.contest import Contest, ContestCode
from gaoxin_vote.domain.session import SessionId, SlipMode, Stage, VotingSession
from gaoxin_vote.domain.units import UnitCode
from gaoxin_vote.errors import Refused
from gaoxin_vote.storage import schema
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.storage.year import YearStore

_session = schema.session.c


class SessionStoreReason(Enum):
    """Why something of a session cannot be had or changed."""

    UNKNOWN = "unknown"
    HAS_ELECTION = "has election"
    NO_SECRET = "no secret"


@dataclass(frozen=True, slots=True)
class SessionElection:
    """The election of one session, octet for octet as it enters the archive."""

    uuid: str
    election: str = field(repr=False)
    trustees: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class NewSession:
    """What is fixed of a session when it is prepared."""

    uuid: str
    contest: Contest
    units: tuple[UnitCode, ...]
    slip_mode: SlipMode
    group: str = ""
    spares: int = 0


@dataclass(frozen=True, slots=True)
class KeptSession:
    """All that is kept of one session but its roll, its slots and its secret: what one reading tells."""

    session: VotingSession
    year: int
    spares: int
    """How many spare slips are made, added ones included."""
    added: int
    """How many slips were added while it was open, spares and those of further electors."""
    facts: str
    """JSON text about the meeting (place, chair, scrutineers …)."""
    election: SessionElection | None
    """None before the first slips are made."""


class SessionStore:
    """The sessions 测评会议 of the workspace. Nothing here changes, and nothing carries a time, at a cast."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._years = YearStore(workspace)

    def add(self, year: int, new: NewSession) -> VotingSession:
        """Prepare a session. Its number is 1 + those of its contest and weight group that were ever opened.

        Nothing is known of the meeting yet (`set_facts`). Raises `Refused` for an unknown or finalised year.
        """
        with self._workspace.transaction() as connection:
            self._years.require_draft(year)
            opened_before = select(func.count()).where(
                _session.year == year,
                _session.contest == new.contest.code,
                _session.group_name == new.group,
                exists().where(schema.slot.c.session == _session.id),  # made at the opening, never removed
            )
            row = {
                "year": year,
                "contest": new.contest.code,
                "contest_title": new.contest.title,
                "group_name": new.group,
                "number": (connection.scalar(opened_before) or 0) + 1,
                "units": canonical_json([*new.units]),
                "slip_mode": new.slip_mode.value,
                "stage": Stage.SETUP.value,
                "void_reason": "",
                "close_reason": "",
                "facts": "{}",
                "spares": new.spares,
                "added": 0,
                "uuid": new.uuid,
            }
            (key,) = connection.execute(insert(schema.session), row).inserted_primary_key or (0,)
            return self.session(SessionId(key))

    def session(self, session_id: SessionId) -> VotingSession:
        """One session. Raises `Refused` for an unknown id."""
        return _from_row(self._row(session_id))

    def sessions(self, year: int) -> tuple[VotingSession, ...]:
        """All sessions of `year`, voided ones too, in the order in which they were prepared."""
        query = select(schema.session).where(_session.year == year).order_by(_session.id)
        with self._workspace.reading() as connection:
            return tuple(_from_row(row) for row in connection.execute(query))

    def kept(self, session_id: SessionId) -> KeptSession:
        """What is kept of one session. Raises `Refused` for an unknown id."""
        return _kept(self._row(session_id))

    def kept_of_year(self, year: int) -> tuple[KeptSession, ...]:
        """The same of all sessions of `year`, voided ones too, in the order in which they were prepared."""
        query = select(schema.session).where(_session.year == year).order_by(_session.id)
        with self._workspace.reading() as connection:
            return tuple(_kept(row) for row in connection.execute(query))

    def kept_of_all_years(self) -> tuple[KeptSession, ...]:
        """The same of all sessions of all years."""
        query = select(schema.session).order_by(_session.id)
        with self._workspace.reading() as connection:
            return tuple(_kept(row) for row in connection.execute(query))

    def put(self, session: VotingSession) -> None:
        """Store a session's new stage, reasons, units and slip mode.

        Raises `Refused` for an unknown id, a stage that cannot follow, or a finalised year.
        """
        with self._workspace.transaction() as connection:
            row = self._row(session.id)
            self._years.require_draft(row.year)
            before = _from_row(row)
            if session.stage is not before.stage:
                before.require_next(session.stage)
            values = {
                "units": canonical_json([*session.units]),
                "slip_mode": session.slip_mode.value,
                "stage": session.stage.value,
                "void_reason": session.void_reason,
                "close_reason": session.close_reason,
            }
            _change(connection, session.id, values)

    def set_facts(self, session_id: SessionId, facts: str) -> None:
        """Store other facts. Raises `Refused` for an unknown id."""
        self._set(session_id, facts=facts)

    def set_spares(self, session_id: SessionId, spares: int) -> None:
        """Store another number of spares. Raises `Refused` for an unknown id."""
        self._set(session_id, spares=spares)

    def note_added(self, session_id: SessionId, *, spares: int, slips: int) -> None:
        """Count the slips added to an open session, `spares` and `slips` of further electors."""
        values = {"spares": _session.spares + spares, "added": _session.added + spares + slips}
        with self._workspace.transaction() as connection:
            self._row(session_id)
            _change(connection, session_id, values)

    def set_election(self, session_id: SessionId, election: SessionElection, secret: bytes) -> None:
        """Give the session its election and its secret, once.

        Raises `Refused` when it has one, `ValueError` for the election of another uuid.
        """
        with self._workspace.transaction():
            row = self._row(session_id)
            if row.uuid != election.uuid:
                raise ValueError("the election of another session")
            if row.election is not None:
                raise Refused(SessionStoreReason.HAS_ELECTION, "本场会议已有选举数据，不能修改。")
            self._set(
                session_id,
                election=election.election,
                trustees=election.trustees,
                secret=secret,
            )

    def secret(self, session_id: SessionId) -> bytes:
        """The session's secret. Raises `Refused` before there is one and after it was erased."""
        secret = bytes(self._row(session_id).secret or b"")
        if not any(secret):
            raise Refused(
                SessionStoreReason.NO_SECRET, "本场会议没有可用的票码密钥（尚未生成，或封箱时已销毁）。"
            )
        return secret

    def erase_secret(self, session_id: SessionId) -> None:
        """Overwrite the secret with zeros, in place (at the seal, or when the session is voided)."""
        with self._workspace.transaction() as connection:
            _change(connection, session_id, {"secret": func.zeroblob(func.length(_session.secret))})

    def _set(self, session_id: SessionId, **values: object) -> None:
        with self._workspace.transaction() as connection:
            self._row(session_id)
            _change(connection, session_id, values)

    def _row(self, session_id: SessionId) -> Row[Any]:
        query = select(schema.session).where(_session.id == session_id)
        with self._workspace.reading() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            raise Refused(SessionStoreReason.UNKNOWN, "没有这场测评会议，请刷新后重试。")
        return row


def _change(connection: Connection, session_id: SessionId, values: Mapping[str, object]) -> None:
    connection.execute(update(schema.session).where(_session.id == session_id).values(**values))


def _kept(row: Row[Any]) -> KeptSession:
    made = row.election is not None
    election = SessionElection(row.uuid, row.election, row.trustees) if made else None
    return KeptSession(
        _from_row(row), int(row.year), int(row.spares), int(row.added), str(row.facts), election
    )


def _from_row(row: Row[Any]) -> VotingSession:
    return VotingSession(
        id=SessionId(row.id),
        uuid=row.uuid,
        contest=Contest(ContestCode(row.contest), row.contest_title),
        group=row.group_name,
        number=row.number,
        units=tuple(UnitCode(code) for code in json.loads(row.units)),
        slip_mode=SlipMode(row.slip_mode),
        stage=Stage(row.stage),
        void_reason=row.void_reason,
        close_reason=row.close_reason,
    )
