"""How are date, place and people of a session filled in?"""

from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QLineEdit

from gaoxin_vote.domain.minutes import SessionMinutes
from gaoxin_vote.gui.kit.date_field import DateField
from gaoxin_vote.gui.kit.dialog import FieldsDialog


class MinutesFields:
    """The lines for a session's minutes, in a dialog of fields; they stand on the result sheet."""

    def __init__(self, dialog: FieldsDialog, minutes: SessionMinutes, today: date | None = None) -> None:
        """`today`: the day that is offered where none is noted."""
        self._minutes = minutes
        self.held_on = DateField("会议日期", minutes.held_on or today)
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
        return replace(
            self._minutes,
            held_on=self.held_on.day,
            place=self.place.text().strip(),
            chair=self.chair.text().strip(),
            chief_scrutineer=self.chief.text().strip(),
            scrutineers=_names(self.scrutineers.text()),
            tellers=_names(self.tellers.text()),
        )

    def accept(self, dialog: FieldsDialog) -> bool:
        """Whether all can be kept; a date that is none is told in `dialog`."""
        fault = bool(self.held_on.text) and self.held_on.day is None
        words = f"“{self.held_on.text}”不是日期，请写成“2018年1月17日”或“2018 1 17”。" if fault else ""
        dialog.refuse(words, self.held_on if fault else None)
        return not fault


def _line(name: str, text: str, hint: str = "") -> QLineEdit:
    made = QLineEdit(text)
    made.setAccessibleName(name)
    made.setPlaceholderText(hint)
    return made


def _names(text: str) -> tuple[str, ...]:
    for mark in "，,；; \u3000":
        text = text.replace(mark, "、")
    return tuple(name for name in text.split("、") if name)
