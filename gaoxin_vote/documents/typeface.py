"""Which letters is a sheet printed in, how wide are they, and are they all there?"""

import re
from dataclasses import dataclass, replace
from enum import Enum
from functools import cache
from itertools import groupby
from typing import Any
from unicodedata import category

from gaoxin_vote.errors import Refused
from gaoxin_vote.resources import resource


class Face(Enum):
    """The bundled faces by their use on paper; the value is the name of the font and of its file."""

    TEXT = "NotoSerifSC-Regular"
    """In place of 仿宋, of which no free font exists."""
    TITLE = "NotoSerifSC-Bold"
    """In place of 小标宋."""
    HEAD = "NotoSansSC-Bold"
    """黑体: table heads, 附件."""
    LABEL = "NotoSansSC-Regular"
    """Small print, codes and digests."""


@dataclass(frozen=True, slots=True)
class Font:
    """A face at a size."""

    face: Face
    size: float
    """In points."""
    gap: float = 0
    """Points added behind each character but the last."""
    tabular: bool = False
    """Each digit stands in an equal box, so that the figures of a column stand below one another."""

    def at(self, size: float) -> "Font":
        """The same face at another size."""
        return replace(self, size=size)


@dataclass(frozen=True, slots=True)
class Piece:
    """Some characters of a line that are drawn in one go."""

    text: str
    font: str
    """The name under which reportlab knows the font."""
    left: float
    """Points from the beginning of the line."""


SUPPLEMENT = "KaiSupplement"
"""In place of any face for the Chinese characters that all of them lack."""


class TypefaceReason(Enum):
    """Why a text cannot be printed."""

    NO_GLYPH = "no glyph"


@cache
def register_faces() -> None:
    """Make the bundled faces known to reportlab, once in the life of the program."""
    for face in Face:
        _register(face.value)


def require_glyphs(text: str) -> None:
    """Raise `Refused` naming what no bundled face draws in `text`: it would print as a blank."""
    if _drawn().issuperset(map(ord, text)):
        return
    missing = [each for each in text if ord(each) not in _drawn() and ord(each) not in _supplied()]
    if missing:
        spelled = "、".join(
            f"“{character}”（U+{ord(character):04X}）"
            if character.isprintable()
            else f"U+{ord(character):04X}"
            for character in dict.fromkeys(missing)
        )
        raise Refused(
            TypefaceReason.NO_GLYPH,
            f"“{_shown(text)}”中的字符 {spelled} 不在打印字库中，印出来会是空白。请改用字库中有的字。",
        )


def text_width(text: str, font: Font) -> float:
    """The width of a line in points."""
    return set_line(text, font)[1]


def set_line(text: str, font: Font) -> tuple[tuple[Piece, ...], float]:
    """A line in pieces of one font each, and its width in points.

    A character that the face lacks comes from the supplement; a digit of a tabular font stands in the
    middle of a box as wide as the widest digit.
    """
    from reportlab.pdfbase.pdfmetrics import stringWidth

    register_faces()
    name = font.face.value
    boxed = font.tabular and not _DIGITS.isdisjoint(text)
    gaps = font.gap * (len(text) - 1) if font.gap else 0.0
    if not boxed and _drawn().issuperset(map(ord, text)):
        return (Piece(text, name, 0.0),), stringWidth(text, name, font.size) + gaps
    pieces: list[Piece] = []
    left = 0.0
    for source, characters in groupby(enumerate(text), lambda each: _source(each[0], each[1], name, boxed)):
        part = "".join(character for _, character in characters)
        used = name if isinstance(source, int) else source
        width = stringWidth(part, used, font.size)
        room = _digit_width(name) * font.size if isinstance(source, int) else width
        pieces.append(Piece(part, used, left + (room - width) / 2))
        left += room + font.gap * len(part)
    return tuple(pieces), left - (font.gap if text else 0)


def break_lines(text: str, font: Font, width: float) -> tuple[str, ...]:
    """`text` in lines no wider than `width` points; a newline begins a new one.

    Numbers and Latin words stay whole where they can; no line begins with a closing mark or ends with an
    opening one.
    """
    lines: list[str] = []
    for part in text.split("\n"):
        line: list[str] = []
        for token in _tokens(part, font, width):
            if line and text_width("".join(line) + token, font) > width:
                carried = _carried(line, token)
                lines.append("".join(line[: len(line) - carried]).rstrip())
                line = line[len(line) - carried :]
            if line or token.strip() or not lines:
                line.append(token)
        lines.append("".join(line).rstrip())
    return tuple(lines)


_CLOSING = "，。、；：！？）》〉」』】〕”’%‰…—·)]},.;:!?"
_OPENING = "（《〈「『【〔“‘([{"


def _tokens(text: str, font: Font, width: float) -> list[str]:
    """Words that stay whole and single characters; a word wider than the line falls into characters."""
    tokens: list[str] = []
    for token in re.findall(r"（第[0-9]+次）|[A-Za-z0-9.,:/%_+-]+|.", text):
        tokens.extend(token if text_width(token, font) > width else [token])
    return tokens


def _carried(line: list[str], token: str) -> int:
    """How many tokens at the end of the full line must go down together with `token`."""
    carried = 0
    following = token
    while carried < len(line) - 1 and (following[0] in _CLOSING or line[-1 - carried][-1] in _OPENING):
        following = line[-1 - carried]
        carried += 1
    return carried


def _surrogates(beyond: re.Match[str]) -> str:
    return f"> <{chr(int(beyond[1], 16)).encode('utf-16-be').hex().upper()}>"


_DIGITS = frozenset("0123456789")


def _source(place: int, character: str, name: str, boxed: bool) -> int | str:
    """The font that draws `character`; for a digit in a box its place, since it stands by itself."""
    if boxed and character in _DIGITS:
        return place
    return SUPPLEMENT if ord(character) not in _drawn() and ord(character) in _supplied() else name


@cache
def _digit_width(name: str) -> float:
    """The width of the widest digit at size 1."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    return float(max(stringWidth(digit, name, 1) for digit in _DIGITS))


@cache
def _drawn() -> frozenset[int]:
    """The characters that every face can draw."""
    return frozenset.intersection(*(_characters(face.value) for face in Face))


@cache
def _supplied() -> frozenset[int]:
    """The characters that the supplement can draw; it is read when a text needs it."""
    return _characters(SUPPLEMENT)


def _characters(name: str) -> frozenset[int]:
    from reportlab.pdfbase.pdfmetrics import getFont

    _register(name)
    points: frozenset[int] = frozenset(getFont(name).face.charToGlyph)
    return frozenset(point for point in points if not category(chr(point)).startswith("C"))


@cache
def _register(name: str) -> None:
    """Make one bundled font known to reportlab."""
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.pdfbase.ttfonts import TTFont

    class SearchableFont(TTFont):  # type: ignore[misc]
        """reportlab writes characters beyond U+FFFF wrongly for who copies or searches: mend that."""

        def addObjects(self, doc: Any) -> None:  # noqa: N802
            super().addObjects(doc)
            for label, stream in doc.idToObject.items():
                if label.startswith("toUnicodeCMap:"):
                    stream.content = re.sub(r"> <([0-9A-F]{5,6})>", _surrogates, stream.content)

    registerFont(SearchableFont(name, str(resource(f"fonts/{name}.ttf")), shapable=False))


def _shown(text: str) -> str:
    """The text with what cannot be shown left out, no longer than a line."""
    return "".join(character for character in text if character.isprintable())[:40]
