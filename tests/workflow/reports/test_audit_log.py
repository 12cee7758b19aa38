"""Is every act shown in words, and what stands there that is none as it stands?"""

from pathlib import Path

import pytest
from sqlalchemy import insert

from gaoxin_vote.domain.acts import Act
from gaoxin_vote.domain.audit import chained
from gaoxin_vote.errors import EvidenceBroken
from gaoxin_vote.storage import schema
from gaoxin_vote.storage.audit import AuditLog
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.workflow.reports.audit_log import check, entries

Bare = tuple[Workspace, int, Path]


def note_as_it_stands(workspace: Workspace, year: int, act: str, content: str) -> None:
    """Append an entry that the program of today would not write, well chained."""
    log = AuditLog(workspace)
    entry = chained(len(log.entries()) + 1, year, "", act, content, log.head())
    row = {column: getattr(entry, column) for column in schema.audit.columns.keys()}  # noqa: SIM118
    with workspace.transaction() as connection:
        connection.execute(insert(schema.audit), row)


def test_an_import_is_named_by_its_kind(bare: Bare) -> None:
    workspace, year, _ = bare
    line = next(line for line in entries(workspace, year) if line.act == "导入单位名单")
    assert line.words == "文件：units.csv；方式：新增和更新；新增：5"


def test_fields_and_codes_are_shown_by_their_words(bare: Bare) -> None:
    workspace, year, _ = bare
    title = {"session": "x", "contest": "leader", "contest_title": "领导评议", "group": "", "number": 2}
    log = AuditLog(workspace)
    log.append(Act.NOTE_MEETING, {**title, "chair": "甲", "place": ""}, year=year)
    log.append(Act.PRINT_SLIPS, {**title, "slips": 3, "spares": 0, "mode": "drawn"}, year=year)
    log.append(Act.FINALISE, {"decision": "纪要", "grades": {"U01": "excellent"}}, year=year)
    chair, mode, grades = (line.words for line in entries(workspace, year)[-3:])
    assert chair == "会议：领导评议（第2次）；主持人：甲"
    assert mode == "会议：领导评议（第2次）；票码条：3；发放方式：随机抽取"
    assert [line.traces for line in entries(workspace, year)[-3:]] == ["会议编号：x", "会议编号：x", ""]
    assert grades == "审定意见：纪要；等次：U01 优秀"
    sheet = {**title, "form": "F5", "key": "x", "edition": 1, "version": 1, "record": "r", "sheet": "s"}
    log.append(Act.ISSUE_SHEET, sheet, year=year)
    assert entries(workspace, year)[-1].words == (
        "会议：领导评议（第2次）；报表：计票结果报告单；版次：1；编号：r"
    )
    assert entries(workspace, year)[-1].traces == "会议编号：x；版式：1；摘要：s"
    log.append(Act.WRITE_PACKAGE, {"package": "a.zip", "record": "00"}, year=year)
    assert (entries(workspace)[-1].words, entries(workspace)[-1].traces) == (
        "文件名：a.zip",
        "清单摘要：00",
    )


def test_every_field_of_every_act_has_chinese_words() -> None:
    names = {word for act in Act for word in (act.label, *act.fields.values())}
    assert names and not [name for name in names if any(sign.isascii() for sign in name)]


def test_an_act_without_time_counts_for_the_last_day_before_it(bare: Bare) -> None:
    workspace, year, _ = bare
    AuditLog(workspace).append(Act.SUSPEND_SESSION, {}, year=year)
    AuditLog(workspace).append(Act.OPEN_SESSION, {}, year=year, timed=False)
    timed, untimed = entries(workspace, year)[-2:]
    assert untimed.time_text == "" and timed.time_text[:10] == str(timed.day)
    assert untimed.day == timed.day is not None


@pytest.mark.parametrize(
    ("act", "content"),
    [
        ("session.dance", '{"chair":"甲"}'),
        ("entries.import", '{"file":"a.csv"}'),
        ("entries.import", '{"file":"a.csv","kind":"recipes"}'),
        ("year.finalise", '{"grades":{"U01":"superb"}}'),
        ("session.open", "not JSON"),
        ("session.open", '{"chair":"甲"}'),
    ],
)
def test_what_no_act_says_is_shown_as_it_stands(bare: Bare, act: str, content: str) -> None:
    workspace, year, _ = bare
    note_as_it_stands(workspace, year, act, content)
    line = entries(workspace, year)[-1]
    assert (line.act, line.words) == (act, content)


def test_a_log_that_was_touched_does_not_pass(bare: Bare) -> None:
    workspace, year, _ = bare
    assert check(workspace) == len(entries(workspace))
    with workspace.transaction() as connection:
        columns = {
            "year": year,
            "time": "",
            "act": "session.open",
            "content": "{}",
            "previous": "",
            "hash": "0",
        }
        number = len(entries(workspace)) + 1
        connection.execute(insert(schema.audit), {"number": number, **columns})
    with pytest.raises(EvidenceBroken) as broken:
        check(workspace)
    assert f"第{number}条" in broken.value.message
