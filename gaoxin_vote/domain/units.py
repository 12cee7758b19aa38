"""Which bodies are assessed, and who leads?"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NewType, TypeVar

from gaoxin_vote.domain.contest import ContestCode

Entry = TypeVar("Entry")

UnitCode = NewType("UnitCode", str)
"""Code of a unit within a year, such as ``U07``."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One assessed body 被考评单位 (notice, part 2)."""

    code: UnitCode
    name: str
    unit_class: str
    """类别, such as 机关部门; quotas are shared out by it."""
    staff: int
    """Headcount, head excluded (A31)."""
    aliases: tuple[str, ...] = ()
    """Other names under which files may speak of it (A33)."""
    head_changed: bool = False
    """The head came during the years that accountability looks back on: a consequence then warns (A29)."""


@dataclass(frozen=True, slots=True)
class Leader:
    """One member of the leading group 班子成员 who votes where leaders rate."""

    code: str
    title: str
    group: str = ""
    """Weight group (A10); empty where every leader weighs the same."""
    heads: str = ""
    """Code of the unit this leader also heads; the unit's ballot should then be cast by someone else (A5)."""


@dataclass(frozen=True, slots=True)
class Rater:
    """One person on the own roster 评议人名单 of a contest."""

    contest: ContestCode
    code: str
    name: str
    group: str = ""
    """Weight group (A10); empty where everybody weighs the same."""


def by_unit(pairs: Iterable[tuple[UnitCode | None, Entry]]) -> dict[UnitCode | None, list[Entry]]:
    """The entries of each unit, in their order; of a unit without any, an empty list."""
    entries: dict[UnitCode | None, list[Entry]] = defaultdict(list)
    for unit, entry in pairs:
        entries[unit].append(entry)
    return entries
