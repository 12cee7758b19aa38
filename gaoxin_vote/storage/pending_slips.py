"""Which slips are made for a session that is not open yet?"""

from sqlalchemy import delete, func, insert, select, update

from gaoxin_vote.domain.session import SessionId
from gaoxin_vote.storage import schema
from gaoxin_vote.storage.workspace import Workspace

_pending = schema.pending_slip.c
_withdrawn = schema.withdrawn_slip.c


def sessions_with_slips(workspace: Workspace, sessions: tuple[SessionId, ...]) -> dict[SessionId, bool]:
    """Which of `sessions` have slips that wait for the opening, and whether these were printed or saved."""
    query = (
        select(_pending.session, func.min(_pending.out))
        .where(_pending.session.in_(sessions))
        .group_by(_pending.session)
    )
    with workspace.reading() as connection:
        return {SessionId(session): bool(out) for session, out in connection.execute(query)}


class PendingSlips:
    """Public credential and sealed unit of each slip of one session, until its slots are opened."""

    def __init__(self, workspace: Workspace, session_id: SessionId) -> None:
        self._workspace = workspace
        self._session = session_id

    def put(self, slips: tuple[tuple[str, bytes], ...]) -> None:
        """Make these (public credential, sealed unit) the slips, in this order, in place of earlier ones.

        Of those, the ones that were printed or saved may be in somebody's hand: they are withdrawn.
        """
        with self._workspace.transaction() as connection:
            mine = delete(schema.pending_slip).where(_pending.session == self._session)
            gone = connection.execute(mine.returning(_pending.credential, _pending.out)).all()
            printed = [{"session": self._session, "credential": name} for name, out in gone if out]
            if printed:
                connection.execute(insert(schema.withdrawn_slip), printed)
            rows = [
                {
                    "session": self._session,
                    "position": place,
                    "credential": name,
                    "sealed_unit": unit,
                    "out": 0,
                }
                for place, (name, unit) in enumerate(slips)
            ]
            if rows:
                connection.execute(insert(schema.pending_slip), rows)

    def clear(self) -> None:
        """Nothing waits any more: the slips have their slots, or the session is voided."""
        with self._workspace.transaction() as connection:
            connection.execute(delete(schema.pending_slip).where(_pending.session == self._session))

    def is_withdrawn(self, credential: str) -> bool:
        """Whether this public credential is that of a slip in whose place others were made."""
        query = select(_withdrawn.credential).where(
            _withdrawn.session == self._session, _withdrawn.credential == credential
        )
        with self._workspace.reading() as connection:
            return connection.execute(query).first() is not None

    def forget_withdrawn(self) -> None:
        """No code leads to them any more."""
        with self._workspace.transaction() as connection:
            connection.execute(delete(schema.withdrawn_slip).where(_withdrawn.session == self._session))

    def note_out(self) -> None:
        """Note that they were printed or saved; those put later were not."""
        with self._workspace.transaction() as connection:
            connection.execute(
                update(schema.pending_slip).where(_pending.session == self._session).values(out=1)
            )

    def slips(self) -> tuple[tuple[str, bytes], ...]:
        """(public credential, sealed unit) of each slip, in their order."""
        query = (
            select(_pending.credential, _pending.sealed_unit)
            .where(_pending.session == self._session)
            .order_by(_pending.position)
        )
        with self._workspace.reading() as connection:
            return tuple((name, bytes(unit)) for name, unit in connection.execute(query))
