"""How do the members of a threshold group talk to each other? (BELENIOS 5.2, rules 1 to 4)"""

import hashlib
from dataclasses import dataclass
from typing import Literal, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from gaoxin_vote.belenios.compact import parse, sha256_hex, write
from gaoxin_vote.belenios.evidence import Flaw, broken_by, require
from gaoxin_vote.belenios.group import GENERATOR, Point, Scalar, random_scalars
from gaoxin_vote.belenios.proof import Proof


@dataclass(frozen=True, slots=True)
class ChannelKeys:
    """The two ceremony keys of one member: one signs, one decrypts."""

    signing: Scalar
    decryption: Scalar
    verification: Point
    """vk = g^sk"""
    encryption: Point
    """ek = g^dk"""

    @classmethod
    def from_seed(cls, seed: str) -> Self:
        """sk = SHA256hex("sk|seed") mod q, dk = SHA256hex("dk|seed") mod q."""
        digests = [bytes.fromhex(sha256_hex(f"{label}|{seed}")) for label in ("sk", "dk")]
        sk, dk = (Scalar.wide(digest[::-1] + bytes(32)) for digest in digests)
        return cls(sk, dk, GENERATOR**sk, GENERATOR**dk)


@dataclass(frozen=True, slots=True)
class SignedMessage:
    """A text and its signature."""

    message: str
    signature: Proof

    @classmethod
    def make(cls, signing: Scalar, message: str) -> Self:
        """`message`, signed: challenge = H("sigmsg|message|", A)."""
        return cls(message, Proof.make(f"sigmsg|{message}|", signing))

    def opened(self, verification: Point) -> str:
        """The message, if its signature holds under vk; raises `EvidenceBroken` otherwise."""
        holds = self.signature.holds(f"sigmsg|{self.message}|", (GENERATOR, verification))
        require(holds, Flaw.TRUSTEE_SIGNATURE, "密钥发放报文的签名不成立")
        return self.message


@dataclass(frozen=True, slots=True)
class _Addressed:
    recipient: Point
    message: str


@dataclass(frozen=True, slots=True)
class _Encrypted:
    """α = g^r, β = ek^r·K; `data` is AES-256-GCM under SHA256("key|K") with the 32-byte IV SHA256("iv|α")."""

    algorithm: Literal["AES-GCM"]
    alpha: Point
    beta: Point
    data: str


def send(signing: Scalar, encryption: Point, message: str) -> str:
    """The text of `message` for the holder of dk, signed, then encrypted under ek = g^dk."""
    plain = write(SignedMessage.make(signing, write(_Addressed(encryption, message))))
    nonce, shared = random_scalars(2)
    alpha, point = GENERATOR**nonce, GENERATOR**shared
    data = AESGCM(_digest("key", point)).encrypt(_digest("iv", alpha), plain.encode(), None)
    return write(_Encrypted("AES-GCM", alpha, encryption**nonce * point, data.hex()))


def receive(verification: Point, keys: ChannelKeys, text: str) -> str:
    """The message in what `send` made, opened with K = β·α^(−dk) (BELENIOS 5.2, rule 3).

    Raises `EvidenceBroken` unless the tag is right, vk signed it and its recipient is g^dk.
    """
    sealed = parse(_Encrypted, text)
    point = sealed.beta.member() / sealed.alpha.member() ** keys.decryption
    with broken_by((InvalidTag, ValueError), Flaw.SEALED_MESSAGE, "密钥发放的加密报文打不开"):
        data, vector = bytes.fromhex(sealed.data), _digest("iv", sealed.alpha)
        plain = AESGCM(_digest("key", point)).decrypt(vector, data, None).decode()
    addressed = parse(_Addressed, parse(SignedMessage, plain).opened(verification))
    require(addressed.recipient == keys.encryption, Flaw.SEALED_MESSAGE, "密钥发放报文不是发给本人的")
    return addressed.message


def _digest(label: str, point: Point) -> bytes:
    return hashlib.sha256(f"{label}|{point}".encode()).digest()
