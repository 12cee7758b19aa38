"""How are date, place and people of a session filled in?"""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QDateEdit, QLineEdit

from gaoxin_vote.domain.minutes import SessionMinutes
from gaoxin_vote.gui.kit.dialog import FieldsDialog


class MinutesFields:
    """The lines for a session's minutes, in a dialog of fields; they stand on the result sheet."""

    def __init__(self, dialog: FieldsDialog, minutes: SessionMinutes, today: date) -> None:
        self._minutes = minutes
        held = minutes.held_on or today
        self.held_on = QDateEdit(QDate(held.year, held.month, held.day))
        self.held_on.setDisplayFormat("yyyy年M月d日")
        self.held_on.setCalendarPopup(True)
        self.held_on.setAccessibleName("会议日期")
        self.place = _line("地点", minutes.place)
        self.chair = _line("主持人", minutes.chair)
        self.chief = _line("总监票人", minutes.chief_scrutineer)
        self.scrutineers = _line("监票人", "、".join(minutes.scrutineers), "多人用顿号隔开")
        self.tellers = _line("计票人", "、".join(minutes.tellers), "多人用顿号隔开")
        dialog.field("会议日期", self.held_on)
        for line in (self.place, self.chair, self.chief, self.scrutineers, self.tellers):
            dialog.field(line.accessibleName(), line)

    @property
    def minutes(self) -> SessionMinutes:
        """What was filled in."""
        day = self.held_on.date()
        return replace(
            self._minutes,
            held_on=date(day.year(), day.month(), day.day()),
            place=self.place.text().strip(),
            chair=self.chair.text().strip(),
            chief_scrutineer=self.chief.text().strip(),
            scrutineers=_names(self.scrutineers.text()),
            tellers=_names(self.tellers.text()),
        )


def _line(name: str, text: str, hint: str = "") -> QLineEdit:
    made = QLineEdit(text)
    made.setAccessibleName(name)
    made.setPlaceholderText(hint)
    return made


def _names(text: str) -> tuple[str, ...]:
    for mark in "，,；; \u3000":
        text = text.replace(mark, "、")
    return tuple(name for name in text.split("、") if name)
