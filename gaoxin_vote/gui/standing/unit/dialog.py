"""Why did this unit get what it got? One unit after the other, without leaving the page of all."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QVBoxLayout, QWidget

from gaoxin_vote.domain.units import UnitCode
from gaoxin_vote.gui.kit import theme
from gaoxin_vote.gui.kit.dialog import resize_within
from gaoxin_vote.gui.kit.parts import (
    Banner,
    Card,
    allow,
    button,
    column,
    filled,
    label,
    row,
    scrolling,
    set_tip,
)
from gaoxin_vote.gui.kit.tables import for_spreadsheet
from gaoxin_vote.gui.standing.unit.state import StorySection, UnitPage

_TWO_COLUMNS = 960
"""Pixels that two columns beside each other need at the normal font setting."""


class UnitDialog(QDialog):
    """单位考核结果: the grade and why, then every part of the score with its formula and its clause."""

    shown_unit = Signal(str)
    """The code of the unit that is shown now."""

    def __init__(
        self,
        parent: QWidget,
        page: Callable[[UnitCode], UnitPage],
        order: tuple[UnitCode, ...],
        first: UnitCode,
    ) -> None:
        """`order` is how one goes from one unit to the next; `first` is one of them."""
        super().__init__(parent)
        self._page, self._order, self._place = page, order, order.index(first)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.name = label("", "page-title", wrap=True, select=True)
        self.place = label("", "muted", wrap=True, select=True)
        self.before = button("上一个", lambda: self.go(-1))
        self.after = button("下一个", lambda: self.go(1))
        self.counter = label("", "muted")
        self.why = Banner()
        self.sections: list[StoryCard] = []
        self._columns = 0
        self._body = column(spacing=12)
        self._area = scrolling(filled(self._body))
        self._area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # read with the arrow keys
        self._area.setAccessibleName("考核结果的由来")
        self.copy = button("复制全部", self.copy_all)
        self.copied = label("", "done")
        self.shut = button("关闭", self.close, "primary")
        self.shut.setDefault(True)
        names = column(self.name, self.place, spacing=2)
        head = row(names, self.counter, self.before, self.after)
        head.setStretch(0, 1)
        outer = column(head, self.why, self._area, row(self.copy, self.copied, 1, self.shut), spacing=12)
        outer.setContentsMargins(24, 18, 24, 16)
        outer.setStretch(2, 1)
        self.setLayout(outer)
        # On a button the arrows alone would move the keyboard.
        for keys, steps in (("Alt+Left", -1), ("Alt+Right", 1)):
            QShortcut(QKeySequence(keys), self).activated.connect(partial(self.go, steps))
        set_tip(self.copy, "复制后可粘贴到 WPS 或 Excel（Ctrl+C）")
        resize_within(self, 1240, 700)
        self._show()
        self._area.setFocus()

    def go(self, steps: int) -> None:
        """To the unit so many places further on, if there is one."""
        if 0 <= self._place + steps < len(self._order):
            self._place += steps
            self._show()

    def copy_all(self) -> None:
        """Put everything that is shown on the clipboard."""
        QGuiApplication.clipboard().setText(for_spreadsheet(self.shown.lines()))
        self.copied.setText("✓ 已复制")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Ctrl+C copies; else as in every dialog."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_all()
        else:
            super().keyPressEvent(event)

    def _show(self) -> None:
        code = self._order[self._place]
        self.shown = self._page(code)
        self.setWindowTitle(f"{self.shown.name}：考核结果")
        self.name.setText(self.shown.name)
        self.place.setText(self.shown.place)
        self.counter.setText(f"{self._place + 1} / {len(self._order)}")
        last = len(self._order) - 1
        allow(self.before, "" if self._place else "已是第一个")
        allow(self.after, "" if self._place < last else "已是最后一个")
        for piece, keys in ((self.before, "Alt+←"), (self.after, "Alt+→")):
            if piece.isEnabled():
                set_tip(piece, keys)
        self.copied.clear()
        self.why.say(self.shown.news.value, self.shown.heading, "\n".join(self.shown.why))
        self._columns = 0
        self._lay_out()
        self._area.verticalScrollBar().setValue(0)
        self.shown_unit.emit(code)

    def _lay_out(self) -> None:
        """Two columns where there is room for them, else one."""
        columns = 2 if self.width() >= theme.current().px(_TWO_COLUMNS) else 1
        if columns == self._columns:
            return
        self._columns = columns
        _empty(self._body)
        self.sections = [StoryCard(section) for section in self.shown.sections]
        left, right = column(spacing=12), column(spacing=12)
        for card in self.sections:
            (right if columns == 2 and card.section.follows else left).addWidget(card)
        for stack in (left, right):
            stack.addStretch(1)
        both = row(filled(left), spacing=12)
        if columns == 2:
            both.addWidget(filled(right))
        both.setStretch(0, 11)
        both.setStretch(1, 9)
        self._body.addWidget(filled(both))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: there is room for two columns, or no more."""
        super().resizeEvent(event)
        if self._columns:
            self._lay_out()


class StoryCard(Card):
    """One section: sentences, and a table whose cells break into lines."""

    def __init__(self, section: StorySection) -> None:
        super().__init__(section.title)
        self.section = section
        self.word.setText(section.word)
        self.add(*(label(words, wrap=True, select=True) for words in section.words))
        if section.columns:
            self.add(self._table(section))

    @staticmethod
    def _table(section: StorySection) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(7)
        top = Qt.AlignmentFlag.AlignTop
        for place, head in enumerate(section.columns):
            grid.setColumnStretch(place, head.stretch)
            side = top | Qt.AlignmentFlag.AlignRight if head.number else top
            heading = label(head.head, "small", wrap=bool(head.stretch))
            heading.setAlignment(side)
            grid.addWidget(heading, 0, place)
            for number, cells in enumerate(section.rows, start=1):
                cell = _cell(cells[place], strong=number - 1 in section.marked, wrap=bool(head.stretch))
                cell.setAlignment(side)
                cell.setAccessibleName(f"{head.head}：{cells[place]}")
                grid.addWidget(cell, number, place)
        return grid


def _cell(text: str, *, strong: bool, wrap: bool) -> QLabel:
    return label(text, "strong" if strong else "", wrap=wrap, select=True)


def _empty(layout: QVBoxLayout) -> None:
    while (old := layout.takeAt(0)) is not None:
        if widget := old.widget():
            widget.hide()
            widget.deleteLater()
