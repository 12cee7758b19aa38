"""Is the group arithmetic right, complete at its corners, and strict with what is no member?"""

from itertools import pairwise

import pytest
from nacl import bindings as sodium

from gaoxin_vote.belenios.evidence import Flaw
from gaoxin_vote.belenios.group import (
    GENERATOR,
    IDENTITY,
    ORDER,
    ZERO,
    Point,
    Scalar,
    hash_to_scalar,
    product,
    random_scalars,
)
from gaoxin_vote.errors import EvidenceBroken
from tests.belenios.chance import BITS, uneven_bits
from tests.belenios.corruption import TORSION

# The eight points whose order divides 8, little-endian; the first is the identity.
SMALL = [
    "0100000000000000000000000000000000000000000000000000000000000000",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "0000000000000000000000000000000000000000000000000000000000000080",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
    "0000000000000000000000000000000000000000000000000000000000000000",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
]


def test_generator_and_identity_are_written_as_specified() -> None:
    assert str(GENERATOR) == "6" * 62 + "58"
    assert str(IDENTITY) == "0" * 63 + "1"
    assert Point.parse(str(GENERATOR)) == GENERATOR


def test_powers_follow_the_laws_of_exponents() -> None:
    a, b = random_scalars(2)
    assert GENERATOR**a * GENERATOR**b == GENERATOR ** (a + b)
    assert (GENERATOR**a) ** b == GENERATOR ** (a * b)
    assert GENERATOR**a / GENERATOR**b == GENERATOR ** (a - b)
    assert product([GENERATOR**a, GENERATOR**b, IDENTITY]) == GENERATOR ** (a + b)
    assert product([]) == IDENTITY


def test_zero_and_identity_which_libsodium_refuses_are_answered() -> None:
    (a,) = random_scalars(1)
    point = GENERATOR**a
    assert point**ZERO == GENERATOR**ZERO == IDENTITY**a == IDENTITY**ZERO == IDENTITY
    assert point * IDENTITY == point == point / IDENTITY
    assert point / point == IDENTITY
    assert IDENTITY / point == point ** Scalar.of(-1)


@pytest.mark.parametrize("small", SMALL)
def test_torsion_is_refused_by_every_check(small: str) -> None:
    torsion = Point(bytes.fromhex(small))
    with pytest.raises(EvidenceBroken) as caught:
        torsion.member()
    assert caught.value.reason is Flaw.NOT_A_MEMBER
    if torsion == IDENTITY:
        return
    for exponent in (*random_scalars(1), ZERO, Scalar.of(8)):
        for point in (torsion, GENERATOR * torsion):
            with pytest.raises(EvidenceBroken):
                point**exponent
    with pytest.raises(EvidenceBroken):
        (GENERATOR * torsion).member()


P = 2**255 - 19
# y ≥ p, with and without the sign bit; then x = 0 with the sign bit, which only y = 1 and y = −1 have.
NOT_CANONICAL = [y + sign for y in range(P, 2**255) for sign in (0, 2**255)] + [1 + 2**255, P - 1 + 2**255]


@pytest.mark.parametrize("written", NOT_CANONICAL)
def test_none_of_the_40_other_writings_of_a_point_is_a_member(written: int) -> None:
    point = Point.parse(f"{written:064x}")
    for exponent in (ZERO, *random_scalars(1)):
        with pytest.raises(EvidenceBroken) as caught:
            point**exponent
        assert caught.value.reason is Flaw.NOT_A_MEMBER
    with pytest.raises(EvidenceBroken):
        point.member()


def test_the_other_writings_of_a_point_are_40() -> None:
    assert len(set(NOT_CANONICAL)) == 40


@pytest.mark.parametrize(
    "text", ["", "6" * 63, "6" * 65, "G" * 64, "A" + "6" * 63, " " + "6" * 63, "٦" * 64, None, 6, ["6" * 64]]
)
def test_points_are_written_in_one_way_only(text: object) -> None:
    with pytest.raises(EvidenceBroken) as caught:
        Point.parse(text)
    assert caught.value.reason is Flaw.MALFORMED


@pytest.mark.parametrize(
    "text", ["", "00", "01", "-1", "+1", " 1", "1_0", "1.0", "٣", str(ORDER), "9" * 77, 1, None]
)
def test_scalars_are_written_in_one_way_only(text: object) -> None:
    with pytest.raises(EvidenceBroken) as caught:
        Scalar.parse(text)
    assert caught.value.reason is Flaw.NOT_A_SCALAR


@pytest.mark.parametrize("value", [0, 1, 2**252, ORDER - 1])
def test_scalars_at_the_limits_are_read(value: int) -> None:
    assert int(Scalar.parse(str(value))) == value


def test_scalar_arithmetic_is_that_of_integers_mod_q() -> None:
    for _ in range(50):
        a, b = random_scalars(2)
        assert int(a + b) == (int(a) + int(b)) % ORDER
        assert int(a - b) == (int(a) - int(b)) % ORDER
        assert int(a * b) == int(a) * int(b) % ORDER


def test_random_scalars_differ_and_are_reduced() -> None:
    drawn = random_scalars(200)
    assert len(set(drawn)) == 200
    assert all(int(scalar) < ORDER for scalar in drawn)


def test_every_bit_of_random_scalars_is_drawn() -> None:
    drawn = [int(scalar) for scalar in random_scalars(2000)]
    assert max(drawn) < 2**BITS
    steps = [(later - one) % ORDER for one, later in pairwise(drawn)]
    assert not uneven_bits({"scalar": drawn, "step": steps})


def test_a_secret_scalar_does_not_show_itself() -> None:
    (secret,) = random_scalars(1)
    assert str(int(secret)) not in f"{secret!r} {secret}"
    assert secret.raw.hex() not in f"{secret!r} {secret}"


def test_hash_is_reduced_from_a_big_endian_integer() -> None:
    assert int(hash_to_scalar("pok|", GENERATOR)) < ORDER
    assert hash_to_scalar("a|", GENERATOR) != hash_to_scalar("a|", GENERATOR, GENERATOR)


def test_libsodium_multiplication_checks_membership_by_itself() -> None:
    """The ground on which a multiplied point is not checked a second time."""
    (k,) = random_scalars(1)
    with pytest.raises(RuntimeError):
        sodium.crypto_scalarmult_ed25519_noclamp(k.raw, (GENERATOR * TORSION).raw)
