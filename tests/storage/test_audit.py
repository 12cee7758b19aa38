"""What was done in this workspace, in which order, and has the log been touched?"""

import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from gaoxin_vote.domain.acts import Act
from gaoxin_vote.domain.audit import AuditReason
from gaoxin_vote.errors import EvidenceBroken, Refused
from gaoxin_vote.storage.audit import AuditLog, ClockReason
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.storage.year import YearStore
from tests.stretching import CHEAP_COSTS

from .conftest import PASSPHRASE


@pytest.fixture
def log(workspace: Workspace) -> AuditLog:
    made = AuditLog(workspace)
    made.append(Act.CREATE_WORKSPACE, {"office": "考核办公室"})
    made.append(Act.OPEN_SESSION, {"session": 1}, year=2017)
    made.append(Act.PRINT_SLIPS, {"spares": 2}, year=2017, timed=False)
    return made


def test_entries(log: AuditLog) -> None:
    first, second, third = log.entries()
    assert [entry.number for entry in (first, second, third)] == [1, 2, 3]
    assert (first.year, first.act, first.content) == (None, "workspace.create", '{"office":"考核办公室"}')
    assert first.time == "2018-01-10T09:00:00+00:00"
    assert second.time == "2018-01-10T09:01:00+00:00"
    assert third.time == ""
    assert log.entries(2017) == (second, third)
    assert log.entries(2018) == ()


def test_no_time_before_the_last_one_is_noted(log: AuditLog, workspace: Workspace) -> None:
    """The third entry has no time; the second, of 09:01, is the one to be kept to."""
    noted = len(log.entries())
    workspace.clock = lambda: datetime(2018, 1, 10, 9, 0, 59, 999999, tzinfo=UTC)
    with pytest.raises(Refused) as refused:
        log.append(Act.CLOSE_SESSION, {"session": 1}, year=2017)
    assert refused.value.reason is ClockReason.BEHIND
    assert "2018年1月10日09时00分59秒（UTC+0，不是北京时间）" in refused.value.message
    log.append(Act.PRINT_SLIPS, {"spares": 3}, year=2017, timed=False)
    assert len(log.entries()) == noted + 1
    workspace.clock = lambda: datetime(2018, 1, 10, 17, 1, tzinfo=timezone(timedelta(hours=8)))
    log.append(Act.CLOSE_SESSION, {"session": 1}, year=2017)  # the same moment in another zone
    assert log.latest() == datetime(2018, 1, 10, 9, 1, tzinfo=UTC)


def test_the_chain_is_what_the_docstring_says(log: AuditLog, workspace: Workspace) -> None:
    previous = hashlib.sha256(b"audit|" + workspace.identity.encode()).hexdigest()
    for entry in log.entries():
        assert entry.previous == previous
        parts = [entry.number, entry.year, entry.time, entry.act, entry.content, previous]
        written = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
        previous = hashlib.sha256(written.encode()).hexdigest()
        assert entry.hash == previous
    assert log.head() == previous


def test_the_head_of_an_empty_log_is_the_workspace_s_own(workspace: Workspace) -> None:
    assert AuditLog(workspace).head() == hashlib.sha256(f"audit|{workspace.identity}".encode()).hexdigest()
    AuditLog(workspace).verify()


def test_an_untouched_log_verifies_after_reopening(
    log: AuditLog, workspace: Workspace, path: Path, clock: Callable[[], datetime]
) -> None:
    head = log.head()
    workspace.close()
    with Workspace.open(path, PASSPHRASE, clock=clock, costs=CHEAP_COSTS) as again:
        AuditLog(again).verify()
        assert AuditLog(again).head() == head


def test_an_act_that_fails_leaves_no_entry(log: AuditLog, workspace: Workspace) -> None:
    head = log.head()
    with pytest.raises(KeyError), workspace.transaction():
        YearStore(workspace).add(2018, "")
        log.append(Act.ADD_YEAR, {"scheme": "2018"})
        raise KeyError
    assert log.head() == head


def test_a_field_that_the_act_does_not_name_is_a_mistake(log: AuditLog) -> None:
    head = log.head()
    with pytest.raises(ValueError, match="SUSPEND_SESSION has no field chair, place"):
        log.append(Act.SUSPEND_SESSION, {"session": 1, "place": "三楼", "chair": "张三"})
    assert log.head() == head


def test_a_clock_without_time_zone_is_a_mistake(workspace: Workspace) -> None:
    workspace.clock = lambda: datetime(2018, 1, 10)
    with pytest.raises(ValueError, match="time zone"):
        AuditLog(workspace).append(Act.CREATE_WORKSPACE, {})
    assert AuditLog(workspace).entries() == ()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET act = 'x'",
        "UPDATE audit SET time = '' WHERE number = 1",
        "DELETE FROM audit WHERE number = 3",
        "REPLACE INTO audit SELECT * FROM audit WHERE number = 2",
        "INSERT INTO audit VALUES (9, NULL, '', 'x', '{}', '', '')",
        "INSERT INTO audit VALUES (0, NULL, '', 'x', '{}', '', '')",
    ],
)
def test_the_file_refuses_to_change_what_is_written(
    log: AuditLog, workspace: Workspace, statement: str
) -> None:
    before = log.entries()
    with pytest.raises(IntegrityError, match="append-only"), workspace.transaction() as connection:
        connection.execute(text(statement))
    assert log.entries() == before


def unlock(workspace: Workspace) -> None:
    with workspace.transaction() as connection:
        for trigger in ("audit_no_update", "audit_no_delete", "audit_next"):
            connection.execute(text(f"DROP TRIGGER {trigger}"))


@pytest.mark.parametrize(
    ("statement", "first_broken"),
    [
        ("UPDATE audit SET act = 'x' WHERE number = 2", 2),
        ("UPDATE audit SET content = '{\"session\":2}' WHERE number = 2", 2),
        ("UPDATE audit SET time = '2018-01-10T08:00:00+00:00' WHERE number = 3", 3),
        ("UPDATE audit SET year = 2018 WHERE number = 3", 3),
        ("UPDATE audit SET year = NULL WHERE number = 2", 2),
        ("UPDATE audit SET previous = hash WHERE number = 1", 1),
        ("UPDATE audit SET hash = previous WHERE number = 3", 3),
        ("DELETE FROM audit WHERE number = 1", 1),
        ("DELETE FROM audit WHERE number = 2", 2),
        ("UPDATE audit SET number = number + 10 WHERE number = 3", 3),
        ("UPDATE audit SET number = 4 - number WHERE number <> 2; ", 1),
    ],
)
def test_whoever_gets_round_that_is_found_out(
    log: AuditLog, workspace: Workspace, statement: str, first_broken: int
) -> None:
    unlock(workspace)
    log.verify()
    with workspace.transaction() as connection:
        if statement.endswith("; "):
            connection.execute(text("UPDATE audit SET number = number + 10"))
            connection.execute(text("UPDATE audit SET number = 14 - number"))
        else:
            connection.exec_driver_sql(statement)
    with pytest.raises(EvidenceBroken) as caught:
        log.verify()
    assert caught.value.reason is AuditReason.CHAIN_BROKEN
    assert f"第{first_broken}条" in caught.value.message


def test_a_log_cut_at_the_end_has_another_head(log: AuditLog, workspace: Workspace) -> None:
    """The chain alone cannot tell; whoever keeps the head (a record package) can."""
    head = log.head()
    unlock(workspace)
    with workspace.transaction() as connection:
        connection.execute(text("DELETE FROM audit WHERE number = 3"))
    log.verify()
    assert log.head() != head
