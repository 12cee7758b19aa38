"""How are the rows of a year kept and read as values of the domain?

Every row is the canonical JSON of one domain value under its natural key, so that importing the same
thing twice changes nothing and every change can be named.
"""

import json
from enum import StrEnum
from typing import TypeVar

from gaoxin_vote.domain.codec import canonical_json, from_json, to_json
from gaoxin_vote.domain.indicator import Indicator
from gaoxin_vote.spreadsheets.kind import Kind as Kind
from gaoxin_vote.spreadsheets.kind_list import ENTERED as ENTERED
from gaoxin_vote.spreadsheets.kinds.raters import RATERS as RATERS
from gaoxin_vote.spreadsheets.kinds.targets import TARGETS
from gaoxin_vote.spreadsheets.kinds.units import LEADERS as LEADERS
from gaoxin_vote.spreadsheets.kinds.units import UNITS as UNITS
from gaoxin_vote.storage.register import Changes, Register
from gaoxin_vote.storage.workspace import Workspace

T = TypeVar("T")


class OwnEntry(StrEnum):
    """What the program notes in the register for itself; nobody imports it."""

    CATALOGUE = "catalogue"
    """The indicators of the first indicator file, until targets are imported."""
    SAMPLE = "sample"
    """The mark of sample data."""
    HEADINGS = "headings"
    """What the office calls the columns of its own tables, by the code of the kind."""


def kept(workspace: Workspace, year: int, kind: Kind[T]) -> tuple[T, ...]:
    """All values of a kind, in their order."""
    return stored_values(kind, Register(workspace).rows(year, kind.code))


def stored_values(kind: Kind[T], rows: tuple[tuple[str, str], ...]) -> tuple[T, ...]:
    """The values of the (key, content) rows of a kind."""
    return tuple(from_json(kind.value, json.loads(content), where=kind.label) for _, content in rows)


def keep(workspace: Workspace, year: int, kind: Kind[T], values: tuple[T, ...]) -> Changes:
    """Make these the values of the kind; the same again change nothing. The caller writes the audit."""
    rows = [(kind.key(value), canonical_json(to_json(value))) for value in values]
    return Register(workspace).replace(year, kind.code, rows)


def first_catalogue(workspace: Workspace, year: int) -> tuple[Indicator, ...]:
    """The targets; before they are imported, the indicators of the first indicator file."""
    targets = kept(workspace, year, TARGETS)
    if targets:
        return targets
    rows = Register(workspace).rows(year, OwnEntry.CATALOGUE)
    return tuple(from_json(Indicator, json.loads(content)) for _, content in rows)


def keep_catalogue(workspace: Workspace, year: int, indicators: tuple[Indicator, ...]) -> None:
    """Note the indicators of the first indicator file."""
    rows = [(f"{each.unit or '*'}/{each.code}", canonical_json(to_json(each))) for each in indicators]
    Register(workspace).replace(year, OwnEntry.CATALOGUE, rows)
