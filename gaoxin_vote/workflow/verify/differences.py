"""Where do two plain JSON values differ, told in words?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from gaoxin_vote.workflow.verify.field_words import FIELD_WORDS

Place = tuple[str | int, ...]
_LONGEST = 60
_ABSENT = object()


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where what is given is not what was computed."""

    place: Place
    given: str
    computed: str
    """Both in words, no longer than a line."""

    def where(self, start: int = 0, titles: Mapping[str, str] = MappingProxyType({})) -> str:
        """The place in words, from its part `start` on; such as 加减分·申报事项第2项·计入分.

        `titles` are those of the contests by their codes.
        """
        words = ""
        for part in self.place[start:]:
            if isinstance(part, int):
                words += f"第{part + 1}项"
            else:
                words += "·" * bool(words) + _line(titles.get(part) or FIELD_WORDS.get(part, part))
        return words


def json_differences(given: Any, computed: Any, place: Place = ()) -> Iterator[Difference]:
    """Every place where two JSON values differ, in the order of the computed one."""
    if isinstance(computed, dict) and isinstance(given, dict):
        for name in (*computed, *(name for name in given if name not in computed)):
            yield from json_differences(given.get(name, _ABSENT), computed.get(name, _ABSENT), (*place, name))
    elif isinstance(computed, list) and isinstance(given, list) and len(computed) == len(given):
        for index, (said, right) in enumerate(zip(given, computed, strict=True)):
            yield from json_differences(said, right, (*place, index))
    elif given != computed or type(given) is not type(computed):
        said, right = _words(given), _words(computed)
        yield Difference(place, f"{said}（写法不同）" if said == right else said, right)


def _words(value: Any) -> str:
    """A value for a line of text: what is not a word or a number is only described."""
    if value is _ABSENT or value is None or value in ("", []):
        return "（无）"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list) and not any(isinstance(item, list | dict) for item in value):
        return _line("、".join(_words(item) for item in value))
    if isinstance(value, list | dict):
        return f"（{len(value)}项内容）"
    return _line(str(value))


def _line(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
