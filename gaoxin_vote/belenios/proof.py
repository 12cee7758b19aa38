"""How does one prove a statement about exponents without telling them? (BELENIOS 5.1, 7.1, 9)

Everywhere g is the generator, y the election key, w a fresh nonce and H the hash to a scalar.
A response is w − (secret)·challenge mod q.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from gaoxin_vote.belenios.compact import members
from gaoxin_vote.belenios.group import (
    Point,
    Scalar,
    base_power,
    decimal,
    hash_to_scalar,
    integer,
    multiply,
    parse_scalar,
    power,
    random_scalar,
    random_scalars,
    scalar,
    subtract,
    times,
)


@dataclass(frozen=True, slots=True)
class Proof:
    """A challenge and its response."""

    challenge: Scalar
    response: Scalar

    @classmethod
    def parse(cls, value: object) -> Self:
        """The proof in a JSON value ``{"challenge":…,"response":…}``."""
        challenge, response = members(value, "challenge", "response")
        return cls(parse_scalar(challenge), parse_scalar(response))

    def json(self) -> dict[str, object]:
        """The JSON value of the proof."""
        return {"challenge": decimal(self.challenge), "response": decimal(self.response)}


def prove_knowledge(prefix: str, secret: Scalar) -> Proof:
    """Knowledge of x in X = g^x: A = g^w, challenge = H(prefix, A).

    With the prefixes of the specification this is a trustee's proof of knowledge (``pok|…``), a
    ballot's signature (``sig|…``) and the signature of a ceremony message (``sigmsg|…``).
    """
    nonce = random_scalar()
    challenge = hash_to_scalar(prefix, base_power(nonce))
    return Proof(challenge, subtract(nonce, times(secret, challenge)))


def knowledge_holds(prefix: str, public: Point, proof: Proof) -> bool:
    """Whether challenge = H(prefix, g^response·X^challenge); raises `EvidenceBroken` if X is no member."""
    commitment = multiply(base_power(proof.response), power(public, proof.challenge))
    return hash_to_scalar(prefix, commitment) == proof.challenge


def prove_equality(prefix: str, secret: Scalar, base: Point) -> Proof:
    """log_g X = log_base F, both x: A = g^w, B = base^w, challenge = H(prefix, A, B) (BELENIOS 9)."""
    nonce = random_scalar()
    challenge = hash_to_scalar(prefix, base_power(nonce), power(base, nonce))
    return Proof(challenge, subtract(nonce, times(secret, challenge)))


def equality_holds(prefix: str, public: Point, base: Point, factor: Point, proof: Proof) -> bool:
    """Whether challenge = H(prefix, g^resp·X^chal, base^resp·F^chal); raises if a point is no member."""
    first = multiply(base_power(proof.response), power(public, proof.challenge))
    second = multiply(power(base, proof.response), power(factor, proof.challenge))
    return hash_to_scalar(prefix, first, second) == proof.challenge


@dataclass(frozen=True, slots=True)
class Branch:
    """One alternative as its prover sees it: a ciphertext g^r, y^r·g^m is said to hold the constant M."""

    randomness: Scalar
    """r"""
    excess: Scalar
    """m − M: 0 in the branch that is true"""


def prove_disjunction(key: Point, prefix: str, branches: Sequence[Branch], true: int) -> tuple[Proof, ...]:
    """At least branch `true` holds, without telling which: Σ challenges = H(prefix, A_0, B_0, A_1, …).

    The prover knows r and m of every ciphertext, so that also a false branch needs fixed bases only: with
    challenge c at random and response w − r·c, what the verifier computes is
    A = g^response·α^c = g^w and B = y^response·(β/g^M)^c = y^w·g^((m−M)·c). For the true branch B = y^w
    whatever c is, so its challenge may wait for the hash. As w and c are uniform and independent, so are
    c and the response: a false branch is distributed like a true one. The true branch is rotated to the
    front and everything back at the end: no step depends on which one it is.
    """
    rotated = (*branches[true:], *branches[:true])
    nonces, guesses = random_scalars(len(rotated)), random_scalars(len(rotated) - 1)
    commitments = [(base_power(nonce), power(key, nonce)) for nonce in nonces]
    for place, (branch, guess) in enumerate(zip(rotated[1:], guesses, strict=True), 1):
        first, second = commitments[place]
        commitments[place] = (first, multiply(second, base_power(times(branch.excess, guess))))
    back = len(rotated) - true
    points = [point for pair in commitments[back:] + commitments[:back] for point in pair]
    total = integer(hash_to_scalar(prefix, *points))
    challenges = [scalar(total - sum(map(integer, guesses))), *guesses]
    proofs = [
        Proof(challenge, subtract(nonce, times(branch.randomness, challenge)))
        for branch, nonce, challenge in zip(rotated, nonces, challenges, strict=True)
    ]
    return (*proofs[back:], *proofs[:back])


def disjunction_holds(
    key: Point, prefix: str, statements: Sequence[tuple[Point, Point]], proofs: Sequence[Proof]
) -> bool:
    """Whether Σ challenges = H(prefix, A_0, B_0, …), A = g^resp·α^chal, B = y^resp·(β/g^M)^chal.

    `statements` are the pairs (α, β/g^M). Raises `EvidenceBroken` if one of these points is no member.
    """
    points: list[Point] = []
    for (alpha, shifted), proof in zip(statements, proofs, strict=True):
        points.append(multiply(base_power(proof.response), power(alpha, proof.challenge)))
        points.append(multiply(power(key, proof.response), power(shifted, proof.challenge)))
    return hash_to_scalar(prefix, *points) == scalar(sum(integer(proof.challenge) for proof in proofs))
