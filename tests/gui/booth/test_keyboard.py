"""Does the booth get the keyboard back without taking it from an officer who types?"""

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from gaoxin_vote.gui.booth.keyboard import PATIENCE, KeyboardClaim


@pytest.mark.parametrize("only_screen", [True, False])
def test_nothing_is_asked_while_the_booth_has_it(qapp: QApplication, only_screen: bool) -> None:
    assert not any(KeyboardClaim().due(True, only_screen) for _ in range(3 * PATIENCE))


def test_on_the_only_screen_it_is_asked_for_at_once(qapp: QApplication) -> None:
    assert KeyboardClaim().due(False, True)


def test_a_button_of_the_desk_does_not_keep_it(qtbot: QtBot) -> None:
    button = QPushButton("签到")
    qtbot.addWidget(button)
    button.show()
    button.activateWindow()
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    assert KeyboardClaim().due(False, False)


def test_an_officer_who_types_keeps_it_until_nothing_moves(qtbot: QtBot) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    field.show()
    field.activateWindow()
    qtbot.waitUntil(field.hasFocus)
    claim = KeyboardClaim()
    for _ in range(3):
        assert not any(claim.due(False, False) for _ in range(PATIENCE))
        QTest.keyClicks(field, "1")
    assert not claim.due(False, False)
    asked = [claim.due(False, False) for _ in range(PATIENCE)]
    assert asked == [False] * (PATIENCE - 1) + [True]


def test_a_window_that_is_not_ours_keeps_it_for_a_while(qapp: QApplication) -> None:
    assert QApplication.focusWidget() is None
    claim = KeyboardClaim()
    assert [claim.due(False, False) for _ in range(PATIENCE + 1)] == [False] * PATIENCE + [True]


def test_a_desk_that_was_touched_keeps_it_until_the_booth_is_touched(qtbot: QtBot) -> None:
    button = QPushButton("签到")
    qtbot.addWidget(button)
    button.show()
    button.activateWindow()
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    claim = KeyboardClaim()
    claim.leave()
    assert not any(
        claim.due(False, only_screen) for only_screen in (True, False) for _ in range(3 * PATIENCE)
    )
    claim.claim()
    assert claim.due(False, False)
