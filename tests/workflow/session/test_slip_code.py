import hashlib
import hmac

import pytest
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from gaoxin_vote.domain.fingerprint import grouped
from gaoxin_vote.domain.session import SessionId
from gaoxin_vote.domain.units import UnitCode
from gaoxin_vote.errors import Refused
from gaoxin_vote.stretching import FULL_COSTS
from gaoxin_vote.workflow.session.slip_code import (
    SEALED_UNIT_BYTES,
    SlipKeys,
    SlipReason,
    can_be_of,
    check_digit,
    new_code,
    nothing_sealed,
    parse_code,
    seal_unit,
    slip_keys,
    unsealed_unit,
)
from tests.stretching import CHEAP_COSTS

UUID = "4DZdxHG88xB792"
SECRET = bytes(range(32))
CHEAP = CHEAP_COSTS.slip


def test_a_code_is_read_however_it_is_typed_or_scanned() -> None:
    code = new_code(SessionId(7))
    wide = code.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    for text in (code, grouped(code), code[:8] + "-" + code[8:], wide, f" {code}\r\n"):
        assert parse_code(text) == code


def test_a_code_begins_with_the_last_digit_of_its_session_and_the_rest_is_drawn() -> None:
    drawn = [new_code(SessionId(27)) for _ in range(400)]
    assert {code[0] for code in drawn} == {"7"}
    for place in range(1, 15):
        assert {code[place] for code in drawn} == set("0123456789"), place
    assert all(parse_code(code) == code for code in drawn)
    fits = [number for number in range(1, 40) if can_be_of(SessionId(number), drawn[0])]
    assert fits == [7, 17, 27, 37]


def test_every_single_wrong_digit_and_most_swaps_are_noticed() -> None:
    code = "314159265358979" + check_digit("314159265358979")
    for place, digit in enumerate(code):
        for other in "0123456789":
            wrong = code[:place] + other + code[place + 1 :]
            if other == digit:
                assert parse_code(wrong) == code
                continue
            with pytest.raises(Refused) as error:
                parse_code(wrong)
            assert error.value.reason is SlipReason.MISTYPED
    swapped = [code[:i] + code[i + 1] + code[i] + code[i + 2 :] for i in range(15) if code[i] != code[i + 1]]
    noticed = 0
    for wrong in swapped:
        try:
            parse_code(wrong)
        except Refused:
            noticed += 1
    assert noticed >= len(swapped) - 1


def test_the_check_digit_is_that_of_iso_7064() -> None:
    assert check_digit("0794") == "5"


@pytest.mark.parametrize("text", ["", "123", "12345678901234567", "12345678901234x5", "١٢٣٤٥٦٧٨٩٠١٢٣٤٥٦"])
def test_anything_but_sixteen_digits_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        parse_code(text)


def test_keys_follow_the_formula() -> None:
    salt = hashlib.sha256(UUID.encode()).digest()[:16]
    k = Argon2id(salt=salt, length=64, iterations=3, lanes=4, memory_cost=65536).derive(b"012345678901234")
    number = int(hmac.new(SECRET, b"credential|" + k, hashlib.sha256).hexdigest(), 16) % 58**22
    alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
    digits = "".join(alphabet[number // 58**place % 58] for place in reversed(range(22)))
    keys = slip_keys("0123456789012345", UUID, SECRET, FULL_COSTS.slip)
    assert keys.credential == f"{digits[:5]}-{digits[5:11]}-{digits[11:16]}-{digits[16:]}"
    assert keys.unit_key == hmac.new(SECRET, b"unit|" + k, hashlib.sha256).digest()


def test_keys_depend_on_code_election_and_session_secret() -> None:
    keys = slip_keys("0123456789012345", UUID, SECRET, CHEAP)
    assert keys == slip_keys("0123456789012349", UUID, SECRET, CHEAP)  # the check digit opens nothing
    others = [
        slip_keys("1123456789012345", UUID, SECRET, CHEAP),
        slip_keys("0123456789012345", "5DZdxHG88xB792", SECRET, CHEAP),
        slip_keys("0123456789012345", UUID, bytes(32), CHEAP),
    ]
    for other in others:
        assert other.credential != keys.credential
        assert other.unit_key != keys.unit_key
    assert keys.credential not in repr(keys)


def test_a_unit_is_sealed_under_the_code_and_nothing_sealed_looks_the_same() -> None:
    keys = slip_keys("0123456789012345", UUID, SECRET, CHEAP)
    other = slip_keys("1123456789012345", UUID, SECRET, CHEAP)
    sealed = seal_unit(keys, UUID, UnitCode("U07"))
    assert (
        len(sealed) == len(nothing_sealed()) == len(seal_unit(keys, UUID, UnitCode(""))) == SEALED_UNIT_BYTES
    )
    assert unsealed_unit(keys, UUID, sealed) == "U07"
    for wrong_keys, blob in ((other, sealed), (keys, nothing_sealed())):
        with pytest.raises(Refused) as error:
            unsealed_unit(wrong_keys, UUID, blob)
        assert error.value.reason is SlipReason.SPARE_NOT_ISSUED


def test_a_unit_code_that_does_not_fit_is_a_mistake_of_the_program() -> None:
    keys = SlipKeys("credential", bytes(32))
    assert unsealed_unit(keys, "uuid", seal_unit(keys, "uuid", UnitCode("单" * 10))) == "单" * 10
    with pytest.raises(ValueError, match="too long"):
        seal_unit(keys, "uuid", UnitCode("单" * 11))
