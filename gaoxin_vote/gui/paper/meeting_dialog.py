"""Where and under whom is the session held?"""

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QWidget

from gaoxin_vote.domain.minutes import SessionMinutes
from gaoxin_vote.gui.kit.dialog import FieldsDialog
from gaoxin_vote.gui.paper.minutes_fields import MinutesFields


class MeetingDialog(FieldsDialog):
    """Date, place, chair, scrutineers and tellers; they stand on the result sheet."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        minutes: SessionMinutes,
        today: date,
        then: Callable[[SessionMinutes], object],
    ) -> None:
        super().__init__(
            parent,
            "会议信息",
            f"{title}：印在计票结果报告单上，不影响计票；签发报告单之前都可以补充、更正。",
            "保存",
        )
        self._then = then
        self.fields = MinutesFields(self, minutes, today)

    def send(self) -> None:
        """Keep what was typed."""
        if self.fields.accept(self):
            self.accept()
            self._then(self.fields.minutes)
