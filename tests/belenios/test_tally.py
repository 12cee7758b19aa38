"""Do the sums open to the counts, with any enough trustees, and with no fewer?"""

import json
from collections.abc import Callable
from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest

from gaoxin_vote.belenios.ballot import seal_ballot
from gaoxin_vote.belenios.compact import sha256_hex, write
from gaoxin_vote.belenios.evidence import Flaw
from gaoxin_vote.belenios.group import ONE, Scalar
from gaoxin_vote.belenios.tally import (
    EncryptedTally,
    Shares,
    check_shares,
    encrypted_tally,
    open_tally,
    partial_decryption,
    result_text,
)
from gaoxin_vote.belenios.threshold import ThresholdKeys
from gaoxin_vote.belenios.trustees import Trustees
from gaoxin_vote.belenios.verification import verify_archive
from gaoxin_vote.errors import EvidenceBroken
from tests.belenios.corruption import TORSION, at, put, steps, torsion
from tests.belenios.samples import (
    Keys,
    Sample,
    ceremony_of,
    credentials_of,
    election_of,
    hold_election,
    mixed_keys,
    sample,
)


def shares_of(one: Sample, owners: tuple[int, ...]) -> Shares:
    """The checked partial decryptions of these trustees."""
    secrets = one.keys.secrets
    texts = [(owner, partial_decryption(one.election, one.tally.text, secrets[owner])) for owner in owners]
    return check_shares(one.election, one.keys.trustees, one.tally.grid, texts)


def flaw_of(one: Sample, shares: Shares) -> Flaw:
    """Why the tally does not open."""
    with pytest.raises(EvidenceBroken) as caught:
        open_tally(one.keys.trustees, one.tally, shares)
    assert isinstance(caught.value.reason, Flaw)
    return caught.value.reason


def test_every_quorum_gives_the_same_counts_and_nothing_less_gives_any() -> None:
    one = sample()
    for pair in combinations((2, 3, 4), 2):
        assert result_text(open_tally(one.keys.trustees, one.tally, shares_of(one, (1, *pair)))) == one.result
        assert flaw_of(one, shares_of(one, pair)) is Flaw.QUORUM
    for owner in (2, 3, 4):
        assert flaw_of(one, shares_of(one, (1, owner))) is Flaw.QUORUM
    assert flaw_of(one, shares_of(one, ())) is Flaw.QUORUM
    assert result_text(open_tally(one.keys.trustees, one.tally, shares_of(one, (4, 3, 2, 1)))) == one.result


@pytest.mark.parametrize(("threshold", "size"), [(1, 2), (1, 3), (2, 2), (3, 4)])
def test_any_threshold_of_members_open_the_tally_and_one_fewer_do_not(threshold: int, size: int) -> None:
    members = range(2, 2 + size)
    owners = (1, *members[:threshold])
    one = hold_election(
        ((0, ((0, 1, 0), (1, 0))), (1, ((0, 0, 1), (1, 1)))), keys=mixed_keys(threshold, size), owners=owners
    )
    shares = shares_of(one, (1, *members))
    for chosen in combinations(members, threshold):
        some = Shares({owner: shares.valid[owner] for owner in (1, *chosen)}, ())
        assert open_tally(one.keys.trustees, one.tally, some) == ((0, 1, 1), (2, 1))
    for chosen in combinations(members, threshold - 1):
        fewer = Shares({owner: shares.valid[owner] for owner in (1, *chosen)}, ())
        assert flaw_of(one, fewer) is Flaw.QUORUM
    assert verify_archive(one.archive).result == ((0, 1, 1), (2, 1))


def test_fewer_shares_do_not_open_even_if_nobody_counts_them() -> None:
    """t−1 shares of the group, combined as if they were enough, give no count."""
    one = hold_election(((0, ((0, 1, 0), (1, 0))),), keys=mixed_keys(3, 3), owners=(1, 2, 3, 4))
    shares = shares_of(one, (1, 2, 3))
    mandatory, group = one.keys.trustees.items
    assert isinstance(group, ThresholdKeys)
    weaker = replace(one.keys.trustees, items=(mandatory, replace(group, threshold=2)))
    with pytest.raises(EvidenceBroken) as caught:
        open_tally(weaker, one.tally, shares)
    assert caught.value.reason is Flaw.RESULT


def test_all_members_may_be_needed() -> None:
    one = hold_election(((0, ((0, 1, 0), (1, 0))),), keys=mixed_keys(3, 3), owners=(1, 2, 3, 4))
    assert one.result == '{"result":[[0,1,0],[1,0]]}'


def test_tally_is_the_same_after_writing_and_reading() -> None:
    one = sample()
    assert EncryptedTally.parse(one.election, one.tally.text, one.tally.sized_text) == one.tally
    assert one.tally.sized_text.startswith('{"num_tallied":2,"total_weight":2,"encrypted_tally":"')
    for wrong in (
        one.tally.sized_text.replace('"num_tallied":2', '"num_tallied":3'),
        one.tally.sized_text.replace('"total_weight":2', '"total_weight":3'),
        one.tally.sized_text[:-3] + '0"}'
        if one.tally.sized_text[-3] != "0"
        else one.tally.sized_text[:-3] + '1"}',
    ):
        with pytest.raises(EvidenceBroken) as caught:
            EncryptedTally.parse(one.election, one.tally.text, wrong)
        assert caught.value.reason is Flaw.TALLY_SIZE


def test_no_ballots_open_to_zeros() -> None:
    one = hold_election(())
    assert one.tally == EncryptedTally.empty(one.election)
    assert one.result == '{"result":[[0,0,0],[0,0]]}'


def test_a_credential_counts_once() -> None:
    one = sample()
    with pytest.raises(EvidenceBroken, match="第3张选票") as caught:
        encrypted_tally(one.election, one.ballots)
    assert caught.value.reason is Flaw.DUPLICATE_BALLOT


def test_order_of_ballots_does_not_matter() -> None:
    one = sample()
    assert encrypted_tally(one.election, one.ballots[1:]) == one.tally
    assert encrypted_tally(one.election, one.ballots[:0:-1]) == one.tally


def test_partial_decryption_of_something_else_is_refused() -> None:
    one = sample()
    for text in ("[]", "[[]]", one.tally.text.replace("[[", "[[[", 1), one.tally.text + " "):
        with pytest.raises(EvidenceBroken):
            partial_decryption(one.election, text, Scalar.of(5))


def test_a_sum_with_torsion_is_not_decrypted() -> None:
    """α with torsion would give away the private key mod 8."""
    one = sample()
    alpha = str(one.tally.grid[0][0].alpha)
    for point in (torsion(alpha), str(TORSION)):
        text = one.tally.text.replace(alpha, point, 1)
        with pytest.raises(EvidenceBroken) as caught:
            partial_decryption(one.election, text, one.keys.secrets[1])
        assert caught.value.reason is Flaw.NOT_A_MEMBER
        sized = one.tally.sized_text.replace(sha256_hex(one.tally.text), sha256_hex(text))
        with pytest.raises(EvidenceBroken):
            EncryptedTally.parse(one.election, text, sized)


def test_one_bad_share_of_the_group_is_put_up_with_and_told() -> None:
    one = sample()
    good = dict(one.shares) | {3: partial_decryption(one.election, one.tally.text, one.keys.secrets[3])}
    bad = partial_decryption(one.election, one.tally.text, one.keys.secrets[2] + ONE)
    given = sorted((good | {2: bad}).items())
    shares = check_shares(one.election, one.keys.trustees, one.tally.grid, given)
    assert sorted(shares.valid) == [1, 3, 4]
    ((owner, reason),) = shares.invalid
    assert owner == 2 and reason.startswith("第2号密钥保管人")
    assert result_text(open_tally(one.keys.trustees, one.tally, shares)) == one.result


def test_each_place_of_each_share_has_a_nonce_of_its_own() -> None:
    one, seen = sample(), set[Scalar]()
    for _ in range(2):
        for secret in one.keys.secrets.values():
            share = json.loads(partial_decryption(one.election, one.tally.text, secret))
            for proof in (proof for row in share["decryption_proofs"] for proof in row):
                seen.add(Scalar.parse(proof["response"]) + secret * Scalar.parse(proof["challenge"]))
    assert len(seen) == 2 * 4 * 5


def without_the_last(path: str) -> Callable[[Any], None]:
    """Takes away the last part of what lies at `path`."""
    return lambda share: at(share, steps(path)).pop()


@pytest.mark.parametrize(
    ("flaw", "change"),
    [
        (Flaw.LENGTH, without_the_last("decryption_factors")),
        (Flaw.LENGTH, without_the_last("decryption_factors.0")),
        (Flaw.LENGTH, without_the_last("decryption_factors.1")),
        (Flaw.LENGTH, without_the_last("decryption_proofs")),
        (Flaw.LENGTH, without_the_last("decryption_proofs.0")),
        (Flaw.MALFORMED, lambda share: share.pop("decryption_proofs")),
        (Flaw.MALFORMED, lambda share: put(share, "decryption_factors.0.0", "00")),
        (Flaw.NOT_A_SCALAR, lambda share: put(share, "decryption_proofs.0.0.response", "00")),
    ],
)
def test_a_malformed_share_is_never_put_up_with_even_if_it_can_be_spared(
    flaw: Flaw, change: Callable[[Any], None]
) -> None:
    one = sample()
    spare = json.loads(partial_decryption(one.election, one.tally.text, one.keys.secrets[3]))
    change(spare)
    with pytest.raises(EvidenceBroken, match="第3号密钥保管人") as caught:
        check_shares(one.election, one.keys.trustees, one.tally.grid, [*one.shares, (3, write(spare))])
    assert caught.value.reason is flaw


def test_a_spare_share_with_torsion_is_invalid_but_not_malformed() -> None:
    one = sample()
    spare = json.loads(partial_decryption(one.election, one.tally.text, one.keys.secrets[3]))
    put(spare, "decryption_factors.1.1", torsion(spare["decryption_factors"][1][1]))
    given = [*one.shares, (3, write(spare))]
    shares = check_shares(one.election, one.keys.trustees, one.tally.grid, given)
    assert [owner for owner, _ in shares.invalid] == [3]


@pytest.mark.parametrize("shifts", [(1, 0), (0, 1), (1, 1), (0, 0)])
def test_a_trustee_gives_one_share_be_it_valid_or_not(shifts: tuple[int, int]) -> None:
    one = sample()
    secret = one.keys.secrets[3]
    texts = [(3, partial_decryption(one.election, one.tally.text, secret + Scalar.of(s))) for s in shifts]
    with pytest.raises(EvidenceBroken, match="编号3") as caught:
        check_shares(one.election, one.keys.trustees, one.tally.grid, [*one.shares, *texts])
    assert caught.value.reason is Flaw.SHARE_OWNER


@pytest.mark.parametrize(
    ("bad", "tolerated"), [((2, 5), True), ((1, 4), True), ((1, 2), False), ((4, 5), False)]
)
def test_each_group_spares_shares_of_its_own_only(bad: tuple[int, ...], tolerated: bool) -> None:
    """Two of three and one of two: each can do without one."""
    groups = (ceremony_of(2, 3), ceremony_of(1, 2))
    trustees = Trustees(tuple(group.keys for group in groups))
    secrets = dict(enumerate((key for group in groups for key in group.decryption_keys), 1))
    one = hold_election(((0, ((0, 1, 0), (1, 0))),), keys=Keys(trustees, secrets), owners=(1, 2, 4))
    texts = [
        (owner, partial_decryption(one.election, one.tally.text, secret + Scalar.of(owner in bad)))
        for owner, secret in secrets.items()
    ]
    if tolerated:
        shares = check_shares(one.election, trustees, one.tally.grid, texts)
        assert tuple(owner for owner, _ in shares.invalid) == bad
        assert open_tally(trustees, one.tally, shares) == ((0, 1, 0), (1, 0))
        return
    with pytest.raises(EvidenceBroken) as caught:
        check_shares(one.election, trustees, one.tally.grid, texts)
    assert caught.value.reason is Flaw.SHARE


@pytest.mark.parametrize("bad", [(1,), (2, 3), (3, 4)])
def test_more_bad_shares_than_the_group_can_spare_break_the_evidence(bad: tuple[int, ...]) -> None:
    one = sample()
    texts = [
        (owner, partial_decryption(one.election, one.tally.text, secret + Scalar.of(owner in bad)))
        for owner, secret in one.keys.secrets.items()
    ]
    with pytest.raises(EvidenceBroken) as caught:
        check_shares(one.election, one.keys.trustees, one.tally.grid, texts)
    assert caught.value.reason is Flaw.SHARE


def test_count_above_the_number_of_ballots_is_broken() -> None:
    one = sample()
    shares = check_shares(one.election, one.keys.trustees, one.tally.grid, one.shares)
    with pytest.raises(EvidenceBroken) as caught:
        open_tally(one.keys.trustees, replace(one.tally, ballots=0), shares)
    assert caught.value.reason is Flaw.RESULT


def test_ballots_of_another_election_are_not_summed() -> None:
    other = election_of(mixed_keys(), uuid="AnotherUuid234")
    ballot = seal_ballot(other, credentials_of(1)[0], ((0, 1, 0), (0, 0)))
    with pytest.raises(EvidenceBroken) as caught:
        encrypted_tally(sample().election, [ballot])
    assert caught.value.reason is Flaw.OTHER_ELECTION
