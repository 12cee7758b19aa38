"""Who has the keyboard: the booth, or the officer at the desk beside it?

Both share the one keyboard and scanner of a computer. A code scanned into the desk would be seen there, so
the booth takes the keyboard back, but not from under the fingers of an officer who is typing.
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtWidgets import QApplication, QWidget

_GRABBING = ("xcb", "windows")
"""Platforms on which a window can take all keys; others only complain."""
PATIENCE = 15
"""Seconds without typing after which the officer has finished."""


class KeyboardClaim:
    """Decides, once a second, whether the booth asks for the keyboard."""

    def __init__(self) -> None:
        self._seen: tuple[QWidget | None, object] | None = None
        self._quiet = 0
        self._at_desk = False

    def leave(self) -> None:
        """The officer has touched the desk: the keyboard is the desk's."""
        self._at_desk = True

    def claim(self) -> None:
        """The booth has been touched, or a slip scanned: the keyboard is the booth's."""
        self._at_desk = False

    def due(self, active: bool, only_screen: bool) -> bool:
        """Whether to ask now; `active`: the booth has it, `only_screen`: there is no desk beside it."""
        if active:
            self._seen = None
            return False
        if self._at_desk and QApplication.activeWindow() is not None:
            return False
        if only_screen:
            return True
        editor = QApplication.focusWidget()
        if editor is not None and not editor.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled):
            return True
        # A field, or a window that is not ours (a file dialog of the system): wait until nothing moves there.
        where = editor.inputMethodQuery(Qt.InputMethodQuery.ImCursorPosition) if editor else None
        self._quiet = self._quiet + 1 if (editor, where) == self._seen else 0
        self._seen = (editor, where)
        return self._quiet >= PATIENCE


def grab_keyboard(window: QWindow | None, grab: bool) -> None:
    """Take the keys of the window manager too, or give them back, where the platform allows."""
    if window is not None and QGuiApplication.platformName() in _GRABBING:
        window.setKeyboardGrabEnabled(grab)
