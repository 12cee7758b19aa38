"""Do two texts say the same name or code, however they were typed?

Full-width signs, capital letters, blanks and signs that nobody can see (a copy from a chat or a web page
brings them along) tell nothing apart.
"""

import re
import sys
import unicodedata
from functools import lru_cache

_FILLERS = "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0"
"""Letters without a shape; they are no format signs, but are as invisible."""


def _ranges(numbers: list[int]) -> str:
    """The character class of these code points."""
    parts, start = [], 0
    for index, number in enumerate(numbers):
        if index + 1 == len(numbers) or numbers[index + 1] != number + 1:
            parts.append(f"{re.escape(chr(numbers[start]))}-{re.escape(chr(number))}")
            start = index + 1
    return "".join(parts)


@lru_cache(maxsize=1)
def _invisible() -> re.Pattern[str]:
    """Every format sign (Unicode Cf), control sign, variation selector and filler."""
    signs = [
        number
        for number in range(0x7F, sys.maxunicode + 1)
        if unicodedata.category(chr(number)) in ("Cf", "Cc") and chr(number) not in "\x85"
    ]
    controls = [number for number in range(0x20) if chr(number) not in "\t\n\v\f\r\x1c\x1d\x1e\x1f"]
    selectors = [*range(0x180B, 0x180E), *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)]
    return re.compile(f"[{_ranges(controls)}{_ranges(sorted({*signs, *selectors, *map(ord, _FILLERS)}))}]")


def visible_text(text: str) -> str:
    """`text` without the signs that nobody can see."""
    return text if text.isascii() and text.isprintable() else _invisible().sub("", text)


def normal(text: str) -> str:
    """`text` with full-width letters and digits made ordinary and without blanks at its ends."""
    if text.isascii() and text.isprintable():
        return text.strip()
    return visible_text(unicodedata.normalize("NFKC", visible_text(text))).strip()


@lru_cache(maxsize=2**16)
def matching(text: str) -> str:
    """`text` in the form in which names are compared: normal, without any blanks, small letters."""
    return "".join(normal(text).split()).casefold()


@lru_cache(maxsize=2**16)
def code_key(text: str) -> str:
    """`text` in the form in which codes are compared: as names; a number without the zeros before it.

    Spreadsheet programs make 7 of a typed 07.
    """
    key = matching(text)
    return key.lstrip("0") or "0" if key.isascii() and key.isdigit() else key
