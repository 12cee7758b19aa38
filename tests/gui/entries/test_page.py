"""Are files taken over, and is what they say shown?"""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from gaoxin_vote.gui.entries.page import EntriesPage
from gaoxin_vote.gui.entries.presenter import EntriesPresenter
from gaoxin_vote.gui.intake.dialog import IntakeDialog
from gaoxin_vote.gui.intake.presenter import ImportMode, IntakePresenter
from gaoxin_vote.gui.kit.prompts import Message
from gaoxin_vote.progress import silent
from gaoxin_vote.reading_process import in_process
from gaoxin_vote.spreadsheets.kinds.adjustments import CLAIMS
from gaoxin_vote.spreadsheets.kinds.indicators import SCORES
from tests.gui.kit.test_file_drop import drop
from tests.gui.office import YEAR, Desk

OpenAt = Callable[[str], Desk]
_SCORES = "单位,指标编号,指标名称,分值,得分\n" + "".join(
    f"{unit},Z1,年度重点任务,80,{score}\n"
    for unit, score in (
        ("办公室", "75.50"),
        ("组织人事局", "74.25"),
        ("财政局", "73"),
        ("国有土地上房屋征收管理办公室", "70"),
        ("华兴街道", "71"),
    )
)


def test_scores_are_imported_and_shown(desk_at: OpenAt, qtbot: QtBot, tmp_path: Path) -> None:
    desk = desk_at("lists")
    page = EntriesPage(EntriesPresenter(desk.opened, YEAR), desk.worker)
    qtbot.addWidget(page)
    page.show()
    desk.settle()
    assert page.kinds.rows[0] == (SCORES.label, "—")
    path = tmp_path / "指标.csv"
    path.write_text(_SCORES, encoding="utf-8")
    qtbot.mouseClick(page.take, Qt.MouseButton.LeftButton)
    (dialog,) = page.findChildren(IntakeDialog)
    dialog.look_at(path)
    desk.settle()
    assert dialog.act.isEnabled(), [label.text() for label in dialog.findChildren(QLabel)]
    qtbot.mouseClick(dialog.act, Qt.MouseButton.LeftButton)
    desk.settle()
    assert page.kinds.rows[0] == (SCORES.label, "5")
    assert page.kept.rowCount() == 5
    page.kind_table.selectRow(1)
    desk.settle()
    assert page.take.text() == f"导入{CLAIMS.label}…"
    assert page.kept.rowCount() == 0


def test_a_file_dropped_on_the_table_is_looked_at_and_what_is_kept_is_saved(
    desk_at: OpenAt, qtbot: QtBot, tmp_path: Path
) -> None:
    desk = desk_at("lists")
    page = EntriesPage(EntriesPresenter(desk.opened, YEAR), desk.worker)
    qtbot.addWidget(page)
    page.show()
    desk.settle()
    assert not page.hand_out.isEnabled() and "没有可以导出的" in page.hand_out.toolTip()
    path = tmp_path / "指标.csv"
    path.write_text(_SCORES, encoding="utf-8")
    assert drop(page.kept_table.viewport(), path)
    desk.settle()
    (dialog,) = page.findChildren(IntakeDialog)
    qtbot.mouseClick(dialog.act, Qt.MouseButton.LeftButton)
    desk.settle()
    qtbot.mouseClick(page.hand_out, Qt.MouseButton.LeftButton)
    desk.settle()
    (asked,) = page.findChildren(QFileDialog)
    saved = tmp_path / "导出.xlsx"
    asked.fileSelected.emit(str(saved))
    desk.settle()
    (message,) = page.findChildren(Message)
    assert "导出.xlsx" in message.words.message
    again = IntakePresenter(desk.opened, YEAR, SCORES)
    book = again.open_book(saved, in_process, silent)
    state = desk.run(lambda: again.look(ImportMode.ADD, book))
    assert (state.changes, state.findings, len(state.rows)) == (False, (), 5)
