"""How do the members of a threshold group talk to each other? (BELENIOS 5.2, rules 1 to 4)"""

import hashlib
from dataclasses import dataclass
from typing import Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from gaoxin_vote.belenios.compact import members, read, sha256_hex, string, write
from gaoxin_vote.belenios.evidence import Flaw, broken
from gaoxin_vote.belenios.group import (
    IDENTITY,
    Point,
    Scalar,
    base_power,
    divide,
    encode,
    multiply,
    parse_point,
    power,
    random_scalar,
    scalar,
)
from gaoxin_vote.belenios.proof import Proof, knowledge_holds, prove_knowledge


@dataclass(frozen=True, slots=True)
class ChannelKeys:
    """The ceremony keys of one member: one signs, one decrypts."""

    signing: Scalar
    decryption: Scalar

    @classmethod
    def from_seed(cls, seed: str) -> Self:
        """sk = SHA256hex("sk|seed") mod q, dk = SHA256hex("dk|seed") mod q."""
        return cls(*(scalar(int(sha256_hex(f"{label}|{seed}"), 16)) for label in ("sk", "dk")))

    @property
    def verification(self) -> Point:
        """vk = g^sk"""
        return base_power(self.signing)

    @property
    def encryption(self) -> Point:
        """ek = g^dk"""
        return base_power(self.decryption)


def sign(signing: Scalar, message: str) -> Proof:
    """challenge = H("sigmsg|message|", A)"""
    return prove_knowledge(f"sigmsg|{message}|", signing)


def require_signature(verification: Point, message: str, signature: Proof) -> None:
    """Raise `EvidenceBroken` unless `signature` of `message` holds under vk."""
    if not knowledge_holds(f"sigmsg|{message}|", verification, signature):
        raise broken(Flaw.TRUSTEE_SIGNATURE, "密钥仪式报文的签名不成立")


@dataclass(frozen=True, slots=True)
class SignedMessage:
    """A text and its signature."""

    message: str
    signature: Proof

    @classmethod
    def make(cls, signing: Scalar, message: str) -> Self:
        """`message`, signed."""
        return cls(message, sign(signing, message))

    @classmethod
    def parse(cls, value: object) -> Self:
        """The signed message in a JSON value; the signature is not checked."""
        message, signature = members(value, "message", "signature")
        return cls(string(message), Proof.parse(signature))

    def json(self) -> dict[str, object]:
        """The JSON value."""
        return {"message": self.message, "signature": self.signature.json()}

    def opened(self, verification: Point) -> str:
        """The message, if its signature holds under vk; raises `EvidenceBroken` otherwise."""
        require_signature(verification, self.message, self.signature)
        return self.message


def send(signing: Scalar, encryption: Point, message: str) -> str:
    """The text of `message` for the holder of dk, signed, then encrypted under ek = g^dk."""
    value = {"recipient": encode(encryption), "message": message}
    return _encrypt(encryption, write(SignedMessage.make(signing, write(value)).json()))


def receive(verification: Point, decryption: Scalar, text: str) -> str:
    """The message in what `send` made; raises `EvidenceBroken` unless it is from vk and for g^dk."""
    signed = SignedMessage.parse(read(_decrypt(decryption, text)))
    recipient, message = members(read(signed.opened(verification)), "recipient", "message")
    if recipient != encode(base_power(decryption)):
        raise broken(Flaw.SEALED_MESSAGE, "密钥仪式报文不是发给本人的")
    return string(message)


def _encrypt(encryption: Point, plain: str) -> str:
    """α = g^r, β = ek^r·K; AES-256-GCM with SHA256("key|K") and the 32-byte IV SHA256("iv|α")."""
    shared, nonce = base_power(random_scalar()), random_scalar()
    alpha, beta = base_power(nonce), multiply(power(encryption, nonce), shared)
    sealed = AESGCM(_digest("key", shared)).encrypt(_digest("iv", alpha), plain.encode(), None)
    return write({"algorithm": "AES-GCM", "alpha": encode(alpha), "beta": encode(beta), "data": sealed.hex()})


def _decrypt(decryption: Scalar, text: str) -> str:
    """K = β·α^(−dk)"""
    algorithm, alpha, beta, sealed = members(read(text), "algorithm", "alpha", "beta", "data")
    try:
        first = parse_point(alpha)
        shared = divide(power(parse_point(beta), scalar(1)), power(first, decryption))
        if algorithm != "AES-GCM" or shared == IDENTITY:
            raise ValueError
        key, vector = _digest("key", shared), _digest("iv", first)
        return AESGCM(key).decrypt(vector, bytes.fromhex(string(sealed)), None).decode()
    except (InvalidTag, ValueError):
        raise broken(Flaw.SEALED_MESSAGE, "密钥仪式的加密报文打不开") from None


def _digest(label: str, point: Point) -> bytes:
    return hashlib.sha256(f"{label}|{encode(point)}".encode()).digest()
