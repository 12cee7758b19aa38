"""For which units is a session held again?"""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from gaoxin_vote.domain.units import UnitCode
from gaoxin_vote.gui.kit.affirm import AffirmDialog
from gaoxin_vote.gui.kit.page import Page
from gaoxin_vote.gui.session.state import ReholdState


class ReholdDialog(AffirmDialog):
    """The units, ticked where the results cannot do without, and the officer's passphrase."""

    def __init__(
        self, page: Page, state: ReholdState, call: Callable[[tuple[UnitCode, ...], str], object]
    ) -> None:
        self._state = state
        super().__init__(
            page,
            f"{state.title}：部分单位重新投票",
            "另行筹备一场，选票上只有勾选的单位；这些单位以后一次计票为准，其他单位的计票不变。"
            "结果中须重新测评的单位已勾选。",
            "筹备重新投票",
            call,
        )

    def ask_fields(self) -> None:
        """The list of the units."""
        self.list = QListWidget()
        self.list.setAccessibleName("重新投票的单位")
        for code, name, ticked in self._state.units:
            item = QListWidgetItem(f"{code} {name}")
            item.setData(Qt.ItemDataRole.UserRole, code)
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.list.setMinimumHeight(220)
        self.field("重新投票的单位", self.list)

    @property
    def units(self) -> tuple[UnitCode, ...]:
        """Those that are ticked."""
        items = (self.list.item(place) for place in range(self.list.count()))
        return tuple(
            UnitCode(item.data(Qt.ItemDataRole.UserRole))
            for item in items
            if item.checkState() is Qt.CheckState.Checked
        )

    def values(self) -> tuple[object, ...]:
        """The units."""
        return (self.units,)

    def complete(self) -> bool:
        """At least one unit."""
        if not self.units:
            self.refuse("请勾选要重新投票的单位。", self.list)
        return bool(self.units)
