"""Which sign does only the delegates' screen show, before the booth opens there?"""

import secrets

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QScreen
from PySide6.QtWidgets import QWidget

from gaoxin_vote.gui.booth.look import BoothLook
from gaoxin_vote.gui.kit.look import Look

DIGITS = 2
_TOLD = "工作人员请把这个数字填到自己的屏幕上"


class SignWindow(QWidget):
    """A number that fills the screen; it takes neither keys nor clicks."""

    def __init__(self, look: Look) -> None:
        super().__init__(
            None,
            Qt.WindowType.FramelessWindowHint
            | Qt.WindowType.WindowStaysOnTopHint
            | Qt.WindowType.WindowDoesNotAcceptFocus,
        )
        self.setWindowTitle("高新投票 · 投票屏")
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._look = look
        self.number = ""
        self.change()

    def change(self) -> None:
        """Show another number; chance alone hits it once in ninety times."""
        before = self.number
        while self.number == before:
            self.number = str(10 + secrets.randbelow(90))
        self.setAccessibleName(f"投票屏的数字 {self.number}")
        self.update()

    def show_on(self, screen: QScreen, place: QRect) -> None:
        """Cover `screen`, which is at `place`."""
        self.setScreen(screen)
        self.setGeometry(place)
        self.setWindowState(Qt.WindowState.WindowFullScreen)
        self.show()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt: the number and what to do with it."""
        look = BoothLook.on(self.size(), self._look)
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(look.colours.rail))
        painter.setPen(QColor(look.colours.rail_ink))
        painter.setFont(look.font(260, bold=True))
        upper = QRect(0, 0, self.width(), round(self.height() * 0.74))
        painter.drawText(upper, Qt.AlignmentFlag.AlignCenter, self.number)
        painter.setPen(QColor(look.colours.rail_muted))
        painter.setFont(look.font(30))
        lower = QRect(0, upper.bottom(), self.width(), round(self.height() * 0.14))
        painter.drawText(lower, Qt.AlignmentFlag.AlignCenter, _TOLD)
        painter.end()
