"""The voter's hands: mouse, keyboard and scanner."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from gaoxin_vote.gui.booth.ballot_page import BallotPage
from gaoxin_vote.gui.booth.flow import BoothStep
from gaoxin_vote.gui.booth.window import BoothWindow
from tests.gui.booth.scenes import (
    CODE,
    Scene,
)

MOUSE = Qt.MouseButton.LeftButton


def press(window: BoothWindow, text: str) -> None:
    """Click the button that reads, or is called, `text`."""
    for button in window.findChildren(QAbstractButton):
        if button.isVisible() and text in (button.text(), button.accessibleName()):
            QTest.mouseClick(button, MOUSE)
            QApplication.processEvents()  # the page that follows is seen from now on
            return
    raise AssertionError(f"no button {text}")


def key(window: BoothWindow, *keys: Qt.Key) -> None:
    """Press keys, as the keyboard does: they go to whatever has it."""
    for pressed in keys:
        target = QApplication.focusWidget()
        assert target is not None
        assert target.window() is window
        QTest.keyClick(target, pressed)
        QApplication.processEvents()


def confirm(window: BoothWindow) -> None:
    """Press the keys that confirm."""
    target = QApplication.focusWidget()
    assert target is not None
    assert target.window() is window
    QTest.keyClick(target, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    QApplication.processEvents()


def type_code(window: BoothWindow, code: str = CODE) -> None:
    """Type a code and Enter, as fast as a scanner does."""
    for digit in code:
        key(window, Qt.Key(Qt.Key.Key_0.value + int(digit)))
    key(window, Qt.Key.Key_Return)


def reach(qtbot: QtBot, window: BoothWindow, step: BoothStep) -> None:
    """Wait until the worker has brought the booth to `step`."""
    qtbot.waitUntil(lambda: window.state.step is step)


def ballot(window: BoothWindow) -> BallotPage:
    """The ballot on the screen."""
    assert isinstance(window.page, BallotPage)
    return window.page


def cast_all(window: BoothWindow, scene: Scene) -> None:
    """Review and confirm a ballot that is complete."""
    press(window, "核对选票")
    scene.clock.advance(1)
    press(window, "确认投票")
