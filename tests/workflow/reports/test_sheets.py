"""Is a sheet certified once, kept byte for byte, and issued again only for a reason?"""

import hashlib
import json
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from gaoxin_vote.domain.acts import Act
from gaoxin_vote.domain.minutes import SessionMinutes
from gaoxin_vote.domain.session import VotingSession
from gaoxin_vote.errors import Refused
from gaoxin_vote.storage.audit import AuditLog
from gaoxin_vote.storage.sheets import SheetStore
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.workflow.record.package import write_package
from gaoxin_vote.workflow.record.package_flaw import PackageReason
from gaoxin_vote.workflow.record.sample import SampleRun, sample_facts
from gaoxin_vote.workflow.reports import audit_log
from gaoxin_vote.workflow.reports.report_list import REPORTS
from gaoxin_vote.workflow.reports.sheets import (
    SheetName,
    SheetReason,
    ceremony_record_name,
    counts_on_screen,
    issue_sheet,
    issued_pdf,
    paper,
    reissue_sheet,
    roll_sheet_name,
    sheet_line,
    sheet_lines,
    tally_hash_name,
    tally_report_name,
    tracker_list_name,
)
from gaoxin_vote.workflow.session.meeting import MeetingReason, set_meeting
from gaoxin_vote.workflow.session.running import void_session
from gaoxin_vote.workflow.session.turnout import sessions
from gaoxin_vote.workflow.verify.any_file import verify_path
from gaoxin_vote.workflow.verify.package import PackageReport
from gaoxin_vote.workflow.verify.sheet import verify_sheet
from tests.contests import LEADERSHIP, PEER
from tests.documents.papers import page_texts
from tests.stretching import CHEAP_COSTS
from tests.workflow.conftest import Clock, Office, session_of

YEAR = 2017
pytestmark = pytest.mark.usefixtures("proofs_once")


@pytest.fixture
def year(sample_year: SampleRun, tmp_path: Path) -> Iterator[Workspace]:
    """A copy of the sample year, both sheets issued and the package written, to be changed."""
    own = tmp_path / "own.gxv"
    with sample_year.workspace.reading():
        shutil.copy(sample_year.workspace.path, own)
    with Workspace.open(own, sample_facts().passphrase, clock=Clock(20), costs=CHEAP_COSTS) as workspace:
        yield workspace


@pytest.fixture
def leader(year: Workspace) -> SheetName:
    """计票结果报告单 of 领导评议."""
    return tally_report_name(session_of(year, LEADERSHIP))


def _first(workspace: Workspace) -> VotingSession:
    return sessions(workspace, YEAR)[0].session


def _unissued(workspace: Workspace) -> None:
    """As if no sheet had ever been issued."""
    from sqlalchemy import text

    with workspace.transaction() as connection:
        connection.execute(text("DROP TRIGGER sheet_no_delete"))
        connection.execute(text("DELETE FROM sheet"))


def test_every_sheet_is_listed_with_its_readiness(year: Workspace, leader: SheetName) -> None:
    lines, peer = sheet_lines(year, YEAR), tally_report_name(session_of(year, PEER))
    assert [(line.title, line.name.form, line.name.key) for line in lines] == [
        ("密钥发放记录", "ceremony", "2017"),
        ("领导评议 计票结果报告单", "F5", leader.key),
        ("领导评议 查询码清单", "trackers", leader.key),
        ("领导评议 开箱前公示单", "opening", leader.key),
        ("领导评议 签到与领票登记表", "F3", leader.key),
        ("部门互评 计票结果报告单", "F5", peer.key),
        ("部门互评 查询码清单", "trackers", peer.key),
        ("部门互评 开箱前公示单", "opening", peer.key),
        ("部门互评 签到与领票登记表", "F3", peer.key),
    ]
    assert not any(line.readiness.words for line in lines)
    assert [line.name for line in lines if line.issued] == [leader, peer]
    assert all(line == sheet_line(year, YEAR, line.name) for line in lines)


def test_every_form_is_listed_once() -> None:
    from gaoxin_vote.documents.forms.catalogue import FORMS

    assert sorted(report.form.code for report in REPORTS) == sorted(form.code for form in FORMS)
    assert len({form.code for form in FORMS}) == len(FORMS)


def test_a_draft_is_not_kept_and_not_signed(year: Workspace, leader: SheetName) -> None:
    before = AuditLog(year).head()
    draft = paper(year, YEAR, leader)
    assert all("草稿" in page for page in page_texts(draft))
    assert b"/ByteRange" not in draft
    assert AuditLog(year).head() == before


def test_papers_of_the_room_are_had_at_any_time(year: Workspace) -> None:
    session = _first(year)
    for name, words in (
        (ceremony_record_name(YEAR), "密钥发放记录"),
        (roll_sheet_name(session), "签到与领票登记表"),
        (tally_hash_name(session), "开箱前公示单"),
        (tracker_list_name(session), "查询码清单"),
    ):
        assert words in page_texts(paper(year, YEAR, name))[0]
        with pytest.raises(Refused, match="打印后手签") as error:
            issue_sheet(year, YEAR, name)
        assert error.value.reason is SheetReason.NOT_CERTIFIED


def test_what_is_packed_is_what_was_issued(
    sample_year: SampleRun, year: Workspace, leader: SheetName, tmp_path: Path
) -> None:
    """The paper that is signed by hand is the file that is archived, however often it is packed."""
    issued = issued_pdf(year, YEAR, leader)
    again = write_package(year, YEAR, tmp_path / "again.zip")
    assert sample_year.sheets[1].read_bytes() == issued
    for package in (sample_year.package, again):
        with zipfile.ZipFile(package) as archive:
            assert archive.read(f"sheets/F5-{leader.key}.pdf") == issued
            listed = json.loads(archive.read("manifest.json"))["sheets"]
    assert listed[0] == {"form": "F5", "key": leader.key, "edition": 1, "version": 1}


def test_a_sheet_is_issued_once(year: Workspace, leader: SheetName) -> None:
    issued = issued_pdf(year, YEAR, leader)
    with pytest.raises(Refused, match="改版") as error:
        issue_sheet(year, YEAR, leader)
    assert error.value.reason is SheetReason.ISSUED
    assert issued_pdf(year, YEAR, leader) == issued


def test_it_is_not_issued_while_what_it_prints_is_missing(year: Workspace, leader: SheetName) -> None:
    _unissued(year)
    session = _first(year)
    set_meeting(year, session.id, SessionMinutes(LEADERSHIP, chair="张三"))
    for act in (lambda: issue_sheet(year, YEAR, leader), lambda: write_package(year, YEAR, Path("x.zip"))):
        head = AuditLog(year).head()
        with pytest.raises(Refused):
            act()
        assert AuditLog(year).head() == head
    with pytest.raises(Refused) as error:
        issue_sheet(year, YEAR, leader)
    assert error.value.reason is SheetReason.INCOMPLETE
    assert error.value.details == ("缺会议日期", "缺地点", "缺总监票人", "缺监票人", "缺计票人")
    assert "领导评议的计票结果报告单" in error.value.message and "“会议信息…”" in error.value.message
    assert "草稿" in page_texts(paper(year, YEAR, leader))[0]
    set_meeting(year, session.id, replace(_whole(), chair="李四"))
    issue_sheet(year, YEAR, leader)
    assert verify_sheet(issued_pdf(year, YEAR, leader)).figures.minutes.chair == "李四"


def _whole() -> SessionMinutes:
    facts = sample_facts()
    return SessionMinutes(
        contest=LEADERSHIP,
        held_on=facts.held_on,
        place=facts.place,
        chair=facts.chair,
        chief_scrutineer=facts.chief_scrutineer,
        scrutineers=facts.scrutineers,
        tellers=facts.tellers,
    )


def test_no_package_before_every_sheet_is_issued(year: Workspace, tmp_path: Path) -> None:
    _unissued(year)
    with pytest.raises(Refused, match="请先在“报表”中签发") as error:
        write_package(year, YEAR, tmp_path / "package.zip")
    assert error.value.reason is PackageReason.NOT_ISSUED
    assert error.value.details == ("领导评议 计票结果报告单", "部门互评 计票结果报告单")
    assert not (tmp_path / "package.zip").exists()


def test_issued_again_for_a_reason_with_the_earlier_edition_kept(
    year: Workspace, leader: SheetName, tmp_path: Path
) -> None:
    first, session = issued_pdf(year, YEAR, leader), _first(year)
    with pytest.raises(Refused, match="请在“报表”中选中该表，用“改版”一并更正") as error:
        set_meeting(year, session.id, replace(_whole(), chair="别人"))
    assert error.value.reason is MeetingReason.SHEET_ISSUED
    with pytest.raises(Refused) as error:
        reissue_sheet(year, YEAR, leader, "  ", _whole())
    assert error.value.reason is SheetReason.REASON_MISSING
    with pytest.raises(Refused) as error:
        reissue_sheet(year, YEAR, leader, "更正", replace(_whole(), place=""))
    assert error.value.reason is SheetReason.INCOMPLETE
    assert sessions(year, YEAR)[0].minutes == _whole(), "what was refused is undone"
    issued = reissue_sheet(year, YEAR, leader, "主持人姓名有误", replace(_whole(), chair="别人"))
    second = issued_pdf(year, YEAR, leader)
    assert (issued.edition, issued.reason) == (2, "主持人姓名有误")
    assert issued.digest == hashlib.sha256(second).hexdigest()
    assert SheetStore(year).content(YEAR, "F5", leader.key, 1)[0] == first
    assert [sheet.edition for sheet in SheetStore(year).editions(YEAR, "F5", leader.key)] == [1, 2]
    printed = verify_sheet(second)
    assert (printed.imprint.edition, printed.figures.minutes.chair) == (2, "别人")
    assert sessions(year, YEAR)[0].minutes.chair == "别人"
    package = write_package(year, YEAR, tmp_path / "second.zip")
    found = verify_path(package).found
    assert isinstance(found, PackageReport)
    assert [(title, sheet.imprint.edition) for title, sheet in found.sheets] == [
        ("领导评议", 2),
        ("部门互评", 1),
    ]
    last = [entry for entry in AuditLog(year).entries() if entry.act == Act.REISSUE_SHEET.value][-1]
    assert json.loads(last.content)["sheet"] == issued.digest
    line = next(line for line in audit_log.entries(year, YEAR) if line.number == last.number)
    assert (
        line.act == "报表改版"
        and "报表：计票结果报告单" in line.words
        and "原因：主持人姓名有误" in line.words
    )


def test_a_sheet_that_was_never_issued_is_not_issued_again(year: Workspace, leader: SheetName) -> None:
    _unissued(year)
    with pytest.raises(Refused) as error:
        reissue_sheet(year, YEAR, leader, "更正")
    assert error.value.reason is SheetReason.NOT_ISSUED
    with pytest.raises(Refused):
        issued_pdf(year, YEAR, leader)


def test_a_sheet_of_nothing_is_refused(year: Workspace) -> None:
    for name in (SheetName("F5", "leader-9"), SheetName("ceremony", "2016")):
        with pytest.raises(Refused, match="请刷新后重试"):
            paper(year, YEAR, name)


def test_nothing_is_drawn_before_the_count(office: object) -> None:
    from gaoxin_vote.workflow.session.preparation import SessionPlan, prepare_session
    from tests.workflow.conftest import Office

    assert isinstance(office, Office)
    prepare_session(office.workspace, office.year, SessionPlan(LEADERSHIP))
    session = _first(office.workspace)
    for act in (paper, issue_sheet):
        with pytest.raises(Refused, match="尚未计票") as error:
            act(office.workspace, office.year, tally_report_name(session))
        assert error.value.reason is SheetReason.NOT_READY
    with pytest.raises(Refused, match="尚未封箱"):
        paper(office.workspace, office.year, tally_hash_name(session))
    assert "签到与领票登记表" in page_texts(paper(office.workspace, office.year, roll_sheet_name(session)))[0]


def test_no_counts_are_shown_before_the_count(office: Office) -> None:
    session_id, _, _ = office.open(PEER)
    with pytest.raises(Refused) as refused:
        counts_on_screen(office.workspace, session_id)
    assert refused.value.reason is SheetReason.NOT_READY
    void_session(office.workspace, session_id, "试投")
