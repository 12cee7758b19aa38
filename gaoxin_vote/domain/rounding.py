"""How does an exact number become a printed one?"""

from decimal import Decimal
from fractions import Fraction


def round_half_up(value: Decimal | Fraction | int, decimals: int) -> Decimal:
    """`value` with exactly `decimals` places, halves away from zero (R11: 9.125 → 9.13, -0.005 → -0.01).

    Exact for every input: a quotient such as 86/9 is never cut off before it is rounded.
    """
    exact = Fraction(value)
    scale = 10**decimals
    whole, rest = divmod(abs(exact.numerator) * scale, exact.denominator)
    digits = whole + (2 * rest >= exact.denominator)
    return Decimal(-digits if exact < 0 else digits).scaleb(-decimals)
