"""Is a threshold group in which something is wrong noticed, though its members have signed all of it?"""

import json
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from gaoxin_vote.belenios.channel import ChannelKeys
from gaoxin_vote.belenios.compact import convert, write
from gaoxin_vote.belenios.evidence import Flaw
from gaoxin_vote.belenios.group import GENERATOR, IDENTITY, ZERO, Point, Scalar, random_scalars
from gaoxin_vote.belenios.threshold import ThresholdKeys
from gaoxin_vote.belenios.trustees import Trustees
from gaoxin_vote.errors import EvidenceBroken
from tests.belenios.corruption import ONE, TORSION, group_of, sign_group, torsion
from tests.belenios.samples import ceremony_of, seeds_of

Group = dict[str, Any]
SEEDS = seeds_of(2, 3)
SIGNING = [ChannelKeys.from_seed(seed).signing for seed in SEEDS]


def refusal_of(group: Group) -> EvidenceBroken:
    """The error with which the trustees are refused, all of which are `group`."""
    with pytest.raises(EvidenceBroken) as caught:
        Trustees.parse(write([["Pedersen", group]]))
    return caught.value


def polynomials(threshold: int) -> list[list[Scalar]]:
    """One polynomial for each of three members."""
    return [random_scalars(threshold) for _ in range(3)]


def test_signing_again_changes_nothing_that_counts() -> None:
    group = json.loads(write(ceremony_of(2, 3).keys))
    sign_group(group, SIGNING)
    (item,) = Trustees.parse(write([["Pedersen", group]])).items
    assert item.public_key == ceremony_of(2, 3).keys.public_key
    assert convert(ThresholdKeys, group) != ceremony_of(2, 3).keys


@pytest.mark.parametrize("threshold", [1, 2, 3])
def test_the_forger_makes_good_groups_of_good_polynomials(threshold: int) -> None:
    drawn = polynomials(threshold)
    (item,) = Trustees.parse(write([["Pedersen", group_of(SEEDS, drawn)]])).items
    assert item.public_key == GENERATOR ** Scalar.of(sum(int(polynomial[0]) for polynomial in drawn))


def _in_certificates(group: Group, members: Sequence[int], name: str, new: Callable[[Any], Any]) -> None:
    """Change a member of these certificates."""
    for member in members:
        text = json.loads(group["certs"][member]["message"])
        text[name] = new(text[name])
        group["certs"][member]["message"] = write(text)


def _in_coefficients(group: Group, member: int, place: int, new: Point) -> Point:
    """Put a member's coefficient in the exponent and return the one that was there."""
    shown = json.loads(group["coefexps"][member]["message"])
    old = Point.parse(shown["coefexps"][place])
    shown["coefexps"][place] = new
    group["coefexps"][member]["message"] = write(shown)
    return old


def _shifted(place: int) -> Callable[[Group], None]:
    """One member's coefficient becomes the identity, another's makes up for it: all products stay."""

    def change(group: Group) -> None:
        first = _in_coefficients(group, 0, place, IDENTITY)
        second = _in_coefficients(group, 2, place, IDENTITY)
        _in_coefficients(group, 2, place, first * second)

    return change


def _twisted(place: int) -> Callable[[Group], None]:
    """Torsion in one member's coefficient, which another's takes away again: all products stay."""

    def change(group: Group) -> None:
        first = _in_coefficients(group, 0, place, IDENTITY)
        second = _in_coefficients(group, 2, place, IDENTITY)
        _in_coefficients(group, 0, place, first * TORSION)
        _in_coefficients(group, 2, place, second / TORSION)

    return change


# In the group of the sample; afterwards all members sign again.
SIGNED_AGAIN: dict[str, tuple[Flaw, str, Callable[[Group], None]]] = {
    "encryption key with torsion": (
        Flaw.NOT_A_MEMBER,
        "第1位成员的证书",
        lambda group: _in_certificates(group, [0], "encryption", torsion),
    ),
    "encryption key is the identity": (
        Flaw.NOT_A_MEMBER,
        "第3位成员的证书",
        lambda group: _in_certificates(group, [2], "encryption", lambda key: ONE),
    ),
    "certificates for another cipher": (
        Flaw.TRUSTEE_KEYS,
        "所载的群",
        lambda group: _in_certificates(
            group, range(3), "context", lambda old: old | {"group": "RFC-3526-2048"}
        ),
    ),
    "certificates for four members": (
        Flaw.TRUSTEE_KEYS,
        "人数",
        lambda group: _in_certificates(group, range(3), "context", lambda old: old | {"size": 4}),
    ),
    "indexes counted from 0": (
        Flaw.TRUSTEE_KEYS,
        "序号",
        lambda group: _in_certificates(
            group, range(3), "context", lambda old: old | {"index": old["index"] - 1}
        ),
    ),
    "first coefficient is the identity": (Flaw.NOT_A_MEMBER, "第1位成员的系数", _shifted(0)),
    "last coefficient is the identity": (Flaw.NOT_A_MEMBER, "第1位成员的系数", _shifted(1)),
    "first coefficient with torsion": (Flaw.NOT_A_MEMBER, "第1位成员的系数", _twisted(0)),
    "last coefficient with torsion": (Flaw.NOT_A_MEMBER, "第1位成员的系数", _twisted(1)),
}


@pytest.mark.parametrize("name", SIGNED_AGAIN)
def test_group_signed_again_with(name: str) -> None:
    flaw, words, change = SIGNED_AGAIN[name]
    group = json.loads(write(ceremony_of(2, 3).keys))
    change(group)
    sign_group(group, SIGNING)
    error = refusal_of(group)
    assert error.reason is flaw
    assert words in error.message


def test_a_ceremony_key_for_which_anybody_can_sign_is_refused() -> None:
    group = json.loads(write(ceremony_of(2, 3).keys))
    _in_certificates(group, [1], "verification", lambda key: ONE)
    sign_group(group, [SIGNING[0], ZERO, SIGNING[2]])
    error = refusal_of(group)
    assert error.reason is Flaw.NOT_A_MEMBER
    assert "第2位成员的证书" in error.message


@pytest.mark.parametrize("threshold", [0, 4])
def test_no_three_members_have_a_threshold_of(threshold: int) -> None:
    assert refusal_of(group_of(SEEDS, polynomials(threshold))).reason is Flaw.TRUSTEE_KEYS


def test_coefficients_of_each_member_are_as_many_as_the_threshold() -> None:
    for member, number in ((1, 1), (1, 3), (2, 0)):
        drawn = polynomials(2)
        drawn[member] = random_scalars(number)
        error = refusal_of(group_of(SEEDS, drawn))
        assert error.reason is Flaw.LENGTH
        assert f"第{member + 1}位成员的系数" in error.message


def test_a_group_whose_key_is_the_identity_is_refused() -> None:
    drawn = polynomials(2)
    drawn[2][0] = ZERO - drawn[0][0] - drawn[1][0]
    assert refusal_of(group_of(SEEDS, drawn)).reason is Flaw.NOT_A_MEMBER


def test_a_member_whose_key_is_the_identity_is_refused() -> None:
    """The polynomials cancel each other at 1."""
    drawn = polynomials(2)
    drawn[2][0] = ZERO - drawn[2][1] - drawn[0][0] - drawn[0][1] - drawn[1][0] - drawn[1][1]
    error = refusal_of(group_of(SEEDS, drawn))
    assert error.reason is Flaw.NOT_A_MEMBER
    assert "第1位成员的公钥" in error.message


def test_two_members_of_a_group_of_two_with_the_same_key_are_refused() -> None:
    """The polynomials add up to a constant: one member alone would have the key."""
    drawn = polynomials(2)
    drawn[2][1] = ZERO - drawn[0][1] - drawn[1][1]
    assert refusal_of(group_of(SEEDS, drawn)).reason is Flaw.TRUSTEE_KEYS
