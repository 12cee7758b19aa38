"""How does the booth say one thing: sealing, the tracker, a warning, trouble, a stop?"""

from collections.abc import Callable
from enum import Enum

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from gaoxin_vote.gui.booth.controls import (
    BoothButton,
    Box,
    ButtonKind,
    Words,
    confirms,
    paint_box,
    paint_tick,
)
from gaoxin_vote.gui.booth.look import BoothLook
from gaoxin_vote.gui.booth.state import BoothState


class Sign(Enum):
    """The sign above a message."""

    LOCK = "lock"
    DONE = "done"
    ATTENTION = "attention"
    STOP = "stop"
    COUNTDOWN = "countdown"
    """The seconds left, in a ring that runs out."""


class SignView(QWidget):
    """A sign, drawn."""

    def __init__(self, look: BoothLook, sign: Sign) -> None:
        super().__init__()
        self._look = look
        self._sign = sign
        self._left = 0
        self._whole = 1
        side = look.px(124 if sign is Sign.COUNTDOWN else 88)
        self.setFixedSize(side, side)

    def count(self, left: int, whole: int) -> None:
        """Show `left` of `whole` seconds."""
        self._left, self._whole = left, max(1, whole)
        self.setAccessibleName(f"还有{left}秒")
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours, side = self._look.colours, self.width()
        stroke = max(3.0, side / 22)
        box = QRectF(self.rect()).adjusted(stroke, stroke, -stroke, -stroke)
        colour = {Sign.DONE: colours.green, Sign.STOP: colours.red, Sign.LOCK: colours.blue}.get(
            self._sign, colours.amber
        )
        pen = QPen(QColor(colour), stroke)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        if self._sign is Sign.COUNTDOWN:
            self._paint_ring(painter, box, pen)
        elif self._sign is Sign.LOCK:
            body = QRectF(side * 0.22, side * 0.44, side * 0.56, side * 0.42)
            painter.drawRoundedRect(body, stroke * 1.5, stroke * 1.5)
            painter.drawArc(QRectF(side * 0.33, side * 0.14, side * 0.34, side * 0.56), 0, 180 * 16)
            painter.drawLine(body.center(), body.center() + (body.bottomLeft() - body.topLeft()) * 0.18)
        else:
            painter.drawEllipse(box)
            inner = box.adjusted(side * 0.2, side * 0.2, -side * 0.2, -side * 0.2)
            if self._sign is Sign.DONE:
                paint_tick(painter, inner, colour, stroke * 1.3)
            else:
                self._paint_mark(painter, colour)
        painter.end()

    def _paint_ring(self, painter: QPainter, box: QRectF, pen: QPen) -> None:
        ground = QPen(pen)
        ground.setColor(QColor(self._look.colours.line))
        if not self._look.high_contrast:
            painter.setPen(ground)
            painter.drawEllipse(box)
        painter.setPen(pen)
        painter.drawArc(box, 90 * 16, round(360 * 16 * self._left / self._whole))
        painter.setPen(QColor(self._look.colours.ink))
        painter.setFont(self._look.font(42, bold=True))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, str(self._left))

    def _paint_mark(self, painter: QPainter, colour: str) -> None:
        painter.setPen(QColor(colour))
        painter.setFont(self._look.font(44, bold=True))
        painter.drawText(
            self.rect(), Qt.AlignmentFlag.AlignCenter, "!" if self._sign is Sign.ATTENTION else "×"
        )


class MessagePage(QWidget):
    """A sign, a title, a few lines, perhaps the tracker, and at most three buttons."""

    def __init__(self, look: BoothLook, sign: Sign, title: str, lines: tuple[str, ...] = ()) -> None:
        super().__init__()
        self.look = look
        self.setAccessibleName(title)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._main: BoothButton | None = None
        self._final: BoothButton | None = None
        self._calm = False
        self._counted: list[tuple[BoothButton, str]] = []
        self.sign = SignView(look, sign)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(look.px(60), look.px(70), look.px(60), look.px(40))
        self.column.setSpacing(look.px(14))
        self.column.addStretch(3)
        self.column.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignHCenter)
        self.column.addSpacing(look.px(8))
        centre = Qt.AlignmentFlag.AlignHCenter
        self.column.addWidget(Words(look, title, 32, bold=True, align=centre))
        for line in lines:
            self.column.addWidget(Words(look, line, 19, align=centre, colour=look.colours.muted))
        self._noticing = False
        self._notice = Words(look, "", 19, align=centre, colour=look.colours.amber)
        self._boxes = QHBoxLayout()
        self.column.addLayout(self._boxes)
        self.column.addWidget(self._notice)
        self.column.addSpacing(look.px(16))
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(look.px(14))
        self._buttons.addStretch(1)
        self._buttons.addStretch(1)
        self.column.addLayout(self._buttons)
        self.column.addStretch(4)

    def show_state(self, state: BoothState) -> None:
        """Show how many seconds are left."""
        self.sign.count(state.countdown, state.whole_countdown)
        self._notice.say(state.message if self._noticing else "")
        for button, text in self._counted:
            button.say(f"{text}（{state.countdown}）", text)

    def add_button(
        self,
        text: str,
        kind: ButtonKind,
        act: Callable[[], object],
        *,
        counted: bool = False,
        careful: bool = False,
    ) -> BoothButton:
        """One more button, with the seconds left when `counted`; the primary one gets the keyboard."""
        button = BoothButton(self.look, text, kind, size=20, height=58)
        button.careful = careful
        button.setMinimumWidth(max(button.sizeHint().width(), self.look.px(150)))
        button.clicked.connect(lambda: act())
        if careful:
            self._final = button
        if counted:
            self._counted.append((button, text))
        self._buttons.insertWidget(self._buttons.count() - 1, button)
        if kind is ButtonKind.PRIMARY or self._main is None:
            self._main = button
        return button

    def keep_calm(self) -> None:
        """No button gets the keyboard: what is pressed may have been meant for another page."""
        self._calm = True

    def notice(self) -> None:
        """Say the state's message, too."""
        self._noticing = True

    def show_tracker(self, groups: tuple[str, ...]) -> None:
        """The tracker in boxes."""
        self._boxes.setContentsMargins(0, self.look.px(18), 0, self.look.px(8))
        self._boxes.addStretch(1)
        self._boxes.addWidget(TrackerView(self.look, groups))
        self._boxes.addStretch(1)

    def take_focus(self) -> None:
        """Give the keyboard to the primary button."""
        (self if self._calm or self._main is None else self._main).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if confirms(event) and self._final is not None:
            self._final.click()
        elif event.key() in (Qt.Key.Key_Right, Qt.Key.Key_Down):
            self.focusNextChild()
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Up):
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)


class TrackerView(QWidget):
    """The beginning of the tracker in groups, each in its box."""

    def __init__(self, look: BoothLook, groups: tuple[str, ...]) -> None:
        super().__init__()
        self._look = look
        self._groups = groups
        self._font = look.font(44, bold=True)
        self.setAccessibleName("查询码 " + " ".join(" ".join(group) for group in groups))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        count = max(1, len(self._groups))
        return QSize(count * self._box() + (count - 1) * self._look.px(18), self._font.pixelSize() * 2)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours, x = self._look.colours, 0
        for group in self._groups:
            box = self.rect()
            box.setX(x)
            box.setWidth(self._box())
            paint_box(painter, box, Box(colours.card, colours.field_line, max(2, self._look.frame), 10))
            painter.setPen(QColor(colours.ink))
            painter.setFont(self._font)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, group)
            x += self._box() + self._look.px(18)
        painter.end()

    def _box(self) -> int:
        metrics = QFontMetrics(self._font)
        return max(map(metrics.horizontalAdvance, (*self._groups, "0000"))) + self._look.px(56)
