"""Does everything in an archive hold, and what does it then say? (BELENIOS 3 to 11)"""

import io
import os
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from enum import Enum
from multiprocessing import get_context
from pathlib import Path
from typing import BinaryIO

from gaoxin_vote.belenios.archive import EventType, Owned, read_board, read_text, setup_text
from gaoxin_vote.belenios.ballot import Ballot, largest_ballot
from gaoxin_vote.belenios.compact import digest_base64, parse, sha256_hex
from gaoxin_vote.belenios.election import Election, parse_credentials
from gaoxin_vote.belenios.evidence import Flaw, found_at, require
from gaoxin_vote.belenios.tally import Counts, EncryptedTally, Grid, check_shares, verify_result
from gaoxin_vote.belenios.threshold import Progress
from gaoxin_vote.belenios.trustees import Trustees
from gaoxin_vote.errors import Unavailable

VerificationReason = Enum("VerificationReason", "UNREADABLE WORKER_LOST")
"""Why a verification could not be carried out."""
_WORTH_A_PROCESS = 10
"""ballots whose verification takes longer than the start of a worker process"""


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
    ballots: int
    """in the archive"""
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


def verify_archive(
    source: Path | bytes, *, progress: Progress = lambda *step: None, processes: int = 1
) -> ArchiveReport:
    """Check everything in an archive, finished or still open.

    With several `processes` the ballots are shared among them (0: among as many as pay for their start);
    they are read one at a time, so memory does not grow with their number. `progress` may raise to cancel.
    Raises `EvidenceBroken` naming the first thing that does not hold, `Refused` (`Unsupported`) for what
    is not verified here, `Unavailable` if the file cannot be read or a worker process was lost.
    """
    with _opened(source) as stream:
        board = read_board(stream)

        def texts(kind: EventType, record: int = 0) -> Iterator[str]:
            return (read_text(stream, event.records[record]) for event in board.of(kind))

        setup = [read_text(stream, record) for record in board.events[0].records]
        with found_at("选举参数"):
            election = Election.parse(setup[0])
        with found_at("监票密钥"):
            trustees = Trustees.parse(setup[1])
        require(setup[3] == setup_text(map(sha256_hex, setup[:3])), Flaw.LINK, "选举设置指错了内容")
        require(trustees.public_key == election.public_key, Flaw.ELECTION_KEY, "选举公钥与监票密钥不符")
        with found_at("公开凭证名单"):
            credentials = parse_credentials(setup[2])
        counting = _counting(election, credentials, texts(EventType.BALLOT))
        tally, result = EncryptedTally.empty(election), None
        workers = processes or min(os.cpu_count() or 1, 1 + len(counting) // _WORTH_A_PROCESS)
        with closing(_verified(election, texts(EventType.BALLOT), workers)) as verified:
            for place, (choices, counts) in enumerate(zip(verified, counting, strict=True)):
                progress(place, len(counting), "核验选票")
                tally = tally.plus(choices) if counts else tally
        progress(len(counting), len(counting), "核验计票")
        for text in texts(EventType.ENCRYPTED_TALLY):
            require(text == tally.text, Flaw.TALLY, "加密计票不等于应计选票之和")
        for text in texts(EventType.ENCRYPTED_TALLY, 1):
            require(text == tally.sized_text, Flaw.TALLY_SIZE, f"计票事件的票数或权重不是 {tally.ballots}")
        given = list[tuple[int, str]]()
        for event in board.of(EventType.PARTIAL_DECRYPTION):
            share, text = (read_text(stream, record) for record in event.records)
            owned = parse(Owned, text)
            require(owned.payload == event.records[0].digest, Flaw.LINK, "部分解密事件未指明其前的部分解密")
            given.append((owned.owner, share))
        shares = check_shares(election, trustees, tally.grid, given)
        for text in texts(EventType.RESULT):
            with found_at("计票结果"):
                result = verify_result(trustees, tally, shares, text)
    cells = sum(question.width for question in election.questions)
    proofs = len(counting) * (cells + sum(1 + question.blank for question in election.questions))
    sums = board.of(EventType.ENCRYPTED_TALLY)
    checks = {
        "文件记录（格式、摘要）": 1 + sum(1 + len(event.records) for event in board.events),
        "事件（次序、前后相接）": len(board.events),
        "监票密钥（持有证明、签名、合成选举公钥）": len(trustees.members),
        "公开凭证（有效、不重复）": len(credentials),
        "选票（凭证在册、签名）": len(counting),
        "选票中的零知识证明": proofs,
        "加密计票（重新累加后相同）": cells * len(sums),
        "部分解密证明": cells * len(shares.valid),
        "计票结果（与解密相符）": 0 if result is None else cells,
    }
    return ArchiveReport(
        election=election,
        trustees=trustees,
        stage=board.events[-1].kind,
        timestamp=board.timestamp,
        election_fingerprint=sha256_hex(election.text),
        trustees_fingerprint=trustees.fingerprint,
        board_fingerprint=board.events[-1].digest,
        tally_fingerprint=sums[0].digest if sums else None,
        credentials=credentials,
        trackers=tuple(digest_base64(event.records[0].digest) for event in board.of(EventType.BALLOT)),
        ballots=len(counting),
        counted=tally.ballots,
        decrypted=tuple(sorted(shares.valid)),
        invalid_shares=shares.invalid,
        result=result,
        checks=tuple(Check(*check) for check in checks.items()),
    )


@contextmanager
def _opened(source: Path | bytes) -> Iterator[BinaryIO]:
    try:
        with io.BytesIO(source) if isinstance(source, bytes) else source.open("rb") as stream:
            yield stream
    except OSError as error:
        raise Unavailable(VerificationReason.UNREADABLE, f"读不出文件{error.filename}。") from error


def _counting(election: Election, credentials: tuple[str, ...], texts: Iterable[str]) -> tuple[bool, ...]:
    """For each ballot whether it counts: the last one of its credential does (BELENIOS 7, 8).

    Only the head of each text is looked at. Raises `EvidenceBroken` for a ballot of another election, of
    a credential that is not listed, too long for the election, or given twice.
    """
    head = f'{{"election_uuid":"{election.uuid}","election_hash":"{election.fingerprint}","credential":"'
    longest, listed, used, seen = largest_ballot(election), frozenset(credentials), list[str](), set[str]()
    for place, text in enumerate(texts, 1):
        with found_at(f"第 {place} 张选票"):
            require(len(text) <= longest, Flaw.LENGTH, "选票比本次选举所能有的更长")
            if not text.startswith(head):
                # The whole text tells what is wrong: the form, or the election.
                Ballot.parse(election, text)
            used.append(text[len(head) : len(head) + 64])
            require(used[-1] in listed, Flaw.UNKNOWN_CREDENTIAL, f"投票凭证不在名单中（{used[-1]}）")
            seen.add(sha256_hex(text))
            require(len(seen) == place, Flaw.DUPLICATE_BALLOT, "同一张选票出现两次")
    last = {credential: place for place, credential in enumerate(used)}
    return tuple(last[credential] == place for place, credential in enumerate(used))


def _verify_ballot(election: Election, place: int, text: str) -> Grid:
    """The ciphertexts of one ballot, if it is valid."""
    with found_at(f"第 {place} 张选票"):
        ballot = Ballot.parse(election, text)
        ballot.verify(election)
        return tuple(answer.choices for answer in ballot.answers)


def _verified(election: Election, texts: Iterator[str], processes: int) -> Generator[Grid, None, None]:
    """The ciphertexts of the ballots, all verified, in order; only a few are in memory at a time."""
    if processes <= 1:
        yield from (_verify_ballot(election, place, text) for place, text in enumerate(texts, 1))
        return
    waiting = deque[Future[Grid]]()
    pool = ProcessPoolExecutor(processes, mp_context=get_context("spawn"))
    try:
        for place, text in enumerate(texts, 1):
            waiting.append(pool.submit(_verify_ballot, election, place, text))
            if len(waiting) > 4 * processes:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except BrokenExecutor as error:
        raise Unavailable(VerificationReason.WORKER_LOST, "核验进程意外结束，请重新核验。") from error
    finally:
        pool.shutdown(cancel_futures=True)
