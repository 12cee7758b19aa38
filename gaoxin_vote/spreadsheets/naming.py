"""Which unit does a file mean?"""

from collections.abc import Iterable
from dataclasses import dataclass

from gaoxin_vote.domain.spelling import code_key
from gaoxin_vote.domain.units import Unit
from gaoxin_vote.spreadsheets.cells import matching


@dataclass(frozen=True, slots=True)
class FoundUnit:
    """The outcome of looking a unit up."""

    by_code: Unit | None
    by_name: Unit | None
    ambiguous: bool = False
    """The name belongs to more than one unit."""


class UnitNames:
    """Looks units up by code, name and alias, whatever blanks and full-width letters a file has."""

    def __init__(self, units: Iterable[Unit], aliases: Iterable[tuple[str, str]] = ()) -> None:
        """`aliases` are pairs (another name, name of the units list), as an assessment scheme has them."""
        self.units = tuple(units)
        self._by_code = {code_key(unit.code): unit for unit in self.units}
        self._by_name: dict[str, Unit] = {}
        self._ambiguous: set[str] = set()
        official = {matching(unit.name): unit for unit in self.units}
        others = [(alias, unit) for unit in self.units for alias in unit.aliases]
        others += [(alias, official[matching(name)]) for alias, name in aliases if matching(name) in official]
        for alias, unit in others:
            if self._by_name.setdefault(matching(alias), unit) != unit:
                self._ambiguous.add(matching(alias))
        # A unit's own name goes before another unit's alias.
        self._by_name.update(official)
        self._ambiguous -= official.keys()
        self._known: dict[tuple[str, str], FoundUnit] = {}

    def find(self, code: str, name: str) -> FoundUnit:
        """The units meant by a code and by a name; either may be empty."""
        found = self._known.get((code, name))
        if found is None:
            key = matching(name)
            found = self._known[code, name] = FoundUnit(
                self._by_code.get(code_key(code)) if code else None,
                self._by_name.get(key) if key else None,
                key in self._ambiguous,
            )
        return found

    def called(self, name: str) -> Unit | None:
        """The unit with this code, name or alias; None if there is none, or more than one."""
        named = self.find(name, name)
        return named.by_code or (None if named.ambiguous else named.by_name)

    def name_of(self, code: str | None) -> str:
        """The name of the unit with `code`; empty where there is none."""
        unit = self._by_code.get(code_key(code)) if code else None
        return unit.name if unit else ""
