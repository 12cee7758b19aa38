"""What sets one cell of a table apart from the others?"""

from collections.abc import Mapping
from dataclasses import dataclass

from gaoxin_vote.gui.kit.roles import Tone


@dataclass(frozen=True, slots=True)
class CellMark:
    """A tone, and what is said of the cell; a sign beside its text says so without any colour."""

    tone: Tone
    words: str = ""


Marks = Mapping[tuple[int, int], CellMark]
"""The marks of a table by row and column, from 0."""
