"""Which entries (units, leaders, scores, claims …) does a year have, and what did a change change?"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, and_, delete, func, insert, select, update

from gaoxin_vote.storage import schema
from gaoxin_vote.storage.canonical import require_canonical
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.storage.year import YearStore

_entry = schema.entry.c


@dataclass(frozen=True, slots=True)
class Changes:
    """Keys of the entries that an act added, changed and removed; false when it changed nothing."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    reordered: bool = False
    """The entries that stayed stand in another order."""

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed or self.reordered)


class Register:
    """Entries of every kind, each a key and canonical JSON, in an order of their own per year and kind.

    A kind is named by its stored code; nobody else uses the same.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._years = YearStore(workspace)

    def rows(self, year: int, kind: str) -> tuple[tuple[str, str], ...]:
        """(key, content) of every entry of the kind, in order."""
        with self._workspace.reading() as connection:
            return tuple((key, content) for key, content in _rows(connection, year, kind))

    def rows_of_year(self, year: int) -> dict[str, tuple[tuple[str, str], ...]]:
        """(key, content) of every entry of the year, in order, by the stored value of its kind."""
        query = (
            select(_entry.kind, _entry.key, _entry.content)
            .where(_entry.year == year)
            .order_by(_entry.kind, _entry.position)
        )
        found: dict[str, list[tuple[str, str]]] = {}
        with self._workspace.reading() as connection:
            for kind, key, content in connection.execute(query):
                found.setdefault(kind, []).append((key, content))
        return {kind: tuple(rows) for kind, rows in found.items()}

    def kinds(self, year: int) -> frozenset[str]:
        """The stored values of the kinds of which the year has entries."""
        with self._workspace.reading() as connection:
            query = select(_entry.kind).where(_entry.year == year).distinct()
            return frozenset(connection.scalars(query))

    def years_with(self, kind: str) -> tuple[int, ...]:
        """The years that have entries of the kind."""
        query = select(_entry.year).where(_entry.kind == kind).distinct().order_by(_entry.year)
        with self._workspace.reading() as connection:
            return tuple(connection.scalars(query))

    def content(self, year: int, kind: str, key: str) -> str | None:
        """The content of one entry, None where there is none."""
        with self._workspace.reading() as connection:
            return connection.scalar(select(_entry.content).where(_where(year, kind, key)))

    def replace(self, year: int, kind: str, rows: Iterable[tuple[str, str]]) -> Changes:
        """Make `rows` the entries of the kind, in this order; the same rows again change nothing.

        Raises `Refused` for an unknown or finalised year, `ValueError` for a key twice or content that is
        not canonical JSON.
        """
        new = _checked(rows)
        with self._workspace.transaction() as connection:
            self._years.require_draft(year)
            old = dict(_rows(connection, year, kind))
            kept = [key for key in new if key in old]
            changes = Changes(
                added=tuple(key for key in new if key not in old),
                changed=tuple(key for key in kept if new[key] != old[key]),
                removed=tuple(key for key in old if key not in new),
                reordered=kept != [key for key in old if key in new],
            )
            if changes:
                connection.execute(delete(schema.entry).where(_where(year, kind)))
                entries = [
                    {"year": year, "kind": kind, "key": key, "position": position, "content": content}
                    for position, (key, content) in enumerate(new.items())
                ]
                if entries:
                    connection.execute(insert(schema.entry), entries)
            return changes

    def put(self, year: int, kind: str, key: str, content: str) -> Changes:
        """Change one entry where it stands, or add it at the end. Raises like `replace`."""
        require_canonical(content)
        with self._workspace.transaction() as connection:
            self._years.require_draft(year)
            old = self.content(year, kind, key)
            if old == content:
                return Changes()
            if old is not None:
                mine = _where(year, kind, key)
                connection.execute(update(schema.entry).where(mine).values(content=content))
                return Changes(changed=(key,))
            last = connection.scalar(select(func.max(_entry.position)).where(_where(year, kind)))
            position = 0 if last is None else last + 1
            row = {"year": year, "kind": kind, "key": key, "position": position, "content": content}
            connection.execute(insert(schema.entry), row)
            return Changes(added=(key,))

    def remove(self, year: int, kind: str, key: str) -> Changes:
        """Remove one entry; nothing happens where there is none. Raises `Refused` for a finalised year."""
        with self._workspace.transaction() as connection:
            self._years.require_draft(year)
            gone = connection.execute(delete(schema.entry).where(_where(year, kind, key))).rowcount
            return Changes(removed=(key,)) if gone else Changes()


def _where(year: int, kind: str, key: str | None = None) -> ColumnElement[bool]:
    of_kind = and_(_entry.year == year, _entry.kind == kind)
    return of_kind if key is None else and_(of_kind, _entry.key == key)


def _rows(connection: Connection, year: int, kind: str) -> list[tuple[str, str]]:
    query = select(_entry.key, _entry.content).where(_where(year, kind)).order_by(_entry.position)
    return [(key, content) for key, content in connection.execute(query)]


def _checked(rows: Iterable[tuple[str, str]]) -> dict[str, str]:
    checked: dict[str, str] = {}
    for key, content in rows:
        if key in checked:
            raise ValueError(f"key {key!r} twice")
        require_canonical(content)
        checked[key] = content
    return checked
