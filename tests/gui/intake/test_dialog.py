"""Is a file looked at before it is taken over, and is a faulty one refused whole?"""

import json
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from gaoxin_vote.gui.intake.dialog import IntakeDialog, open_intake
from gaoxin_vote.gui.intake.headings_dialog import HeadingsDialog
from gaoxin_vote.gui.intake.presenter import ImportMode, IntakePresenter
from gaoxin_vote.gui.kit import theme
from gaoxin_vote.gui.kit.prompts import Message
from gaoxin_vote.progress import Progress, silent
from gaoxin_vote.reading_process import ReadingProcess, in_process
from gaoxin_vote.spreadsheets.kinds.units import UNITS as UNIT_LIST
from gaoxin_vote.storage.audit import AuditLog
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
    words = _lines(dialog)
    assert words[0] == "第2行D列“人数”：“二十”不是数字，应填写数。"
    assert [line.partition("：")[0] for line in words[1:]] == [
        "第2至3行A列“单位代码”",
        "第2行B列“单位名称”",
        "第3行B列“单位名称”",
        "第3行C列“类别”",
    ]
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
    assert dialog.views.changes.rows[0][:2] == ("删除", "U05")
    first, second = (dialog.views.changes.index(row, 1) for row in (0, 1))
    role = Qt.ItemDataRole.ForegroundRole
    assert dialog.views.changes.data(first, role) == QColor(theme.current().colours.red)
    assert dialog.views.changes.data(second, role) is None
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
    words = [dialog.findings.list.item(number).text() for number in range(dialog.findings.list.count())]
    assert len(words) == 13 and dialog.findings.isVisible()
    assert any("“多11”" in line for line in words) and any("GB18030" in line for line in words)
    assert "13处" in "".join(label.text() for label in dialog.findings.banner.findChildren(QLabel))
    assert dialog.findings.list.verticalScrollBar().maximum() > 0
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
        assert not dialog.views.changes.rows
    finally:
        gate.set()
    desk.settle()
    qtbot.waitUntil(lambda: bool(dialog.views.changes.rows))


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


def _lines(dialog: IntakeDialog) -> list[str]:
    return [dialog.findings.list.item(number).text() for number in range(dialog.findings.list.count())]


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
    assert drop(dialog.views.change_table.viewport(), path)
    desk.settle()
    assert "完全相同" in _told(dialog)


def test_a_finding_leads_to_its_cell(desk_at: OpenAt, window: QWidget, qtbot: QtBot, tmp_path: Path) -> None:
    desk = desk_at("lists")
    dialog = _dialog(desk, window)
    rows = "".join(f"U{number:03},第{number}局,机关部门,5\n" for number in range(6, 200))
    path = tmp_path / "单位.csv"
    path.write_text(f"{UNITS}{rows}U200,末局,机关部门,五\n", encoding="utf-8")
    dialog.look_at(path)
    desk.settle()
    views = dialog.views
    assert [views.tabs.tabText(tab) for tab in range(views.tabs.count())] == ["文件内容"]
    assert views.stack.currentWidget() is views.cell_table
    assert [head.text for head in views.cells.heads] == ["行", "A 代码", "B 单位", "C 类别", "D 人数"]
    # The first error is in sight at once; a click leads there again.
    for lead in (lambda: None, lambda: _click(dialog, 0, qtbot)):
        lead()
        index = views.cell_table.currentIndex()
        assert (index.row(), index.column(), index.data()) == (200, 4, "五")
        assert views.cell_table.viewport().rect().contains(views.cell_table.visualRect(index))
        views.cell_table.setCurrentIndex(views.cells.index(0, 0))
        views.cell_table.scrollToTop()
    assert views.cells.marks[200, 4].tone == "stop"
    assert "不是数字" in str(views.cells.data(views.cells.index(200, 4), Qt.ItemDataRole.ToolTipRole))
    path.write_text(
        f"{UNITS}{rows.replace('U100,第100局,机关部门,5', 'U100,第100局,机关部门,百')}", encoding="utf-8"
    )
    dialog.look_at(path)
    desk.settle()
    _click(dialog, 0, qtbot)
    assert views.cell_table.currentIndex().row() == 100
    middle = views.cell_table.viewport().rect().center().y()
    offset = views.cell_table.visualRect(views.cell_table.currentIndex()).center().y() - middle
    assert abs(offset) < 40  # with rows above and below it
    path.write_text("代码,单位,类别,人数,备注\nU05,华兴街道,街道（办事处）,41,见附件\n", encoding="utf-8")
    dialog.look_at(path)
    desk.settle()
    assert [views.tabs.tabText(tab) for tab in range(views.tabs.count())] == ["变动", "文件内容"]
    assert views.stack.currentWidget() is views.change_table
    _click(dialog, 0, qtbot)
    assert views.stack.currentWidget() is views.cell_table
    assert views.cell_table.currentIndex().data() == "备注"
    assert views.cells.marks[0, 5].tone == "attention"


def _click(dialog: IntakeDialog, number: int, qtbot: QtBot) -> None:
    where = dialog.findings.list.visualItemRect(dialog.findings.list.item(number)).center()
    qtbot.mouseClick(dialog.findings.list.viewport(), Qt.MouseButton.LeftButton, pos=where)


def test_what_changes_shows_the_old_value_beside_the_new(
    desk_at: OpenAt, window: QWidget, tmp_path: Path
) -> None:
    desk = desk_at("lists")
    dialog = _dialog(desk, window)
    path = tmp_path / "单位.csv"
    header, first, *_ = UNITS.splitlines()
    code, name, unit_class, staff = first.split(",")
    path.write_text(f"{header}\n{code},{name},{unit_class},{int(staff) + 1}\n", encoding="utf-8")
    dialog.look_at(path)
    desk.settle()
    changes = dialog.views.changes
    assert changes.rows[0][:5] == ("修改", code, name, unit_class, f"{staff} → {int(staff) + 1}")
    assert [*changes.marks] == [(0, 4)]
    assert f"原为：{staff}" in changes.marks[0, 4].words
    ground = changes.data(changes.index(0, 4), Qt.ItemDataRole.BackgroundRole)
    assert ground == QColor(theme.current().colours.tint)
    assert changes.data(changes.index(0, 3), Qt.ItemDataRole.BackgroundRole) is None


def test_a_pasted_block_is_looked_at_as_a_file(
    desk_at: OpenAt, window: QWidget, qtbot: QtBot, tmp_path: Path
) -> None:
    desk = desk_at("lists")
    dialog = _dialog(desk, window)
    clipboard = QGuiApplication.clipboard()
    clipboard.clear()
    qtbot.mouseClick(dialog.paste, Qt.MouseButton.LeftButton)
    (message,) = dialog.findChildren(Message)
    assert "没有可以粘贴" in message.windowTitle()
    message.close()
    clipboard.setText("单位代码\t单位名称\t类别\t人数\r\nU06\t高岭办事处, 二级\t街道（办事处）\t三\r\n")
    qtbot.keyClick(dialog, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    desk.settle()
    assert "“粘贴的内容”中有1处错误" in _told(dialog)
    assert _lines(dialog)[0] == "第2行D列“人数”：“三”不是数字，应填写数。"
    clipboard.setText(clipboard.text().replace("三", "33"))
    qtbot.keyClick(dialog, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    desk.settle()
    with qtbot.waitSignal(dialog.imported, timeout=20_000):
        qtbot.mouseClick(dialog.act, Qt.MouseButton.LeftButton)
    assert desk.run(lambda: units(desk.workspace, YEAR))[-1].name == "高岭办事处, 二级"
    last = desk.run(lambda: AuditLog(desk.workspace).entries()[-1])
    assert json.loads(last.content)["file"] == "粘贴的内容"


def test_of_several_sheets_that_fit_one_can_be_chosen(
    desk_at: OpenAt, window: QWidget, tmp_path: Path
) -> None:
    desk = desk_at("lists")
    book = openpyxl.Workbook()
    for sheet, code in ((book.active, "U06"), (book.create_sheet("街道"), "U07")):
        sheet.append(["单位代码", "单位名称", "类别", "人数"])
        sheet.append([code, f"{code}办事处", "街道（办事处）", 9])
    book.create_sheet("说明").append(["请先看这里"])
    book.active.title = "机关"
    path = tmp_path / "单位.xlsx"
    book.save(path)
    dialog = _dialog(desk, window)
    dialog.look_at(path)
    desk.settle()
    assert "新增2项" in _told(dialog)
    assert dialog.sheets.isVisible()
    assert [dialog.sheets.itemData(place) for place in range(dialog.sheets.count())] == ["", "机关", "街道"]
    assert [dialog.views.tabs.tabText(tab) for tab in range(dialog.views.tabs.count())] == [
        "变动",
        "工作表“机关”",
        "工作表“街道”",
        "工作表“说明”",
    ]
    dialog.sheets.setCurrentIndex(2)
    dialog.sheets.activated.emit(2)
    desk.settle()
    assert "新增1项" in _told(dialog) and dialog.sheets.currentData() == "街道"
    assert [row[:2] for row in dialog.views.changes.rows] == [("新增", "U07")]


def test_headings_of_the_office_are_matched_once_and_known_the_next_time(
    desk_at: OpenAt, window: QWidget, qtbot: QtBot
) -> None:
    desk = desk_at("lists")
    block = "代码\t牌子\t类别\t在编\nU06\t高岭办事处\t街道（办事处）\t33\n"
    dialog = _dialog(desk, window)
    dialog.look_at(block)
    desk.settle()
    assert not dialog.act.isEnabled()
    qtbot.mouseClick(dialog.findings.match, Qt.MouseButton.LeftButton)
    (asked,) = dialog.findChildren(HeadingsDialog)
    assert asked.number.value() == 1 and list(asked.boxes) == ["牌子", "在编"]
    for box in asked.boxes.values():
        box.setCurrentIndex(box.findData("name"))
    qtbot.mouseClick(asked.act, Qt.MouseButton.LeftButton)
    assert asked.isVisible() and "“牌子”和“在编”都选为" in asked.trouble.text()
    asked.boxes["在编"].setCurrentIndex(asked.boxes["在编"].findData("staff"))
    qtbot.mouseClick(asked.act, Qt.MouseButton.LeftButton)
    desk.settle()
    assert dialog.act.isEnabled(), _told(dialog)
    assert any("“牌子”是" in line for line in _lines(dialog))
    with qtbot.waitSignal(dialog.imported, timeout=20_000):
        qtbot.mouseClick(dialog.act, Qt.MouseButton.LeftButton)
    assert desk.run(lambda: units(desk.workspace, YEAR))[-1].name == "高岭办事处"
    again = _dialog(desk, window)
    again.look_at(block.replace("33", "34"))
    desk.settle()
    assert again.act.isEnabled() and [*again.views.changes.marks] == [(0, 4)]


def test_the_row_of_headings_can_be_another(desk_at: OpenAt, window: QWidget, qtbot: QtBot) -> None:
    desk = desk_at("lists")
    dialog = _dialog(desk, window)
    dialog.look_at("甲\t乙\t丙\t丁\nU06\t高岭办事处\t街道（办事处）\t33\n")
    desk.settle()
    qtbot.mouseClick(dialog.findings.match, Qt.MouseButton.LeftButton)
    (asked,) = dialog.findChildren(HeadingsDialog)
    asked.number.setValue(2)
    assert list(asked.boxes)[:2] == ["U06", "高岭办事处"]
    asked.number.setValue(1)
    for text, field in zip("甲乙丙丁", ("code", "name", "class", "staff"), strict=True):
        asked.boxes[text].setCurrentIndex(asked.boxes[text].findData(field))
    qtbot.mouseClick(asked.act, Qt.MouseButton.LeftButton)
    desk.settle()
    assert "新增1项" in _told(dialog)
