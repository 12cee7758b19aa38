"""What was done in this workspace, in which order, and has the log been touched?"""

from datetime import datetime
from enum import Enum
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from gaoxin_vote.domain.acts import Act
from gaoxin_vote.domain.audit import AuditEntry, chained, first_link, verify_chain
from gaoxin_vote.domain.codec import Json, canonical_json
from gaoxin_vote.domain.spoken import spoken_time
from gaoxin_vote.errors import Refused
from gaoxin_vote.storage import schema
from gaoxin_vote.storage.workspace import Workspace

_audit = schema.audit.c


class ClockReason(Enum):
    """Why an act cannot be noted at the time of this computer."""

    BEHIND = "behind the last entry"


class AuditLog:
    """The append-only log 审计日志; each entry carries the hash of the one before."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._first = first_link(workspace.identity)

    def append(
        self, act: Act, content: dict[str, Json], *, year: int | None = None, timed: bool = True
    ) -> AuditEntry:
        """Add an entry in the transaction of the act, if one is under way.

        Between open and close of a session only suspend, resume and close may carry a time (`timed=False`
        for everything else), and a cast leaves no entry at all. Raises `Refused` while the clock stands
        before the last time in the log, `ValueError` for a field that the act does not name.
        """
        if strange := content.keys() - act.fields.keys():
            raise ValueError(f"{act.name} has no field {', '.join(sorted(strange))}")
        with self._workspace.transaction() as connection:
            last = _last(connection)
            number = last.number + 1 if last else 1
            previous = last.hash if last else self._first
            time = self.moment().isoformat() if timed else ""
            entry = chained(number, year, time, act.value, canonical_json(content), previous)
            row = {name: getattr(entry, name) for name in schema.audit.c.keys()}  # noqa: SIM118
            connection.execute(insert(schema.audit), row)
            return entry

    def entries(self, year: int | None = None) -> tuple[AuditEntry, ...]:
        """All entries, or those of one year, oldest first."""
        query = select(schema.audit).order_by(_audit.number)
        if year is not None:
            query = query.where(_audit.year == year)
        with self._workspace.reading() as connection:
            return tuple(_entry(row) for row in connection.execute(query))

    def head(self) -> str:
        """Hash of the last entry: whoever knows it can tell that nothing before was changed or removed."""
        with self._workspace.reading() as connection:
            last = _last(connection)
        return last.hash if last else self._first

    def verify(self) -> tuple[AuditEntry, ...]:
        """All entries, their chain recomputed. Raises `EvidenceBroken` naming the first that does not fit."""
        entries = self.entries()
        verify_chain(entries, self._workspace.identity)
        return entries

    def latest(self) -> datetime | None:
        """The last time in the log, with its offset; None where there is none."""
        query = select(_audit.time).where(_audit.time != "").order_by(_audit.number.desc()).limit(1)
        with self._workspace.reading() as connection:
            time = connection.execute(query).scalar()
        return None if time is None else datetime.fromisoformat(time)

    def moment(self) -> datetime:
        """This computer's time to the second, for an act of now.

        Raises `Refused` when it stands before the last time in the log: what happened later would seem to
        have happened earlier. The signing certificate begins no later than the log's entry of its ceremony.
        """
        now = self._workspace.clock()
        if now.tzinfo is None:
            raise ValueError("the clock gives no time zone")
        now, latest = now.replace(microsecond=0), self.latest()
        if latest is not None and now < latest:
            raise Refused(
                ClockReason.BEHIND,
                f"这台电脑的时间是{spoken_time(now, seconds=True)}，"
                f"早于审计日志最后一次记录的{spoken_time(latest, seconds=True)}。"
                "没有作任何改动。请先把电脑的日期和时间改正确，再做一次。",
            )
        return now


def _last(connection: Connection) -> AuditEntry | None:
    row = connection.execute(select(schema.audit).order_by(_audit.number.desc()).limit(1)).one_or_none()
    return None if row is None else _entry(row)


def _entry(row: Row[Any]) -> AuditEntry:
    return AuditEntry(row.number, row.year, row.time, row.act, row.content, row.previous, row.hash)
