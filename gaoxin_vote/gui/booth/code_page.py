"""How does the voter enter the code of the slip?"""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from gaoxin_vote.gui.booth.controls import BoothButton, Box, ButtonKind, Words, paint_box
from gaoxin_vote.gui.booth.flow import BoothStep
from gaoxin_vote.gui.booth.look import BoothLook
from gaoxin_vote.gui.booth.page import BoothBanner, BoothPage
from gaoxin_vote.gui.booth.state import CODE_DIGITS, BoothState

_HINT = "扫描票码条上的二维码，或按条上的16位数字输入。"


class CodePage(BoothPage):
    """Sixteen places, a keypad, and what was wrong. Keys and scanner go through the window."""

    typed = Signal(str)
    erased = Signal()
    cleared = Signal()
    placed = Signal(int)
    """To one digit, to mend it."""
    entered = Signal()
    returned = Signal()

    def __init__(self, look: BoothLook, state: BoothState) -> None:
        super().__init__(look, "请输入票码", _HINT)
        self._field = CodeField(look)
        self._field.placed.connect(self.placed)
        self._banner = BoothBanner(look)
        self._keys: list[BoothButton] = []
        self.column.addStretch(2)
        middle = QHBoxLayout()
        middle.setSpacing(look.px(56))
        middle.addStretch(1)
        middle.addLayout(self._entry())
        middle.addLayout(self._keypad())
        middle.addStretch(1)
        self.column.addLayout(middle)
        self.column.addStretch(3)
        back = BoothButton(look, "返回", enter=False)
        back.clicked.connect(self.returned)
        below = QHBoxLayout()
        below.addWidget(back)
        below.addStretch(1)
        self.column.addLayout(below)
        self.show_state(state)

    def show_state(self, state: BoothState) -> None:
        checking = state.step is BoothStep.ADMITTING
        self._field.show_code(state.code, state.place, waiting=bool(state.wait) or checking)
        if state.wait:
            self._banner.say(
                f"{state.message}\n请等待{state.wait}秒再输入。"
                if state.message
                else f"请等待{state.wait}秒再输入。",
                attention=True,
            )
        elif checking:
            self._banner.say("正在核对票码……", attention=False)
        else:
            self._banner.say(state.message, attention=True)
        for key in self._keys:
            key.setEnabled(not state.wait and not checking)
        self._enter.setEnabled(not state.wait and not checking)

    def _entry(self) -> QVBoxLayout:
        look = self.look
        column = QVBoxLayout()
        column.setSpacing(look.px(18))
        column.addStretch(1)
        column.addWidget(Words(look, "票码", 18, bold=True))
        column.addWidget(self._field)
        self._banner.setFixedWidth(self._field.sizeHint().width())
        column.addWidget(self._banner)
        column.addStretch(2)
        return column

    def _keypad(self) -> QVBoxLayout:
        look = self.look
        grid = QGridLayout()
        grid.setSpacing(look.px(10))
        for place, text in enumerate(("1", "2", "3", "4", "5", "6", "7", "8", "9", "清除", "0", "退格")):
            key = BoothButton(look, text, ButtonKind.KEY, size=28 if text.isdigit() else 18, height=72)
            # The keys of the keyboard do the same; focus stays where a scanner's Enter does no harm.
            key.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            key.setFixedWidth(look.px(104))
            if text.isdigit():
                key.pressed.connect(lambda digit=text: self.typed.emit(digit))
            else:
                key.clicked.connect(self.cleared if text == "清除" else self.erased)
            grid.addWidget(key, place // 3, place % 3)
            self._keys.append(key)
        self._enter = BoothButton(look, "确定", ButtonKind.PRIMARY, size=22, height=64)
        self._enter.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._enter.clicked.connect(self.entered)
        column = QVBoxLayout()
        column.setSpacing(look.px(10))
        column.addLayout(grid)
        column.addWidget(self._enter)
        return column


class CodeField(QWidget):
    """Sixteen places in four groups, as on the slip; a touch goes to one of them."""

    placed = Signal(int)

    def __init__(self, look: BoothLook) -> None:
        super().__init__()
        self._look = look
        self._code = ""
        self._waiting = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._place = 0
        self.show_code("", 0, waiting=False)

    def show_code(self, code: str, place: int, *, waiting: bool) -> None:
        """Show the digits typed so far, and where the next one goes."""
        self._code, self._place, self._waiting = code, place, waiting
        self.setAccessibleName(f"票码，已输入{len(code)}位，共{CODE_DIGITS}位")
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        x = 0
        for place in range(CODE_DIGITS):
            x += self._cell() + self._look.px(16 if place % 4 == 3 else 4)
            if event.position().x() < x:
                self.placed.emit(place)
                return

    def sizeHint(self) -> QSize:
        look = self._look
        return QSize(CODE_DIGITS * self._cell() + 3 * look.px(16) + 12 * look.px(4), look.text_px(26) * 2)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look, colours = self._look, self._look.colours
        painter.setFont(look.font(26, bold=True))
        x = 0
        for place in range(CODE_DIGITS):
            cell = QRect(x, 0, self._cell(), self.height())
            here = place == self._place and not self._waiting
            line = colours.blue if here else colours.field_line
            ground = colours.disabled_ground if self._waiting else colours.card
            paint_box(painter, cell, Box(ground, line, max(look.frame, 2 if here else 1), look.px(6)))
            if here:
                cursor = QRect(0, 0, look.px(16), max(3, look.frame))
                cursor.moveCenter(cell.center())
                cursor.moveBottom(cell.bottom() - look.px(9))
                painter.fillRect(cursor, QColor(colours.blue))
            if place < len(self._code):
                painter.setPen(QColor(colours.ink))
                painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, self._code[place])
            x += self._cell() + look.px(16 if place % 4 == 3 else 4)
        painter.end()

    def _cell(self) -> int:
        return max(self._look.px(34), round(self._look.text_px(26) * 1.1))
