"""How does the voter mark the units?"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gaoxin_vote.gui.booth.ballot_layout import ListedUnit
from gaoxin_vote.gui.booth.ballot_view import BallotView, ColumnStyle, Pager
from gaoxin_vote.gui.booth.controls import BoothButton, ButtonKind, Meter, Words
from gaoxin_vote.gui.booth.look import BoothLook
from gaoxin_vote.gui.booth.page import BoothPage
from gaoxin_vote.gui.booth.state import CHOICES, BoothState
from gaoxin_vote.gui.booth.unit_row import UnitRow, least_ballot_column

_MARK_KEYS = {
    Qt.Key.Key_1: CHOICES[0],
    Qt.Key.Key_2: CHOICES[1],
    Qt.Key.Key_3: CHOICES[2],
    Qt.Key.Key_4: CHOICES[3],
    Qt.Key.Key_0: CHOICES[4],
}


class BallotPage(BoothPage):
    """All units of a page at once, four grades and abstention each."""

    marked = Signal(str, object)
    """The code of a unit and the mark that is wished."""
    reviewed = Signal()
    discarded = Signal()
    own_changed = Signal()
    """Another own unit is to be named."""
    stirred = Signal()
    """The voter moved without marking."""

    def __init__(self, look: BoothLook, state: BoothState, start: int = 0, *, missing: bool = False) -> None:
        super().__init__(look, f"{state.title}（无记名）", _hint(state), state.occasion)
        self._state = state
        self._missing = missing
        self._current = min(start, len(state.rows) - 1)
        if self._is_own(self._current):
            self._current = self._next(self._current)
        self._words = tuple(state.word(mark) for mark in CHOICES)
        units = [ListedUnit(row.unit.unit_class, row.unit.number) for row in state.rows]
        style = ColumnStyle(2, least_ballot_column(look), look.px(980), look.px(56))
        self.view = BallotView(look, units, style, self._make_row)
        self.view.go_to(self._current, focus=False)
        self.column.addSpacing(look.px(2))
        self.column.addWidget(self.view, 1)
        self.column.addSpacing(look.px(8))
        self.column.addLayout(self._footer())
        self.show_state(state)

    @property
    def current(self) -> int:
        """The index of the row that has, or last had, the keyboard."""
        return self._current

    def show_state(self, state: BoothState) -> None:
        super().show_state(state)
        self._state = state
        for index, row in self.view.rows.items():
            if isinstance(row, UnitRow):
                row.show_row(state.rows[index], missing=self._missing)
        self._done.say(f"已评 {state.marked}/{state.to_mark}")
        self._meter.show_progress(state.marked, state.to_mark)
        left = len(state.unmarked)
        self._find.say(f"下一个未评（余{left}）" if left else "已全部评完")
        self._find.setEnabled(left > 0)

    def take_focus(self) -> None:
        self.view.go_to(self._current)

    def find_unmarked(self) -> None:
        """Go to the next unit without a mark, after the last one to the first; point all of them out."""
        self._missing = True
        open_rows = [index for index, row in enumerate(self._state.rows) if row.mark is None]
        if open_rows:
            self._go_to(next((index for index in open_rows if index > self._current), open_rows[0]))
        self.show_state(self._state)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in _MARK_KEYS and event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        ):
            if not event.isAutoRepeat():
                self.marked.emit(self._state.rows[self._current].unit.code, _MARK_KEYS[Qt.Key(key)])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_enter()
        elif not self._moved(Qt.Key(key)):
            super().keyPressEvent(event)
            return
        self.stirred.emit()

    def _moved(self, key: Qt.Key) -> bool:
        steps = {Qt.Key.Key_Down: +1, Qt.Key.Key_Up: -1}
        sides = {Qt.Key.Key_Right: +1, Qt.Key.Key_Left: -1}
        turns = {Qt.Key.Key_PageDown: +1, Qt.Key.Key_PageUp: -1}
        if key in steps:
            self._go_to(self._next(self._current, steps[key]))
        elif key in sides:
            self._go_to(self.view.beside(self._current, sides[key]))
        elif key in turns:
            self.view.turn(turns[key])
        elif key == Qt.Key.Key_Home:
            self._go_to(0)
        elif key == Qt.Key.Key_End:
            self._go_to(len(self._state.rows) - 1)
        else:
            return False
        return True

    def _on_enter(self) -> None:
        following = self._next(self._current)
        if following != self._current:
            self._go_to(following)
        elif self._state.unmarked:
            self.find_unmarked()
        else:
            self._review.setFocus()

    def _go_to(self, index: int) -> None:
        if self._is_own(index):
            index = self._next(index, -1 if index == len(self._state.rows) - 1 else +1)
        self.view.go_to(index)

    def _next(self, index: int, step: int = 1) -> int:
        """The next row to be marked, or this one where there is none."""
        other = index + step
        while 0 <= other < len(self._state.rows) and self._is_own(other):
            other += step
        return other if 0 <= other < len(self._state.rows) else index

    def _is_own(self, index: int) -> bool:
        return self._state.rows[index].own

    def _make_row(self, index: int) -> QWidget:
        row = UnitRow(self.look, index, self._state.rows[index], self._words)
        row.show_row(self._state.rows[index], missing=self._missing)
        row.chosen.connect(self._choose)
        row.entered.connect(self._enter)
        return row

    def _choose(self, index: int, mark: object) -> None:
        self.marked.emit(self._state.rows[index].unit.code, mark)

    def _enter(self, index: int) -> None:
        self._current = index

    def _footer(self) -> QHBoxLayout:
        look = self.look
        self._done = Words(look, "", 17, bold=True)
        self._meter = Meter(look, "已评")
        self._meter.setMinimumWidth(look.px(40))
        self._meter.setMaximumWidth(look.px(220))
        self._find = BoothButton(look, "")
        self._review = BoothButton(look, "核对选票", ButtonKind.PRIMARY, size=18)
        discard = BoothButton(look, "放弃本次填写")
        row = QHBoxLayout()
        row.setSpacing(look.px(10))
        row.addWidget(self._done)
        row.addWidget(self._meter, 1)
        row.addStretch(1)
        row.addWidget(Pager(look, self.view))
        row.addStretch(1)
        if self._state.choose_own:
            change = BoothButton(look, "更改本单位")
            change.clicked.connect(self.own_changed)
            row.addWidget(change)
        for button in (discard, self._find, self._review):
            row.addWidget(button)
        discard.clicked.connect(self.discarded)
        self._find.clicked.connect(self.find_unmarked)
        self._review.clicked.connect(self.reviewed)
        return row


def _hint(state: BoothState) -> str:
    own = "，本单位自动回避" if any(row.own for row in state.rows) else ""
    most = f"“{state.labels[0]}”最多{state.max_excellent}个。" if state.max_excellent is not None else ""
    return f"请为每个单位选择一个等次{own}。{most}键盘：1至4选等次，0弃权，回车到下一个。"
