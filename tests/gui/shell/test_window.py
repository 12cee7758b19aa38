"""Does the desk open, lock, close and follow the stages of the year?"""

import shutil
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gaoxin_vote.gui.kit import prompts, theme
from gaoxin_vote.gui.kit.look import Look
from gaoxin_vote.gui.kit.page import Page
from gaoxin_vote.gui.kit.prompts import Message
from gaoxin_vote.gui.kit.settings import Settings
from gaoxin_vote.gui.kit.worker import Worker
from gaoxin_vote.gui.shell.presenter import OpenDesk, RailState, ShellPresenter
from gaoxin_vote.gui.shell.window import DeskWindow
from gaoxin_vote.progress import Progress
from gaoxin_vote.stages import StageProgress, StageStatus, YearStage
from tests.gui.cut import cut
from tests.gui.office import PASSPHRASE, YEAR, Moments, clock
from tests.stretching import CHEAP_COSTS


class _Page(Page):
    """A page that only counts how often it was asked."""

    def __init__(self, stage: YearStage, worker: Worker) -> None:
        super().__init__(stage, worker)
        self.asked = 0

    def refresh(self) -> None:
        self.asked += 1


class _Desk:
    """A window with its worker and what the booth says."""

    def __init__(self, qtbot: QtBot, sample: Path) -> None:
        self.worker = Worker()
        self.busy_booth = ""
        self.window = DeskWindow(
            ShellPresenter(clock, CHEAP_COSTS),
            self.worker,
            Settings(),
            lambda stage, _opened: _Page(stage, self.worker),
            sample_path=sample,
            may_close=lambda: self.busy_booth,
        )
        qtbot.addWidget(self.window)
        self.window.resize(1366, 768)
        self.window.show()
        qtbot.waitExposed(self.window)
        self._qtbot = qtbot

    def settle(self) -> None:
        self._qtbot.waitUntil(lambda: not self.worker.busy, timeout=60_000)

    def open(self, path: Path) -> None:
        self.window.start.ask_passphrase(path)
        self._qtbot.keyClicks(self.window.start.opening.passphrase.line, PASSPHRASE)
        self._qtbot.keyClick(self.window.start.opening.passphrase.line, Qt.Key.Key_Return)
        self.settle()

    @property
    def shown(self) -> QWidget:
        stack = self.window.centralWidget()
        return stack.currentWidget()  # type: ignore[attr-defined, no-any-return]


@pytest.fixture
def desk(qtbot: QtBot, dressed: None, tmp_path: Path) -> Iterator[_Desk]:
    made = _Desk(qtbot, tmp_path / "演示.gxv")
    yield made
    made.busy_booth = ""
    made.window.close()
    made.worker.close()


@pytest.fixture
def file(moments: Moments, tmp_path: Path) -> Path:
    return Path(shutil.copy(moments.lists, tmp_path / "考核.gxv"))


def _texts(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def test_a_new_workspace(desk: _Desk, qtbot: QtBot, tmp_path: Path) -> None:
    start = desk.window.start
    qtbot.mouseClick(start.home.new_tile, Qt.MouseButton.LeftButton)
    form = start.creating
    qtbot.mouseClick(form.act, Qt.MouseButton.LeftButton)
    assert "考核办名称" in form.trouble.text()
    form.office.setText("高新区考核办")
    form.place.line.setText(str(tmp_path / "新的"))
    qtbot.keyClicks(form.passphrase.line, PASSPHRASE)
    qtbot.keyClicks(form.again.line, "something else")
    qtbot.mouseClick(form.act, Qt.MouseButton.LeftButton)
    assert "不一致" in form.trouble.text()
    form.again.wipe()
    qtbot.keyClicks(form.again.line, PASSPHRASE)
    qtbot.mouseClick(form.act, Qt.MouseButton.LeftButton)
    desk.settle()
    assert (tmp_path / "新的.gxv").exists()
    assert desk.shown is desk.window.desk
    assert desk.window.desk.shown == YearStage.SETUP
    assert form.passphrase.text == form.again.text == ""
    assert Settings().recent == (tmp_path / "新的.gxv",)


def test_open_and_see_where_the_year_stands(desk: _Desk, file: Path) -> None:
    desk.open(file)
    rail = desk.window.desk.rail
    assert "5个单位 · 3位班子成员" in rail.stages[YearStage.SETUP].accessibleName()
    assert "已完成" in rail.stages[YearStage.SETUP].accessibleName()
    assert desk.window.desk.shown == YearStage.CEREMONY
    assert "发放密钥" in rail.stages[YearStage.CEREMONY].toolTip()


def test_a_wrong_passphrase_is_said_in_place(desk: _Desk, qtbot: QtBot, file: Path) -> None:
    form = desk.window.start.opening
    desk.window.start.ask_passphrase(file)
    qtbot.keyClicks(form.passphrase.line, "not the passphrase")
    qtbot.keyClick(form.passphrase.line, Qt.Key.Key_Return)
    desk.settle()
    assert "口令" in form.trouble.text()
    assert form.passphrase.text == ""
    assert desk.shown is desk.window.start
    assert desk.window.findChildren(Message) == []


def test_keys_go_to_the_stages(desk: _Desk, qtbot: QtBot, file: Path) -> None:
    desk.open(file)
    qtbot.keyClick(desk.window, Qt.Key.Key_8, Qt.KeyboardModifier.ControlModifier)
    assert desk.window.desk.shown == YearStage.AUDIT
    desk.window.desk.rail.stages[YearStage.REPORTS].setFocus()
    qtbot.keyClick(desk.window.desk.rail.stages[YearStage.REPORTS], Qt.Key.Key_Return)
    assert desk.window.desk.shown == YearStage.REPORTS
    assert QKeySequence("Ctrl+8").toString() == "Ctrl+8"


def test_locked_it_shows_nothing_and_hides_open_boxes(desk: _Desk, qtbot: QtBot, file: Path) -> None:
    desk.open(file)
    box = prompts.tell(desk.window, "提示", "U01 办公室")
    qtbot.keyClick(desk.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    desk.window.lock_desk()
    assert desk.shown is desk.window.lock
    assert not box.isVisible()
    line = desk.window.lock.passphrase.line
    qtbot.keyClicks(line, "not the passphrase")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    desk.settle()
    assert desk.shown is desk.window.lock
    assert "口令" in desk.window.lock.trouble.text()
    qtbot.keyClicks(line, PASSPHRASE)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    desk.settle()
    assert desk.shown is desk.window.desk
    assert box.isVisible()
    assert line.text() == ""


def test_the_stages_cannot_be_reached_past_the_lock(desk: _Desk, qtbot: QtBot, file: Path) -> None:
    desk.open(file)
    before = desk.window.desk.shown
    desk.window.lock_desk()
    for key in (Qt.Key.Key_1, Qt.Key.Key_8):
        qtbot.keyClick(desk.window, key, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(desk.window, Qt.Key.Key_Escape)
    assert desk.shown is desk.window.lock
    assert desk.window.desk.shown == before


def test_idle_it_locks_and_input_puts_that_off(desk: _Desk, qtbot: QtBot, file: Path) -> None:
    desk.open(file)
    desk.window.activateWindow()
    qtbot.waitUntil(desk.window.isActiveWindow)
    desk.window.idle.wait(1 / 60)
    (timer,) = desk.window.idle.findChildren(QTimer)
    for _ in range(4):
        qtbot.waitUntil(lambda: timer.remainingTime() < 700)
        QTest.keyClick(desk.window.windowHandle(), Qt.Key.Key_Shift)
        assert timer.remainingTime() > 700
    assert desk.shown is desk.window.desk
    qtbot.waitUntil(lambda: desk.shown is desk.window.lock, timeout=5_000)


def test_input_in_another_window_does_not_keep_the_desk_open(desk: _Desk, qtbot: QtBot, file: Path) -> None:
    desk.open(file)
    booth = QWidget()
    qtbot.addWidget(booth)
    booth.show()
    booth.activateWindow()
    qtbot.waitUntil(booth.isActiveWindow)
    desk.window.idle.wait(0.5 / 60)

    def locked_all_the_same() -> bool:
        QTest.keyClick(booth.windowHandle(), Qt.Key.Key_Shift)
        return desk.shown is desk.window.lock

    qtbot.waitUntil(locked_all_the_same, timeout=5_000)


def test_not_closed_while_the_booth_is_open(desk: _Desk, file: Path) -> None:
    desk.open(file)
    desk.busy_booth = "投票间正在使用。"
    assert not desk.window.close()
    desk.window.close_workspace()
    assert desk.shown is desk.window.desk
    assert {each.windowTitle() for each in desk.window.findChildren(Message)} == {
        "现在不能退出",
        "现在不能关闭工作区",
    }


def test_closed_the_file_is_free_again(desk: _Desk, file: Path) -> None:
    desk.open(file)
    desk.window.close_workspace()
    desk.settle()
    assert desk.shown is desk.window.start
    desk.open(file)
    assert desk.shown is desk.window.desk


def test_quit_at_once_the_file_is_closed_all_the_same(desk: _Desk, qtbot: QtBot, file: Path) -> None:
    desk.open(file)
    gate = threading.Event()
    desk.worker.submit(lambda _progress: gate.wait(10))
    desk.window.close()
    desk.worker.cancel()  # as closing the worker does, while the file still waits to be closed
    gate.set()
    desk.worker.close()
    again = Worker()
    opened: list[OpenDesk] = []
    presenter = ShellPresenter(clock, CHEAP_COSTS)
    again.submit(lambda _progress: presenter.open(file, PASSPHRASE), opened.append, pytest.fail)
    qtbot.waitUntil(lambda: bool(opened), timeout=20_000)
    again.submit(lambda _progress: presenter.close(opened[0].workspace), always=True)
    again.close()


def _later(later: timedelta) -> datetime:
    return clock() + later


def test_a_clock_that_cannot_be_right_is_told_and_one_far_ahead_asked_about(
    qtbot: QtBot, dressed: None, file: Path, tmp_path: Path
) -> None:
    worker = Worker()
    for later, button in ((timedelta(days=-400), "只查看"), (timedelta(days=400), "日期正确，继续")):
        presenter = ShellPresenter(partial(_later, later), CHEAP_COSTS)
        window = DeskWindow(
            presenter, worker, Settings(), lambda stage, _o: _Page(stage, worker), sample_path=tmp_path / "x"
        )
        qtbot.addWidget(window)
        window.show()
        window.open_workspace(file, PASSPHRASE)
        qtbot.waitUntil(lambda: bool(window.findChildren(prompts.Message)), timeout=20_000)  # noqa: B023
        (message,) = window.findChildren(prompts.Message)
        assert button in [each.text() for each in message.findChildren(QPushButton)]
        leave = next(each for each in message.findChildren(QPushButton) if "关闭工作区" in each.text())
        qtbot.mouseClick(leave, Qt.MouseButton.LeftButton)
        assert window.opened is None
    worker.close()


def test_the_look_is_kept(desk: _Desk, qtbot: QtBot, file: Path) -> None:
    desk.open(file)
    rail = desk.window.desk.rail
    before = rail.width()
    qtbot.mouseClick(rail.larger, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(rail.contrast, Qt.MouseButton.LeftButton)
    assert theme.current() == Look(115, True)
    assert Settings().look == Look(115, True)
    assert rail.width() > before
    qtbot.mouseClick(rail.contrast, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(rail.smaller, Qt.MouseButton.LeftButton)
    assert theme.current() == Look()


def test_lost_files_are_told(desk: _Desk, tmp_path: Path) -> None:
    settings = Settings()
    settings.keep_recent(tmp_path / "没有了.gxv")
    desk.window.start.home.show_recent(settings.recent)
    entry = desk.window.start.home.entries[0]
    assert not entry.isEnabled()
    assert "文件不在此处" in entry.toolTip()


class _Slow(ShellPresenter):
    """Making the sample reports, and takes until the gate is opened."""

    def __init__(self) -> None:
        super().__init__(clock, CHEAP_COSTS)
        self.gate = threading.Event()

    def sample(self, path: Path, progress: Progress) -> OpenDesk:
        progress(1, 200, "生成演示数据")
        self.gate.wait(10)
        progress(2, 200, "生成演示数据")
        raise AssertionError("it should have been cancelled")


def test_the_sample_is_watermarked_and_can_be_cancelled(qtbot: QtBot, dressed: None, tmp_path: Path) -> None:
    worker = Worker()
    slow = _Slow()
    window = DeskWindow(
        slow,
        worker,
        Settings(),
        lambda stage, _o: _Page(stage, worker),
        sample_path=tmp_path / "x.gxv",
    )
    qtbot.addWidget(window)
    window.show()
    qtbot.mouseClick(window.start.home.sample_tile, Qt.MouseButton.LeftButton)
    strip = window.start.strip
    qtbot.waitUntil(strip.isVisible, timeout=5_000)
    qtbot.waitUntil(strip.cancel.isEnabled, timeout=5_000)
    qtbot.mouseClick(strip.cancel, Qt.MouseButton.LeftButton)
    slow.gate.set()
    qtbot.waitUntil(lambda: not worker.busy, timeout=10_000)
    assert window.findChildren(Message) == []
    assert window.start.home.isEnabled()
    done = StageProgress(YearStage.SETUP, StageStatus.DONE, "")
    state = RailState("考核办", YEAR, (YEAR,), "2017年度", (done,), sample=True)
    window.desk.begin(state)
    window.desk.show()
    assert window.desk.watermark.isVisibleTo(window.desk)
    window.desk.begin(RailState("考核办", YEAR, (YEAR,), "2017年度", (), sample=False))
    assert not window.desk.watermark.isVisibleTo(window.desk)
    worker.close()


def test_years_are_chosen_in_the_rail(desk: _Desk, file: Path) -> None:
    from gaoxin_vote.workflow.setup.years import add_year, shipped_schemes

    desk.open(file)
    opened = desk.window.opened
    assert opened is not None
    text = shipped_schemes()[0].text.replace("year = 2017", "year = 2018")
    text = text.replace("2018-01-10", "2019-01-10")
    desk.worker.submit(lambda _progress: opened.workspace.call(add_year, text))
    desk.settle()
    desk.window.ask_rail()
    desk.settle()
    rail = desk.window.desk.rail
    assert rail.years.isVisible()
    assert [rail.years.itemText(n) for n in range(rail.years.count())] == ["2017年度", "2018年度"]
    rail.year_chosen.emit(2018)
    desk.settle()
    assert desk.window.opened is not None
    assert desk.window.opened.rail.year == 2018
    assert "0个单位" in rail.stages[YearStage.SETUP].accessibleName()


def test_after_a_wrong_passphrase_one_types_on_in_its_field(desk: _Desk, qtbot: QtBot, file: Path) -> None:
    opening = desk.window.start.opening
    desk.window.start.ask_passphrase(file)
    qtbot.keyClicks(opening.passphrase.line, "wrong passphrase")
    opening.act.setFocus()
    opening.act.click()
    desk.settle()
    assert opening.trouble.text()
    assert desk.window.focusWidget() is opening.passphrase.line


def test_the_window_comes_back_as_it_stood(desk: _Desk, qtbot: QtBot) -> None:
    desk.window.setGeometry(0, 30, 1180, 730)
    desk.window.close()
    other = DeskWindow(
        ShellPresenter(clock, CHEAP_COSTS),
        desk.worker,
        Settings(),
        lambda stage, _opened: _Page(stage, desk.worker),
        sample_path=Path("none"),
    )
    qtbot.addWidget(other)
    other.show_where_it_stood()
    assert (other.size().width(), other.size().height()) == (1180, 730)


def test_files_can_be_verified_from_the_start_page_and_the_desk_but_not_past_the_lock(
    desk: _Desk, file: Path, qtbot: QtBot
) -> None:
    wanted: list[str] = []
    desk.window.verify_wanted.connect(lambda: wanted.append(""))
    qtbot.mouseClick(desk.window.start.home.verify_tile, Qt.MouseButton.LeftButton)
    desk.window.activateWindow()
    qtbot.keyClick(desk.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert len(wanted) == 2
    desk.open(file)
    qtbot.mouseClick(desk.window.desk.rail.verify, Qt.MouseButton.LeftButton)
    qtbot.keyClick(desk.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert len(wanted) == 4
    desk.window.lock_desk()
    qtbot.keyClick(desk.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert len(wanted) == 4


@pytest.mark.parametrize("scale", [100, 150])
def test_the_start_page_is_whole_on_the_smallest_window(
    desk: _Desk, qtbot: QtBot, qapp: QApplication, scale: int
) -> None:
    theme.apply(qapp, Look(scale))
    window = DeskWindow(
        ShellPresenter(clock, CHEAP_COSTS),
        desk.worker,
        Settings(),
        lambda stage, _opened: _Page(stage, desk.worker),
        sample_path=Path("nowhere.gxv"),
    )
    qtbot.addWidget(window)
    window.resize(1184, 680)
    window.show()
    assert not cut(window)
