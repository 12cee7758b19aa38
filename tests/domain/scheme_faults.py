"""Which keys are at fault where the scheme of 2017 is changed?"""

from decimal import Decimal

from gaoxin_vote.errors import Refused

from .cases import toml_scheme


def faulty_keys(patch: dict[str, object]) -> list[str]:
    """The keys that the refusal names; none where the changed scheme is taken."""
    try:
        toml_scheme(patch)
    except Refused as refused:
        return [line.partition("：")[0] for line in refused.details]
    return []


def bounds_faults(
    key: str, low: int, high: int, step: str, beside: dict[str, object] | None = None
) -> list[list[str]]:
    """The faults of a value a step below the bounds, at the lower, at the upper and a step above them."""
    least, most, beyond = Decimal(low), Decimal(high), Decimal(step)
    values = (least - beyond, least, most, most + beyond)
    return [faulty_keys((beside or {}) | {key: _number(value)}) for value in values]


def _number(value: Decimal) -> int | Decimal:
    return int(value) if value == int(value) else value
