"""Does everything in an archive hold, and what does it then say? (BELENIOS 3 to 11)"""

import io
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
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
from gaoxin_vote.belenios.evidence import Flaw, Unsupported, found_at, require
from gaoxin_vote.belenios.tally import (
    Counts,
    EncryptedTally,
    Grid,
    check_shares,
    verify_binding,
    verify_result,
)
from gaoxin_vote.belenios.trustees import Trustees
from gaoxin_vote.errors import Unavailable

Progress = Callable[[int, int, str], None]
"""Called with steps done, steps in all and a few Chinese words; may raise to cancel."""
VerificationReason = Enum("VerificationReason", "UNREADABLE WORKER_LOST")
"""Why a verification could not be carried out."""


@dataclass(frozen=True, slots=True)
class ArchiveReport:
    """Everything that a scrutineer reads of an archive in which everything holds."""

    election: Election
    trustees: Trustees
    stage: EventType
    """the last event: an archive that is still open ends before RESULT"""
    timestamp: int
    """seconds since 1970, as the archive says; nothing proves it"""
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


def verify_archive(
    source: Path | bytes,
    *,
    progress: Progress = lambda *step: None,
    processes: int = 1,
    bindings: Mapping[int, str] | None = None,
) -> ArchiveReport:
    """Check everything in an archive, finished or still open.

    With several `processes` the ballots are shared among them; they are read one at a time, so memory
    does not grow with their number. `progress` may raise to cancel. With `bindings`, by owner, every valid
    share must have one that holds (`bind_share`). Raises `EvidenceBroken` naming the first thing that does
    not hold, `Refused` (`Unsupported`) for what is not verified here, `Unavailable` if the file cannot be
    read or a worker process was lost.
    """
    with _opened(source) as stream:

        def texts(kind: EventType, record: int = 0) -> Iterator[str]:
            return (read_text(stream, event.records[record]) for event in board.of(kind))

        # Whether the election is one of ours comes first: others have other events.
        with found_at("选举参数"):
            election = Election.parse(read_text(stream, read_board(stream, 1).events[0].records[0]))
        board = read_board(stream)
        setup = [read_text(stream, record) for record in board.events[0].records]
        with found_at("开箱密钥"):
            trustees = Trustees.parse(setup[1])
        require(setup[-1] == setup_text(map(sha256_hex, setup[:-1])), Flaw.LINK, "选举设置指错了内容")
        require(len(setup) == 4, Unsupported.CERTIFICATE, "凭证名单证书")
        require(trustees.public_key == election.public_key, Flaw.ELECTION_KEY, "选举公钥与开箱密钥不符")
        with found_at("公开凭证名单"):
            credentials = parse_credentials(setup[2])
        counting = _counting(election, credentials, texts(EventType.BALLOT))
        tally, result = EncryptedTally.empty(election), None
        with closing(_verified(election, texts(EventType.BALLOT), processes)) as verified:
            for place, (choices, counts) in enumerate(zip(verified, counting, strict=True)):
                progress(place, len(counting), "核验选票")
                tally = tally.plus(choices) if counts else tally
        progress(len(counting), len(counting), "核验计票")
        for text in texts(EventType.ENCRYPTED_TALLY):
            require(text == tally.text, Flaw.TALLY, "加密计票不等于应计选票之和")
        for text in texts(EventType.ENCRYPTED_TALLY, 1):
            require(text == tally.sized_text, Flaw.TALLY_SIZE, f"计票事件的票数或权重不是 {tally.ballots}")
        sums, given = board.of(EventType.ENCRYPTED_TALLY), list[tuple[int, str]]()
        for event in board.of(EventType.PARTIAL_DECRYPTION):
            share, text = (read_text(stream, record) for record in event.records)
            owned = parse(Owned, text)
            require(owned.payload == event.records[0].digest, Flaw.LINK, "部分解密事件未指明其前的部分解密")
            given.append((owned.owner, share))
        shares = check_shares(election, trustees, tally.grid, given)
        for owner in shares.valid if bindings is not None else ():
            with found_at(f"第{owner}号密钥保管人"):
                key, proof = trustees.members[owner - 1].key.public_key, (bindings or {}).get(owner, "")
                require(bool(proof), Flaw.SHARE_BINDING, "缺少部分解密的整体证明")
                verify_binding(tally.grid, sums[0].digest, dict(given)[owner], key, proof)
        for text in texts(EventType.RESULT):
            with found_at("计票结果"):
                result = verify_result(trustees, tally, shares, text)
    return ArchiveReport(
        election=election,
        trustees=trustees,
        stage=board.events[-1].kind,
        timestamp=board.timestamp,
        board_fingerprint=board.events[-1].digest,
        tally_fingerprint=sums[0].digest if sums else None,
        credentials=credentials,
        trackers=tuple(digest_base64(event.records[0].digest) for event in board.of(EventType.BALLOT)),
        ballots=len(counting),
        counted=tally.ballots,
        decrypted=tuple(sorted(shares.valid)),
        invalid_shares=shares.invalid,
        result=result,
    )


@contextmanager
def _opened(source: Path | bytes) -> Iterator[BinaryIO]:
    try:
        with io.BytesIO(source) if isinstance(source, bytes) else source.open("rb") as stream:
            yield stream
    except OSError as error:
        raise Unavailable(VerificationReason.UNREADABLE, f"读不出文件：{source!s}。") from error


def _counting(election: Election, credentials: tuple[str, ...], texts: Iterable[str]) -> tuple[bool, ...]:
    """For each ballot whether it counts: the last one of its credential does (BELENIOS 7, 8).

    Only the head of each text is looked at. Raises `EvidenceBroken` for a ballot of another election, of
    a credential that is not listed, too long for the election, or given twice.
    """
    head = f'{{"election_uuid":"{election.uuid}","election_hash":"{election.fingerprint}","credential":"'
    longest, listed, used, seen = largest_ballot(election), frozenset(credentials), list[str](), set[str]()
    for place, text in enumerate(texts, 1):
        with found_at(f"第{place}张选票"):
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
    with found_at(f"第{place}张选票"):
        ballot = Ballot.parse(election, text)
        ballot.verify(election)
        return tuple(answer.choices for answer in ballot.answers)


def _verified(election: Election, texts: Iterator[str], processes: int) -> Generator[Grid, None, None]:
    """The ciphertexts of the ballots, all verified, in order; only a few are in memory at a time."""
    if processes <= 1:
        yield from (_verify_ballot(election, place, text) for place, text in enumerate(texts, 1))
        return
    waiting = deque[Future[Grid]]()
    # Who interrupts the program interrupts its workers too: it is for the program to end them.
    ignoring = (signal.SIGINT, signal.SIG_IGN)
    pool = ProcessPoolExecutor(processes, get_context("spawn"), signal.signal, ignoring)
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
