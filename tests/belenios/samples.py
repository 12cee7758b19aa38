"""What small elections do the tests of the protocol run? Valid by default; override what a test is about."""

import io
from dataclasses import dataclass
from functools import cache

from gaoxin_vote.belenios.archive import ArchiveBuilder
from gaoxin_vote.belenios.ballot import seal_ballot
from gaoxin_vote.belenios.credential import credential_from_number, credential_order, public_credential
from gaoxin_vote.belenios.election import Election, Question
from gaoxin_vote.belenios.group import Scalar
from gaoxin_vote.belenios.tally import (
    EncryptedTally,
    check_shares,
    encrypted_tally,
    open_tally,
    partial_decryption,
    result_text,
)
from gaoxin_vote.belenios.threshold import new_seed
from gaoxin_vote.belenios.trustee import TrusteeKey, mandatory_key
from gaoxin_vote.belenios.trustees import Trustees
from gaoxin_vote.workflow.ceremony.threshold_group import ThresholdCeremony, hold_key_ceremony

TIMESTAMP = 1_795_344_080
Choices = tuple[tuple[int, ...], ...]


def unwatched(done: int, total: int, words: str) -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True, slots=True)
class Keys:
    """Trustees with their private keys."""

    trustees: Trustees
    secrets: dict[int, Scalar]
    """private key of each owner"""


@cache
def mixed_keys(threshold: int = 2, size: int = 3) -> Keys:
    """One mandatory key and a group of `threshold` of `size`: made once for all tests."""
    secret, key = mandatory_key(name="本机")
    ceremony = ceremony_of(threshold, size)
    secrets = {1: secret} | dict(enumerate(ceremony.decryption_keys, 2))
    return Keys(Trustees((key, ceremony.keys)), secrets)


@cache
def seeds_of(threshold: int, size: int) -> tuple[str, ...]:
    """The seeds of the members of `ceremony_of`, with which they sign."""
    return tuple(new_seed() for _ in range(size))


@cache
def ceremony_of(threshold: int, size: int) -> ThresholdCeremony:
    """A key ceremony with fresh seeds: made once for all tests."""
    return hold_key_ceremony(seeds_of(threshold, size), threshold, unwatched)


@cache
def single_keys() -> Keys:
    """One mandatory key alone."""
    secret, key = mandatory_key()
    return Keys(Trustees((key,)), {1: secret})


QUESTIONS = (
    Question("请评价：办公室", ("优秀", "合格")),
    Question("请评价：财务部", ("甲", "乙"), min=0, max=2, blank=False),
)


def election_of(
    keys: Keys, *, questions: tuple[Question, ...] = QUESTIONS, uuid: str = "Te5tE1ection14"
) -> Election:
    """An election under `keys`."""
    return Election(
        uuid=uuid,
        name="年度评议",
        description='测试 "引号" \\ / \x7f',
        public_key=keys.trustees.public_key,
        questions=questions,
        administrator="管理员",
        language=("zh", "ltr"),
    )


def credentials_of(count: int) -> tuple[str, ...]:
    """Private credentials of `count` voters."""
    return tuple(credential_from_number(58**22 // (number + 2)) for number in range(count))


@dataclass(frozen=True, slots=True)
class Sample:
    """A whole election."""

    keys: Keys
    election: Election
    credentials: tuple[str, ...]
    """private ones"""
    ballots: tuple[str, ...]
    tally: EncryptedTally
    shares: tuple[tuple[int, str], ...]
    result: str
    archive: bytes

    @property
    def listed(self) -> tuple[str, ...]:
        """The public credentials in the order of the archive."""
        public = (public_credential(self.election.uuid, one) for one in self.credentials)
        return tuple(sorted(public, key=credential_order))


def hold_election(
    votes: tuple[tuple[int, Choices], ...],
    *,
    keys: Keys | None = None,
    election: Election | None = None,
    owners: tuple[int, ...] = (1, 2, 4),
    voters: int | None = None,
) -> Sample:
    """An election in which voter number `v` casts `choices`, for each (v, choices) of `votes` in order."""
    keys = keys or mixed_keys()
    election = election or election_of(keys)
    credentials = credentials_of(voters or 1 + max((voter for voter, _ in votes), default=0))
    ballots = tuple(seal_ballot(election, credentials[voter], choices) for voter, choices in votes)
    last = {voter: ballot for (voter, _), ballot in zip(votes, ballots, strict=True)}
    counted = [ballot for (voter, _), ballot in zip(votes, ballots, strict=True) if last[voter] == ballot]
    tally = encrypted_tally(election, counted)
    shares = tuple((owner, partial_decryption(election, tally.text, keys.secrets[owner])) for owner in owners)
    result = result_text(
        open_tally(keys.trustees, tally, check_shares(election, keys.trustees, tally.grid, shares))
    )
    sample = Sample(keys, election, credentials, ballots, tally, shares, result, b"")
    stream = io.BytesIO()
    builder = ArchiveBuilder(stream, TIMESTAMP)
    builder.setup(election.text, keys.trustees.text, sample.listed)
    for ballot in ballots:
        builder.ballot(ballot)
    builder.end_ballots()
    builder.encrypted_tally(tally.text, tally.sized_text)
    for owner, share in shares:
        builder.partial_decryption(owner, share)
    builder.result(result)
    return Sample(keys, election, credentials, ballots, tally, shares, result, stream.getvalue())


VOTES: tuple[tuple[int, Choices], ...] = (
    (0, ((0, 1, 0), (1, 1))),
    (1, ((1, 0, 0), (0, 0))),
    (0, ((0, 0, 1), (0, 1))),
)
"""Voter 0 votes twice: the last ballot counts."""


@cache
def sample() -> Sample:
    """The election that most tests look at: two voters, three ballots, mixed trustees."""
    return hold_election(VOTES)


@cache
def other_sample() -> Sample:
    """Another valid election with the same trustees, voters and questions."""
    return hold_election(VOTES, election=election_of(mixed_keys(), uuid="AnotherUuid234"))


def key_of(sample: Sample, owner: int) -> TrusteeKey:
    """The public key of one trustee."""
    return sample.keys.trustees.members[owner - 1].key
