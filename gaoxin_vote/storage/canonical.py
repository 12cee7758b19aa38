"""How is a value written so that equal values are equal texts?"""

import json
from collections.abc import Mapping, Sequence

Json = None | bool | int | str | Sequence["Json"] | Mapping[str, "Json"]


def canonical(value: Json) -> str:
    """`value` as JSON text: members sorted, no spaces, Chinese as it is, scores as text and never as float.

    Raises `TypeError` for a float or anything else that JSON has no exact word for.
    """
    _require_exact(value)
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def require_canonical(text: str) -> None:
    """Raise `ValueError` unless `text` is what `canonical` writes for its value."""
    if canonical(json.loads(text, parse_float=_refuse_float, parse_constant=_refuse_float)) != text:
        raise ValueError("not canonical JSON: members unsorted, spaces, or escaped characters")


def _refuse_float(text: str) -> Json:
    raise ValueError(f"not canonical JSON: {text} is no exact number, write scores as text")


def _require_exact(value: object) -> None:
    if isinstance(value, Mapping):
        for name, member in value.items():
            if not isinstance(name, str):
                raise TypeError(f"member name {name!r} is not text")
            _require_exact(member)
    elif isinstance(value, (list, tuple)):
        for member in value:
            _require_exact(member)
    elif value is not None and not isinstance(value, (bool, int, str)):
        raise TypeError(f"{type(value).__name__} has no canonical JSON")
