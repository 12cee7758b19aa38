"""Hands that move the real pointer and press real keys: what they do goes through the X server."""

import subprocess
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QEventLoop, QPoint, QTimer
from PySide6.QtGui import QCursor, QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QMenu, QWidget

_PATIENCE = 60_000
"""Milliseconds after which something that was waited for will not come any more."""
_AGAIN = 100
"""Milliseconds after which the X server is asked again: it does not tell of everything."""


def until(holds: Callable[[], object], what: str) -> None:
    """Wait until `holds()`, asking whenever something has happened."""
    patience = QDeadlineTimer(_PATIENCE)
    again = QTimer()
    again.start(_AGAIN)
    loop = QEventLoop()
    while not holds():
        assert not patience.hasExpired(), f"waited in vain: {what}"
        loop.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def pause(seconds: float) -> None:
    """Let time go by where the program itself asks for it."""
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


def heed() -> None:
    """Let the program heed everything that the X server has told it up to now, and what follows at once."""
    QCursor.pos()  # asks the server: the answer comes after all that it has told before
    pause(0)
    pause(0)


def click(widget: QWidget, at: QPoint | None = None) -> None:
    """Move the pointer onto `widget` and click; it must be there, awake, and not covered."""
    until(lambda: widget.isVisible() and widget.isEnabled(), f"awake: {_name(widget)}")
    place = QPoint()

    def within_reach() -> bool:
        nonlocal place
        before = widget.mapToGlobal(at or widget.rect().center())
        heed()  # a page or a window that is new may still move
        place = widget.mapToGlobal(at or widget.rect().center())
        under = QApplication.widgetAt(place)
        return place == before and under is not None and (under is widget or widget.isAncestorOf(under))

    until(within_reach, f"within reach: {_name(widget)}")
    _xdotool("mousemove", str(place.x()), str(place.y()), "click", "1")


def press(window: QWidget, text: str) -> None:
    """Click the button in `window` that reads, or is called, `text`."""

    def found() -> list[QAbstractButton]:
        buttons = window.findChildren(QAbstractButton)
        return [each for each in buttons if each.isVisible() and text in (each.text(), each.accessibleName())]

    until(found, f"button {text}")
    click(found()[0])


def press_twice(window: QWidget, text: str) -> None:
    """Click the button that reads `text` twice, as a hand does that is used to double clicks."""
    (button,) = (
        each for each in window.findChildren(QAbstractButton) if each.isVisible() and text == each.text()
    )
    place = button.mapToGlobal(button.rect().center())
    _xdotool("mousemove", str(place.x()), str(place.y()), "click", "--repeat", "2", "--delay", "80", "1")


def keys(*names: str) -> None:
    """Press keys by their X names, such as ``Return`` or ``ctrl+shift+q``."""
    _xdotool("key", *names)


def type_text(text: str) -> None:
    """Type ASCII text."""
    _xdotool("type", "--delay", "1", text)


def scan(code: str) -> None:
    """Type a code and Return as a scanner does: all in one breath."""
    _xdotool("type", "--delay", "1", f"{code.replace(' ', '')}\n")


def fill(field: QWidget, text: str) -> None:
    """Click into `field`, and put `text` in the place of what is there."""
    click(field)
    _replace(text)


def choose_action(menu: QMenu, text: str) -> None:
    """Click the line that reads `text` in the menu that has just been opened."""
    (action,) = (each for each in menu.actions() if each.text() == text)
    click(menu, menu.actionGeometry(action).center())


def choose_file(path: Path) -> None:
    """Name `path` in the file dialog that has just been opened."""

    def dialogs() -> list[QFileDialog]:
        shown = (each for each in QApplication.topLevelWidgets() if isinstance(each, QFileDialog))
        return [each for each in shown if each.isVisible()]

    until(dialogs, "file dialog")
    (dialog,) = dialogs()
    until(dialog.isActiveWindow, "file dialog has the keyboard")
    _replace(str(path))
    keys("Return")
    if dialogs():  # the first Return may have gone to the list of completions
        keys("Return")
    until(lambda: not dialogs(), "file dialog closed")


def shot(path: Path) -> None:
    """Keep a picture of the whole screen."""
    QGuiApplication.primaryScreen().grabWindow(0).save(str(path))


def _name(widget: QWidget) -> str:
    return f"{type(widget).__name__} “{widget.accessibleName() or widget.windowTitle()}”"


def _xdotool(*arguments: str) -> None:
    subprocess.run(["xdotool", *arguments], check=True)
    heed()


def _replace(text: str) -> None:
    _xdotool("key", "ctrl+a", "type", "--delay", "1", text)
