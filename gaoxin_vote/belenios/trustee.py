"""How does a trustee prove to hold the key shown? (BELENIOS 5.1)"""

from dataclasses import dataclass
from typing import ClassVar, Self

from gaoxin_vote.belenios.evidence import Flaw, require
from gaoxin_vote.belenios.group import GENERATOR, GROUP, Point, Scalar, random_scalars
from gaoxin_vote.belenios.proof import Proof


@dataclass(frozen=True, slots=True)
class TrusteeKey:
    """X = g^x with the proof that x is known; what the specification calls a trustee public key.

    By itself, as an item "Single", it is a group of one whose member is always needed.
    """

    threshold: ClassVar[int] = 1
    pok: Proof
    public_key: Point
    signature: Proof | None = None
    """only for a member of a threshold group: its ceremony key signs X"""
    name: str | None = None

    @classmethod
    def make(cls, secret: Scalar, *, name: str | None = None) -> Self:
        """The public half of x: A = g^w, challenge = H("pok|group|enc(X)|", A)."""
        public = GENERATOR**secret
        return cls(Proof.make(f"pok|{GROUP}|{public}|", secret), public, name=name)

    @property
    def verification_keys(self) -> tuple[Self]:
        """The only member."""
        return (self,)

    def verify(self) -> None:
        """Raise `EvidenceBroken` unless X is a member and challenge = H("pok|…", g^resp·X^chal)."""
        holds = self.pok.holds(f"pok|{GROUP}|{self.public_key}|", (GENERATOR, self.public_key.member()))
        require(holds, Flaw.TRUSTEE_PROOF, "开箱密钥的持有证明不成立")


def mandatory_key(*, name: str | None = None) -> tuple[Scalar, TrusteeKey]:
    """A fresh key that is always needed to open the tally (an item "Single"): private key and public half."""
    (secret,) = random_scalars(1)
    return secret, TrusteeKey.make(secret, name=name)
