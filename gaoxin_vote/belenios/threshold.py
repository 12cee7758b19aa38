"""How do n trustees make one key of which any t can use their shares? (BELENIOS 5.2)

Member i draws f_i of degree t−1, shows g^(coefficients) and sends f_i(j) to member j. Member j's private
key is x_j = Σ_i f_i(j); the group's key is y = g^(Σ_i f_i(0)), whose exponent nobody ever computes. The
dataclasses are the messages, with the members that the reference tool writes.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from math import prod
from secrets import choice

from gaoxin_vote.belenios.channel import ChannelKeys, SignedMessage, receive, send
from gaoxin_vote.belenios.compact import parse, parse_only, write
from gaoxin_vote.belenios.credential import BASE58
from gaoxin_vote.belenios.evidence import Flaw, found_at, require
from gaoxin_vote.belenios.group import GENERATOR, GROUP, ORDER, ZERO, Point, Scalar, product, random_scalars
from gaoxin_vote.belenios.proof import Proof
from gaoxin_vote.belenios.trustee import TrusteeKey

Certs = tuple[SignedMessage, ...]
"""The certificates of all members, in order."""
_UNFIT = (Flaw.TRUSTEE_KEYS, "与公开的系数不符")


def new_seed() -> str:
    """A fresh seed: 22 Base58 characters from which a member's two ceremony keys follow."""
    return "".join(choice(BASE58) for _ in range(22))


@dataclass(frozen=True, slots=True)
class CertificateContext:
    """What all certificates of a group agree upon, but for the index."""

    group: str
    size: int
    threshold: int
    index: int
    """from 1"""


@dataclass(frozen=True, slots=True)
class Certificate:
    """The ceremony keys of one member."""

    context: CertificateContext
    verification: Point
    encryption: Point


def make_certificate(seed: str, index: int, size: int, threshold: int) -> SignedMessage:
    """Step 1: member `index` shows its two ceremony keys, signed by the first."""
    keys, context = ChannelKeys.from_seed(seed), CertificateContext(GROUP, size, threshold, index)
    return SignedMessage.make(keys.signing, write(Certificate(context, keys.verification, keys.encryption)))


def open_certificates(certs: Certs) -> tuple[Certificate, ...]:
    """Step 2: the members of the group.

    Raises `EvidenceBroken` unless the contexts agree in all but the index, which is the position,
    1 ≤ threshold ≤ size, all keys are members and differ, and each certificate is signed by its own key.
    """
    size, opened, seen = len(certs), list[Certificate](), set[Point]()
    threshold = parse(Certificate, certs[0].message).context.threshold if certs else 0
    require(1 <= threshold <= size, Flaw.TRUSTEE_KEYS, f"{size}人的密钥组不能要求{threshold}人到场")
    for index, cert in enumerate(certs, 1):
        with found_at(f"第{index}位成员的证书"):
            opened.append(parse(Certificate, cert.message))
            agreed = opened[-1].context == CertificateContext(GROUP, size, threshold, index)
            require(agreed, Flaw.TRUSTEE_KEYS, "所载的群、人数、门限或序号不一致")
            seen |= {opened[-1].encryption.member(), opened[-1].verification.member()}
            require(len(seen) == 2 * index, Flaw.TRUSTEE_KEYS, "不同成员出示了同一把密钥")
            cert.opened(opened[-1].verification)
    return tuple(opened)


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


def make_polynomial(seed: str, certs: Certs) -> Polynomial:
    """Step 3: draw f_i(X) = Σ a_k·X^k, k < threshold, and seal f_i(j) for each member j."""
    keys, everybody = ChannelKeys.from_seed(seed), open_certificates(certs)
    drawn = random_scalars(everybody[0].context.threshold)
    shown = write({"coefexps": [GENERATOR**a for a in drawn]})
    secrets = tuple(
        send(keys.signing, other.encryption, write({"secret": _evaluate(drawn, Scalar.of(place))}))
        for place, other in enumerate(everybody, 1)
    )
    return Polynomial(
        send(keys.signing, keys.encryption, write({"polynomial": drawn})),
        secrets,
        SignedMessage.make(keys.signing, shown),
        SignedMessage.make(keys.signing, _with_certificates(certs, shown)).signature,
    )


def _evaluate(coefficients: Sequence[Scalar], place: Scalar) -> Scalar:
    """f(place) by Horner's rule."""
    return reduce(lambda value, coefficient: value * place + coefficient, reversed(coefficients), ZERO)


def _with_certificates(certs: Certs, shown: str) -> str:
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
    seed: str, certs: Certs, received: MemberInput, index: int, name: str | None = None
) -> MemberOutput:
    """Step 5: check what all others sent and compute x_j = Σ_i f_i(j).

    Raises `EvidenceBroken` if a signature fails or g^f_i(j) ≠ Π_k A_ik^(j^k).
    """
    keys, everybody, total = ChannelKeys.from_seed(seed), open_certificates(certs), ZERO
    shown = _open_exponents(certs, everybody, received)
    require(len(received.secrets) == len(certs), Flaw.LENGTH, "密钥片段的份数与人数不同")
    for place, text in enumerate(received.secrets):
        with found_at(f"第{place + 1}位成员发来的密钥片段"):
            share = parse_only("secret", Scalar, receive(everybody[place].verification, keys, text))
            require(GENERATOR**share == _exponent(shown[place], index), *_UNFIT)
            total = total + share
    private = send(keys.signing, keys.encryption, write({"decryption_key": total}))
    public = TrusteeKey.make(total, name=name)
    signature = SignedMessage.make(keys.signing, str(public.public_key)).signature
    return MemberOutput(private, replace(public, signature=signature))


def decryption_key(seed: str, private_key: str) -> Scalar:
    """x_j from the private key that the member sent to itself in step 5."""
    keys = ChannelKeys.from_seed(seed)
    return parse_only("decryption_key", Scalar, receive(keys.verification, keys, private_key))


def _open_exponents(
    certs: Certs, everybody: tuple[Certificate, ...], shown: "MemberInput | ThresholdKeys"
) -> list[tuple[Point, ...]]:
    """A_ik of every member i; raises `EvidenceBroken` unless both of its signatures hold."""
    require(
        {len(certs)} == {len(shown.coefexps), len(shown.signatures)}, Flaw.LENGTH, "密钥组各部分的人数不同"
    )
    opened = list[tuple[Point, ...]]()
    for index, (keys, signed, proof) in enumerate(
        zip(everybody, shown.coefexps, shown.signatures, strict=True), 1
    ):
        with found_at(f"第{index}位成员的系数"):
            points = parse_only("coefexps", tuple[Point, ...], signed.opened(keys.verification))
            require(len(points) == keys.context.threshold, Flaw.LENGTH, "系数个数不等于门限")
            SignedMessage(_with_certificates(certs, signed.message), proof).opened(keys.verification)
            opened.append(tuple(point.member() for point in points))
    return opened


def _exponent(exponents: Iterable[Point], place: int) -> Point:
    """Π_k A_k^(place^k) = g^f(place)"""
    return product(point ** Scalar.of(pow(place, k, ORDER)) for k, point in enumerate(exponents))


@dataclass(frozen=True, slots=True)
class ThresholdKeys:
    """Step 6: everything public about the group, an item "Pedersen" of the list of trustees."""

    threshold: int
    certs: Certs
    coefexps: tuple[SignedMessage, ...]
    signatures: tuple[Proof, ...]
    verification_keys: tuple[TrusteeKey, ...]

    def verify(self) -> None:
        """Check lengths, signatures, proofs, and X_j = Π_i Π_k A_ik^(j^k) for every member j."""
        everybody = open_certificates(self.certs)
        agreed = self.threshold == everybody[0].context.threshold
        require(agreed, Flaw.TRUSTEE_KEYS, "开箱所需人数与成员证书所载不一致")
        shown = _open_exponents(self.certs, everybody, self)
        self.public_key.member()
        combined = [product(column) for column in zip(*shown, strict=True)]
        require(len(self.verification_keys) == len(everybody), Flaw.LENGTH, "密钥组各部分的人数不同")
        for index, (keys, key) in enumerate(zip(everybody, self.verification_keys, strict=True), 1):
            with found_at(f"第{index}位成员的公钥"):
                key.verify()
                require(key.public_key == _exponent(combined, index), *_UNFIT)
                require(key.signature is not None, Flaw.TRUSTEE_SIGNATURE, "缺少成员的签名")
                assert key.signature is not None
                SignedMessage(str(key.public_key), key.signature).opened(keys.verification)

    @property
    def public_key(self) -> Point:
        """Π_i A_i0"""
        shown = [parse_only("coefexps", tuple[Point, ...], signed.message) for signed in self.coefexps]
        return product(points[0] for points in shown)


def lagrange(indexes: Sequence[int]) -> list[Scalar]:
    """λ_j = Π_(k≠j) k/(k−j) mod q for each j of `indexes`: Π_j (α^f(j))^λ_j = α^f(0) (BELENIOS 10)."""
    others = [[k for k in indexes if k != j] for j in indexes]
    below = [prod(k - j for k in rest) for j, rest in zip(indexes, others, strict=True)]
    return [Scalar.of(prod(rest) * pow(d, -1, ORDER)) for rest, d in zip(others, below, strict=True)]


def threshold_keys(certs: Certs, received: MemberInput, outputs: Sequence[MemberOutput]) -> ThresholdKeys:
    """Step 6: put the public parts together (any member's input has them) and check all outputs."""
    threshold = open_certificates(certs)[0].context.threshold
    public = tuple(output.public_key for output in outputs)
    keys = ThresholdKeys(threshold, certs, received.coefexps, received.signatures, public)
    keys.verify()
    return keys
