"""How does a trustee prove to hold the key shown? (BELENIOS 5.1)"""

from dataclasses import dataclass
from typing import Self

from gaoxin_vote.belenios.compact import members, string
from gaoxin_vote.belenios.evidence import Flaw, broken
from gaoxin_vote.belenios.group import (
    GROUP,
    Point,
    base_power,
    encode,
    integer,
    parse_point,
    random_scalar,
    require_member,
    scalar,
)
from gaoxin_vote.belenios.proof import Proof, knowledge_holds, prove_knowledge


@dataclass(frozen=True, slots=True)
class TrusteeKey:
    """X = g^x with the proof that x is known; what the specification calls a trustee public key."""

    point: Point
    pok: Proof
    signature: Proof | None = None
    """only for a member of a threshold group: its ceremony key signs X"""
    name: str | None = None

    @classmethod
    def make(cls, secret: int, *, name: str | None = None) -> Self:
        """The public half of `secret`: A = g^w, challenge = H("pok|group|enc(X)|", A)."""
        point = base_power(scalar(secret))
        return cls(point, prove_knowledge(_prefix(point), scalar(secret)), name=name)

    @classmethod
    def parse(cls, value: object) -> Self:
        """The key in a JSON value; raises `EvidenceBroken` unless it is a member and its proof holds."""
        pok, public_key, signature, name = members(value, "pok", "public_key", "signature?", "name?")
        key = cls(
            require_member(parse_point(public_key)),
            Proof.parse(pok),
            None if signature is None else Proof.parse(signature),
            None if name is None else string(name),
        )
        if not knowledge_holds(_prefix(key.point), key.point, key.pok):
            raise broken(Flaw.TRUSTEE_PROOF, "监票密钥的持有证明不成立")
        return key

    def json(self) -> dict[str, object]:
        """The JSON value of the key."""
        value: dict[str, object] = {"pok": self.pok.json(), "public_key": self.public_key}
        signature = {} if self.signature is None else {"signature": self.signature.json()}
        return value | signature | ({} if self.name is None else {"name": self.name})

    @property
    def public_key(self) -> str:
        """enc(X)"""
        return encode(self.point)


def _prefix(point: Point) -> str:
    return f"pok|{GROUP}|{encode(point)}|"


def mandatory_key(*, name: str | None = None) -> tuple[int, TrusteeKey]:
    """A fresh key that is always needed to open the tally (an item "Single"): private key and public half."""
    secret = integer(random_scalar())
    return secret, TrusteeKey.make(secret, name=name)
