"""What are the booth's pages made of: words, buttons, and the signs drawn on them?

Everything here paints itself with the booth's own look, whatever the desk beside it looks like.
"""

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from gaoxin_vote.gui.booth.look import BoothLook

_ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)
"""Keys that belong to the page, not to the button that has the keyboard."""
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_WRAP = Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere


class Words(QLabel):
    """Plain text that wraps."""

    def __init__(
        self,
        look: BoothLook,
        text: str,
        size: float = 17,
        *,
        bold: bool = False,
        colour: str = "",
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> None:
        super().__init__()
        self._font = look.font(size, bold)
        self._colour = colour or look.colours.ink
        self._align = align
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setText(text)
        self.setAccessibleName(text)

    def say(self, text: str) -> None:
        """Show another text."""
        if text != self.text():
            self.setText(text)
            self.setAccessibleName(text)
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        lines = self.text().split("\n")
        metrics = QFontMetrics(self._font)
        width = max(metrics.horizontalAdvance(line) for line in lines) + 2
        return QSize(width, metrics.lineSpacing() * len(lines))

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        return QSize(min(hint.width(), 10 * self._font.pixelSize()), hint.height())

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return (
            QFontMetrics(self._font).boundingRect(QRect(0, 0, width, 10_000), _WRAP, self.text()).height() + 2
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self._font)
        painter.setPen(QColor(self._colour))
        painter.drawText(self.rect(), self._align | Qt.AlignmentFlag.AlignVCenter | _WRAP, self.text())
        painter.end()


class ButtonKind(Enum):
    """How much a button asks for."""

    PRIMARY = "primary"
    PLAIN = "plain"
    DANGER = "danger"
    KEY = "key"
    """A key of the keypad."""


class BoothButton(QAbstractButton):
    """A button; Space presses it, and Enter unless a scanner's Enter must not.

    A `careful` one does what cannot be taken back: no bare key presses it, nor the second of two taps.
    """

    hesitated = Signal()
    """A key was pressed that does not press a careful button."""

    def __init__(
        self,
        look: BoothLook,
        text: str,
        kind: ButtonKind = ButtonKind.PLAIN,
        *,
        size: float = 16,
        height: float = 46,
        enter: bool = True,
    ) -> None:
        super().__init__()
        self._look = look
        self._kind = kind
        self._font = look.font(size, kind is ButtonKind.PRIMARY)
        self._height = max(look.px(height), round(self._font.pixelSize() * 1.9))
        self._enter = enter
        self.careful = False
        self.setText(text)
        self.setAccessibleName(text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def say(self, text: str, name: str = "") -> None:
        """Show another text."""
        if text != self.text():
            self.setText(text)
            self.setAccessibleName(name or text)
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        width = QFontMetrics(self._font).horizontalAdvance(self.text())
        pad = self._look.px(12 if self._kind is ButtonKind.KEY else 20)
        return QSize(width + 2 * pad, self._height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.careful and event.key() in (*_ENTER, Qt.Key.Key_Space, Qt.Key.Key_Select):
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                event.ignore()
            else:
                self.hesitated.emit()
        elif not taken(self, event, enter=self._enter):
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if not self.careful:
            super().mouseDoubleClickEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look, colours = self._look, self._look.colours
        ground, ink, line = colours.card, colours.ink, colours.field_line
        if not self.isEnabled():
            ground, ink, line = colours.disabled_ground, colours.disabled_ink, colours.line
        elif self._kind is ButtonKind.PRIMARY:
            ground = colours.blue_dark if self.isDown() or self.underMouse() else colours.blue
            ink, line = colours.on_blue, ground
        else:
            if self._kind is ButtonKind.DANGER:
                ink = line = colours.red
            if self.isDown() or self.isChecked() or self.underMouse():
                ground = colours.tint
        paint_box(painter, self.rect(), Box(ground, line, look.frame, look.px(6)))
        font = self._font
        if look.high_contrast and (self._kind is ButtonKind.PRIMARY or self.isChecked()):
            font = underlined(font)
        painter.setFont(font)
        painter.setPen(QColor(ink))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        if self.hasFocus():
            paint_focus(painter, self.rect(), look, on_dark=self._kind is ButtonKind.PRIMARY)
        painter.end()


def taken(button: QAbstractButton, event: QKeyEvent, *, enter: bool = True) -> bool:
    """Whether `event` is done with: Enter, which presses `button` if `enter`, or a key of the page."""
    if confirms(event):
        event.ignore()
        return True
    if event.key() in _ENTER and enter:
        # A key held down must not run through one page after another.
        if not event.isAutoRepeat():
            button.click()
        return True
    if event.key() in (*_ARROWS, *_ENTER):
        event.ignore()
        return True
    return False


def confirms(event: QKeyEvent) -> bool:
    """Whether this is the chord for what cannot be taken back: Ctrl and Enter, pressed anew."""
    control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    return control and event.key() in _ENTER and not event.isAutoRepeat()


class Meter(QWidget):
    """How far the voter is: a bar beside which the words say the same."""

    def __init__(self, look: BoothLook, name: str) -> None:
        super().__init__()
        self._look = look
        self._name = name
        self._done = 0
        self._total = 1
        self.setFixedHeight(look.px(12))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_progress(self, done: int, total: int) -> None:
        """Show `done` of `total`."""
        self._done, self._total = done, max(1, total)
        self.setAccessibleName(f"{self._name} {done}/{total}")
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours, radius = self._look.colours, self.height() / 2
        whole = QRectF(self.rect())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.line))
        if self._look.high_contrast:
            paint_box(painter, self.rect(), Box(colours.card, colours.ink, 2, round(radius)))
            painter.setPen(Qt.PenStyle.NoPen)
        else:
            painter.drawRoundedRect(whole, radius, radius)
        done = QRectF(0, 0, whole.width() * self._done / self._total, whole.height())
        painter.setBrush(QColor(colours.green))
        if self._done:
            painter.drawRoundedRect(done, radius, radius)
        painter.end()


def underlined(font: QFont) -> QFont:
    """The same font, underlined."""
    line = QFont(font)
    line.setUnderline(True)
    return line


@dataclass(frozen=True, slots=True)
class Box:
    """How a rounded box looks: two colours, and the width and radius of its frame in pixels."""

    ground: str
    line: str
    width: float
    radius: float
    dashed: bool = False


def paint_box(painter: QPainter, rect: QRect, box: Box) -> None:
    """A rounded box whose frame lies inside `rect`."""
    half = box.width / 2
    pen = QPen(QColor(box.line), box.width)
    if box.dashed:
        pen.setDashPattern([3, 2])
    painter.setPen(pen)
    painter.setBrush(QColor(box.ground))
    painter.drawRoundedRect(QRectF(rect).adjusted(half, half, -half, -half), box.radius, box.radius)


def paint_focus(painter: QPainter, rect: QRect, look: BoothLook, *, on_dark: bool = False) -> None:
    """The frame around what has the keyboard; on a dark ground a light one inside it."""
    width = look.focus_frame
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(look.colours.blue), width))
    half = width / 2
    painter.drawRoundedRect(QRectF(rect).adjusted(half, half, -half, -half), look.px(6), look.px(6))
    if on_dark:
        painter.setPen(QPen(QColor(look.colours.on_blue), 1.5))
        inner = width + 1.5
        painter.drawRoundedRect(QRectF(rect).adjusted(inner, inner, -inner, -inner), look.px(4), look.px(4))


def paint_tick(painter: QPainter, box: QRectF, colour: str, width: float) -> None:
    """A tick in `box`; drawn, because not every font has the sign."""
    pen = QPen(QColor(colour), width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    points = ((0.08, 0.55), (0.38, 0.85), (0.95, 0.18))
    line = [QPointF(box.x() + x * box.width(), box.y() + y * box.height()) for x, y in points]
    painter.drawPolyline(QPolygonF(line))
