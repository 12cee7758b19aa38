"""Is a day taken in any usual spelling, and shown with its weekday in a whole month?"""

from datetime import date

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QTableView
from pytestqt.qtbot import QtBot

from gaoxin_vote.gui.kit.date_field import CalendarPopup, DateField, day_words, typed_day

DAY = date(2018, 1, 17)


@pytest.mark.parametrize(
    "text",
    [
        "2018 1 17",
        "2018-01-17",
        "2018.1.17",
        "2018/1/17",
        "20180117",
        "２０１８年１月１７日",
        "2018年1月17日",
        "2018年1月17日 星期三",
        "2018年1月17号（周三）",
        " 2018，1，17 ",
    ],
)
def test_a_day_is_read_as_people_write_it(text: str) -> None:
    assert typed_day(text) == DAY


@pytest.mark.parametrize(
    "text", ["", "18-1-17", "2018-13-1", "2018-2-30", "2018 1", "1 17 2018", "2018-1-177"]
)
def test_what_names_no_day_is_none(text: str) -> None:
    assert typed_day(text) is None


def test_the_words_of_a_day_name_it_again() -> None:
    assert day_words(DAY) == "2018年1月17日 星期三"
    assert typed_day(day_words(DAY)) == DAY


def test_typing_gives_the_day_and_shows_its_weekday(qtbot: QtBot) -> None:
    field = DateField("会议日期", date(2019, 3, 5))
    qtbot.addWidget(field)
    field.show()
    field.line.selectAll()
    qtbot.keyClicks(field.line, "2018 1 17")
    assert field.day == DAY
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert field.line.text() == "2018年1月17日 星期三"
    field.line.setText("明天")
    assert (field.day, field.text) == (None, "明天")


def test_the_calendar_shows_the_whole_month_with_its_weekdays(qtbot: QtBot, dressed: None) -> None:
    field = DateField("会议日期", date(2018, 7, 31))
    qtbot.addWidget(field)
    field.show()
    qtbot.mouseClick(field.pick, Qt.MouseButton.LeftButton)
    popup = field.findChild(CalendarPopup)
    assert popup is not None
    qtbot.waitExposed(popup)
    view = popup.calendar.findChild(QTableView)
    assert view is not None
    assert view.model().rowCount() == 7, "a line of weekdays, and six weeks"
    last = view.visualRect(view.model().index(6, view.model().columnCount() - 1))
    assert view.viewport().rect().contains(last)
    weekdays = [view.model().index(0, column).data() for column in range(7)]
    assert [str(name)[-1] for name in weekdays] == list("一二三四五六日")
    assert popup.calendar.selectedDate() == QDate(2018, 7, 31)
    popup.calendar.clicked.emit(QDate(2018, 7, 2))
    assert field.day == date(2018, 7, 2)
    assert not popup.isVisible()
