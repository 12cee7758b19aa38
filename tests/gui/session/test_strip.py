"""Can electors be checked in and slips issued on the booth's own screen, all said in place?"""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from gaoxin_vote.gui.session.check_in import CheckInColumn
from gaoxin_vote.gui.session.presenter import SessionPresenter
from gaoxin_vote.gui.session.strip import CheckInStrip
from gaoxin_vote.workflow.session import running
from gaoxin_vote.workflow.session.turnout import session_state, sessions
from tests.gui.office import YEAR, Desk

OpenAt = Callable[[str], Desk]


def test_ticks_are_kept_and_what_breaks_the_quorum_is_not_unticked_here(
    desk_at: OpenAt, qtbot: QtBot
) -> None:
    desk = desk_at("slips")
    key = desk.run(lambda: sessions(desk.workspace, YEAR)[0].session.id)
    desk.run(lambda: running.open_session(desk.workspace, key))
    stirs: list[int] = []
    strip = CheckInStrip(SessionPresenter(desk.opened, YEAR), desk.worker, key, lambda: stirs.append(1))
    qtbot.addWidget(strip)
    strip.resize(1366, 600)
    strip.show()
    desk.settle()

    def turn(row: int, column: CheckInColumn) -> None:
        table = strip.check_in.table
        place = table.visualRect(table.model().index(row, column)).center()
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)

    def present() -> tuple[int, int]:
        desk.settle()
        roll = desk.run(lambda: session_state(desk.workspace, key)).roll
        return roll.attended, roll.issued

    assert "最低到会人数不足" in strip.told.text()
    turn(0, CheckInColumn.ATTENDED)
    turn(1, CheckInColumn.ISSUED)
    assert present() == (2, 1)
    assert strip.told.text() == ""
    turn(0, CheckInColumn.ATTENDED)
    assert present() == (2, 1), "two must be present"
    assert "实到1，须2" in strip.told.text()
    turn(2, CheckInColumn.ATTENDED)
    assert present() == (3, 1)
    turn(0, CheckInColumn.ATTENDED)
    assert present() == (2, 1)
    assert strip.told.text() == ""
    assert len(stirs) == 5
    assert strip.findChildren(QDialog) == []
    turn(0, CheckInColumn.NOTE)
    assert strip.check_in.all.isHidden()
