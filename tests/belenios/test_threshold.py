"""Does a key ceremony give shares of one key, and stop at whatever is wrong?"""

import hashlib
import json
from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from gaoxin_vote.belenios.channel import ChannelKeys, SignedMessage, receive, send
from gaoxin_vote.belenios.compact import convert, read, write
from gaoxin_vote.belenios.evidence import Flaw
from gaoxin_vote.belenios.group import (
    GENERATOR,
    IDENTITY,
    ONE,
    ORDER,
    ZERO,
    Point,
    Scalar,
    product,
    random_scalars,
)
from gaoxin_vote.belenios.threshold import (
    MemberInput,
    Polynomial,
    ThresholdKeys,
    lagrange,
    make_certificate,
    make_output,
    make_polynomial,
    member_input,
    new_seed,
    open_certificates,
    threshold_keys,
)
from gaoxin_vote.errors import EvidenceBroken
from tests.belenios.corruption import TORSION
from tests.belenios.samples import ceremony_of

SEEDS = ("a" * 22, "b" * 22, "c" * 22)
CERTS = tuple(make_certificate(seed, index, 3, 2) for index, seed in enumerate(SEEDS, 1))


def combined(secrets: dict[int, Scalar], chosen: tuple[int, ...]) -> Point:
    """g to the secret that these members' keys give together."""
    weights = zip(chosen, lagrange(chosen), strict=True)
    return product((GENERATOR ** secrets[index]) ** weight for index, weight in weights)


@pytest.mark.parametrize(("threshold", "size"), [(1, 1), (1, 3), (2, 3), (3, 3), (3, 5)])
def test_any_threshold_of_members_have_the_key_and_fewer_do_not(threshold: int, size: int) -> None:
    ceremony = ceremony_of(threshold, size)
    ceremony.keys.verify()
    secrets = dict(enumerate(ceremony.decryption_keys, 1))
    for chosen in combinations(range(1, size + 1), threshold):
        assert combined(secrets, chosen) == ceremony.keys.public_key
    for chosen in combinations(range(1, size + 1), threshold - 1):
        assert combined(secrets, chosen) != ceremony.keys.public_key


def test_private_keys_fit_the_public_halves() -> None:
    ceremony = ceremony_of(2, 3)
    for secret, key in zip(ceremony.decryption_keys, ceremony.keys.verification_keys, strict=True):
        assert GENERATOR**secret == key.public_key
    assert convert(ThresholdKeys, read(write(ceremony.keys))) == ceremony.keys


def test_no_two_coefficients_of_a_ceremony_are_equal() -> None:
    shown = [json.loads(signed.message)["coefexps"] for signed in ceremony_of(3, 5).keys.coefexps]
    assert len({point for points in shown for point in points}) == 3 * 5


def test_seeds_are_fresh() -> None:
    assert len({new_seed() for _ in range(50)}) == 50
    assert len(new_seed()) == 22


def test_weights_interpolate_at_zero() -> None:
    polynomial = [5, 7, 11]

    def value(place: int) -> int:
        return sum(a * pow(place, k, ORDER) for k, a in enumerate(polynomial)) % ORDER

    for chosen in ((1, 2, 3), (2, 5, 9), (7, 1, 4)):
        weights = zip(chosen, lagrange(chosen), strict=True)
        assert sum(value(place) * int(weight) for place, weight in weights) % ORDER == 5


def flaw_of(certs: tuple[SignedMessage, ...]) -> Flaw:
    """Why these certificates are refused."""
    with pytest.raises(EvidenceBroken) as caught:
        open_certificates(certs)
    assert isinstance(caught.value.reason, Flaw)
    return caught.value.reason


def test_certificates_must_agree() -> None:
    assert flaw_of(()) is Flaw.TRUSTEE_KEYS
    assert flaw_of(CERTS[:2]) is Flaw.TRUSTEE_KEYS
    assert flaw_of((CERTS[1], CERTS[0], CERTS[2])) is Flaw.TRUSTEE_KEYS
    assert flaw_of((*CERTS[:2], make_certificate(SEEDS[2], 3, 3, 3))) is Flaw.TRUSTEE_KEYS
    assert flaw_of((*CERTS[:2], make_certificate(SEEDS[1], 3, 3, 2))) is Flaw.TRUSTEE_KEYS
    assert flaw_of((*CERTS[:2], replace(CERTS[2], signature=CERTS[1].signature))) is Flaw.TRUSTEE_SIGNATURE
    assert flaw_of((*CERTS[:2], replace(CERTS[2], message="{}"))) is Flaw.MALFORMED


@pytest.fixture
def polynomials() -> list[Polynomial]:
    """Step 3 of all members."""
    return [make_polynomial(seed, CERTS) for seed in SEEDS]


def test_a_member_stops_at_a_share_that_does_not_fit(polynomials: list[Polynomial]) -> None:
    received = member_input(polynomials, 2)
    again = make_polynomial(SEEDS[0], CERTS)
    secrets = (again.secrets[1], *received.secrets[1:])
    with pytest.raises(EvidenceBroken, match="第1位成员") as caught:
        make_output(SEEDS[1], CERTS, replace(received, secrets=secrets), 2)
    assert caught.value.reason is Flaw.TRUSTEE_KEYS


def test_a_member_stops_at_a_share_for_somebody_else(polynomials: list[Polynomial]) -> None:
    received = member_input(polynomials, 2)
    secrets = (polynomials[0].secrets[2], *received.secrets[1:])
    with pytest.raises(EvidenceBroken) as caught:
        make_output(SEEDS[1], CERTS, replace(received, secrets=secrets), 2)
    assert caught.value.reason is Flaw.SEALED_MESSAGE


def test_a_member_stops_at_wrong_signatures(polynomials: list[Polynomial]) -> None:
    received: MemberInput = member_input(polynomials, 2)
    for wrong in (
        replace(received, signatures=received.signatures[::-1]),
        replace(received, coefexps=received.coefexps[::-1]),
    ):
        with pytest.raises(EvidenceBroken) as caught:
            make_output(SEEDS[1], CERTS, wrong, 2)
        assert caught.value.reason is Flaw.TRUSTEE_SIGNATURE


@pytest.mark.parametrize("places", [(), (0, 1), (0, 1, 2, 2), (0, 1, 2, 0)])
def test_a_member_needs_one_share_from_each_member(
    polynomials: list[Polynomial], places: tuple[int, ...]
) -> None:
    received = member_input(polynomials, 2)
    secrets = tuple(received.secrets[place] for place in places)
    with pytest.raises(EvidenceBroken) as caught:
        make_output(SEEDS[1], CERTS, replace(received, secrets=secrets), 2)
    assert caught.value.reason is Flaw.LENGTH


def test_messages_reach_only_their_recipient_unchanged() -> None:
    alice, bob = ChannelKeys.from_seed("alice"), ChannelKeys.from_seed("bob")
    text = send(alice.signing, bob.encryption, '密 "报"')
    assert receive(alice.verification, bob, text) == '密 "报"'
    with pytest.raises(EvidenceBroken) as caught:
        receive(alice.verification, alice, text)
    assert caught.value.reason is Flaw.SEALED_MESSAGE
    with pytest.raises(EvidenceBroken) as caught:
        receive(bob.verification, bob, text)
    assert caught.value.reason is Flaw.TRUSTEE_SIGNATURE
    for old, new in (('"data":"', '"data":"00'), ('"data":"', '"data":"zz'), ("AES-GCM", "AES-CCM")):
        with pytest.raises(EvidenceBroken):
            receive(alice.verification, bob, text.replace(old, new, 1))


def test_a_polynomial_of_too_high_a_degree_is_noticed(polynomials: list[Polynomial]) -> None:
    """Everything signed and consistent, but two members could not decrypt."""
    keys, everybody = ChannelKeys.from_seed(SEEDS[0]), open_certificates(CERTS)
    drawn = random_scalars(3)
    places = [Scalar.of(place) for place in (1, 2, 3)]
    values = [drawn[0] + drawn[1] * place + drawn[2] * place * place for place in places]
    shown = write({"coefexps": [GENERATOR**a for a in drawn]})
    signed = f'certs_sig|{{"certs":{write(CERTS)},{shown[1:]}'
    cheating = Polynomial(
        polynomials[0].polynomial,
        tuple(
            send(keys.signing, other.encryption, write({"secret": value}))
            for other, value in zip(everybody, values, strict=True)
        ),
        SignedMessage.make(keys.signing, shown),
        SignedMessage.make(keys.signing, signed).signature,
    )
    received = member_input([cheating, *polynomials[1:]], 2)
    with pytest.raises(EvidenceBroken, match="系数个数") as caught:
        make_output(SEEDS[1], CERTS, received, 2)
    assert caught.value.reason is Flaw.LENGTH


def test_outputs_that_do_not_fit_make_no_group(polynomials: list[Polynomial]) -> None:
    inputs = [member_input(polynomials, index) for index in (1, 2, 3)]
    outputs = [make_output(SEEDS[i], CERTS, inputs[i], i + 1) for i in range(3)]
    threshold_keys(CERTS, inputs[0], outputs).verify()
    for wrong in (outputs[::-1], outputs[:2], [*outputs[:2], outputs[1]]):
        with pytest.raises(EvidenceBroken):
            threshold_keys(CERTS, inputs[0], wrong)


def test_each_message_has_a_key_of_its_own_that_nobody_sees() -> None:
    alice, bob = ChannelKeys.from_seed("alice"), ChannelKeys.from_seed("bob")
    seen = set[Point]()
    for _ in range(2):
        sealed = json.loads(send(alice.signing, bob.encryption, "same"))
        alpha, beta = Point.parse(sealed["alpha"]), Point.parse(sealed["beta"])
        seen |= {alpha, beta, beta / alpha**bob.decryption}
    assert len(seen) == 6


def sealed_for(
    encryption: Point,
    plain: str,
    *,
    nonce: Scalar | None = None,
    key: Point | None = None,
    twist: Point = IDENTITY,
) -> str:
    """What rule 3 of the ceremony makes of a text, written down a second time; α is multiplied by `twist`."""
    drawn, shared = random_scalars(2)
    nonce, key = nonce or drawn, key or GENERATOR**shared
    alpha, beta = GENERATOR**nonce * twist, encryption**nonce * key
    secret = hashlib.sha256(f"key|{key}".encode()).digest()
    vector = hashlib.sha256(f"iv|{alpha}".encode()).digest()
    data = AESGCM(secret).encrypt(vector, plain.encode(), None).hex()
    return write({"algorithm": "AES-GCM", "alpha": alpha, "beta": beta, "data": data})


def signed_by(sender: ChannelKeys, recipient: Point) -> str:
    """The plain text of a message, signed."""
    return write(SignedMessage.make(sender.signing, write({"recipient": recipient, "message": "secret"})))


def test_a_message_that_bob_hands_on_to_carol_is_noticed() -> None:
    alice, bob, carol = (ChannelKeys.from_seed(name) for name in ("alice", "bob", "carol"))
    genuine = sealed_for(carol.encryption, signed_by(alice, carol.encryption))
    assert receive(alice.verification, carol, genuine) == "secret"
    handed_on = sealed_for(carol.encryption, signed_by(alice, bob.encryption))
    with pytest.raises(EvidenceBroken, match="不是发给本人") as caught:
        receive(alice.verification, carol, handed_on)
    assert caught.value.reason is Flaw.SEALED_MESSAGE


BOB = ChannelKeys.from_seed("bob")


@pytest.mark.parametrize(
    "parts",
    [
        pytest.param({"twist": TORSION}, id="alpha with torsion"),
        pytest.param({"nonce": ZERO}, id="alpha is the identity"),
        pytest.param({"key": GENERATOR * TORSION}, id="beta with torsion"),
        pytest.param({"nonce": ONE, "key": IDENTITY / BOB.encryption}, id="beta is the identity"),
    ],
)
def test_a_message_in_points_that_are_no_members_is_not_opened(parts: dict[str, Any]) -> None:
    """All but the first would open well."""
    alice = ChannelKeys.from_seed("alice")
    with pytest.raises(EvidenceBroken) as caught:
        receive(
            alice.verification, BOB, sealed_for(BOB.encryption, signed_by(alice, BOB.encryption), **parts)
        )
    assert caught.value.reason is Flaw.NOT_A_MEMBER
