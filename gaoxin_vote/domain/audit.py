"""What is an act on record, and has the log of acts been touched?"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from gaoxin_vote.domain.codec import canonical_json
from gaoxin_vote.errors import EvidenceBroken


class AuditReason(Enum):
    """What is wrong with the log."""

    CHAIN_BROKEN = "chain broken"


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One act. `hash` = SHA-256 of the canonical JSON [number, year, time, act, content, previous], hex."""

    number: int
    year: int | None
    """None for an act on the workspace as a whole."""
    time: str
    """ISO 8601 with offset, to the second; empty for acts that must not carry a time."""
    act: str
    """Code of the `Act`."""
    content: str
    """Canonical JSON text of its fields."""
    previous: str
    hash: str


def first_link(identity: str) -> str:
    """What the first entry of a workspace with this `identity` carries as `previous`."""
    return hashlib.sha256(f"audit|{identity}".encode()).hexdigest()


def chained(number: int, year: int | None, time: str, act: str, content: str, previous: str) -> AuditEntry:
    """The entry with its hash."""
    text = canonical_json([number, year, time, act, content, previous])
    return AuditEntry(number, year, time, act, content, previous, hashlib.sha256(text.encode()).hexdigest())


def backward_times(entries: Iterable[AuditEntry]) -> Iterator[AuditEntry]:
    """Entries whose time lies before an earlier entry's: the clock was wrong at one of the two."""
    latest: datetime | None = None
    for entry in entries:
        if not entry.time:
            continue
        time = datetime.fromisoformat(entry.time)
        if latest is not None and time < latest:
            yield entry
        latest = time if latest is None else max(latest, time)


def verify_chain(entries: tuple[AuditEntry, ...], identity: str) -> None:
    """Recompute the chain of a workspace with this `identity`, all entries from the first.

    Raises `EvidenceBroken` naming the first entry that does not fit.
    """
    previous = first_link(identity)
    for number, entry in enumerate(entries, start=1):
        if entry != chained(number, entry.year, entry.time, entry.act, entry.content, previous):
            raise EvidenceBroken(
                AuditReason.CHAIN_BROKEN,
                f"审计日志第{number}条起与前文不符，日志已被改动，请勿继续使用。",
            )
        previous = entry.hash
