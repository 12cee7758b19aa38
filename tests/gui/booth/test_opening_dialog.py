"""Does the booth open only where the officer has confirmed who sees its screen?"""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gaoxin_vote.gui.booth import opening_dialog
from gaoxin_vote.gui.booth.opening_dialog import Found, OpeningDialog
from gaoxin_vote.gui.booth.sign_window import SignWindow
from gaoxin_vote.gui.kit.look import Look


@pytest.fixture
def desk(qtbot: QtBot, dressed: None) -> Iterator[QWidget]:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    yield made


def _open(desk: QWidget, *, other_screen: bool = False) -> tuple[OpeningDialog, list[QScreen]]:
    dialog = OpeningDialog(desk, "部门互评", other_screen=other_screen)
    screens: list[QScreen] = []
    dialog.confirmed.connect(screens.append)
    dialog.open()
    return dialog, screens


def test_with_one_screen_the_officer_affirms_that_there_is_no_other(desk: QWidget, qtbot: QtBot) -> None:
    dialog, screens = _open(desk)
    assert (dialog.found, dialog.number.isVisible()) == (Found.ONE, False)
    qtbot.mouseClick(dialog.act, Qt.MouseButton.LeftButton)
    assert "请先核实并勾选" in dialog.trouble.text()
    assert screens == []
    dialog.alone.setChecked(True)
    qtbot.mouseClick(dialog.act, Qt.MouseButton.LeftButton)
    assert screens == [QGuiApplication.primaryScreen()]


def test_an_open_booth_moves_to_no_screen_but_one_beside_the_desk(desk: QWidget) -> None:
    dialog, _ = _open(desk, other_screen=True)
    assert not dialog.act.isEnabled()
    assert "没有认出另一块屏幕" in dialog.told.text()
    dialog.reject()


def test_a_wrong_number_is_refused_and_another_shown(
    desk: QWidget, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Here Qt has one screen only: that it counts as one beside the desk is all that is made up."""
    there = [QGuiApplication.primaryScreen()]
    monkeypatch.setattr(opening_dialog, "screens_apart", lambda _desk, _server: there)
    dialog, screens = _open(desk)
    assert (dialog.found, dialog.sign.isVisible()) == (Found.APART, True)
    right, dialog_sign = dialog.sign.number, dialog.sign
    dialog.alone.setChecked(True)
    dialog.number.setText(f"{(int(right) + 1) % 100:02}")
    qtbot.mouseClick(dialog.act, Qt.MouseButton.LeftButton)
    assert "不一致" in dialog.trouble.text()
    assert dialog.sign.number != right
    assert dialog.number.text() == ""
    dialog.number.setText(dialog.sign.number)
    qtbot.mouseClick(dialog.act, Qt.MouseButton.LeftButton)
    assert screens == there
    assert not dialog_sign.isVisible()


def test_the_number_has_two_digits_and_changes(qtbot: QtBot, dressed: None) -> None:
    sign = SignWindow(Look())
    qtbot.addWidget(sign)
    shown = set()
    for _ in range(60):
        before = sign.number
        sign.change()
        assert sign.number != before
        shown.add(sign.number)
    assert all(len(number) == 2 and 10 <= int(number) <= 99 for number in shown)
    assert len(shown) > 20
    sign.resize(QSize(1366, 768))
    assert sign.grab().toImage().pixelColor(1, 1).name() == Look().colours.rail.lower()
