"""Large type on a small screen: can everything still be read, from the start page to the dialogs?"""

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from gaoxin_vote import bootstrap
from gaoxin_vote.errors import Refused
from gaoxin_vote.files import FileReason
from gaoxin_vote.gui.ceremony.page import CeremonyPage
from gaoxin_vote.gui.intake.dialog import IntakeDialog
from gaoxin_vote.gui.kit import prompts, theme
from gaoxin_vote.gui.kit.look import Look
from gaoxin_vote.gui.kit.page import Page
from gaoxin_vote.gui.session.page import SessionPage
from gaoxin_vote.gui.session.state import SessionAct
from gaoxin_vote.gui.setup.page import SetupPage
from gaoxin_vote.gui.shell.next_year_dialog import NextYearDialog
from gaoxin_vote.gui.shell.window import DeskWindow
from gaoxin_vote.gui.standing.page import StandingPage
from gaoxin_vote.gui.tally.page import TallyPage
from gaoxin_vote.stages import YearStage
from tests.gui.cut import cut
from tests.gui.office import PASSPHRASE, YEAR, Moments, clock
from tests.stretching import CHEAP_COSTS

SMALL, USUAL = QSize(1184, 680), QSize(1366, 768)
SETTINGS = [(100, SMALL), (115, SMALL), (150, SMALL), (150, USUAL)]
Open = Callable[[int, QSize, Path | None], "_Room"]


class _Room:
    """The officer's window in one font setting."""

    def __init__(self, window: DeskWindow, qtbot: QtBot) -> None:
        self.window, self._qtbot = window, qtbot
        self.seen = 0

    def settle(self) -> None:
        """Until nothing is under way and all is laid out."""
        self._qtbot.waitUntil(lambda: not self.window.worker.busy, timeout=60_000)
        QApplication.processEvents()

    def go(self, stage: YearStage) -> Page:
        """Go to a stage, which must be readable."""
        self.window.show_stage(stage)
        self.look(self.window)
        page = self.window.desk.shown_page
        assert page is not None
        return page

    def look(self, window: QDialog | DeskWindow) -> None:
        """All of `window` can be read."""
        self.settle()
        assert cut(window) == ()
        self.seen += 1

    def box(self) -> QDialog:
        """The dialog that was opened last, which must be readable."""
        self.settle()
        box = [each for each in self.window.findChildren(QDialog) if each.isVisible()][-1]
        self.look(box)
        return box

    def shut(self) -> None:
        """Put every dialog away."""
        for box in reversed([each for each in self.window.findChildren(QDialog) if each.isVisible()]):
            box.hide()
            box.deleteLater()
        self.settle()


@pytest.fixture
def room(
    tmp_path: Path, qtbot: QtBot, qapp: QApplication, dressed: None, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Open]:
    """Opens the program in a font setting and size, perhaps with a copy of a workspace."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)  # the window takes it: put back afterwards
    monkeypatch.setattr(bootstrap, "_SETTLE", 3_600_000)  # nothing is read ahead of its use
    opened: list[DeskWindow] = []

    def open_at(scale: int, size: QSize, file: Path | None) -> _Room:
        theme.apply(qapp, Look(scale))
        window = bootstrap.make_window(clock, costs=CHEAP_COSTS)
        qtbot.addWidget(window)
        opened.append(window)
        window.resize(size)
        window.show()
        qtbot.waitExposed(window)
        made = _Room(window, qtbot)
        made.look(window)
        if file is not None:
            window.open_workspace(Path(shutil.copy(file, tmp_path / "w.gxv")), PASSPHRASE)
            made.settle()
        assert window.size() == size
        return made

    yield open_at
    for window in opened:
        window.close()
        window.worker.close()


@pytest.mark.parametrize(("scale", "size"), SETTINGS)
def test_the_start_page_can_be_read(
    room: Open, qtbot: QtBot, tmp_path: Path, scale: int, size: QSize
) -> None:
    desk = room(scale, size, None)
    start = desk.window.start
    start.home.show_recent((tmp_path / "考核工作区.gxv",))
    desk.look(desk.window)
    folder = tmp_path / "A&B" / ("很长的文件夹名称" * 6)
    folder.mkdir(parents=True)
    (folder / "考核工作区.gxv").touch()
    start.home.show_recent((folder / "考核工作区.gxv",))
    desk.look(desk.window)
    (entry,) = start.home.entries
    assert entry.text().startswith("考核工作区　") and entry.text().endswith("很长的文件夹名称")
    assert "…" in entry.text() and str(folder) in entry.toolTip()
    with qtbot.waitSignal(start.home.path_chosen) as chosen:
        entry.click()
    assert chosen.args == [folder / "考核工作区.gxv"]
    start.ask_passphrase(tmp_path / "考核工作区.gxv")
    start.opening.refuse("口令不对。")
    desk.look(desk.window)
    start.ask_new()
    start.creating.refuse("两次输入的口令不一致，请重新输入。")
    desk.look(desk.window)


@pytest.mark.parametrize(("scale", "size"), SETTINGS)
def test_every_page_can_be_read(room: Open, moments: Moments, scale: int, size: QSize) -> None:
    desk = room(scale, size, moments.tallied)
    for stage in YearStage:
        desk.go(stage)
    desk.window.lock_desk()
    desk.look(desk.window)
    assert desk.seen == len(YearStage) + 2


@pytest.mark.parametrize(("scale", "size"), SETTINGS)
def test_a_new_year_can_be_read(room: Open, moments: Moments, scale: int, size: QSize) -> None:
    desk = room(scale, size, moments.final)
    desk.window.ask_next_year()
    asked = desk.box()
    assert isinstance(asked, NextYearDialog)
    asked.year.setValue(YEAR)
    assert desk.box() is asked and asked.trouble.text()
    asked.year.setValue(YEAR + 1)
    desk.look(asked)
    asked.send()
    desk.settle()
    page = desk.go(YearStage.STANDING)
    assert isinstance(page, StandingPage)
    page.compare.setChecked(True)
    desk.look(desk.window)


@pytest.mark.parametrize(("scale", "size"), SETTINGS[1:])
def test_dialogs_of_a_session_can_be_read(room: Open, moments: Moments, scale: int, size: QSize) -> None:
    desk = room(scale, size, moments.voted)
    page = desk.go(YearStage.SESSION)
    assert isinstance(page, SessionPage)
    key = next(iter(page.cards))
    for act in (SessionAct.MEETING, SessionAct.SPOILED, SessionAct.LOST, SessionAct.VOID, SessionAct.CLOSE):
        page.cards[key].wished.emit(act)
        desk.box()
        desk.shut()
    page.check_in.table.came_wanted.emit(page.check_in.model.lines[0])
    desk.box()


@pytest.mark.parametrize(("scale", "size"), SETTINGS[1:])
def test_other_dialogs_can_be_read(
    room: Open, moments: Moments, tmp_path: Path, scale: int, size: QSize
) -> None:
    desk = room(scale, size, moments.lists)
    page = desk.go(YearStage.SETUP)
    assert isinstance(page, SetupPage)
    page.take_units.click()
    dialog = desk.box()
    assert isinstance(dialog, IntakeDialog)
    names = "".join(f"U{n:02},国有土地上房屋征收管理第{n}办公室,机关部门,二十\n" for n in range(9))
    for text in (f"代码,单位,类别,人数\n{names}", "代码,单位,类别,人数,备注\nU09,办公室,机关部门,9,见附件\n"):
        (tmp_path / "单位.csv").write_text(text, "utf-8")
        dialog.look_at(tmp_path / "单位.csv")
        desk.look(dialog)
    desk.shut()
    faults = tuple(f"第{row}行“人数”：“二十”应为整数" for row in range(40))
    prompts.show_error(desk.window, Refused(FileReason.EXISTS, "单位名单.xlsx 有40处错误。", details=faults))
    desk.box()
    desk.shut()
    page_of_keys = desk.go(YearStage.CEREMONY)
    assert isinstance(page_of_keys, CeremonyPage)
    page_of_keys.begin.click()
    desk.box()


@pytest.mark.parametrize(("scale", "size"), SETTINGS[1:])
def test_the_count_can_be_read(room: Open, moments: Moments, scale: int, size: QSize) -> None:
    desk = room(scale, size, moments.tallied)
    page = desk.go(YearStage.TALLY)
    assert isinstance(page, TallyPage)
    page.report.click()
    desk.box()
    desk.shut()
    sessions = desk.go(YearStage.SESSION)
    assert isinstance(sessions, SessionPage)
    counted = next(key for key, card in sessions.cards.items() if SessionAct.COUNTS in card.buttons)
    for act in (SessionAct.TRACKERS, SessionAct.REHOLD, SessionAct.VOID):
        sessions.cards[counted].wished.emit(act)
        desk.box()
        desk.shut()
    ceremony = desk.go(YearStage.CEREMONY)
    assert isinstance(ceremony, CeremonyPage)
    ceremony.check.click()
    desk.box()


def test_larger_type_is_taken_over_at_once(room: Open, moments: Moments) -> None:
    desk = room(100, SMALL, moments.tallied)
    desk.go(YearStage.STANDING)
    desk.window.desk.rail.contrast_wanted.emit()
    desk.look(desk.window)
    for _step in range(3):
        desk.window.desk.rail.larger_wanted.emit()
        desk.look(desk.window)
    assert theme.current().scale == 150
    assert desk.window.desk.shown is YearStage.STANDING
    for stage in YearStage:
        desk.go(stage)
    desk.window.close_workspace()
    desk.look(desk.window)


def test_a_notice_above_the_desk_leaves_the_rail_whole(room: Open, moments: Moments) -> None:
    desk = room(150, SMALL, moments.tallied)
    desk.window.booth_notice.say(
        "投票屏没有信号", "投票间已盖住，没有投出的选票保留。请检查投票屏的电源和连线。"
    )
    desk.go(YearStage.SESSION)
