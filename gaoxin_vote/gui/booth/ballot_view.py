"""How is a list of units shown, a page at a time?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gaoxin_vote.gui.booth.ballot_layout import BallotLayout, LayoutMeasures, ListedUnit, arrange
from gaoxin_vote.gui.booth.controls import BoothButton, Words
from gaoxin_vote.gui.booth.look import BoothLook


@dataclass(frozen=True, slots=True)
class ColumnStyle:
    """How the columns of a list are cut, in pixels."""

    columns: int
    least_column: int
    most_column: int
    most_row: int


class BallotView(QWidget):
    """The rows of the page that is shown, and no others, under the names of their groups."""

    turned = Signal()
    """Another page is shown, or the pages have been cut anew."""

    def __init__(
        self,
        look: BoothLook,
        units: Sequence[ListedUnit],
        style: ColumnStyle,
        make_row: Callable[[int], QWidget],
    ) -> None:
        super().__init__()
        self._look = look
        self._units = tuple(units)
        self._style = style
        self._make_row = make_row
        self._layout: BallotLayout | None = None
        self._page = 0
        self._anchor = 0
        self._focus_wanted = False
        self._rows: dict[int, QWidget] = {}

    @property
    def page(self) -> int:
        """The number of the page that is shown, from 0."""
        return self._page

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return len(self._layout.pages) if self._layout else 1

    @property
    def rows(self) -> dict[int, QWidget]:
        """The rows on the screen, by the index of their unit."""
        return self._rows

    def go_to(self, index: int, *, focus: bool = True) -> None:
        """Show the page of a unit and give its row the keyboard."""
        self._anchor = index
        if self._layout is None:
            self._focus_wanted = focus
            return
        if self._layout.page_of(index) != self._page:
            self._show_page(self._layout.page_of(index))
        if focus:
            self._rows[index].setFocus()

    def beside(self, index: int, direction: int) -> int:
        """The unit one column to the left (-1) or right (+1)."""
        return self._layout.beside(index, direction) if self._layout else index

    def turn(self, direction: int) -> None:
        """Show the next (+1) or previous (-1) page, if there is one, from its first row."""
        if self._layout and 0 <= self._page + direction < self.pages:
            self.go_to(self._layout.pages[self._page + direction].places[0].index)

    def resizeEvent(self, event: QResizeEvent) -> None:
        look = self._look
        self._layout = arrange(
            self._units,
            LayoutMeasures(
                width=event.size().width(),
                height=event.size().height(),
                columns=self._style.columns,
                least_row=look.least_row(),
                most_row=self._style.most_row,
                gap=look.px(3),
                heading=look.text_px(14) + look.px(12),
                column_gap=look.px(24),
                least_column=self._style.least_column,
                most_column=self._style.most_column,
            ),
        )
        focus = self._focus_wanted or any(row.hasFocus() for row in self._rows.values())
        self._focus_wanted = False
        self._show_page(self._layout.page_of(self._anchor))
        if focus:
            self._rows[self._anchor].setFocus()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._layout is None:
            return
        painter = QPainter(self)
        painter.setFont(self._look.font(14, bold=self._look.high_contrast))
        painter.setPen(QColor(self._look.colours.muted))
        align = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom
        for heading in self._layout.pages[self._page].headings:
            room = heading.height - self._look.px(2)
            box = QRect(heading.x + 2, heading.y, heading.width, room)
            painter.drawText(box, align, heading.text)
        painter.end()

    def _show_page(self, page: int) -> None:
        if self._layout is None:
            return
        self._page = page
        for row in self._rows.values():
            row.hide()
            row.deleteLater()
        self._rows = {}
        for place in self._layout.pages[page].places:
            row = self._make_row(place.index)
            row.setParent(self)
            row.setGeometry(place.x, place.y, place.width, place.height)
            row.show()
            self._rows[place.index] = row
        self.update()
        self.turned.emit()


class Pager(QWidget):
    """第1页，共4页 between two buttons; not to be seen while there is only one page."""

    def __init__(self, look: BoothLook, view: BallotView) -> None:
        super().__init__()
        self._view = view
        self._back = BoothButton(look, "上一页")
        self._on = BoothButton(look, "下一页")
        self._where = Words(look, "", 16, bold=True, align=Qt.AlignmentFlag.AlignCenter)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(10))
        for widget in (self._back, self._where, self._on):
            row.addWidget(widget)
        self._back.clicked.connect(lambda: view.turn(-1))
        self._on.clicked.connect(lambda: view.turn(+1))
        view.turned.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        view = self._view
        self._where.say(f"第{view.page + 1}页，共{view.pages}页")
        self._back.setEnabled(view.page > 0)
        self._on.setEnabled(view.page < view.pages - 1)
        self.setVisible(view.pages > 1)
