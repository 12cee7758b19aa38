"""Is the standing shown with what blocks it, and is finalising asked about?"""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from gaoxin_vote.errors import Refused
from gaoxin_vote.gui.standing.page import DecisionDialog, StandingPage
from gaoxin_vote.gui.standing.presenter import StandingPresenter, StandingState
from tests.gui.office import PASSPHRASE, YEAR, Desk

OpenAt = Callable[[str], Desk]


def test_the_standing_names_what_blocks_it(desk_at: OpenAt, qtbot: QtBot) -> None:
    desk = desk_at("lists")
    page = StandingPage(StandingPresenter(desk.opened, YEAR), desk.worker)
    qtbot.addWidget(page)
    page.show()
    desk.settle()
    assert page.model.rowCount() == 5
    headings = [head.text for head in page.model.heads]
    assert headings[4:6] == ["领导评议", "部门互评"]
    assert page.model.cell(0, headings.index("综合得分")) == "—"
    assert not page.finalise.isEnabled()
    assert "问题须先解决" in page.finalise.toolTip()
    shown = "\n".join(label.text() for label in page.trouble.findChildren(QLabel))
    assert "领导评议" in shown


def test_finalising_asks_for_the_decision(desk_at: OpenAt, qtbot: QtBot) -> None:
    desk = desk_at("lists")
    page = StandingPage(StandingPresenter(desk.opened, YEAR), desk.worker)
    qtbot.addWidget(page)
    page.show()
    desk.settle()
    row = ("1", "办公室", "机关部门", "75.50", "9.00", "9.00", "0.00", "93.50", "1", "1", "优秀", "")
    page.show_state(
        StandingState((row,), ("领导评议", "部门互评"), (), ("Σ 不超限",), "", False, "", "下一步：定稿")
    )
    assert page.finalise.isEnabled()
    qtbot.mouseClick(page.finalise, Qt.MouseButton.LeftButton)
    (dialog,) = page.findChildren(DecisionDialog)
    qtbot.mouseClick(dialog.act, Qt.MouseButton.LeftButton)
    assert dialog.isVisible()
    assert "文号" in dialog.trouble.text()
    dialog.decision.setText("会议纪要〔2018〕3号")
    qtbot.mouseClick(dialog.act, Qt.MouseButton.LeftButton)
    assert dialog.isVisible()
    assert "口令" in dialog.trouble.text()
    assert "共1个单位" in "\n".join(label.text() for label in dialog.findChildren(QLabel))
    dialog.passphrase.line.setText(PASSPHRASE)
    qtbot.mouseClick(dialog.act, Qt.MouseButton.LeftButton)
    desk.settle()
    # The workspace itself still has everything missing: the workflow refuses, the page says so.
    from gaoxin_vote.gui.kit.prompts import Message

    (message,) = page.findChildren(Message)
    assert message.windowTitle() == "需要更正"
    assert message.words.details
    assert not page.finalise.isEnabled()


def test_finalising_needs_the_passphrase(desk_at: OpenAt) -> None:
    desk = desk_at("lists")
    presenter = StandingPresenter(desk.opened, YEAR)
    for passphrase, words in (("wrong words entirely", "口令不正确"), (PASSPHRASE, "问题")):
        with pytest.raises(Refused, match=words):
            desk.run(lambda passphrase=passphrase: presenter.finalise("会议纪要", passphrase))
