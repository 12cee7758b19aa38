"""Where does the booth's window stand, and how is it kept from being seen elsewhere?"""

from PySide6.QtCore import QObject, QRect, Qt, Signal
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

from gaoxin_vote.gui.booth.screens import BoothScreens, only_screen
from gaoxin_vote.gui.booth.state import Sight
from gaoxin_vote.gui.booth.x_server import XServer


class BoothPlace(QObject):
    """Puts the window over the delegates' screen, and takes it away before it would be seen anywhere else."""

    changed = Signal(object)
    """The `Sight` from now on; the window has been taken away if it has to stand elsewhere."""
    counted = Signal()
    """A screen has come or gone."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._server = XServer()
        self._screens: BoothScreens | None = None
        self._taken: QRect | None = None
        self._sight = Sight.SEEN

    @property
    def only_screen(self) -> bool:
        """Whether the computer knows no second screen."""
        return only_screen(self._server)

    def begin(self, screen: QScreen) -> None:
        """`screen` is the delegates' from now on."""
        if self._screens is not None:
            self._screens.stop()
        elif not self.only_screen:
            # A window manager carries windows from a screen that goes to one that stays, whatever they show.
            self._window.setWindowFlag(
                Qt.WindowType.X11BypassWindowManagerHint, QGuiApplication.platformName() == "xcb"
            )
        self._screens = BoothScreens(screen, self, self._server)
        self._screens.changed.connect(self._see)
        self._screens.moved.connect(self._move)
        self._screens.counted.connect(self.counted)
        self._see(self._screens.sight)

    def stop(self) -> None:
        """The booth is left."""
        if self._screens is not None:
            self._screens.stop()
        self._screens = None
        self._server.close()

    def look(self) -> None:
        """Ask how the screens stand; the window system does not tell of everything."""
        if self._screens is not None:
            self._screens.look()

    def take(self) -> None:
        """Stand over the delegates' screen; over the officer's where that is gone."""
        if self._screens is None:
            return
        screen = self._screens.home or QGuiApplication.primaryScreen()
        wanted = self._screens.place or screen.geometry()
        if wanted == self._taken:
            return
        self._window.hide()
        self._taken = wanted
        self._window.setScreen(screen)
        # Without a window manager nothing else would make the window as large as the screen.
        self._window.setGeometry(wanted)
        self._window.showFullScreen()
        self._window.raise_()
        self._window.activateWindow()

    def leave(self) -> None:
        """Stand nowhere until a place is taken again."""
        self._taken = None
        self._window.hide()

    def come_back(self) -> None:
        """Take the place again if something has moved the window away."""
        if self._taken is not None and not self._taken.contains(self._window.geometry().center()):
            self._move()

    def _see(self, sight: Sight) -> None:
        if {sight, self._sight} - {Sight.SEEN, Sight.ASLEEP}:
            # First of all: what was painted must not be seen where the window goes now.
            self.leave()
        self._sight = sight
        self.changed.emit(sight)

    def _move(self) -> None:
        if self._taken is not None:
            self.leave()
            self.take()
