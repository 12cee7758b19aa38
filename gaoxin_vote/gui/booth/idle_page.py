"""What does the booth show while nobody votes?"""

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gaoxin_vote.gui.booth.controls import BoothButton, Box, ButtonKind, paint_box, paint_tick
from gaoxin_vote.gui.booth.look import BoothLook
from gaoxin_vote.gui.booth.state import BoothState

_STEPS = (
    ("领取票码条", "在工作人员处签到领取"),
    ("输入票码", "扫描二维码，或输入16位数字"),
    ("评议并投票", "选票当场加密，只公布汇总结果"),
)


_BEGIN = "输入票码"


class IdlePage(QWidget):
    """The occasion, the contest, three steps and one button."""

    begun = Signal()
    left = Signal()
    """A member of staff wants to leave the booth."""
    strip_wanted = Signal()
    """A member of staff wants to check somebody in, where there is no other screen for it."""

    def __init__(self, look: BoothLook, state: BoothState) -> None:
        super().__init__()
        self.look = look
        self._occasion = state.occasion
        self._title = state.title
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._begin = BoothButton(look, _BEGIN, ButtonKind.PRIMARY, size=22, height=64)
        self._begin.clicked.connect(self.begun)
        leave = BoothButton(look, "工作人员", size=13, height=34, enter=False)
        leave.setAccessibleName("工作人员退出投票间")
        leave.clicked.connect(self.left)
        self._strip = BoothButton(look, "签到与领票", size=13, height=34, enter=False)
        self._strip.setAccessibleName("工作人员签到与领票")
        self._strip.clicked.connect(self.strip_wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(24), 0, look.px(24), look.px(14))
        column.addStretch(1)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(self._begin)
        middle.addStretch(1)
        column.addLayout(middle)
        column.addSpacing(look.px(18))
        last = QHBoxLayout()
        last.setSpacing(look.px(10))
        last.addStretch(1)
        last.addWidget(self._strip)
        last.addWidget(leave)
        column.addLayout(last)
        self.show_state(state)

    def show_state(self, state: BoothState) -> None:
        """Say whether anybody can vote now, and offer the strip where there is no other screen."""
        self._strip.setVisible(state.strip_offered)
        self._begin.say(state.closed or _BEGIN)
        self._begin.setEnabled(not state.closed)
        self.setAccessibleName(f"{state.occasion} {state.title} {state.closed or _BEGIN}")

    def take_focus(self) -> None:
        """Enter begins."""
        self._begin.setFocus()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look, colours = self.look, self.look.colours
        band = QRect(0, 0, self.width(), round(self.height() * 0.40))
        painter.fillRect(band, QColor(colours.rail))
        painter.fillRect(QRect(0, band.bottom() + 1, self.width(), look.px(4)), QColor(colours.blue))
        painter.setPen(QColor(colours.rail_muted))
        painter.setFont(look.font(22))
        upper = QRect(0, 0, band.width(), round(band.height() * 0.52))
        align = Qt.AlignmentFlag.AlignHCenter
        painter.drawText(upper, align | Qt.AlignmentFlag.AlignBottom, self._occasion)
        painter.setPen(QColor(colours.rail_ink))
        painter.setFont(look.font(46, bold=True))
        lower = QRect(0, upper.bottom() + look.px(6), band.width(), band.height() - upper.height())
        painter.drawText(lower, align | Qt.AlignmentFlag.AlignTop, f"{self._title} · 无记名投票")
        self._paint_steps(painter, band.bottom() + 1)
        painter.end()

    def _paint_steps(self, painter: QPainter, top: int) -> None:
        look, colours = self.look, self.look.colours
        gap = look.px(20)
        width = min(look.px(340), (self.width() - 2 * look.px(60) - 2 * gap) // 3)
        room = self._begin.y() - top
        inside = width - look.px(38)
        before = look.px(74) + look.text_px(20) + look.px(14)
        words = max(_words_height(look, how, inside) for _what, how in _STEPS)
        height = min(max(look.px(150), before + words + look.px(14)), room - look.px(24))
        left = (self.width() - 3 * width - 2 * gap) // 2
        y = top + (room - height) // 2
        for place, (what, how) in enumerate(_STEPS):
            card = QRect(left + place * (width + gap), y, width, height)
            paint_box(painter, card, Box(colours.card, colours.line, look.frame, look.px(10)))
            sign = QRectF(card.x() + look.px(22), card.y() + look.px(18), look.px(44), look.px(46))
            _paint_sign(painter, look, place, sign)
            painter.setPen(QColor(colours.muted))
            painter.setFont(look.font(17, bold=True))
            where = card.adjusted(0, look.px(20), -look.px(22), 0)
            painter.drawText(where, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, f"{place + 1}")
            text = card.adjusted(look.px(22), look.px(74), -look.px(16), -look.px(8))
            painter.setPen(QColor(colours.ink))
            painter.setFont(look.font(20, bold=True))
            painter.drawText(text, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, what)
            text.setTop(text.top() + look.text_px(20) + look.px(14))
            painter.setPen(QColor(colours.muted))
            painter.setFont(look.font(15))
            flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
            painter.drawText(text, flags, how)


def _words_height(look: BoothLook, words: str, width: int) -> int:
    """What the words of a step need at this width."""
    room = QRect(0, 0, width, 1000)
    return QFontMetrics(look.font(15)).boundingRect(room, Qt.TextFlag.TextWordWrap, words).height()


def _paint_sign(painter: QPainter, look: BoothLook, place: int, box: QRectF) -> None:
    """A slip, a keypad, a ballot box: outlines of one stroke width."""
    pen = QPen(QColor(look.colours.blue), max(2.0, box.width() / 20))
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    x, y, side = box.x(), box.y(), box.width()

    def at(left: float, top: float, width: float, height: float) -> QRectF:
        return QRectF(x + left * side, y + top * side, width * side, height * side)

    if place == 0:
        painter.drawRoundedRect(at(0.14, 0.04, 0.72, 0.92), 4, 4)
        painter.drawRect(at(0.30, 0.20, 0.40, 0.36))
        for line in (0.70, 0.82):
            painter.drawLine(at(0.30, line, 0, 0).topLeft(), at(0.70, line, 0, 0).topLeft())
    elif place == 1:
        painter.drawRoundedRect(at(0.04, 0.04, 0.92, 0.92), 5, 5)
        painter.setBrush(QColor(look.colours.blue))
        for row in range(3):
            for column in range(3):
                painter.drawEllipse(at(0.24 + 0.22 * column, 0.24 + 0.22 * row, 0.08, 0.08))
    else:
        painter.drawRoundedRect(at(0.04, 0.52, 0.92, 0.44), 3, 3)
        painter.drawLine(at(0.26, 0.72, 0, 0).topLeft(), at(0.74, 0.72, 0, 0).topLeft())
        slip = ((0.24, 0.52), (0.24, 0.06), (0.76, 0.06), (0.76, 0.52))
        painter.drawPolyline([at(left, top, 0, 0).topLeft() for left, top in slip])
        paint_tick(painter, at(0.36, 0.14, 0.28, 0.26), look.colours.blue, pen.widthF())
