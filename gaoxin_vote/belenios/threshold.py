"""How do n trustees make one key of which any t can use their shares? (BELENIOS 5.2)

Member i draws f_i of degree t−1, shows g^(coefficients) and sends f_i(j) to member j. Member j's private
key is x_j = Σ_i f_i(j); the group's key is y = g^(Σ_i f_i(0)), whose exponent nobody ever computes.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Self

from gaoxin_vote.belenios.channel import ChannelKeys, SignedMessage, receive, require_signature, send, sign
from gaoxin_vote.belenios.compact import array, members, number, read, write
from gaoxin_vote.belenios.credential import BASE58
from gaoxin_vote.belenios.evidence import Flaw, broken, found_at
from gaoxin_vote.belenios.group import (
    GROUP,
    ORDER,
    ZERO,
    Point,
    Scalar,
    add,
    base_power,
    decimal,
    encode,
    integer,
    parse_point,
    parse_scalar,
    power,
    product,
    random_scalar,
    require_member,
    scalar,
    times,
)
from gaoxin_vote.belenios.proof import Proof
from gaoxin_vote.belenios.trustee import TrusteeKey


def new_seed() -> str:
    """A fresh seed: 22 Base58 characters from which a member's two ceremony keys follow."""
    return "".join(secrets.choice(BASE58) for _ in range(22))


@dataclass(frozen=True, slots=True)
class MemberKeys:
    """What a certificate shows of one member."""

    verification: Point
    encryption: Point


def make_certificate(seed: str, index: int, size: int, threshold: int) -> SignedMessage:
    """Step 1: member `index` (from 1) shows its two ceremony keys, signed by the first."""
    keys = ChannelKeys.from_seed(seed)
    verification, encryption = encode(keys.verification), encode(keys.encryption)
    value = {
        "context": _context(size, threshold, index),
        "verification": verification,
        "encryption": encryption,
    }
    return SignedMessage.make(keys.signing, write(value))


def _context(size: int, threshold: int, index: int) -> dict[str, object]:
    return {"group": GROUP, "size": size, "threshold": threshold, "index": index}


def open_certificates(certificates: tuple[SignedMessage, ...], threshold: int) -> tuple[MemberKeys, ...]:
    """Step 2: the keys of all members.

    Raises `EvidenceBroken` unless the contexts agree in all but the index, which is the position,
    1 ≤ threshold ≤ size, all keys are members and differ, and each certificate is signed by its own key.
    """
    size, opened = len(certificates), []
    if not 1 <= threshold <= size:
        raise broken(Flaw.TRUSTEE_KEYS, f"{size} 人的密钥组不能要求 {threshold} 人到场")
    for index, certificate in enumerate(certificates, 1):
        with found_at(f"第 {index} 位成员的证书"):
            context, verification, encryption = members(
                read(certificate.message), "context", "verification", "encryption"
            )
            if write(context) != write(_context(size, threshold, index)):
                raise broken(Flaw.TRUSTEE_KEYS, "所载密码群、人数、门限或序号不一致")
            keys = MemberKeys(*(require_member(parse_point(key)) for key in (verification, encryption)))
            certificate.opened(keys.verification)
            opened.append(keys)
    if len({point for keys in opened for point in (keys.verification, keys.encryption)}) != 2 * size:
        raise broken(Flaw.TRUSTEE_KEYS, "不同成员出示了同一把密钥")
    return tuple(opened)


@dataclass(frozen=True, slots=True)
class Polynomial:
    """Step 3: what one member sends to all."""

    backup: str
    """its own coefficients, sent to itself"""
    secrets: tuple[str, ...]
    """f_i(j) for each member j, sealed"""
    coefficients: SignedMessage
    """A_k = g^(a_k)"""
    signature: Proof
    """of the certificates together with the A_k"""

    def json(self) -> dict[str, object]:
        """The JSON value that the reference tool exchanges."""
        return {
            "polynomial": self.backup,
            "secrets": list(self.secrets),
            "coefexps": self.coefficients.json(),
            "signature": self.signature.json(),
        }


def make_polynomial(
    seed: str, certificates: tuple[SignedMessage, ...], threshold: int, index: int
) -> Polynomial:
    """Step 3: draw f_i(X) = Σ a_k·X^k, k < threshold, and seal f_i(j) for each member j."""
    everybody = open_certificates(certificates, threshold)
    keys = ChannelKeys.from_seed(seed)
    coefficients = [random_scalar() for _ in range(threshold)]
    backup = write({"polynomial": [decimal(a) for a in coefficients]})
    shown = write({"coefexps": [encode(base_power(a)) for a in coefficients]})
    return Polynomial(
        send(keys.signing, everybody[index - 1].encryption, backup),
        tuple(
            send(keys.signing, other.encryption, write({"secret": decimal(_evaluate(coefficients, place))}))
            for place, other in enumerate(everybody, 1)
        ),
        SignedMessage.make(keys.signing, shown),
        sign(keys.signing, _signed_with_certificates(certificates, shown)),
    )


def _evaluate(coefficients: list[Scalar], place: int) -> Scalar:
    """f(place) by Horner's rule."""
    value = ZERO
    for coefficient in reversed(coefficients):
        value = add(times(value, scalar(place)), coefficient)
    return value


def _signed_with_certificates(certificates: tuple[SignedMessage, ...], shown: str) -> str:
    """``certs_sig|`` and the JSON text of the certificates and the A_k."""
    listed = write([certificate.json() for certificate in certificates])
    return f'certs_sig|{{"certs":{listed},{shown.removeprefix("{")}'


@dataclass(frozen=True, slots=True)
class MemberInput:
    """Step 4: what member j receives; nothing but routing."""

    backup: str
    secrets: tuple[str, ...]
    coefficients: tuple[SignedMessage, ...]
    signatures: tuple[Proof, ...]

    @classmethod
    def collect(cls, polynomials: tuple[Polynomial, ...], index: int) -> Self:
        """The input of member `index` (from 1)."""
        return cls(
            polynomials[index - 1].backup,
            tuple(polynomial.secrets[index - 1] for polynomial in polynomials),
            tuple(polynomial.coefficients for polynomial in polynomials),
            tuple(polynomial.signature for polynomial in polynomials),
        )


@dataclass(frozen=True, slots=True)
class MemberOutput:
    """Step 5: the member's decryption key, sent to itself, and its public half."""

    private_key: str
    public_key: TrusteeKey


def make_output(
    seed: str,
    certificates: tuple[SignedMessage, ...],
    threshold: int,
    received: MemberInput,
    index: int,
    *,
    name: str | None = None,
) -> MemberOutput:
    """Step 5: check what all others sent and compute x_j = Σ_i f_i(j).

    Raises `EvidenceBroken` if a signature fails or g^f_i(j) ≠ Π_k A_ik^(j^k).
    """
    everybody = open_certificates(certificates, threshold)
    keys = ChannelKeys.from_seed(seed)
    shown = open_coefficients(certificates, everybody, threshold, received.coefficients, received.signatures)
    total = ZERO
    for place, (sender, sealed, exponents) in enumerate(
        zip(everybody, received.secrets, shown, strict=True), 1
    ):
        with found_at(f"第 {place} 位成员发来的密钥片段"):
            (text,) = members(read(receive(sender.verification, keys.decryption, sealed)), "secret")
            share = parse_scalar(text)
            if base_power(share) != _evaluate_exponents(exponents, index):
                raise broken(Flaw.TRUSTEE_KEYS, "与公开的系数不符")
            total = add(total, share)
    public = TrusteeKey.make(integer(total), name=name)
    private = send(keys.signing, everybody[index - 1].encryption, write({"decryption_key": decimal(total)}))
    return MemberOutput(private, replace(public, signature=sign(keys.signing, public.public_key)))


def decryption_key(seed: str, private_key: str) -> int:
    """x_j from the private key that the member sent to itself in step 5."""
    keys = ChannelKeys.from_seed(seed)
    (text,) = members(read(receive(keys.verification, keys.decryption, private_key)), "decryption_key")
    return integer(parse_scalar(text))


def open_coefficients(
    certificates: tuple[SignedMessage, ...],
    everybody: tuple[MemberKeys, ...],
    threshold: int,
    coefficients: tuple[SignedMessage, ...],
    signatures: tuple[Proof, ...],
) -> tuple[tuple[Point, ...], ...]:
    """A_ik of every member i; raises `EvidenceBroken` unless both of its signatures hold."""
    opened = []
    for index, (keys, signed, signature) in enumerate(
        zip(everybody, coefficients, signatures, strict=True), 1
    ):
        with found_at(f"第 {index} 位成员的系数"):
            (values,) = members(read(signed.opened(keys.verification)), "coefexps")
            points = tuple(require_member(parse_point(value)) for value in array(values, threshold))
            message = _signed_with_certificates(certificates, signed.message)
            require_signature(keys.verification, message, signature)
            opened.append(points)
    return tuple(opened)


def _evaluate_exponents(exponents: tuple[Point, ...], place: int) -> Point:
    """Π_k A_k^(place^k) = g^f(place)"""
    return product(power(point, scalar(pow(place, k, ORDER))) for k, point in enumerate(exponents))


@dataclass(frozen=True, slots=True)
class ThresholdKeys:
    """Step 6: everything public about the group, an item "Pedersen" of the list of trustees."""

    threshold: int
    certificates: tuple[SignedMessage, ...]
    coefficients: tuple[SignedMessage, ...]
    signatures: tuple[Proof, ...]
    members: tuple[TrusteeKey, ...]

    @classmethod
    def parse(cls, value: object) -> Self:
        """The group in a JSON value, completely checked; raises `EvidenceBroken`."""
        threshold, certificates, coefficients, signatures, keys = members(
            value, "threshold", "certs", "coefexps", "signatures", "verification_keys"
        )
        size = len(array(certificates))
        parsed = cls(
            number(threshold),
            tuple(SignedMessage.parse(certificate) for certificate in array(certificates)),
            tuple(SignedMessage.parse(message) for message in array(coefficients, size)),
            tuple(Proof.parse(signature) for signature in array(signatures, size)),
            tuple(TrusteeKey.parse(key) for key in array(keys, size)),
        )
        parsed.verify()
        return parsed

    def verify(self) -> None:
        """Check that the signatures hold and X_j = Π_i Π_k A_ik^(j^k) for every member j."""
        everybody = open_certificates(self.certificates, self.threshold)
        combined = self._combined_coefficients(everybody)
        for index, (keys, member) in enumerate(zip(everybody, self.members, strict=True), 1):
            with found_at(f"第 {index} 位成员的公钥"):
                if member.signature is None:
                    raise broken(Flaw.TRUSTEE_SIGNATURE, "缺少签名")
                require_signature(keys.verification, member.public_key, member.signature)
                if member.point != _evaluate_exponents(combined, index):
                    raise broken(Flaw.TRUSTEE_KEYS, "与公开的系数不符")

    def _combined_coefficients(self, everybody: tuple[MemberKeys, ...]) -> tuple[Point, ...]:
        """Π_i A_ik for each k: the coefficients of the sum of all polynomials."""
        shown = open_coefficients(
            self.certificates, everybody, self.threshold, self.coefficients, self.signatures
        )
        return tuple(product(column) for column in zip(*shown, strict=True))

    @property
    def public_key(self) -> Point:
        """Π_i A_i0"""
        return product(parse_point(array(_coefficients_of(message))[0]) for message in self.coefficients)

    def json(self) -> dict[str, object]:
        """The JSON value."""
        return {
            "threshold": self.threshold,
            "certs": [certificate.json() for certificate in self.certificates],
            "coefexps": [message.json() for message in self.coefficients],
            "signatures": [signature.json() for signature in self.signatures],
            "verification_keys": [member.json() for member in self.members],
        }

    def combine(self, shares: dict[int, Point]) -> Point:
        """Π_j share_j^λ_j, λ_j = Π_(k≠j) k/(k−j) mod q, over exactly `threshold` member indexes from 1."""
        if len(shares) != self.threshold:
            raise ValueError("exactly as many shares as the threshold")
        factors = []
        for j, share in shares.items():
            coefficient = 1
            for k in shares:
                if k != j:
                    coefficient = coefficient * k * pow(k - j, -1, ORDER) % ORDER
            factors.append(power(share, scalar(coefficient)))
        return product(factors)


def _coefficients_of(message: SignedMessage) -> object:
    return members(read(message.message), "coefexps")[0]


@dataclass(frozen=True, slots=True)
class ThresholdCeremony:
    """The outcome of a key ceremony."""

    keys: ThresholdKeys
    private_keys: tuple[str, ...]
    """of each member, sealed for itself; `decryption_key` opens it with the seed"""
    decryption_keys: tuple[int, ...]
    """x_j of each member"""


def hold_key_ceremony(
    seeds: tuple[str, ...],
    threshold: int,
    progress: Callable[[int, int, str], None],
    *,
    names: tuple[str, ...] = (),
) -> ThresholdCeremony:
    """All six steps for the members with these `seeds`, any `threshold` of whom can decrypt.

    threshold = number of members is allowed here; the reference tool makes only smaller ones, but
    verifies both. Raises `ValueError` for an impossible threshold; `progress` may raise to cancel.
    """
    size = len(seeds)
    if not 1 <= threshold <= size or (names and len(names) != size):
        raise ValueError("threshold or names do not fit the number of members")
    done, total = 0, 3 * size

    def step(words: str) -> None:
        nonlocal done
        done += 1
        progress(done, total, words)

    certificates, polynomials, outputs = [], [], []
    for index, seed in enumerate(seeds, 1):
        certificates.append(make_certificate(seed, index, size, threshold))
        step("生成成员证书")
    shown = tuple(certificates)
    for index, seed in enumerate(seeds, 1):
        polynomials.append(make_polynomial(seed, shown, threshold, index))
        step("生成密钥片段")
    for index, seed in enumerate(seeds, 1):
        received = MemberInput.collect(tuple(polynomials), index)
        name = names[index - 1] if names else None
        outputs.append(make_output(seed, shown, threshold, received, index, name=name))
        step("核对密钥片段")
    keys = threshold_keys(threshold, shown, tuple(polynomials), tuple(outputs))
    private = tuple(output.private_key for output in outputs)
    opened = (decryption_key(seed, sealed) for seed, sealed in zip(seeds, private, strict=True))
    return ThresholdCeremony(keys, private, tuple(opened))


def threshold_keys(
    threshold: int,
    certificates: tuple[SignedMessage, ...],
    polynomials: tuple[Polynomial, ...],
    outputs: tuple[MemberOutput, ...],
) -> ThresholdKeys:
    """Step 6: check the outputs of all members and put the public parts together."""
    return ThresholdKeys.parse(
        ThresholdKeys(
            threshold,
            certificates,
            tuple(polynomial.coefficients for polynomial in polynomials),
            tuple(polynomial.signature for polynomial in polynomials),
            tuple(output.public_key for output in outputs),
        ).json()
    )
