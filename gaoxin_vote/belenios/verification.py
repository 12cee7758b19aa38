"""Does everything in an archive hold, and what does it then say?"""

import io
from collections import deque
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing, contextmanager
from dataclasses import dataclass
from enum import Enum
from multiprocessing import get_context
from pathlib import Path
from typing import BinaryIO

from gaoxin_vote.belenios.archive import Board, Event, EventType, read_board, read_text
from gaoxin_vote.belenios.ballot import Ballot, largest_ballot
from gaoxin_vote.belenios.compact import digest_base64, sha256_hex
from gaoxin_vote.belenios.election import Election, parse_credentials
from gaoxin_vote.belenios.evidence import Flaw, broken, found_at
from gaoxin_vote.belenios.tally import (
    Counts,
    EncryptedTally,
    Grid,
    Shares,
    check_shares,
    empty_grid,
    multiply_grids,
    verify_result,
)
from gaoxin_vote.belenios.trustees import Trustees
from gaoxin_vote.errors import EvidenceBroken, Unavailable

Progress = Callable[[int, int, str], None]

_BATCH = 4
"""Ballots that a worker process is given at a time: half a second of work for 25 questions."""


class VerificationReason(Enum):
    """Why a verification could not be carried out."""

    UNREADABLE = "unreadable"
    WORKER_LOST = "worker lost"


@dataclass(frozen=True, slots=True)
class Check:
    """What was checked, in Chinese words, and how many times."""

    words: str
    count: int


@dataclass(frozen=True, slots=True)
class ArchiveReport:
    """Everything that a scrutineer reads of an archive in which everything holds."""

    election: Election
    trustees: Trustees
    stage: EventType
    """the last event: an archive that is still open ends before RESULT"""
    timestamp: int
    """seconds since 1970, as the archive says; nothing proves it"""
    election_fingerprint: str
    """SHA256hex of the election's text"""
    trustees_fingerprint: str
    """SHA256hex of the trustees' text"""
    board_fingerprint: str
    """digest of the last event"""
    tally_fingerprint: str | None
    """digest of the EncryptedTally event, to which partial decryptions are bound"""
    credentials: tuple[str, ...]
    trackers: tuple[str, ...]
    """of all ballots in the order of the archive"""
    counted: int
    """ballots that count: of each credential the last one"""
    decrypted: tuple[int, ...]
    """owners of valid partial decryptions"""
    invalid_shares: tuple[tuple[int, str], ...]
    """owners and reasons of partial decryptions that do not hold but are not needed"""
    result: Counts | None
    checks: tuple[Check, ...]

    @property
    def ballots(self) -> int:
        """The number of ballots in the archive."""
        return len(self.trackers)


def _silent(done: int, total: int, words: str) -> None:
    """Nobody watches."""


def verify_archive(
    source: Path | bytes, *, progress: Progress = _silent, processes: int = 1
) -> ArchiveReport:
    """Check everything in an archive, finished or still open.

    With several `processes` the ballots are shared among them; they are read one at a time, so memory
    does not grow with their number. `progress` may raise to cancel. Raises `EvidenceBroken` naming the
    first thing that does not hold, `Refused` (`Unsupported`) for what is not verified here, `Unavailable`
    if the file cannot be read or a worker process was lost.
    """
    with _opened(source) as stream:
        board = read_board(stream)
        election, trustees, credentials = _verify_setup(stream, board.events[0])
        counting = _verify_credentials_used(stream, board, election, credentials)
        shares_given = board.of(EventType.PARTIAL_DECRYPTION)
        total = len(counting) + len(shares_given) + 1

        def ballot_step(done: int) -> None:
            progress(done, total, "核验选票")

        grid = _verify_ballots(stream, board, election, counting, processes, ballot_step)
        tally = EncryptedTally(grid, sum(counting))
        for event in board.of(EventType.ENCRYPTED_TALLY):
            _verify_tally(stream, event, tally)

        def share_texts() -> Iterator[tuple[int, str]]:
            for done, event in enumerate(shares_given):
                progress(len(counting) + done, total, "核验部分解密")
                assert event.owner is not None
                yield event.owner, read_text(stream, event.records[0])

        shares = check_shares(election, trustees, grid, share_texts())
        result = None
        for event in board.of(EventType.RESULT):
            with found_at("计票结果"):
                result = verify_result(election, trustees, tally, shares, read_text(stream, event.records[0]))
        progress(total, total, "核验完毕")
    return _report(board, election, trustees, credentials, tally, shares, result)


@contextmanager
def _opened(source: Path | bytes) -> Iterator[BinaryIO]:
    if isinstance(source, bytes):
        yield io.BytesIO(source)
        return
    try:
        with source.open("rb") as stream:
            yield stream
    except OSError as error:
        raise Unavailable(
            VerificationReason.UNREADABLE, f"读不出文件 {source}（{error.strerror}）。请检查介质后重试。"
        ) from error


def _verify_setup(stream: BinaryIO, setup: Event) -> tuple[Election, Trustees, tuple[str, ...]]:
    """Election, trustees and credentials, each complete in itself, and the one key they share."""
    election_text, trustees_text, credentials_text = (
        read_text(stream, record) for record in setup.records[:3]
    )
    with found_at("选举参数"):
        election = Election.parse(election_text)
    with found_at("监票密钥"):
        trustees = Trustees.parse(trustees_text)
    if trustees.public_key != election.public_key:
        raise broken(Flaw.ELECTION_KEY, "选举公钥不是由监票密钥合成的")
    with found_at("公开凭证名单"):
        return election, trustees, parse_credentials(credentials_text)


def _verify_credentials_used(
    stream: BinaryIO, board: Board, election: Election, credentials: tuple[str, ...]
) -> tuple[bool, ...]:
    """For each ballot whether it counts: the last one of its credential does (BELENIOS 7, 8).

    Only the head of each ballot is looked at. Raises `EvidenceBroken` for a ballot of another election,
    of a credential that is not listed, too long for the election, or given twice.
    """
    head = f'{{"election_uuid":"{election.uuid}","election_hash":"{election.fingerprint}","credential":"'
    longest, listed, seen = largest_ballot(election), frozenset(credentials), set[str]()
    last: dict[str, int] = {}
    ballots = board.of(EventType.BALLOT)
    for place, event in enumerate(ballots):
        record = event.records[0]
        with found_at(f"第 {place + 1} 张选票"):
            if record.size > longest:
                raise broken(Flaw.BALLOT_SIZE, "选票比本次选举所能有的更长")
            text = read_text(stream, record)
            if not text.startswith(head):
                # The whole text tells what is wrong: the form, or the election.
                Ballot.parse(election, text)
            credential = text[len(head) : len(head) + 64]
            if credential not in listed:
                raise broken(Flaw.UNKNOWN_CREDENTIAL, f"投票凭证不在名单中（{credential}）")
            if record.digest in seen:
                raise broken(Flaw.DUPLICATE_BALLOT, "同一张选票出现两次")
        seen.add(record.digest)
        last[credential] = place
    counting = frozenset(last.values())
    return tuple(place in counting for place in range(len(ballots)))


@dataclass(frozen=True, slots=True)
class _Batch:
    """Ballots for one piece of work: place from 1, text, and whether it counts."""

    ballots: tuple[tuple[int, str, bool], ...]


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What a piece of work gave: the product of what counts, or what is broken."""

    done: int
    grid: Grid | None
    broken: tuple[Enum, str] | None = None


def _verify_batch(election: Election, batch: _Batch) -> _Outcome:
    """Verify some ballots; runs in a worker process. What breaks is a value: errors do not travel."""
    grid: Grid | None = None
    for place, text, counts in batch.ballots:
        try:
            with found_at(f"第 {place} 张选票"):
                ballot = Ballot.parse(election, text)
                ballot.verify(election)
        except EvidenceBroken as error:
            return _Outcome(0, None, (error.reason, error.message))
        if counts:
            choices = tuple(answer.choices for answer in ballot.answers)
            grid = choices if grid is None else multiply_grids(grid, choices)
    return _Outcome(len(batch.ballots), grid)


def _verify_ballots(
    stream: BinaryIO,
    board: Board,
    election: Election,
    counting: tuple[bool, ...],
    processes: int,
    step: Callable[[int], None],
) -> Grid:
    """Verify all ballots; the product of those that count."""

    def batches(size: int) -> Iterator[_Batch]:
        ballots = list(zip(board.of(EventType.BALLOT), counting, strict=True))
        for start in range(0, len(ballots), size):
            yield _Batch(
                tuple(
                    (place, read_text(stream, event.records[0]), counts)
                    for place, (event, counts) in enumerate(ballots[start : start + size], start + 1)
                )
            )

    grid, done = None, 0
    if processes > 1:
        outcomes = _outcomes_of_workers(election, batches(_BATCH), processes)
    else:
        outcomes = (_verify_batch(election, batch) for batch in batches(1))
    with closing(outcomes):
        for outcome in outcomes:
            if outcome.broken is not None:
                raise EvidenceBroken(*outcome.broken)
            if outcome.grid is not None:
                grid = outcome.grid if grid is None else multiply_grids(grid, outcome.grid)
            done += outcome.done
            step(done)
    return empty_grid(election) if grid is None else grid


def _outcomes_of_workers(
    election: Election, batches: Iterator[_Batch], processes: int
) -> Generator[_Outcome, None, None]:
    """The outcomes in the order of the batches, of which only a few are in memory at a time."""
    waiting: deque[Future[_Outcome]] = deque()
    pool = ProcessPoolExecutor(processes, mp_context=get_context("spawn"))
    try:
        for batch in batches:
            waiting.append(pool.submit(_verify_batch, election, batch))
            if len(waiting) > 2 * processes:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except BrokenProcessPool as error:
        raise Unavailable(
            VerificationReason.WORKER_LOST, "核验用的后台进程意外结束，核验没有完成。请重新核验。"
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


def _verify_tally(stream: BinaryIO, event: Event, tally: EncryptedTally) -> None:
    """The stored sums are those of the ballots that count, and so are the numbers beside them."""
    text, sized_text = (read_text(stream, record) for record in event.records)
    if text != tally.text:
        raise broken(Flaw.TALLY, "加密计票不等于应计选票之和")
    if sized_text != tally.sized_text:
        raise broken(Flaw.TALLY_SIZE, f"计票事件所载票数或权重不是应计的 {tally.ballots} 张")


def _report(
    board: Board,
    election: Election,
    trustees: Trustees,
    credentials: tuple[str, ...],
    tally: EncryptedTally,
    shares: Shares,
    result: Counts | None,
) -> ArchiveReport:
    ballots = board.of(EventType.BALLOT)
    cells = sum(question.width for question in election.questions)
    proofs = cells + sum(1 + question.blank for question in election.questions)
    sums = board.of(EventType.ENCRYPTED_TALLY)
    checks = (
        Check("文件记录（格式、摘要）", 1 + sum(1 + len(event.records) for event in board.events)),
        Check("事件（次序、前后相接）", len(board.events)),
        Check("监票密钥（持有证明、签名、合成选举公钥）", trustees.size),
        Check("公开凭证（有效、不重复）", len(credentials)),
        Check("选票（凭证在册、签名）", len(ballots)),
        Check("选票中的零知识证明", len(ballots) * proofs),
        Check("加密计票（重新累加后相同）", cells * len(sums)),
        Check("部分解密证明", cells * len(shares.valid)),
        Check("计票结果（与解密相符）", 0 if result is None else cells),
    )
    return ArchiveReport(
        election=election,
        trustees=trustees,
        stage=board.last.kind,
        timestamp=board.timestamp,
        election_fingerprint=sha256_hex(election.text),
        trustees_fingerprint=trustees.fingerprint,
        board_fingerprint=board.last.digest,
        tally_fingerprint=sums[0].digest if sums else None,
        credentials=credentials,
        trackers=tuple(digest_base64(event.records[0].digest) for event in ballots),
        counted=tally.ballots,
        decrypted=tuple(sorted(shares.valid)),
        invalid_shares=shares.invalid,
        result=result,
        checks=checks,
    )
