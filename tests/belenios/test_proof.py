"""Do proofs of true statements hold, of false ones not, and do simulated branches look like real ones?"""

import pytest

from gaoxin_vote.belenios.group import GENERATOR, IDENTITY, ORDER, ZERO, Point, Scalar, random_scalars
from gaoxin_vote.belenios.proof import Proof, disjunction_holds, prove_disjunction

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


def _histograms(true: int, count: int) -> list[list[int]]:
    """How often the top four bits of each challenge and response take each value."""
    seen = [[0] * 16 for _ in range(4)]
    (r,) = random_scalars(1)
    for _ in range(count):
        proofs = prove_disjunction(KEY, "prove|", [(r, Scalar.of(true)), (r, Scalar.of(true - 1))], true)
        values = [int(part) for proof in proofs for part in (proof.challenge, proof.response)]
        for histogram, value in zip(seen, values, strict=True):
            histogram[value * 16 // ORDER] += 1
    return seen


def _chi_square(histogram: list[int]) -> float:
    expected = sum(histogram) / len(histogram)
    return sum((number - expected) ** 2 / expected for number in histogram)


@pytest.mark.parametrize("count", [400, pytest.param(10_000, marks=pytest.mark.long)])
def test_simulated_branches_are_distributed_like_real_ones(count: int) -> None:
    """Challenges and responses of all branches are uniform: 15 degrees of freedom, p < 1e-9 above 75."""
    for true in (0, 1):
        for histogram in _histograms(true, count):
            assert _chi_square(histogram) < 75


def test_the_test_of_distribution_bites() -> None:
    assert _chi_square([50] * 8 + [0] * 8) > 75
