"""Does the log of acts show that it was touched?"""

import hashlib
from dataclasses import replace

import pytest

from gaoxin_vote.domain.audit import AuditEntry, AuditReason, chained, first_link, verify_chain
from gaoxin_vote.errors import EvidenceBroken


def log(identity: str = "w1") -> tuple[AuditEntry, ...]:
    entries: list[AuditEntry] = []
    previous = first_link(identity)
    for number, act in enumerate(("workspace.create", "year.add", "session.open", "tally.count"), start=1):
        entries.append(chained(number, 2017 if number > 1 else None, f"T{number}", act, "{}", previous))
        previous = entries[-1].hash
    return tuple(entries)


def first_fault(entries: tuple[AuditEntry, ...], identity: str = "w1") -> str:
    with pytest.raises(EvidenceBroken) as caught:
        verify_chain(entries, identity)
    assert caught.value.reason is AuditReason.CHAIN_BROKEN
    return caught.value.message


def test_a_log_that_nobody_touched_holds() -> None:
    verify_chain(log(), "w1")
    verify_chain((), "w1")


def test_the_hash_can_be_recomputed_by_anybody() -> None:
    text = '[1,null,"2018-01-05T09:00:00+08:00","year.add","{\\"甲\\":1}","ab"]'
    entry = chained(1, None, "2018-01-05T09:00:00+08:00", "year.add", '{"甲":1}', "ab")
    assert entry.hash == hashlib.sha256(text.encode()).hexdigest()
    assert first_link("w1") == hashlib.sha256(b"audit|w1").hexdigest()


@pytest.mark.parametrize(
    "change",
    [
        {"number": 3},
        {"year": None},
        {"time": ""},
        {"act": "year.finalise"},
        {"content": '{"scheme":"2018"}'},
        {"previous": "0" * 64},
        {"hash": "0" * 64},
    ],
)
def test_no_field_of_an_entry_can_be_changed(change: dict[str, object]) -> None:
    entries = log()
    touched = replace(entries[1], **change)  # type: ignore[arg-type]
    assert "第2条" in first_fault((entries[0], touched, *entries[2:]))


def test_an_entry_with_a_new_hash_no_longer_carries_the_next() -> None:
    entries = log()
    second = entries[1]
    forged = chained(2, second.year, second.time, "year.finalise", second.content, second.previous)
    assert "第3条" in first_fault((entries[0], forged, *entries[2:]))


def test_no_entry_can_be_taken_out_or_moved() -> None:
    first, second, third, fourth = log()
    assert "第1条" in first_fault((second, third, fourth))
    assert "第2条" in first_fault((first, third, fourth))
    assert "第2条" in first_fault((first, third, second, fourth))
    assert "第3条" in first_fault((first, second, second, third))


def test_a_log_belongs_to_one_workspace() -> None:
    assert "第1条" in first_fault(log("w2"), "w1")


def test_the_entries_are_numbered_from_the_first_without_a_gap() -> None:
    """Even where every hash is right."""
    alone = chained(2, 2017, "", "year.add", "{}", first_link("w1"))
    assert "第1条" in first_fault((alone,))
