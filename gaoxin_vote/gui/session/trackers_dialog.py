"""Is the ballot with this tracker in the sealed box?"""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from gaoxin_vote.gui.kit.dialog import resize_within
from gaoxin_vote.gui.kit.parts import button, column, row
from gaoxin_vote.gui.kit.tracker_search import TrackerSearch
from gaoxin_vote.gui.session.state import TrackersState


class TrackersDialog(QDialog):
    """All trackers of a session, found by typing a part of one; the list can be printed."""

    def __init__(self, parent: QWidget, state: TrackersState, print_out: Callable[[], object]) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"{state.title}：查询码清单")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        resize_within(self, 820, 560)
        self.trackers = TrackerSearch(state.found)
        self.print = button("打印、另存…", self._print, "primary")
        self._print_out = print_out
        inside = column(
            self.trackers,
            row(1, self.print, button("关闭", self.accept)),
            spacing=10,
        )
        inside.setContentsMargins(16, 14, 16, 12)
        self.setLayout(inside)
        inside.setStretch(0, 1)
        self.trackers.setFocus()

    def _print(self) -> None:
        self.accept()
        self._print_out()
