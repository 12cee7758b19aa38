"""Do more slips come into an open session by windows, once they have left the program?"""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gaoxin_vote.domain.units import UnitCode
from gaoxin_vote.gui.kit.prompts import Message
from gaoxin_vote.gui.paper.dialog import PaperDialog
from gaoxin_vote.gui.session.adding_dialog import AddingDialog
from gaoxin_vote.gui.session.state import AddingState, Addition, LateElector
from gaoxin_vote.workflow.record.sample import printed_codes
from tests.gui.session.room import OpenAt, Room, button_of, texts_of


def test_slips_are_added_while_the_session_is_open(desk_at: OpenAt, qtbot: QtBot, tmp_path: Path) -> None:
    room = Room(desk_at("slips"), qtbot)
    leadership, _ = room.keys
    check_in = room.page.check_in
    assert not check_in.more.isVisible(), "before the opening slips are made anew"
    room.open(leadership)
    qtbot.mouseClick(check_in.more, Qt.MouseButton.LeftButton)
    room.desk.settle()
    asked = room.dialog(AddingDialog)
    qtbot.mouseClick(asked.act, Qt.MouseButton.LeftButton)
    assert "张数" in asked.trouble.text()
    asked.names.setText("巡视员，党工委书记")
    qtbot.mouseClick(asked.act, Qt.MouseButton.LeftButton)
    assert "原因" in asked.trouble.text()
    asked.spares.setValue(2)
    asked.reason.setText("名单漏列，总监票人同意")
    qtbot.mouseClick(asked.act, Qt.MouseButton.LeftButton)
    room.desk.settle()
    assert "应到名单中已有“党工委书记”" in asked.trouble.text() and asked.isVisible()
    asked.names.setText("巡视员")
    qtbot.mouseClick(asked.act, Qt.MouseButton.LeftButton)
    room.desk.settle()
    paper = room.dialog(PaperDialog)
    assert len(printed_codes(paper.pdf)) == 3
    paper.close()  # neither printed nor saved: it asks, and nothing is added
    assert paper.isVisible() and room.state(leadership).held.added == 0
    qtbot.mouseClick(button_of(room.dialog(Message), "返回"), Qt.MouseButton.LeftButton)
    for name in ("once.pdf", "twice.pdf"):
        paper.save_to(tmp_path / name)
        room.desk.settle()
    paper.close()
    assert room.state(leadership).held.added == 3
    assert [line.label for line in check_in.model.lines][-1] == "巡视员"
    assert "追加3张" in texts_of(room.page.cards[leadership])
    room.page.tabs.setCurrentIndex(1)
    room.desk.settle()
    assert not check_in.more.isVisible()


def test_a_unit_with_all_its_votes_gets_no_further_elector(desk_at: OpenAt, qtbot: QtBot) -> None:
    room = Room(desk_at("slips"), qtbot)
    _, peer = room.keys
    room.open(peer)
    room.page.tabs.setCurrentIndex(1)
    room.desk.settle()
    qtbot.mouseClick(room.page.check_in.more, Qt.MouseButton.LeftButton)
    room.desk.settle()
    asked = room.dialog(AddingDialog)
    assert "每个单位的投票人都已在应到名单上" in texts_of(asked)
    assert not asked.names.isVisible() and not asked.units.isVisible()
    asked.spares.setValue(1)
    asked.reason.setText("备用票码条用完")
    qtbot.mouseClick(asked.act, Qt.MouseButton.LeftButton)
    room.desk.settle()
    assert len(printed_codes(room.dialog(PaperDialog).pdf)) == 1


def test_units_that_lack_an_elector_are_ticked(desk_at: OpenAt, qtbot: QtBot) -> None:
    room = Room(desk_at("slips"), qtbot)
    units = tuple((UnitCode(code), name) for code, name in (("U01", "办公室"), ("U02", "组织人事局")))
    state = AddingState(room.keys[1], "部门互评", False, units, "")
    asked = AddingDialog(room.page, state, lambda *_: pytest.fail("not sent"), lambda _: None)
    asked.units.item(1).setCheckState(Qt.CheckState.Checked)
    assert asked.addition == Addition(0, (LateElector("", UnitCode("U02")),), "")
    asked.close()
