"""Which letters is a sheet printed in, how wide are they, and are they all there?"""

import re
from dataclasses import dataclass, replace
from enum import Enum
from functools import cache
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

    def at(self, size: float) -> "Font":
        """The same face at another size."""
        return replace(self, size=size)


class TypefaceReason(Enum):
    """Why a text cannot be printed."""

    NO_GLYPH = "no glyph"


@cache
def register_faces() -> None:
    """Make the bundled faces known to reportlab, once in the life of the program."""
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.pdfbase.ttfonts import TTFont

    class SearchableFont(TTFont):  # type: ignore[misc]
        """reportlab writes characters beyond U+FFFF wrongly for who copies or searches: mend that."""

        def addObjects(self, doc: Any) -> None:  # noqa: N802
            super().addObjects(doc)
            for name, stream in doc.idToObject.items():
                if name.startswith("toUnicodeCMap:"):
                    stream.content = re.sub(r"> <([0-9A-F]{5,6})>", _surrogates, stream.content)

    for face in Face:
        path = resource(f"fonts/{face.value}.ttf")
        registerFont(SearchableFont(face.value, str(path), shapable=False))


def require_glyphs(text: str) -> None:
    """Raise `Refused` naming the first character that a bundled face lacks: it would print as a blank."""
    missing = [character for character in text if ord(character) not in _drawn()]
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
    from reportlab.pdfbase.pdfmetrics import stringWidth

    register_faces()
    width: float = stringWidth(text, font.face.value, font.size)
    return width + font.gap * (len(text) - 1) if font.gap else width


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
    for token in re.findall(r"[A-Za-z0-9.,:/%_+-]+|.", text):
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


@cache
def _drawn() -> frozenset[int]:
    """The characters that every face can draw."""
    from reportlab.pdfbase.pdfmetrics import getFont

    register_faces()
    every: frozenset[int] = frozenset.intersection(
        *(frozenset(getFont(face.value).face.charToGlyph) for face in Face)
    )
    return frozenset(point for point in every if not category(chr(point)).startswith("C"))


def _shown(text: str) -> str:
    """The text with what cannot be shown left out, no longer than a line."""
    return "".join(character for character in text if character.isprintable())[:40]
