"""How do all public data of an election lie in one file, octet for octet? (BELENIOS 3)"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import BinaryIO

from gaoxin_vote.belenios.compact import parse, read, sha256_hex, write
from gaoxin_vote.belenios.evidence import Flaw, Unsupported, found_at, require, require_supported
from gaoxin_vote.errors import EvidenceBroken

_BLOCK = 512
_LONGEST_RECORD = 64 * 2**20
"""bytes; a ballot of 1,000 questions is below 4 MB"""
_NAME = re.compile(r"(?:BELENIOS|(?P<digest>[0-9a-f]{64})\.(?P<kind>data|event)\.json)")


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
_RECORDS = dict(zip(EventType, (4, 1, 0, 2, 2, 1), strict=True))
"""How many data records stand before the event; the last one is its payload."""


def _header(name: str, size: int, timestamp: int) -> bytes:
    """The 512 bytes before a record: a tar header with nothing in it that could vary."""
    front = name.encode().ljust(100, b"\0") + b"0000644\0" + 2 * b"0000000\0"
    front += b"%011o\0%011o\0" % (size, timestamp)
    back = b"0".ljust(356, b"\0")
    return front + b"%06o\0 " % (sum(front) + sum(b" " * 8) + sum(back)) + back


def _padding(size: int) -> bytes:
    return bytes(-size % _BLOCK)


@dataclass(frozen=True, slots=True)
class _EventText:
    """The first event has no parent, and EndBallots no payload."""

    parent: str | None
    height: int
    type: str
    payload: str | None


@dataclass(frozen=True, slots=True)
class _SetupText:
    election: str
    trustees: str
    credentials: str


@dataclass(frozen=True, slots=True)
class _OwnedText:
    owner: int
    payload: str


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
    owner: int = 0
    """of a partial decryption"""


@dataclass(frozen=True, slots=True)
class Board:
    """The chain of events of an archive, without the contents of its records."""

    timestamp: int
    events: tuple[Event, ...]

    def of(self, kind: EventType) -> tuple[Event, ...]:
        """The events of one type, in order."""
        return tuple(event for event in self.events if event.kind is kind)

    @property
    def last(self) -> Event:
        """The last event; its digest is the fingerprint of the whole board."""
        return self.events[-1]


def read_text(stream: BinaryIO, record: Record) -> str:
    """The text of a data record, read again; raises `EvidenceBroken` if the file has changed since."""
    stream.seek(record.offset)
    text = _decoded(stream.read(record.size))
    require(sha256_hex(text) == record.digest, Flaw.DIGEST, "核验期间文件发生了变化")
    return text


def _decoded(content: bytes) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError:
        raise EvidenceBroken(Flaw.MALFORMED, "不是 UTF-8 文本") from None


def read_board(stream: BinaryIO) -> Board:
    """The events of the archive in `stream`, read once from the start, record by record.

    Every octet is checked: each header against the one that we would write, each name against the digest
    of its record, each event against the one that its place demands. What the other records mean is not.
    Raises `EvidenceBroken` naming the record, `Refused` for what is not supported.
    """
    stream.seek(0)
    timestamp, events, pending = -1, list[Event](), list[tuple[Record, str]]()
    for place, (name, mtime, offset, content) in enumerate(_records(stream), 1):
        with found_at(f"文件第 {place} 条记录"):
            match, text = _NAME.fullmatch(name), _decoded(content)
            if match is None or (place == 1) != (match["digest"] is None):
                raise EvidenceBroken(Flaw.TAR, "记录名称不合规定")
            timestamp = _timestamp(text) if place == 1 else timestamp
            require(mtime == timestamp, Flaw.TAR, "记录时间与文件开头所载不同")
            require(place == 1 or sha256_hex(text) == match["digest"], Flaw.DIGEST, "内容与名称中的摘要不符")
            if match["kind"] == "data":
                # The texts of ballots are not kept: they are read again, one at a time.
                ballot = bool(events) and EventType.BALLOT in _NEXT[events[-1].kind]
                pending.append((Record(match["digest"], offset, len(content)), "" if ballot else text))
            elif match["kind"] == "event":
                events.append(_expected_event(events, pending, text))
                pending.clear()
    require(bool(events) and not pending, Flaw.INCOMPLETE, "文件不完整：末尾不是一个事件")
    return Board(timestamp, tuple(events))


def _records(stream: BinaryIO) -> Iterator[tuple[str, int, int, bytes]]:
    """Name, mtime, offset and content of each record."""
    while header := stream.read(_BLOCK):
        name = header[:100].split(b"\0")[0].decode("ascii", "replace").replace("\ufffd", "?")
        try:
            size, mtime = int(header[124:135], 8), int(header[136:147], 8)
        except ValueError:
            size, mtime = -1, -1
        canonical = min(size, mtime) >= 0 and header == _header(name, size, mtime)
        require(canonical, Flaw.TAR, f"文件记录头不合规定（{name or '空'}）")
        require(size <= _LONGEST_RECORD, Flaw.TAR, "文件中有过大的记录")
        offset, content = stream.tell(), stream.read(size)
        complete = len(content) == size and stream.read(-size % _BLOCK) == _padding(size)
        require(complete, Flaw.INCOMPLETE, "文件不完整，或记录之间有多余内容")
        yield name, mtime, offset, content


def _timestamp(text: str) -> int:
    """The timestamp in the first record: a string as the tool writes it, or a number as specified."""
    match = re.fullmatch(r'\{"version":(?P<version>[0-9]+),"timestamp":("?)(?P<time>0|[1-9][0-9]*)\2\}', text)
    if match is None:
        raise EvidenceBroken(Flaw.MALFORMED, "文件开头不合规定")
    require_supported(match["version"] == "1", Unsupported.VERSION, f"档案格式版本 {match['version']}")
    return int(match["time"])


def _expected_event(events: list[Event], pending: list[tuple[Record, str]], text: str) -> Event:
    """The event in `text`, if it is the one that its place in the chain and its records demand."""
    value, last, owner = read(text), events[-1].kind if events else None, 0
    name = str(value.get("type")) if isinstance(value, dict) else ""
    kind = next((kind for kind in _NEXT[last] if kind.value == name), None)
    if kind is None:
        after = f"在 {last.value} 之后" if last else "在开头"
        raise EvidenceBroken(Flaw.EVENT_ORDER, f"{name or '未知'} 事件不应出现{after}")
    records = tuple(record for record, _ in pending)
    certified = kind is EventType.SETUP and len(records) == _RECORDS[kind] + 1
    require_supported(not certified, Unsupported.CERTIFICATE, "由凭证机构签发的凭证名单证书")
    words = f"{name} 事件之前应有 {_RECORDS[kind]} 条内容，实有 {len(records)} 条"
    require(len(records) == _RECORDS[kind], Flaw.LINK, words)
    chained = text == _event_text(events, kind, [record.digest for record in records])
    require(chained, Flaw.CHAIN, f"{name} 事件未按规定接在前一事件之后")
    if kind is EventType.SETUP:
        named = pending[-1][1] == write(_SetupText(*(record.digest for record in records[:3])))
        require(named, Flaw.LINK, "选举设置未指明其前的选举、监票密钥和凭证名单")
    if kind is EventType.PARTIAL_DECRYPTION:
        owned = parse(_OwnedText, pending[-1][1])
        require(owned.payload == records[0].digest, Flaw.LINK, "部分解密事件未指明其前的部分解密")
        owner = owned.owner
    return Event(kind, sha256_hex(text), records, owner)


def _event_text(events: list[Event], kind: EventType, digests: list[str]) -> str:
    """The text of an event after `events` and the records with these digests."""
    parent, payload = events[-1].digest if events else None, digests[-1] if digests else None
    return write(_EventText(parent, len(events), kind.value, payload))


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
        return self._event(EventType.SETUP, *texts, write(_SetupText(*map(sha256_hex, texts))))

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
        return self._event(EventType.PARTIAL_DECRYPTION, text, write(_OwnedText(owner, sha256_hex(text))))

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
        self.target.write(_header(name, len(content), self.timestamp) + content + _padding(len(content)))
        return digest
