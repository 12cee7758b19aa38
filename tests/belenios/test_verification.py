"""Does the report say what is in the archive, and does the work stop cleanly whatever happens?"""

import io
import json
import multiprocessing
from collections.abc import Callable
from pathlib import Path

import pytest

from gaoxin_vote.belenios.archive import ArchiveBuilder, EventType, read_board
from gaoxin_vote.belenios.ballot import tracker
from gaoxin_vote.belenios.evidence import Flaw
from gaoxin_vote.belenios.group import ONE
from gaoxin_vote.belenios.tally import partial_decryption
from gaoxin_vote.belenios.verification import VerificationReason, verify_archive
from gaoxin_vote.errors import EvidenceBroken, Unavailable
from tests.belenios.corruption import Parts
from tests.belenios.samples import TIMESTAMP, VOTES, Sample, hold_election, sample

Progress = Callable[[int, int, str], None]


def prefixes(one: Sample) -> dict[EventType, bytes]:
    """The archive as it was after the last event of each type."""
    stream, ends = io.BytesIO(), dict[EventType, bytes]()
    builder = ArchiveBuilder(stream, TIMESTAMP)
    builder.setup(one.election.text, one.keys.trustees.text, one.listed)
    ends[EventType.SETUP] = stream.getvalue()
    for ballot in one.ballots:
        builder.ballot(ballot)
    ends[EventType.BALLOT] = stream.getvalue()
    builder.end_ballots()
    ends[EventType.END_BALLOTS] = stream.getvalue()
    builder.encrypted_tally(one.tally.text, one.tally.sized_text)
    ends[EventType.ENCRYPTED_TALLY] = stream.getvalue()
    builder.partial_decryption(*one.shares[0])
    ends[EventType.PARTIAL_DECRYPTION] = stream.getvalue()
    return ends


def test_report_says_what_a_scrutineer_reads() -> None:
    one = sample()
    report = verify_archive(one.archive)
    assert report.election == one.election and report.trustees == one.keys.trustees
    assert (report.ballots, report.counted, report.credentials) == (3, 2, one.listed)
    assert report.trackers == tuple(map(tracker, one.ballots))
    assert (report.decrypted, report.invalid_shares) == ((1, 2, 4), ())
    assert report.result == ((1, 0, 1), (0, 1))
    assert report.timestamp == TIMESTAMP
    board = read_board(io.BytesIO(one.archive))
    assert report.board_fingerprint == board.events[-1].digest
    assert report.tally_fingerprint == board.of(EventType.ENCRYPTED_TALLY)[0].digest


@pytest.mark.parametrize("kind", list(EventType)[:-1])
def test_an_archive_still_open_holds_without_a_result(kind: EventType) -> None:
    report = verify_archive(prefixes(sample())[kind])
    assert report.result is None
    assert report.stage is kind
    assert report.ballots == (0 if kind is EventType.SETUP else 3)
    assert (report.tally_fingerprint is None) == (kind.value in ("Setup", "Ballot", "EndBallots"))


def test_ballots_of_an_open_archive_are_verified_too() -> None:
    parts = Parts.of(sample())
    proof = parts.ballots[1]["answers"][0]["overall_proof"][0]
    proof["response"] = str(int(proof["response"]) ^ 1)
    parts.sign(parts.ballots[1])
    with pytest.raises(EvidenceBroken) as caught:
        verify_archive(parts.archive(parts.events()[:4]))
    assert caught.value.reason is Flaw.OVERALL_PROOF


def test_a_partial_decryption_is_checked_as_soon_as_it_is_there() -> None:
    parts = Parts.of(sample())
    proof = parts.shares[0][1]["decryption_proofs"][0][0]
    proof["response"] = str(int(proof["response"]) ^ 1)
    with pytest.raises(EvidenceBroken) as caught:
        verify_archive(parts.archive(parts.events()[:7]))
    assert caught.value.reason is Flaw.SHARE


@pytest.mark.parametrize("finished", [True, False])
def test_one_bad_share_beyond_the_threshold_is_reported(finished: bool) -> None:
    one = sample()
    bad = partial_decryption(one.election, one.tally.text, one.keys.secrets[3] + ONE)
    parts = Parts.of(one)
    parts.shares.insert(2, [3, json.loads(bad)])
    events = parts.events()
    report = verify_archive(parts.archive(events if finished else events[:-1]))
    ((owner, reason),) = report.invalid_shares
    assert owner == 3 and "第1题第1格" in reason
    assert report.decrypted == (1, 2, 4)
    assert (report.result is not None) == finished


def test_file_and_octets_give_the_same_report(tmp_path: Path) -> None:
    path = tmp_path / "any name"
    path.write_bytes(sample().archive)
    assert verify_archive(path) == verify_archive(sample().archive)


def test_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="读不出文件") as caught:
        verify_archive(tmp_path / "missing.bel")
    assert caught.value.reason is VerificationReason.UNREADABLE
    assert "missing.bel" in caught.value.message


# ---- several processes


@pytest.fixture(scope="module")
def many() -> Sample:
    """Twelve ballots of six voters."""
    votes = tuple((voter % 6, VOTES[voter % 3][1]) for voter in range(12))
    return hold_election(votes)


def no_children_left() -> bool:
    """Whether all worker processes have ended."""
    return not multiprocessing.active_children()


def test_two_processes_give_the_same_report_and_leave_nothing(many: Sample) -> None:
    seen: list[tuple[int, int]] = []
    report = verify_archive(
        many.archive, processes=2, progress=lambda done, total, words: seen.append((done, total))
    )
    assert report == verify_archive(many.archive)
    assert seen == [(done, 12) for done in range(13)]
    assert no_children_left()


def test_two_processes_name_the_first_broken_ballot(many: Sample) -> None:
    parts = Parts.of(many)
    for number in (7, 5, 9):
        proof = parts.ballots[number]["answers"][0]["blank_proof"][0]
        proof["response"] = str(int(proof["response"]) ^ 1)
        parts.sign(parts.ballots[number])
    for processes in (1, 2):
        with pytest.raises(EvidenceBroken) as caught:
            verify_archive(parts.archive(), processes=processes)
        assert caught.value.reason is Flaw.BLANK_PROOF
        assert caught.value.message == "第6张选票：第1题：空白票的证明不成立"
    assert no_children_left()


class Stop(Exception):
    """The person cancelled."""


@pytest.mark.parametrize("processes", [1, 2])
def test_work_is_cancelled_by_its_progress(many: Sample, processes: int) -> None:
    def stop(done: int, total: int, words: str) -> None:
        if done == 2:
            raise Stop

    with pytest.raises(Stop):
        verify_archive(many.archive, progress=stop, processes=processes)
    assert no_children_left()


def test_a_killed_worker_is_noticed(many: Sample) -> None:
    def kill(done: int, total: int, words: str) -> None:
        for child in multiprocessing.active_children()[:1]:
            child.kill()

    with pytest.raises(Unavailable, match="重新核验") as caught:
        verify_archive(many.archive, progress=kill, processes=2)
    assert caught.value.reason is VerificationReason.WORKER_LOST
    assert no_children_left()
