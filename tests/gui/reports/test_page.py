"""Are sheets offered when they can be made, and do they come out as PDF?"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from gaoxin_vote.gui.kit.prompts import Message
from gaoxin_vote.gui.paper.dialog import PaperDialog
from gaoxin_vote.gui.paper.reissue_dialog import ReissueDialog
from gaoxin_vote.gui.paper.state import SheetAct
from gaoxin_vote.gui.reports.page import ReportsPage
from gaoxin_vote.gui.reports.presenter import ReportsPresenter
from gaoxin_vote.workflow.reports.sheets import issued_pdf
from gaoxin_vote.workflow.session.meeting import set_meeting
from gaoxin_vote.workflow.session.turnout import sessions
from gaoxin_vote.workflow.verify.sheet import verify_sheet
from tests.documents.papers import page_texts
from tests.gui.office import YEAR, Desk

OpenAt = Callable[[str], Desk]


def test_sheets_and_their_reasons(desk_at: OpenAt, qtbot: QtBot, tmp_path: Path) -> None:
    desk = desk_at("slips")
    page = ReportsPage(ReportsPresenter(desk.opened, YEAR), desk.worker)
    qtbot.addWidget(page)
    page.show()
    desk.settle()
    states = {title: state for title, _words, state in page.model.rows}
    assert states["密钥发放记录"] == "可打印"
    assert states["领导评议 计票结果报告单"] == "尚未计票"
    assert states["部门互评 开箱前公示单"] == "尚未封箱"
    assert not page.package.isEnabled()
    assert "定稿" in page.package.toolTip()
    assert not page.acts.buttons[SheetAct.ISSUE].isEnabled()
    qtbot.mouseClick(page.acts.buttons[SheetAct.PAPER], Qt.MouseButton.LeftButton)
    desk.settle()
    paper = next(each for each in page.findChildren(PaperDialog) if each.isVisible())
    assert paper.windowTitle() == "密钥发放记录"
    paper.close()
    blocked = next(n for n, row in enumerate(page.model.rows) if row[-1] == "尚未计票")
    page.table.selectRow(blocked)
    assert not any(button.isEnabled() for button in page.acts.buttons.values())
    assert "尚未计票" in page.status.text()
    page.write_package(tmp_path / "记录.zip")
    desk.settle()
    (message,) = page.findChildren(Message)
    assert "定稿" in message.words.message
    assert not (tmp_path / "记录.zip").exists()


def _shown(page: ReportsPage) -> PaperDialog:
    return [each for each in page.findChildren(PaperDialog) if each.isVisible()][-1]


def test_a_sheet_from_the_draft_to_the_second_edition(desk_at: OpenAt, qtbot: QtBot) -> None:
    desk = desk_at("tallied")
    page = ReportsPage(ReportsPresenter(desk.opened, YEAR), desk.worker)
    qtbot.addWidget(page)
    page.show()
    desk.settle()

    def press(act: SheetAct) -> None:
        assert page.acts.buttons[act].isEnabled(), page.status.text()
        qtbot.mouseClick(page.acts.buttons[act], Qt.MouseButton.LeftButton)
        desk.settle()

    place = next(n for n, row in enumerate(page.model.rows) if row[0] == "领导评议 计票结果报告单")
    page.table.selectRow(place)
    lacking = "缺会议日期、总监票人、监票人、计票人"
    assert page.model.rows[place][-1] == lacking
    assert lacking in page.status.text() and "“会议信息…”" in page.status.text()
    press(SheetAct.DRAFT)
    draft = _shown(page)
    assert draft.windowTitle() == "领导评议计票结果报告单（草稿）"
    assert "草稿" in page_texts(draft.pdf)[0]
    draft.close()
    first = desk.run(lambda: sessions(desk.workspace, YEAR))[0]
    whole = replace(
        first.minutes,
        held_on=date(2018, 1, 17),
        chief_scrutineer="李四",
        scrutineers=("王五",),
        tellers=("钱七",),
    )
    desk.run(lambda: set_meeting(desk.workspace, first.session.id, whole))
    page.refresh()
    desk.settle()
    assert page.model.rows[place][-1] == "待签发"
    press(SheetAct.ISSUE)
    (question,) = [each for each in page.findChildren(Message) if each.isVisible()]
    qtbot.mouseClick(question.findChildren(QPushButton)[-1], Qt.MouseButton.LeftButton)
    desk.settle()
    paper = _shown(page)
    assert page.acts.sheet is not None
    name = page.acts.sheet.name
    assert paper.pdf == desk.run(lambda: issued_pdf(desk.workspace, YEAR, name))
    assert verify_sheet(paper.pdf).imprint.edition == 1
    paper.close()
    assert page.model.rows[place][-1] == "已签发（第1版）"
    assert not page.acts.buttons[SheetAct.ISSUE].isEnabled()
    press(SheetAct.REISSUE)
    (dialog,) = page.findChildren(ReissueDialog)
    dialog.send()
    assert "请写明改版原因" in dialog.trouble.text()
    dialog.reason.setText("总监票人姓名有误")
    assert dialog.fields is not None
    dialog.fields.chief.setText("李四光")
    dialog.send()
    desk.settle()
    second = verify_sheet(_shown(page).pdf)
    assert (second.imprint.edition, second.figures.minutes.chief_scrutineer) == (2, "李四光")
    assert page.model.rows[place][-1] == "已签发（第2版）"
