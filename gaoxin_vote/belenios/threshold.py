"""How do n trustees make one key of which any t can use their shares? (BELENIOS 5.2)

Member i draws f_i of degree t−1, shows g^(coefficients) and sends f_i(j) to member j. Member j's private
key is x_j = Σ_i f_i(j); the group's key is y = g^(Σ_i f_i(0)), whose exponent nobody ever computes. The
dataclasses are the messages, with the members that the reference tool writes.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from math import prod
from secrets import choice

from gaoxin_vote.belenios.channel import ChannelKeys, SignedMessage, receive, require_signature, send, sign
from gaoxin_vote.belenios.compact import parse, write
from gaoxin_vote.belenios.credential import BASE58
from gaoxin_vote.belenios.evidence import Flaw, found_at, require
from gaoxin_vote.belenios.group import GENERATOR, GROUP, ORDER, ZERO, Point, Scalar, product, random_scalars
from gaoxin_vote.belenios.proof import Proof
from gaoxin_vote.belenios.trustee import TrusteeKey


def new_seed() -> str:
    """A fresh seed: 22 Base58 characters from which a member's two ceremony keys follow."""
    return "".join(choice(BASE58) for _ in range(22))


@dataclass(frozen=True, slots=True)
class Context:
    """What all certificates of a group agree upon, but for the index."""

    group: str
    size: int
    threshold: int
    index: int
    """from 1"""


@dataclass(frozen=True, slots=True)
class Certificate:
    """The ceremony keys of one member."""

    context: Context
    verification: Point
    encryption: Point


def make_certificate(seed: str, index: int, size: int, threshold: int) -> SignedMessage:
    """Step 1: member `index` shows its two ceremony keys, signed by the first."""
    keys, context = ChannelKeys.from_seed(seed), Context(GROUP, size, threshold, index)
    return SignedMessage.make(keys.signing, write(Certificate(context, keys.verification, keys.encryption)))


@dataclass(frozen=True, slots=True)
class Members:
    """All members of a group, as their checked certificates show them."""

    threshold: int
    certs: tuple[SignedMessage, ...]
    keys: tuple[Certificate, ...]

    @property
    def size(self) -> int:
        """How many they are."""
        return len(self.certs)


def open_certificates(certs: tuple[SignedMessage, ...], threshold: int) -> Members:
    """Step 2: the members of the group.

    Raises `EvidenceBroken` unless the contexts agree in all but the index, which is the position,
    1 ≤ threshold ≤ size, all keys are members and differ, and each certificate is signed by its own key.
    """
    size, opened, seen = len(certs), list[Certificate](), set[Point]()
    require(1 <= threshold <= size, Flaw.TRUSTEE_KEYS, f"{size} 人的密钥组不能要求 {threshold} 人到场")
    for index, cert in enumerate(certs, 1):
        with found_at(f"第 {index} 位成员的证书"):
            opened.append(parse(Certificate, cert.message))
            agreed = opened[-1].context == Context(GROUP, size, threshold, index)
            require(agreed, Flaw.TRUSTEE_KEYS, "所载密码群、人数、门限或序号不一致")
            seen |= {opened[-1].encryption.member(), opened[-1].verification.member()}
            require(len(seen) == 2 * index, Flaw.TRUSTEE_KEYS, "不同成员出示了同一把密钥")
            cert.opened(opened[-1].verification)
    return Members(threshold, certs, tuple(opened))


@dataclass(frozen=True, slots=True)
class _Coefficients:
    polynomial: tuple[Scalar, ...]


@dataclass(frozen=True, slots=True)
class _Exponents:
    coefexps: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class _Secret:
    secret: Scalar


@dataclass(frozen=True, slots=True)
class _DecryptionKey:
    decryption_key: Scalar


@dataclass(frozen=True, slots=True)
class Polynomial:
    """Step 3: what one member sends to all."""

    polynomial: str
    """its own coefficients, sent to itself"""
    secrets: tuple[str, ...]
    """f_i(j), sent to each member j"""
    coefexps: SignedMessage
    """A_k = g^(a_k)"""
    signature: Proof
    """of all certificates together with the A_k"""


def make_polynomial(seed: str, members: Members, index: int) -> Polynomial:
    """Step 3: draw f_i(X) = Σ a_k·X^k, k < threshold, and seal f_i(j) for each member j."""
    keys, drawn = ChannelKeys.from_seed(seed), random_scalars(members.threshold)
    shown = write(_Exponents(tuple(GENERATOR**a for a in drawn)))
    secrets = tuple(
        send(keys.signing, other.encryption, write(_Secret(_evaluate(drawn, Scalar.of(place)))))
        for place, other in enumerate(members.keys, 1)
    )
    return Polynomial(
        send(keys.signing, keys.encryption, write(_Coefficients(tuple(drawn)))),
        secrets,
        SignedMessage.make(keys.signing, shown),
        sign(keys.signing, _with_certificates(members.certs, shown)),
    )


def _evaluate(coefficients: Sequence[Scalar], place: Scalar) -> Scalar:
    """f(place) by Horner's rule."""
    return reduce(lambda value, coefficient: value * place + coefficient, reversed(coefficients), ZERO)


def _with_certificates(certs: tuple[SignedMessage, ...], shown: str) -> str:
    """``certs_sig|`` and the JSON text of the certificates and the A_k, as one object."""
    return f'certs_sig|{{"certs":{write(certs)},{shown.removeprefix("{")}'


@dataclass(frozen=True, slots=True)
class MemberInput:
    """Step 4: what member j receives; nothing but routing."""

    polynomial: str
    secrets: tuple[str, ...]
    coefexps: tuple[SignedMessage, ...]
    signatures: tuple[Proof, ...]


def member_input(polynomials: Sequence[Polynomial], index: int) -> MemberInput:
    """Step 4: the input of member `index`."""
    secrets = tuple(polynomial.secrets[index - 1] for polynomial in polynomials)
    coefexps = tuple(polynomial.coefexps for polynomial in polynomials)
    signatures = tuple(polynomial.signature for polynomial in polynomials)
    return MemberInput(polynomials[index - 1].polynomial, secrets, coefexps, signatures)


@dataclass(frozen=True, slots=True)
class MemberOutput:
    """Step 5: the member's decryption key, sent to itself, and its public half."""

    private_key: str
    public_key: TrusteeKey


def make_output(
    seed: str, members: Members, received: MemberInput, index: int, *, name: str | None = None
) -> MemberOutput:
    """Step 5: check what all others sent and compute x_j = Σ_i f_i(j).

    Raises `EvidenceBroken` if a signature fails or g^f_i(j) ≠ Π_k A_ik^(j^k).
    """
    keys, total = ChannelKeys.from_seed(seed), ZERO
    shown = _open_exponents(members, received.coefexps, received.signatures)
    for place, text in enumerate(received.secrets):
        with found_at(f"第 {place + 1} 位成员发来的密钥片段"):
            share = parse(_Secret, receive(members.keys[place].verification, keys, text)).secret
            fits = GENERATOR**share == _exponent(shown[place], index)
            require(fits, Flaw.TRUSTEE_KEYS, "与公开的系数不符")
            total = total + share
    private = send(keys.signing, keys.encryption, write(_DecryptionKey(total)))
    public = TrusteeKey.make(total, name=name)
    return MemberOutput(private, replace(public, signature=sign(keys.signing, str(public.public_key))))


def decryption_key(seed: str, private_key: str) -> int:
    """x_j from the private key that the member sent to itself in step 5."""
    keys = ChannelKeys.from_seed(seed)
    return int(parse(_DecryptionKey, receive(keys.verification, keys, private_key)).decryption_key)


def _open_exponents(
    members: Members, coefexps: tuple[SignedMessage, ...], signatures: tuple[Proof, ...]
) -> list[tuple[Point, ...]]:
    """A_ik of every member i; raises `EvidenceBroken` unless both of its signatures hold."""
    require({members.size} == {len(coefexps), len(signatures)}, Flaw.LENGTH, "密钥组各部分的人数不同")
    opened = list[tuple[Point, ...]]()
    for index, (keys, signed, proof) in enumerate(zip(members.keys, coefexps, signatures, strict=True), 1):
        with found_at(f"第 {index} 位成员的系数"):
            points = parse(_Exponents, signed.opened(keys.verification)).coefexps
            require(len(points) == members.threshold, Flaw.LENGTH, "系数个数不等于门限")
            require_signature(keys.verification, _with_certificates(members.certs, signed.message), proof)
            opened.append(tuple(point.member() for point in points))
    return opened


def _exponent(exponents: Iterable[Point], place: int) -> Point:
    """Π_k A_k^(place^k) = g^f(place)"""
    return product(point ** Scalar.of(pow(place, k, ORDER)) for k, point in enumerate(exponents))


@dataclass(frozen=True, slots=True)
class ThresholdKeys:
    """Step 6: everything public about the group, an item "Pedersen" of the list of trustees."""

    threshold: int
    certs: tuple[SignedMessage, ...]
    coefexps: tuple[SignedMessage, ...]
    signatures: tuple[Proof, ...]
    verification_keys: tuple[TrusteeKey, ...]

    def verify(self) -> None:
        """Check lengths, signatures, proofs, and X_j = Π_i Π_k A_ik^(j^k) for every member j."""
        members = open_certificates(self.certs, self.threshold)
        shown = _open_exponents(members, self.coefexps, self.signatures)
        combined = [product(column) for column in zip(*shown, strict=True)]
        require(len(self.verification_keys) == members.size, Flaw.LENGTH, "密钥组各部分的人数不同")
        for index, (keys, key) in enumerate(zip(members.keys, self.verification_keys, strict=True), 1):
            with found_at(f"第 {index} 位成员的公钥"):
                key.verify()
                require(key.public_key == _exponent(combined, index), Flaw.TRUSTEE_KEYS, "与公开的系数不符")
                require_signature(keys.verification, str(key.public_key), key.signature)

    @property
    def public_key(self) -> Point:
        """Π_i A_i0"""
        return product(parse(_Exponents, signed.message).coefexps[0] for signed in self.coefexps)


def lagrange(indexes: Sequence[int]) -> list[Scalar]:
    """λ_j = Π_(k≠j) k/(k−j) mod q for each j of `indexes`: Π_j (α^f(j))^λ_j = α^f(0) (BELENIOS 10)."""
    others = [[k for k in indexes if k != j] for j in indexes]
    below = [prod(k - j for k in rest) for j, rest in zip(indexes, others, strict=True)]
    return [Scalar.of(prod(rest) * pow(d, -1, ORDER)) for rest, d in zip(others, below, strict=True)]


def threshold_keys(
    members: Members, polynomials: Sequence[Polynomial], outputs: Sequence[MemberOutput]
) -> ThresholdKeys:
    """Step 6: put the public parts together and check the outputs of all members."""
    coefexps = tuple(polynomial.coefexps for polynomial in polynomials)
    signatures = tuple(polynomial.signature for polynomial in polynomials)
    public = tuple(output.public_key for output in outputs)
    keys = ThresholdKeys(members.threshold, members.certs, coefexps, signatures, public)
    keys.verify()
    return keys


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
    size, polynomials, outputs = len(seeds), list[Polynomial](), list[MemberOutput]()
    if not 1 <= threshold <= size or len(names) not in (0, size):
        raise ValueError("threshold or names do not fit the number of members")
    certs = tuple(make_certificate(seed, index, size, threshold) for index, seed in enumerate(seeds, 1))
    members = open_certificates(certs, threshold)
    for index, seed in enumerate(seeds, 1):
        progress(index - 1, 2 * size, "生成密钥片段")
        polynomials.append(make_polynomial(seed, members, index))
    for index, seed in enumerate(seeds, 1):
        progress(size + index - 1, 2 * size, "核对密钥片段")
        received, name = member_input(polynomials, index), names[index - 1] if names else None
        outputs.append(make_output(seed, members, received, index, name=name))
    keys = threshold_keys(members, polynomials, outputs)
    progress(2 * size, 2 * size, "密钥已生成")
    private = tuple(output.private_key for output in outputs)
    return ThresholdCeremony(keys, private, tuple(map(decryption_key, seeds, private)))
