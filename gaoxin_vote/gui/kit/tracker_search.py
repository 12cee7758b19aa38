"""Is the ballot with this tracker among those of a box or an archive?"""

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QWidget

from gaoxin_vote.gui.kit.parts import column, label, row
from gaoxin_vote.gui.kit.tables import Head, RowsModel, Table

FoundTrackers = Callable[[str], tuple[tuple[str, str], ...]]
"""The trackers with what was typed in them: the signs that voters see, and the Base64."""

_HINT = "按查询码排列，与投票先后无关。投票人报出查询码，在这里输入其中一段即可查到；大小写和空格不论。"


class TrackerSearch(QWidget):
    """All trackers, found by typing a part of one."""

    def __init__(self, found: FoundTrackers) -> None:
        super().__init__()
        self._found, self._whole = found, len(found(""))
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
        inside = column(
            label(_HINT, "small", wrap=True), row(self.search, self.count), self.table, spacing=10
        )
        inside.setContentsMargins(0, 0, 0, 0)
        self.setLayout(inside)
        self.setFocusProxy(self.search)
        self._find("")

    def _find(self, typed: str) -> None:
        found, whole = self._found(typed), self._whole
        self.model.show_rows(found)
        self.table.viewport().update()
        self.count.setText(f"共{whole}张" if len(found) == whole else f"找到{len(found)}张，共{whole}张")
