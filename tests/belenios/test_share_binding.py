"""Does the second proof of a share hold for it alone, and stop the forgery that format 1 lets pass?"""

import hashlib
import io
import json
from collections.abc import Callable

import pytest

from gaoxin_vote.belenios.archive import ArchiveBuilder
from gaoxin_vote.belenios.ballot import seal_ballot
from gaoxin_vote.belenios.compact import parse, write
from gaoxin_vote.belenios.election import Question
from gaoxin_vote.belenios.evidence import Flaw
from gaoxin_vote.belenios.group import GENERATOR, ONE, ORDER, ZERO, Scalar, hash_to_scalar, random_scalars
from gaoxin_vote.belenios.proof import Proof
from gaoxin_vote.belenios.tally import (
    Counts,
    PartialDecryption,
    bind_share,
    encrypted_tally,
    partial_decryption,
    result_text,
    verify_binding,
)
from gaoxin_vote.belenios.threshold import lagrange
from gaoxin_vote.belenios.verification import verify_archive
from gaoxin_vote.errors import EvidenceBroken
from tests.belenios.corruption import Parts
from tests.belenios.samples import TIMESTAMP, credentials_of, election_of, key_of, mixed_keys, sample

TALLY_HASH = verify_archive(sample().archive).tally_fingerprint or ""
SHARES = dict(sample().shares)


def bound(owner: int, tally_hash: str = TALLY_HASH, share: str | None = None, shift: int = 0) -> str:
    """The second proof of one of the sample's shares, or of something else."""
    secret = sample().keys.secrets[owner] + Scalar.of(shift)
    return bind_share(sample().tally.grid, tally_hash, share or SHARES[owner], secret)


def another_share(owner: int) -> str:
    """The same factors with other proofs."""
    return partial_decryption(sample().election, sample().tally.text, sample().keys.secrets[owner])


def spoiled(binding: str, challenge: Scalar, response: Scalar) -> str:
    """A proof with this much added."""
    proof = parse(Proof, binding)
    return write(Proof(proof.challenge + challenge, proof.response + response))


def test_an_archive_holds_with_the_second_proofs_of_its_shares() -> None:
    bindings = {owner: bound(owner) for owner in SHARES}
    assert verify_archive(sample().archive, bindings=bindings) == verify_archive(sample().archive)
    assert bindings[1] != bound(1)


WRONG: dict[str, tuple[Flaw, Callable[[int], str]]] = {
    "missing": (Flaw.SHARE_BINDING, lambda owner: ""),
    "of another tally": (Flaw.SHARE_BINDING, lambda owner: bound(owner, "0" * 64)),
    "of another text": (Flaw.SHARE_BINDING, lambda owner: bound(owner, share=another_share(owner))),
    "of another trustee": (Flaw.SHARE_BINDING, lambda owner: bound(1 if owner > 1 else 2)),
    "by another trustee": (Flaw.SHARE_BINDING, lambda owner: bound(3, share=SHARES[owner])),
    "with another secret": (Flaw.SHARE_BINDING, lambda owner: bound(owner, shift=1)),
    "with another challenge": (Flaw.SHARE_BINDING, lambda owner: spoiled(bound(owner), ONE, ZERO)),
    "with another response": (Flaw.SHARE_BINDING, lambda owner: spoiled(bound(owner), ZERO, ONE)),
    "written otherwise": (Flaw.NOT_CANONICAL, lambda owner: bound(owner) + " "),
    "of no proof": (Flaw.MALFORMED, lambda owner: "{}"),
}


@pytest.mark.parametrize("owner", [1, 4])
@pytest.mark.parametrize("name", WRONG)
def test_no_share_is_believed_with_a_second_proof(name: str, owner: int) -> None:
    flaw, wrong = WRONG[name]
    bindings = {other: bound(other) for other in SHARES} | {owner: wrong(owner)}
    with pytest.raises(EvidenceBroken, match=f"^第{owner}号密钥保管人") as caught:
        verify_archive(sample().archive, bindings=bindings)
    assert caught.value.reason is flaw


def test_an_empty_list_of_second_proofs_is_not_the_same_as_none_asked_for() -> None:
    assert verify_archive(sample().archive, bindings=None).result is not None
    with pytest.raises(EvidenceBroken, match="缺少") as caught:
        verify_archive(sample().archive, bindings={})
    assert caught.value.reason is Flaw.SHARE_BINDING


def test_each_valid_share_needs_one_and_an_invalid_one_none() -> None:
    one, parts = sample(), Parts.of(sample())
    bindings = {owner: bound(owner) for owner in SHARES}
    parts.shares.insert(2, [3, json.loads(another_share(3))])
    with pytest.raises(EvidenceBroken, match="第3号密钥保管人：缺少") as caught:
        verify_archive(parts.archive(), bindings=bindings)
    assert caught.value.reason is Flaw.SHARE_BINDING
    invalid = partial_decryption(one.election, one.tally.text, one.keys.secrets[3] + ONE)
    parts.shares[2][1] = json.loads(invalid)
    assert verify_archive(parts.archive(), bindings=bindings).decrypted == (1, 2, 4)


def test_none_is_asked_for_before_there_are_shares() -> None:
    parts = Parts.of(sample())
    assert verify_archive(parts.archive(parts.events()[:6]), bindings={}).decrypted == ()


def test_every_factor_is_bound() -> None:
    """The trustee's own second proof of a share with one wrong factor does not hold, wherever it is."""
    share, grid = parse(PartialDecryption, SHARES[1]), sample().tally.grid
    verify_binding(grid, TALLY_HASH, SHARES[1], key_of(sample(), 1).public_key, bound(1))
    for row, factors in enumerate(share.decryption_factors):
        for place in range(len(factors)):
            wrong = json.loads(SHARES[1])
            wrong["decryption_factors"][row][place] = str(factors[place] * GENERATOR)
            text = write(wrong)
            binding = bound(1, share=text)
            with pytest.raises(EvidenceBroken) as caught:
                verify_binding(grid, TALLY_HASH, text, key_of(sample(), 1).public_key, binding)
            assert caught.value.reason is Flaw.SHARE_BINDING


def test_its_challenge_hashes_what_the_document_says() -> None:
    """docs/protocol.md: *A share has a second proof*, written down a second time."""
    proof, public = parse(Proof, bound(2)), key_of(sample(), 2).public_key
    factors = [point for row in parse(PartialDecryption, SHARES[2]).decryption_factors for point in row]
    alphas = [cell.alpha for row in sample().tally.grid for cell in row]
    points = [GENERATOR**proof.response * public**proof.challenge] + [
        alpha**proof.response * factor**proof.challenge for alpha, factor in zip(alphas, factors, strict=True)
    ]
    digest = hashlib.sha256(SHARES[2].encode()).hexdigest()
    text = f"gaoxin-vote|share|{TALLY_HASH}|{digest}|{public}|{','.join(map(str, points))}"
    assert int(proof.challenge) == int(hashlib.sha256(text.encode()).hexdigest(), 16) % ORDER


# ---- the forgery

VOTED: Counts = ((0, 0, 5, 0),)
CLAIMED: Counts = ((0, 5, 0, 0),)
OWNERS = (1, 2, 4)


def forged_election(
    forger: int, says: Counts, monkeypatch: pytest.MonkeyPatch
) -> tuple[bytes, dict[int, str]]:
    """Five voters chose 乙, the archive `says` what it likes; with the second proofs that can be made.

    Trustee `forger` also seals the last ballot. For each place to be read k too low it chooses w and b;
    A = g^w and B = (Π of the other ballots' α)^w·g^b give the challenge c, and only then follow the
    ciphertext, with r = (b − k·c)/w, the factor α^x·g^k and the response w − x·c.
    """
    keys, votes = mixed_keys(), ((0, 0, 1, 0),)
    election = election_of(keys, questions=(Question("谁是优秀", ("甲", "乙", "丙")),))
    ballots = [seal_ballot(election, credential, votes) for credential in credentials_of(4)]
    # What is added to a member's factor counts with its weight: owners 2 and 4 are members 1 and 3.
    weight = int(lagrange([1, 3])[0]) if forger > 1 else 1
    x, randomness, added, proofs = keys.secrets[forger], list[Scalar](), list[Scalar](), list[Proof]()
    prefix = f"decrypt|{election.fingerprint}|{GENERATOR**x}|"
    for cell, voted, said in zip(encrypted_tally(election, ballots).grid[0], VOTED[0], says[0], strict=True):
        w, b = random_scalars(2)
        k = Scalar.of((voted - said) * pow(weight, -1, ORDER))
        c = hash_to_scalar(prefix, GENERATOR**w, cell.alpha**w * GENERATOR**b)
        randomness.append((b - k * c) * Scalar.of(pow(int(w), -1, ORDER)))
        added.append(k)
        proofs.append(Proof(c, w - x * c))
    with monkeypatch.context() as patched:
        patched.setattr("gaoxin_vote.belenios.ballot.random_scalars", lambda count: randomness)
        ballots.append(seal_ballot(election, credentials_of(5)[4], votes))
    tally = encrypted_tally(election, ballots)
    cells = zip(tally.grid[0], added, strict=True)
    factors = tuple(cell.alpha**x * GENERATOR**k for cell, k in cells)
    shares = {owner: partial_decryption(election, tally.text, keys.secrets[owner]) for owner in OWNERS}
    shares[forger] = write(PartialDecryption((factors,), (tuple(proofs),)))
    stream = io.BytesIO()
    builder = ArchiveBuilder(stream, TIMESTAMP)
    listed = tuple(json.loads(ballot)["credential"] for ballot in ballots)
    builder.setup(election.text, keys.trustees.text, listed)
    for ballot in ballots:
        builder.ballot(ballot)
    builder.end_ballots()
    tally_hash = builder.encrypted_tally(tally.text, tally.sized_text)
    for owner, share in shares.items():
        builder.partial_decryption(owner, share)
    builder.result(result_text(says))
    bindings = {
        owner: bind_share(tally.grid, tally_hash, share, keys.secrets[owner])
        for owner, share in shares.items()
    }
    return stream.getvalue(), bindings


@pytest.mark.parametrize("forger", [1, 2])
def test_a_trustee_who_seals_the_last_ballot_is_stopped_by_the_second_proof_only(
    forger: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By format 1 every proof holds: its decryption proof hashes neither α nor the factor."""
    archive, bindings = forged_election(forger, CLAIMED, monkeypatch)
    report = verify_archive(archive)
    assert (report.result, report.decrypted, report.invalid_shares) == (CLAIMED, OWNERS, ())
    with pytest.raises(EvidenceBroken, match=f"^第{forger}号密钥保管人") as caught:
        verify_archive(archive, bindings=bindings)
    assert caught.value.reason is Flaw.SHARE_BINDING


def test_without_a_forger_the_same_election_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    archive, bindings = forged_election(1, VOTED, monkeypatch)
    assert verify_archive(archive, bindings=bindings).result == VOTED
