"""Which guards may go unmissed, and why?"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.mutants.guards import Guard

LIST = Path(__file__).with_name("equivalent.toml")


@dataclass(frozen=True, slots=True)
class Equivalent:
    """A guard without which nothing else would happen."""

    file: str
    function: str
    statement: str
    """Its beginning; it stands for every statement of the function that begins so."""
    reason: str

    def means(self, guard: Guard) -> bool:
        """Whether it speaks of this guard."""
        place = (guard.path, guard.function)
        return place == (self.file, self.function) and guard.statement.startswith(self.statement)


def read_equivalents(path: Path = LIST) -> tuple[Equivalent, ...]:
    """The list."""
    return tuple(Equivalent(**entry) for entry in tomllib.loads(path.read_text("utf-8")).get("guard", []))


def unmatched(entries: Sequence[Equivalent], guards: Sequence[Guard]) -> tuple[Equivalent, ...]:
    """Entries that speak of no guard (any more), or give no reason."""
    return tuple(
        entry for entry in entries if not entry.reason or not any(entry.means(guard) for guard in guards)
    )
