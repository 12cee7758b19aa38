"""Can what was entered be printed later on?

Asked where a text is typed or imported: a name that the fonts lack would block the sheet after the count.
"""

from collections.abc import Iterable, Iterator

from gaoxin_vote.domain.codec import Json, to_json


def require_printable(*entered: object) -> None:
    """Raise `Refused` naming the first text of these values that no bundled face draws."""
    from gaoxin_vote.documents.typeface import require_glyphs

    for text in _texts(map(to_json, entered)):
        for line in text.splitlines():
            require_glyphs(line)


def _texts(values: Iterable[Json]) -> Iterator[str]:
    for value in values:
        match value:
            case str():
                yield value
            case dict():
                yield from _texts(value.values())
            case list():
                yield from _texts(value)
