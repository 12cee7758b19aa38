"""Is a file looked at before it is taken over, and is a faulty one refused whole?"""

import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from gaoxin_vote.gui.intake.dialog import IntakeDialog, open_intake
from gaoxin_vote.gui.intake.presenter import ImportMode, IntakePresenter
from gaoxin_vote.gui.kit import theme
from gaoxin_vote.gui.kit.prompts import Message
from gaoxin_vote.progress import Progress, silent
from gaoxin_vote.reading_process import ReadingProcess, in_process
from gaoxin_vote.spreadsheets.kinds.units import UNITS as UNIT_LIST
from gaoxin_vote.workflow.setup.roster import units
from tests.gui.kit.test_file_drop import drop
from tests.gui.office import UNITS, YEAR, Desk

T = TypeVar("T")
OpenAt = Callable[[str], Desk]


@pytest.fixture
def window(qtbot: QtBot, dressed: None) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return window


def _dialog(desk: Desk, window: QWidget) -> IntakeDialog:
    return open_intake(window, desk.worker, IntakePresenter(desk.opened, YEAR, UNIT_LIST))


def test_a_faulty_file_changes_nothing_and_lists_every_fault(
    desk_at: OpenAt, window: QWidget, tmp_path: Path
) -> None:
    desk = desk_at("lists")
    dialog = _dialog(desk, window)
    path = tmp_path / "单位.csv"
    path.write_text("代码,单位,类别,人数\nU01,办公室,机关部门,二十\nU01,财政局,,5\n", encoding="utf-8")
    dialog.look_at(path)
    desk.settle()
    assert not dialog.act.isEnabled()
    assert len(dialog.model.rows) >= 2
    assert len(desk.run(lambda: units(desk.workspace, YEAR))) == 5


def test_the_same_again_needs_no_import(desk_at: OpenAt, window: QWidget, tmp_path: Path) -> None:
    desk = desk_at("lists")
    dialog = _dialog(desk, window)
    path = tmp_path / "单位.csv"
    path.write_text(UNITS, encoding="utf-8")
    dialog.look_at(path)
    desk.settle()
    assert "完全相同" in "".join(label.text() for label in dialog.outcome.findChildren(QLabel))
    assert not dialog.act.isEnabled()
    assert "不需要导入" in dialog.act.toolTip()


def test_what_was_looked_at_is_taken_over(
    desk_at: OpenAt, window: QWidget, qtbot: QtBot, tmp_path: Path
) -> None:
    desk = desk_at("lists")
    dialog = _dialog(desk, window)
    path = tmp_path / "单位.csv"
    path.write_text(UNITS + "U06,高岭办事处,街道（办事处）,33\n", encoding="utf-8")
    dialog.look_at(path)
    desk.settle()
    with qtbot.waitSignal(dialog.imported, timeout=20_000):
        qtbot.mouseClick(dialog.act, Qt.MouseButton.LeftButton)
    assert len(desk.run(lambda: units(desk.workspace, YEAR))) == 6


def test_what_would_be_lost_is_shown_first_in_red_and_confirmed(
    desk_at: OpenAt, window: QWidget, qtbot: QtBot, tmp_path: Path
) -> None:
    desk = desk_at("lists")
    dialog = _dialog(desk, window)
    path = tmp_path / "单位.csv"
    path.write_text("\n".join(UNITS.splitlines()[:-1]) + "\n", encoding="utf-8")
    dialog.look_at(path)
    desk.settle()
    assert dialog.modes[ImportMode.ADD].isChecked()
    assert "不需要导入" in dialog.act.toolTip()  # what is not in the file stays
    assert not dialog.confirm.isVisible()
    qtbot.mouseClick(dialog.modes[ImportMode.REPLACE], Qt.MouseButton.LeftButton)
    desk.settle()
    assert dialog.model.rows[0][:2] == ("删除", "U05")
    first, second = (dialog.model.index(row, 1) for row in (0, 1))
    role = Qt.ItemDataRole.ForegroundRole
    assert dialog.model.data(first, role) == QColor(theme.current().colours.red)
    assert dialog.model.data(second, role) is None
    assert dialog.confirm.isVisible() and "删除1项" in dialog.confirm.text()
    assert not dialog.act.isEnabled() and "勾选确认" in dialog.act.toolTip()
    dialog.confirm.click()
    with qtbot.waitSignal(dialog.imported, timeout=20_000):
        qtbot.mouseClick(dialog.act, Qt.MouseButton.LeftButton)
    assert len(desk.run(lambda: units(desk.workspace, YEAR))) == 4


def test_every_finding_is_listed_and_their_number_is_in_the_heading(
    desk_at: OpenAt, window: QWidget, tmp_path: Path
) -> None:
    desk = desk_at("lists")
    dialog = _dialog(desk, window)
    path = tmp_path / "单位.csv"
    head, *rows = UNITS.splitlines()
    extra = ",".join(f"多{number}" for number in range(12))
    path.write_text(
        "\n".join([f"{head},{extra}", *(f"{row}{',x' * 12}" for row in rows)]), encoding="gb18030"
    )
    dialog.look_at(path)
    desk.settle()
    words = [dialog.findings.item(number).text() for number in range(dialog.findings.count())]
    assert len(words) == 13 and dialog.findings.isVisible()
    assert any("“多11”" in line for line in words) and any("GB18030" in line for line in words)
    assert "13处" in "".join(label.text() for label in dialog.warnings.findChildren(QLabel))
    assert dialog.findings.verticalScrollBar().maximum() > 0
    path.write_text(UNITS, encoding="utf-8")
    dialog.look_at(path)
    desk.settle()
    assert not dialog.findings.isVisible()


def test_a_slow_file_holds_up_no_other_work(
    desk_at: OpenAt, window: QWidget, tmp_path: Path, qtbot: QtBot
) -> None:
    desk = desk_at("lists")
    started, gate = threading.Event(), threading.Event()

    def slow(name: str, function: Callable[..., T], *arguments: object, progress: Progress = silent) -> T:
        started.set()
        assert gate.wait(20)
        return in_process(name, function, *arguments)

    desk.worker.reading = slow
    dialog = _dialog(desk, window)
    path = tmp_path / "单位.csv"
    path.write_text(UNITS, encoding="utf-8")
    dialog.look_at(path)
    assert started.wait(20)
    kept: list[int] = []
    # As a cast does: on the thread that owns the workspace.
    desk.worker.submit(lambda _progress: len(units(desk.workspace, YEAR)), kept.append)
    try:
        qtbot.waitUntil(lambda: kept == [5])
        assert not dialog.model.rows
    finally:
        gate.set()
    desk.settle()
    qtbot.waitUntil(lambda: bool(dialog.model.rows))


def test_a_file_that_kills_its_reader_is_refused_and_the_next_is_read(
    desk_at: OpenAt, window: QWidget, tmp_path: Path, qtbot: QtBot
) -> None:
    desk = desk_at("lists")
    process = ReadingProcess()

    def deadly(name: str, function: Callable[..., T], *arguments: object, progress: Progress = silent) -> T:
        attack: Callable[..., T] = os.abort
        return process(name, attack, progress=progress)

    path = tmp_path / "单位.csv"
    path.write_text(UNITS, encoding="utf-8")
    dialog = _dialog(desk, window)
    try:
        for reading, words in ((deadly, "内容异常"), (process, "完全相同")):
            desk.worker.reading = reading
            dialog.look_at(path)
            qtbot.waitUntil(lambda words=words: words in _told(dialog), timeout=30_000)
    finally:
        process.close()


def _told(dialog: IntakeDialog) -> str:
    return "".join(label.text() for label in dialog.outcome.findChildren(QLabel))


def test_a_form_is_saved_and_a_dropped_file_is_looked_at(
    desk_at: OpenAt, window: QWidget, qtbot: QtBot, tmp_path: Path
) -> None:
    desk = desk_at("lists")
    dialog = _dialog(desk, window)
    qtbot.mouseClick(dialog.form, Qt.MouseButton.LeftButton)
    desk.settle()
    (asked,) = dialog.findChildren(QFileDialog)
    assert [Path(name).name for name in asked.selectedFiles()] == ["被考评单位名单模板.xlsx"]
    path = tmp_path / "模板.xlsx"
    asked.fileSelected.emit(str(path))
    desk.settle()
    (message,) = dialog.findChildren(Message)
    assert "模板.xlsx" in message.words.message and str(tmp_path) not in message.words.message
    assert drop(dialog.table.viewport(), path)
    desk.settle()
    assert "完全相同" in _told(dialog)
