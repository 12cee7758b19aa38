"""How is one unit drawn: to be marked, to be reviewed, to be named as the own one?"""

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractButton, QWidget

from gaoxin_vote.domain.ballot import Mark
from gaoxin_vote.gui.booth.controls import Box, paint_box, paint_focus, paint_tick, taken, underlined
from gaoxin_vote.gui.booth.draft import BallotRow
from gaoxin_vote.gui.booth.look import BoothLook
from gaoxin_vote.gui.booth.state import CHOICES

RECUSED = "本单位 · 回避"
UNMARKED = "未评"
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def choice_width(look: BoothLook, mark: Mark) -> int:
    """Width of one choice of a row."""
    if mark is Mark.ABSTAIN:
        return look.text_px(14) * 2 + look.px(28)
    return look.text_px(16) * 3 + look.px(26)


def choices_width(look: BoothLook) -> int:
    """Width of all choices of a row."""
    return sum(choice_width(look, mark) for mark in CHOICES) + look.px(6) * len(CHOICES)


def least_ballot_column(look: BoothLook) -> int:
    """The width below which names would have to be cut: the choices and seven characters."""
    return choices_width(look) + number_width(look) + 7 * look.text_px(17)


def number_width(look: BoothLook) -> int:
    """Width of the number before the name."""
    return look.text_px(14) * 2 + look.px(8)


class Choice(QAbstractButton):
    """One grade, or abstention, of one row; chosen it is filled, bold and ticked."""

    def __init__(self, look: BoothLook, word: str, unit: str, mark: Mark) -> None:
        super().__init__()
        self._look = look
        self.mark = mark
        self.setText(word)
        self.setAccessibleName(f"{unit}：{word}")
        self.setCheckable(True)
        # The row has the keyboard; a hundred stops on the way of the Tab key would help nobody.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def nextCheckState(self) -> None:
        """A press asks for the mark; what is chosen is shown when it has been accepted."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look, colours = self._look, self._look.colours
        abstain, chosen = self.mark is Mark.ABSTAIN, self.isChecked()
        ground, ink, line = colours.card, colours.ink, colours.field_line
        if abstain:
            ink = colours.muted
        if chosen:
            ground = line = colours.muted if abstain else colours.blue
            ink = colours.on_blue
        elif self.isDown() or self.underMouse():
            ground = colours.tint
        width = min(look.frame, 2) if not chosen else look.frame
        paint_box(painter, self.rect(), Box(ground, line, width, look.px(6), abstain and not chosen))
        font = look.font(14 if abstain else 16, bold=chosen)
        painter.setFont(underlined(font) if chosen and look.high_contrast else font)
        text = self.rect()
        if chosen:
            tick = font.pixelSize() * 0.62
            width = QFontMetrics(font).horizontalAdvance(self.text())
            left = (self.width() - width - tick - look.px(4)) / 2
            box = QRectF(left, (self.height() - tick) / 2, tick, tick)
            paint_tick(painter, box, ink, max(2.0, tick / 5))
            text = QRect(round(left + tick + look.px(4)), 0, width + 2, self.height())
        painter.setPen(QColor(ink))
        painter.drawText(text, Qt.AlignmentFlag.AlignCenter, self.text())
        painter.end()


class UnitRow(QWidget):
    """One unit with its choices, or 本单位 · 回避."""

    chosen = Signal(int, object)
    """The index of the row and the mark that is wished."""
    entered = Signal(int)
    """The row has got the keyboard."""

    def __init__(self, look: BoothLook, index: int, row: BallotRow, words: tuple[str, ...]) -> None:
        super().__init__()
        self._look = look
        self._index = index
        self._row = row
        self._words = dict(zip(CHOICES, words, strict=True))
        self._missing = False
        self._choices: list[Choice] = []
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus if row.own else Qt.FocusPolicy.StrongFocus)
        if not row.own:
            for mark in CHOICES:
                choice = Choice(look, self._words[mark], row.unit.name, mark)
                choice.setParent(self)
                # On touch, not on letting go: a finger that rolls off marks what it pressed.
                choice.pressed.connect(self._choose)
                self._choices.append(choice)
        self._follow()

    @property
    def choices(self) -> tuple[Choice, ...]:
        """The buttons, in the order of the keys."""
        return tuple(self._choices)

    def show_row(self, row: BallotRow, *, missing: bool) -> None:
        """Show the mark; `missing` draws attention to a row without one."""
        missing = missing and row.mark is None
        if (row, missing) != (self._row, self._missing):
            self._row, self._missing = row, missing
            self._follow()

    def _follow(self) -> None:
        row = self._row
        for choice in self._choices:
            choice.setChecked(choice.mark is row.mark)
        said = RECUSED if row.own else self._words[row.mark] if row.mark else UNMARKED
        self.setAccessibleName(f"{row.unit.number} {row.unit.name}，{said}")
        self.update()

    def resizeEvent(self, _event: QResizeEvent) -> None:
        look = self._look
        gap, inset = look.px(6), look.px(3) if not look.high_contrast else look.frame + 2
        right = self.width() - gap
        for choice in reversed(self._choices):
            width = choice_width(look, choice.mark)
            choice.setGeometry(right - width, inset, width, self.height() - 2 * inset)
            right -= width + gap

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus()
        super().mousePressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.entered.emit(self._index)
        self.update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()
        super().focusOutEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look, colours = self._look, self._look.colours
        focus = self.hasFocus()
        ground = colours.focus_ground if focus else colours.ground if self._row.own else colours.card
        line = colours.amber if self._missing else colours.line
        paint_box(painter, self.rect(), Box(ground, line, look.frame, look.px(8)))
        right = self._choices[0].x() if self._choices else self.width()
        if self._row.own:
            painter.setFont(look.font(15))
            painter.setPen(QColor(colours.muted))
            painter.drawText(self.rect().adjusted(0, 0, -look.px(16), 0), _RIGHT, RECUSED)
            right -= QFontMetrics(look.font(15)).horizontalAdvance(RECUSED) + look.px(24)
        elif self._missing:
            painter.setFont(look.font(14, bold=True))
            painter.setPen(QColor(colours.amber))
            width = QFontMetrics(painter.font()).horizontalAdvance(UNMARKED)
            painter.drawText(QRect(0, 0, right - look.px(8), self.height()), _RIGHT, UNMARKED)
            right -= width + look.px(12)
        if focus:
            paint_focus(painter, self.rect(), look)
        paint_name(painter, look, self._row, QRect(0, 0, right - look.px(4), self.height()), focus=focus)
        painter.end()

    def _choose(self) -> None:
        self.setFocus()
        sender = self.sender()
        if isinstance(sender, Choice):
            self.chosen.emit(self._index, sender.mark)


class NamedRow(QAbstractButton):
    """One unit as a button: with its mark in the review, or to be named as the own unit."""

    def __init__(self, look: BoothLook, row: BallotRow, word: str = "") -> None:
        super().__init__()
        self._look = look
        self._row = row
        self.setText(word)
        self.setAccessibleName(f"{row.unit.number} {row.unit.name}" + (f"，{word}" if word else ""))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(200), self._look.least_row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not taken(self, event):
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look, colours, row = self._look, self._look.colours, self._row
        missing = bool(self.text()) and row.mark is None
        chosen = self.isChecked()
        ground = colours.amber_ground if missing else colours.card
        if self.hasFocus():
            ground = colours.focus_ground
        if chosen:
            ground = colours.blue
        elif self.isDown() or self.underMouse():
            ground = colours.tint
        line = colours.amber if missing else colours.blue if chosen else colours.line
        paint_box(painter, self.rect(), Box(ground, line, look.frame, look.px(8)))
        right = self.width() - look.px(14)
        given = row.mark is not None and row.mark.grade is not None
        if self.text():
            font = look.font(16, bold=given or missing)
            painter.setFont(underlined(font) if given and look.high_contrast else font)
            painter.setPen(QColor(colours.amber if missing else colours.blue if given else colours.muted))
            painter.drawText(QRect(0, 0, right, self.height()), _RIGHT, self.text())
            right -= QFontMetrics(font).horizontalAdvance(self.text()) + look.px(8)
        if given or chosen:
            tick = look.text_px(11)
            box = QRectF(right - tick, (self.height() - tick) / 2, tick, tick)
            paint_tick(painter, box, colours.on_blue if chosen else colours.blue, max(2.0, tick / 5))
            right -= tick + look.px(8)
        focus = self.hasFocus()
        if focus:
            paint_focus(painter, self.rect(), look, on_dark=chosen)
        name = QRect(0, 0, right, self.height())
        paint_name(painter, look, row, name, chosen=chosen, focus=focus)
        painter.end()


def paint_name(
    painter: QPainter,
    look: BoothLook,
    row: BallotRow,
    box: QRect,
    *,
    chosen: bool = False,
    focus: bool = False,
) -> None:
    """Number and name in `box`: on one line, smaller, or on two lines, whatever fits first.

    A `chosen` row is painted on blue.
    """
    ink, bold = look.colours.on_blue if chosen else "", chosen
    number = QRect(box.x(), box.y(), number_width(look), box.height())
    painter.setFont(look.font(14))
    painter.setPen(QColor(ink or look.colours.muted))
    if focus and look.high_contrast:
        # Without colours a thicker frame alone would be overlooked.
        painter.fillRect(number.adjusted(0, 0, look.px(4), 0), QColor(look.colours.ink))
        painter.setPen(QColor(look.colours.card))
        bold = True
    painter.drawText(number, _RIGHT, str(row.unit.number))
    name = box.adjusted(number_width(look) + look.px(8), 0, 0, 0)
    painter.setPen(QColor(ink or look.colours.ink))
    for size in (17.0, 16.0, 15.0, 14.0, 13.0):
        font = look.font(size, bold)
        if QFontMetrics(font).horizontalAdvance(row.unit.name) <= name.width():
            painter.setFont(font)
            painter.drawText(name, _LEFT, row.unit.name)
            return
    for size in (17.0, 16.0, 15.0, 14.0, 13.0, 12.0, 11.0):
        font = look.font(size, bold)
        metrics = QFontMetrics(font)
        lines = _halves(row.unit.name)
        high = metrics.lineSpacing() * 0.9 * len(lines)
        if max(map(metrics.horizontalAdvance, lines)) <= name.width() and high <= box.height():
            break
    painter.setFont(font)
    line = round(metrics.lineSpacing() * 0.88)
    top = box.y() + (box.height() - line * len(lines)) // 2
    for number_of_line, words in enumerate(lines):
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, name.width())
        painter.drawText(QRect(name.x(), top + number_of_line * line, name.width(), line), _LEFT, shown)


def _halves(name: str) -> tuple[str, str]:
    middle = (len(name) + 1) // 2
    return name[:middle], name[middle:]
