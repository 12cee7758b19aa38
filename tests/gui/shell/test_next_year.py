"""Is a year begun in a window, chosen in the rail, and does a booth of another year go on?"""

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from gaoxin_vote import bootstrap
from gaoxin_vote.bootstrap import BoothDoor, make_window
from gaoxin_vote.gui.booth.flow import BoothStep
from gaoxin_vote.gui.booth.opening_dialog import OpeningDialog
from gaoxin_vote.gui.kit.prompts import Message
from gaoxin_vote.gui.session.page import SessionPage
from gaoxin_vote.gui.setup.page import SetupPage
from gaoxin_vote.gui.shell.next_year_dialog import NextYearDialog
from gaoxin_vote.gui.standing.page import StandingPage
from gaoxin_vote.spreadsheets.kinds.standings import HISTORY
from gaoxin_vote.stages import YearStage
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.workflow.results.next_year import begin_next_year, next_year
from gaoxin_vote.workflow.session.running import open_session
from gaoxin_vote.workflow.session.slip_desk import issue_slip
from gaoxin_vote.workflow.session.turnout import session_state
from gaoxin_vote.workflow.setup.register import keep, kept
from gaoxin_vote.workflow.setup.roster import rename_unit
from gaoxin_vote.workflow.setup.years import years
from tests.gui.office import PASSPHRASE, YEAR, Moments, clock
from tests.stretching import CHEAP_COSTS

P = TypeVar("P", bound=QWidget)
T = TypeVar("T")


class _Office:
    """The whole program with a copy of a workspace."""

    def __init__(self, path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
        self.doors: list[BoothDoor] = []
        monkeypatch.setattr(sys, "excepthook", sys.excepthook)  # the window takes it: put back afterwards
        monkeypatch.setattr(bootstrap, "_SETTLE", 3_600_000)
        monkeypatch.setattr(bootstrap, "BoothDoor", self._door)
        self._qtbot, self._path = qtbot, path
        self.window = make_window(clock, costs=CHEAP_COSTS)
        qtbot.addWidget(self.window)
        self.window.resize(1366, 768)
        self.window.show()
        self.window.open_workspace(path, PASSPHRASE)
        self.settle()

    def _door(self, worker: object) -> BoothDoor:
        self.doors.append(BoothDoor(worker))  # type: ignore[arg-type]
        return self.doors[-1]

    @property
    def year(self) -> int | None:
        assert self.window.opened is not None
        return self.window.opened.rail.year

    def settle(self) -> None:
        self._qtbot.waitUntil(lambda: not self.window.worker.busy, timeout=60_000)
        QApplication.processEvents()

    def run(self, act: Callable[..., T], *arguments: object) -> T:
        """What the act of the workflow gives."""
        opened = self.window.opened
        assert opened is not None
        done: list[T] = []
        self.window.worker.submit(lambda _progress: opened.workspace.call(act, *arguments), done.append)
        self.settle()
        return done[0]

    def go(self, stage: YearStage, kind: type[P]) -> P:
        self.window.show_stage(stage)
        self.settle()
        page = self.window.desk.shown_page
        assert isinstance(page, kind)
        return page

    def choose(self, year: int) -> None:
        """Choose a year in the rail by keyboard."""
        box = self.window.desk.rail.years
        step = 1 if box.findData(year) > box.currentIndex() else -1
        while box.currentData() != year:
            QTest.keyClick(box, Qt.Key.Key_Down if step > 0 else Qt.Key.Key_Up)
            self.settle()

    def ask(self) -> NextYearDialog:
        """The dialog of a new year, opened by its shortcut."""
        QTest.keyClick(self.window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
        self.settle()
        return self.box(NextYearDialog)

    def box(self, kind: type[P]) -> P:
        return [each for each in self.window.findChildren(kind) if each.isVisible()][-1]


Open = Callable[[str], _Office]


@pytest.fixture
def open_office(
    moments: Moments, tmp_path: Path, qtbot: QtBot, dressed: None, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Open]:
    """Opens the program with a copy of the workspace at a moment."""
    opened: list[_Office] = []

    def open_at(moment: str) -> _Office:
        path = Path(shutil.copy(getattr(moments, moment), tmp_path / "w.gxv"))
        opened.append(_Office(path, qtbot, monkeypatch))
        return opened[-1]

    yield open_at
    for office in opened:
        for door in office.doors:
            if door.window is not None:
                door.window.shut()
                door.window = None
        office.window.close()
        office.window.worker.close()


def _texts(widget: QWidget) -> str:
    return "\n".join(each.text() for each in widget.findChildren(QLabel) if each.isVisibleTo(widget))


def test_a_year_goes_on_from_a_finished_one_and_is_compared_with_it(open_office: Open) -> None:
    office = open_office("final")
    rail = office.window.desk.rail
    assert rail.years.isVisible() and rail.years.currentText() == "2017年度 ✓"
    asked = office.ask()
    told = _texts(asked)
    assert "高新区2018年度目标任务考核（各项规定同2017年度）" in told
    assert "由2018年1月10日改为2019年1月10日" in told
    assert "2017年度5个单位" in told and "5个" in told and "3位" in told
    assert "衡高新发〔2017〕189号" in told
    assert office.run(years) == (2017,), "nothing is begun before the button is pressed"
    QTest.mouseClick(asked.act, Qt.MouseButton.LeftButton)
    office.settle()
    office.settle()
    assert office.year == 2018 and office.window.desk.shown is YearStage.SETUP
    page = office.window.desk.shown_page
    assert isinstance(page, SetupPage)
    assert page.units.rowCount() == 5 and page.leaders.rowCount() == 3
    assert not page.before.isVisible() and not page.take_results.isVisible()
    assert [rail.years.itemText(place) for place in range(2)] == ["2017年度 ✓", "2018年度"]
    standing = office.go(YearStage.STANDING, StandingPage)
    assert "上年得分" not in [head.text for head in standing.model.heads]
    standing.compare.click()
    heads = [head.text for head in standing.model.heads]
    row = dict(zip(heads, standing.model.rows[0], strict=True))
    office.choose(2017)
    earlier = office.go(YearStage.STANDING, StandingPage)
    assert not earlier.compare.isVisible()
    columns = [head.text for head in earlier.model.heads]
    stood = next(dict(zip(columns, cells, strict=True)) for cells in earlier.model.rows if "办公室" in cells)
    assert (row["单位"], row["综合得分"], row["名次升降"]) == ("办公室", "—", "—")
    assert (row["上年得分"], row["上年名次"], row["上年等次"]) == (
        stood["综合得分"],
        stood["名次"],
        stood["等次"],
    )


def test_a_year_that_is_there_is_refused_in_place(open_office: Open) -> None:
    office = open_office("lists")
    asked = office.ask()
    assert "暂不带入（2017年度尚未定稿）" in _texts(asked)
    assert asked.act.text() == "新建2018年度"
    asked.year.setValue(2017)
    office.settle()
    assert "已有2017年度" in asked.trouble.text()
    assert not asked.act.isEnabled() and "2017" in asked.act.toolTip()
    assert not asked.taken.isVisible()
    asked.send()
    office.settle()
    assert office.run(years) == (2017,)
    asked.year.setValue(2019)
    office.settle()
    assert asked.act.isEnabled() and asked.trouble.text() == ""
    assert "工作区中没有2018年度的考核" in _texts(asked)
    asked.send()
    office.settle()
    assert office.run(years) == (2017, 2019) and office.year == 2019


def test_what_changed_while_it_was_looked_at_is_told_and_nothing_begun(open_office: Open) -> None:
    office = open_office("lists")
    asked = office.ask()
    office.run(rename_unit, YEAR, "U01", "管委会办公室")
    asked.send()
    office.settle()
    assert asked.isVisible() and "2017年度有了改动" in asked.trouble.text()
    assert office.run(years) == (2017,)
    assert asked.year.isEnabled() and not asked.act.isEnabled(), "another year can be looked at, none begun"
    asked.year.setValue(2019)
    office.settle()
    assert asked.act.isEnabled() and asked.trouble.text() == ""


def test_only_the_year_asked_for_last_is_shown(open_office: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    office = open_office("lists")
    asked = office.ask()
    shown: list[tuple[tuple[str, str], ...]] = []
    refused: list[str] = []
    monkeypatch.setattr(asked.taken, "show_pairs", shown.append)
    monkeypatch.setattr(asked, "refuse", refused.append)
    for year in (2025, 2017, 2030):
        asked.year.setValue(year)
    office.settle()
    assert [dict(pairs)["考核方案"] for pairs in shown] == [
        "高新区2030年度目标任务考核（各项规定同2017年度）"
    ]
    assert asked.year.value() == 2030 and asked.act.isEnabled()
    assert refused == [""]


def test_results_follow_once_the_year_before_is_final(open_office: Open) -> None:
    office = open_office("final")
    shown = office.run(next_year)
    office.run(begin_next_year, shown)
    office.run(keep, 2018, HISTORY, ())
    office.window.change_year(2018)
    office.settle()
    page = office.go(YearStage.SETUP, SetupPage)
    assert "有5项结果没有列入" in _texts(page.before)
    QTest.mouseClick(page.take_results, Qt.MouseButton.LeftButton)
    office.settle()
    assert "已接续5项结果" in _texts(page.before)
    assert len(office.run(kept, 2018, HISTORY)) == 5
    page.refresh()
    office.settle()
    assert not page.before.isVisible() and not page.take_results.isVisible()


def test_a_new_year_after_one_that_is_not_final_says_so(open_office: Open) -> None:
    office = open_office("lists")
    office.run(begin_next_year, office.run(next_year))
    office.window.change_year(2018)
    office.settle()
    page = office.go(YearStage.SETUP, SetupPage)
    assert "2017年度尚未定稿" in _texts(page.before) and not page.take_results.isVisible()
    assert not office.go(YearStage.STANDING, StandingPage).compare.isVisible()


def test_a_workspace_opens_at_its_newest_year(open_office: Open) -> None:
    office = open_office("final")
    office.run(begin_next_year, office.run(next_year))
    office.window.close_workspace()
    office.settle()
    office.window.open_workspace(office._path, PASSPHRASE)
    office.settle()
    assert office.year == 2018
    assert office.window.desk.rail.years.currentText() == "2018年度"


def test_while_something_is_done_the_year_stays(open_office: Open) -> None:
    office = open_office("lists")
    office.run(begin_next_year, office.run(next_year))
    office.window.ask_rail()
    office.settle()
    page = office.go(YearStage.SETUP, SetupPage)
    page.begin_year("title = ")
    office.window.change_year(2018)
    office.window.ask_next_year()
    assert [box.windowTitle() for box in office.window.findChildren(QDialog) if box.isVisible()] == [
        "现在不能换年度",
        "现在不能新建年度",
    ]
    office.settle()
    assert office.year == 2017 and office.window.desk.rail.years.currentData() == 2017
    assert any(box.windowTitle() == "需要更正" for box in page.findChildren(Message)), "its refusal is told"


def test_a_booth_goes_on_while_other_years_are_looked_at(
    open_office: Open, qtbot: QtBot, moments: Moments
) -> None:
    office = open_office("slips")
    key, codes = next(iter(moments.codes.items()))

    def begin(workspace: Workspace) -> None:
        open_session(workspace, key)
        for elector in session_state(workspace, key).roll.electors:
            issue_slip(workspace, key, elector.code, True)

    office.run(begin)
    office.run(begin_next_year, office.run(next_year))
    office.window.ask_rail()
    office.settle()
    (door,) = office.doors
    assert office.window.opened is not None
    door.open(office.window.opened, key, "领导评议")
    asked = office.box(OpeningDialog)
    asked.alone.setChecked(True)
    asked.send()
    booth = door.window
    assert booth is not None
    booth.activateWindow()
    qtbot.waitUntil(booth.isActiveWindow)

    def typed(text: str) -> None:
        for sign in text:
            target = QApplication.focusWidget()
            assert target is not None
            if sign == "\n":
                QTest.keyClick(target, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
            elif sign == "\r":
                QTest.keyClick(target, Qt.Key.Key_Return)
            else:
                QTest.keyClicks(target, sign)

    typed(f"{codes[0]}\r".replace(" ", ""))
    qtbot.waitUntil(lambda: booth.state.step is BoothStep.BALLOT, timeout=60_000)
    typed("1\r2\r")
    office.window.change_year(2018)
    office.settle()
    other = office.go(YearStage.SESSION, SessionPage)
    assert office.year == 2018 and not other.cards
    assert booth.state.step is BoothStep.BALLOT and door.occupied(key)
    office.window.change_year(2017)
    office.settle()
    page = office.go(YearStage.SESSION, SessionPage)
    assert key in page.cards and door.occupied(key)
    booth.activateWindow()
    qtbot.waitUntil(booth.isActiveWindow)
    typed("3\r4\r0\r\r")
    qtbot.waitUntil(lambda: booth.state.step is BoothStep.REVIEW, timeout=5_000)

    def cast() -> bool:
        if booth.state.step is BoothStep.REVIEW:
            typed("\n")
        return booth.state.step is BoothStep.TRACKER

    qtbot.waitUntil(cast, timeout=60_000)
    assert office.run(session_state, key).returned == 1
