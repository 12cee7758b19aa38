"""Qt's own windows speak Chinese: nothing of what they say is left without an answer."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QTextBrowser,
    QTreeView,
)
from pytestqt.qtbot import QtBot

from gaoxin_vote.gui.kit.qt_words import speak_chinese

_NO_WORDS = {"QShortcut", "QGuiApplication"}
"""Contexts of names of keys, which are the same, and of the direction of reading."""


class Unanswered(QTranslator):
    """Asked last of all: what comes here would be shown in English."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: set[tuple[str, str]] = set()

    def translate(
        self, context: str, source_text: str, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        """Qt: nothing is answered."""
        if context not in _NO_WORDS:
            self.heard.add((context, source_text))
        return None

    def isEmpty(self) -> bool:  # noqa: N802 - Qt names it so
        """Qt: an empty one would not be asked."""
        return False


@pytest.fixture
def unanswered(qapp: QApplication) -> Iterator[Unanswered]:
    """The application speaks Chinese, and what it cannot say is heard."""
    last, before = Unanswered(), QLocale()
    qapp.installTranslator(last)
    known = set(qapp.findChildren(QTranslator))
    speak_chinese(qapp)
    yield last
    for translator in set(qapp.findChildren(QTranslator)) - known:
        qapp.removeTranslator(translator)
        translator.deleteLater()
    qapp.removeTranslator(last)
    QLocale.setDefault(before)


@pytest.mark.parametrize("kind", ["open", "save", "folder"])
def test_a_file_dialog_speaks_chinese(
    qtbot: QtBot, unanswered: Unanswered, tmp_path: Path, kind: str
) -> None:
    (tmp_path / "附件").mkdir()
    (tmp_path / "单位.xlsx").write_bytes(b"PK")
    (tmp_path / "无后缀").write_bytes(b"x" * 3000)
    dialog = QFileDialog(None, "选择", str(tmp_path), "" if kind == "folder" else "表格 (*.xlsx);;全部 (*)")
    qtbot.addWidget(dialog)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    if kind == "save":
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    if kind == "folder":
        dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setViewMode(QFileDialog.ViewMode.Detail)
    dialog.show()
    view = dialog.findChild(QTreeView)
    model, where = view.model(), view.rootIndex()
    qtbot.waitUntil(lambda: model.rowCount(where) >= 1)
    view.grab()
    rows = [
        [model.index(row, place, where).data() for place in range(4)] for row in range(model.rowCount(where))
    ]
    assert rows and not unanswered.heard


def test_menus_of_fields_and_buttons_of_boxes_speak_chinese(qtbot: QtBot, unanswered: Unanswered) -> None:
    fields = (QLineEdit("一"), QPlainTextEdit("二"), QTextBrowser())
    for field in fields:
        qtbot.addWidget(field)
        assert field.createStandardContextMenu().actions()
    box = QMessageBox()
    qtbot.addWidget(box)
    kinds = QMessageBox.StandardButton
    box.setStandardButtons(kinds.Ok | kinds.Cancel | kinds.Yes | kinds.No | kinds.Save | kinds.Discard)
    box.setDetailedText("三")
    assert [button.text() for button in box.buttons()]
    assert not unanswered.heard


def test_dates_are_written_as_in_china_on_any_system(unanswered: Unanswered) -> None:
    assert QLocale().dayName(1, QLocale.FormatType.ShortFormat) == "周一"
    assert not unanswered.heard
