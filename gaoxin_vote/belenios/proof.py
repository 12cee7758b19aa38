"""How does one prove a statement about exponents without telling them? (BELENIOS 5.1, 7.1, 9)

Everywhere g is the generator, y the election key, w a fresh nonce and H the hash to a scalar.
A response is w − (secret)·challenge mod q.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from gaoxin_vote.belenios.group import GENERATOR, Point, Scalar, hash_to_scalar, random_scalars


@dataclass(frozen=True, slots=True)
class Proof:
    """A challenge and its response."""

    challenge: Scalar
    response: Scalar

    @classmethod
    def of_knowledge(cls, prefix: str, secret: Scalar) -> "Proof":
        """Knowledge of x in X = g^x: A = g^w, challenge = H(prefix, A).

        With the prefixes of the specification this is a trustee's proof of knowledge (``pok|…``), a
        ballot's signature (``sig|…``) and the signature of a ceremony message (``sigmsg|…``).
        """
        (nonce,) = random_scalars(1)
        challenge = hash_to_scalar(prefix, GENERATOR**nonce)
        return cls(challenge, nonce - secret * challenge)

    def shows_knowledge(self, prefix: str, public: Point) -> bool:
        """Whether challenge = H(prefix, g^response·X^challenge); raises if X is no member."""
        commitment = GENERATOR**self.response * public**self.challenge
        return hash_to_scalar(prefix, commitment) == self.challenge

    @classmethod
    def of_equality(cls, prefix: str, secret: Scalar, base: Point) -> "Proof":
        """log_g X = log_base F, both x: A = g^w, B = base^w, challenge = H(prefix, A, B) (BELENIOS 9)."""
        (nonce,) = random_scalars(1)
        challenge = hash_to_scalar(prefix, GENERATOR**nonce, base**nonce)
        return cls(challenge, nonce - secret * challenge)

    def shows_equality(self, prefix: str, public: Point, base: Point, factor: Point) -> bool:
        """Whether challenge = H(prefix, g^resp·X^chal, base^resp·F^chal); raises if a point is no member."""
        first = GENERATOR**self.response * public**self.challenge
        second = base**self.response * factor**self.challenge
        return hash_to_scalar(prefix, first, second) == self.challenge


def prove_disjunction(
    key: Point, prefix: str, branches: Sequence[tuple[Scalar, int]], true: int
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
        commitments[place] = (first, second * GENERATOR ** (Scalar.of(excess) * guess))
    back = len(rotated) - true
    points = [point for pair in commitments[back:] + commitments[:back] for point in pair]
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
    points: list[Point] = []
    for (alpha, shifted), proof in zip(statements, proofs, strict=True):
        points.append(GENERATOR**proof.response * alpha**proof.challenge)
        points.append(key**proof.response * shifted**proof.challenge)
    return hash_to_scalar(prefix, *points) == Scalar.of(sum(int(proof.challenge) for proof in proofs))
