"""Does the text of a credential give its key, and only a well-formed one?"""

import pytest

from gaoxin_vote.belenios.credential import (
    BASE58,
    CredentialReason,
    credential_from_number,
    credential_order,
    public_credential,
    secret_exponent,
)
from gaoxin_vote.belenios.group import GENERATOR
from gaoxin_vote.errors import Refused

UUID = "Te5tE1ection14"


def test_number_becomes_grouped_digits_and_wraps_around() -> None:
    assert credential_from_number(0) == "11111-111111-11111-111111"
    assert credential_from_number(57) == "11111-111111-11111-11111z"
    assert credential_from_number(58) == "11111-111111-11111-111121"
    assert credential_from_number(58**22 - 1) == "zzzzz-zzzzzz-zzzzz-zzzzzz"
    assert credential_from_number(58**22 + 57) == credential_from_number(57)


def test_digits_are_most_significant_first() -> None:
    number = 123_456_789_012_345_678_901_234_567_890
    digits = credential_from_number(number).replace("-", "")
    assert sum(BASE58.index(digit) * 58**place for place, digit in enumerate(reversed(digits))) == number


def test_public_credential_is_the_power_of_the_exponent() -> None:
    credential = credential_from_number(12345)
    exponent = secret_exponent(UUID, credential)
    assert public_credential(UUID, credential) == str(GENERATOR**exponent)
    assert secret_exponent(UUID + "1", credential) != exponent


@pytest.mark.parametrize(
    "text",
    [
        "",
        "11111-111111-11111-11111",
        "11111111111111111111111111",
        "11111-111111-11111-11111O",
        "11111-111111-11111-111111\n",
        " 1111-111111-11111-111111",
        "111111-11111-11111-111111",
    ],
)
def test_another_shape_is_refused_and_not_repeated_in_the_message(text: str) -> None:
    with pytest.raises(Refused) as caught:
        secret_exponent(UUID, text)
    assert caught.value.reason is CredentialReason.SHAPE
    assert not text.strip() or text.strip() not in str(caught.value)


def test_order_is_that_of_the_little_endian_octets() -> None:
    assert credential_order("01" + "00" * 30 + "02") == b"\x02" + bytes(30) + b"\x01"
