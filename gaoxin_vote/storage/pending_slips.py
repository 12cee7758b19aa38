"""Which slips are made for a session that is not open yet?"""

from sqlalchemy import delete, insert, select

from gaoxin_vote.domain.session import SessionId
from gaoxin_vote.storage import schema
from gaoxin_vote.storage.workspace import Workspace

_pending = schema.pending_slip.c


def sessions_with_slips(workspace: Workspace, sessions: tuple[SessionId, ...]) -> frozenset[SessionId]:
    """Which of `sessions` have slips that wait for the opening, in one reading."""
    query = select(_pending.session).where(_pending.session.in_(sessions)).distinct()
    with workspace.reading() as connection:
        return frozenset(SessionId(session) for session in connection.scalars(query))


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
                {"session": self._session, "position": place, "credential": name, "sealed_unit": unit}
                for place, (name, unit) in enumerate(slips)
            ]
            if rows:
                connection.execute(insert(schema.pending_slip), rows)

    def slips(self) -> tuple[tuple[str, bytes], ...]:
        """(public credential, sealed unit) of each slip, in their order."""
        query = (
            select(_pending.credential, _pending.sealed_unit)
            .where(_pending.session == self._session)
            .order_by(_pending.position)
        )
        with self._workspace.reading() as connection:
            return tuple((name, bytes(unit)) for name, unit in connection.execute(query))
