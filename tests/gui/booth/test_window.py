"""Does the booth's window lead a voter, with mouse, keyboard or scanner, from the code to the tracker?"""

import gc
import threading
import time

import pytest
import shiboken6
from PySide6.QtCore import QEvent, QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from gaoxin_vote.domain.ballot import Mark, MarkedBallot
from gaoxin_vote.errors import EvidenceBroken, Refused, Unavailable
from gaoxin_vote.gui import bugs
from gaoxin_vote.gui.booth.ballot_page import BallotPage
from gaoxin_vote.gui.booth.code_page import CodeField, CodePage
from gaoxin_vote.gui.booth.draft import BallotDraft, Row
from gaoxin_vote.gui.booth.flow import BoothTimes, Step
from gaoxin_vote.gui.booth.idle_page import IdlePage
from gaoxin_vote.gui.booth.message_page import MessagePage, TrackerView
from gaoxin_vote.gui.booth.own_unit_page import OwnUnitPage
from gaoxin_vote.gui.booth.page import HintLine, Notice
from gaoxin_vote.gui.booth.prompt_page import PromptPage
from gaoxin_vote.gui.booth.review_page import ReviewPage
from gaoxin_vote.gui.booth.state import Cover
from gaoxin_vote.gui.booth.unit_row import Choice, NamedRow, UnitRow
from gaoxin_vote.gui.booth.window import BoothWindow, delegates_screen
from gaoxin_vote.gui.theme import SCALES, Look
from gaoxin_vote.workflow.slips import SlipReason
from tests.gui.booth.conftest import OpenBooth
from tests.gui.booth.scenes import (
    CODE,
    PASSPHRASE,
    STEPS,
    TRACKER,
    Scene,
    booth_pictures,
    leadership_admission,
    peer_admission,
    unit_code,
)

MOUSE = Qt.MouseButton.LeftButton


def press(window: BoothWindow, text: str) -> None:
    """Click the button that reads, or is called, `text`."""
    for button in window.findChildren(QAbstractButton):
        if button.isVisible() and text in (button.text(), button.accessibleName()):
            QTest.mouseClick(button, MOUSE)
            return
    raise AssertionError(f"no button {text}")


def key(window: BoothWindow, *keys: Qt.Key) -> None:
    """Press keys, as the keyboard does: they go to whatever has it."""
    for one in keys:
        target = QApplication.focusWidget()
        assert target is not None
        assert target.window() is window
        QTest.keyClick(target, one)


def type_code(window: BoothWindow, code: str = CODE) -> None:
    """Type a code and Enter, as fast as a scanner does."""
    for digit in code:
        key(window, Qt.Key(Qt.Key.Key_0.value + int(digit)))
    key(window, Qt.Key.Key_Return)


def reach(qtbot: QtBot, window: BoothWindow, step: Step) -> None:
    """Wait until the worker has brought the booth to `step`."""
    qtbot.waitUntil(lambda: window.state.step is step)


def ballot(window: BoothWindow) -> BallotPage:
    """The ballot on the screen."""
    assert isinstance(window.page, BallotPage)
    return window.page


# -- the whole way ----------------------------------------------------------------------------------------


def test_the_whole_way_with_mouse_or_touch(qtbot: QtBot, open_booth: OpenBooth) -> None:
    scene = Scene(peer_admission(25, own=13))
    window = open_booth(scene)
    assert isinstance(window.page, IdlePage)
    press(window, "请领取票码条后输入票码")
    assert isinstance(window.page, CodePage)
    for digit in CODE:
        press(window, digit)
    press(window, "确定")
    reach(qtbot, window, Step.BALLOT)
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
    press(window, "检查并投票")
    assert isinstance(window.page, ReviewPage)
    scene.clock.advance(1)
    press(window, "确认投票")
    reach(qtbot, window, Step.TRACKER)
    (tracker,) = window.findChildren(TrackerView)
    assert tracker.accessibleName() == "封存码 k 3 P q 9 d X w 7 R t 2"
    scene.clock.advance(1)
    press(window, "完成")
    assert isinstance(window.page, IdlePage)
    (cast,) = scene.desk.box
    marks = (Mark.EXCELLENT, Mark.GOOD, Mark.PASS, Mark.FAIL, Mark.ABSTAIN)
    expected = [marks[index % 5] for index in range(25)]
    expected[12] = Mark.RECUSE
    assert [mark for _, mark in cast.marks] == expected


def test_a_leader_votes_with_the_keyboard_alone(qtbot: QtBot, open_booth: OpenBooth) -> None:
    scene = Scene(leadership_admission(25))
    window = open_booth(scene)
    type_code(window)
    reach(qtbot, window, Step.BALLOT)
    words = [choice.text() for choice in ballot(window).findChildren(Choice)[:5]]
    assert words == ["优秀", "良好", "及格", "不及格", "弃权"]
    keys = [Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_0]
    for index in range(25):
        key(window, keys[index % 5], Qt.Key.Key_Return)
    assert window.state.marked == 25
    key(window, Qt.Key.Key_Return)
    assert isinstance(window.page, ReviewPage)
    key(window, Qt.Key.Key_Return)
    assert window.state.step is Step.REVIEW, "a second Enter right after the first must not cast"
    scene.clock.advance(1)
    key(window, Qt.Key.Key_Return)
    reach(qtbot, window, Step.TRACKER)
    scene.clock.advance(1)
    key(window, Qt.Key.Key_Return)
    assert isinstance(window.page, IdlePage)
    marks = (Mark.EXCELLENT, Mark.GOOD, Mark.PASS, Mark.FAIL, Mark.ABSTAIN)
    assert [mark for _, mark in scene.desk.box[0].marks] == [marks[index % 5] for index in range(25)]


def test_a_delegate_with_a_drawn_slip_uses_the_keyboard_alone(qtbot: QtBot, open_booth: OpenBooth) -> None:
    scene = Scene(peer_admission(25, drawn=True))
    window = open_booth(scene)
    type_code(window)
    reach(qtbot, window, Step.OWN_UNIT)
    assert isinstance(window.page, OwnUnitPage)
    key(window, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert window.state.own == unit_code(11)
    key(window, Qt.Key.Key_Return)
    assert ballot(window).view.rows[10].accessibleName() == "11 财政局，本单位 · 回避"
    for _ in range(24):
        key(window, Qt.Key.Key_2, Qt.Key.Key_Return)
    key(window, Qt.Key.Key_Return)
    scene.clock.advance(1)
    key(window, Qt.Key.Key_Return)
    reach(qtbot, window, Step.TRACKER)
    assert dict(scene.desk.box[0].marks)[unit_code(11)] is Mark.RECUSE


def test_one_voter_after_the_other(qtbot: QtBot, open_booth: OpenBooth) -> None:
    scene = Scene(peer_admission(5, own=2))
    window = open_booth(scene)
    for _ in range(12):
        type_code(window)
        reach(qtbot, window, Step.BALLOT)
        assert window.state.marked == 0
        for _ in range(4):
            key(window, Qt.Key.Key_1, Qt.Key.Key_Return)
        key(window, Qt.Key.Key_Return)
        scene.clock.advance(1)
        key(window, Qt.Key.Key_Return)
        reach(qtbot, window, Step.TRACKER)
        scene.clock.advance(1)
        key(window, Qt.Key.Key_Return)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert len(scene.desk.box) == 12
    fresh = open_booth(Scene(peer_admission(5, own=2)))
    assert len(window.findChildren(QWidget)) == len(fresh.findChildren(QWidget))


# -- the code ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("reason", list(SlipReason))
def test_a_refused_code_is_explained_on_the_spot(
    qtbot: QtBot, open_booth: OpenBooth, reason: SlipReason
) -> None:
    scene = Scene()
    scene.desk.refusal = Refused(reason, f"此票码条：{reason.value}。")
    window = open_booth(scene)
    type_code(window)
    qtbot.waitUntil(lambda: window.state.notice != "")
    (notice,) = window.findChildren(Notice)
    assert notice.text == notice.accessibleName() == f"此票码条：{reason.value}。"
    (field,) = window.findChildren(CodeField)
    assert field.accessibleName().startswith(
        "票码，已输入 16" if reason is SlipReason.MISTYPED else "票码，已输入 0"
    )


def test_wrong_codes_slow_down_with_a_countdown(qtbot: QtBot, open_booth: OpenBooth) -> None:
    scene = Scene()
    window = open_booth(scene)
    for count in range(3):
        type_code(window, "9999888877776666")
        qtbot.waitUntil(lambda count=count: scene.booth._flow.codes.count == count + 1)
    reach(qtbot, window, Step.CODE)
    (notice,) = window.findChildren(Notice)
    assert "请等待 5 秒再输入。" in notice.text
    keys = [button for button in window.findChildren(QAbstractButton) if button.text().isdigit()]
    assert len(keys) == 10
    assert not any(button.isEnabled() for button in keys)
    scene.clock.advance(2)
    window.act(scene.booth.tick)
    assert "请等待 3 秒再输入。" in notice.text
    scene.clock.advance(3)
    window.act(scene.booth.tick)
    assert all(button.isEnabled() for button in keys)
    type_code(window)
    reach(qtbot, window, Step.BALLOT)


def test_a_scanner_is_understood_wherever_the_keyboard_is(qtbot: QtBot, open_booth: OpenBooth) -> None:
    window = open_booth(Scene())
    key(window, Qt.Key.Key_Tab)
    assert QApplication.focusWidget().accessibleName() != "请领取票码条后输入票码"
    type_code(window, CODE[:3])
    assert window.state.code == CODE[:3]
    for _ in range(3):
        key(window, Qt.Key.Key_Tab)
        assert isinstance(QApplication.focusWidget(), QWidget)
    type_code(window, CODE[3:])
    reach(qtbot, window, Step.BALLOT)


def test_full_width_digits_backspace_and_delete(open_booth: OpenBooth) -> None:
    window = open_booth(Scene())
    for digit in "１２3":
        event = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, digit)
        QApplication.sendEvent(QApplication.focusWidget(), event)
    assert window.state.code == "123"
    key(window, Qt.Key.Key_Backspace)
    assert window.state.code == "12"
    key(window, Qt.Key.Key_Delete)
    assert window.state.code == ""


# -- the ballot -------------------------------------------------------------------------------------------


def test_arrows_walk_over_rows_columns_and_past_the_own_unit(open_booth: OpenBooth) -> None:
    window = open_booth(Scene(peer_admission(25, own=13)).enter())
    page = ballot(window)
    assert page.current == 0
    key(window, Qt.Key.Key_Down)
    assert page.current == 1
    key(window, Qt.Key.Key_Right)
    assert page.current == 14
    key(window, Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Up)
    assert page.current == 0
    key(window, Qt.Key.Key_End)
    assert page.current == 24
    key(window, Qt.Key.Key_Home)
    for _ in range(12):
        key(window, Qt.Key.Key_Return)
    assert page.current == 13, "the own unit is passed over"
    key(window, Qt.Key.Key_Up)
    assert page.current == 11


def test_number_keys_mark_and_change_the_mark(open_booth: OpenBooth) -> None:
    window = open_booth(Scene().enter())
    for one, mark in zip("12340", list(Mark)[:5], strict=True):
        QTest.keyClicks(QApplication.focusWidget(), one)
        assert window.state.rows[0].mark is mark
    row = ballot(window).view.rows[0]
    assert row.accessibleName() == "1 办公室，弃权"
    assert [choice.isChecked() for choice in row.findChildren(Choice)] == [False] * 4 + [True]


def test_the_last_enter_finds_what_is_unmarked(open_booth: OpenBooth) -> None:
    window = open_booth(Scene().enter().mark(4, 9))
    key(window, Qt.Key.Key_End, Qt.Key.Key_Return)
    assert ballot(window).current == 3
    key(window, Qt.Key.Key_1)
    press(window, "下一个未评（余 1）")
    assert ballot(window).current == 8
    key(window, Qt.Key.Key_1, Qt.Key.Key_End, Qt.Key.Key_Return)
    assert QApplication.focusWidget().accessibleName() == "检查并投票"


def test_sixty_units_are_paged_in_equal_sizes(open_booth: OpenBooth) -> None:
    window = open_booth(Scene(peer_admission(60, own=13)).enter().mark(3, 44))
    page = ballot(window)
    assert (page.view.pages, page.view.page) == (3, 0)
    seen = []
    for number in range(3):
        assert any(label.accessibleName() == f"第 {number + 1}/3 页" for label in page.findChildren(QWidget))
        rows = page.view.rows
        assert len(rows) == 20
        assert len({row.size() for row in rows.values()}) == 1
        seen += list(rows)
        if number < 2:
            press(window, "下一页")
    assert seen == list(range(60))
    press(window, "下一个未评（余 2）")
    assert (page.view.page, page.current) == (2, 43)
    press(window, "下一个未评（余 2）")
    assert (page.view.page, page.current) == (0, 2)
    press(window, "下一个未评（余 2）")
    assert (page.view.page, page.current) == (2, 43)
    key(window, Qt.Key.Key_PageUp)
    assert (page.view.page, page.current) == (1, 20)
    key(window, Qt.Key.Key_Up)
    assert (page.view.page, page.current) == (0, 19)


def test_unmarked_units_are_abstentions_only_on_the_voters_word(open_booth: OpenBooth) -> None:
    scene = Scene(peer_admission(6, own=2)).enter().mark(3, 5)
    window = open_booth(scene)
    press(window, "检查并投票")
    rows = [row.accessibleName() for row in window.findChildren(NamedRow)]
    assert rows[:2] == ["3 机关党委，未评", "5 机关工会，未评"]
    assert not [button for button in window.findChildren(QAbstractButton) if button.text() == "确认投票"]
    press(window, "返回补评")
    assert ballot(window).current == 2
    press(window, "检查并投票")
    press(window, "其余 2 个弃权")
    rows = [row.accessibleName() for row in window.page.findChildren(NamedRow)]
    assert [row[0] for row in rows] == ["1", "2", "3", "4", "5", "6"]
    assert rows[2] == "3 机关党委，弃权"
    press(window, "确认投票")
    assert window.state.step is Step.REVIEW, "not at once"


def test_a_row_of_the_review_leads_back_to_its_unit(open_booth: OpenBooth) -> None:
    window = open_booth(Scene().enter().mark())
    press(window, "检查并投票")
    row = next(row for row in window.findChildren(NamedRow) if row.accessibleName().startswith("21 "))
    QTest.mouseClick(row, MOUSE)
    assert ballot(window).current == 20
    assert ballot(window).view.rows[20].hasFocus()


def test_one_excellent_too_many_is_said_on_the_ballot(open_booth: OpenBooth) -> None:
    window = open_booth(Scene(peer_admission(5, own=None, max_excellent=1)).enter())
    key(window, Qt.Key.Key_1, Qt.Key.Key_Return, Qt.Key.Key_1)
    (hint,) = window.findChildren(HintLine)
    assert hint.text.startswith("每张选票最多评 1 个“优秀”，已评满。")
    assert not any(choice.isChecked() for choice in ballot(window).view.rows[1].findChildren(Choice))
    key(window, Qt.Key.Key_2)
    assert hint.text.startswith("请为每个单位选择一个等次")


# -- time -------------------------------------------------------------------------------------------------


def test_an_abandoned_ballot_is_hidden_and_then_discarded(qtbot: QtBot, open_booth: OpenBooth) -> None:
    times = BoothTimes(abandoned=0.4, warning=0.8)
    scene = Scene(peer_admission(), times, clock=time.monotonic)
    window = open_booth(scene.enter().mark(7))
    window._timer.start()
    qtbot.waitUntil(lambda: window.state.cover is Cover.WARNING, timeout=2000)
    assert isinstance(window.page, MessagePage)
    assert not window.findChild(BallotPage) or not window.findChild(BallotPage).isVisible()
    key(window, Qt.Key.Key_3)
    assert isinstance(window.page, BallotPage)
    assert window.state.rows[6].mark is None, "the key that says somebody is there marks nothing"
    qtbot.waitUntil(lambda: window.state.step is Step.IDLE, timeout=3000)
    assert not scene.desk.box


def test_the_tracker_goes_by_itself(qtbot: QtBot, open_booth: OpenBooth) -> None:
    scene = Scene(peer_admission(), BoothTimes(grace=0, tracker=0.5), clock=time.monotonic)
    window = open_booth(scene.enter().mark().cast())
    assert window.state.step is Step.TRACKER
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


# -- when it goes wrong -----------------------------------------------------------------------------------


def cast_all(window: BoothWindow, scene: Scene) -> None:
    """Review and confirm a ballot that is complete."""
    press(window, "检查并投票")
    scene.clock.advance(1)
    press(window, "确认投票")


def test_an_unavailable_disk_loses_no_ballot(qtbot: QtBot, open_booth: OpenBooth) -> None:
    scene = Scene().enter().mark()
    window = open_booth(scene)
    scene.desk.refusal = Unavailable(Cover.NONE, "磁盘已满，选票没有保存。")
    cast_all(window, scene)
    reach(qtbot, window, Step.TROUBLE)
    said = " ".join(label.accessibleName() for label in window.page.findChildren(QWidget))
    assert "磁盘已满，选票没有保存。请联系工作人员。" in said
    scene.desk.refusal = None
    scene.clock.advance(1)
    press(window, "再试一次")
    reach(qtbot, window, Step.TRACKER)
    assert len(scene.desk.box) == 1


def test_a_refused_ballot_can_be_changed(qtbot: QtBot, open_booth: OpenBooth) -> None:
    scene = Scene().enter().mark()
    window = open_booth(scene)
    scene.desk.refusal = Refused(Cover.NONE, "会议已暂停。")
    cast_all(window, scene)
    reach(qtbot, window, Step.TROUBLE)
    press(window, "返回修改")
    assert ballot(window).isVisible()
    assert window.state.marked == 24


def test_broken_evidence_leaves_nothing_to_click_past(qtbot: QtBot, open_booth: OpenBooth) -> None:
    scene = Scene().enter().mark()
    window = open_booth(scene)
    scene.desk.refusal = EvidenceBroken(Cover.NONE, "票箱校验未通过。")
    cast_all(window, scene)
    reach(qtbot, window, Step.STOPPED)
    buttons = [button.text() for button in window.page.findChildren(QAbstractButton)]
    assert buttons == ["工作人员处理"]
    press(window, "工作人员处理")
    assert isinstance(window.page, PromptPage)


def test_a_bug_is_one_plain_page_and_a_line_in_the_log(qtbot: QtBot, open_booth: OpenBooth) -> None:
    scene = Scene().enter().mark()
    window = open_booth(scene)
    scene.desk.refusal = RuntimeError(f"bug with {CODE} and {Mark.EXCELLENT}")
    cast_all(window, scene)
    reach(qtbot, window, Step.TROUBLE)
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
    cast = scene.desk.cast
    scene.booth._cast = lambda admission, made: (go_on.wait(5), cast(admission, made))[1]
    ticks = 0

    def tick() -> None:
        nonlocal ticks
        ticks += 1

    timer = QTimer()
    timer.timeout.connect(tick)
    timer.start(10)
    cast_all(window, scene)
    assert window.state.step is Step.SEALING
    qtbot.waitUntil(lambda: ticks >= 20)
    assert window.state.step is Step.SEALING
    key(window, Qt.Key.Key_Return, Qt.Key.Key_Escape)
    go_on.set()
    reach(qtbot, window, Step.TRACKER)
    assert len(scene.desk.box) == 1


# -- leaving ----------------------------------------------------------------------------------------------


def test_nothing_but_the_passphrase_closes_the_booth(qtbot: QtBot, open_booth: OpenBooth) -> None:
    scene = Scene().enter().mark(7)
    window = open_booth(scene)
    assert not window.close()
    key(window, Qt.Key.Key_Escape)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_F4, Qt.KeyboardModifier.AltModifier)
    assert window.isVisible()
    assert window.state.step is Step.BALLOT
    QTest.keyClick(
        QApplication.focusWidget(),
        Qt.Key.Key_Q,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    assert isinstance(window.page, PromptPage)
    assert not window.findChild(BallotPage).isVisible(), "the officer does not see the ballot"
    QTest.keyClicks(QApplication.focusWidget(), "guess")
    key(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.state.notice != "")
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
    press(window, "工作人员退出投票屏")
    assert isinstance(window.page, PromptPage)
    press(window, "返回")
    assert isinstance(window.page, IdlePage)


def test_it_covers_the_screen_of_the_delegates(qtbot: QtBot, open_booth: OpenBooth) -> None:
    window = open_booth(Scene())
    screen = delegates_screen()
    window.open_on(screen)
    qtbot.waitUntil(lambda: window.size() == screen.size())
    assert window.isFullScreen()
    flags = window.windowFlags()
    assert flags & Qt.WindowType.FramelessWindowHint
    assert flags & Qt.WindowType.WindowStaysOnTopHint


# -- what everybody can see and reach ---------------------------------------------------------------------


def test_size_and_contrast_are_switched_on_the_booth_and_forgotten_with_the_voter(
    open_booth: OpenBooth,
) -> None:
    scene = Scene(leadership_admission()).enter()
    window = open_booth(scene)
    key(window, Qt.Key.Key_Down, Qt.Key.Key_3)
    press(window, "放大字号")
    press(window, "高对比显示")
    assert window._look == Look(115, high_contrast=True)
    assert window.state.rows[1].mark is Mark.PASS
    assert ballot(window).current == 1
    press(window, "缩小字号")
    assert window._look == Look(100, high_contrast=True)
    window.act(scene.booth.ask_discard)
    press(window, "清除并退出")
    assert isinstance(window.page, IdlePage)
    assert window._look == Look()


def test_the_switches_work_from_the_keyboard(open_booth: OpenBooth) -> None:
    window = open_booth(Scene().enter())
    control = Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Plus, control)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_H, control)
    assert window._look == Look(115, high_contrast=True)
    for _ in range(60):
        if QApplication.focusWidget().accessibleName() == "放大字号":
            break
        key(window, Qt.Key.Key_Tab)
    key(window, Qt.Key.Key_Space, Qt.Key.Key_Space)
    assert window._look.scale == 150
    assert QApplication.focusWidget() is not None


@pytest.mark.parametrize(("size", "least"), [(QSize(1366, 768), 34), (QSize(1920, 1080), 48)])
@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("high", [False, True])
def test_rows_are_high_enough_to_be_touched(
    open_booth: OpenBooth, size: QSize, least: int, scale: int, high: bool
) -> None:
    window = open_booth(Scene(peer_admission(26)).enter(), size, Look(scale, high_contrast=high))
    page = ballot(window)
    for row in page.view.rows.values():
        assert row.height() >= least
        assert row.geometry().bottom() < page.view.height()
        for choice in row.findChildren(Choice):
            assert choice.width() >= least
            assert choice.fontMetrics() is not None
    if scale == 100:
        assert page.view.pages == 1, "all units at once"
    footer = [button for button in page.findChildren(QAbstractButton) if button.parent() is page]
    assert all(
        button.geometry().right() < page.width() and button.geometry().left() >= 0 for button in footer
    )


def test_what_is_chosen_does_not_depend_on_colour(open_booth: OpenBooth) -> None:
    window = open_booth(Scene().enter(), look=Look(high_contrast=True))
    choice = ballot(window).view.rows[0].findChildren(Choice)[0]

    def ink() -> float:
        image = choice.grab().toImage()
        dark = [
            image.pixelColor(x, y).lightness() < 128
            for x in range(image.width())
            for y in range(image.height())
        ]
        return sum(dark) / len(dark)

    assert ink() < 0.4
    key(window, Qt.Key.Key_1)
    assert ink() > 0.7, "inverted: black, with white words"


@pytest.mark.parametrize("name", list(STEPS))
def test_every_control_says_what_it_is(open_booth: OpenBooth, name: str) -> None:
    walk, look = STEPS[name]
    window = open_booth(walk(), look=look)
    controls = [
        widget
        for widget in window.findChildren(QWidget)
        if isinstance(widget, QAbstractButton | QLineEdit | UnitRow)
        or widget.focusPolicy() is not Qt.FocusPolicy.NoFocus
    ]
    assert controls
    for widget in controls:
        assert widget.accessibleName().strip(), type(widget).__name__


def test_there_is_a_picture_of_every_step(dressed: None) -> None:
    pictures = dict(booth_pictures(QSize(1366, 768), ["idle", "ballot-contrast", "tracker"]))
    assert list(pictures) == ["01-idle", "10-ballot-contrast", "20-tracker", "26-idle-contrast"]
    for picture in pictures.values():
        assert picture.size() == QSize(1366, 768)
        image = picture.toImage()
        colours = {QColor(image.pixel(x, y)).name() for x in range(0, 1366, 7) for y in range(0, 768, 7)}
        assert len(colours) > 1


# -- nothing stays ----------------------------------------------------------------------------------------


def said(window: BoothWindow) -> list[tuple[str, str]]:
    """Everything any widget of the window holds in words, visible or not."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    found = []
    for widget in (window, *window.findChildren(QWidget)):
        text = getattr(widget, "text", "")
        words = (text() if callable(text) else text, widget.accessibleName(), widget.accessibleDescription())
        found.append((type(widget).__name__, " ".join((*words, widget.toolTip(), widget.statusTip()))))
    return sorted(found)


def living() -> int:
    """How many ballots, drafts and rows have not been forgotten."""
    gc.collect()
    return sum(isinstance(thing, MarkedBallot | BallotDraft | Row) for thing in gc.get_objects())


@pytest.mark.parametrize("casting", [True, False])
def test_no_widget_keeps_anything_of_the_voter_before(
    qtbot: QtBot, open_booth: OpenBooth, casting: bool
) -> None:
    fresh = said(open_booth(Scene(peer_admission(drawn=True))))
    before = living()
    scene = Scene(peer_admission(drawn=True))
    window = open_booth(scene)
    type_code(window)
    reach(qtbot, window, Step.OWN_UNIT)
    key(window, Qt.Key.Key_Return, Qt.Key.Key_Return)
    for _ in range(24):
        key(window, Qt.Key.Key_1, Qt.Key.Key_Return)
    press(window, "放大字号")
    if casting:
        cast_all(window, scene)
        reach(qtbot, window, Step.TRACKER)
        assert TRACKER[:4] in " ".join(words for _, words in said(window)).replace(" ", "")
        scene.clock.advance(1)
        press(window, "完成")
        scene.desk.box.clear()
    else:
        press(window, "放弃本次填写")
        press(window, "清除并退出")
    assert said(window) == fresh
    assert living() <= before
    assert window.grab().toImage() == open_booth(Scene(peer_admission(drawn=True))).grab().toImage()


def test_a_touch_beside_everything_answers_the_warning(open_booth: OpenBooth) -> None:
    scene = Scene().enter()
    window = open_booth(scene)
    scene.clock.advance(95)
    window.act(scene.booth.tick)
    assert window.state.cover is Cover.WARNING
    QTest.mouseClick(window.page, MOUSE, pos=QPoint(20, 700))
    assert window.state.cover is Cover.NONE
