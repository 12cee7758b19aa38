"""Which sealed ballots lie in the box of a session? Nothing tells when one was cast, or which came first.

Slots are made when the session opens, in the order of the election's credential list; more are appended while
it is open, and the box is laid in order again at the seal. A cast overwrites one slot in place with bytes of
the same number, so that no page is taken, freed or moved (docs/storage.md).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from sqlalchemy import ColumnElement, and_, delete, func, insert, literal, select, update

from gaoxin_vote.domain.session import SessionId
from gaoxin_vote.errors import Refused
from gaoxin_vote.storage import schema
from gaoxin_vote.storage.workspace import Workspace

_slot = schema.slot.c
_LENGTH_BYTES = 4
_MOST_SLOTS = 1 << 20


class SlotState(Enum):
    """What became of a slot, as the one byte that stands in the file."""

    UNUSED = b"\x00"
    USED = b"\x01"
    SPOILED = b"\x02"


class SlotReason(Enum):
    """Why a slot takes no ballot, or cannot be spoiled."""

    UNKNOWN = "unknown"
    USED = "used"
    SPOILED = "spoiled"


WORDS = {
    SlotReason.UNKNOWN: "此票码不属于本场会议，请核对后重新输入。",
    SlotReason.USED: "此票码已经投过票，每张票码条只能投一次。",
    SlotReason.SPOILED: "此票码条已作废，请使用换发的票码条，或联系工作人员。",
}
"""What a voter is told of a slot that takes no ballot."""


@dataclass(frozen=True, slots=True)
class Slot:
    """What is known of one slot without its ballot."""

    state: SlotState
    sealed_unit: bytes
    size: int
    """Bytes of the ballot's place, length prefix and padding included."""


@dataclass(frozen=True, slots=True)
class SlotCounts:
    """How many slots of a session are in each state."""

    unused: int = 0
    used: int = 0
    spoiled: int = 0


def slot_counts(workspace: Workspace, sessions: tuple[SessionId, ...]) -> dict[SessionId, SlotCounts]:
    """The counts of those of `sessions` that have slots, in one reading."""
    query = (
        select(_slot.session, _slot.state, func.count())
        .where(_slot.session.in_(sessions))
        .group_by(_slot.session, _slot.state)
    )
    found: dict[SessionId, dict[str, int]] = {}
    with workspace.reading() as connection:
        for session, state, count in connection.execute(query):
            name = SlotState(bytes(state)).name.lower()
            found.setdefault(SessionId(session), {})[name] = count
    return {session: SlotCounts(**counts) for session, counts in found.items()}


class BallotBox:
    """The slots 票位 of one session."""

    def __init__(self, workspace: Workspace, session_id: SessionId) -> None:
        self._workspace = workspace
        self._session = session_id

    def open_slots(self, credentials: Sequence[tuple[str, bytes]], ballot_bound: int) -> None:
        """Make one unused slot per (public credential, sealed unit), in this order.

        `ballot_bound` is the greatest number of bytes a ballot of this election can have. Raises
        `ValueError` unless all sealed units have the same length; to be called once per session.
        """
        if not 0 < len(credentials) < _MOST_SLOTS or len({len(unit) for _, unit in credentials}) != 1:
            raise ValueError("no slots, too many, or sealed units of different length")
        self._make(0, credentials, _LENGTH_BYTES + ballot_bound)

    def add_slots(self, credentials: Sequence[tuple[str, bytes]]) -> None:
        """Append one unused slot per (public credential, sealed unit), in this order, each like those there.

        Raises `ValueError` before the box is opened, for too many, and for a sealed unit of another length.
        """
        with self._workspace.transaction():
            listed = self.credentials()
            size = {len(unit) for _, unit in credentials}
            if not listed or not 0 < len(listed) + len(credentials) < _MOST_SLOTS:
                raise ValueError("no slots yet, or too many")
            if size != {len(self._known(listed[0]).sealed_unit)}:
                raise ValueError("a sealed unit of another length would tell the slot")
            self._make(len(listed), credentials, self._known(listed[0]).size)

    def lay_in_order(self, order: Callable[[str], bytes]) -> None:
        """Lay the slots anew, sorted by `order` of their credential.

        Nothing tells then which were added later, neither their places nor the pages that they lie in. Takes
        as much memory as the box has bytes.
        """
        with self._workspace.transaction() as connection:
            mine = _slot.session == self._session
            slots = sorted(
                connection.execute(select(schema.slot).where(mine)), key=lambda s: order(s.credential)
            )
            # All are taken out, in the order of their places, before the first is put back: one moved by
            # itself would keep its own pages, and pages freed in the order of the index would tell, too.
            first = self._session * _MOST_SLOTS
            places = _slot.id.between(first, first + _MOST_SLOTS - 1)
            connection.execute(delete(schema.slot).where(places))
            for position, slot in enumerate(slots):
                connection.execute(insert(schema.slot), {**slot._mapping, "id": first + position})

    def _make(self, place: int, credentials: Sequence[tuple[str, bytes]], size: int) -> None:
        first = self._session * _MOST_SLOTS + place
        with self._workspace.transaction() as connection:
            for position, (credential, sealed_unit) in enumerate(credentials):
                row = {
                    "id": first + position,
                    "session": self._session,
                    "credential": credential,
                    "state": SlotState.UNUSED.value,
                    "sealed_unit": sealed_unit,
                    "ballot": bytes(size),
                }
                connection.execute(insert(schema.slot), row)

    def slot(self, credential: str) -> Slot | None:
        """What is known of the credential's slot, None for a credential of no slot."""
        query = select(_slot.state, _slot.sealed_unit, func.length(_slot.ballot)).where(
            self._mine(credential)
        )
        with self._workspace.reading() as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else Slot(SlotState(row[0]), row[1], row[2])

    def state(self, credential: str) -> SlotState | None:
        """The state of the credential's slot, None for a credential of no slot."""
        slot = self.slot(credential)
        return None if slot is None else slot.state

    def sealed_unit(self, credential: str) -> bytes:
        """The sealed unit of the slot. Raises `Refused` for an unknown credential."""
        return self._known(credential).sealed_unit

    def set_sealed_unit(self, credential: str, sealed_unit: bytes) -> None:
        """Overwrite the sealed unit of an unused slot (a spare slip that is handed to somebody) in place.

        Raises `Refused` for an unknown, used or spoiled credential, `ValueError` for another length.
        """
        with self._workspace.transaction():
            if len(sealed_unit) != len(self.sealed_unit(credential)):
                raise ValueError("a sealed unit of another length would move the slot")
            self._change_unused(credential, sealed_unit=sealed_unit)

    def cast(self, credential: str, ballot_text: str) -> None:
        """Put a sealed ballot into the slot of its credential: one update in place, durable when it returns.

        Raises `Refused` for an unknown, used or spoiled credential, `ValueError` for a ballot over the bound.
        """
        ballot = ballot_text.encode()
        with self._workspace.transaction():
            size = self._known(credential).size
            if len(ballot) > size - _LENGTH_BYTES:
                raise ValueError(f"a ballot of {len(ballot)} bytes is over the bound {size - _LENGTH_BYTES}")
            padded = (len(ballot).to_bytes(_LENGTH_BYTES, "big") + ballot).ljust(size, b"\0")
            self._change_unused(credential, state=SlotState.USED.value, ballot=padded)

    def spoil(self, credential: str) -> None:
        """Let the unused slot of a spoiled slip take no ballot any more.

        Raises `Refused` for an unknown, used or spoiled credential.
        """
        self._change_unused(credential, state=SlotState.SPOILED.value)

    def counts(self) -> SlotCounts:
        """How many slots are in each state."""
        return slot_counts(self._workspace, (self._session,)).get(self._session, SlotCounts())

    def credentials(self) -> tuple[str, ...]:
        """All public credentials, in the order of the slots."""
        query = select(_slot.credential).where(_slot.session == self._session).order_by(_slot.id)
        with self._workspace.reading() as connection:
            return tuple(connection.scalars(query))

    def ballots(self) -> Iterator[str]:
        """The sealed ballots, one at a time, in the order of the slots."""
        used = and_(_slot.session == self._session, _slot.state == SlotState.USED.value)
        with self._workspace.reading() as connection:
            places = connection.scalars(select(_slot.id).where(used).order_by(_slot.id)).all()
        for place in places:
            with self._workspace.reading() as connection:
                padded = connection.scalars(select(_slot.ballot).where(_slot.id == place)).one()
            length = int.from_bytes(padded[:_LENGTH_BYTES], "big")
            yield padded[_LENGTH_BYTES : _LENGTH_BYTES + length].decode()

    def erase_sealed_units(self) -> None:
        """Overwrite all sealed units with zeros of the same length, in place (at the seal)."""
        zeros = func.zeroblob(func.length(_slot.sealed_unit))
        with self._workspace.transaction() as connection:
            mine = _slot.session == self._session
            connection.execute(update(schema.slot).where(mine).values(sealed_unit=zeros))

    def _change_unused(self, credential: str, **columns: bytes) -> None:
        # Every new value has the byte length of the old one: the cell is overwritten where it lies.
        mine = and_(self._mine(credential), _slot.state == SlotState.UNUSED.value)
        with self._workspace.transaction() as connection:
            values = {name: literal(value) for name, value in columns.items()}
            if connection.execute(update(schema.slot).where(mine).values(values)).rowcount != 1:
                used = self._known(credential).state is SlotState.USED
                raise _refusal(SlotReason.USED if used else SlotReason.SPOILED)

    def _mine(self, credential: str) -> ColumnElement[bool]:
        return and_(_slot.session == self._session, _slot.credential == credential)

    def _known(self, credential: str) -> Slot:
        slot = self.slot(credential)
        if slot is None:
            raise _refusal(SlotReason.UNKNOWN)
        return slot


def _refusal(reason: SlotReason) -> Refused:
    return Refused(reason, WORDS[reason])
