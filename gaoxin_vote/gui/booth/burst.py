"""Were these keys pressed by a hand, or did a scanner type them?

A scanner types a slip's code faster than any hand: every key less than `APART` milliseconds after the one
before, told by the moments that the window system gives, not by when the program comes to them. Without Qt.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

APART = 35
"""Milliseconds between two keys from which on they do not belong together."""
QUIET = 40
"""Milliseconds without a further key after which a group of keys has ended."""
_CODE = 16
_STRAY = 3
"""Keys that a hand may have pressed just before the scan began: they belong to it, and change nothing."""
_FEWEST = 4
"""Fewer keys at once are a finger that rolled over its neighbours, and each acts."""

END = "\r"
"""The stroke with which a scanner ends, whatever it is: Enter, Tab, a line feed."""
OTHER = "?"
"""A stroke that is neither a digit nor an ending."""


class Reading(Enum):
    """What a group of keys is."""

    KEYS = "keys"
    """Pressed by hand: each acts."""
    CODE = "code"
    """A slip's code, scanned."""
    SCAN = "scan"
    """Scanned, but not a code, or not all of it."""


@dataclass(frozen=True, slots=True, repr=False)
class Group:
    """Keys that came together. It may hold a code, so it never says what it is."""

    reading: Reading
    code: str = ""
    last: int = 0
    """The moment of the last of them."""


class BurstReader:
    """Puts strokes together into groups. A stroke is a digit, `END` or `OTHER`; moments are milliseconds."""

    def __init__(self, is_code: Callable[[str], bool]) -> None:
        self._is_code = is_code
        self._strokes = ""
        self._last = 0

    def take(self, stroke: str, moment: int) -> Group | None:
        """Take one more stroke; the group before it, if that has ended."""
        ended = None
        if self._strokes and not 0 <= moment - self._last < APART:
            ended = self.end()
        self._strokes += stroke
        self._last = moment
        return ended

    def end(self) -> Group | None:
        """Nothing has come for a while: the group that has ended, if there is one."""
        strokes, self._strokes = self._strokes, ""
        if not strokes:
            return None
        code = self._code(strokes)
        if code:
            return Group(Reading.CODE, code, self._last)
        return Group(Reading.KEYS if len(strokes) < _FEWEST else Reading.SCAN, last=self._last)

    def _code(self, strokes: str) -> str:
        """The one code in `strokes`, even where the slip was read several times; else nothing."""
        codes = set()
        for place, part in enumerate(filter(None, strokes.split(END))):
            stray = len(part) % _CODE
            if stray > (_STRAY if place == 0 else 0) or len(part) < _CODE:
                return ""
            codes |= {part[start : start + _CODE] for start in range(stray, len(part), _CODE)}
        code = codes.pop() if len(codes) == 1 else ""
        return code if code.isascii() and code.isdigit() and self._is_code(code) else ""
