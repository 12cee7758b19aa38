"""Is every octet of an archive, every record and every event where it must be?"""

import io
import json
from collections.abc import Callable
from typing import Any

import pytest

from gaoxin_vote.belenios.archive import read_board
from gaoxin_vote.belenios.compact import write
from gaoxin_vote.belenios.evidence import Flaw, Unsupported
from gaoxin_vote.belenios.verification import verify_archive
from gaoxin_vote.errors import EvidenceBroken
from tests.belenios.corruption import Event, Parts, chained, digest, pack, refusal
from tests.belenios.samples import TIMESTAMP

# Events, with records, digests and links otherwise in order. 0 Setup, 1-3 Ballot, 4 EndBallots,
# 5 EncryptedTally, 6-8 PartialDecryption, 9 Result.
ZERO = "0" * 64


def swap_events(events: list[Event], first: int, second: int) -> None:
    """Exchange two events."""
    events[first], events[second] = events[second], events[first]


def with_extra(place: int, **extra: object) -> Callable[[list[Event]], None]:
    """One event has these members besides, or instead."""
    return lambda events: setattr(events[place], "extra", extra)


def with_record(place: int, number: int, text: str) -> Callable[[list[Event]], None]:
    """One event has another text as its record `number`."""
    return lambda events: events[place].records.__setitem__(number, text)


def certified(setup: Event) -> None:
    """The setup also has, and names, the certificate of a credential authority."""
    links = json.loads(setup.records[3]) | {"credentials_certificate": digest("{}")}
    setup.records[3:] = ["{}", write(links)]


IN_EVENTS: dict[str, tuple[Flaw | Unsupported, Callable[[list[Event]], Any]]] = {
    "ballot after the end": (Flaw.EVENT_ORDER, lambda events: swap_events(events, 3, 4)),
    "ballot after the tally": (Flaw.EVENT_ORDER, lambda events: events.insert(6, events.pop(3))),
    "ballot after the result": (Flaw.EVENT_ORDER, lambda events: events.append(events.pop(3))),
    "no end of the ballots": (Flaw.EVENT_ORDER, lambda events: events.pop(4)),
    "a ballot between two ends": (Flaw.EVENT_ORDER, lambda events: events.insert(3, Event("EndBallots", []))),
    "two ends of the ballots": (Flaw.EVENT_ORDER, lambda events: events.insert(4, Event("EndBallots", []))),
    "no tally": (Flaw.EVENT_ORDER, lambda events: events.pop(5)),
    "two tallies": (Flaw.EVENT_ORDER, lambda events: events.insert(5, events[5])),
    "no partial decryption": (Flaw.EVENT_ORDER, lambda events: events.__delitem__(slice(6, 9))),
    "share after the result": (Flaw.EVENT_ORDER, lambda events: swap_events(events, 8, 9)),
    "two results": (Flaw.EVENT_ORDER, lambda events: events.append(events[9])),
    "two setups": (Flaw.EVENT_ORDER, lambda events: events.insert(1, events[0])),
    "no setup": (Flaw.EVENT_ORDER, lambda events: events.pop(0)),
    "a shuffle": (Flaw.EVENT_ORDER, lambda events: events.insert(6, Event("Shuffle", ["{}", "{}"]))),
    "an unknown event": (Flaw.EVENT_ORDER, lambda events: events.insert(6, Event("Recount", ["{}"]))),
    "event without type": (Flaw.EVENT_ORDER, lambda events: setattr(events[4], "kind", None)),
    "wrong parent": (Flaw.CHAIN, lambda events: setattr(events[3], "parent", "0" * 64)),
    "parent left out by one": (Flaw.CHAIN, lambda events: setattr(events[3], "height", 4)),
    "height as a text": (Flaw.CHAIN, lambda events: setattr(events[3], "height", "3")),
    "payload missing": (Flaw.CHAIN, lambda events: setattr(events[3], "payload", False)),
    "payload where there is none": (Flaw.CHAIN, with_extra(4, payload=ZERO)),
    "unknown member in an event": (Flaw.CHAIN, with_extra(4, note=1)),
    "payload of another record": (Flaw.CHAIN, with_extra(3, payload=ZERO)),
    "unused record": (Flaw.LINK, lambda events: events[3].records.insert(0, "{}")),
    "record missing": (Flaw.LINK, lambda events: events[5].records.pop(0)),
    "records turned": (
        Flaw.CHAIN,
        lambda events: with_extra(5, payload=digest(events[5].records[0]))(events),
    ),
    "setup names other credentials": (Flaw.LINK, with_record(0, 2, "[]")),
    "share named by another digest": (
        Flaw.LINK,
        lambda events: with_record(6, 0, events[7].records[0])(events),
    ),
    "tally named by another digest": (Flaw.TALLY, with_record(5, 0, "[]")),
    "a credentials certificate": (Unsupported.CERTIFICATE, lambda events: certified(events[0])),
    "five records without a certificate": (Flaw.LINK, lambda events: events[0].records.insert(3, "{}")),
}


@pytest.mark.parametrize("name", IN_EVENTS)
def test_events_with(valid: Parts, name: str) -> None:
    reason, change = IN_EVENTS[name]
    events = valid.copy().events()
    change(events)
    assert refusal(valid.archive(events)).reason is reason


FOLLOWS = {
    "Setup": {"Ballot", "EndBallots"},
    "Ballot": {"Ballot", "EndBallots"},
    "EndBallots": {"EncryptedTally"},
    "EncryptedTally": {"PartialDecryption"},
    "PartialDecryption": {"PartialDecryption", "Result"},
    "Result": set[str](),
}
"""What may come after each event of an election with homomorphic questions (BELENIOS 3.1)."""


def test_no_event_follows_another_but_as_specified(valid: Parts) -> None:
    events = {event.kind: event for event in valid.events()}
    events |= {"Shuffle": Event("Shuffle", ["{}", "{}"]), "EndShuffles": Event("EndShuffles", [])}
    for length, allowed in enumerate([{"Setup"}, *FOLLOWS.values()]):
        way = [events[kind] for kind in list(FOLLOWS)[:length]]
        for kind, event in events.items():
            archive = io.BytesIO(valid.archive([*way, event]))
            if kind in allowed:
                assert read_board(archive).events[-1].kind.value == kind
                continue
            with pytest.raises(EvidenceBroken, match=f"之后不应是{kind}事件") as caught:
                read_board(archive)
            assert caught.value.reason is Flaw.EVENT_ORDER


def test_an_election_with_other_questions_is_told_so_though_it_has_other_events(valid: Parts) -> None:
    parts = valid.copy()
    parts.election["questions"][0] = {"type": "NonHomomorphic", "value": {"answers": ["甲"], "question": ""}}
    events = parts.events()
    events[6:6] = [Event("Shuffle", ["{}", "{}"]), Event("EndShuffles", [])]
    assert refusal(parts.archive(events)).reason is Unsupported.QUESTION


# Octets of the file: everything inside is in order.
def _records_of(parts: Parts) -> list[tuple[str, str]]:
    return chained(parts.events(), TIMESTAMP)


def _header_changed(archive: bytes, place: int, new: bytes, start: int = 0) -> bytes:
    """The header at `start` with `new` at `place` and its checksum made anew."""
    block = bytearray(archive[start : start + 512])
    block[place : place + len(new)] = new
    block[148:156] = b" " * 8
    block[148:156] = b"%06o\0 " % sum(block)
    return archive[:start] + bytes(block) + archive[start + 512 :]


IN_OCTETS: dict[str, tuple[Flaw | Unsupported, Callable[[bytes], bytes]]] = {
    "a magic word": (Flaw.TAR, lambda archive: _header_changed(archive, 257, b"ustar")),
    "an owner": (Flaw.TAR, lambda archive: _header_changed(archive, 265, b"root")),
    "a mode": (Flaw.TAR, lambda archive: _header_changed(archive, 100, b"0000755")),
    "a user number": (Flaw.TAR, lambda archive: _header_changed(archive, 108, b"0000001")),
    "a group number": (Flaw.TAR, lambda archive: _header_changed(archive, 116, b"0000001")),
    "a link": (Flaw.TAR, lambda archive: _header_changed(archive, 156, b"1")),
    "a size in base 256": (Flaw.TAR, lambda archive: _header_changed(archive, 124, b"\x80" + bytes(11))),
    "a size in blanks": (Flaw.TAR, lambda archive: _header_changed(archive, 124, b"         53")),
    "a name that goes on after its end": (Flaw.TAR, lambda archive: _header_changed(archive, 20, b"x")),
    "a wrong checksum": (Flaw.TAR, lambda archive: archive[:148] + b"000000" + archive[154:]),
    "another time": (Flaw.TAR, lambda archive: _header_changed(archive, 136, b"00000000001", 1024)),
    "another first time": (
        Flaw.TAR,
        lambda archive: _header_changed(archive, 136, b"00000000001"),
    ),
    "end of archive blocks": (Flaw.TAR, lambda archive: archive + bytes(1024)),
    "octets after the end": (Flaw.TAR, lambda archive: archive + b"x"),
    "octets in the padding": (Flaw.INCOMPLETE, lambda archive: archive[:1023] + b"x" + archive[1024:]),
    "cut in a header": (Flaw.TAR, lambda archive: archive[:1324]),
    "cut in a record": (Flaw.INCOMPLETE, lambda archive: archive[:1600]),
    "cut in the padding": (Flaw.INCOMPLETE, lambda archive: archive[:-1]),
    "nothing": (Flaw.INCOMPLETE, lambda archive: b""),
    "first record only": (Flaw.INCOMPLETE, lambda archive: archive[:1024]),
    "first record missing": (Flaw.TAR, lambda archive: archive[1024:]),
    "first record twice": (Flaw.TAR, lambda archive: archive[:1024] + archive),
}


@pytest.mark.parametrize("name", IN_OCTETS)
def test_octets_with(valid: Parts, name: str) -> None:
    flaw, change = IN_OCTETS[name]
    assert refusal(change(valid.archive())).reason is flaw


Record = tuple[str, str]

# Name and text of one record; all names but the changed ones fit.
IN_RECORDS: dict[str, tuple[Flaw | Unsupported, int, Callable[[str, str], Record]]] = {
    "name in capitals": (Flaw.DIGEST, 1, lambda name, text: (name[:64].upper() + name[64:], text)),
    "name of another record": (Flaw.DIGEST, 1, lambda name, text: (ZERO + name[64:], text)),
    "event under another digest": (Flaw.DIGEST, 5, lambda name, text: (ZERO + name[64:], text)),
    "another ending": (Flaw.TAR, 1, lambda name, text: (name.replace("json", "txt"), text)),
    "event named as data": (Flaw.EVENT_ORDER, 5, lambda name, text: (name.replace("event", "data"), text)),
    "data named as event": (Flaw.EVENT_ORDER, 6, lambda name, text: (name.replace("data", "event"), text)),
    "another file version": (Unsupported.VERSION, 0, lambda name, text: (name, text.replace(":1,", ":2,"))),
    "another time in the text": (Flaw.TAR, 0, lambda name, text: (name, text.replace("80", "81"))),
    "time with a leading zero": (Flaw.TAR, 0, lambda name, text: (name, text.replace('p":"', 'p":"0'))),
    "time of 5000 digits": (
        Flaw.TAR,
        0,
        lambda name, text: (name, text.replace(str(TIMESTAMP), "9" * 5000)),
    ),
    "time of 5000 digits without quotes": (
        Flaw.TAR,
        0,
        lambda name, text: (name, text.replace(f'"{TIMESTAMP}"', "9" * 5000)),
    ),
    "a blank in the first text": (Flaw.TAR, 0, lambda name, text: (name, text.replace(",", ", "))),
    "another first name": (Flaw.TAR, 0, lambda name, text: ("BELENIO", text)),
}


@pytest.mark.parametrize("name", IN_RECORDS)
def test_records_with(valid: Parts, name: str) -> None:
    reason, place, change = IN_RECORDS[name]
    records = _records_of(valid)
    records[place] = change(*records[place])
    assert refusal(pack(records, TIMESTAMP)).reason is reason


def test_a_record_after_the_last_event_is_refused(valid: Parts) -> None:
    records = _records_of(valid)
    assert refusal(pack([*records, records[6]], TIMESTAMP)).reason is Flaw.INCOMPLETE


def test_octets_that_are_no_text_are_refused_under_their_own_digest(valid: Parts) -> None:
    parts = valid.copy()
    parts.trustees[0][1]["name"] = "本机\udcff"
    archive = parts.archive()
    assert b"\xff" in archive
    assert refusal(archive).reason is Flaw.MALFORMED


def test_octets_that_are_no_text_are_refused_under_the_digest_of_what_they_are_mended_to(
    valid: Parts,
) -> None:
    parts = valid.copy()
    parts.trustees[0][1]["name"] = "本机\ufffd"
    records = _records_of(parts)
    assert verify_archive(pack(records, TIMESTAMP)).trustees.names[0] == "本机\ufffd"
    archive = pack([(name, text.replace("\ufffd", "\udcff")) for name, text in records], TIMESTAMP)
    assert b"\xff" in archive
    assert refusal(archive).reason is Flaw.DIGEST


def test_the_time_may_stand_as_a_number(valid: Parts) -> None:
    records = _records_of(valid)
    records[0] = ("BELENIOS", records[0][1].replace(f'"{TIMESTAMP}"', str(TIMESTAMP)))
    assert verify_archive(pack(records, TIMESTAMP)).timestamp == TIMESTAMP
