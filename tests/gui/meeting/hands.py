"""Hands that move the real pointer and press real keys: what they do goes through the X server."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QPoint, QProcess, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QWidget

_PATIENCE = 60_000
"""Milliseconds after which something that was waited for will not come any more."""


def pause(milliseconds: int) -> None:
    """Let the event loop run."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def until(holds: Callable[[], object], what: str) -> None:
    """Wait until `holds()`."""
    for _ in range(_PATIENCE // 20):
        if holds():
            return
        pause(20)
    raise AssertionError(f"waited in vain: {what}")


def click(widget: QWidget, at: QPoint | None = None) -> None:
    """Move the pointer onto `widget` and click; it must be there, awake, and not covered."""
    until(lambda: widget.isVisible() and widget.isEnabled(), f"awake: {_name(widget)}")
    pause(80)  # a page that has just been laid out may still move
    place = widget.mapToGlobal(at or widget.rect().center())
    under = QApplication.widgetAt(place)
    assert under is not None, f"{_name(widget)} is off the screen at {place}"
    assert under is widget or widget.isAncestorOf(under), f"{_name(widget)} is covered by {_name(under)}"
    _xdotool("mousemove", str(place.x()), str(place.y()))
    _xdotool("click", "1")


def press(window: QWidget, text: str) -> None:
    """Click the button in `window` that reads, or is called, `text`."""

    def found() -> list[QAbstractButton]:
        buttons = window.findChildren(QAbstractButton)
        return [each for each in buttons if each.isVisible() and text in (each.text(), each.accessibleName())]

    until(found, f"button {text}")
    click(found()[0])


def keys(*names: str) -> None:
    """Press keys by their X names, such as ``Return`` or ``ctrl+shift+q``."""
    _xdotool("key", "--delay", "30", *names)


def type_text(text: str) -> None:
    """Type ASCII text."""
    _xdotool("type", "--delay", "8", text)


def fill(field: QWidget, text: str) -> None:
    """Click into `field`, and put `text` in the place of what is there."""
    click(field)
    keys("ctrl+a")
    type_text(text)


def choose_file(path: Path) -> None:
    """Name `path` in the file dialog that has just been opened."""

    def dialogs() -> list[QFileDialog]:
        shown = (each for each in QApplication.topLevelWidgets() if isinstance(each, QFileDialog))
        return [each for each in shown if each.isVisible()]

    until(dialogs, "file dialog")
    (dialog,) = dialogs()
    until(dialog.isActiveWindow, "file dialog has the keyboard")
    keys("ctrl+a")
    type_text(str(path))
    pause(150)
    keys("Return")
    pause(300)
    if dialogs():  # the first Return may have gone to the list of completions
        keys("Return")
    until(lambda: not dialogs(), "file dialog closed")


def shot(path: Path) -> None:
    """Keep a picture of the whole screen."""
    QGuiApplication.primaryScreen().grabWindow(0).save(str(path))


def _name(widget: QWidget) -> str:
    return f"{type(widget).__name__} “{widget.accessibleName() or widget.windowTitle()}”"


def _xdotool(*arguments: str) -> None:
    tool = QProcess()
    tool.start("xdotool", list(arguments))
    until(lambda: tool.state() == QProcess.ProcessState.NotRunning, "xdotool")
    assert tool.exitCode() == 0, tool.readAllStandardError().data()
    pause(30)
