"""How does an exact number become a printed one?"""

from decimal import Decimal
from fractions import Fraction


def round_half_up(value: Decimal | Fraction | int, decimals: int) -> Decimal:
    """`value` with exactly `decimals` places, halves away from zero (R11: 9.125 → 9.13, -0.005 → -0.01).

    Exact for every input: a quotient such as 86/9 is never cut off before it is rounded.
    """
    numerator, denominator = value.as_integer_ratio()
    whole, rest = divmod(abs(numerator) * 10**decimals, denominator)
    digits = whole + (2 * rest >= denominator)
    # Read from its digits: arithmetic of a Decimal keeps 28 of them.
    return Decimal(f"{-digits if numerator < 0 else digits}E{-decimals}")
