"""What have the booth's pages in common?"""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from gaoxin_vote.gui.booth.controls import Box, Words, paint_box
from gaoxin_vote.gui.booth.look import BoothLook
from gaoxin_vote.gui.booth.state import BoothState

MARGIN = 24


def switches_room(look: BoothLook) -> int:
    """The width at the top right that belongs to the switches for type size and contrast."""
    return look.px(24) + 3 * (look.text_px(15) * 3 + look.px(40))


class BoothPage(QWidget):
    """A page over the whole window: a title, a line that says what to do, and whatever comes below.

    A page is made anew for every step of every voter and destroyed afterwards.
    """

    def __init__(self, look: BoothLook, title: str, hint: str = "", aside: str = "") -> None:
        super().__init__()
        self.look = look
        self.setAccessibleName(title)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._hint = hint
        self._hint_line = HintLine(look, hint)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(look.px(MARGIN), look.px(10), look.px(MARGIN), look.px(14))
        self.column.setSpacing(0)
        head = QVBoxLayout()
        head.setContentsMargins(0, 0, switches_room(look), 0)
        head.setSpacing(0)
        titles = QHBoxLayout()
        titles.setSpacing(look.px(14))
        titles.addWidget(Words(look, title, 26, bold=True))
        if aside:
            titles.addWidget(Words(look, aside, 15, colour=look.colours.muted), 1)
        titles.addStretch(1)
        head.addLayout(titles)
        head.addWidget(self._hint_line)
        self.column.addLayout(head)

    def show_state(self, state: BoothState) -> None:
        """Show the frozen state."""
        self.show_message(state.message)

    def take_focus(self) -> None:
        """Give the keyboard to where the voter most likely goes on."""
        self.setFocus()

    def show_message(self, message: str) -> None:
        """Say `message` in place of the line that says what to do."""
        self._hint_line.say(message or self._hint, attention=bool(message))


class _Saying(QWidget):
    """A text that changes, plain or asking for attention; drawn by those that follow."""

    def __init__(self, look: BoothLook, text: str) -> None:
        super().__init__()
        self._look = look
        self._text = text
        self._attention = False
        self.setAccessibleName(text)

    @property
    def text(self) -> str:
        """What it says."""
        return self._text

    def say(self, text: str, *, attention: bool) -> None:
        """Say something else."""
        if (text, attention) != (self._text, self._attention):
            self._text, self._attention = text, attention
            self.setAccessibleName(text)
            self.update()


class HintLine(_Saying):
    """What to do, in one line; or, with a sign before it, what stands in the way."""

    def __init__(self, look: BoothLook, text: str) -> None:
        super().__init__(look, text)
        self.setFixedHeight(look.text_px(15) + look.px(13))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        look, colours = self._look, self._look.colours
        left = 0
        font = self._fitting_font()
        if self._attention:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            width = QFontMetrics(font).horizontalAdvance(self._text) + self.height() + look.px(18)
            box = QRect(0, look.px(2), min(width, self.width()), self.height() - look.px(2))
            paint_box(painter, box, Box(colours.amber_ground, colours.amber, look.frame, look.px(6)))
            paint_sign(
                painter, look, QRect(look.px(6), box.y(), box.height(), box.height()), "!", colours.amber
            )
            left = self.height() + look.px(8)
            painter.setFont(font)
            painter.setPen(QColor(colours.amber))
        else:
            painter.setFont(font)
            painter.setPen(QColor(colours.muted))
        align = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(self.rect().adjusted(left, look.px(2), 0, 0), align, self._text)
        painter.end()

    def _fitting_font(self) -> QFont:
        """As large as the font setting says; smaller where the line would not be seen whole."""
        look = self._look
        room = self.width() - (self.height() + look.px(18) if self._attention else 0)
        for size in range(15, 8, -1):
            font = look.font(size, bold=self._attention)
            if QFontMetrics(font).horizontalAdvance(self._text) <= room:
                break
        return font


class BoothBanner(_Saying):
    """A few lines in a box with a sign before them; nothing to be seen without words."""

    def __init__(self, look: BoothLook) -> None:
        super().__init__(look, "")
        # Three lines, and a margin above and below them.
        self.setFixedHeight(3 * QFontMetrics(look.font(17)).lineSpacing() + look.px(20))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._text:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look, colours = self._look, self._look.colours
        colour = colours.amber if self._attention else colours.blue
        ground = colours.amber_ground if self._attention else colours.tint
        painter.setFont(look.font(17))
        side = look.text_px(30)
        left = look.px(14) + side + look.px(10)
        room = QRect(left, 0, self.width() - left - look.px(14), self.height())
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
        needed = painter.boundingRect(room, flags, self._text).height() + look.px(20)
        box = QRect(0, 0, self.width(), min(self.height(), max(needed, look.text_px(17) * 3)))
        room.setHeight(box.height())
        paint_box(painter, box, Box(ground, colour, look.frame, look.px(8)))
        sign = QRect(look.px(14), 0, side, box.height())
        paint_sign(painter, look, sign, "!" if self._attention else "i", colour)
        painter.setFont(look.font(17))
        painter.setPen(QColor(colours.ink))
        painter.drawText(room, flags, self._text)
        painter.end()


def paint_sign(painter: QPainter, look: BoothLook, box: QRect, sign: str, colour: str) -> None:
    """A character in a circle, such as the exclamation mark of a message."""
    side = round(min(box.width(), box.height()) * 0.72)
    circle = QRect(0, 0, side, side)
    circle.moveCenter(box.center())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawEllipse(circle)
    font = look.font(10, bold=True)
    scaled = type(font)(font)
    scaled.setPixelSize(round(side * 0.72))
    painter.setFont(scaled)
    painter.setPen(QColor(look.colours.card))
    painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, sign)
