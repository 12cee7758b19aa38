"""How does a closed set keep what is stored apart from what is shown?"""

from enum import Enum
from typing import Self


class Labelled(Enum):
    """An `Enum` whose value is the code that files keep, and whose label is the words that people read.

    A member is written ``OPEN = "open", "进行中"``. Rewording a label changes no file; a code never changes.
    """

    _value_: str
    label: str

    def __new__(cls, code: str, label: str = "") -> Self:
        """A member whose value is `code` alone. Raises `TypeError` for one without a label."""
        if not label:
            raise TypeError(f"{cls.__name__} {code!r} has no label")
        member = object.__new__(cls)
        member._value_ = code
        member.label = label
        return member

    @classmethod
    def by_label(cls) -> dict[str, Self]:
        """The members by the words that people write and read."""
        return {member.label: member for member in cls}
