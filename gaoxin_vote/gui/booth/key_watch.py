"""Who typed these keys: the scanner, or a hand, and is that hand at the booth or at the desk?

While a booth is open every key of the program comes by here before it reaches any page or field. A slip's
code that was scanned goes to the booth, wherever the keyboard is; what a hand pressed goes on a moment later.
"""

import time
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QWidget

from gaoxin_vote.gui.booth.burst import APART, END, OTHER, QUIET, BurstReader, Group, Reading
from gaoxin_vote.gui.booth.held_keys import HeldKeys
from gaoxin_vote.gui.kit.application import application

_TAIL = 200
"""Milliseconds after a scanned code in which an ending still belongs to it."""
_LATE = 20
"""So many milliseconds too late, the clock says nothing of the keys: they may be waiting in the queue."""
_TOUCHES = frozenset(
    {
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonDblClick,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    }
)
_COMMANDS = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)
_ENDINGS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
_LINE_FEEDS = (Qt.Key.Key_J, Qt.Key.Key_M)
"""With the control key: how some scanners send LF and CR."""
_MODIFIERS = frozenset(
    {
        *(Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr),
        *(Qt.Key.Key_CapsLock, Qt.Key.Key_NumLock, Qt.Key.Key_ScrollLock),
    }
)
_KEYPAD: dict[int, str] = {
    Qt.Key.Key_Insert: "0",
    Qt.Key.Key_End: "1",
    Qt.Key.Key_Down: "2",
    Qt.Key.Key_PageDown: "3",
    Qt.Key.Key_Left: "4",
    Qt.Key.Key_Clear: "5",
    Qt.Key.Key_Right: "6",
    Qt.Key.Key_Home: "7",
    Qt.Key.Key_Up: "8",
    Qt.Key.Key_PageUp: "9",
}
"""What the keypad sends for its digits while NumLock is off."""


@dataclass(frozen=True, slots=True, repr=False)
class _Waiting:
    """A key on its way to a window, and the page on which it was pressed."""

    window: QWindow
    event: QKeyEvent
    page: QObject | None


class KeyWatch(QObject):
    """Watches the windows of the program from its making until `stop`."""

    scanned = Signal(str)
    """A slip's code has been scanned."""
    touched = Signal(bool)
    """Somebody has touched a window: that of the booth, or one of the desk."""

    def __init__(
        self, booth: QWidget, is_code: Callable[[str], bool], ballot_page: Callable[[], QObject | None]
    ) -> None:
        """`ballot_page`: the page that the booth shows, or None where it takes text."""
        super().__init__(booth)
        self._booth = booth
        self._ballot_page = ballot_page
        self._reader = BurstReader(is_code)
        self._held = HeldKeys()
        self._waiting: list[_Waiting] = []
        self._passing = False
        self._tail = 0
        self._pressed = 0
        self._due = 0.0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._quiet)
        self.watch_windows()
        application().focusWindowChanged.connect(self._focus_moved)

    def watch_windows(self) -> None:
        """Watch every window there is by now."""
        # Keys reach a window object first. Watching these few objects costs nothing, unlike watching all.
        for window in QGuiApplication.allWindows():
            window.removeEventFilter(self)
            window.installEventFilter(self)

    def stop(self) -> None:
        """Let everything through from now on; what still waits was meant for the booth and goes nowhere."""
        application().focusWindowChanged.disconnect(self._focus_moved)
        self._timer.stop()
        self._waiting.clear()
        for window in QGuiApplication.allWindows():
            window.removeEventFilter(self)

    def turn_page(self) -> None:
        """The booth shows another page: keys that are held down were meant for the one before."""
        self._held.turn_page()

    def let_go(self) -> None:
        """Wait no longer for a further key."""
        self._settle(self._reader.end())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: something on its way to a window."""
        kind = event.type()
        if kind in _TOUCHES:
            self.touched.emit(watched == self._booth.windowHandle())
        elif not self._passing and isinstance(watched, QWindow) and isinstance(event, QKeyEvent):
            if kind is QEvent.Type.KeyPress:
                return self._press(watched, event)
            if kind is QEvent.Type.KeyRelease:
                return self._release(watched, event)
        return False

    def _press(self, window: QWindow, event: QKeyEvent) -> bool:
        moment, at_booth = _moment(event), window == self._booth.windowHandle()
        page = self._ballot_page() if at_booth else None
        typed = _stroke(event)
        # Digits of a code may follow each other over the turn from the first page to that of the code.
        of_code = at_booth and page is None and typed.isdigit()
        if at_booth and self._held.press(event.key(), moment) and not of_code:
            return True
        if event.key() in _MODIFIERS:
            return False
        # Of a digit twice in a code X11 says that the second repeats the first; no held key is so early.
        held = event.isAutoRepeat() and not 0 <= moment - self._pressed < APART
        self._pressed = self._pressed if held else moment
        stroke = "" if held else typed
        if not stroke or (not stroke.isdigit() and page is None and not self._belongs(stroke, at_booth)):
            self.let_go()
            return False
        self._settle(self._reader.take(stroke, moment))
        if stroke == END and not self._waiting and 0 <= moment - self._tail < _TAIL:
            self._reader.end()
            return True
        self._waiting.append(_Waiting(window, _copy(event), page))
        self._wait()
        return True

    def _belongs(self, stroke: str, at_booth: bool) -> bool:
        """Whether a stroke that is no digit may be a part of a code, where text may be typed."""
        return stroke == END and (at_booth or bool(self._waiting) or bool(self._tail))

    def _release(self, window: QWindow, event: QKeyEvent) -> bool:
        if event.isAutoRepeat():
            return False
        self._held.release(event.key(), _moment(event))
        if not self._waiting:
            return False
        self._waiting.append(_Waiting(window, _copy(event), self._waiting[-1].page))
        return True

    def _wait(self) -> None:
        self._due = time.monotonic() + QUIET / 1000
        self._timer.start(QUIET)

    def _quiet(self) -> None:
        if (time.monotonic() - self._due) * 1000 > _LATE:
            # The program was busy with something else; further keys may have come meanwhile.
            self._wait()
        else:
            self.let_go()

    def _settle(self, group: Group | None) -> None:
        if group is None:
            return
        self._timer.stop()
        waiting, self._waiting = self._waiting, []
        if group.reading is Reading.CODE:
            self._tail = group.last
            self.scanned.emit(group.code)
        elif group.reading is Reading.KEYS or waiting[0].page is None:
            self._pass_on(waiting)

    def _pass_on(self, waiting: list[_Waiting]) -> None:
        for key in waiting:
            # A key that was pressed on one page of a ballot is none of the next page's.
            if shiboken6.isValid(key.window) and (key.page is None or key.page is self._ballot_page()):
                self._passing = True
                try:
                    QApplication.sendEvent(key.window, key.event)
                finally:
                    self._passing = False

    def _focus_moved(self, window: QWindow | None) -> None:
        self.watch_windows()
        if window != self._booth.windowHandle():
            self._held.forget()


def _moment(event: QKeyEvent) -> int:
    # Keys that a program sends to itself carry no moment.
    return event.timestamp() or time.monotonic_ns() // 1_000_000


def _stroke(event: QKeyEvent) -> str:
    """What a scanner would mean by the key; nothing for a key that no scanner sends."""
    key, text, modifiers = event.key(), event.text(), event.modifiers()
    if modifiers & _COMMANDS:
        return END if key in _LINE_FEEDS and modifiers & Qt.KeyboardModifier.ControlModifier else ""
    if key in _ENDINGS or text in ("\r", "\n"):
        return END
    if key in _KEYPAD and modifiers & Qt.KeyboardModifier.KeypadModifier:
        return _KEYPAD[key]
    if len(text) == 1 and text.isdecimal():
        return str(unicodedata.decimal(text))
    return OTHER if text.isprintable() and text else ""


def _copy(event: QKeyEvent) -> QKeyEvent:
    copy = QKeyEvent(
        event.type(),
        event.key(),
        event.modifiers(),
        event.nativeScanCode(),
        event.nativeVirtualKey(),
        event.nativeModifiers(),
        event.text(),
        event.isAutoRepeat(),
        event.count(),
    )
    copy.setTimestamp(event.timestamp())
    return copy
