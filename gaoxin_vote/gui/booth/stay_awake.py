"""How is the screen kept from going dark while the booth is open?

What is possible: Windows is told so for this thread; a Linux desktop is asked over D-Bus to hold back its
screen saver and, where it can, its notifications; a bare X server's own timer is set back again and again.
A screen that the administrator's policy locks will lock all the same.
"""

import ctypes
import ctypes.util
import os
import sys

from PySide6.QtDBus import QDBusConnection, QDBusMessage

_ES_CONTINUOUS = 0x80000000
_ES_SYSTEM_REQUIRED = 0x00000001
_ES_DISPLAY_REQUIRED = 0x00000002
_BUS = "gaoxin-vote-booth"
_WHO, _WHY = "高新投票", "投票进行中"
_SERVICES: tuple[tuple[str, str, list[object]], ...] = (
    ("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver", [_WHO, _WHY]),
    ("org.freedesktop.Notifications", "/org/freedesktop/Notifications", ["gaoxin-vote", _WHY, {}]),
)
_CALL_MS = 500


class StayAwake:
    """Holds the screen awake from `start` to `stop`, as far as the platform allows."""

    def start(self) -> None:
        """Ask the platform."""
        if sys.platform == "win32":
            _tell_windows(_ES_CONTINUOUS | _ES_SYSTEM_REQUIRED | _ES_DISPLAY_REQUIRED)
            return
        # A connection of its own: when it ends, so does everything that was asked for over it.
        bus = QDBusConnection.connectToBus(QDBusConnection.BusType.SessionBus, _BUS)
        if bus.isConnected():
            for service, path, arguments in _SERVICES:
                message = QDBusMessage.createMethodCall(service, path, service, "Inhibit")
                message.setArguments(arguments)
                bus.call(message, timeout=_CALL_MS)
        self.renew()

    def renew(self) -> None:
        """Set back the X server's timer; to be called more often than screens go dark."""
        if sys.platform.startswith("linux") and os.environ.get("DISPLAY"):
            _reset_x_timer()

    def stop(self) -> None:
        """Give the screen back to the platform."""
        if sys.platform == "win32":
            _tell_windows(_ES_CONTINUOUS)
        else:
            QDBusConnection.disconnectFromBus(_BUS)


def _tell_windows(state: int) -> None:
    if sys.platform == "win32":
        ctypes.windll.kernel32.SetThreadExecutionState(state)


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
