"""For which reason is a sheet issued again, and what is corrected with it?"""

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QWidget

from gaoxin_vote.domain.minutes import SessionMinutes
from gaoxin_vote.gui.kit.dialog import FieldsDialog
from gaoxin_vote.gui.paper.minutes_fields import MinutesFields
from gaoxin_vote.gui.paper.state import SheetState


class ReissueDialog(FieldsDialog):
    """The reason, and for a sheet of a session its minutes."""

    def __init__(
        self, parent: QWidget, sheet: SheetState, then: Callable[[str, SessionMinutes | None], object]
    ) -> None:
        words = (
            f"现为第{sheet.edition}版。改版后另成第{sheet.edition + 1}版并重新签名，此前各版仍保留备查；"
            "已经打印、签字的旧版请收回。"
        )
        super().__init__(parent, f"{sheet.title}改版", words, "改版并签发")
        self._then = then
        self.reason = QLineEdit()
        self.reason.setAccessibleName("改版原因")
        self.reason.setPlaceholderText("如：监票人姓名有误")
        self.field("改版原因（记入审计日志）", self.reason)
        minutes = sheet.minutes
        self.fields = MinutesFields(self, minutes) if minutes else None

    def send(self) -> None:
        """Issue it again."""
        reason = self.reason.text().strip()
        if not reason:
            self.refuse("请写明改版原因。", self.reason)
            return
        if self.fields is not None and not self.fields.accept(self):
            return
        self.accept()
        self._then(reason, self.fields.minutes if self.fields else None)
