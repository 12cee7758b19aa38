"""How an exact number is printed."""

from decimal import Decimal, localcontext
from fractions import Fraction

import pytest

from gaoxin_vote.domain.rounding import round_half_up


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("9.125", "9.13"),
        ("9.1249", "9.12"),
        ("-0.005", "-0.01"),
        ("-9.125", "-9.13"),
        ("-9.1249", "-9.12"),
        ("9.135", "9.14"),
    ],
)
def test_halves_go_away_from_zero(value: str, text: str) -> None:
    assert str(round_half_up(Decimal(value), 2)) == text
    assert str(round_half_up(Fraction(value), 2)) == text


def test_all_places_are_there_and_zero_has_no_sign() -> None:
    assert str(round_half_up(7, 2)) == "7.00"
    assert str(round_half_up(Decimal("-0.004"), 2)) == "0.00"
    assert str(round_half_up(Decimal("2.5"), 0)) == "3"


def test_a_quotient_is_never_cut_off_before_it_is_rounded() -> None:
    """A Decimal of 28 digits would be a half here."""
    little = Fraction(1, 10**40)
    assert round_half_up(Fraction(86, 9), 2) == Decimal("9.56")
    assert round_half_up(Fraction(1, 2) - little, 0) == 0
    assert round_half_up(Fraction(3, 2) - little, 0) == 1
    assert round_half_up(Fraction(-1, 2) + little, 0) == 0


def test_no_digit_is_lost_whatever_the_precision_of_the_surroundings() -> None:
    assert str(round_half_up(10**30 + 1, 2)) == f"{10**30 + 1}.00"
    with localcontext(prec=3):
        assert str(round_half_up(Decimal("1234.565"), 2)) == "1234.57"
