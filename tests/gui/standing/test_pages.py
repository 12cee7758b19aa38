"""Are the results thin but real: files taken over, the standing, its blockers, the decision?"""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from gaoxin_vote.gui.entries.page import IntakePage, KindColumn
from gaoxin_vote.gui.entries.presenter import IntakePagePresenter
from gaoxin_vote.gui.intake.dialog import IntakeDialog
from gaoxin_vote.gui.standing.page import DecisionDialog, StandingColumn, StandingPage
from gaoxin_vote.gui.standing.presenter import StandingPresenter, StandingState
from gaoxin_vote.workflow.setup.register import InputKind
from tests.gui.office import YEAR, Desk

OpenAt = Callable[[str], Desk]
_SCORES = "单位,指标编号,指标名称,分值,得分\n" + "".join(
    f"{unit},Z1,年度重点任务,80,{score}\n"
    for unit, score in (
        ("办公室", "75.50"),
        ("组织人事局", "74.25"),
        ("财政局", "73"),
        ("国有土地上房屋征收管理办公室", "70"),
        ("华兴街道", "71"),
    )
)


def test_scores_are_imported_and_shown(desk_at: OpenAt, qtbot: QtBot, tmp_path: Path) -> None:
    desk = desk_at("lists")
    page = IntakePage(IntakePagePresenter(desk.workspace, YEAR), desk.worker)
    qtbot.addWidget(page)
    page.show()
    desk.settle()
    assert page.kinds.cell(0, KindColumn.TITLE) == InputKind.INDICATORS.value
    assert page.kinds.cell(0, KindColumn.COUNT) == "—"
    path = tmp_path / "指标.csv"
    path.write_text(_SCORES, encoding="utf-8")
    qtbot.mouseClick(page.take, Qt.MouseButton.LeftButton)
    (dialog,) = page.findChildren(IntakeDialog)
    dialog.look_at(path)
    desk.settle()
    assert dialog.act.isEnabled(), [label.text() for label in dialog.findChildren(QLabel)]
    qtbot.mouseClick(dialog.act, Qt.MouseButton.LeftButton)
    desk.settle()
    assert page.kinds.cell(0, KindColumn.COUNT) == "5"
    assert page.kept.rowCount() == 5
    page.kind_table.selectRow(1)
    desk.settle()
    assert page.take.text() == f"导入{InputKind.CLAIMS.value}…"
    assert page.kept.rowCount() == 0


def test_the_standing_names_what_blocks_it(desk_at: OpenAt, qtbot: QtBot) -> None:
    desk = desk_at("lists")
    page = StandingPage(StandingPresenter(desk.workspace, YEAR), desk.worker)
    qtbot.addWidget(page)
    page.show()
    desk.settle()
    assert page.model.rowCount() == 5
    assert page.model.cell(0, StandingColumn.COMPOSITE) == "—"
    assert not page.finalise.isEnabled()
    assert "问题须先解决" in page.finalise.toolTip()
    shown = "\n".join(label.text() for label in page.trouble.findChildren(QLabel))
    assert "领导评议" in shown


def test_finalising_asks_for_the_decision(desk_at: OpenAt, qtbot: QtBot) -> None:
    desk = desk_at("lists")
    page = StandingPage(StandingPresenter(desk.workspace, YEAR), desk.worker)
    qtbot.addWidget(page)
    page.show()
    desk.settle()
    row = ("1", "办公室", "机关部门", "75.50", "9.00", "9.00", "0.00", "93.50", "1", "1", "优秀", "")
    page.show_state(StandingState((row,), (), ("Σ 不超限",), "", False, "", "下一步：定稿"))
    assert page.finalise.isEnabled()
    qtbot.mouseClick(page.finalise, Qt.MouseButton.LeftButton)
    (dialog,) = page.findChildren(DecisionDialog)
    qtbot.mouseClick(dialog.act, Qt.MouseButton.LeftButton)
    assert dialog.isVisible()
    assert "文号" in dialog.trouble.text()
    dialog.decision.setText("会议纪要〔2018〕3号")
    qtbot.mouseClick(dialog.act, Qt.MouseButton.LeftButton)
    desk.settle()
    # The workspace itself still has everything missing: the workflow refuses, the page says so.
    from gaoxin_vote.gui.kit.prompts import Message

    (message,) = page.findChildren(Message)
    assert message.windowTitle() == "需要更正"
    assert message.words.details
    assert not page.finalise.isEnabled()
