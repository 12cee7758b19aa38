"""What was done in this workspace, in which order, and has the log been touched?"""

import hashlib
from dataclasses import dataclass
from enum import Enum
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from gaoxin_vote.domain.codec import Json, canonical_json
from gaoxin_vote.errors import EvidenceBroken
from gaoxin_vote.storage import schema
from gaoxin_vote.storage.workspace import Workspace

_audit = schema.audit.c


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
    content: str
    """Canonical JSON text."""
    previous: str
    hash: str


class AuditLog:
    """The append-only log 审计日志; each entry carries the hash of the one before."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._genesis = _genesis(workspace.identity)

    def append(self, act: str, content: Json, *, year: int | None = None, timed: bool = True) -> AuditEntry:
        """Add an entry in the transaction of the act, if one is under way.

        Between open and close of a session only suspend, resume and close may carry a time (`timed=False`
        for everything else), and a cast leaves no entry at all.
        """
        with self._workspace.transaction() as connection:
            last = _last(connection)
            number = last.number + 1 if last else 1
            previous = last.hash if last else self._genesis
            time = self._now() if timed else ""
            text = canonical_json(content)
            entry = AuditEntry(
                number, year, time, act, text, previous, _hash(number, year, time, act, text, previous)
            )
            row = {name: getattr(entry, name) for name in schema.audit.c.keys()}  # noqa: SIM118
            connection.execute(insert(schema.audit), row)
            return entry

    def entries(self, year: int | None = None) -> tuple[AuditEntry, ...]:
        """All entries, or those of one year, oldest first."""
        query = select(schema.audit).order_by(_audit.number)
        if year is not None:
            query = query.where(_audit.year == year)
        with self._workspace.transaction() as connection:
            return tuple(_entry(row) for row in connection.execute(query))

    def head(self) -> str:
        """Hash of the last entry: whoever knows it can tell that nothing before was changed or removed."""
        with self._workspace.transaction() as connection:
            last = _last(connection)
        return last.hash if last else self._genesis

    def verify(self) -> None:
        """Recompute the chain. Raises `EvidenceBroken` naming the first entry that does not fit."""
        verify_chain(self.entries(), self._workspace.identity)

    def _now(self) -> str:
        now = self._workspace.clock()
        if now.tzinfo is None:
            raise ValueError("the clock gives no time zone")
        return now.isoformat(timespec="seconds")


def verify_chain(entries: tuple[AuditEntry, ...], identity: str) -> None:
    """Recompute the chain of a workspace with this `identity`, all entries from the first.

    Raises `EvidenceBroken` naming the first entry that does not fit.
    """
    previous = _genesis(identity)
    for number, entry in enumerate(entries, start=1):
        expected = _hash(number, entry.year, entry.time, entry.act, entry.content, previous)
        if (entry.number, entry.previous, entry.hash) != (number, previous, expected):
            raise EvidenceBroken(
                AuditReason.CHAIN_BROKEN,
                f"审计日志第{number}条起与前文不符，日志已被改动，请勿继续使用。",
            )
        previous = entry.hash


def _genesis(identity: str) -> str:
    return hashlib.sha256(f"audit|{identity}".encode()).hexdigest()


def _hash(number: int, year: int | None, time: str, act: str, content: str, previous: str) -> str:
    return hashlib.sha256(canonical_json([number, year, time, act, content, previous]).encode()).hexdigest()


def _last(connection: Connection) -> AuditEntry | None:
    row = connection.execute(select(schema.audit).order_by(_audit.number.desc()).limit(1)).one_or_none()
    return None if row is None else _entry(row)


def _entry(row: Row[Any]) -> AuditEntry:
    return AuditEntry(row.number, row.year, row.time, row.act, row.content, row.previous, row.hash)
