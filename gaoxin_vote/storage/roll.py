"""Who may be handed a slip in a session, and was it? Never what was voted, never when.

What changes while people vote is one byte overwritten in place; nothing tells in which order they came.
"""

from dataclasses import dataclass
from enum import Enum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, delete, func, insert, select, update

from gaoxin_vote.domain.roll import Elector, ElectoralRoll
from gaoxin_vote.domain.session import SessionId
from gaoxin_vote.domain.units import UnitCode
from gaoxin_vote.errors import Refused
from gaoxin_vote.storage import schema
from gaoxin_vote.storage.workspace import Workspace

_elector = schema.elector.c
_lost = schema.lost_slip.c
_MOST_REPLACEMENTS = 255
_ISSUED, _TAKEN_BACK = b"\1", b"\2"


class RollReason(Enum):
    """Why an entry of the roll cannot be changed."""

    UNKNOWN = "unknown"
    TOO_MANY = "too many"


@dataclass(frozen=True, slots=True)
class LostSlip:
    """One decision of the chief scrutineer to replace a lost slip, which itself stays live."""

    elector: str
    number: int
    """1 for the elector's first replacement."""
    words: str


class RollStore:
    """The electoral roll 应到名单 of each session."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def put(self, session_id: SessionId, roll: ElectoralRoll) -> None:
        """Make `roll` the roll of the session, in this order."""
        with self._workspace.transaction() as connection:
            connection.execute(delete(schema.elector).where(_elector.session == session_id))
            _insert(connection, session_id, 0, roll.electors)

    def append(self, session_id: SessionId, electors: tuple[Elector, ...]) -> None:
        """Put these electors at the end of the roll. Their codes must not be on it yet."""
        with self._workspace.transaction() as connection:
            there = select(func.count()).where(_elector.session == session_id)
            _insert(connection, session_id, connection.scalar(there) or 0, electors)

    def roll(self, session_id: SessionId) -> ElectoralRoll:
        """The roll; empty where none was put."""
        return self.rolls((session_id,))[session_id]

    def rolls(self, sessions: tuple[SessionId, ...]) -> dict[SessionId, ElectoralRoll]:
        """The roll of each of `sessions`, in one reading; empty where none was put."""
        query = (
            select(schema.elector)
            .where(_elector.session.in_(sessions))
            .order_by(_elector.session, _elector.position)
        )
        found: dict[SessionId, list[Elector]] = {session: [] for session in sessions}
        with self._workspace.reading() as connection:
            for row in connection.execute(query):
                found[SessionId(row.session)].append(_from_row(row))
        return {session: ElectoralRoll(tuple(electors)) for session, electors in found.items()}

    def set_attended(self, session_id: SessionId, code: str, attended: bool) -> None:
        """Note whether the elector is present. Raises `Refused` for an unknown code."""
        self._overwrite(session_id, code, attended=_byte(attended))

    def set_issued(self, session_id: SessionId, code: str, issued: bool, *, taken_back: bool = False) -> None:
        """Note whether the elector was handed a slip, or that this was taken back too late to be sure of it.

        Raises `Refused` for an unknown code.
        """
        self._overwrite(session_id, code, issued=_tick(issued, taken_back))

    def set_came(self, session_id: SessionId, code: str, words: str) -> None:
        """Note who came for the elector. Raises `Refused` for an unknown code."""
        self._overwrite(session_id, code, came=words)

    def replace_lost(self, session_id: SessionId, code: str, words: str) -> LostSlip:
        """Count one more slip for the elector and keep the chief scrutineer's decision, without time.

        Raises `Refused` for an unknown code.
        """
        with self._workspace.transaction() as connection:
            query = select(schema.elector).where(_mine(session_id, code))
            row = connection.execute(query).one_or_none()
            if row is None:
                raise _unknown(code)
            number = _from_row(row).replacements + 1
            if number > _MOST_REPLACEMENTS:
                raise Refused(RollReason.TOO_MANY, f"{row.label}补发票码条次数过多，请核实。")
            self._overwrite(session_id, code, replacements=_byte(number))
            decision = {"session": session_id, "elector": code, "number": number, "words": words}
            connection.execute(insert(schema.lost_slip), decision)
            return LostSlip(code, number, words)

    def lost_slips(self, session_id: SessionId) -> tuple[LostSlip, ...]:
        """All decisions on lost slips, by elector."""
        query = (
            select(_lost.elector, _lost.number, _lost.words)
            .where(_lost.session == session_id)
            .order_by(_lost.elector, _lost.number)
        )
        with self._workspace.reading() as connection:
            return tuple(LostSlip(*row) for row in connection.execute(query))

    def _overwrite(self, session_id: SessionId, code: str, **column: bytes | str) -> None:
        with self._workspace.transaction() as connection:
            change = update(schema.elector).where(_mine(session_id, code)).values(**column)
            if connection.execute(change).rowcount != 1:
                raise _unknown(code)


def _insert(connection: Connection, session_id: SessionId, place: int, electors: tuple[Elector, ...]) -> None:
    """Put `electors` on the roll, the first at the position `place`."""
    for position, elector in enumerate(electors, place):
        row = {
            "session": session_id,
            "position": position,
            "code": elector.code,
            "label": elector.label,
            "unit": elector.unit,
            "attended": _byte(elector.attended),
            "issued": _tick(elector.issued, elector.taken_back),
            "replacements": _byte(elector.replacements),
            "came": elector.came,
        }
        connection.execute(insert(schema.elector), row)


def _mine(session_id: SessionId, code: str) -> ColumnElement[bool]:
    return and_(_elector.session == session_id, _elector.code == code)


def _unknown(code: str) -> Refused:
    return Refused(RollReason.UNKNOWN, f"应到名单中没有“{code}”，请核对。")


def _tick(issued: bool, taken_back: bool) -> bytes:
    return _ISSUED if issued else _TAKEN_BACK if taken_back else b"\0"


def _byte(number: int) -> bytes:
    return bytes((number,))


def _from_row(row: Row[Any]) -> Elector:
    return Elector(
        code=row.code,
        label=row.label,
        attended=row.attended != b"\0",
        issued=row.issued == _ISSUED,
        taken_back=row.issued == _TAKEN_BACK,
        replacements=row.replacements[0],
        unit=None if row.unit is None else UnitCode(row.unit),
        came=row.came,
    )
