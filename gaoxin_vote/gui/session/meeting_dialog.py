"""Where and under whom is the session held?"""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from gaoxin_vote.domain.minutes import SessionMinutes
from gaoxin_vote.gui.kit.dialog import FieldsDialog
from gaoxin_vote.gui.paper.minutes_fields import MinutesFields
from gaoxin_vote.gui.session.state import MeetingState


class MeetingDialog(FieldsDialog):
    """Date, place, chair, scrutineers and tellers; they stand on the result sheet."""

    def __init__(
        self, parent: QWidget, state: MeetingState, then: Callable[[SessionMinutes], object]
    ) -> None:
        super().__init__(parent, "会议信息", f"{state.title}：印在计票结果报告单上，不影响计票。", "保存")
        self._then = then
        self.fields = MinutesFields(self, state.minutes, state.today)

    def send(self) -> None:
        """Keep what was typed."""
        self.accept()
        self._then(self.fields.minutes)
