"""Are files taken over, and is what they say shown?"""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from gaoxin_vote.gui.entries.page import EntriesPage
from gaoxin_vote.gui.entries.presenter import EntriesPresenter
from gaoxin_vote.gui.intake.dialog import IntakeDialog
from gaoxin_vote.spreadsheets.kinds.adjustments import CLAIMS
from gaoxin_vote.spreadsheets.kinds.indicators import SCORES
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
