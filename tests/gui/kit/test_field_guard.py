"""Does a slip's code stay out of every field but those for codes?"""

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from gaoxin_vote.bootstrap import stands_on_a_slip
from gaoxin_vote.gui.kit.field_guard import FieldGuard, without_codes
from gaoxin_vote.gui.session.exchange_dialog import CodeLine
from gaoxin_vote.workflow.session.slip_code import check_digit

CODE = "123456717654321" + check_digit("123456717654321")


def shown(qtbot: QtBot, window: QWidget, field: QWidget | None = None) -> None:
    """Give `field`, or the window that is one, the keyboard, under a guard of its own."""
    field = field or window
    qtbot.addWidget(window)
    FieldGuard(window, stands_on_a_slip)
    window.show()
    window.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)


@pytest.mark.parametrize(
    "written",
    [
        CODE,
        " ".join(CODE[start : start + 4] for start in range(0, 16, 4)),
        CODE.translate({ord("1"): "１", ord("7"): "７"}),
    ],
)
def test_a_code_is_typed_or_pasted_into_no_field(qtbot: QtBot, written: str) -> None:
    field = QLineEdit("三楼")
    shown(qtbot, field)
    field.end(False)
    if written.isascii():
        qtbot.keyClicks(field, written)
    else:
        QApplication.clipboard().setText(written)
        field.paste()
    assert field.text() == "三楼"
    QApplication.clipboard().setText(f"在{written}号")
    field.paste()
    assert field.text() == "三楼在号"
    field.undo()
    assert CODE not in field.text()


def test_a_code_is_dropped_into_no_field_that_nobody_has_touched(qtbot: QtBot) -> None:
    window = QWidget()
    place, other, first = QLineEdit("三楼", window), QPlainTextEdit(window), QLineEdit(window)
    shown(qtbot, window, first)
    data = QMimeData()
    data.setText(CODE)
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    copy = Qt.DropAction.CopyAction
    for field, target in ((place, place), (other, other.viewport())):
        QApplication.sendEvent(target, QDragEnterEvent(QPoint(2, 2), copy, data, left, none))
        QApplication.sendEvent(target, QDropEvent(QPointF(2, 2), copy, data, left, none))
        assert not field.hasFocus()
    assert (place.text(), other.toPlainText()) == ("三楼", "")


def test_a_code_is_pasted_into_no_long_text(qtbot: QtBot) -> None:
    field = QPlainTextEdit()
    shown(qtbot, field)
    QApplication.clipboard().setText(f"一\n{CODE}\n二")
    field.paste()
    assert field.toPlainText() == "一\n\n二"


def test_the_line_for_a_code_takes_it(qtbot: QtBot) -> None:
    field = CodeLine("作废的票码")
    shown(qtbot, field)
    qtbot.keyClicks(field, CODE)
    assert field.digits == CODE


@pytest.mark.parametrize("apart", [" ", "  ", "-", " - ", "\t", "\u3000", "\xa0", "－", "‐", "–", "—"])
def test_a_code_in_groups_is_one_whatever_stands_between_them(apart: str) -> None:
    """A page of a PDF, or a list that somebody kept, is copied with other blanks and dashes."""
    groups = apart.join(CODE[start : start + 4] for start in range(0, 16, 4))
    assert without_codes(f"三楼{groups}号", stands_on_a_slip) == "三楼号"


def test_years_and_dates_in_a_row_are_no_code() -> None:
    for text in ("2014、2015、2016、2017", "2014，2015，2016，2017", "2014\n2015\n2016\n2017"):
        assert without_codes(text, lambda _digits: True) == text
    assert without_codes("2018-01-17—2018-01-18", lambda _digits: True) == "2018-01-17—2018-01-18"


def test_other_numbers_stay() -> None:
    wrong = CODE[:-1] + str((int(CODE[-1]) + 1) % 10)
    for text in ("2018年1月17日", wrong, f"{wrong[:8]} {wrong[8:]}", ""):
        assert without_codes(text, stands_on_a_slip) == text
