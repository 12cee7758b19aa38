"""What a number format shows."""

from decimal import Decimal

import pytest

from gaoxin_vote.spreadsheets.reading.number_format import Percent, hides_zero, may_matter, percent_of


@pytest.mark.parametrize(
    ("code", "number", "percent"),
    [
        ("0%", "0.95", Percent.SCALED),
        ("[$-804]0.0%", "0.95", Percent.SCALED),
        ("[Red]0.00%;-0.00%", "-0.5", Percent.SCALED),
        ('0"%"', "95", Percent.LITERAL),
        ("0\\%", "95", Percent.LITERAL),
        ("0％", "95", Percent.LITERAL),
        ("0.00", "95", Percent.NONE),
        ("0_%", "95", Percent.NONE),
        ("[<=1]0%;0.00", "0.95", Percent.SCALED),
        ("[<=1]0%;0.00", "38", Percent.NONE),
        ("0.00;-0.00;0%", "0", Percent.SCALED),
        ("0.00;-0.00;0%", "1", Percent.NONE),
    ],
)
def test_a_percent_sign_multiplies_only_by_itself(code: str, number: str, percent: Percent) -> None:
    assert percent_of(code, Decimal(number)) is percent


@pytest.mark.parametrize("code", ["0;-0;;@", ";;;", "#", "#,###", "#.##", '[=0]"";0.00', "0;;"])
def test_a_zero_may_look_empty(code: str) -> None:
    assert hides_zero(code, Decimal(0))
    assert not hides_zero(code, Decimal(5))
    assert may_matter(code)


@pytest.mark.parametrize(
    "code", ["General", "", "0", "0.00", "#,##0", '0"分"', '0;0;"无"', "yyyy-mm-dd", "@"]
)
def test_a_zero_is_shown_otherwise(code: str) -> None:
    assert not hides_zero(code, Decimal(0))
    assert not may_matter(code)
