"""How do windows run in a test? Without a screen, and without what this machine remembers."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.once import shared_folder

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.gui.office import Desk, Moments

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# Tests must not meet what other programs of this machine chose (a dialog of the desktop, say).
os.environ["QT_QPA_PLATFORMTHEME"] = ""


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings, log and sample of each test lie in its own folder."""
    from PySide6.QtCore import QSettings

    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path / "config"))


@pytest.fixture
def dressed(qapp: object) -> Iterator[None]:
    """The application in its usual dress."""
    from PySide6.QtWidgets import QApplication

    from gaoxin_vote.gui.kit import theme
    from gaoxin_vote.gui.kit.look import Look

    assert isinstance(qapp, QApplication)
    theme.start(qapp)
    yield
    theme.apply(qapp, Look())


@pytest.fixture(scope="session")
def moments(tmp_path_factory: pytest.TempPathFactory) -> "Moments":
    """Workspaces of a made-up office at several moments of the year."""
    from tests.gui.office import Moments

    return Moments(shared_folder(tmp_path_factory) / "office")


@pytest.fixture
def desk_at(
    moments: "Moments", tmp_path: Path, qtbot: "QtBot", dressed: None
) -> "Iterator[Callable[[str], Desk]]":
    """Opens a copy of the workspace at a moment, such as ``desk_at("ceremony")``."""
    from tests.gui.office import Desk

    opened: list[Desk] = []

    def open_at(moment: str) -> Desk:
        path = tmp_path / f"{moment}.gxv"
        shutil.copy(getattr(moments, moment), path)
        opened.append(Desk(path, qtbot))
        return opened[-1]

    yield open_at
    for desk in opened:
        desk.close()
