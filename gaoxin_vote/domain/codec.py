"""How is a value of the domain written as plain JSON and read back?"""

import json
import re
from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import cache
from types import UnionType
from typing import Any, NewType, TypeVar, Union, get_args, get_origin, get_type_hints

from gaoxin_vote.errors import Refused

T = TypeVar("T")

Json = None | bool | int | str | list["Json"] | dict[str, "Json"]
"""Plain JSON without floating point: a score is a string."""


class CodecReason(Enum):
    """Why a text is not the value it should be."""

    MALFORMED = "malformed"


def canonical_json(value: Json) -> str:
    """The one spelling of a JSON value: keys sorted, no blanks, no escapes beyond the needed ones, UTF-8."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def to_json(value: object) -> Json:
    """The plain JSON of dataclasses, str, int, bool, Decimal, Fraction, date, Enum, tuples and None.

    Equal values have equal JSON: a Decimal loses its trailing zeros. Anything else is a bug (`TypeError`).
    """
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return to_json(value.value)
    if isinstance(value, tuple):
        return [to_json(item) for item in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_json(getattr(value, field.name)) for field in fields(value)}
    raise TypeError(f"no JSON for {type(value).__name__}")


def plain(value: Decimal) -> str:
    """The shortest plain spelling of a Decimal: 37.10 → 37.1, 1E+2 → 100, -0 → 0."""
    text = format(value, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def from_json(kind: type[T], obj: object, *, where: str = "") -> T:
    """The value of type `kind` that `to_json` wrote as `obj`; `where` names it in the message.

    A field with a default may be missing. Raises `Refused` naming the place of the first fault:
    wrong kind of value, missing or unknown field, unknown word of an Enum.
    """
    key: Any = kind
    value: T = _reader(key)(obj, where or kind.__name__)
    return value


Reader = Callable[[object, str], Any]


@cache
def _reader(kind: Any) -> Reader:
    if isinstance(kind, NewType):
        return _reader(kind.__supertype__)
    if get_origin(kind) in (Union, UnionType):
        return _optional(kind)
    if get_origin(kind) is tuple:
        return _tuple(get_args(kind))
    if kind in (str, int, bool):
        return _exact(kind)
    if kind in _SPELLINGS:
        return _spelled(_SPELLINGS[kind])
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _spelled(kind)
    if isinstance(kind, type) and is_dataclass(kind):
        return _dataclass(kind)
    raise TypeError(f"no JSON for {kind}")


def _exact(kind: type) -> Reader:
    def read(obj: object, where: str) -> object:
        if type(obj) is not kind:
            raise _malformed(where, obj)
        return obj

    return read


def _spelled(make: Callable[[str], object]) -> Reader:
    def read(obj: object, where: str) -> object:
        if not isinstance(obj, str):
            raise _malformed(where, obj)
        try:
            return make(obj)
        except ValueError:
            raise _malformed(where, obj) from None

    return read


def _decimal(text: str) -> Decimal:
    if not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text):
        raise ValueError(text)
    return Decimal(text)


def _date(text: str) -> date:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise ValueError(text)
    return date.fromisoformat(text)


def _fraction(text: str) -> Fraction:
    if not re.fullmatch(r"-?[0-9]+(/[0-9]+)?", text):
        raise ValueError(text)
    return Fraction(text)


_SPELLINGS: dict[object, Callable[[str], object]] = {Decimal: _decimal, Fraction: _fraction, date: _date}


def _optional(kind: Any) -> Reader:
    members = [member for member in get_args(kind) if member is not type(None)]
    if len(members) != 1:
        raise TypeError(f"no JSON for {kind}")
    inner = _reader(members[0])
    return lambda obj, where: None if obj is None else inner(obj, where)


def _tuple(members: tuple[Any, ...]) -> Reader:
    open_end = members[-1] is Ellipsis
    readers = [_reader(member) for member in members if member is not Ellipsis]

    def read(obj: object, where: str) -> object:
        if not isinstance(obj, list) or (not open_end and len(obj) != len(readers)):
            raise _malformed(where, obj)
        chosen = readers * len(obj) if open_end else readers
        return tuple(
            reader(item, f"{where}[{index}]")
            for index, (reader, item) in enumerate(zip(chosen, obj, strict=True))
        )

    return read


def _dataclass(kind: type) -> Reader:
    hints = get_type_hints(kind)
    readers = {field.name: _reader(hints[field.name]) for field in fields(kind)}
    needed = {f.name for f in fields(kind) if f.default is MISSING and f.default_factory is MISSING}

    def read(obj: object, where: str) -> object:
        if not isinstance(obj, dict):
            raise _malformed(where, obj)
        if faults := sorted((needed - obj.keys()) | (obj.keys() - readers.keys())):
            raise _malformed(f"{where}.{faults[0]}", obj.get(faults[0]))
        return kind(
            **{name: read(obj[name], f"{where}.{name}") for name, read in readers.items() if name in obj}
        )

    return read


def _malformed(where: str, obj: object) -> Refused:
    return Refused(CodecReason.MALFORMED, f"数据格式不符：{where} 处的内容是 {str(obj)[:40]}，无法读取。")
