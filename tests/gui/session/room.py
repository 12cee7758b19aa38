"""How does a test work the page of the meeting room?"""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gaoxin_vote.domain.session import SessionId, Stage
from gaoxin_vote.gui.kit.prompts import Message
from gaoxin_vote.gui.session.check_in import CheckInColumn
from gaoxin_vote.gui.session.page import SessionPage
from gaoxin_vote.gui.session.presenter import SessionPresenter
from gaoxin_vote.gui.session.state import SessionAct
from gaoxin_vote.workflow.session.turnout import SessionState, session_state
from tests.gui.office import YEAR, Desk

OpenAt = Callable[[str], Desk]
D = TypeVar("D", bound=QWidget)


class Room:
    """The page of an open workspace, and what it asked of the booth."""

    def __init__(self, desk: Desk, qtbot: QtBot) -> None:
        self.desk, self._qtbot = desk, qtbot
        self.booths: list[tuple[SessionId, str]] = []
        presenter = SessionPresenter(desk.opened, YEAR)
        self.at_the_booth: set[SessionId] = set()
        self.stages: dict[SessionId, Stage] = {}
        self.page = SessionPage(
            presenter,
            desk.worker,
            lambda *what: self.booths.append(what),
            occupied=self.at_the_booth.__contains__,
            stages_known=self.stages.update,
        )
        qtbot.addWidget(self.page)
        self.page.resize(1150, 760)
        self.page.show()
        desk.settle()

    @property
    def keys(self) -> list[SessionId]:
        return list(self.page.cards)

    def press(self, key: SessionId, act: SessionAct) -> None:
        self._qtbot.mouseClick(self.page.cards[key].buttons[act], Qt.MouseButton.LeftButton)
        self.desk.settle()

    def wish(self, key: SessionId, act: SessionAct) -> None:
        self.page.cards[key].wished.emit(act)
        self.desk.settle()

    def open(self, key: SessionId) -> None:
        self.press(key, SessionAct.OPEN)
        self.answer("开始投票")

    def answer(self, word: str) -> None:
        """Press the button with this word in the question that stands there."""
        asked = self.dialog(Message)
        self._qtbot.mouseClick(button_of(asked, word), Qt.MouseButton.LeftButton)
        self.desk.settle()

    def turn(self, row: int, column: CheckInColumn) -> None:
        table = self.page.check_in.table
        place = table.visualRect(table.model().index(row, column)).center()
        self._qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
        self.desk.settle()

    def state(self, key: SessionId) -> SessionState:
        return self.desk.run(lambda: session_state(self.desk.workspace, key))

    def dialog(self, kind: type[D]) -> D:
        return next(each for each in self.page.findChildren(kind) if each.isVisible())


def button_of(widget: QWidget, word: str) -> QPushButton:
    """The button with this word."""
    return next(each for each in widget.findChildren(QPushButton) if each.text() == word)


def texts_of(widget: QWidget) -> str:
    """All that its labels say."""
    return "\n".join(label.text() for label in widget.findChildren(QLabel))
