"""What would an import change?"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from gaoxin_vote.spreadsheets.kind import Kind

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ImportChanges(Generic[T]):
    """The difference between what is there and what a file holds, matched by natural key."""

    added: tuple[T, ...]
    changed: tuple[tuple[T, T], ...]
    """Before and after."""
    removed: tuple[T, ...]
    """There now, but not in the file."""

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


def changes(kind: Kind[T], before: Iterable[T], after: Iterable[T]) -> ImportChanges[T]:
    """What turns `before` into `after`, in the order of `after`; empty for the same file once more."""
    old = {kind.key(value): value for value in before}
    new = {kind.key(value): value for value in after}
    return ImportChanges(
        tuple(value for key, value in new.items() if key not in old),
        tuple((old[key], value) for key, value in new.items() if key in old and old[key] != value),
        tuple(value for key, value in old.items() if key not in new),
    )
