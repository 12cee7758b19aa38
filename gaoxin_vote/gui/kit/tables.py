"""How are rows of figures shown, and copied into a spreadsheet?"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, IntEnum

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from gaoxin_vote.gui.kit import theme
from gaoxin_vote.gui.kit.columns import Columns, SortedRows, sort_as_kept, sort_by_header
from gaoxin_vote.gui.kit.icons import IconColour, IconName, pixmap
from gaoxin_vote.gui.kit.marks import CellMark, Marks
from gaoxin_vote.gui.kit.parts import tip_text
from gaoxin_vote.gui.kit.roles import Tone

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_GROUNDS: dict[Tone, str] = {
    "plain": "tint",
    "done": "green_ground",
    "attention": "amber_ground",
    "stop": "red_ground",
}
_SIGNS: dict[Tone, tuple[IconName, IconColour]] = {
    "attention": ("attention", "amber"),
    "stop": ("stop", "red"),
}


class Align(Enum):
    """Text left, numbers right, states centred."""

    TEXT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    NUMBER = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    STATE = Qt.AlignmentFlag.AlignCenter


@dataclass(frozen=True, slots=True)
class Head:
    """One column: its heading, how its cells stand, and whether it takes the spare width."""

    text: str
    align: Align = Align.TEXT
    stretch: bool = False
    width: int = 0
    """Pixels at the normal font setting, at least; 0: as wide as the content."""


Cells = tuple[str, ...]
"""The texts of one row."""


class RowsModel(QAbstractTableModel):
    """Rows of text under their headings; columns may be named by an `IntEnum` in the order of `heads`."""

    def __init__(self, heads: Sequence[Head], rows: Sequence[Cells] = ()) -> None:
        super().__init__()
        self.heads = tuple(heads)
        self.rows = tuple(rows)
        self.alarming = 0
        self.marks: Marks = {}

    def show_rows(
        self,
        rows: Sequence[Cells],
        heads: Sequence[Head] | None = None,
        alarming: int = 0,
        marks: Marks | None = None,
    ) -> None:
        """Show `rows` from now on (under other heads, if given), the first few in red, some cells marked."""
        self.alarming, self.marks = alarming, marks or {}
        if heads is None and len(rows) == len(self.rows):
            self._update(tuple(rows))
            return
        self.beginResetModel()
        self.heads = self.heads if heads is None else tuple(heads)
        self.rows = tuple(rows)
        self.endResetModel()

    def _update(self, rows: tuple[Cells, ...]) -> None:
        """Replace cells in place, so that the selection and the scroll position stay."""
        old, self.rows = self.rows, rows
        for number, (before, after) in enumerate(zip(old, rows, strict=True)):
            if before != after:
                last = self.index(number, len(self.heads) - 1)
                self.dataChanged.emit(self.index(number, 0), last)

    def cell(self, row: int, column: IntEnum | int) -> str:
        """The text of one cell."""
        return self.rows[row][column]

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Qt: the number of rows."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Qt: the number of columns."""
        return 0 if parent.isValid() else len(self.heads)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Qt: the text and the alignment of a cell."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self.heads[index.column()].align.value
        if role == Qt.ItemDataRole.ForegroundRole and index.row() < self.alarming:
            return QColor(theme.current().colours.red)
        mark = self.marks.get((index.row(), index.column()))
        if role == Qt.ItemDataRole.ToolTipRole:
            text = self.rows[index.row()][index.column()]
            return tip_text(mark.words if mark is not None and mark.words else text)
        return None if mark is None else _marked(mark, role)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Qt: the heading of a column; rows have none."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.heads):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.heads[section].text
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self.heads[section].align.value
        return None


class _Grounds(QStyledItemDelegate):
    """Draws the ground of a marked cell: the stylesheet draws cells, and knows of none."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt: draw one cell."""
        ground = index.data(Qt.ItemDataRole.BackgroundRole)
        chosen = option.state & QStyle.StateFlag.State_Selected
        if isinstance(ground, QColor) and not chosen:
            painter.fillRect(option.rect, ground)
        super().paint(painter, option, index)


def _marked(mark: CellMark, role: int) -> object:
    """What a mark adds to its cell."""
    look = theme.current()
    if role == Qt.ItemDataRole.BackgroundRole:
        return QColor(getattr(look.colours, _GROUNDS[mark.tone]))
    if role == Qt.ItemDataRole.DecorationRole and mark.tone in _SIGNS:
        name, colour = _SIGNS[mark.tone]
        return pixmap(name, getattr(look.colours, colour), look.px(15))
    if role == Qt.ItemDataRole.AccessibleDescriptionRole:
        return mark.words
    return None


class Table(QTableView):
    """A table whose header stays, whose rows copy into a spreadsheet, and which says how it is filled."""

    def __init__(
        self, model: RowsModel, name: str, empty: str = "", *, sortable: bool = False, line: int = 32
    ) -> None:
        """`line`: the height of a row in pixels at the normal font setting."""
        super().__init__()
        self._rows = model
        self._empty = empty
        self._line, self._least = line, 0
        self._sought = ""
        self._sorted = SortedRows(self) if sortable else None
        self.setAccessibleName(name)
        self.setItemDelegate(_Grounds(self))
        if self._sorted is not None:
            self._sorted.setSourceModel(model)
        self.setModel(self._sorted or model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self._columns = Columns(self, name)
        if sortable:
            sort_by_header(self, self._columns)
        model.modelReset.connect(self.fit)
        model.dataChanged.connect(lambda *_cells: self._columns.fit_soon())
        self.fit()

    def fit(self) -> None:
        """Give every row its height and every column its width, and sort as was sorted last."""
        look, heads = theme.current(), self._rows.heads
        self.verticalHeader().setDefaultSectionSize(look.px(self._line))
        if self._least:
            self.show_at_least(self._least)
        self._columns.begin(
            tuple(head.text for head in heads),
            frozenset(number for number, head in enumerate(heads) if head.stretch),
            {number: head.width for number, head in enumerate(heads) if head.width},
        )
        if self._sorted is not None:
            sort_as_kept(self, self._columns)

    def changeEvent(self, event: QEvent) -> None:
        """Qt: the type has become larger or smaller."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_columns"):
            self.fit()

    @property
    def chosen_row(self) -> int:
        """Which of the rows that were given is chosen, however they are sorted; -1 for none."""
        return self._given(self.currentIndex())

    @property
    def rows_in_view(self) -> tuple[int, ...]:
        """The rows that were given, as they stand below each other now."""
        model = self.model()
        return tuple(self._given(model.index(place, 0)) for place in range(model.rowCount()))

    def choose_row(self, row: int) -> None:
        """Choose one of the rows that were given."""
        index = self._rows.index(row, 0)
        shown = index if self._sorted is None else self._sorted.mapFromSource(index)
        self.selectRow(shown.row())
        self.scrollTo(shown)

    def hide_columns(self, *headings: str) -> None:
        """Show all columns but those with these headings."""
        heads = self._rows.heads
        self._columns.hide(frozenset(place for place, head in enumerate(heads) if head.text in headings))

    def search(self, text: str) -> None:
        """Show only rows with `text` in one of their cells; all of them without any text."""
        if self._sorted is not None:
            self._sorted.setFilterKeyColumn(-1)
            self._sorted.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            self._sorted.setFilterFixedString(text.strip())
            self._sought = text.strip()

    def _given(self, index: Index) -> int:
        return (self._sorted.mapToSource(index) if self._sorted is not None else index).row()

    def show_at_least(self, rows: int) -> None:
        """Do not shrink below `rows` rows."""
        self._least = rows
        self.setMinimumHeight(rows * self.verticalHeader().defaultSectionSize() + theme.current().px(44))

    def copy(self) -> None:
        """Put the selected rows, or all, with their headings on the clipboard as tab-separated text."""
        shown = range(self.model().rowCount())
        places = sorted({index.row() for index in self.selectionModel().selectedRows()}) or shown
        rows = [self._rows.rows[self._given(self.model().index(place, 0))] for place in places]
        lines = [tuple(head.text for head in self._rows.heads), *rows]
        QGuiApplication.clipboard().setText(for_spreadsheet(lines))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: copy, else as every table does."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: the rows, or the words for none."""
        super().paintEvent(event)
        words = self._empty if not self._rows.rows else f"没有找到“{self._sought}”。"
        if words and not self.model().rowCount():
            painter = QPainter(self.viewport())
            painter.setPen(theme.current().colours.muted)
            where = self.viewport().rect().adjusted(24, 8, -24, -8)
            painter.drawText(where, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, words)
            painter.end()


def for_spreadsheet(lines: Iterable[Sequence[str]]) -> str:
    """Cells as tab-separated text, as a spreadsheet takes them from the clipboard."""
    return "\n".join("\t".join(map(_pasted, line)) for line in lines)


def _pasted(cell: str) -> str:
    """A cell that a spreadsheet takes for text or number, never for a formula."""
    cell = " ".join(cell.split())
    number = cell.lstrip("+-").replace(".", "", 1).replace("%", "", 1)
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@")) and not number.isdigit() else cell


def when_chosen(table: Table, chosen: Callable[[int], object]) -> None:
    """Call `chosen` with the row that the person moves to."""
    table.selectionModel().currentRowChanged.connect(
        lambda now, _before: chosen(table.chosen_row) if now.isValid() else None
    )
