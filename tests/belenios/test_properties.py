"""What holds for every election, every order of ballots, every quorum and every flipped octet?"""

import re
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gaoxin_vote.belenios.ballot import largest_ballot, seal_ballot, verify_ballot
from gaoxin_vote.belenios.election import Election, Question
from gaoxin_vote.belenios.group import ORDER
from gaoxin_vote.belenios.tally import check_shares, encrypted_tally, open_tally, partial_decryption
from gaoxin_vote.belenios.verification import verify_archive
from gaoxin_vote.errors import EvidenceBroken, Refused
from tests.belenios.samples import (
    VOTES,
    Choices,
    credentials_of,
    election_of,
    hold_election,
    mixed_keys,
    sample,
    single_keys,
)

FEW = settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
MANY = settings(FEW, max_examples=120)


@st.composite
def questions(draw: st.DrawFn) -> Question:
    """A question of one to three answers, with and without blank."""
    answers = draw(st.integers(1, 3))
    least = draw(st.integers(0, answers))
    most = draw(st.integers(least, answers))
    return Question("问", tuple("甲乙丙"[:answers]), least, most, draw(st.booleans()))


@st.composite
def vectors(draw: st.DrawFn, question: Question) -> tuple[int, ...]:
    """Choices that the question allows."""
    if question.blank and draw(st.booleans()):
        return (1, *(0 for _ in question.answers))
    chosen = draw(st.integers(question.min, question.max))
    marked = draw(st.permutations(range(len(question.answers))))[:chosen]
    marks = tuple(int(place in marked) for place in range(len(question.answers)))
    return (0, *marks) if question.blank else marks


@st.composite
def polls(draw: st.DrawFn) -> tuple[tuple[Question, ...], tuple[tuple[int, Choices], ...]]:
    """Questions, and votes of up to four voters who may vote again."""
    asked = tuple(draw(st.lists(questions(), min_size=1, max_size=2)))
    voters = draw(st.lists(st.integers(0, 3), max_size=5))
    return asked, tuple((voter, tuple(draw(vectors(question)) for question in asked)) for voter in voters)


def plain_tally(asked: tuple[Question, ...], votes: tuple[tuple[int, Choices], ...]) -> Choices:
    """The counts without any cryptography: the last vote of each voter counts."""
    last = dict(votes)
    counts = [Counter[int]() for _ in asked]
    for choices in last.values():
        for counter, vector in zip(counts, choices, strict=True):
            counter.update(dict(enumerate(vector)))
    return tuple(
        tuple(counter[place] for place in range(question.width))
        for counter, question in zip(counts, asked, strict=True)
    )


def _tally_of_sealed_is_tally_of_plain(
    poll: tuple[tuple[Question, ...], tuple[tuple[int, Choices], ...]],
) -> None:
    asked, votes = poll
    keys = mixed_keys()
    one = hold_election(votes, keys=keys, election=election_of(keys, questions=asked), voters=4)
    for ballot in one.ballots:
        verify_ballot(one.election, ballot)
    assert verify_archive(one.archive).result == plain_tally(asked, votes)


@FEW
@given(polls())
def test_tally_of_sealed_is_tally_of_plain(
    poll: tuple[tuple[Question, ...], tuple[tuple[int, Choices], ...]],
) -> None:
    _tally_of_sealed_is_tally_of_plain(poll)


@pytest.mark.long
@MANY
@given(polls())
def test_tally_of_sealed_is_tally_of_plain_often(
    poll: tuple[tuple[Question, ...], tuple[tuple[int, Choices], ...]],
) -> None:
    _tally_of_sealed_is_tally_of_plain(poll)


@st.composite
def sealed(draw: st.DrawFn) -> tuple[Election, str]:
    """A ballot of some election."""
    asked = tuple(draw(st.lists(questions(), min_size=1, max_size=3)))
    one = election_of(mixed_keys(), questions=asked)
    choices = tuple(draw(vectors(question)) for question in asked)
    return one, seal_ballot(one, credentials_of(1)[0], choices)


@settings(FEW, max_examples=30)
@given(sealed())
def test_no_ballot_of_whatever_shape_is_longer_than_the_largest(ballot: tuple[Election, str]) -> None:
    one, text = ballot
    longest, scalars = re.subn(r'("challenge"|"response"):"[0-9]+"', rf'\1:"{ORDER - 1}"', text)
    assert scalars == text.count("challenge") + text.count("response")
    assert len(text.encode()) <= len(longest) <= largest_ballot(one) <= 1.02 * len(longest)


FIVE = hold_election(tuple((voter, VOTES[voter % 3][1]) for voter in range(5)))


@settings(FEW, max_examples=20)
@given(st.permutations(FIVE.ballots))
def test_any_order_of_ballots_gives_the_same_sums(ballots: list[str]) -> None:
    assert encrypted_tally(FIVE.election, ballots) == FIVE.tally


@FEW
@given(st.permutations((2, 3, 4)), st.integers(2, 3))
def test_any_quorum_gives_the_same(members: list[int], quorum: int) -> None:
    one = sample()
    tally = one.tally
    given_shares = [
        (owner, partial_decryption(one.election, tally.text, one.keys.secrets[owner]))
        for owner in (*members[:quorum], 1)
    ]
    shares = check_shares(one.election, one.keys.trustees, tally.grid, given_shares)
    assert open_tally(one.keys.trustees, tally, shares) == ((1, 0, 1), (0, 1))


SMALL = hold_election(
    ((0, ((0, 1),)),),
    keys=single_keys(),
    election=election_of(single_keys(), questions=(Question("问", ("甲",)),)),
    owners=(1,),
).archive


def _flip_is_noticed(place: int, bit: int) -> None:
    spoiled = bytearray(SMALL)
    spoiled[place] ^= 1 << bit
    with pytest.raises((EvidenceBroken, Refused)):
        verify_archive(bytes(spoiled))


@settings(FEW, max_examples=150)
@given(st.integers(0, len(SMALL) - 1), st.integers(0, 7))
def test_any_flipped_bit_is_noticed(place: int, bit: int) -> None:
    _flip_is_noticed(place, bit)


@pytest.mark.long
def test_every_flipped_octet_is_noticed() -> None:
    for place in range(len(SMALL)):
        _flip_is_noticed(place, place % 8)


@settings(FEW, max_examples=60)
@given(st.binary(max_size=3000))
def test_no_octets_whatever_do_more_than_refuse(content: bytes) -> None:
    for archive in (content, SMALL[:1024] + content, SMALL + content):
        if archive != SMALL:
            with pytest.raises((EvidenceBroken, Refused)):
                verify_archive(archive)


@settings(FEW, max_examples=60)
@given(st.integers(0, len(SMALL) - 1))
def test_no_truncation_passes_for_more_than_it_is(length: int) -> None:
    try:
        report = verify_archive(SMALL[:length])
    except EvidenceBroken:
        return
    assert report.result is None
