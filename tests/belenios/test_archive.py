"""Is an archive written event by event, continued after reopening, and read record by record?"""

import io
from pathlib import Path

import pytest

from gaoxin_vote.belenios.archive import ArchiveBuilder, EventType, read_board, read_text
from gaoxin_vote.belenios.evidence import Flaw
from gaoxin_vote.errors import EvidenceBroken
from tests.belenios.samples import TIMESTAMP, sample


def test_building_in_two_sittings_gives_the_same_octets(tmp_path: Path) -> None:
    one, path = sample(), tmp_path / "archive.bel"
    with path.open("w+b") as stream:
        builder = ArchiveBuilder(stream, TIMESTAMP)
        builder.setup(one.election.text, one.keys.trustees.text, one.listed)
        for ballot in one.ballots:
            builder.ballot(ballot)
        builder.end_ballots()
        bound = builder.encrypted_tally(one.tally.text, one.tally.sized_text)
    with path.open("r+b") as stream:
        assert read_board(stream).of(EventType.ENCRYPTED_TALLY)[0].digest == bound
        builder = ArchiveBuilder.reopen(stream)
        for owner, share in one.shares:
            builder.partial_decryption(owner, share)
        last = builder.result(one.result)
    assert path.read_bytes() == one.archive
    with path.open("rb") as stream:
        assert read_board(stream).events[-1].digest == last


def test_reading_gives_events_and_texts_back() -> None:
    one, stream = sample(), io.BytesIO(sample().archive)
    board = read_board(stream)
    assert board.timestamp == TIMESTAMP
    kinds = [event.kind for event in board.events]
    assert kinds[:5] == [EventType.SETUP, *[EventType.BALLOT] * 3, EventType.END_BALLOTS]
    assert kinds[5:] == [EventType.ENCRYPTED_TALLY, *[EventType.PARTIAL_DECRYPTION] * 3, EventType.RESULT]
    ballots = [read_text(stream, event.records[0]) for event in board.of(EventType.BALLOT)]
    assert tuple(ballots) == one.ballots


@pytest.mark.parametrize("call", ["ballot", "end_ballots", "encrypted_tally", "partial_decryption", "result"])
def test_events_out_of_order_are_a_mistake_of_the_program(call: str) -> None:
    arguments = {"ballot": ("{}",), "encrypted_tally": ("[]", "{}"), "partial_decryption": (1, "{}")}
    builder = ArchiveBuilder(io.BytesIO(), TIMESTAMP)
    with pytest.raises(ValueError, match="cannot follow"):
        getattr(builder, call)(*arguments.get(call, ("{}",) if call == "result" else ()))


def test_nothing_follows_the_result() -> None:
    builder = ArchiveBuilder.reopen(io.BytesIO(sample().archive))
    with pytest.raises(ValueError, match="cannot follow"):
        builder.result(sample().result)


def test_a_spoiled_archive_is_not_continued() -> None:
    with pytest.raises(EvidenceBroken):
        ArchiveBuilder.reopen(io.BytesIO(sample().archive[:-1]))


def test_text_that_changed_after_the_first_reading_is_noticed() -> None:
    stream = io.BytesIO(sample().archive)
    record = read_board(stream).of(EventType.BALLOT)[0].records[0]
    stream.seek(record.offset + 100)
    stream.write(b"x")
    with pytest.raises(EvidenceBroken) as caught:
        read_text(stream, record)
    assert caught.value.reason is Flaw.DIGEST


def test_record_too_large_is_refused_before_it_is_read() -> None:
    """A header may promise eight gigabytes; the file need not have them."""
    archive = bytearray(sample().archive[:512])
    archive[124:135] = b"77777777777"
    archive[148:156] = b" " * 8
    archive[148:156] = b"%06o\0 " % sum(archive)
    with pytest.raises(EvidenceBroken, match="过大") as caught:
        read_board(io.BytesIO(bytes(archive)))
    assert caught.value.reason is Flaw.TAR
