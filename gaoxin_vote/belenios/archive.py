"""How do all public data of an election lie in one file, octet for octet? (BELENIOS 3)"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import BinaryIO

from gaoxin_vote.belenios.compact import read, sha256_hex, write
from gaoxin_vote.belenios.evidence import Flaw, Unsupported, broken_by, found_at, require

_BLOCK = 512
_LONGEST_RECORD = 64 * 2**20
"""bytes; a ballot of 1,000 questions is below 4 MB"""


class EventType(Enum):
    """What happened to the public board."""

    SETUP = "Setup"
    BALLOT = "Ballot"
    END_BALLOTS = "EndBallots"
    ENCRYPTED_TALLY = "EncryptedTally"
    PARTIAL_DECRYPTION = "PartialDecryption"
    RESULT = "Result"


_NEXT: dict[EventType | None, frozenset[EventType]] = {
    None: frozenset({EventType.SETUP}),
    EventType.SETUP: frozenset({EventType.BALLOT, EventType.END_BALLOTS}),
    EventType.BALLOT: frozenset({EventType.BALLOT, EventType.END_BALLOTS}),
    EventType.END_BALLOTS: frozenset({EventType.ENCRYPTED_TALLY}),
    EventType.ENCRYPTED_TALLY: frozenset({EventType.PARTIAL_DECRYPTION}),
    EventType.PARTIAL_DECRYPTION: frozenset({EventType.PARTIAL_DECRYPTION, EventType.RESULT}),
    EventType.RESULT: frozenset(),
}
_SETUP = ("election", "trustees", "credentials", "credentials_certificate")
"""What the Setup event names; the last may be absent."""
_NAMES = ("选举设置", "选票", "截止投票", "加密计票", "部分解密", "计票结果")
_WORDS, _RECORDS = (dict(zip(EventType, values, strict=True)) for values in (_NAMES, (4, 1, 0, 2, 2, 1)))
"""How many data records stand before the event; the last one is its payload."""


def _header(name: str, size: int, timestamp: int) -> bytes:
    """The 512 bytes before a record: a tar header with nothing in it that could vary."""
    front = name.encode().ljust(100, b"\0") + b"0000644\0" + 2 * b"0000000\0"
    front += b"%011o\0%011o\0" % (size, timestamp)
    back = b"0".ljust(356, b"\0")
    return front + b"%06o\0 " % (sum(front) + sum(b" " * 8) + sum(back)) + back


@dataclass(frozen=True, slots=True)
class Record:
    """Where a data record lies in the file, and the digest that it has."""

    digest: str
    offset: int
    size: int


@dataclass(frozen=True, slots=True)
class Event:
    """One event with the data records that stand before it."""

    kind: EventType
    digest: str
    """SHA256hex of its text: what the next event names as parent"""
    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class Owned:
    """What a PartialDecryption event names: the trustee's number and the digest of the share."""

    owner: int
    payload: str


@dataclass(frozen=True, slots=True)
class Board:
    """The chain of events of an archive, without the contents of its records."""

    timestamp: int
    events: tuple[Event, ...]

    def of(self, kind: EventType) -> tuple[Event, ...]:
        """The events of one type, in order."""
        return tuple(event for event in self.events if event.kind is kind)


def read_text(stream: BinaryIO, record: Record) -> str:
    """The text of a data record, read again; raises `EvidenceBroken` if the file has changed since."""
    stream.seek(record.offset)
    content = stream.read(record.size)
    require(sha256_hex(content) == record.digest, Flaw.DIGEST, "核验期间文件发生了变化")
    return content.decode()


def read_board(stream: BinaryIO, most: int = -1) -> Board:
    """The events of the archive in `stream`, or the first `most` of them, read record by record.

    Every octet is checked: each header against the one that we would write, each name against the digest
    of its record, each event against the one that its place demands. What the other records mean is not.
    Raises `EvidenceBroken` naming the record, `Refused` for what is not supported.
    """
    stream.seek(0)
    timestamp, events, pending = -1, list[Event](), list[Record]()
    for place, (name, mtime, offset, content) in enumerate(_records(stream), 1):
        with found_at(f"文件第{place}条记录"):
            digest, _, kind = name.partition(".")
            named = name == "BELENIOS" if place == 1 else kind in ("data.json", "event.json")
            require(named, Flaw.TAR, "记录名称不合规定")
            require(place == 1 or sha256_hex(content) == digest, Flaw.DIGEST, "内容与名称中的摘要不符")
            with broken_by(UnicodeDecodeError, Flaw.MALFORMED, "不是 UTF-8 文本"):
                text = content.decode()
            timestamp = _timestamp(text) if place == 1 else timestamp
            require(mtime == timestamp, Flaw.TAR, "记录时间与文件开头所载不同")
            if kind == "data.json":
                pending.append(Record(digest, offset, len(content)))
            elif kind == "event.json":
                events.append(_expected_event(events, pending, text))
                pending = []
                if len(events) == most:
                    break
    require(bool(events) and not pending, Flaw.INCOMPLETE, "文件不完整：末尾不是一个事件")
    return Board(timestamp, tuple(events))


def _records(stream: BinaryIO) -> Iterator[tuple[str, int, int, bytes]]:
    """Name, mtime, offset and content of each record."""
    while header := stream.read(_BLOCK):
        name = header[:100].split(b"\0")[0].decode("ascii", "replace").replace("\ufffd", "?")
        with broken_by(ValueError, Flaw.TAR, f"文件记录头不合规定（{name or '空'}）"):
            size, mtime = int(header[124:135], 8), int(header[136:147], 8)
        canonical = min(size, mtime) >= 0 and header == _header(name, size, mtime)
        require(canonical, Flaw.TAR, f"文件记录头不合规定（{name or '空'}）")
        require(size <= _LONGEST_RECORD, Flaw.TAR, "文件中有过大的记录")
        offset, content = stream.tell(), stream.read(size)
        complete = len(content) == size and stream.read(-size % _BLOCK) == bytes(-size % _BLOCK)
        require(complete, Flaw.INCOMPLETE, "文件不完整，或记录之间有多余内容")
        yield name, mtime, offset, content


def _timestamp(text: str) -> int:
    """The timestamp in the first record: a string as the tool writes it, or a number as specified."""
    match = re.fullmatch(r'\{"version":([0-9]{1,9}),"timestamp":("?)(0|[1-9][0-9]{0,9})\2\}', text)
    version, _, timestamp = match.groups() if match else ("1", "", "-1")
    require(version == "1", Unsupported.VERSION, f"档案格式版本 {version}")
    return int(timestamp)


def _expected_event(events: list[Event], records: list[Record], text: str) -> Event:
    """The event in `text`, if it is the one that its place in the chain and its records demand."""
    value, last = read(text), events[-1].kind if events else None
    name = value.get("type") if isinstance(value, dict) else None
    kinds, after = [kind for kind in _NEXT[last] if kind.value == name], _WORDS[last] if last else "文件开头"
    require(bool(kinds), Flaw.EVENT_ORDER, f"“{after}”之后不应是{name}事件")
    words, wanted = _WORDS[kinds[0]], _RECORDS[kinds[0]]
    fits = len(records) == wanted or (last is None and len(records) == len(_SETUP) + 1)
    require(fits, Flaw.LINK, f"“{words}”事件之前应有{wanted}条内容，实有{len(records)}条")
    chained = text == _event_text(events, kinds[0], [record.digest for record in records])
    require(chained, Flaw.CHAIN, f"“{words}”事件未按规定接在前一事件之后")
    return Event(kinds[0], sha256_hex(text), tuple(records))


def _event_text(events: list[Event], kind: EventType, digests: list[str]) -> str:
    """The text of an event after `events`, and after records with these digests if it has any."""
    parent = {"parent": events[-1].digest} if events else {}
    payload = {"payload": digests[-1]} if digests else {}
    return write(parent | {"height": len(events), "type": kind.value} | payload)


def setup_text(digests: Iterable[str]) -> str:
    """The text that the Setup event names: the digests of its records."""
    return write(dict(zip(_SETUP, digests, strict=False)))


@dataclass(slots=True)
class ArchiveBuilder:
    """Writes an archive to `target`, event by event, each with the records that it demands.

    The methods take JSON texts, check only the order of events (`ValueError`: a mistake of the program)
    and return the digest of the event.
    """

    target: BinaryIO
    timestamp: int
    """seconds since 1970, in every record"""
    _events: list[Event] = field(default_factory=list)

    @classmethod
    def reopen(cls, target: BinaryIO) -> "ArchiveBuilder":
        """Go on with the archive that lies in `target`; raises `EvidenceBroken` if it is not in order."""
        board = read_board(target)
        target.seek(0, 2)
        return cls(target, board.timestamp, list(board.events))

    def setup(self, election: str, trustees: str, credentials: tuple[str, ...]) -> str:
        """The election, its trustees and its public credentials, in the order of `credential_order`."""
        texts = (election, trustees, write(credentials))
        self._record(write({"version": 1, "timestamp": str(self.timestamp)}), "")
        return self._event(EventType.SETUP, *texts, setup_text(map(sha256_hex, texts)))

    def ballot(self, text: str) -> str:
        """One ballot."""
        return self._event(EventType.BALLOT, text)

    def end_ballots(self) -> str:
        """No more ballots."""
        return self._event(EventType.END_BALLOTS)

    def encrypted_tally(self, text: str, sized_text: str) -> str:
        """The sums; a partial decryption is bound to the digest that this returns."""
        return self._event(EventType.ENCRYPTED_TALLY, text, sized_text)

    def partial_decryption(self, owner: int, text: str) -> str:
        """The share of trustee number `owner`."""
        return self._event(EventType.PARTIAL_DECRYPTION, text, write(Owned(owner, sha256_hex(text))))

    def result(self, text: str) -> str:
        """The counts; nothing follows."""
        return self._event(EventType.RESULT, text)

    def _event(self, kind: EventType, *texts: str) -> str:
        last = self._events[-1].kind if self._events else None
        if kind not in _NEXT[last]:
            raise ValueError(f"{kind} cannot follow {last}")
        digests = [self._record(text, "data") for text in texts]
        digest = self._record(_event_text(self._events, kind, digests), "event")
        self._events.append(Event(kind, digest, ()))
        return digest

    def _record(self, text: str, kind: str) -> str:
        digest, content = sha256_hex(text), text.encode()
        name = f"{digest}.{kind}.json" if kind else "BELENIOS"
        self.target.write(
            _header(name, len(content), self.timestamp) + content + bytes(-len(content) % _BLOCK)
        )
        return digest
