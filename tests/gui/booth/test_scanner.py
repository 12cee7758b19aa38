"""Is a scan ever a key of somebody's ballot? Keys reach the windows as those of a scanner do."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from gaoxin_vote.gui.booth.flow import BoothStep
from gaoxin_vote.gui.booth.state import Cover
from gaoxin_vote.gui.booth.window import BoothWindow
from gaoxin_vote.workflow.session.slip_code import check_digit
from tests.gui.booth.conftest import OpenBooth
from tests.gui.booth.hands import cast_all, confirm, press, reach
from tests.gui.booth.scenes import Scene, peer_admission

MINE, NEXT = ("2" * 15 + check_digit("2" * 15)), ("3" * 15 + check_digit("3" * 15))
_KEYPAD = (
    *(Qt.Key.Key_Insert, Qt.Key.Key_End, Qt.Key.Key_Down, Qt.Key.Key_PageDown, Qt.Key.Key_Left),
    *(Qt.Key.Key_Clear, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_Up, Qt.Key.Key_PageUp),
)


class Keyboard:
    """Sends keys to whatever window has the keyboard, at moments of its own."""

    def __init__(self) -> None:
        self.moment = 1_000_000

    def stroke(
        self, key: Qt.Key, text: str, gap: int, *, keypad: bool = False, repeats: bool = False
    ) -> None:
        """One key, `gap` milliseconds after the one before; X11 may say that it `repeats` that one."""
        self.moment += gap
        modifier = Qt.KeyboardModifier.KeypadModifier if keypad else Qt.KeyboardModifier.NoModifier
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            window = QGuiApplication.focusWindow()
            assert window is not None
            event = QKeyEvent(kind, key, modifier, text, repeats and kind is QEvent.Type.KeyPress)
            event.setTimestamp(self.moment)
            QApplication.sendEvent(window, event)

    def scan(self, code: str, ending: str = "\r", *, keypad: bool = False) -> None:
        """A slip, 10 ms from key to key."""
        self.moment += 500
        for digit in code:
            if keypad:
                self.stroke(_KEYPAD[int(digit)], "", 10, keypad=True)
            else:
                self.stroke(Qt.Key(Qt.Key.Key_0.value + int(digit)), digit, 10)
        for sign in ending:
            self.stroke(Qt.Key.Key_Tab if sign == "\t" else Qt.Key.Key_Return, sign, 10)

    def send(self, kind: QEvent.Type, key: Qt.Key, text: str, gap: int) -> None:
        """One half of a stroke, `gap` milliseconds after what was before."""
        self.moment += gap
        window = QGuiApplication.focusWindow()
        assert window is not None
        event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text)
        event.setTimestamp(self.moment)
        QApplication.sendEvent(window, event)

    def hold(self, key: Qt.Key, text: str, times: int) -> None:
        """One key, held down: it repeats after half a second, then every 30 ms."""
        self.stroke(key, text, 500)
        for time in range(times):
            self.stroke(key, text, 30 if time else 500, repeats=True)


@pytest.fixture
def keyboard() -> Keyboard:
    """The one keyboard."""
    return Keyboard()


def voter(*, own: int | None = 2, drawn: bool = False) -> Scene:
    """Somebody who has been admitted with the slip `MINE`."""
    scene = Scene(peer_admission(5, own=own, drawn=drawn))
    scene.desk.good = {MINE, NEXT}
    return scene.enter(MINE)


def at(open_booth: OpenBooth, scene: Scene) -> BoothWindow:
    """The booth, its page on the screen."""
    window = open_booth(scene)
    QApplication.processEvents()
    return window


@pytest.mark.parametrize("ending", ["\r", "\t", "", "\r\n"])
@pytest.mark.parametrize("keypad", [True, False])
def test_whoever_scans_at_a_review_that_was_left_casts_nothing(
    qtbot: QtBot, open_booth: OpenBooth, keyboard: Keyboard, ending: str, keypad: bool
) -> None:
    scene = voter().mark()
    scene.booth.review()
    window = at(open_booth, scene)
    scene.clock.advance(5)
    keyboard.scan(NEXT, ending, keypad=keypad)
    qtbot.waitUntil(lambda: window.state.cover is Cover.SCANNED)
    assert window.state.step is BoothStep.REVIEW
    assert not scene.desk.box
    QApplication.processEvents()
    keyboard.stroke(Qt.Key.Key_Return, "\r", 20)
    press(window, "继续填写")
    assert window.state.cover is Cover.SCANNED, "not at once"
    scene.clock.advance(1)
    press(window, "清除，由下一位投票")
    reach(qtbot, window, BoothStep.BALLOT)
    assert scene.desk.seen == [MINE, NEXT]
    assert window.state.marked == 0
    assert not scene.desk.box


def test_a_digit_twice_in_a_code_is_read_where_it_is_told_as_a_repeated_key(
    qtbot: QtBot, open_booth: OpenBooth, keyboard: Keyboard
) -> None:
    scene = Scene(peer_admission(5, own=2))
    scene.desk.good = {MINE}
    window = at(open_booth, scene)
    for place, digit in enumerate(MINE):
        twice = place > 0 and digit == MINE[place - 1]
        keyboard.stroke(Qt.Key(Qt.Key.Key_0.value + int(digit)), digit, 0 if twice else 10, repeats=twice)
    reach(qtbot, window, BoothStep.BALLOT)
    assert scene.desk.seen == [MINE]


def test_a_digit_typed_twice_is_taken_twice_over_the_turn_of_the_first_page(
    qtbot: QtBot, open_booth: OpenBooth, keyboard: Keyboard
) -> None:
    """The finger still lies on the key when the page turns, and is quick to press it again."""
    window = at(open_booth, Scene(peer_admission(5, own=2)))
    keyboard.send(QEvent.Type.KeyPress, Qt.Key.Key_2, "2", 100)
    qtbot.waitUntil(lambda: window.state.code == "2")
    keyboard.send(QEvent.Type.KeyRelease, Qt.Key.Key_2, "2", 80)
    keyboard.send(QEvent.Type.KeyPress, Qt.Key.Key_2, "2", 50)
    qtbot.waitUntil(lambda: window.state.code == "22")


def test_a_digit_held_down_is_no_scan(qtbot: QtBot, open_booth: OpenBooth, keyboard: Keyboard) -> None:
    scene = voter()
    window = at(open_booth, scene)
    keyboard.hold(Qt.Key.Key_2, "2", 20)
    qtbot.waitUntil(lambda: window.state.marked == 1)
    assert window.state.cover is Cover.NONE


def test_a_voter_who_is_still_there_goes_on(qtbot: QtBot, open_booth: OpenBooth, keyboard: Keyboard) -> None:
    scene = voter().mark(3)
    window = at(open_booth, scene)
    marks = window.state.rows
    keyboard.scan(NEXT)
    qtbot.waitUntil(lambda: window.state.cover is Cover.SCANNED)
    QApplication.processEvents()
    scene.clock.advance(1)
    press(window, "继续填写")
    assert (window.state.cover, window.state.rows) == (Cover.NONE, marks)


def test_a_scan_at_the_warning_wipes_the_ballot_and_admits_the_next(
    qtbot: QtBot, open_booth: OpenBooth, keyboard: Keyboard
) -> None:
    scene = voter().mark(3)
    window = at(open_booth, scene)
    scene.clock.advance(95)
    window.act(scene.booth.tick)
    assert window.state.cover is Cover.WARNING
    keyboard.scan(NEXT)
    qtbot.waitUntil(lambda: len(scene.desk.seen) == 2)
    reach(qtbot, window, BoothStep.BALLOT)
    assert (window.state.marked, scene.desk.seen) == (0, [MINE, NEXT])


@pytest.mark.parametrize("drawn", [True, False])
def test_the_own_slip_read_again_is_no_key(
    qtbot: QtBot, open_booth: OpenBooth, keyboard: Keyboard, drawn: bool
) -> None:
    scene = voter(drawn=drawn)
    window = at(open_booth, scene)
    keyboard.scan(MINE)
    qtbot.waitUntil(lambda: window.state.message == "票码条已读入，不必再扫。")
    assert not window.state.own_named
    assert window.state.marked == 0
    assert window.state.cover is Cover.NONE


def test_a_scan_that_is_no_code_marks_nothing_and_a_rolled_finger_does(
    qtbot: QtBot, open_booth: OpenBooth, keyboard: Keyboard
) -> None:
    scene = voter()
    window = at(open_booth, scene)
    keyboard.scan(NEXT[:-1])
    keyboard.stroke(Qt.Key.Key_3, "3", 100)
    assert window.state.marked == 0
    keyboard.stroke(Qt.Key.Key_Return, "\r", 20)
    keyboard.stroke(Qt.Key.Key_1, "1", 100)
    assert [row.mark is None for row in window.state.rows if not row.own] == [False, True, True, True]
    qtbot.waitUntil(lambda: window.state.marked == 2)


def test_a_scan_at_the_tracker_dismisses_it_but_the_own_slip_does_not(
    qtbot: QtBot, open_booth: OpenBooth, keyboard: Keyboard
) -> None:
    scene = voter().mark()
    window = at(open_booth, scene)
    cast_all(window, scene)
    reach(qtbot, window, BoothStep.TRACKER)
    keyboard.scan(MINE)
    qtbot.waitUntil(lambda: window.state.message == "票码条已读入，不必再扫。")
    assert window.state.step is BoothStep.TRACKER
    keyboard.scan(NEXT)
    reach(qtbot, window, BoothStep.BALLOT)
    assert scene.desk.seen[-1] == NEXT


def test_a_key_held_down_from_the_page_before_does_not_confirm(open_booth: OpenBooth) -> None:
    scene = voter().mark()
    window = at(open_booth, scene)
    handle = window.windowHandle()

    def chord(moment: int) -> None:
        event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier, "\r")
        event.setTimestamp(moment)
        QApplication.sendEvent(handle, event)

    chord(1000)
    window.act(scene.booth.review)
    QApplication.processEvents()
    scene.clock.advance(2)
    chord(1030)
    assert window.state.step is BoothStep.REVIEW, "repeated without a flag"
    confirm(window)
    assert window.state.step in (BoothStep.SEALING, BoothStep.TRACKER)


def test_a_scan_at_the_desk_goes_to_the_booth_and_to_no_field(
    qtbot: QtBot, open_booth: OpenBooth, keyboard: Keyboard
) -> None:
    scene = voter()
    window = at(open_booth, scene)
    scene.booth.ask_discard()
    scene.clock.advance(1)
    window.act(scene.booth.discard)
    field = QLineEdit()
    qtbot.addWidget(field)
    field.show()
    qtbot.waitExposed(field)
    field.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.isActiveWindow)
    keyboard.stroke(Qt.Key.Key_7, "7", 500)
    qtbot.waitUntil(lambda: field.text() == "7")
    keyboard.scan(NEXT)
    qtbot.waitUntil(lambda: scene.desk.seen[-1] == NEXT)
    assert field.text() == "7"
    qtbot.waitUntil(window.isActiveWindow)


def test_while_a_booth_is_open_file_dialogs_are_the_programs_own(open_booth: OpenBooth) -> None:
    """The system's own would get a scan: no key of them comes by the program."""
    own = Qt.ApplicationAttribute.AA_DontUseNativeDialogs
    assert not QApplication.testAttribute(own)
    window = open_booth(Scene())
    assert QApplication.testAttribute(own)
    window.shut()
    assert not QApplication.testAttribute(own)


def test_the_second_tap_of_a_double_tap_confirms_nothing(open_booth: OpenBooth) -> None:
    """核对选票 is tapped twice, and where it stood 确认投票 has come meanwhile."""
    scene = voter().mark()
    window = at(open_booth, scene)
    press(window, "核对选票")
    (button,) = (each for each in window.findChildren(QAbstractButton) if each.text() == "确认投票")
    for _ in range(2):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        assert window.state.step is BoothStep.REVIEW, "shown for less than a second"
        scene.clock.advance(0.4)
    scene.clock.advance(5)
    # The window system calls it the second of two taps, however late the program comes to it.
    place, left = button.rect().center(), Qt.MouseButton.LeftButton
    for kind in (QEvent.Type.MouseButtonDblClick, QEvent.Type.MouseButtonRelease):
        spot = button.mapToGlobal(place)
        tap = QMouseEvent(kind, place, spot, left, left, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(button, tap)
    assert window.state.step is BoothStep.REVIEW
    QTest.mouseClick(button, left)
    assert window.state.step in (BoothStep.SEALING, BoothStep.TRACKER)


def test_the_officers_space_presses_nothing_of_the_delegate(
    qtbot: QtBot, open_booth: OpenBooth, keyboard: Keyboard
) -> None:
    scene = voter().mark()
    scene.booth.review()
    window = at(open_booth, scene)
    scene.clock.advance(5)
    desk = QPushButton("签到")
    pressed: list[bool] = []
    desk.clicked.connect(lambda: pressed.append(True))
    qtbot.addWidget(desk)
    desk.show()
    qtbot.waitExposed(desk)
    handle = desk.windowHandle()
    window.keys.watch_windows()
    QTest.mouseClick(handle, Qt.MouseButton.LeftButton)
    desk.activateWindow()
    desk.setFocus()
    qtbot.waitUntil(desk.isActiveWindow)
    pressed.clear()
    for _ in range(20):
        window._stay_on_top()
    QApplication.processEvents()
    keyboard.stroke(Qt.Key.Key_Space, " ", 500)
    assert pressed == [True]
    assert (window.state.step, scene.desk.box) == (BoothStep.REVIEW, [])
    keyboard.scan(NEXT)
    qtbot.waitUntil(lambda: window.state.cover is Cover.SCANNED)
    qtbot.waitUntil(window.isActiveWindow)
