"""How does the voter look at all marks once more before casting?"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gaoxin_vote.gui.booth.ballot_layout import ListedUnit
from gaoxin_vote.gui.booth.ballot_view import BallotView, ColumnStyle, Pager
from gaoxin_vote.gui.booth.controls import BoothButton, ButtonKind, Words, confirms
from gaoxin_vote.gui.booth.look import BoothLook
from gaoxin_vote.gui.booth.page import BoothPage
from gaoxin_vote.gui.booth.state import BoothState
from gaoxin_vote.gui.booth.unit_row import RECUSED, UNMARKED, NamedRow, number_width

_HOW = "请点“确认投票”，或同时按 Ctrl 和回车键。"


class ReviewPage(BoothPage):
    """Names and marks in the order of the ballot, those without a mark first."""

    confirmed = Signal()
    returned = Signal(int)
    """Back to the ballot, to the row of this index."""
    rest_abstained = Signal()
    discarded = Signal()

    def __init__(self, look: BoothLook, state: BoothState) -> None:
        left = len(state.unmarked)
        title = f"还有{left}个单位未评" if left else "请核对，确认后投票"
        hint = "" if left else "点选单位可返回修改。投票后不能更改。确认投票：点按钮，或按 Ctrl＋回车。"
        super().__init__(look, title, hint, f"{state.title}（无记名）")
        self._state = state
        self._rows = state.review
        units = [
            ListedUnit(UNMARKED if row.mark is None else row.unit.unit_class, row.unit.number)
            for row in self._rows
        ]
        least = number_width(look) + 9 * look.text_px(17) + 4 * look.text_px(16)
        columns = 2 if len(units) <= 26 else 3
        self.view = BallotView(
            look, units, ColumnStyle(columns, least, look.px(860), look.px(58)), self._make_row
        )
        self.column.addSpacing(look.px(2))
        self.column.addWidget(self.view, 1)
        self.column.addSpacing(look.px(8))
        self.column.addLayout(self._footer(left))
        self.show_state(state)

    def show_state(self, state: BoothState) -> None:
        if state.unmarked and not state.message:
            self.show_message("请返回补评，或点“其余弃权”。都有评价或弃权后才能投票。")
        else:
            self.show_message(state.message)

    def take_focus(self) -> None:
        self._main.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Left and right walk along the buttons below.
        if confirms(event):
            if not self._state.unmarked:
                self.confirmed.emit()
        elif event.key() in (Qt.Key.Key_Right, Qt.Key.Key_Left):
            step = 1 if event.key() == Qt.Key.Key_Right else -1
            at = next((place for place, button in enumerate(self._buttons) if button.hasFocus()), 0)
            self._buttons[(at + step) % len(self._buttons)].setFocus()
        elif event.key() == Qt.Key.Key_Down:
            self.focusNextChild()
        elif event.key() == Qt.Key.Key_Up:
            self.focusPreviousChild()
        elif event.key() in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self.view.turn(1 if event.key() == Qt.Key.Key_PageDown else -1)
        else:
            super().keyPressEvent(event)

    def _make_row(self, index: int) -> QWidget:
        row = self._rows[index]
        word = RECUSED if row.own else self._state.word(row.mark) if row.mark else UNMARKED
        button = NamedRow(self.look, row, word)
        if row.own:
            button.setEnabled(False)
        place = self._state.rows.index(row)
        button.clicked.connect(lambda: self.returned.emit(place))
        return button

    def _footer(self, left: int) -> QHBoxLayout:
        look = self.look
        counts = "  ".join(f"{word} {number}" for word, number in self._state.counts)
        row = QHBoxLayout()
        row.setSpacing(look.px(10))
        row.addWidget(Words(look, counts, 16, bold=True))
        row.addStretch(1)
        row.addWidget(Pager(look, self.view))
        row.addStretch(1)
        discard = BoothButton(look, "放弃本次填写")
        discard.clicked.connect(self.discarded)
        self._buttons = [discard]
        if left:
            rest = BoothButton(look, f"其余{left}个弃权")
            rest.clicked.connect(self.rest_abstained)
            self._main = BoothButton(look, "返回补评", ButtonKind.PRIMARY, size=18)
            first = self._state.rows.index(self._rows[0])
            self._main.clicked.connect(lambda: self.returned.emit(first))
            self._buttons += [rest, self._main]
        else:
            back = BoothButton(look, "返回修改")
            back.clicked.connect(lambda: self.returned.emit(0))
            self._main = BoothButton(look, "确认投票", ButtonKind.PRIMARY, size=18)
            self._main.careful = True
            self._main.hesitated.connect(lambda: self.show_message(_HOW))
            self._main.clicked.connect(self.confirmed)
            self._buttons += [back, self._main]
        for button in self._buttons:
            row.addWidget(button)
        return row
