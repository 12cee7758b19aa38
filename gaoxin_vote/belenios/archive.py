"""How do all public data of an election lie in one file, octet for octet? (BELENIOS 3)"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import BinaryIO

from gaoxin_vote.belenios.compact import members, read, sha256_hex, write
from gaoxin_vote.belenios.evidence import Flaw, Unsupported, broken, found_at, unsupported

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
_RECORDS = {
    EventType.SETUP: 4,
    EventType.BALLOT: 1,
    EventType.END_BALLOTS: 0,
    EventType.ENCRYPTED_TALLY: 2,
    EventType.PARTIAL_DECRYPTION: 2,
    EventType.RESULT: 1,
}
"""How many data records stand before the event; the last one is its payload."""


def _header(name: str, size: int, timestamp: int) -> bytes:
    """The 512 bytes before a record: a tar header with nothing in it that could vary."""
    block = bytearray(_BLOCK)
    block[0 : len(name)] = name.encode()
    block[100:108] = b"0000644\0"
    block[108:116] = block[116:124] = b"0000000\0"
    block[124:136] = b"%011o\0" % size
    block[136:148] = b"%011o\0" % timestamp
    block[148:156] = b" " * 8
    block[156:157] = b"0"
    block[148:156] = b"%06o\0 " % sum(block)
    return bytes(block)


def _padding(size: int) -> bytes:
    return bytes(-size % _BLOCK)


def _event_text(parent: str | None, height: int, kind: EventType, payload: str | None) -> str:
    """The text of an event; the first has no parent, and EndBallots no payload."""
    value: dict[str, object] = {} if parent is None else {"parent": parent}
    value |= {"height": height, "type": kind.value}
    return write(value if payload is None else value | {"payload": payload})


def _setup_text(election: str, trustees: str, credentials: str) -> str:
    return write({"election": election, "trustees": trustees, "credentials": credentials})


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
    owner: int | None = None
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
    if sha256_hex(text) != record.digest:
        raise broken(Flaw.DIGEST, "核验期间文件发生了变化")
    return text


def _decoded(content: bytes) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError:
        raise broken(Flaw.MALFORMED, "不是 UTF-8 文本") from None


def read_board(stream: BinaryIO) -> Board:
    """The events of the archive in `stream`, read once from the start, record by record.

    Every octet is checked: each header against the one that we would write, each name against the digest
    of its record, each event against the one that its place demands, each link between records. What
    the texts mean is not. Raises `EvidenceBroken` naming the record, `Refused` for what is not supported.
    """
    stream.seek(0)
    timestamp: int | None = None
    events: list[Event] = []
    pending: list[tuple[Record, str]] = []
    for place, (name, offset, content, mtime) in enumerate(_records(stream), 1):
        with found_at(f"文件第 {place} 条记录"):
            text = _decoded(content)
            match = _NAME.fullmatch(name)
            if match is None or (place == 1) != (match["digest"] is None):
                raise broken(Flaw.TAR, "记录名称不合规定")
            if timestamp is None:
                timestamp = _parse_head(text)
            if mtime != timestamp:
                raise broken(Flaw.TAR, "记录时间与文件开头所载不同")
            if match["digest"] is None:
                continue
            if sha256_hex(text) != match["digest"]:
                raise broken(Flaw.DIGEST, "内容与名称中的摘要不符")
            if match["kind"] == "data":
                # Of ballots only the place is kept: their texts are read again, one at a time.
                kept = "" if events and events[-1].kind in (EventType.SETUP, EventType.BALLOT) else text
                pending.append((Record(match["digest"], offset, len(content)), kept))
            else:
                events.append(_checked_event(events, pending, text, match["digest"]))
                pending = []
    if timestamp is None or not events or pending:
        raise broken(Flaw.INCOMPLETE, "文件不完整：末尾不是一个事件")
    return Board(timestamp, tuple(events))


def _records(stream: BinaryIO) -> Iterator[tuple[str, int, bytes, int]]:
    """Name, offset of the content, content and mtime of each record."""
    while header := stream.read(_BLOCK):
        name = header[:100].split(b"\0")[0].decode("ascii", "replace")
        try:
            size, mtime = int(header[124:135], 8), int(header[136:147], 8)
        except ValueError:
            size, mtime = -1, -1
        if size < 0 or mtime < 0 or header != _header(name.replace("\ufffd", "?"), size, mtime):
            raise broken(Flaw.TAR, f"文件记录头不合规定（{name[:80] or '空'}）")
        if size > _LONGEST_RECORD:
            raise broken(Flaw.TAR, "文件中有过大的记录")
        offset = stream.tell()
        content = stream.read(size)
        if len(content) != size or stream.read(-size % _BLOCK) != _padding(size):
            raise broken(Flaw.INCOMPLETE, "文件不完整，或记录之间有多余内容")
        yield name, offset, content, mtime


def _parse_head(text: str) -> int:
    """The timestamp in the first record: a string as the tool writes it, or a number as specified."""
    version, timestamp = members(read(text), "version", "timestamp")
    if version is True or version != 1:
        raise unsupported(Unsupported.VERSION, f"档案格式版本 {version}")
    if re.fullmatch("0|[1-9][0-9]{0,10}", str(timestamp)) is None or isinstance(timestamp, bool):
        raise broken(Flaw.MALFORMED, "档案时间不是整数")
    return int(str(timestamp))


def _checked_event(events: list[Event], pending: list[tuple[Record, str]], text: str, digest: str) -> Event:
    """The event in `text`, if it is the one that its place in the chain demands."""
    value = read(text)
    name = value.get("type") if isinstance(value, dict) else None
    last = events[-1] if events else None
    if name not in {kind.value for kind in EventType}:
        raise broken(Flaw.EVENT_ORDER, f"不应有 {name} 事件")
    kind = EventType(name)
    if kind not in _NEXT[last.kind if last else None]:
        raise broken(Flaw.EVENT_ORDER, f"{kind.value} 事件不应在 {last.kind.value if last else '开头'} 之后")
    if kind is EventType.SETUP and len(pending) == _RECORDS[kind] + 1:
        raise unsupported(Unsupported.CERTIFICATE, "由凭证机构签发的凭证名单证书")
    if len(pending) != _RECORDS[kind]:
        raise broken(Flaw.LINK, f"{kind.value} 事件之前应有 {_RECORDS[kind]} 条内容，实有 {len(pending)} 条")
    payload = pending[-1][0].digest if pending else None
    if text != _event_text(last.digest if last else None, len(events), kind, payload):
        raise broken(Flaw.CHAIN, f"{kind.value} 事件未按规定接在前一事件之后")
    return Event(kind, digest, tuple(record for record, _ in pending), _checked_links(kind, pending))


def _checked_links(kind: EventType, pending: list[tuple[Record, str]]) -> int | None:
    """Check that the last record names the others before it; the owner of a partial decryption."""
    if kind is EventType.SETUP:
        election, trustees, credentials = (record.digest for record, _ in pending[:-1])
        if pending[-1][1] != _setup_text(election, trustees, credentials):
            raise broken(Flaw.LINK, "选举设置未指明其前的选举、监票密钥和凭证名单")
    if kind is EventType.ENCRYPTED_TALLY:
        *_, named = members(read(pending[-1][1]), "num_tallied", "total_weight", "encrypted_tally")
        if named != pending[0][0].digest:
            raise broken(Flaw.LINK, "计票事件未指明其前的加密计票")
    if kind is EventType.PARTIAL_DECRYPTION:
        owner, named = members(read(pending[-1][1]), "owner", "payload")
        if not isinstance(owner, int) or isinstance(owner, bool) or named != pending[0][0].digest:
            raise broken(Flaw.LINK, "部分解密事件未指明其前的部分解密")
        return owner
    return None


@dataclass(slots=True)
class ArchiveBuilder:
    """Writes an archive to `target`, event by event, each with the records that it demands.

    The methods take JSON texts, check only the order of events (`ValueError`: a mistake of the program)
    and return the digest of the event.
    """

    target: BinaryIO
    timestamp: int
    """seconds since 1970, in every record"""
    _events: list[tuple[EventType, str]] = field(default_factory=list)

    @classmethod
    def reopen(cls, target: BinaryIO) -> "ArchiveBuilder":
        """Go on with the archive that lies in `target`; raises `EvidenceBroken` if it is not in order."""
        board = read_board(target)
        target.seek(0, 2)
        return cls(target, board.timestamp, [(event.kind, event.digest) for event in board.events])

    def setup(self, election: str, trustees: str, credentials: tuple[str, ...]) -> str:
        """The election, its trustees and its public credentials, in the order of `credential_order`."""
        listed = write(list(credentials))
        data = _setup_text(*(sha256_hex(text) for text in (election, trustees, listed)))
        self._record("BELENIOS", write({"version": 1, "timestamp": str(self.timestamp)}))
        return self._event(EventType.SETUP, election, trustees, listed, data)

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
        return self._event(
            EventType.PARTIAL_DECRYPTION, text, write({"owner": owner, "payload": sha256_hex(text)})
        )

    def result(self, text: str) -> str:
        """The counts; nothing follows."""
        return self._event(EventType.RESULT, text)

    def _event(self, kind: EventType, *texts: str) -> str:
        last, parent = self._events[-1] if self._events else (None, None)
        if kind not in _NEXT[last]:
            raise ValueError(f"{kind} cannot follow {last}")
        for text in texts:
            self._record(f"{sha256_hex(text)}.data.json", text)
        payload = sha256_hex(texts[-1]) if texts else None
        event = _event_text(parent, len(self._events), kind, payload)
        self._record(f"{sha256_hex(event)}.event.json", event)
        self._events.append((kind, sha256_hex(event)))
        return self._events[-1][1]

    def _record(self, name: str, text: str) -> None:
        content = text.encode()
        self.target.write(_header(name, len(content), self.timestamp) + content + _padding(len(content)))
