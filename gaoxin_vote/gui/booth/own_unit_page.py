"""How does a delegate with a drawn slip name the own unit, which is not rated?"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gaoxin_vote.domain.units import UnitCode
from gaoxin_vote.gui.booth.ballot_layout import ListedUnit
from gaoxin_vote.gui.booth.ballot_view import BallotView, ColumnStyle, Pager
from gaoxin_vote.gui.booth.controls import BoothButton, ButtonKind, Words
from gaoxin_vote.gui.booth.look import BoothLook
from gaoxin_vote.gui.booth.page import BoothPage
from gaoxin_vote.gui.booth.state import BoothState
from gaoxin_vote.gui.booth.unit_row import NamedRow, number_width

NOT_LISTED = "本单位不在名单中"


class OwnUnitPage(BoothPage):
    """All units as buttons; one is chosen and then accepted."""

    named = Signal(object)
    """The code of the own unit, or None when it is not on this ballot."""
    accepted = Signal()
    discarded = Signal()
    stirred = Signal()

    def __init__(self, look: BoothLook, state: BoothState) -> None:
        hint = "本单位回避，不评自己。选了哪个单位，程序不作记录。"
        super().__init__(look, "请选择您所在的单位", hint)
        self._state = state
        self._current = 0
        units = [ListedUnit(row.unit.unit_class, row.unit.number) for row in state.rows]
        least = number_width(look) + 11 * look.text_px(17)
        style = ColumnStyle(3, least, look.px(620), look.px(58))
        self.view = BallotView(look, units, style, self._make_row)
        self.column.addSpacing(look.px(10))
        self.column.addWidget(self.view, 1)
        self.column.addSpacing(look.px(8))
        self.column.addLayout(self._footer())
        self.show_state(state)

    def show_state(self, state: BoothState) -> None:
        super().show_state(state)
        self._state = state
        for index, row in self.view.rows.items():
            if isinstance(row, NamedRow):
                row.setChecked(state.own_named and state.own == state.rows[index].unit.code)
        own = next((row.unit.name for row in state.rows if row.unit.code == state.own), NOT_LISTED)
        self._said.say(f"已选：{own}" if state.own_named else "请先选择本单位")
        self._absent.setChecked(state.own_named and state.own is None)
        self._accept.setEnabled(state.own_named)

    def take_focus(self) -> None:
        self.view.go_to(self._current)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: +1, Qt.Key.Key_Up: -1}
        sides = {Qt.Key.Key_Right: +1, Qt.Key.Key_Left: -1}
        key = Qt.Key(event.key())
        rows = self.view.rows
        at = next((index for index, row in rows.items() if row.hasFocus()), None)
        if key in steps and at is not None:
            self.view.go_to(min(max(at + steps[key], 0), len(self._state.rows) - 1))
        elif key in sides and at is not None:
            self.view.go_to(self.view.beside(at, sides[key]))
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self.view.turn(1 if key == Qt.Key.Key_PageDown else -1)
        elif key in steps or key in sides:
            self.view.go_to(self._current)
        else:
            super().keyPressEvent(event)
            return
        self.stirred.emit()

    def _name(self, index: int) -> None:
        self._current = index
        self.named.emit(self._state.rows[index].unit.code)
        # Enter names the unit, a second Enter accepts it.
        self._accept.setFocus()

    def _make_row(self, index: int) -> QWidget:
        row = self._state.rows[index]
        button = NamedRow(self.look, row)
        button.setCheckable(True)
        button.setChecked(self._state.own_named and self._state.own == row.unit.code)
        button.clicked.connect(lambda: self._name(index))
        return button

    def _footer(self) -> QHBoxLayout:
        look = self.look
        self._said = Words(look, "", 17, bold=True)
        self._absent = BoothButton(look, NOT_LISTED)
        self._absent.setCheckable(True)
        self._accept = BoothButton(look, "确定，开始评议", ButtonKind.PRIMARY, size=18)
        discard = BoothButton(look, "放弃本次填写")
        row = QHBoxLayout()
        row.setSpacing(look.px(10))
        row.addWidget(self._said)
        row.addStretch(1)
        row.addWidget(Pager(look, self.view))
        row.addStretch(1)
        for button in (discard, self._absent, self._accept):
            row.addWidget(button)
        if not self._state.own_may_be_absent:
            self._absent.hide()
        absent: UnitCode | None = None
        self._absent.clicked.connect(lambda: self.named.emit(absent))
        self._accept.clicked.connect(self.accepted)
        discard.clicked.connect(self.discarded)
        return row
