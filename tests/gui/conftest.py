"""How do windows run in a test? Without a screen, and without what this machine remembers."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

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

    from gaoxin_vote.gui import theme

    assert isinstance(qapp, QApplication)
    theme.start(qapp)
    yield
    theme.apply(qapp, theme.Look())
