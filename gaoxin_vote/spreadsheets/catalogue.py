"""Which indicators does a unit have, and how many points is each worth?"""

from collections.abc import Iterable
from decimal import Decimal

from gaoxin_vote.domain.indicator import Indicator, IndicatorScore
from gaoxin_vote.domain.spelling import code_key
from gaoxin_vote.domain.units import UnitCode
from gaoxin_vote.spreadsheets.cells import matching


class Catalogue:
    """Looks indicators up for a unit, by code or by name."""

    def __init__(self, indicators: Iterable[Indicator], *, is_first_file: bool = False) -> None:
        """`is_first_file` says that nobody has set targets: it is what the first file of scores spoke of."""
        self.is_first_file = is_first_file
        self.indicators = tuple(indicators)
        self._tables: dict[UnitCode | None, dict[str, Indicator]] = {}
        self._names: dict[UnitCode | None, dict[str, Indicator]] = {}
        for indicator in self.indicators:
            self._tables.setdefault(indicator.unit, {})[code_key(indicator.code)] = indicator
            self._names.setdefault(indicator.unit, {})[matching(indicator.name)] = indicator

    def __bool__(self) -> bool:
        return bool(self.indicators)

    def of_unit(self, unit: UnitCode) -> tuple[Indicator, ...]:
        """The indicators of a unit: its own and those of every unit."""
        own, common = self._tables.get(unit, {}), self._tables.get(None, {})
        return tuple({**common, **own}.values())

    def by_code(self, unit: UnitCode, code: str) -> Indicator | None:
        """The indicator of a unit with this code."""
        key = code_key(code)
        return self._tables.get(unit, {}).get(key) or self._tables.get(None, {}).get(key)

    def by_name(self, unit: UnitCode, name: str) -> Indicator | None:
        """The indicator of a unit with this name."""
        key = matching(name)
        return self._names.get(unit, {}).get(key) or self._names.get(None, {}).get(key)

    def with_code(self, code: str) -> tuple[Indicator, ...]:
        """The indicators of whichever units with this code, for the heading of a column."""
        key = code_key(code)
        return tuple(table[key] for table in self._tables.values() if key in table)

    def with_name(self, name: str) -> tuple[Indicator, ...]:
        """The indicators of whichever units with this name, for the heading of a column."""
        key = matching(name)
        return tuple(table[key] for table in self._names.values() if key in table)


def catalogue_of(scores: Iterable[IndicatorScore]) -> tuple[Indicator, ...]:
    """The indicators that the first file of scores speaks of; they hold until targets are imported.

    An indicator that every unit of the file has alike is one of every unit.
    """
    tables: dict[UnitCode, dict[tuple[str, str, Decimal], Indicator]] = {}
    for score in scores:
        indicator = Indicator(score.unit, score.indicator, score.name, score.full)
        tables.setdefault(score.unit, {})[score.indicator, score.name, score.full] = indicator
    if not tables:
        return ()
    shared = set.intersection(*(set(table) for table in tables.values()))
    first = next(iter(tables.values()))
    common = [Indicator(None, *key) for key in first if key in shared]
    own = [indicator for table in tables.values() for key, indicator in table.items() if key not in shared]
    return (*common, *own)
