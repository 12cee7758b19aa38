"""Of which sections is the page of a unit made, to be read, copied or printed as they are?"""

from dataclasses import dataclass
from enum import Enum

from gaoxin_vote.domain.units import UnitCode


class News(Enum):
    """How good the news is."""

    PLAIN = "plain"
    DONE = "done"
    ATTENTION = "attention"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class StoryColumn:
    """A column of a section."""

    head: str
    number: bool = False
    stretch: int = 0
    """Its part of the width that is left; its cells break into lines. 0: as wide as its content."""


@dataclass(frozen=True, slots=True)
class StorySection:
    """A part of the derivation: sentences, and below them perhaps a table."""

    title: str
    clause: str = ""
    """Such as 四（二）; empty where the scheme cites none."""
    words: tuple[str, ...] = ()
    columns: tuple[StoryColumn, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    marked: frozenset[int] = frozenset()
    """Rows that stand out: a sum, or the unit itself."""
    follows: bool = False
    """Whether it tells what comes of the score, not how the score is made."""

    @property
    def word(self) -> str:
        """The clause, as it is shown beside the title."""
        return f"依据：{self.clause}" if self.clause else ""


@dataclass(frozen=True, slots=True)
class UnitPage:
    """Everything one unit got, and why."""

    code: UnitCode
    name: str
    place: str
    """Rank among all, rank in the class."""
    news: News
    heading: str
    """The grade, or that there is none yet."""
    why: tuple[str, ...]
    sections: tuple[StorySection, ...]

    def lines(self) -> tuple[tuple[str, ...], ...]:
        """The whole page as rows of cells, to be copied."""
        lines: list[tuple[str, ...]] = [(self.name,), (self.place,), (self.heading,)]
        lines += [(words,) for words in self.why]
        for section in self.sections:
            lines += [(), (section.title, section.word) if section.word else (section.title,)]
            lines += [(words,) for words in section.words]
            lines += [tuple(column.head for column in section.columns)] if section.columns else []
            lines += section.rows
        return tuple(lines)
