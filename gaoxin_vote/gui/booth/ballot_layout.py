"""Where does each unit stand on the ballot: on which page, in which column, how high?

Knows no Qt: sizes are pixels, the units come in the order in which they are to stand.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

MOST_ROWS = 13
"""Rows of one column at most: 26 units on a page of two columns."""
FEW = 8
"""Up to so many units stand in one column."""


@dataclass(frozen=True, slots=True)
class ListedUnit:
    """One unit, as far as its place is concerned."""

    group: str
    """The name above it and the following units of the same name."""
    number: int


@dataclass(frozen=True, slots=True)
class LayoutMeasures:
    """What the screen and the font setting allow, in pixels."""

    width: int
    height: int
    columns: int
    """At most so many columns."""
    least_row: int
    most_row: int
    gap: int
    heading: int
    """Height of the name of a group, above its rows."""
    column_gap: int
    least_column: int
    """A column narrower than this would leave no room for the names."""
    most_column: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where one row stands on its page."""

    index: int
    """Which unit it is."""
    column: int
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class GroupHeading:
    """Where the name of a group stands."""

    text: str
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Screenful:
    """One screenful."""

    places: tuple[Place, ...]
    headings: tuple[GroupHeading, ...]

    @property
    def columns(self) -> int:
        """How many columns it has."""
        return 1 + max(place.column for place in self.places)


@dataclass(frozen=True, slots=True)
class BallotLayout:
    """The pages of a ballot; all rows are of one size."""

    pages: tuple[Screenful, ...]

    def page_of(self, index: int) -> int:
        """The number of the page, from 0, on which the unit stands."""
        return next(number for number, page in enumerate(self.pages) if page.places[-1].index >= index)

    def beside(self, index: int, direction: int) -> int:
        """The unit beside it, one column to the left (-1) or right (+1), over the edge of a page too."""
        number = self.page_of(index)
        page = self.pages[number]
        place = page.places[index - page.places[0].index]
        column = place.column + direction
        if not 0 <= column < page.columns:
            if not 0 <= number + direction < len(self.pages):
                return index
            page = self.pages[number + direction]
            column = 0 if direction > 0 else page.columns - 1
        there = (other for other in page.places if other.column == column)
        return min(there, key=lambda other: abs(other.y - place.y)).index


def arrange(units: Sequence[ListedUnit], measures: LayoutMeasures) -> BallotLayout:
    """The fewest pages, as equal as can be, on which every row is high enough to be touched.

    Where not even one row is high enough, each stands on a page of its own. `units` must not be empty.
    """
    columns = _column_number(len(units), measures)
    for pages in range(math.ceil(len(units) / (MOST_ROWS * columns)), len(units) + 1):
        split = [_parts(part, columns) for part in _parts(list(range(len(units))), pages)]
        height = min(_row_height(column, units, measures) for page in split for column in page)
        if height >= measures.least_row or pages == len(units):
            height = min(max(height, measures.least_row), measures.most_row)
            return BallotLayout(tuple(_page(page, units, measures, columns, height) for page in split))
    raise ValueError("no units")


def _column_number(units: int, measures: LayoutMeasures) -> int:
    if units <= FEW:
        return 1
    fitting = (measures.width + measures.column_gap) // (measures.least_column + measures.column_gap)
    return max(1, min(measures.columns, fitting))


def _parts(indices: list[int], number: int) -> list[list[int]]:
    """`indices` cut into `number` parts of nearly equal size, longer ones first, none empty."""
    size, longer = divmod(len(indices), number)
    ends = [size * part + min(part, longer) for part in range(number + 1)]
    return [indices[start:end] for start, end in pairwise(ends) if start < end]


def _groups(column: list[int], units: Sequence[ListedUnit]) -> list[list[int]]:
    groups: list[list[int]] = []
    for index in column:
        if groups and units[groups[-1][-1]].group == units[index].group:
            groups[-1].append(index)
        else:
            groups.append([index])
    return groups


def _row_height(column: list[int], units: Sequence[ListedUnit], measures: LayoutMeasures) -> int:
    room = measures.height - measures.heading * len(_groups(column, units)) + measures.gap
    return room // len(column) - measures.gap


def _page(
    split: list[list[int]], units: Sequence[ListedUnit], measures: LayoutMeasures, columns: int, height: int
) -> Screenful:
    room = measures.width - (columns - 1) * measures.column_gap
    width = min(room // columns, measures.most_column)
    left = (room - columns * width) // 2
    tall = sum(measures.heading for _ in _groups(split[0], units)) + len(split[0]) * (height + measures.gap)
    # A short list looks lost at the top of a screen.
    above = (measures.height - tall) // 5 if len(units) <= FEW else 0
    places: list[Place] = []
    headings: list[GroupHeading] = []
    for number, column in enumerate(split):
        x = left + number * (width + measures.column_gap)
        y = above
        for group in _groups(column, units):
            headings.append(GroupHeading(_title(group, units), x, y, width, measures.heading))
            y += measures.heading
            for index in group:
                places.append(Place(index, number, x, y, width, height))
                y += height + measures.gap
    return Screenful(tuple(places), tuple(headings))


def _title(group: list[int], units: Sequence[ListedUnit]) -> str:
    first, last = units[group[0]], units[group[-1]]
    numbers = f"{first.number}" if first is last else f"{first.number}–{last.number}"
    unbroken = last.number - first.number == len(group) - 1
    return f"{first.group}（{numbers}）" if unbroken else f"{first.group}（{len(group)}个）"
