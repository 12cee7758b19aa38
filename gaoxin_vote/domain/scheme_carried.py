"""What becomes of a scheme that another year takes over, and what of it may no longer fit?"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from gaoxin_vote.domain.scheme import AssessmentScheme
from gaoxin_vote.domain.scheme_differences import SchemeDifference, differences
from gaoxin_vote.domain.scheme_entries import blocks

_TOLD_ELSEWHERE = ("document", "ties.order")
"""The document has a sentence of its own; the order only repeats the titles of the contests."""


@dataclass(frozen=True, slots=True)
class CarriedScheme:
    """A scheme as the later year begins with it."""

    scheme: AssessmentScheme
    changes: tuple[SchemeDifference, ...]
    """What had to change: the year, the year in the title, the last day for claims."""
    doubts: tuple[str, ...]
    """What was left as it is and speaks of the earlier year, a sentence each."""


def carried(scheme: AssessmentScheme, year: int) -> CarriedScheme:
    """The scheme for `year`: all rules stay, what names the earlier year is moved or told."""
    later = replace(
        scheme,
        year=year,
        title=_naming(scheme.year).sub(str(year), scheme.title),
        bonus=replace(scheme.bonus, deadline=_moved(scheme.bonus.deadline, year - scheme.year)),
    )
    return CarriedScheme(later, differences(scheme, later), tuple(_doubts(later, scheme.year)))


def _naming(year: int) -> re.Pattern[str]:
    """Where a text names this year, and not a longer number."""
    return re.compile(rf"(?<![0-9]){year}(?![0-9])")


def _moved(day: date, years: int) -> date:
    """The same day so many years later; 29 February becomes the 28th where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def _doubts(later: AssessmentScheme, earlier: int) -> Iterator[str]:
    if later.document:
        yield f"依据文件仍为“{later.document}”；本年度另有通知的，请更正。"
    named = _naming(earlier)
    for block in blocks(later):
        for entry in block.entries:
            own_name = entry.name != entry.key.name
            said = entry.key.words(entry.value)
            told = f"{entry.name}，即{said}" if own_name else said
            if entry.key.key not in _TOLD_ELSEWHERE and named.search(told):
                yield f"方案中“{block.title}：{entry.key.label}”仍写有{earlier}：{told}。"
