"""Which slips are made for a session that is not open yet?"""

from sqlalchemy import delete, func, insert, select, update

from gaoxin_vote.domain.session import SessionId
from gaoxin_vote.storage import schema
from gaoxin_vote.storage.workspace import Workspace

_pending = schema.pending_slip.c


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
        """Make these (public credential, sealed unit) the slips, in this order, in place of earlier ones."""
        with self._workspace.transaction() as connection:
            connection.execute(delete(schema.pending_slip).where(_pending.session == self._session))
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
