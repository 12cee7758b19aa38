"""Where and under whom is the session held?"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QDateEdit, QLineEdit, QWidget

from gaoxin_vote.domain.minutes import SessionMinutes
from gaoxin_vote.gui.kit.dialog import FieldsDialog
from gaoxin_vote.gui.session.state import MeetingState


class MeetingDialog(FieldsDialog):
    """Date, place, chair, scrutineers and tellers; they stand on the result sheet."""

    def __init__(
        self, parent: QWidget, state: MeetingState, then: Callable[[SessionMinutes], object]
    ) -> None:
        super().__init__(parent, "会议信息", f"{state.title}：印在计票结果报告单上，不影响计票。", "保存")
        self._minutes, self._then = state.minutes, then
        held = state.minutes.held_on or state.today
        self.held_on = QDateEdit(QDate(held.year, held.month, held.day))
        self.held_on.setDisplayFormat("yyyy年M月d日")
        self.held_on.setCalendarPopup(True)
        self.held_on.setAccessibleName("会议日期")
        minutes = state.minutes
        self.place = _line("地点", minutes.place)
        self.chair = _line("主持人", minutes.chair)
        self.chief = _line("总监票人", minutes.chief_scrutineer)
        self.scrutineers = _line("监票人", "、".join(minutes.scrutineers), "多人用顿号隔开")
        self.tellers = _line("计票人", "、".join(minutes.tellers), "多人用顿号隔开")
        self.field("会议日期", self.held_on)
        for line in (self.place, self.chair, self.chief, self.scrutineers, self.tellers):
            self.field(line.accessibleName(), line)

    def send(self) -> None:
        """Keep what was typed."""
        day = self.held_on.date()
        changed = replace(
            self._minutes,
            held_on=date(day.year(), day.month(), day.day()),
            place=self.place.text().strip(),
            chair=self.chair.text().strip(),
            chief_scrutineer=self.chief.text().strip(),
            scrutineers=_names(self.scrutineers.text()),
            tellers=_names(self.tellers.text()),
        )
        self.accept()
        self._then(changed)


def _line(name: str, text: str, hint: str = "") -> QLineEdit:
    made = QLineEdit(text)
    made.setAccessibleName(name)
    made.setPlaceholderText(hint)
    return made


def _names(text: str) -> tuple[str, ...]:
    for mark in "，,；; \u3000":
        text = text.replace(mark, "、")
    return tuple(name for name in text.split("、") if name)
