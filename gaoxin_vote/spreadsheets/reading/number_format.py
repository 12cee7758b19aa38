"""How does a number format show a number: as a percentage, or as nothing at all?

A percent sign multiplies by a hundred only where it stands by itself: quoted (0"%") or escaped (0\\%) it is
a mere text beside the number, which then is the percentage itself. A format may have a section for
positive numbers, negative ones and zero, or conditions.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from operator import eq, ge, gt, le, lt, ne

_PARTS = re.compile(r'"([^"]*)"?|[\\](.?)|[_*].?|\[([^\]]*)\]?|(.)', re.DOTALL)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)(-?\d+(?:\.\d*)?)")
_COMPARE = {"<": lt, "<=": le, ">": gt, ">=": ge, "=": eq, "<>": ne}
_MARKS = frozenset("#?.,%")
"""What shows nothing, or nothing but a point, of a zero."""


class Percent(Enum):
    """What a percent sign in the cell means."""

    NONE = "none"
    SCALED = "scaled"
    """A hundred times the number is shown."""
    LITERAL = "literal"
    """The number itself is shown before a percent sign."""


@dataclass(frozen=True, slots=True)
class _Section:
    bare: str
    """What is neither quoted nor escaped nor in brackets."""
    literal: str
    """What is shown as it stands."""
    condition: str

    def applies(self, number: Decimal) -> bool:
        found = _CONDITION.fullmatch(self.condition)
        return found is not None and _COMPARE[found[1]](number, Decimal(found[2]))

    @property
    def percent(self) -> Percent:
        if "%" in self.bare:
            return Percent.SCALED
        return Percent.LITERAL if re.search("[%％]", self.literal) else Percent.NONE

    def hides(self, number: Decimal) -> bool:
        """Whether nothing is shown of a number that is zero."""
        if not number.is_zero():
            return False
        shown = self.bare.replace(" ", "")
        return not self.literal.strip() and "0" not in shown and not set(shown) - _MARKS


@lru_cache(maxsize=1024)
def _sections(code: str) -> tuple[_Section, ...]:
    bare, literal, condition = [""], [""], [""]
    for quoted, escaped, bracket, plain in _PARTS.findall(code):
        if plain == ";":
            bare.append("")
            literal.append("")
            condition.append("")
        elif plain:
            bare[-1] += plain
            literal[-1] += plain if plain in "％" else ""
        elif bracket and _CONDITION.fullmatch(bracket):
            condition[-1] = bracket
        else:
            literal[-1] += quoted or escaped
    return tuple(map(_Section, bare, literal, condition))


def _section(code: str, number: Decimal) -> _Section:
    """The section that shows the number."""
    sections = _sections(code)
    conditions = [section for section in sections if section.condition]
    if not code:
        return _Section("General", "", "")
    if conditions:
        fallback = next((each for each in sections if not each.condition), sections[-1])
        return next((each for each in conditions if each.applies(number)), fallback)
    if len(sections) > 2 and number.is_zero():
        return sections[2]
    return sections[1] if len(sections) > 1 and number < 0 else sections[0]


def percent_of(code: str, number: Decimal) -> Percent:
    """What a percent sign means where a cell of this format holds `number`."""
    return _section(code, number).percent


def hides_zero(code: str, number: Decimal) -> bool:
    """Whether a cell of this format that holds a zero looks empty."""
    return _section(code, number).hides(number)


def may_matter(code: str) -> bool:
    """Whether the format may show percentages, or hide zeros: most do neither."""
    return "%" in code or "％" in code or hides_zero(code, Decimal(0))
