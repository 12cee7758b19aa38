"""Where does the officer check in and issue slips when there is no other screen?"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gaoxin_vote.gui.booth.controls import BoothButton, ButtonKind, Words
from gaoxin_vote.gui.booth.flow import ADMITTED
from gaoxin_vote.gui.booth.look import BoothLook
from gaoxin_vote.gui.booth.state import BoothState

_FREE = "投票人可以扫描票码条；一扫描，这里即收起。"
_KEPT = "有一张没有投出的选票，已经盖住并保留；收起后继续填写。"


class StripPage(QWidget):
    """The check-in list over whatever the voter had on the screen; it shows nothing of a ballot."""

    closed = Signal()

    def __init__(self, look: BoothLook, state: BoothState, content: QWidget) -> None:
        super().__init__()
        self.setAccessibleName("签到与领票")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._content = content
        back = BoothButton(look, "收起", ButtonKind.PRIMARY, size=18, height=48, enter=False)
        back.clicked.connect(self.closed)
        back.setMinimumWidth(look.px(160))
        last = QHBoxLayout()
        told = _KEPT if state.step in ADMITTED else _FREE
        last.addWidget(Words(look, told, 15, colour=look.colours.muted), 1)
        last.addWidget(back)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(24), look.px(14), look.px(24), look.px(14))
        column.setSpacing(look.px(10))
        column.addWidget(Words(look, "工作人员", 22, bold=True))
        column.addWidget(content, 1)
        column.addLayout(last)

    def show_state(self, state: BoothState) -> None:
        """Nothing here changes with the voter's state."""

    def take_focus(self) -> None:
        """Where the officer types."""
        self._content.setFocus()
