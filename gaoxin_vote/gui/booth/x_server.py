"""What does an X server itself say of its screens: where each picture lies, and whether they are dark?

Qt is told of changes, but not of all: with Qt 6.11, where a screen is laid over another and the server
sends `RRScreenChangeNotify` alone, `QScreen.geometry()` stays what it was. So the server is asked. It tells
of power saving (DPMS) and of its screen saver, each for all screens at once. Where there is no X server
nothing is told, and a screen switched off by its own button, or a cable that is split, tells nobody.
"""

import ctypes
import ctypes.util
from dataclasses import dataclass

from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication


@dataclass(frozen=True, slots=True)
class Picture:
    """What one part of the server shows."""

    name: str
    """Of the output, as Qt names its screen."""
    place: QRect
    """In pixels of the server."""
    copies: int
    """On how many outputs it is shown."""


class _SaverInfo(ctypes.Structure):
    _fields_ = (
        ("window", ctypes.c_ulong),
        ("state", ctypes.c_int),
        ("kind", ctypes.c_int),
        ("til_or_since", ctypes.c_ulong),
        ("idle", ctypes.c_ulong),
        ("event_mask", ctypes.c_ulong),
    )


class _Monitor(ctypes.Structure):
    _fields_ = (
        ("name", ctypes.c_ulong),
        ("primary", ctypes.c_int),
        ("automatic", ctypes.c_int),
        ("outputs", ctypes.c_int),
        *((name, ctypes.c_int) for name in ("x", "y", "width", "height", "mm_width", "mm_height")),
        ("which", ctypes.c_void_p),
    )


class XServer:
    """Asks the X server on which the program shows its windows, over a connection of its own."""

    def __init__(self) -> None:
        self._display = ctypes.c_void_p()
        self._power = self._saver = self._monitors = None
        self._x11 = _library("X11") if QGuiApplication.platformName() == "xcb" else None
        if self._x11 is None:
            return
        self._x11.XOpenDisplay.restype = ctypes.c_void_p
        self._x11.XDefaultRootWindow.restype = ctypes.c_ulong
        self._x11.XGetAtomName.restype = ctypes.c_void_p
        self._display = ctypes.c_void_p(self._x11.XOpenDisplay(None))
        if self._display:
            self._root = ctypes.c_ulong(self._x11.XDefaultRootWindow(self._display))
            self._power = self._having("Xext", "DPMSQueryExtension")
            self._saver = self._having("Xss", "XScreenSaverQueryExtension")
            self._monitors = self._having("Xrandr", "XRRQueryExtension")

    def close(self) -> None:
        """Ask no more."""
        if self._display and self._x11 is not None:
            self._x11.XCloseDisplay(self._display)
        self._display = ctypes.c_void_p()
        self._power = self._saver = self._monitors = None

    def asleep(self) -> bool:
        """Whether the screens are dark now, as far as the server tells."""
        return self._saving_power() or self._saver_on()

    def pictures(self) -> tuple[Picture, ...]:
        """What is lit now; empty where the server does not tell."""
        if self._monitors is None or self._x11 is None:
            return ()
        number = ctypes.c_int()
        ask = self._monitors.XRRGetMonitors
        ask.restype = ctypes.POINTER(_Monitor)
        found = ask(self._display, self._root, ctypes.c_int(1), ctypes.byref(number))
        if not found:
            return ()
        told = tuple(
            Picture(
                self._name_of(monitor.name),
                QRect(monitor.x, monitor.y, monitor.width, monitor.height),
                # Several outputs of one that somebody has put together are the tiles of one large screen.
                monitor.outputs if monitor.automatic else 1,
            )
            for monitor in found[: number.value]
        )
        self._monitors.XRRFreeMonitors(found)
        return told

    def _having(self, name: str, query: str) -> ctypes.CDLL | None:
        library = _library(name)
        event, error = ctypes.c_int(), ctypes.c_int()
        if library is None or not getattr(library, query)(
            self._display, ctypes.byref(event), ctypes.byref(error)
        ):
            return None
        return library

    def _name_of(self, atom: int) -> str:
        assert self._x11 is not None
        text = ctypes.c_void_p(self._x11.XGetAtomName(self._display, ctypes.c_ulong(atom)))
        name = ctypes.string_at(text).decode("utf-8", "replace") if text.value else ""
        if text.value:
            self._x11.XFree(text)
        return name

    def _saving_power(self) -> bool:
        level, enabled = ctypes.c_uint16(), ctypes.c_uint8()
        if self._power is None or not self._power.DPMSInfo(
            self._display, ctypes.byref(level), ctypes.byref(enabled)
        ):
            return False
        return bool(enabled.value) and level.value != 0

    def _saver_on(self) -> bool:
        if self._saver is None:
            return False
        info = _SaverInfo()
        told = self._saver.XScreenSaverQueryInfo(self._display, self._root, ctypes.byref(info))
        return bool(told) and info.state == 1


def _library(name: str) -> ctypes.CDLL | None:
    found = ctypes.util.find_library(name)
    return ctypes.CDLL(found) if found else None
