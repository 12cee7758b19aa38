"""Does the booth's window lead a voter from the code to the tracker, and keep everybody else in?"""

import threading
import time
from functools import partial

import pytest
import shiboken6
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from gaoxin_vote.bootstrap import BoothDoor
from gaoxin_vote.domain.ballot import Mark
from gaoxin_vote.domain.session import SessionId, Stage
from gaoxin_vote.errors import EvidenceBroken, Refused, Unavailable
from gaoxin_vote.gui.booth.ballot_page import BallotPage
from gaoxin_vote.gui.booth.code_page import CodePage
from gaoxin_vote.gui.booth.flow import BoothStep, BoothTimes
from gaoxin_vote.gui.booth.idle_page import IdlePage
from gaoxin_vote.gui.booth.message_page import MessagePage, TrackerView
from gaoxin_vote.gui.booth.own_unit_page import OwnUnitPage
from gaoxin_vote.gui.booth.prompt_page import PromptPage
from gaoxin_vote.gui.booth.review_page import ReviewPage
from gaoxin_vote.gui.booth.state import Cover
from gaoxin_vote.gui.booth.unit_row import Choice, UnitRow
from gaoxin_vote.gui.kit import bugs
from gaoxin_vote.gui.kit.worker import Worker
from tests.gui.booth.conftest import OpenBooth
from tests.gui.booth.hands import MOUSE, ballot, cast_all, confirm, key, press, reach, type_code
from tests.gui.booth.scenes import (
    CODE,
    PASSPHRASE,
    Scene,
    leadership_admission,
    peer_admission,
    unit_code,
)


def test_the_whole_way_with_mouse_or_touch(qtbot: QtBot, open_booth: OpenBooth) -> None:
    scene = Scene(peer_admission(25, own=13))
    window = open_booth(scene)
    assert isinstance(window.page, IdlePage)
    press(window, "输入票码")
    assert isinstance(window.page, CodePage)
    for digit in CODE:
        press(window, digit)
    press(window, "确定")
    reach(qtbot, window, BoothStep.BALLOT)
    page = ballot(window)
    assert len(page.view.rows) == 25
    for index, row in page.view.rows.items():
        assert isinstance(row, UnitRow)
        if index == 12:
            assert not row.choices
            assert row.accessibleName() == "13 教育文化体育局，本单位 · 回避"
        else:
            QTest.mouseClick(row.choices[index % 5], MOUSE)
            assert row.choices[index % 5].isChecked()
    press(window, "核对选票")
    assert isinstance(window.page, ReviewPage)
    scene.clock.advance(1)
    press(window, "确认投票")
    reach(qtbot, window, BoothStep.TRACKER)
    QApplication.processEvents()
    (tracker,) = window.findChildren(TrackerView)
    assert tracker.accessibleName() == "查询码 K 7 F 7 W M X A T A X 3 W T 4 P"
    scene.clock.advance(1)
    press(window, "完成")
    assert isinstance(window.page, IdlePage)
    (cast,) = scene.desk.box
    marks = (Mark.EXCELLENT, Mark.GOOD, Mark.PASS, Mark.FAIL, Mark.ABSTAIN)
    expected = [marks[index % 5] for index in range(25)]
    expected[12] = Mark.RECUSE
    assert [mark for _, mark in cast.marks] == expected


def test_the_desk_and_the_booth_tell_each_other_where_they_stand(
    qtbot: QtBot, open_booth: OpenBooth, worker: Worker
) -> None:
    """The desk waits for who is voting; the first page says when nobody can."""
    scene = Scene(leadership_admission(3))
    window = open_booth(scene)
    mine, other = SessionId(1), SessionId(2)
    door = BoothDoor(worker)
    assert not door.occupied(mine)
    door.window, door.session = window, mine
    door.tell({other: Stage.VOIDED})
    press(window, "输入票码")
    assert not door.occupied(mine)
    type_code(window)
    reach(qtbot, window, BoothStep.BALLOT)
    assert door.occupied(mine)
    assert not door.occupied(other)
    for _ in range(3):
        key(window, Qt.Key.Key_1, Qt.Key.Key_Return)
    cast_all(window, scene)
    reach(qtbot, window, BoothStep.TRACKER)
    assert not door.occupied(mine)
    door.tell({mine: Stage.SUSPENDED})
    scene.clock.advance(1)
    press(window, "完成")
    assert isinstance(window.page, IdlePage)
    (begin,) = (each for each in window.page.findChildren(QAbstractButton) if "投票已暂停" in each.text())
    assert not begin.isEnabled()
    key(window, Qt.Key.Key_1)
    assert isinstance(window.page, IdlePage)
    door.tell({mine: Stage.OPEN})
    press(window, "输入票码")
    assert isinstance(window.page, CodePage)


def test_a_leader_votes_with_the_keyboard_alone(qtbot: QtBot, open_booth: OpenBooth) -> None:
    scene = Scene(leadership_admission(25))
    window = open_booth(scene)
    type_code(window)
    reach(qtbot, window, BoothStep.BALLOT)
    words = [choice.text() for choice in ballot(window).findChildren(Choice)[:5]]
    assert words == ["优秀", "良好", "及格", "不及格", "弃权"]
    keys = [Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_0]
    for index in range(25):
        key(window, keys[index % 5], Qt.Key.Key_Return)
    assert window.state.marked == 25
    key(window, Qt.Key.Key_Return)
    assert isinstance(window.page, ReviewPage)
    confirm(window)
    assert window.state.step is BoothStep.REVIEW, "a chord right after the page has appeared must not cast"
    scene.clock.advance(1)
    key(window, Qt.Key.Key_Return, Qt.Key.Key_Space)
    assert window.state.step is BoothStep.REVIEW, "a bare key does not cast"
    confirm(window)
    reach(qtbot, window, BoothStep.TRACKER)
    QApplication.processEvents()
    scene.clock.advance(1)
    key(window, Qt.Key.Key_Return)
    assert isinstance(window.page, IdlePage)
    marks = (Mark.EXCELLENT, Mark.GOOD, Mark.PASS, Mark.FAIL, Mark.ABSTAIN)
    assert [mark for _, mark in scene.desk.box[0].marks] == [marks[index % 5] for index in range(25)]


def test_a_delegate_with_a_drawn_slip_uses_the_keyboard_alone(qtbot: QtBot, open_booth: OpenBooth) -> None:
    scene = Scene(peer_admission(25, drawn=True))
    window = open_booth(scene)
    type_code(window)
    reach(qtbot, window, BoothStep.OWN_UNIT)
    assert isinstance(window.page, OwnUnitPage)
    key(window, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert window.state.own == unit_code(11)
    key(window, Qt.Key.Key_Return)
    assert ballot(window).view.rows[10].accessibleName() == "11 财政局，本单位 · 回避"
    for _ in range(24):
        key(window, Qt.Key.Key_2, Qt.Key.Key_Return)
    key(window, Qt.Key.Key_Return)
    scene.clock.advance(1)
    key(window, Qt.Key.Key_Return, Qt.Key.Key_Space)
    assert window.state.step is BoothStep.REVIEW, "a bare key does not cast"
    confirm(window)
    reach(qtbot, window, BoothStep.TRACKER)
    QApplication.processEvents()
    assert dict(scene.desk.box[0].marks)[unit_code(11)] is Mark.RECUSE


def test_one_voter_after_the_other(qtbot: QtBot, open_booth: OpenBooth) -> None:
    scene = Scene(peer_admission(5, own=2))
    window = open_booth(scene)
    for _ in range(12):
        type_code(window)
        reach(qtbot, window, BoothStep.BALLOT)
        assert window.state.marked == 0
        for _ in range(4):
            key(window, Qt.Key.Key_1, Qt.Key.Key_Return)
        key(window, Qt.Key.Key_Return)
        scene.clock.advance(1)
        confirm(window)
        reach(qtbot, window, BoothStep.TRACKER)
        QApplication.processEvents()
        scene.clock.advance(1)
        key(window, Qt.Key.Key_Return)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert len(scene.desk.box) == 12
    fresh = open_booth(Scene(peer_admission(5, own=2)))
    assert len(window.findChildren(QWidget)) == len(fresh.findChildren(QWidget))


# -- time ----------------------------------------------------------------------------------------------


def test_an_abandoned_ballot_is_hidden_and_then_discarded(qtbot: QtBot, open_booth: OpenBooth) -> None:
    times = BoothTimes(abandoned=0.4, warning=0.8, grace=0)
    scene = Scene(peer_admission(), times, clock=time.monotonic)
    window = open_booth(scene.enter().mark(7))
    window._timer.start()
    qtbot.waitUntil(lambda: window.state.cover is Cover.WARNING, timeout=2000)
    assert isinstance(window.page, MessagePage)
    assert not window.findChild(BallotPage) or not window.findChild(BallotPage).isVisible()
    key(window, Qt.Key.Key_3, Qt.Key.Key_Return)
    assert window.state.cover is Cover.WARNING, "only the button keeps"
    press(window, "继续填写")
    assert isinstance(window.page, BallotPage)
    assert window.state.rows[6].mark is None, "the key that says somebody is there marks nothing"
    qtbot.waitUntil(lambda: window.state.step is BoothStep.IDLE, timeout=3000)
    assert not scene.desk.box


def test_the_tracker_goes_by_itself(qtbot: QtBot, open_booth: OpenBooth) -> None:
    scene = Scene(peer_admission(), BoothTimes(grace=0, tracker=0.5), clock=time.monotonic)
    window = open_booth(scene.enter().mark().cast())
    assert window.state.step is BoothStep.TRACKER
    window._timer.start()
    qtbot.waitUntil(lambda: isinstance(window.page, IdlePage), timeout=2000)


@pytest.mark.parametrize("key_pressed", [Qt.Key.Key_Up, Qt.Key.Key_Tab, Qt.Key.Key_Shift, Qt.Key.Key_F5])
def test_any_key_shows_that_somebody_is_there(open_booth: OpenBooth, key_pressed: Qt.Key) -> None:
    scene = Scene().enter()
    window = open_booth(scene)
    scene.clock.advance(80)
    key(window, key_pressed)
    scene.clock.advance(80)
    window.act(scene.booth.tick)
    assert window.state.cover is Cover.NONE


# -- when it goes wrong --------------------------------------------------------------------------------


def test_an_unavailable_disk_loses_no_ballot(qtbot: QtBot, open_booth: OpenBooth) -> None:
    scene = Scene().enter().mark()
    window = open_booth(scene)
    scene.desk.refusal = Unavailable(Cover.NONE, "磁盘已满，选票没有保存。")
    cast_all(window, scene)
    reach(qtbot, window, BoothStep.TROUBLE)
    QApplication.processEvents()
    said = " ".join(label.accessibleName() for label in window.page.findChildren(QWidget))
    assert "磁盘已满，选票没有保存。请联系工作人员。" in said
    scene.desk.refusal = None
    scene.clock.advance(1)
    press(window, "再试一次")
    reach(qtbot, window, BoothStep.TRACKER)
    assert len(scene.desk.box) == 1


def test_a_refused_ballot_can_be_changed(qtbot: QtBot, open_booth: OpenBooth) -> None:
    scene = Scene().enter().mark()
    window = open_booth(scene)
    scene.desk.refusal = Refused(Cover.NONE, "会议已暂停。")
    cast_all(window, scene)
    reach(qtbot, window, BoothStep.TROUBLE)
    QApplication.processEvents()
    press(window, "返回修改")
    assert ballot(window).isVisible()
    assert window.state.marked == 24


def test_broken_evidence_leaves_nothing_to_click_past(qtbot: QtBot, open_booth: OpenBooth) -> None:
    scene = Scene().enter().mark()
    window = open_booth(scene)
    scene.desk.refusal = EvidenceBroken(Cover.NONE, "票箱校验未通过。")
    cast_all(window, scene)
    reach(qtbot, window, BoothStep.STOPPED)
    buttons = [button.text() for button in window.page.findChildren(QAbstractButton)]
    assert buttons == ["工作人员处理"]
    press(window, "工作人员处理")
    assert isinstance(window.page, PromptPage)


def test_a_bug_is_one_plain_page_and_a_line_in_the_log(qtbot: QtBot, open_booth: OpenBooth) -> None:
    scene = Scene().enter().mark()
    window = open_booth(scene)
    scene.desk.refusal = RuntimeError(f"bug with {CODE} and {Mark.EXCELLENT}")
    cast_all(window, scene)
    reach(qtbot, window, BoothStep.TROUBLE)
    QApplication.processEvents()
    qtbot.waitUntil(lambda: bugs.log_path().exists())
    log = bugs.log_path().read_text()
    assert "RuntimeError" in log
    assert CODE not in log
    assert "EXCELLENT" not in log
    assert "程序出错。请联系工作人员。" in [word.accessibleName() for word in window.findChildren(QWidget)]


def test_sealing_does_not_hold_up_the_window(qtbot: QtBot, open_booth: OpenBooth) -> None:
    scene = Scene().enter().mark()
    window = open_booth(scene)
    go_on = threading.Event()
    scene.desk.before_cast = partial(go_on.wait, 5)
    ticks = 0

    def tick() -> None:
        nonlocal ticks
        ticks += 1

    timer = QTimer()
    timer.timeout.connect(tick)
    timer.start(10)
    cast_all(window, scene)
    assert window.state.step is BoothStep.SEALING
    qtbot.waitUntil(lambda: ticks >= 20)
    assert window.state.step is BoothStep.SEALING
    key(window, Qt.Key.Key_Return, Qt.Key.Key_Escape)
    go_on.set()
    reach(qtbot, window, BoothStep.TRACKER)
    assert len(scene.desk.box) == 1


# -- leaving -------------------------------------------------------------------------------------------


def test_nothing_but_the_passphrase_closes_the_booth(qtbot: QtBot, open_booth: OpenBooth) -> None:
    scene = Scene().enter().mark(7)
    window = open_booth(scene)
    assert not window.close()
    key(window, Qt.Key.Key_Escape)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_F4, Qt.KeyboardModifier.AltModifier)
    assert window.isVisible()
    assert window.state.step is BoothStep.BALLOT
    QTest.keyClick(
        QApplication.focusWidget(),
        Qt.Key.Key_Q,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    assert isinstance(window.page, PromptPage)
    assert not window.findChild(BallotPage).isVisible(), "the officer does not see the ballot"
    QTest.keyClicks(QApplication.focusWidget(), "guess")
    key(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.state.message != "")
    assert window.findChild(QLineEdit).text() == ""
    press(window, "返回")
    assert window.state.marked == 23, "the voter goes on"
    window.act(scene.booth.ask_exit)
    QTest.keyClicks(QApplication.focusWidget(), PASSPHRASE)
    with qtbot.waitSignal(window.left):
        key(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not shiboken6.isValid(window) or not window.isVisible())


def test_the_hot_spot_asks_for_the_passphrase(open_booth: OpenBooth) -> None:
    window = open_booth(Scene())
    press(window, "工作人员退出投票间")
    assert isinstance(window.page, PromptPage)
    press(window, "返回")
    assert isinstance(window.page, IdlePage)


def test_it_covers_the_screen_of_the_delegates(qtbot: QtBot, open_booth: OpenBooth) -> None:
    window = open_booth(Scene())
    screen = window.screen()
    window.open_on(screen)
    qtbot.waitUntil(lambda: window.size() == screen.size())
    assert window.isFullScreen()
    flags = window.windowFlags()
    assert flags & Qt.WindowType.FramelessWindowHint
    assert flags & Qt.WindowType.WindowStaysOnTopHint


def test_moved_to_where_nobody_votes_it_comes_back(qtbot: QtBot, open_booth: OpenBooth) -> None:
    window = open_booth(Scene())
    window.open_on(window.screen())
    place = window.geometry()
    window.move(place.width() * 2, 0)
    assert window.geometry() != place
    qtbot.waitUntil(lambda: window.geometry() == place)
    assert window.isVisible()
