"""Is the delegates' screen known again, and is a copy of its picture found? With made-up screens.

What a real X server does is tried in `tests/gui/screens/`; no server of a test has serial numbers, or one
picture on two outputs.
"""

# ruff: noqa: N802, N815 - what is made up is called as Qt calls it

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QObject, QRect, Signal
from pytestqt.qtbot import QtBot

from gaoxin_vote.gui.booth import screens
from gaoxin_vote.gui.booth.screens import BoothScreens, place_of, screens_apart
from gaoxin_vote.gui.booth.state import Sight
from gaoxin_vote.gui.booth.x_server import Picture, XServer

LEFT, RIGHT = QRect(0, 0, 1366, 768), QRect(1366, 0, 1366, 768)


class _Screen(QObject):
    geometryChanged = Signal()

    def __init__(self, name: str, place: QRect, serial: str = "") -> None:
        super().__init__()
        self._name, self.place, self._serial = name, place, serial

    def name(self) -> str:
        return self._name

    def geometry(self) -> QRect:
        return self.place

    def manufacturer(self) -> str:
        return "DEL"

    def model(self) -> str:
        return "P2419"

    def serialNumber(self) -> str:
        return self._serial

    def devicePixelRatio(self) -> float:
        return 1.0


class _Application(QObject):
    """The part of QGuiApplication that is asked."""

    screenAdded = Signal(object)
    screenRemoved = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.there: list[_Screen] = []

    def instance(self) -> "_Application":
        return self

    def screens(self) -> list[_Screen]:
        return self.there

    def primaryScreen(self) -> _Screen:
        return self.there[0]


@dataclass
class _Server:
    """An X server that tells what it is told to tell."""

    told: tuple[Picture, ...] = ()
    dark: bool = False

    def pictures(self) -> tuple[Picture, ...]:
        return self.told

    def asleep(self) -> bool:
        return self.dark


class _Room:
    """A desk's and a booth's screen, watched."""

    def __init__(self, application: _Application) -> None:
        self.application, self.server = application, _Server()
        self.desk = _Screen("HDMI-1", LEFT)
        self.booth = _Screen("HDMI-2", RIGHT, "7F3")
        application.there = [self.desk, self.booth]
        self.parent = QObject()
        self.watch = BoothScreens(self.booth, self.parent, self.server)  # type: ignore[arg-type]
        self.sights: list[Sight] = []
        self.watch.changed.connect(self.sights.append)

    def go(self, screen: _Screen) -> None:
        self.application.there.remove(screen)
        self.application.screenRemoved.emit(screen)

    def come(self, screen: _Screen) -> None:
        self.application.there.append(screen)
        self.application.screenAdded.emit(screen)


@pytest.fixture
def room(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[_Room]:
    application = _Application()
    monkeypatch.setattr(screens, "QGuiApplication", _Kind(application))
    yield _Room(application)


class _Kind:
    """Stands where the class stands: everything is asked of the one application, which is one of its kind."""

    def __init__(self, application: _Application) -> None:
        self._application = application

    def __getattr__(self, name: str) -> object:
        return getattr(self._application, name)

    def __instancecheck__(self, _instance: object) -> bool:
        return True


def test_the_same_device_is_known_again_at_another_socket(room: _Room) -> None:
    room.go(room.booth)
    assert (room.watch.sight, room.watch.home) == (Sight.LOST, None)
    room.come(_Screen("HDMI-2", RIGHT, "another"))
    assert room.watch.sight is Sight.LOST, "the projector of the hall in the same socket"
    again = _Screen("DP-3", RIGHT.translated(1366, 0), "7F3")
    room.come(again)
    assert (room.watch.sight, room.watch.home) == (Sight.SEEN, again)
    assert room.sights == [Sight.LOST, Sight.SEEN]


def test_a_device_without_a_serial_number_is_known_by_its_socket(room: _Room) -> None:
    room.watch.stop()
    plain = _Screen("VGA-1", RIGHT)
    room.application.there = [room.desk, plain]
    watch = BoothScreens(plain, room.parent, room.server)  # type: ignore[arg-type]
    room.go(plain)
    assert watch.sight is Sight.LOST
    room.come(_Screen("DP-3", RIGHT))
    assert watch.sight is Sight.LOST
    room.come(_Screen("VGA-1", RIGHT.translated(1366, 0)))
    assert watch.sight is Sight.SEEN


def test_a_copy_that_only_the_server_knows_of_is_found(room: _Room) -> None:
    copies = (
        (Picture("HDMI-2", RIGHT, 2),),
        (Picture("HDMI-1", LEFT, 1), Picture("HDMI-2", LEFT, 1)),
        (Picture("HDMI-1", LEFT, 1), Picture("HDMI-2", RIGHT, 1), Picture("HDMI-3", RIGHT, 1)),
    )
    for told in copies:
        room.server.told = told
        room.watch.look()
        assert room.watch.sight is Sight.MIRRORED, told
        assert screens_apart(room.desk, room.server) == []  # type: ignore[arg-type]
        room.server.told = (Picture("HDMI-1", LEFT, 1), Picture("HDMI-2", RIGHT, 1))
        room.watch.look()
        assert room.watch.sight is Sight.SEEN


def test_where_the_server_and_qt_differ_a_window_goes_where_the_server_says(room: _Room) -> None:
    assert place_of(room.booth, room.server) == RIGHT  # type: ignore[arg-type]
    moved = RIGHT.translated(0, 100)
    room.server.told = (Picture("HDMI-2", moved, 1),)
    assert place_of(room.booth, room.server) == moved  # type: ignore[arg-type]
    assert room.watch.place == moved
    room.server.told = (Picture("XWAYLAND0", LEFT, 1),)
    assert place_of(room.booth, room.server) == RIGHT  # type: ignore[arg-type]


def test_copies_that_qt_alone_tells_of_are_found(room: _Room) -> None:
    room.booth.place = LEFT
    room.booth.geometryChanged.emit()
    assert room.watch.sight is Sight.MIRRORED
    room.booth.place = RIGHT
    room.booth.geometryChanged.emit()
    assert screens_apart(room.desk, room.server) == [room.booth]  # type: ignore[arg-type]
    assert room.watch.sight is Sight.SEEN


def test_one_screen_left_of_two_may_be_two_that_show_the_same(room: _Room) -> None:
    room.go(room.desk)
    assert room.watch.sight is Sight.ONLY
    room.server.told = (Picture("HDMI-1", LEFT, 1), Picture("HDMI-2", RIGHT, 1))
    room.watch.look()
    assert room.watch.sight is Sight.SEEN, "Qt has not learned of it yet"
    room.come(room.desk)
    assert room.watch.sight is Sight.SEEN


def test_a_booth_on_the_only_screen_is_seen_until_another_copies_it(room: _Room) -> None:
    room.watch.stop()
    room.application.there = [room.booth]
    watch = BoothScreens(room.booth, room.parent, room.server)  # type: ignore[arg-type]
    assert watch.sight is Sight.SEEN
    projector = _Screen("HDMI-3", RIGHT)
    room.come(projector)
    assert watch.sight is Sight.MIRRORED
    room.go(projector)
    assert watch.sight is Sight.SEEN
    room.server.dark = True
    watch.look()
    assert watch.sight is Sight.ASLEEP


def test_without_an_x_server_nothing_is_told(qtbot: QtBot) -> None:
    server = XServer()  # the tests' platform has none
    assert (server.pictures(), server.asleep()) == ((), False)
    server.close()


def test_a_screen_that_lies_elsewhere_now_is_told(room: _Room) -> None:
    """A larger desk moves the screen beside it."""
    moves: list[QRect | None] = []
    room.watch.moved.connect(lambda: moves.append(room.watch.place))
    room.watch.look()
    assert moves == []
    room.booth.place = RIGHT.translated(554, 0)
    room.booth.geometryChanged.emit()
    assert moves == [RIGHT.translated(554, 0)]
    assert room.sights == []
