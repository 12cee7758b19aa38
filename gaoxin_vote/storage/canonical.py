"""Is a text the one spelling of its JSON value, so that equal values are equal texts?"""

import json

from gaoxin_vote.domain.codec import Json, canonical_json


def require_canonical(text: str) -> None:
    """Raise `ValueError` unless `text` is what `canonical_json` writes for its value, without any float."""
    if canonical_json(json.loads(text, parse_float=_refuse_float, parse_constant=_refuse_float)) != text:
        raise ValueError("not canonical JSON: members unsorted, spaces, or escaped characters")


def _refuse_float(text: str) -> Json:
    raise ValueError(f"not canonical JSON: {text} is no exact number, write scores as text")
