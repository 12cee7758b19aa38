"""Is one file taken when it is dropped, and nothing else?"""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QTableWidget, QWidget
from pytestqt.qtbot import QtBot

from gaoxin_vote.gui.kit.file_drop import FileDrop


def drop(target: QWidget, *paths: Path) -> bool:
    """Drag these files over `target` and let them go; whether they could be."""
    content = QMimeData()
    content.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entry = QDragEnterEvent(QPoint(5, 5), copy, content, left, none)
    entry.ignore()
    QApplication.sendEvent(target, entry)
    if entry.isAccepted():
        QApplication.sendEvent(target, QDropEvent(QPointF(5, 5), copy, content, left, none))
    return entry.isAccepted()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "单位.csv"
    path.write_text("x", encoding="utf-8")
    return path


def test_one_file_is_taken_where_it_may_be(qtbot: QtBot, file: Path) -> None:
    table, taken, may = QTableWidget(), [], [True]
    qtbot.addWidget(table)
    FileDrop(table, taken.append, lambda: may[0])
    assert drop(table.viewport(), file)
    assert taken == [file]
    may[0] = False
    assert not drop(table.viewport(), file)
    assert taken == [file]


def test_several_files_a_folder_and_what_is_gone_are_not(qtbot: QtBot, file: Path, tmp_path: Path) -> None:
    widget, taken = QWidget(), []
    qtbot.addWidget(widget)
    FileDrop(widget, taken.append)
    for paths in ((file, file), (tmp_path,), (tmp_path / "没有.csv",), ()):
        assert not drop(widget, *paths)
    assert taken == []
