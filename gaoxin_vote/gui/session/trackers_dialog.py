"""Is the ballot with this tracker in the sealed box?"""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from gaoxin_vote.gui.kit.dialog import resize_within
from gaoxin_vote.gui.kit.parts import button, column, label, row
from gaoxin_vote.gui.kit.tables import Head, RowsModel, Table
from gaoxin_vote.gui.session.state import TrackersState

_HINT = "按查询码排列，与投票先后无关。投票人报出查询码，在这里输入其中一段即可查到；大小写和空格不论。"


class TrackersDialog(QDialog):
    """All trackers of a session, found by typing a part of one; the list can be printed."""

    def __init__(self, parent: QWidget, state: TrackersState, print_out: Callable[[], object]) -> None:
        super().__init__(parent)
        self._state = state
        self.setWindowTitle(f"{state.title}：查询码清单")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        resize_within(self, 820, 560)
        self.search = QLineEdit()
        self.search.setAccessibleName("查找查询码")
        self.search.setPlaceholderText("查找：输入查询码的一段")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._find)
        self.count = label("", "muted")
        self.count.setAccessibleName("找到的张数")
        self.model = RowsModel((Head("查询码", width=300), Head("选票档案中的写法（Base64）", stretch=True)))
        self.table = Table(
            self.model, "查询码", "没有这样的查询码。请逐字核对；核对无误仍查不到的，报告总监票人。"
        )
        self.print = button("打印、另存…", self._print, "primary")
        self._print_out = print_out
        inside = column(
            label(_HINT, "small", wrap=True),
            row(self.search, self.count),
            self.table,
            row(1, self.print, button("关闭", self.accept)),
            spacing=10,
        )
        inside.setContentsMargins(16, 14, 16, 12)
        self.setLayout(inside)
        self._find("")
        self.search.setFocus()

    def _print(self) -> None:
        self.accept()
        self._print_out()

    def _find(self, typed: str) -> None:
        found = self._state.found(typed)
        self.model.show_rows(found)
        self.table.viewport().update()
        whole = len(self._state.trackers)
        self.count.setText(f"共{whole}张" if len(found) == whole else f"找到{len(found)}张，共{whole}张")
