"""How is a day entered: typed in any usual spelling, or picked from a whole month?"""

import re
from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QDate, QLocale, Qt
from PySide6.QtWidgets import QCalendarWidget, QFrame, QHBoxLayout, QLineEdit, QWidget

from gaoxin_vote.domain.spoken import spoken_day
from gaoxin_vote.gui.kit import theme
from gaoxin_vote.gui.kit.parts import button, column, label, row, set_tip

_WEEKDAYS = "一二三四五六日"
_PARTS = re.compile(
    r"\D*(\d{4})\D+(\d{1,2})\D+(\d{1,2})(?:日|号)?\s*(?:[(（]?(?:星期|周).[)）]?)?\s*", re.ASCII
)
_RUN = re.compile(r"\s*(\d{4})(\d\d)(\d\d)\s*", re.ASCII)
_HINT = "如 2018年1月17日，或 2018 1 17"


def typed_day(text: str) -> date | None:
    """The day that `text` names, as in ``2018 1 17``, ``2018-01-17``, ``20180117``, ``２０１８年１月１７日``;
    None where it names none."""
    plain = text.translate({0xFF10 + digit: str(digit) for digit in range(10)})
    found = _RUN.fullmatch(plain) or _PARTS.fullmatch(plain)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def day_words(day: date) -> str:
    """Such as ``2018年1月17日 星期三``."""
    return f"{spoken_day(day)} 星期{_WEEKDAYS[day.weekday()]}"


class DateField(QWidget):
    """A line for a day, and a calendar beside it. `text` that names no day has no `day`."""

    def __init__(self, name: str, day: date | None = None) -> None:
        super().__init__()
        self.line = QLineEdit(day_words(day) if day else "")
        self.line.setAccessibleName(name)
        self.line.setPlaceholderText(_HINT)
        self.line.editingFinished.connect(self._spell_out)
        self.pick = button("选日期…", self._pick)
        self.pick.setAccessibleName(f"选日期：{name}")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.line, 1)
        layout.addWidget(self.pick)
        self.setFocusProxy(self.line)

    @property
    def text(self) -> str:
        """What stands in the line."""
        return self.line.text().strip()

    @property
    def day(self) -> date | None:
        """The day, or None where the line is empty or names none."""
        return typed_day(self.text)

    def show_day(self, day: date) -> None:
        """Put `day` into the line."""
        self.line.setText(day_words(day))

    def _spell_out(self) -> None:
        # The weekday shows at once whether the right day was typed.
        if day := self.day:
            self.show_day(day)

    def _pick(self) -> None:
        popup = CalendarPopup(self, self.day or date.today(), self.show_day)
        popup.open_below(self.line)


class CalendarPopup(QFrame):
    """A whole month, weekdays above it; a click on a day, or Enter, picks it."""

    def __init__(self, parent: QWidget, day: date, then: Callable[[date], object]) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._then = then
        self.calendar = QCalendarWidget()
        self.calendar.setLocale(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
        self.calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.calendar.setGridVisible(True)
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        self.calendar.setMinimumSize(theme.current().px(420), theme.current().px(320))
        self.calendar.setNavigationBarVisible(False)
        self.calendar.clicked.connect(self._picked)
        self.calendar.activated.connect(self._picked)
        self.calendar.currentPageChanged.connect(self._show_month)
        self.month = label("", "strong")
        self._show_month()
        turns = (
            ("«", "前一年", self.calendar.showPreviousYear),
            ("‹", "前一月", self.calendar.showPreviousMonth),
            ("›", "后一月", self.calendar.showNextMonth),
            ("»", "后一年", self.calendar.showNextYear),
        )
        back, earlier, later, on = (_turn(*turn) for turn in turns)
        whole = column(row(back, earlier, 1, self.month, 1, later, on), self.calendar)
        whole.setContentsMargins(10, 10, 10, 10)
        self.setLayout(whole)

    def open_below(self, line: QWidget) -> None:
        """Stand below `line`, or above it where the screen ends."""
        self.adjustSize()
        place = line.mapToGlobal(line.rect().bottomLeft())
        room = line.screen().availableGeometry()
        if place.y() + self.height() > room.bottom():
            place = line.mapToGlobal(line.rect().topLeft())
            place.setY(max(room.top(), place.y() - self.height()))
        self.move(place)
        self.show()
        self.calendar.setFocus()

    def _show_month(self) -> None:
        first = QDate(self.calendar.yearShown(), self.calendar.monthShown(), 1)
        self.month.setText(f"{first.year()}年{first.month()}月")

    def _picked(self, day: QDate) -> None:
        if self.isVisible():
            self._then(date(day.year(), day.month(), day.day()))
            self.close()


def _turn(sign: str, name: str, turn: Callable[[], object]) -> QWidget:
    made = button(sign, turn)
    made.setAccessibleName(name)
    set_tip(made, name)
    return made
