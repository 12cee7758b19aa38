"""How is a file dropped on a part of a window?"""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget


class FileDrop(QObject):
    """Takes one file from another program; while it may not be taken, the pointer says so."""

    def __init__(
        self, widget: QWidget, taken: Callable[[Path], object], may: Callable[[], bool] = lambda: True
    ) -> None:
        super().__init__(widget)
        self._taken, self._may = taken, may
        # What scrolls gets its drops on the part that shows its content.
        target = widget.viewport() if isinstance(widget, QAbstractScrollArea) else widget
        widget.setAcceptDrops(True)
        target.setAcceptDrops(True)
        target.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Qt: something is dragged over the part, or dropped."""
        if not isinstance(event, QDropEvent):  # that something enters, moves, or is dropped
            return False
        path = one_file(event.mimeData()) if self._may() else None
        if path is None:
            event.ignore()
            return True
        event.acceptProposedAction()
        if event.type() == QEvent.Type.Drop:
            self._taken(path)
        return True


def one_file(content: QMimeData | None) -> Path | None:
    """The one file that is dragged or copied; None for several, a folder or anything else."""
    urls = content.urls() if content is not None and content.hasUrls() else []
    path = Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None
    return path if path is not None and path.is_file() else None
