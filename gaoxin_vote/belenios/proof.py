"""How does one prove a statement about exponents without telling them? (BELENIOS 5.1, 7.1, 9)

Everywhere g is the generator, y the election key, w a fresh nonce and H the hash to a scalar.
A response is w − (secret)·challenge mod q.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from gaoxin_vote.belenios.group import GENERATOR, Point, Scalar, hash_to_scalar, random_scalars


@dataclass(frozen=True, slots=True)
class Proof:
    """A challenge and its response."""

    challenge: Scalar
    response: Scalar

    @classmethod
    def make(cls, prefix: str, secret: Scalar, *bases: Point) -> "Proof":
        """Knowledge of x in X = g^x, and that also F = base^x for each of the `bases`.

        A = g^w, B = base^w, challenge = H(prefix, A, B…). Without bases and with the prefixes of the
        specification this is a trustee's proof of knowledge (``pok|…``), a ballot's signature (``sig|…``)
        and the signature of a ceremony message (``sigmsg|…``); with one it is the proof of a decryption
        factor (``decrypt|…``, BELENIOS 9).
        """
        (nonce,) = random_scalars(1)
        challenge = hash_to_scalar(prefix, GENERATOR**nonce, *(base**nonce for base in bases))
        return cls(challenge, nonce - secret * challenge)

    def commitments(self, *statements: tuple[Point, Point]) -> list[Point]:
        """base^response·X^challenge for each (base, X): what w gave, if X = base^x."""
        return [base**self.response * power**self.challenge for base, power in statements]

    def holds(self, prefix: str, *statements: tuple[Point, Point]) -> bool:
        """Whether challenge = H(prefix, commitments); raises `EvidenceBroken` if a point is no member."""
        return hash_to_scalar(prefix, *self.commitments(*statements)) == self.challenge


def prove_disjunction(
    key: Point, prefix: str, branches: Sequence[tuple[Scalar, Scalar]], true: int
) -> tuple[Proof, ...]:
    """At least branch `true` holds, without telling which: Σ challenges = H(prefix, A_0, B_0, A_1, …).

    A branch says that a ciphertext g^r, y^r·g^m holds the constant M; it is given as r and the excess
    m − M, which is 0 where it is true. The prover knows both, so that also a false branch needs fixed
    bases only: with challenge c at random and response w − r·c, what the verifier computes is
    A = g^response·α^c = g^w and B = y^response·(β/g^M)^c = y^w·g^((m−M)·c). For the true branch B = y^w
    whatever c is, so its challenge may wait for the hash. As w and c are uniform and independent, so are
    c and the response: a false branch is distributed like a true one. The true branch is rotated to the
    front and everything back at the end: no step depends on which one it is.
    """
    rotated = (*branches[true:], *branches[:true])
    nonces, guesses = random_scalars(len(rotated)), random_scalars(len(rotated) - 1)
    commitments = [(GENERATOR**nonce, key**nonce) for nonce in nonces]
    for place, ((_, excess), guess) in enumerate(zip(rotated[1:], guesses, strict=True), 1):
        first, second = commitments[place]
        commitments[place] = (first, second * GENERATOR ** (excess * guess))
    back = len(rotated) - true
    points = chain.from_iterable(commitments[back:] + commitments[:back])
    last = int(hash_to_scalar(prefix, *points)) - sum(map(int, guesses))
    proofs = [
        Proof(challenge, nonce - randomness * challenge)
        for (randomness, _), nonce, challenge in zip(
            rotated, nonces, [Scalar.of(last), *guesses], strict=True
        )
    ]
    return (*proofs[back:], *proofs[:back])


def disjunction_holds(
    key: Point, prefix: str, statements: Sequence[tuple[Point, Point]], proofs: Sequence[Proof]
) -> bool:
    """Whether Σ challenges = H(prefix, A_0, B_0, …), A = g^resp·α^chal, B = y^resp·(β/g^M)^chal.

    `statements` are the pairs (α, β/g^M), as many as `proofs`. Raises `EvidenceBroken` if one of these
    points is no member.
    """
    pairs = zip(statements, proofs, strict=True)
    points = [proof.commitments((GENERATOR, alpha), (key, shifted)) for (alpha, shifted), proof in pairs]
    total = Scalar.of(sum(int(proof.challenge) for proof in proofs))
    return hash_to_scalar(prefix, *chain.from_iterable(points)) == total
