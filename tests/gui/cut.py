"""What of a window cannot be read because there is too little room for it?"""

from collections.abc import Iterator

from PySide6.QtCore import QModelIndex, QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QScrollArea,
    QTableView,
    QWidget,
)

from gaoxin_vote.gui.shell.rail import StageButton

_LONG = 24
"""A cell that shows so many characters may cut more of them: the tooltip has them whole."""


def cut(window: QWidget) -> tuple[str, ...]:
    """The texts of `window` that are cut off, elided or squeezed, each with what is wrong."""
    QApplication.sendPostedEvents()
    found = [
        line
        for widget in (window, *window.findChildren(QWidget))
        if widget.isVisible() and widget.window() is window
        for line in _cut(widget)
    ]
    return tuple(dict.fromkeys(found))


def _cut(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, QLabel) and widget.text():
        yield from _cut_label(widget)
    elif isinstance(widget, StageButton):
        yield from _cut_stage(widget)
    elif isinstance(widget, QAbstractButton) and widget.text():
        wanted = widget.minimumSizeHint()
        if widget.width() < wanted.width() or widget.height() < wanted.height() - 1:
            yield f"按钮“{widget.text()}”：{widget.size().toTuple()}，要{wanted.toTuple()}"
    elif isinstance(widget, QLineEdit | QComboBox):
        needed = widget.fontMetrics().height() + 8
        if widget.height() < needed:
            yield f"栏“{widget.accessibleName()}”：高{widget.height()}，要{needed}"
    elif isinstance(widget, QTableView):
        yield from _cut_table(widget)
    if isinstance(widget, QScrollArea) and widget.horizontalScrollBar().maximum() > 0:
        yield f"“{widget.accessibleName()}”要左右滚动：少{widget.horizontalScrollBar().maximum()}"
    if widget.isWindow() and widget.parentWidget() is not None:
        room = widget.parentWidget().window().size()
        if widget.width() > room.width() or widget.height() > room.height():
            yield f"窗口“{widget.windowTitle()}”：{widget.size().toTuple()}，只有{room.toTuple()}"
    if _named(widget) and not _scrolled(widget):
        seen = widget.visibleRegion().boundingRect()
        if seen != QRect(0, 0, widget.width(), widget.height()):
            yield f"“{_named(widget)}”在窗口外：只见{seen.size().toTuple()}，有{widget.size().toTuple()}"


def _named(widget: QWidget) -> str:
    """What a person calls it, of a piece that says or takes something."""
    if isinstance(widget, QLabel | QAbstractButton):
        return widget.text()
    return widget.accessibleName() if isinstance(widget, QLineEdit | QComboBox) else ""


def _scrolled(widget: QWidget) -> bool:
    """Whether it lies in something that scrolls."""
    above = widget.parentWidget()
    while above is not None and not above.isWindow():
        if isinstance(above, QAbstractScrollArea):
            return True
        above = above.parentWidget()
    return False


def _cut_label(label: QLabel) -> Iterator[str]:
    inner = label.contentsRect()
    metrics = label.fontMetrics()
    flags = Qt.TextFlag.TextWordWrap if label.wordWrap() else Qt.TextFlag(0)
    needed = metrics.boundingRect(QRect(0, 0, inner.width() + 1, 10_000), flags, label.text())
    if needed.width() > inner.width() + 2 or needed.height() > inner.height() + 2:
        yield f"“{label.text()[:40]}”：{inner.size().toTuple()}，要{needed.size().toTuple()}"


def _cut_stage(stage: StageButton) -> Iterator[str]:
    needed = stage.minimumSizeHint().height()
    if stage.height() < needed:
        yield f"步骤“{stage.accessibleName()}”：高{stage.height()}，要{needed}"


def _cut_table(table: QTableView) -> Iterator[str]:
    model, header = table.model(), table.horizontalHeader()
    head = QFontMetrics(header.font())
    row_height = table.verticalHeader().defaultSectionSize()
    if row_height < table.fontMetrics().height() + 4:
        yield f"表“{table.accessibleName()}”：行高{row_height}，字高{table.fontMetrics().height()}"
    for column in range(model.columnCount()):
        if table.isColumnHidden(column):
            continue
        room = header.sectionSize(column) - 6
        heading = str(model.headerData(column, Qt.Orientation.Horizontal) or "")
        if head.horizontalAdvance(heading) > room:
            yield f"表头“{heading}”：{room}，要{head.horizontalAdvance(heading)}"
        for row in range(min(model.rowCount(), 60)):
            text = str(model.index(row, column, QModelIndex()).data() or "")
            if len(text) > _LONG and room >= table.fontMetrics().horizontalAdvance("国" * _LONG):
                continue
            if table.fontMetrics().horizontalAdvance(text) > room:
                yield f"格“{text[:40]}”（{heading}）：{room}，要{table.fontMetrics().horizontalAdvance(text)}"
