"""Do the acts and the sessions of a record package tell one year?"""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from gaoxin_vote.domain.acts import Act
from gaoxin_vote.domain.codec import canonical_json
from gaoxin_vote.errors import EvidenceBroken
from gaoxin_vote.workflow.record.package_files import (
    AUDIT,
    MANIFEST,
    SESSIONS,
    zipped,
)
from gaoxin_vote.workflow.record.package_flaw import PackageFlaw
from gaoxin_vote.workflow.verify.acts import _check_slips
from gaoxin_vote.workflow.verify.any_file import verify_path
from gaoxin_vote.workflow.verify.as_text import described
from gaoxin_vote.workflow.verify.package import PackageReport
from tests.contests import LEADERSHIP
from tests.workflow.packages import Files, Repair, broken, edit_json, packaged, report_sheet

pytestmark = pytest.mark.usefixtures("proofs_once")


def _chained(files: Files, change: Callable[[list[Any]], object]) -> Files:
    """The audit log changed, its chain and head made right again."""
    import hashlib

    entries = json.loads(files[AUDIT])
    change(entries)
    manifest = json.loads(files[MANIFEST])
    previous = hashlib.sha256(f"audit|{manifest['workspace']}".encode()).hexdigest()
    for number, entry in enumerate(entries, 1):
        entry["number"], entry["previous"] = number, previous
        parts = [number, entry["year"], entry["time"], entry["act"], entry["content"], previous]
        previous = entry["hash"] = hashlib.sha256(canonical_json(parts).encode()).hexdigest()
    manifest["audit_head"] = previous
    return files | {AUDIT: canonical_json(entries).encode(), MANIFEST: canonical_json(manifest).encode()}


def _without(act: Act) -> Callable[[list[Any]], object]:
    return lambda entries: entries.__setitem__(slice(None), [e for e in entries if e["act"] != act.value])


def _reworded(act: Act, old: str, new: str) -> Callable[[list[Any]], object]:
    def change(entries: list[Any]) -> None:
        entry = next(entry for entry in entries if entry["act"] == act.value)
        assert old in entry["content"]
        entry["content"] = entry["content"].replace(old, new)

    return change


def _voided(entries: list[Any]) -> None:
    closed = next(entry for entry in entries if entry["act"] == Act.CLOSE_SESSION.value)
    content = canonical_json(json.loads(closed["content"]) | {"reason": "x"})
    entries.append({**entries[-1], "act": "session.void", "content": content})


def _issued_more(entries: list[Any]) -> None:
    """A sheet of the year that is not in the package."""
    issued = next(entry for entry in entries if entry["act"] == Act.ISSUE_SHEET.value)
    content = {
        name: json.loads(issued["content"])[name] for name in ("edition", "version", "sheet", "record")
    }
    entries.append({**issued, "content": canonical_json(content | {"form": "F7", "key": "2017"})})


def _reordered(entries: list[Any]) -> None:
    """Sealed before it was closed."""
    place = next(n for n, entry in enumerate(entries) if entry["act"] == Act.CLOSE_SESSION.value)
    entries[place : place + 2] = reversed(entries[place : place + 2])


def _reopened(entries: list[Any]) -> None:
    """Taken back, and sealed without another close."""
    place = next(n for n, entry in enumerate(entries) if entry["act"] == Act.CLOSE_SESSION.value)
    content = json.loads(entries[place]["content"])
    content.pop("reason")
    reopened = {**entries[place], "act": Act.REOPEN_SESSION.value, "content": canonical_json(content)}
    entries.insert(place + 1, reopened)


def test_times_that_run_backwards_are_told_and_break_nothing(
    package: Files, repaired: Repair, tmp_path: Path
) -> None:
    def earlier(entries: list[Any]) -> None:
        entries[-1]["time"] = "2017-01-01T00:00:00+00:00"
        for entry in entries:
            if entry["act"] == Act.HOLD_CEREMONY.value:
                entry["time"] = "2036-01-01T00:00:00+00:00"

    path = tmp_path / "package.zip"
    path.write_bytes(zipped(repaired(_chained(package, earlier))))
    told = described(verify_path(path))
    doubts = [line for line in told if "请核实" in line]
    assert any("审计日志第" in line and "2017-01-01" in line for line in doubts)
    assert any("签名时间" in line and "早于密钥发放" in line for line in doubts)


@pytest.mark.parametrize(
    "change",
    [
        _without(Act.HOLD_CEREMONY),
        _without(Act.CLOSE_SESSION),
        _without(Act.SEAL_SESSION),
        _reordered,
        _reopened,
        _without(Act.COUNT),
        _without(Act.FINALISE),
        _without(Act.ISSUE_SHEET),
        _reworded(Act.ISSUE_SHEET, '"edition":1', '"edition":2'),
        _reworded(Act.ISSUE_SHEET, '"version":1', '"version":2'),
        _reworded(Act.ISSUE_SHEET, '"sheet":"', '"sheet":"0'),
        _reworded(Act.ISSUE_SHEET, '"key":"', '"key":"x'),
        _reworded(Act.ISSUE_SHEET, '"record":"', '"record":"x'),
        _reworded(Act.ISSUE_SHEET, '"session":"', '"session":"x'),
        _issued_more,
        _reworded(Act.HOLD_CEREMONY, "区纪委", "别的人"),
        _reworded(Act.SEAL_SESSION, '"returned":9', '"returned":8'),
        _reworded(Act.SEAL_SESSION, '"handed":[]', '"handed":["U01"]'),
        _reworded(Act.COUNT, '"board":"', '"board":"0'),
        _reworded(Act.FINALISE, '"U01":"excellent"', '"U01":"good"'),
        _reworded(Act.FINALISE, "{", "["),
        _voided,
        _without(Act.OPEN_SESSION),
        _reworded(Act.OPEN_SESSION, '"number":1', '"number":2'),
        _reworded(Act.SEAL_SESSION, "领导评议", "部门互评"),
        _reworded(Act.SEAL_SESSION, '"added":0', '"added":1'),
        _without(Act.PRINT_SLIPS),
        _reworded(Act.PRINT_SLIPS, '"slips":9', '"slips":8'),
        _reworded(Act.OPEN_SESSION, '"slots":12', '"slots":11'),
        _reworded(Act.GIVE_SHARE, '"encrypted_tally":"', '"encrypted_tally":"0'),
    ],
)
def test_the_acts_tell_the_same_year(
    package: Files, tmp_path: Path, repaired: Repair, change: Callable[[list[Any]], object]
) -> None:
    error = broken(repaired(_chained(package, change)), tmp_path)
    assert error.reason in (PackageFlaw.AUDIT, PackageFlaw.MALFORMED)


SLIPS = [
    (Act.PRINT_SLIPS, {"slips": 9, "spares": 1}),
    (Act.PRINT_SLIPS, {"slips": 9, "spares": 2}),
    (Act.OPEN_SESSION, {"slots": 11}),
    (Act.ADD_SLIPS, {"slips": 1, "spares": 0, "electors": ["甲"], "reason": "漏列"}),
    (Act.CLOSE_SESSION, {}),
    (Act.REOPEN_SESSION, {}),
    (Act.ADD_SLIPS, {"slips": 0, "spares": 3, "electors": [], "reason": "不够"}),
    (Act.ADD_SLIPS, {"slips": 0, "spares": 1, "electors": [], "reason": "还不够"}),
    (Act.CLOSE_SESSION, {}),
    (Act.SEAL_SESSION, {}),
]
"""Printed again before the opening, then added to thrice: 16 slips, 10 electors."""


def _slips(place: int, **changes: object) -> list[tuple[str, dict[str, Any]]]:
    told = [(act.value, dict(content)) for act, content in SLIPS]
    told[place][1].update(changes)
    return told


def _moved(place: int, to: int) -> list[tuple[str, dict[str, Any]]]:
    told = [(act.value, dict(content)) for act, content in SLIPS]
    told.insert(to, told.pop(place))
    return told


@pytest.mark.parametrize(
    ("acts", "credentials", "added", "electors", "holds"),
    [
        (_slips(0), 16, 5, 10, True),
        (_slips(0), 15, 5, 10, False),  # a credential that no slip has
        (_slips(0), 16, 4, 10, False),  # the package tells of fewer
        (_slips(0), 16, 5, 9, False),  # nobody was added to 应到
        (_slips(1, spares=1), 16, 5, 10, False),
        (_slips(2, slots=12), 17, 5, 10, False),
        (_slips(3, slips=2), 17, 6, 11, False),  # nobody is named for one of them
        (_slips(6, spares=4), 16, 5, 10, False),
        (_slips(6, reason=""), 16, 5, 10, False),
        (_moved(6, 4), 16, 5, 10, True),
        (_moved(6, 5), 16, 5, 10, False),  # between close and reopening
        (_moved(7, 8), 16, 5, 10, False),  # after the last close
        (_moved(3, 2), 16, 5, 10, False),  # before the opening
    ],
)
def test_every_credential_is_a_slip_printed_or_added(
    package: Files,
    acts: list[tuple[str, dict[str, Any]]],
    credentials: int,
    added: int,
    electors: int,
    holds: bool,
) -> None:
    session = packaged(package, LEADERSHIP)
    numbers = replace(session.reconciliation, should_attend=electors)
    report = SimpleNamespace(credentials=("c",) * credentials)

    def check() -> None:
        _check_slips(acts, replace(session, added=added, reconciliation=numbers), report)  # type: ignore[arg-type]

    if holds:
        check()
        return
    with pytest.raises(EvidenceBroken, match="追加的票码条") as error:
        check()
    assert error.value.reason is PackageFlaw.AUDIT


def test_an_audit_entry_taken_out_is_noticed(package: Files, tmp_path: Path, repaired: Repair) -> None:
    def shorten(entries: Any) -> None:
        del entries[3]

    error = broken(repaired(edit_json(package, AUDIT, shorten)), tmp_path)
    assert "审计日志第4条" in error.message


def test_an_archive_belongs_to_its_session(package: Files, tmp_path: Path, repaired: Repair) -> None:
    session, sheet = packaged(package, LEADERSHIP), report_sheet(package, LEADERSHIP)
    other, its_sheet = replace(session, uuid="x" * 22), replace(sheet, key="x" * 22)

    def another(sessions: Any) -> None:
        sessions[0]["uuid"] = other.uuid

    def relisted(manifest: Any) -> None:
        (listed,) = (listed for listed in manifest["sheets"] if listed["key"] == sheet.key)
        listed["key"] = its_sheet.key

    files = edit_json(edit_json(package, SESSIONS, another), MANIFEST, relisted)
    for old, new in ((session.archive, other.archive), (session.bindings, other.bindings)):
        files[new] = files.pop(old)
    for old, new in ((sheet.pdf, its_sheet.pdf), (sheet.figures, its_sheet.figures)):
        files[new] = files.pop(old)
    assert broken(repaired(files), tmp_path).reason is PackageFlaw.QUESTIONS


def test_an_archive_has_the_title_of_its_session(package: Files, tmp_path: Path, repaired: Repair) -> None:
    def second(sessions: Any) -> None:
        sessions[0]["number"] = 2
        sessions[0]["minutes"]["number"] = 2

    error = broken(repaired(edit_json(package, SESSIONS, second)), tmp_path)
    assert error.reason is PackageFlaw.QUESTIONS


def _opened_before(entries: list[Any]) -> None:
    """Another session of the contest was opened, and voided, before."""
    place = next(n for n, entry in enumerate(entries) if entry["act"] == Act.OPEN_SESSION.value)
    content = canonical_json(json.loads(entries[place]["content"]) | {"session": "y" * 22})
    entries.insert(place, entries[place] | {"content": content})


def _voided_before(sessions: list[Any], number: int = 1) -> None:
    """Another session of the contest was prepared, and voided, before."""
    voided = {"uuid": "y" * 22, "stage": "voided", "void_reason": "x", "number": number}
    sessions.insert(0, sessions[0] | voided)


def _noted_void(entries: list[Any]) -> None:
    place = next(n for n, entry in enumerate(entries) if entry["act"] == Act.OPEN_SESSION.value)
    content = json.loads(entries[place]["content"]) | {"session": "y" * 22, "reason": "x"}
    content.pop("slots")
    voided = entries[place] | {"act": Act.VOID_SESSION.value, "content": canonical_json(content)}
    prepared = next(entry for entry in entries if entry["act"] == Act.PREPARE_SESSION.value)
    its_own = canonical_json(
        json.loads(prepared["content"]) | {"session": "y" * 22, "number": content["number"]}
    )
    entries[place:place] = [prepared | {"content": its_own}, voided]


def _renumbered(entries: list[Any]) -> None:
    for entry in entries:
        if "y" * 22 in entry["content"]:
            entry["content"] = entry["content"].replace('"number":1', '"number":2')


def test_a_session_that_never_opened_uses_up_no_number(
    package: Files, tmp_path: Path, repaired: Repair
) -> None:
    """It shares its number with the one after it, and is told apart by its uuid."""
    files = edit_json(package, SESSIONS, _voided_before)
    path = tmp_path / "package.zip"
    path.write_bytes(zipped(repaired(_chained(files, _noted_void))))
    assert isinstance(verify_path(path).found, PackageReport)
    opened = _chained(_chained(files, _noted_void), _opened_before)
    error = broken(repaired(opened), tmp_path)
    assert error.reason is PackageFlaw.AUDIT and "领导评议应为第2次" in error.message


def test_a_number_does_not_skip(package: Files, tmp_path: Path, repaired: Repair) -> None:
    files = edit_json(package, SESSIONS, lambda sessions: _voided_before(sessions, number=2))
    renamed = _chained(files, _noted_void)
    renamed = _chained(renamed, _renumbered)
    error = broken(repaired(renamed), tmp_path)
    assert error.reason is PackageFlaw.AUDIT and "应为第1次" in error.message


@pytest.mark.parametrize(
    "change",
    [
        lambda sessions: sessions.append(sessions[0]),
        lambda sessions: sessions[0].update(stage="closed"),
        lambda sessions: sessions[0].update(void_reason="x"),
        lambda sessions: sessions[0].update(slip_mode="named"),
        lambda sessions: sessions[1].update(units=sessions[1]["units"][:-1]),
        lambda sessions: sessions[1].update(handed_units=[]),
        lambda sessions: sessions[1].update(lost=1),
        lambda sessions: sessions[1].update(slip_mode="drawn"),
        lambda sessions: sessions.pop(),
    ],
)
def test_sessions_do_not_contradict_themselves_or_the_archives(
    package: Files, tmp_path: Path, repaired: Repair, change: Callable[[Any], object]
) -> None:
    assert broken(repaired(edit_json(package, SESSIONS, change)), tmp_path)


def test_a_session_of_the_log_cannot_be_left_out(package: Files, tmp_path: Path, repaired: Repair) -> None:
    def held_again(entries: list[Any]) -> None:
        entry = next(entry for entry in entries if entry["act"] == Act.COUNT.value)
        content = canonical_json(json.loads(entry["content"]) | {"session": "y" * 22, "number": 2})
        entries.append({**entries[-1], "act": Act.COUNT.value, "content": content, "year": entry["year"]})

    error = broken(repaired(_chained(package, held_again)), tmp_path)
    assert (
        error.reason is PackageFlaw.SESSIONS
        and "考核档案包缺少审计日志中的会议：领导评议（第2次）" in error.message
    )


def test_the_log_ends_where_the_manifest_says(package: Files, tmp_path: Path, repaired: Repair) -> None:
    def one_more(entries: list[Any]) -> None:
        other = {"act": Act.REPLACE_SCHEME.value, "content": '{"scheme":"x"}', "year": None}
        entries.append(entries[-1] | other)

    grown = _chained(package, one_more)
    error = broken(repaired(grown | {MANIFEST: package[MANIFEST]}), tmp_path)
    assert error.reason is PackageFlaw.AUDIT and "末条" in error.message
