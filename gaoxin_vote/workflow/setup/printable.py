"""Can what was entered be printed later on?

Asked where a text is typed or imported: a name that the fonts lack would block the sheet after the count.
"""

from collections.abc import Iterable, Iterator

from gaoxin_vote.domain.codec import Json, to_json
from gaoxin_vote.errors import Refused


def require_printable(*entered: object) -> None:
    """Raise `Refused` naming the first text of these values that no bundled face draws."""
    from gaoxin_vote.documents.typeface import require_glyphs

    for text in _texts(map(to_json, entered)):
        for line in text.splitlines():
            require_glyphs(line)


def unprintable(text: str) -> str:
    """Why `text` cannot be printed, in words; empty where it can."""
    try:
        require_printable(text)
    except Refused as refused:
        return refused.message
    return ""


def _texts(values: Iterable[Json]) -> Iterator[str]:
    for value in values:
        match value:
            case str():
                yield value
            case dict():
                yield from _texts(value.values())
            case list():
                yield from _texts(value)
