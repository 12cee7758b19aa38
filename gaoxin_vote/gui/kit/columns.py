"""How wide is each column of a table, and by which are its rows sorted? Both are remembered on this computer.

A column that nobody has set is as wide as its content; what is left goes to those that stretch. Where there
is less room than the content needs, the table scrolls: a name is never cut.
"""

import re
import zlib
from decimal import Decimal

from PySide6.QtCore import (
    QCollator,
    QEvent,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    QTimer,
)
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QHeaderView, QTableView

from gaoxin_vote.gui.kit import theme
from gaoxin_vote.gui.kit.settings import Settings

_LONGEST = 24
"""Characters that a column which stretches shows at least; longer texts may be cut."""
_HEAD_PADDING = 22
"""Pixels beside a heading, as the stylesheet has them."""
_NUMBER = re.compile(r"[-+]?[0-9][0-9,]*(\.[0-9]+)?%?")


class Columns(QObject):
    """The columns of one table; the widths that a person drags stand until the handle is double-clicked."""

    def __init__(self, table: QTableView, name: str) -> None:
        super().__init__(table)
        self._table, self._name, self._key = table, name, ""
        self._own: list[int] = []
        """The widths somebody set, in pixels at the normal font setting; 0 where nobody has."""
        self._content: list[int] = []
        self._stretching: frozenset[int] = frozenset()
        self._fixed: dict[int, int] = {}
        self._fitting = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.fit)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.timeout.connect(self._share)
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.sectionResized.connect(self._dragged)
        header.sectionHandleDoubleClicked.connect(self._forget)
        table.viewport().installEventFilter(self)

    def begin(self, heads: tuple[str, ...], stretching: frozenset[int], fixed: dict[int, int]) -> None:
        """The table shows these heads from now on; `fixed` are widths at the normal font setting."""
        self._stretching, self._fixed = stretching, fixed
        # A number for the heads: their words are those of a workspace's scheme.
        self._key = f"{zlib.crc32(self._name.encode()):08x}{zlib.crc32('|'.join(heads).encode()):08x}"
        kept = Settings().widths(self._key)
        self._own = list(kept) if len(kept) == len(heads) else [0] * len(heads)
        self.fit()

    def fit_soon(self) -> None:
        """Fit once the event loop is reached, however often this is asked."""
        self._soon.start(0)

    def fit(self) -> None:
        """Give every column its width."""
        self._soon.stop()
        header = self._table.horizontalHeader()
        self._fitting = True  # nobody drags what becomes wider by the next line
        header.setMinimumSectionSize(theme.current().px(44))
        self._fitting = False
        longest = theme.current().px(13) * _LONGEST + _HEAD_PADDING
        self._content = []
        for column in range(header.count()):
            width = max(self._table.sizeHintForColumn(column), self._head_width(column))
            width = max(width, theme.current().px(self._fixed.get(column, 0)))
            self._content.append(min(width, longest) if column in self._stretching else width)
        self._share()

    def hide(self, hidden: frozenset[int]) -> None:
        """Show all columns but these."""
        header = self._table.horizontalHeader()
        columns = range(header.count())
        if all(header.isSectionHidden(column) is (column in hidden) for column in columns):
            return
        self._fitting = True  # nobody drags what is hidden
        for column in columns:
            header.setSectionHidden(column, column in hidden)
        self._fitting = False
        self.fit()

    def _head_width(self, column: int) -> int:
        """What a heading needs, with the sign of sorting where it stands."""
        font = QFont(self._table.horizontalHeader().font())
        font.setBold(True)
        text = str(self._table.model().headerData(column, Qt.Orientation.Horizontal) or "")
        return QFontMetrics(font).horizontalAdvance(text) + _HEAD_PADDING

    def _share(self) -> None:
        self._fitting = True
        self._give(self._table.viewport().width())
        self._fitting = False
        if self._table.wordWrap():
            self._table.resizeRowsToContents()

    def _give(self, room: int) -> None:
        widths = [
            theme.current().px(own) if own else content
            for own, content in zip(self._own, self._content, strict=False)
        ]
        for column in range(len(widths)):
            if self._table.isColumnHidden(column):
                widths[column] = 0
        taking = [column for column in self._stretching if column < len(widths) and not self._own[column]]
        if not taking and widths and not any(self._own):
            taking = [len(widths) - 1]
        spare = room - sum(widths)
        for place, column in enumerate(sorted(taking)):
            if spare > 0:
                widths[column] += spare // len(taking) + (place < spare % len(taking))
        for column, width in enumerate(widths):
            if not self._table.isColumnHidden(column):
                self._table.setColumnWidth(column, width)

    def _dragged(self, column: int, _before: int, width: int) -> None:
        if not self._fitting and column < len(self._own):
            self._own[column] = max(1, round(width * 100 / theme.current().scale))
            Settings().keep_widths(self._key, tuple(self._own))

    def _forget(self, column: int) -> None:
        if column < len(self._own):
            self._own[column] = 0
            Settings().keep_widths(self._key, tuple(self._own))
            self.fit()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Qt: the table has become wider or narrower."""
        if event.type() == QEvent.Type.Resize:
            self._share()
            self._settle.start(0)  # the table itself has still to take its share of the new size
        return False

    @property
    def key(self) -> str:
        """Under which widths and order are remembered."""
        return self._key


class SortedRows(QSortFilterProxyModel):
    """The rows in the order of a column: numbers as numbers, names as a dictionary has them, “—” last."""

    def __init__(self, table: QTableView) -> None:
        super().__init__(table)
        self._names = QCollator(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
        self._names.setNumericMode(True)
        self.groups: tuple[int, ...] = ()
        """Of each row, in which group it stays however the rows are sorted; empty where there are none."""

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Qt: the heading, with a sign behind that of the column by which the rows are sorted."""
        text = super().headerData(section, orientation, role)
        if role == Qt.ItemDataRole.DisplayRole and section == self.sortColumn():
            return f"{text} {'▼' if self.sortOrder() is Qt.SortOrder.DescendingOrder else '▲'}"
        return text

    def lessThan(
        self,
        left: QModelIndex | QPersistentModelIndex,
        right: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        """Qt: whether `left` stands before `right`."""
        if self.groups:
            group, rival = self.groups[left.row()], self.groups[right.row()]
            if group != rival:
                return (group < rival) is (self.sortOrder() is Qt.SortOrder.AscendingOrder)
        one, other = str(left.data() or ""), str(right.data() or "")
        rank, other_rank = _rank(one), _rank(other)
        if rank != other_rank or rank[0] == 2:
            return rank < other_rank
        return rank[0] == 1 and self._names.compare(one, other) < 0


def _rank(text: str) -> tuple[int, Decimal]:
    """Numbers first, by size; then words; last what says nothing."""
    if _NUMBER.fullmatch(text):
        return 0, Decimal(text.replace(",", "").rstrip("%"))
    return (2 if text in ("", "—") else 1), Decimal(0)


def sort_by_header(table: QTableView, columns: Columns) -> None:
    """A click on a heading sorts by it, the next the other way round, a third as before; remembered."""
    header = table.horizontalHeader()
    header.setSortIndicatorClearable(True)
    header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
    table.setSortingEnabled(True)

    def keep(column: int, order: Qt.SortOrder) -> None:
        if columns.key:
            Settings().keep_order(columns.key, column, order is Qt.SortOrder.DescendingOrder)
            columns.fit_soon()

    header.sortIndicatorChanged.connect(keep)


def sort_as_kept(table: QTableView, columns: Columns) -> None:
    """Sort the rows as they were sorted last."""
    column, descending = Settings().order(columns.key)
    order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
    table.horizontalHeader().setSortIndicator(column if column < table.model().columnCount() else -1, order)
