"""How is the screen kept from going dark while the booth is open?

What is possible: Windows is told so for this thread; a Linux desktop is asked over D-Bus to hold back its
screen saver and, where it can, its notifications; a bare X server's own timer is set back again and again.
A screen that the administrator's policy locks will lock all the same.
"""

import ctypes
import ctypes.util
import os
import sys
from dataclasses import dataclass

from PySide6.QtDBus import QDBusConnection, QDBusMessage

_ES_CONTINUOUS = 0x80000000
_ES_SYSTEM_REQUIRED = 0x00000001
_ES_DISPLAY_REQUIRED = 0x00000002
_WHO, _WHY = "高新投票", "投票进行中"
_CALL_MS = 500


@dataclass(frozen=True, slots=True)
class _Service:
    name: str
    path: str
    arguments: tuple[object, ...]
    undo: str


_SERVICES = (
    _Service("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver", (_WHO, _WHY), "UnInhibit"),
    _Service(
        "org.freedesktop.Notifications",
        "/org/freedesktop/Notifications",
        ("gaoxin-vote", _WHY, {}),
        "UnInhibit",
    ),
)


class StayAwake:
    """Holds the screen awake from `start` to `stop`, as far as the platform allows."""

    def __init__(self) -> None:
        self._held: list[tuple[_Service, object]] = []

    def start(self) -> None:
        """Ask the platform."""
        if sys.platform == "win32":
            ctypes.windll.kernel32.SetThreadExecutionState(
                _ES_CONTINUOUS | _ES_SYSTEM_REQUIRED | _ES_DISPLAY_REQUIRED
            )
            return
        bus = QDBusConnection.sessionBus()
        if bus.isConnected():
            for service in _SERVICES:
                answer = _call(bus, service, "Inhibit", list(service.arguments))
                if answer.type() == QDBusMessage.MessageType.ReplyMessage and answer.arguments():
                    self._held.append((service, answer.arguments()[0]))
        self.renew()

    def renew(self) -> None:
        """Set back the X server's timer; to be called more often than screens go dark."""
        if sys.platform.startswith("linux") and os.environ.get("DISPLAY"):
            _reset_x_timer()

    def stop(self) -> None:
        """Give the screen back to the platform."""
        if sys.platform == "win32":
            ctypes.windll.kernel32.SetThreadExecutionState(_ES_CONTINUOUS)
            return
        bus = QDBusConnection.sessionBus()
        for service, cookie in self._held:
            _call(bus, service, service.undo, [cookie])
        self._held = []


def _call(bus: QDBusConnection, service: _Service, method: str, arguments: list[object]) -> QDBusMessage:
    message = QDBusMessage.createMethodCall(service.name, service.path, service.name, method)
    message.setArguments(arguments)
    return bus.call(message, timeout=_CALL_MS)


def _reset_x_timer() -> None:
    name = ctypes.util.find_library("X11")
    if name is None:
        return
    x11 = ctypes.CDLL(name)
    x11.XOpenDisplay.restype = ctypes.c_void_p
    display = ctypes.c_void_p(x11.XOpenDisplay(None))
    if display:
        x11.XResetScreenSaver(display)
        x11.XCloseDisplay(display)
