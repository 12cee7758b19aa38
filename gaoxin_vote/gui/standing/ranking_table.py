"""How is the ranking drawn: scores as bars, classes under headings, lines where the places of a grade end?"""

from decimal import Decimal

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from gaoxin_vote.gui.kit import theme
from gaoxin_vote.gui.kit.parts import label, row
from gaoxin_vote.gui.kit.tables import RowsModel, Table
from gaoxin_vote.gui.standing.state import RankingView, ScoreParts

Index = QModelIndex | QPersistentModelIndex
BAR_WIDTH = 175
"""Pixels of the column with the bars at the normal font setting."""
_HEADING, _LINE = 30, 26
"""Pixels above the first row of a class and below the last place of a grade."""
_FIGURE = 76
"""Pixels that the score itself takes at the right of the bar."""


class RankingTable(Table):
    """The rows of one view: headings unless something is searched, lines only in the order of the view."""

    def __init__(self, model: RowsModel, name: str, empty: str) -> None:
        self._view: RankingView | None = None
        self._parts: tuple[ScoreParts, ...] = ()
        self._bars, self._fullest = -1, 0.0
        self._headings: dict[int, str] = {}
        self._lines: dict[int, str] = {}
        super().__init__(model, name, empty, sortable=True)
        self.setItemDelegate(_RankingCell(self))
        self.model().layoutChanged.connect(self._make_room)
        self.model().modelReset.connect(self._make_room)
        self.model().rowsInserted.connect(self._make_room)
        self.model().rowsRemoved.connect(self._make_room)

    def show_view(self, view: RankingView | None, parts: tuple[ScoreParts, ...], bars: int) -> None:
        """The rows stand in this order; `parts` are theirs, `bars` the column that shows them, or -1."""
        self._view, self._parts, self._bars = view, parts, bars
        self._headings = dict(view.headings) if view else {}
        self._lines = dict(view.lines) if view else {}
        sums = (sum(each.positive, Decimal(0)) + max(each.adjustment, Decimal(0)) for each in parts)
        self._fullest = float(max(sums, default=Decimal(0)))
        if self._sorted is not None:
            self._sorted.groups = view.groups if view else ()
            if view is not None and self._sorted.sortColumn() >= 0:
                self._sorted.invalidate()
        self._make_room()
        self.viewport().update()

    def fit(self) -> None:
        """As every table, and room for headings and lines."""
        super().fit()
        self._make_room()

    def above(self, place: int) -> str:
        """The heading above the row at this place, as they stand now."""
        if self._view is None or self._sought:
            return ""
        groups = self._view.groups
        if not groups:
            return ""
        group = groups[self._given(self.model().index(place, 0))]
        if place and groups[self._given(self.model().index(place - 1, 0))] == group:
            return ""
        return self._headings.get(groups.index(group), "")

    def below(self, place: int) -> str:
        """What stands on the line below the row at this place."""
        plain = self._sorted is not None and self._sorted.sortColumn() < 0 and not self._sought
        if self._view is None or not plain:
            return ""
        return self._lines.get(place, "")

    def search(self, text: str) -> None:
        """As every table; what is found stands close together."""
        super().search(text)
        self._make_room()

    def _make_room(self) -> None:
        look = theme.current()
        header = self.verticalHeader()
        for place in range(self.model().rowCount()):
            height = header.defaultSectionSize()
            height += look.px(_HEADING) if self.above(place) else 0
            height += look.px(_LINE) if self.below(place) else 0
            if self.rowHeight(place) != height:
                self.setRowHeight(place, height)

    def parts_at(self, index: Index) -> tuple[ScoreParts, float] | None:
        """What the bar of this cell shows, and the sum that would fill it; None where there is no bar."""
        given = self._given(index)
        if index.column() != self._bars or not 0 <= given < len(self._parts):
            return None
        return (self._parts[given], self._fullest) if self._fullest > 0 else None

    def cell_rect(self, rect: QRect, place: int) -> QRect:
        """What of a cell is left for its content."""
        look = theme.current()
        top = look.px(_HEADING) if self.above(place) else 0
        bottom = look.px(_LINE) if self.below(place) else 0
        return rect.adjusted(0, top, 0, -bottom)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: the rows, then headings and lines in the room between them."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        for place in range(self.model().rowCount()):
            top = self.rowViewportPosition(place)
            bottom = top + self.rowHeight(place)
            if bottom < 0 or top > self.viewport().height():
                continue
            if words := self.above(place):
                self._paint_heading(painter, top, words)
            if words := self.below(place):
                self._paint_line(painter, bottom, words)
        painter.end()

    def _paint_heading(self, painter: QPainter, top: int, words: str) -> None:
        look = theme.current()
        painter.setFont(_bold(self.font()))
        painter.setPen(QColor(look.colours.muted))
        where = QRect(look.px(12), top, self.viewport().width(), look.px(_HEADING))
        painter.drawText(where, Qt.AlignmentFlag.AlignVCenter, words)

    def _paint_line(self, painter: QPainter, bottom: int, words: str) -> None:
        look = theme.current()
        good = words.startswith("良好")
        ink = QColor(look.colours.blue if good else look.colours.green)
        ground = QColor(look.colours.tint if good else look.colours.green_ground)
        font = _bold(self.font())
        middle = bottom - look.px(_LINE) // 2
        painter.setPen(QPen(ink, 1, Qt.PenStyle.DashLine))
        painter.drawLine(look.px(8), middle, self.viewport().width() - look.px(8), middle)
        width = QFontMetrics(font).horizontalAdvance(words) + look.px(24)
        pill = QRect(look.px(44), bottom - look.px(_LINE) + 2, width, look.px(_LINE) - 4)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(ink, 1))
        painter.setBrush(ground)
        painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
        painter.setFont(font)
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, words)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


class _RankingCell(QStyledItemDelegate):
    """A cell that leaves room for headings and lines; that of the score shows a bar."""

    def __init__(self, table: RankingTable) -> None:
        super().__init__(table)
        self._table = table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt: the cell."""
        inner = QStyleOptionViewItem(option)
        inner.rect = self._table.cell_rect(option.rect, index.row())
        super().paint(painter, inner, index)
        found = self._table.parts_at(index)
        if found is not None:
            parts, fullest = found
            look = theme.current()
            bar = inner.rect.adjusted(look.px(10), 0, -look.px(_FIGURE), 0)
            height = look.px(12)
            bar.setTop(bar.center().y() - height // 2)
            bar.setHeight(height)
            _paint_bar(painter, bar, parts, fullest)


def _paint_bar(painter: QPainter, bar: QRect, parts: ScoreParts, fullest: float) -> None:
    """Segment by segment, with a gap between them; what is taken off is framed in red at the end."""
    left, unit = float(bar.left()), bar.width() / fullest
    gained = [float(part) for part in parts.positive]
    colours = part_colours(len(gained))
    if parts.adjustment > 0:
        gained.append(float(parts.adjustment))
    for value, colour in zip(gained, colours, strict=False):
        width = value * unit
        if width >= 1:
            painter.fillRect(QRect(round(left), bar.top(), max(1, round(width) - 1), bar.height()), colour)
        left += width
    if parts.adjustment < 0:
        taken = float(-parts.adjustment) * unit
        lost = QRect(round(left - taken), bar.top(), max(2, round(taken) - 1), bar.height())
        painter.fillRect(lost, QColor(theme.current().colours.card))
        painter.setPen(QColor(theme.current().colours.red))
        painter.drawRect(lost.adjusted(0, 0, -1, -1))


def part_colours(positive: int) -> tuple[QColor, ...]:
    """One for each part in order, ever lighter, and that of what is added at the end."""
    colours = theme.current().colours
    base = QColor(colours.blue)
    shades = []
    for place in range(positive):
        share = min(0.75, 0.3 * place)
        mixed = (round(tone + (255 - tone) * share) for tone in (base.red(), base.green(), base.blue()))
        shades.append(QColor(*mixed))
    return (*shades, QColor(colours.green))


class PartsLegend(QWidget):
    """What the colours of the bars mean."""

    def __init__(self) -> None:
        super().__init__()
        self._row = row(spacing=4)
        self.setLayout(self._row)
        self._named: tuple[str, ...] = ()

    def name_parts(self, names: tuple[str, ...]) -> None:
        """The names of the parts, in order; the last is what is added."""
        if names == self._named:
            return
        self._named = names
        while (old := self._row.takeAt(0)) is not None:
            if widget := old.widget():
                widget.deleteLater()
        for place, name in enumerate(names):
            self._row.addWidget(_Swatch(place, len(names) - 1))
            self._row.addWidget(label(name, "small"))
            self._row.addSpacing(8)


class _Swatch(QWidget):
    """The colour of one part, in the look of the moment."""

    def __init__(self, place: int, positive: int) -> None:
        super().__init__()
        self._place, self._positive = place, positive
        side = theme.current().px(10)
        self.setFixedSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt: the colour."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), part_colours(self._positive)[self._place])
        painter.end()


def _bold(font: QFont) -> QFont:
    made = QFont(font)
    made.setBold(True)
    made.setPixelSize(theme.current().px(12))
    return made
