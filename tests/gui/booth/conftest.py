"""A booth's window for the tests: offscreen, in its theme, with a clock that goes when it is told to."""

from collections.abc import Callable, Iterator

import pytest
import shiboken6
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gaoxin_vote.gui.booth.window import BoothWindow
from gaoxin_vote.gui.kit.look import Look
from gaoxin_vote.gui.kit.worker import Worker
from tests.gui.booth.scenes import Scene

OpenBooth = Callable[..., BoothWindow]


@pytest.fixture
def worker(qapp: QApplication) -> Iterator[Worker]:
    """The background thread."""
    worker = Worker()
    yield worker
    worker.close()


@pytest.fixture
def open_booth(qtbot: QtBot, worker: Worker, dressed: None) -> Iterator[OpenBooth]:
    """Opens the booth on a scene: ``open_booth(Scene().enter())``."""
    windows: list[BoothWindow] = []

    def open_it(scene: Scene, size: QSize | None = None, look: Look | None = None) -> BoothWindow:
        window = BoothWindow(scene.booth, worker, look)
        windows.append(window)
        window.resize(size or QSize(1366, 768))
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        window.show_state(scene.booth.state)
        return window

    yield open_it
    for window in windows:
        if shiboken6.isValid(window):
            window.shut()
