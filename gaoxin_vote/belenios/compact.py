"""How is JSON written and read so that one value has exactly one text? (BELENIOS 1)

Each JSON object of the format is a dataclass whose fields are its members, in the order of the format; a
field that may be None (or is a `bool`) is a member that may be absent (or is there only as ``true``). A
member that is missing, unknown or out of order is refused.
"""

import base64
import hashlib
import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import cache
from types import UnionType
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

from gaoxin_vote.belenios.evidence import Flaw, broken_by, require
from gaoxin_vote.belenios.group import Point, Scalar

T = TypeVar("T")


def write(value: object) -> str:
    """The compact text of `value`: no spaces, raw UTF-8, but U+007F escaped (Python's `json` does not)."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_members)
    return text.replace("\x7f", "\\u007f")


def _members(value: Any) -> object:
    """What JSON has in the place of a point, a scalar or a dataclass."""
    if isinstance(value, Point):
        return str(value)
    if isinstance(value, Scalar):
        return str(int(value))
    names = _names(value.__class__)
    return {name: part for name in names if (part := getattr(value, name)) is not None and part is not False}


@cache
def _names(kind: Any) -> tuple[str, ...]:
    """The members of an object in the order of the format: the fields, unless `MEMBERS` says otherwise."""
    return tuple(getattr(kind, "MEMBERS", [field.name for field in fields(kind)]))


def read(text: str) -> object:
    """The value of `text`; raises `EvidenceBroken` unless writing it again gives exactly `text`."""
    with broken_by((ValueError, RecursionError), Flaw.MALFORMED, "不是正确的 JSON 文本"):
        value: object = json.loads(text)
        canonical = write(value) == text
    require(canonical, Flaw.NOT_CANONICAL, "JSON 文本不是规定的紧凑写法")
    return value


def parse(kind: type[T], text: str) -> T:
    """The `kind` written in `text`; raises `EvidenceBroken` unless it is written exactly so."""
    return convert(kind, read(text))


def convert(kind: type[T], value: object) -> T:
    """The `kind` in a value that `read` gave: a dataclass, tuple, point, scalar, string or natural number."""
    hint: Any = kind
    converted: T = _reader(hint)(value)
    return converted


@cache
def _reader(hint: Any) -> Callable[[Any], Any]:
    """The function that reads values of the type `hint`."""
    if hint in (Point, Scalar):
        return hint.parse  # type: ignore[no-any-return]
    if is_dataclass(hint):
        return _object_reader(hint)
    arguments = get_args(hint)
    if get_origin(hint) is tuple and arguments[-1] is ...:
        element = _reader(arguments[0])
        return lambda value: tuple([element(part) for part in _checked(type(value) is list, value)])
    if get_origin(hint) is UnionType:
        return _reader(arguments[0])
    if get_origin(hint) is Literal or hint is bool:
        (only,) = arguments or (True,)
        return lambda value: _checked(type(value) is type(only) and value == only, value)
    if hint is int:
        return lambda value: _checked(type(value) is int and value >= 0, value)
    return lambda value: _checked(hint is Any or type(value) is hint, value)


def _checked(holds: bool, value: Any) -> Any:
    require(holds, Flaw.MALFORMED, "JSON 值不是规定的类型")
    return value


def _object_reader(kind: Any) -> Callable[[object], object]:
    hints = get_type_hints(kind)
    readers = {name: _reader(hints[name]) for name in _names(kind)}
    optional = {name for name, hint in hints.items() if hint is bool or get_origin(hint) is UnionType}
    absent = {name: False if hints[name] is bool else None for name in optional}

    def read_object(value: object) -> object:
        members = _checked(type(value) is dict, value)
        wanted = [name for name in readers if name not in optional or name in members]
        if list(members) != wanted:
            require(False, Flaw.MALFORMED, f"字段应依次为 {'、'.join(wanted)}，实为 {'、'.join(members)}")
        return kind(**absent | {name: readers[name](members[name]) for name in wanted})

    return read_object


def parse_only(name: str, kind: type[T], text: str) -> T:
    """The `kind` that is the only member of the object in `text`, called `name`."""
    value = read(text)
    alone = isinstance(value, dict) and list(value) == [name]
    return convert(kind, _checked(alone, value)[name])


def sha256_hex(content: str | bytes) -> str:
    """SHA256hex of BELENIOS 1, of a text in UTF-8: 64 lower-case digits."""
    return hashlib.sha256(content if isinstance(content, bytes) else content.encode()).hexdigest()


def digest_base64(digest: str) -> str:
    """B64 of BELENIOS 1: a digest given in hexadecimal, in 43 characters."""
    return base64.b64encode(bytes.fromhex(digest)).decode().removesuffix("=")


def sha256_base64(text: str) -> str:
    """B64 of the SHA-256 of `text`."""
    return digest_base64(sha256_hex(text))
