"""Does one come to the exact place: kind of input, session, count, dialog?"""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from gaoxin_vote import bootstrap
from gaoxin_vote.gui.entries.page import EntriesPage
from gaoxin_vote.gui.intake.dialog import IntakeDialog
from gaoxin_vote.gui.session.page import SessionPage
from gaoxin_vote.gui.session.rehold_dialog import ReholdDialog
from gaoxin_vote.gui.shell.window import DeskWindow
from gaoxin_vote.gui.standing.page import StandingPage
from gaoxin_vote.gui.tally.page import TallyPage
from gaoxin_vote.stages import Destination, DestinationAct, YearStage
from tests.gui.office import PASSPHRASE, Moments, clock
from tests.stretching import CHEAP_COSTS


@pytest.fixture
def window(
    moments: Moments, tmp_path: Path, qtbot: QtBot, dressed: None, monkeypatch: pytest.MonkeyPatch
) -> Iterator[DeskWindow]:
    """The officer's window with the year of which one of two sessions is counted."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)  # the window takes it: put back afterwards
    monkeypatch.setattr(bootstrap, "_SETTLE", 3_600_000)  # nothing is read ahead of its use
    made = bootstrap.make_window(clock, costs=CHEAP_COSTS)
    qtbot.addWidget(made)
    made.show()
    made.open_workspace(Path(shutil.copy(moments.tallied, tmp_path / "w.gxv")), PASSPHRASE)
    qtbot.waitUntil(lambda: not made.worker.busy, timeout=60_000)
    yield made
    made.close()
    made.worker.close()


def go(window: DeskWindow, qtbot: QtBot, destination: Destination) -> object:
    window.show_destination(destination)
    qtbot.waitUntil(lambda: not window.worker.busy, timeout=60_000)
    return window.desk.shown_page


def boxes(window: DeskWindow) -> list[QDialog]:
    return [box for box in window.findChildren(QDialog) if box.isVisible()]


@pytest.mark.parametrize("seen_before", [False, True])
def test_a_kind_of_input(window: DeskWindow, qtbot: QtBot, seen_before: bool) -> None:
    if seen_before:
        window.show_stage(YearStage.ENTRIES)
        window.show_stage(YearStage.STANDING)
    page = go(window, qtbot, Destination(YearStage.ENTRIES, "claims"))
    assert isinstance(page, EntriesPage)
    assert page.content_card.title.text() == "加减分申报"
    assert page.kinds.cell(page.kind_table.chosen_row, 0) == "加减分申报"
    assert boxes(window) == []


def test_a_decision_begins_its_import(window: DeskWindow, qtbot: QtBot) -> None:
    go(window, qtbot, Destination(YearStage.ENTRIES, "tie_decisions", act=DestinationAct.IMPORT))
    (box,) = boxes(window)
    assert isinstance(box, IntakeDialog)
    assert box.windowTitle() == "导入并列决定"


def test_a_session_and_its_dialog_for_units_to_be_rated_again(window: DeskWindow, qtbot: QtBot) -> None:
    page = go(window, qtbot, Destination(YearStage.SESSION, session=2))
    assert isinstance(page, SessionPage)
    assert page.tabs.tabData(page.tabs.currentIndex()) == 2
    page = go(window, qtbot, Destination(YearStage.SESSION, session=1, act=DestinationAct.REHOLD))
    assert isinstance(page, SessionPage)
    assert page.tabs.tabData(page.tabs.currentIndex()) == 1
    (box,) = boxes(window)
    assert isinstance(box, ReholdDialog)


def test_a_count(window: DeskWindow, qtbot: QtBot) -> None:
    for session in (1, 2, 1):
        page = go(window, qtbot, Destination(YearStage.TALLY, session=session))
        assert isinstance(page, TallyPage)
        assert page.tabs.tabData(page.tabs.currentIndex()) == session
        window.show_stage(YearStage.STANDING)


def test_the_button_of_a_blocker_goes_there(window: DeskWindow, qtbot: QtBot) -> None:
    window.show_stage(YearStage.STANDING)
    qtbot.waitUntil(lambda: not window.worker.busy, timeout=60_000)
    page = window.desk.shown_page
    assert isinstance(page, StandingPage)
    next(way for way in page.trouble.ways if way.text() == "去补录").click()
    qtbot.waitUntil(lambda: not window.worker.busy, timeout=60_000)
    assert window.desk.shown is YearStage.ENTRIES
