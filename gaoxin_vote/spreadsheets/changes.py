"""What would an import change, and what would go?"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from gaoxin_vote.domain.labelled import Labelled
from gaoxin_vote.spreadsheets.kind import Kind
from gaoxin_vote.spreadsheets.naming import UnitNames

T = TypeVar("T")


class ImportMode(Labelled):
    """What becomes of what is there and not in the file."""

    ADD = "add", "新增和更新"
    """It stays."""
    REPLACE = "replace", "全部替换"
    """It goes."""


@dataclass(frozen=True, slots=True)
class ImportChanges(Generic[T]):
    """The difference between what is there and what would be, matched by natural key."""

    added: tuple[T, ...]
    changed: tuple[tuple[T, T], ...]
    """Before and after."""
    removed: tuple[T, ...]
    """There now, and no more afterwards."""
    overwritten: tuple[tuple[T, T], ...] = ()
    """Those of `changed` that speak of something else under the same key."""

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)

    @property
    def going(self) -> tuple[T, ...]:
        """What would be lost: removed, or another thing put in its place."""
        return (*self.removed, *(before for before, _ in self.overwritten))


def changes(kind: Kind[T], before: Iterable[T], after: Iterable[T]) -> ImportChanges[T]:
    """What turns `before` into `after`, in the order of `after`; empty for the same file once more."""
    old = {kind.key(value): value for value in before}
    new = {kind.key(value): value for value in after}
    changed = tuple((old[key], value) for key, value in new.items() if key in old and old[key] != value)
    return ImportChanges(
        added=tuple(value for key, value in new.items() if key not in old),
        changed=changed,
        removed=tuple(value for key, value in old.items() if key not in new),
        overwritten=tuple(pair for pair in changed if _subject(kind, pair[0]) != _subject(kind, pair[1])),
    )


def merged(kind: Kind[T], before: Iterable[T], file: Iterable[T], mode: ImportMode) -> tuple[T, ...]:
    """What there will be: the file in its order where nothing else stays, else the new after the old."""
    old = {kind.key(value): value for value in before}
    new = {kind.key(value): value for value in file}
    if mode is ImportMode.REPLACE or old.keys() <= new.keys():
        return tuple(new.values())
    return tuple((old | new).values())


_NO_UNITS = UnitNames(())


def _subject(kind: Kind[T], value: T) -> list[list[object]]:
    rows = kind.cells(value, _NO_UNITS)
    return [[row.get(field) for field in kind.subject] for row in rows]
