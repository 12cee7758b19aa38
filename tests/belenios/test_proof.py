"""Do proofs of true statements hold, of false ones not, and do simulated branches look like real ones?"""

from collections.abc import Callable
from itertools import accumulate, combinations
from operator import add

import pytest

from gaoxin_vote.belenios.group import GENERATOR, IDENTITY, ONE, ZERO, Point, Scalar, random_scalars
from gaoxin_vote.belenios.proof import Proof, disjunction_holds, prove_disjunction
from tests.belenios.chance import uneven_bits

KEY = GENERATOR ** Scalar.of(0xE1EC7104)


def cipher(value: int) -> tuple[Scalar, Point, Point]:
    """Randomness, α and β of an encryption of `value`."""
    (r,) = random_scalars(1)
    return r, GENERATOR**r, KEY**r * GENERATOR ** Scalar.of(value)


def statements(alpha: Point, beta: Point, constants: tuple[int, ...]) -> list[tuple[Point, Point]]:
    """What a verifier makes of "it holds one of these constants"."""
    return [(alpha, beta / GENERATOR ** Scalar.of(constant)) for constant in constants]


def test_knowledge_and_its_many_ways_to_fail() -> None:
    secret, other = random_scalars(2)
    proof = Proof.make("pok|", secret)
    assert proof.holds("pok|", (GENERATOR, GENERATOR**secret))
    assert not proof.holds("sig|", (GENERATOR, GENERATOR**secret))
    assert not proof.holds("pok|", (GENERATOR, GENERATOR**other))
    assert not Proof(proof.challenge, proof.response + Scalar.of(1)).holds(
        "pok|", (GENERATOR, GENERATOR**secret)
    )
    assert not Proof(proof.challenge + Scalar.of(1), proof.response).holds(
        "pok|", (GENERATOR, GENERATOR**secret)
    )


def test_nonces_are_fresh() -> None:
    (secret,) = random_scalars(1)
    assert Proof.make("pok|", secret) != Proof.make("pok|", secret)


def test_equality_of_logarithms() -> None:
    secret, other, r = random_scalars(3)
    base = GENERATOR**r
    proof = Proof.make("decrypt|", secret, base)
    public = (GENERATOR, GENERATOR**secret)
    assert proof.holds("decrypt|", public, (base, base**secret))
    assert not proof.holds("decrypt|", public, (base, base**other))
    assert not proof.holds("decrypt|", (base, base**secret), public)


def test_equality_over_the_identity_as_in_an_empty_tally() -> None:
    (secret,) = random_scalars(1)
    proof = Proof.make("decrypt|", secret, IDENTITY)
    public = (GENERATOR, GENERATOR**secret)
    assert proof.holds("decrypt|", public, (IDENTITY, IDENTITY))
    assert not proof.holds("decrypt|", public, (IDENTITY, GENERATOR))


@pytest.mark.parametrize("constants", [(0,), (0, 1), (1, 2, 3), (0, 1, 2, 3, 4)])
def test_disjunction_holds_for_each_true_branch_and_no_other_value(constants: tuple[int, ...]) -> None:
    for true, value in enumerate(constants):
        r, alpha, beta = cipher(value)
        branches = [(r, Scalar.of(value - constant)) for constant in constants]
        proofs = prove_disjunction(KEY, "prove|", branches, true)
        assert disjunction_holds(KEY, "prove|", statements(alpha, beta, constants), proofs)
        assert not disjunction_holds(KEY, "other|", statements(alpha, beta, constants), proofs)
        assert not disjunction_holds(GENERATOR, "prove|", statements(alpha, beta, constants), proofs)
        for wrong in range(len(constants)):
            if wrong != true:
                lie = prove_disjunction(KEY, "prove|", branches, wrong)
                assert not disjunction_holds(KEY, "prove|", statements(alpha, beta, constants), lie)


def test_disjunction_about_two_ciphertexts() -> None:
    (r, alpha, beta), (s, gamma, delta) = cipher(0), cipher(5)
    claim = [(alpha, beta), (gamma, delta)]
    proofs = prove_disjunction(KEY, "bproof0|", [(r, ZERO), (s, Scalar.of(5))], 0)
    assert disjunction_holds(KEY, "bproof0|", claim, proofs)
    assert not disjunction_holds(KEY, "bproof0|", claim[::-1], proofs)


def test_a_branch_that_is_true_by_chance_may_be_simulated_too() -> None:
    (r, alpha, beta), (s, gamma, delta) = cipher(0), cipher(0)
    proofs = prove_disjunction(KEY, "bproof0|", [(r, ZERO), (s, ZERO)], 1)
    assert disjunction_holds(KEY, "bproof0|", [(alpha, beta), (gamma, delta)], proofs)


@pytest.mark.parametrize("true", range(4))
def test_every_branch_has_a_nonce_and_a_challenge_of_its_own(true: int) -> None:
    """Two equal ones would tell the randomness, or which branch is the true one."""
    (r,) = random_scalars(1)
    branches = [(r, Scalar.of(true - constant)) for constant in range(4)]
    proofs = [proof for _ in range(2) for proof in prove_disjunction(KEY, "prove|", branches, true)]
    nonces = {proof.response + r * proof.challenge for proof in proofs}
    assert len(nonces | {proof.challenge for proof in proofs}) == 2 * len(proofs) == 16


def _numbers(true: int, count: int) -> dict[str, list[int]]:
    """Challenges, responses and nonces of `count` proofs, and what each two of a proof differ by.

    The proofs have three branches of which `true` is true; besides, the nonce of a proof of knowledge.
    """
    columns: dict[str, list[int]] = {}
    (r,) = random_scalars(1)
    branches = [(r, Scalar.of(true - constant)) for constant in range(3)]
    for _ in range(count):
        proofs = (*prove_disjunction(KEY, "prove|", branches, true), Proof.make("pok|", r))
        seen = {f"challenge {place}": proof.challenge for place, proof in enumerate(proofs)}
        seen |= {f"nonce {place}": one.response + r * one.challenge for place, one in enumerate(proofs)}
        parts = seen | {f"response {place}": proof.response for place, proof in enumerate(proofs)}
        parts |= {f"{one} − {two}": seen[one] - seen[two] for one, two in combinations(seen, 2)}
        for name, part in parts.items():
            columns.setdefault(name, []).append(int(part))
    return columns


@pytest.mark.parametrize("count", [200, pytest.param(10_000, marks=pytest.mark.long)])
def test_simulated_branches_are_distributed_like_real_ones(count: int) -> None:
    """All bits of challenges, responses and nonces of all branches are drawn, each apart from the others."""
    columns = {f"{true}: {name}": part for true in range(3) for name, part in _numbers(true, count).items()}
    assert not uneven_bits(columns)


Draw = Callable[[int], list[Scalar]]
BIASED: dict[str, Draw] = {
    "even": lambda count: [Scalar.of(int(one) & ~1) for one in random_scalars(count)],
    "with 120 zeros below": lambda count: [
        Scalar.of(int(one) >> 120 << 120) for one in random_scalars(count)
    ],
    "below 2^251": lambda count: [Scalar.of(int(one) >> 1) for one in random_scalars(count)],
    "with one bit set": lambda count: [Scalar.of(int(one) | 2**100) for one in random_scalars(count)],
    "all the same": lambda count: random_scalars(1) * count,
    "counted up": lambda count: [*accumulate(random_scalars(1) + [ONE] * (count - 1), add)],
}


@pytest.mark.parametrize("name", BIASED)
def test_the_test_of_distribution_bites(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gaoxin_vote.belenios.proof.random_scalars", BIASED[name])
    assert uneven_bits(_numbers(1, 200))
