"""Which screen is the delegates', and does anybody else see it?

What the window system tells: a screen comes, goes or moves. What nobody can know here: a cable that splits
one picture for two screens, a screen whose own switch is off while its cable still answers, and another
computer or a camera that shows it. For those the officer confirms a sign before the booth opens.
"""

from PySide6.QtCore import QObject, QRect, Signal
from PySide6.QtGui import QGuiApplication, QScreen

from gaoxin_vote.gui.booth.state import Sight
from gaoxin_vote.gui.booth.x_server import Picture, XServer


def screens_apart(desk: QScreen, server: XServer) -> list[QScreen]:
    """The screens that show something else than the desk's and all others, those beside the primary first."""
    told = server.pictures()
    screens = [screen for screen in QGuiApplication.screens() if screen is not desk and _apart(screen, told)]
    return sorted(screens, key=lambda screen: screen is QGuiApplication.primaryScreen())


def place_of(screen: QScreen, server: XServer) -> QRect:
    """Where a window covers `screen`: as the X server says, else as Qt knows."""
    for picture in server.pictures():
        if picture.name == screen.name():
            return QRect(picture.place.topLeft(), picture.place.size() / screen.devicePixelRatio())
    return screen.geometry()


def only_screen(server: XServer) -> bool:
    """Whether the computer knows no second screen: as the X server says, else as Qt knows."""
    screens = QGuiApplication.screens()
    told = server.pictures()
    known = {screen.name() for screen in screens} & {picture.name for picture in told}
    return len(told if known else screens) == 1


class BoothScreens(QObject):
    """Watches the delegates' screen, and the others for the same picture."""

    changed = Signal(object)
    """The `Sight` from now on."""
    moved = Signal()
    """The delegates' screen lies elsewhere now, or has another size."""
    counted = Signal()
    """A screen has come or gone."""

    def __init__(self, home: QScreen, parent: QObject, server: XServer) -> None:
        super().__init__(parent)
        self._server = server
        self._alone = only_screen(server)
        self._name, self._mark = home.name(), _mark(home)
        self.home: QScreen | None = home
        self._last = self.place
        self.sight = Sight.SEEN
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.screenAdded.connect(self._added)
        app.screenRemoved.connect(self._counted)
        for screen in QGuiApplication.screens():
            screen.geometryChanged.connect(self.look)
        self.look()

    def stop(self) -> None:
        """Watch no more."""
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.screenAdded.disconnect(self._added)
        app.screenRemoved.disconnect(self._counted)
        for screen in QGuiApplication.screens():
            screen.geometryChanged.disconnect(self.look)

    def look(self) -> None:
        """Ask how it stands now."""
        self.home = self._find()
        sight = self._sight(self.home)
        if sight is not self.sight:
            self._last, self.sight = self.place, sight
            self.changed.emit(sight)
        elif self.place != self._last:
            self._last = self.place
            self.moved.emit()

    @property
    def place(self) -> QRect | None:
        """Where the delegates' screen is; None where it is gone."""
        return None if self.home is None else place_of(self.home, self._server)

    def _added(self, screen: QScreen) -> None:
        screen.geometryChanged.connect(self.look)
        self._counted()

    def _counted(self) -> None:
        self.look()
        self.counted.emit()

    def _find(self) -> QScreen | None:
        """The delegates' screen: the very same device, or one at the same socket that tells no device."""
        screens = QGuiApplication.screens()
        same = (screen for screen in screens if self._mark and _mark(screen) == self._mark)
        there = (screen for screen in screens if screen.name() == self._name and not self._mark)
        return next(same, next(there, None))

    def _sight(self, home: QScreen | None) -> Sight:
        if home is None or home.geometry().isEmpty():
            return Sight.LOST
        if not _apart(home, self._server.pictures()):
            return Sight.MIRRORED
        if only_screen(self._server) and not self._alone:
            return Sight.ONLY
        return Sight.ASLEEP if self._server.asleep() else Sight.SEEN


def _apart(screen: QScreen, told: tuple[Picture, ...]) -> bool:
    """Whether no part of its picture is another screen's too: as the X server says, else as Qt knows."""
    own = [picture for picture in told if picture.name == screen.name()]
    if own:
        rest = [picture.place for picture in told if picture.name != screen.name()]
        return all(
            picture.copies == 1 and not any(picture.place.intersects(place) for place in rest)
            for picture in own
        )
    others = (other for other in QGuiApplication.screens() if other is not screen)
    return not any(screen.geometry().intersects(other.geometry()) for other in others)


def _mark(screen: QScreen) -> tuple[str, ...]:
    """By which the device is known again at another socket; nothing where it tells no serial number."""
    serial = screen.serialNumber()
    return (screen.manufacturer(), screen.model(), serial) if serial else ()
