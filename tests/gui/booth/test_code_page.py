"""Is a code understood from keyboard, screen and scanner, and is a wrong one explained?"""

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from gaoxin_vote.errors import Refused
from gaoxin_vote.gui.booth.code_page import CodeField
from gaoxin_vote.gui.booth.flow import BoothStep
from gaoxin_vote.gui.booth.page import BoothBanner
from gaoxin_vote.workflow.session.slip_code import SlipReason
from tests.gui.booth.conftest import OpenBooth
from tests.gui.booth.hands import key, reach, type_code
from tests.gui.booth.scenes import (
    CODE,
    Scene,
)


@pytest.mark.parametrize("reason", list(SlipReason))
def test_a_refused_code_is_explained_on_the_spot(
    qtbot: QtBot, open_booth: OpenBooth, reason: SlipReason
) -> None:
    scene = Scene()
    scene.desk.refusal = Refused(reason, f"此票码条：{reason.value}。")
    window = open_booth(scene)
    type_code(window)
    qtbot.waitUntil(lambda: window.state.message != "")
    (banner,) = window.findChildren(BoothBanner)
    assert banner.text == banner.accessibleName() == f"此票码条：{reason.value}。"
    (field,) = window.findChildren(CodeField)
    assert field.accessibleName().startswith(
        "票码，已输入16" if reason is SlipReason.MISTYPED else "票码，已输入0"
    )


def test_wrong_codes_slow_down_with_a_countdown(qtbot: QtBot, open_booth: OpenBooth) -> None:
    scene = Scene()
    window = open_booth(scene)
    for count in range(3):
        type_code(window, "9999888877776666")
        qtbot.waitUntil(lambda count=count: scene.booth._flow.codes.count == count + 1)
    reach(qtbot, window, BoothStep.CODE)
    (banner,) = window.findChildren(BoothBanner)
    assert "请等待5秒再输入。" in banner.text
    keys = [button for button in window.findChildren(QAbstractButton) if button.text().isdigit()]
    assert len(keys) == 10
    assert not any(button.isEnabled() for button in keys)
    scene.clock.advance(2)
    window.act(scene.booth.tick)
    assert "请等待3秒再输入。" in banner.text
    scene.clock.advance(3)
    window.act(scene.booth.tick)
    assert all(button.isEnabled() for button in keys)
    type_code(window)
    reach(qtbot, window, BoothStep.BALLOT)


def test_a_scanner_is_understood_wherever_the_keyboard_is(qtbot: QtBot, open_booth: OpenBooth) -> None:
    window = open_booth(Scene())
    key(window, Qt.Key.Key_Tab)
    assert QApplication.focusWidget().accessibleName() != "输入票码"
    type_code(window, CODE[:3])
    assert window.state.code == CODE[:3]
    for _ in range(3):
        key(window, Qt.Key.Key_Tab)
        assert isinstance(QApplication.focusWidget(), QWidget)
    type_code(window, CODE[3:])
    reach(qtbot, window, BoothStep.BALLOT)


def test_full_width_digits_backspace_and_delete(open_booth: OpenBooth) -> None:
    window = open_booth(Scene())
    for digit in "１２3":
        event = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, digit)
        QApplication.sendEvent(QApplication.focusWidget(), event)
    assert window.state.code == "123"
    key(window, Qt.Key.Key_Backspace)
    assert window.state.code == "12"
    key(window, Qt.Key.Key_Delete)
    assert window.state.code == ""


def test_a_digit_is_gone_to_by_arrow_or_touch(open_booth: OpenBooth) -> None:
    window = open_booth(Scene())
    type_code(window, CODE[:6])
    key(window, Qt.Key.Key_Home, Qt.Key.Key_Right)
    assert window.state.place == 1
    (field,) = window.findChildren(CodeField)
    QTest.mouseClick(field, Qt.MouseButton.LeftButton, pos=QPoint(field.width() // 4 + 8, 10))
    assert window.state.place == 4
    key(window, Qt.Key.Key_Backspace)
    assert window.state.code == CODE[:3] + CODE[4:6]
