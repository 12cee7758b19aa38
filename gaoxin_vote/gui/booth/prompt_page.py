"""How does the officer leave the booth, or open the strip for check-in?"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from gaoxin_vote.gui.booth.controls import BoothButton, ButtonKind, Words
from gaoxin_vote.gui.booth.look import BoothLook
from gaoxin_vote.gui.booth.message_page import Sign, SignView
from gaoxin_vote.gui.booth.page import BoothBanner
from gaoxin_vote.gui.booth.state import BoothState, Purpose

_WORDS = {
    Purpose.LEAVE: ("退出投票间", "只限工作人员。退出时未投出的选票会被清除，票码条仍然有效。"),
    Purpose.STRIP: ("签到与领票", "只限工作人员。本次打开投票间只问一次；未投出的选票盖住并保留。"),
}
"""A heading, and what follows."""


class PromptPage(QWidget):
    """The officer's passphrase; it covers whatever the voter had on the screen."""

    given = Signal(str)
    cancelled = Signal()
    stirred = Signal()

    def __init__(self, look: BoothLook, state: BoothState) -> None:
        super().__init__()
        heading, told = _WORDS[state.purpose]
        self.setAccessibleName(heading)
        self._field = QLineEdit()
        self._field.setEchoMode(QLineEdit.EchoMode.Password)
        self._field.setAccessibleName("工作区口令")
        self._field.setMaxLength(256)
        self._field.setFixedSize(look.px(440), look.text_px(20) * 2 + look.px(8))
        colours = look.colours
        # The one field of the booth: it must follow the booth's look, not the desk's.
        self._field.setStyleSheet(
            f"font-size: {look.text_px(20)}px; color: {colours.ink}; background: {colours.card};"
            f"border: 2px solid {colours.field_line}; border-radius: {look.px(6)}px; padding: 4px 12px;"
        )
        self._banner = BoothBanner(look)
        self._banner.setFixedWidth(look.px(440))
        self._back = BoothButton(look, "返回", size=18, height=52)
        self._leave = BoothButton(look, heading, ButtonKind.PRIMARY, size=18, height=52)
        for button in (self._back, self._leave):
            button.setFixedWidth(max(self._leave.sizeHint().width(), look.px(160)))
        self._back.clicked.connect(self.cancelled)
        self._leave.clicked.connect(self._give)
        self._field.returnPressed.connect(self._give)
        self._field.textEdited.connect(self.stirred)
        centre = Qt.AlignmentFlag.AlignHCenter
        column = QVBoxLayout(self)
        column.setSpacing(look.px(14))
        column.addStretch(3)
        column.addWidget(SignView(look, Sign.LOCK), 0, centre)
        column.addWidget(Words(look, heading, 32, bold=True, align=centre))
        column.addWidget(Words(look, told, 18, align=centre, colour=colours.muted))
        column.addSpacing(look.px(10))
        column.addWidget(Words(look, "工作区口令", 17, bold=True, align=centre))
        column.addWidget(self._field, 0, centre)
        column.addWidget(self._banner, 0, centre)
        buttons = QHBoxLayout()
        buttons.setSpacing(look.px(14))
        buttons.addStretch(1)
        buttons.addWidget(self._back)
        buttons.addWidget(self._leave)
        buttons.addStretch(1)
        column.addLayout(buttons)
        column.addStretch(4)
        self.show_state(state)

    def show_state(self, state: BoothState) -> None:
        """Show the frozen state."""
        busy = state.checking or state.wait > 0
        if state.checking:
            self._banner.say("正在核对口令……", attention=False)
        elif state.wait:
            self._banner.say(f"{state.message}\n请等待{state.wait}秒再输入。", attention=True)
        else:
            self._banner.say(state.message, attention=True)
        had = self._field.isEnabled()
        self._field.setEnabled(not busy)
        self._leave.setEnabled(not busy)
        self._back.setEnabled(not state.checking)
        if not had and not busy:
            self._field.setFocus()

    def take_focus(self) -> None:
        """Type at once."""
        self._field.setFocus()

    def _give(self) -> None:
        passphrase = self._field.text()
        self._field.clear()
        if passphrase:
            self.given.emit(passphrase)
