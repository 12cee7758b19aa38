"""Are the counts handed out as workbooks?"""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from gaoxin_vote.gui.kit.prompts import Message
from gaoxin_vote.gui.tally.page import TallyPage
from gaoxin_vote.gui.tally.presenter import TallyPresenter
from gaoxin_vote.spreadsheets.importing import read_file
from gaoxin_vote.spreadsheets.kinds.sessions import SESSIONS
from gaoxin_vote.spreadsheets.kinds.tallies import tally_kind
from gaoxin_vote.spreadsheets.reading.spreadsheet import SpreadsheetFile
from gaoxin_vote.workflow.results.entering import reading_context
from tests.contests import CONTESTS
from tests.gui.office import YEAR, Desk


def test_the_counts_and_the_sessions_are_saved_as_workbooks(
    desk_at: Callable[[str], Desk], qtbot: QtBot, tmp_path: Path
) -> None:
    desk = desk_at("tallied")
    page = TallyPage(TallyPresenter(desk.opened, YEAR), desk.worker)
    qtbot.addWidget(page)
    page.show()
    desk.settle()
    counted = next(card for card in page._cards if card.tallied)
    page.tabs.setCurrentIndex(page._cards.index(counted))
    rules = next(rules for rules in CONTESTS if rules.contest.title in counted.title)
    context = desk.run(lambda: reading_context(desk.workspace, YEAR))
    for press, kind, rows in (
        (page.hand_out_counts, tally_kind(rules), len(counted.flow.rows)),
        (page.hand_out_reports, SESSIONS, sum(card.tallied for card in page._cards)),
    ):
        qtbot.mouseClick(press, Qt.MouseButton.LeftButton)
        desk.settle()
        asked = page.findChildren(QFileDialog)[-1]
        path = tmp_path / f"{kind.code}.xlsx"
        asked.fileSelected.emit(str(path))
        desk.settle()
        result = read_file(kind, SpreadsheetFile.at(path), context)
        assert result.problems == () and len(result.values) == rows
        assert path.name in page.findChildren(Message)[-1].words.message


def test_a_session_that_is_not_counted_hands_out_nothing(
    desk_at: Callable[[str], Desk], qtbot: QtBot
) -> None:
    desk = desk_at("closed")
    page = TallyPage(TallyPresenter(desk.opened, YEAR), desk.worker)
    qtbot.addWidget(page)
    page.show()
    desk.settle()
    assert page._cards and not page.hand_out_counts.isVisible() and not page.hand_out_reports.isVisible()
