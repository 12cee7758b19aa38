"""Are empty forms and tables handed out as workbooks that come back as what they were?"""

import io
from pathlib import Path

import openpyxl
import pytest

from gaoxin_vote.domain.contest import ContestCode
from gaoxin_vote.errors import Refused, Unavailable
from gaoxin_vote.spreadsheets.importing import read_file
from gaoxin_vote.spreadsheets.kind_list import ENTERED
from gaoxin_vote.spreadsheets.kinds.sessions import SESSIONS
from gaoxin_vote.spreadsheets.kinds.standings import EVENTS
from gaoxin_vote.spreadsheets.kinds.tallies import tally_kind
from gaoxin_vote.spreadsheets.kinds.units import UNITS
from gaoxin_vote.spreadsheets.reading.spreadsheet import SpreadsheetFile
from gaoxin_vote.storage.audit import AuditLog
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.workflow.results.assessing import inputs
from gaoxin_vote.workflow.results.entering import reading_context
from gaoxin_vote.workflow.results.handing_out import (
    HandedOut,
    HandingReason,
    counts_workbook,
    empty_form,
    kept_workbook,
    sessions_workbook,
)
from gaoxin_vote.workflow.results.intake import preview_import
from gaoxin_vote.workflow.setup.register import kept
from tests.contests import PEER, PEER_RULES


def test_what_a_finished_year_keeps_is_read_back_from_its_workbooks(finished: Workspace) -> None:
    acts = len(AuditLog(finished).entries())
    context = reading_context(finished, 2017)
    written = 0
    for kind in ENTERED:
        values = kept(finished, 2017, kind)
        if not values:
            with pytest.raises(Refused, match=kind.label) as refused:
                kept_workbook(finished, 2017, kind)
            assert refused.value.reason is HandingReason.NOTHING_KEPT
            continue
        made = kept_workbook(finished, 2017, kind)
        assert made.name == f"2017年{kind.layout.title}.xlsx"
        result = read_file(kind, SpreadsheetFile(made.name, made.content), context)
        assert (result.values, result.errors) == (values, ()), kind.label
        sheet = openpyxl.load_workbook(io.BytesIO(made.content)).worksheets[0]
        assert sheet["A1"].value == f"{kind.layout.title}（演示数据）"
        assert sheet.oddHeader.right.text == "演示数据"
        written += 1
    assert written == 6
    assert len(AuditLog(finished).entries()) == acts


def test_the_counts_and_the_sessions_are_workbooks_too(finished: Workspace) -> None:
    context, given = reading_context(finished, 2017), inputs(finished, 2017)
    made = counts_workbook(finished, 2017, PEER.code)
    lines = read_file(tally_kind(PEER_RULES), SpreadsheetFile(made.name, made.content), context)
    (tally,) = [tally for tally in given.tallies if tally.contest == PEER]
    assert lines.problems == () and tuple(line.count for line in lines.values) == tally.counts
    made = sessions_workbook(finished, 2017)
    sessions = read_file(SESSIONS, SpreadsheetFile(made.name, made.content), context)
    assert sessions.problems == ()
    assert [line.reconciliation for line in sessions.values] == [
        tally.reconciliation for tally in given.tallies
    ]


def test_what_is_no_sample_carries_no_mark(bare: tuple[Workspace, int, Path]) -> None:
    workspace, year, _ = bare
    content = kept_workbook(workspace, year, UNITS).content
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    assert (sheet["A1"].value, sheet.oddHeader.right.text) == (UNITS.layout.title, None)


def test_a_contest_that_was_not_counted_has_no_workbook(bare: tuple[Workspace, int, Path]) -> None:
    workspace, year, _ = bare
    with pytest.raises(Refused, match="部门互评计票统计表还没有内容"):
        counts_workbook(workspace, year, ContestCode("peer"))
    with pytest.raises(Refused, match="计票结果报告还没有内容"):
        sessions_workbook(workspace, year)


def test_a_form_has_the_units_of_the_year_and_is_imported_as_it_is(
    bare: tuple[Workspace, int, Path], tmp_path: Path
) -> None:
    workspace, year, _ = bare
    path = empty_form(workspace, year, UNITS).save(tmp_path / "表.xlsx")
    assert not preview_import(workspace, year, UNITS, path).changes
    form = empty_form(workspace, year, EVENTS)
    assert form.name == "取消优良资格情形登记表模板.xlsx"
    path = form.save(tmp_path / form.name)
    assert preview_import(workspace, year, EVENTS, path).read == 0


def test_a_workbook_that_cannot_be_written_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "没有这个文件夹" / "表.xlsx"
    with pytest.raises(Unavailable):
        HandedOut("表.xlsx", b"x").save(path)
    assert not path.parent.exists()
