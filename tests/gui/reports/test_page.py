"""Are sheets offered when they can be made, and do they come out as PDF?"""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gaoxin_vote.gui.kit.prompts import Message
from gaoxin_vote.gui.paper.dialog import PaperDialog
from gaoxin_vote.gui.reports.page import ReportsPage
from gaoxin_vote.gui.reports.presenter import ReportsPresenter
from tests.gui.office import YEAR, Desk

OpenAt = Callable[[str], Desk]


def test_sheets_and_their_reasons(desk_at: OpenAt, qtbot: QtBot, tmp_path: Path) -> None:
    desk = desk_at("slips")
    page = ReportsPage(ReportsPresenter(desk.opened, YEAR), desk.worker)
    qtbot.addWidget(page)
    page.show()
    desk.settle()
    states = {title: state for title, _words, state in page.model.rows}
    assert states["密钥仪式记录"] == "可打印"
    assert states["领导评议 计票结果报告单"] == "尚未计票"
    assert states["部门互评 开票摘要"] == "投票尚未结束"
    assert not page.package.isEnabled()
    assert "定稿" in page.package.toolTip()
    qtbot.mouseClick(page.preview, Qt.MouseButton.LeftButton)
    desk.settle()
    paper = next(each for each in page.findChildren(PaperDialog) if each.isVisible())
    assert paper.windowTitle() == "密钥仪式记录"
    paper.close()
    blocked = next(n for n, row in enumerate(page.model.rows) if row[-1] == "尚未计票")
    page.table.selectRow(blocked)
    assert not page.preview.isEnabled()
    assert "尚未计票" in page.status.text()
    page.write_package(tmp_path / "记录.zip")
    desk.settle()
    (message,) = page.findChildren(Message)
    assert "定稿" in message.words.message
    assert not (tmp_path / "记录.zip").exists()
