"""Does the booth vote on a real workspace: sealed, on the disk, with every wrong slip in its own words?"""

import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from gaoxin_vote.belenios.ballot import tracker
from gaoxin_vote.domain.session import SessionId, SlipMode
from gaoxin_vote.domain.tracker import groups
from gaoxin_vote.gui.booth.draft import BoothActs
from gaoxin_vote.gui.booth.flow import BoothStep, BoothTimes
from gaoxin_vote.gui.booth.page import BoothBanner
from gaoxin_vote.gui.booth.presenter import BoothPresenter
from gaoxin_vote.gui.booth.unit_row import Choice
from gaoxin_vote.gui.booth.window import BoothWindow
from gaoxin_vote.gui.kit.worker import Worker
from gaoxin_vote.reading_process import ReadingFault, ReadingProcess
from gaoxin_vote.spreadsheets.reading.spreadsheet import ReadingReason
from gaoxin_vote.storage.ballot_box import BallotBox
from gaoxin_vote.workflow.results.intake import open_book
from gaoxin_vote.workflow.session.casting import admit, cast
from gaoxin_vote.workflow.session.running import resume_session, suspend_session, void_session
from gaoxin_vote.workflow.session.slip_code import new_code
from gaoxin_vote.workflow.session.slip_desk import replace_spoiled
from gaoxin_vote.workflow.session.turnout import session_state
from gaoxin_vote.workflow.setup.workspaces import check_passphrase
from tests.contests import LEADERSHIP, PEER
from tests.gui.booth.meeting import OFFICER, Meeting, hold_meeting
from tests.spreadsheets.hostile import FAR_CELLS, read_unguarded, with_far_cell

T = TypeVar("T")
NAMES = ("办公室", "财政局", "统计局", "信访局", "华兴街道")


class Room:
    """The meeting room: the worker thread that owns the workspace, and booths."""

    def __init__(self, worker: Worker, folder: object) -> None:
        self.worker = worker
        self.meeting: Meeting = self.do(lambda: hold_meeting(folder, NAMES))
        self.windows: list[BoothWindow] = []

    def do(self, call: Callable[[], T]) -> T:
        """What `call` gives on the thread of the workspace."""
        outcome: list[T] = []
        failure: list[BaseException] = []
        done = threading.Event()

        def run(_progress: object) -> None:
            try:
                outcome.append(call())
            except BaseException as error:  # noqa: BLE001 - handed on to the test's thread
                failure.append(error)
            done.set()

        self.worker.submit(run)
        assert done.wait(60)
        if failure:
            raise failure[0]
        return outcome[0]

    def booth(self, qtbot: QtBot, session_id: SessionId, title: str) -> BoothWindow:
        """A booth for the session."""
        workspace = self.meeting.workspace
        presenter = BoothPresenter(
            "高新区2017年度目标任务考核",
            title,
            BoothActs(
                partial(admit, workspace, session_id),
                partial(cast, workspace),
                partial(check_passphrase, workspace),
            ),
            time.monotonic,
            BoothTimes(grace=0, free_attempts=100),
        )
        window = BoothWindow(presenter, self.worker)
        self.windows.append(window)
        window.resize(QSize(1366, 768))
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return window


@pytest.fixture(scope="module")
def room(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    """One meeting for all tests of this file; making it takes some seconds."""
    worker = Worker()
    room = Room(worker, tmp_path_factory.mktemp("meeting"))
    yield room
    room.do(room.meeting.workspace.close)
    worker.close()


@pytest.fixture(autouse=True)
def nobody_left(room: Room, dressed: None) -> Iterator[None]:
    """Closes the booths a test has opened."""
    yield
    for window in room.windows:
        window.shut()
    room.windows.clear()


def keys(text: str) -> None:
    """Type; ``\\r`` is Enter, ``\\n`` with the control key."""
    for character in text:
        target = QApplication.focusWidget()
        assert target is not None
        if character == "\r":
            QTest.keyClick(target, Qt.Key.Key_Return)
        elif character == "\n":
            QTest.keyClick(target, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        else:
            QTest.keyClicks(target, character)


def wait_for(qtbot: QtBot, window: BoothWindow, step: BoothStep) -> None:
    """Wait for the worker."""
    qtbot.waitUntil(lambda: window.state.step is step, timeout=60_000)


def press(window: BoothWindow, text: str) -> None:
    """Click a button."""
    button = next(button for button in window.page.findChildren(QAbstractButton) if button.text() == text)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def trackers(room: Room, session_id: SessionId) -> set[str]:
    """The beginnings of the trackers of everything in the ballot box."""
    box = BallotBox(room.meeting.workspace, session_id)
    return {"".join(groups(tracker(ballot))) for ballot in room.do(lambda: tuple(box.ballots()))}


def test_the_whole_meeting_of_the_delegates(qtbot: QtBot, room: Room) -> None:
    """Named slips: votes by keyboard alone, every wrong slip in its own words, a suspension in between."""
    workspace = room.meeting.workspace
    session_id, codes, spares = room.do(lambda: room.meeting.open(PEER, slip_mode=SlipMode.NAMED))
    leaders, leader_codes, _ = room.do(lambda: room.meeting.open(LEADERSHIP))
    room.do(lambda: replace_spoiled(workspace, session_id, codes[1], spares[0]))
    window = room.booth(qtbot, session_id, "部门互评")
    seen: list[str] = []

    def used() -> int:
        return room.do(lambda: session_state(workspace, session_id)).returned

    # The first delegate: all by keyboard.
    keys(f"{codes[0]}\r")
    wait_for(qtbot, window, BoothStep.BALLOT)
    assert [row.unit.name for row in window.state.rows if row.own] == [NAMES[0]]
    keys("1\r2\r3\r0\r\r")
    assert window.state.step is BoothStep.REVIEW
    keys("\n")
    wait_for(qtbot, window, BoothStep.TRACKER)
    assert used() == 1, "on the disk by now"
    seen.append("".join(window.state.tracker))
    keys("\r")
    assert window.state.step is BoothStep.IDLE

    # Wrong slips, each in its own words.
    last = str((int(codes[2][-1]) + 1) % 10)
    wrong = {
        codes[2][:-1] + last: "票码有误（校验位不符）",
        new_code(session_id): "没有这个票码",
        codes[0]: "此票码已经投过票",
        codes[1]: "此票码条已作废",
        leader_codes[0]: "这是“领导评议”的票码条",
        spares[1]: "此票码条是备用票码条，尚未发出",
    }
    for code, words in wrong.items():
        keys(f"{code}\r")
        wait_for(qtbot, window, BoothStep.CODE)
        banner = window.page.findChild(BoothBanner)
        assert banner is not None
        assert banner.text.startswith(words)

    # The spare handed out instead of the spoiled slip; the session is suspended before the last word.
    keys(f"{spares[0]}\r")
    wait_for(qtbot, window, BoothStep.BALLOT)
    assert [row.unit.name for row in window.state.rows if row.own] == [NAMES[1]]
    keys("4\r4\r4\r4\r\r")
    room.do(lambda: suspend_session(workspace, session_id))
    keys("\n")
    wait_for(qtbot, window, BoothStep.TROUBLE)
    assert "暂停" in window.state.message
    assert used() == 1
    room.do(lambda: resume_session(workspace, session_id))
    keys("\n")
    wait_for(qtbot, window, BoothStep.TRACKER)
    assert used() == 2
    seen.append("".join(window.state.tracker))
    keys("\r")

    # A leader, in the words of the leadership rating.
    other = room.booth(qtbot, leaders, "领导评议")
    keys(f"{leader_codes[0]}\r")
    wait_for(qtbot, other, BoothStep.BALLOT)
    words = [choice.text() for choice in other.page.findChildren(Choice)[:5]]
    assert words == ["优秀", "良好", "及格", "不及格", "弃权"]
    keys("1\r2\r3\r4\r0\r\r\n")
    wait_for(qtbot, other, BoothStep.TRACKER)

    assert trackers(room, session_id) == set(seen)
    assert trackers(room, leaders) == {"".join(other.state.tracker)}
    for session in (session_id, leaders):
        room.do(lambda session=session: void_session(workspace, session, "试投，不计"))


def test_a_delegate_with_a_drawn_slip(qtbot: QtBot, room: Room) -> None:
    workspace = room.meeting.workspace
    session_id, codes, _ = room.do(lambda: room.meeting.open(PEER, slip_mode=SlipMode.DRAWN, spares=0))
    window = room.booth(qtbot, session_id, "部门互评")
    keys(f"{codes[0]}\r")
    wait_for(qtbot, window, BoothStep.OWN_UNIT)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    keys("\r\r")
    wait_for(qtbot, window, BoothStep.BALLOT)
    assert [row.unit.name for row in window.state.rows if row.own] == [NAMES[1]]
    keys("1\r")
    press(window, "核对选票")
    press(window, "其余3个弃权")
    press(window, "确认投票")
    wait_for(qtbot, window, BoothStep.TRACKER)
    assert trackers(room, session_id) == {"".join(window.state.tracker)}
    room.do(lambda: void_session(workspace, session_id, "试投，不计"))


def test_the_officer_leaves_with_the_passphrase_of_the_workspace(qtbot: QtBot, room: Room) -> None:
    window = room.booth(qtbot, SessionId(1), "部门互评")
    press(window, "工作人员")
    keys("not the passphrase\r")
    qtbot.waitUntil(lambda: window.state.message != "", timeout=60_000)
    assert not window.state.left
    with qtbot.waitSignal(window.left, timeout=60_000):
        keys(f"{OFFICER}\r")
    room.windows.remove(window)


def test_votes_are_cast_while_files_kill_their_reader(
    qtbot: QtBot, room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each delegate votes while a workbook is read that kills, or would kill, whoever reads it."""
    monkeypatch.setenv("RUST_BACKTRACE", "0")  # to write one takes the dying reader a second
    workspace, process = room.meeting.workspace, ReadingProcess()
    session_id, codes, _ = room.do(lambda: room.meeting.open(PEER, slip_mode=SlipMode.NAMED))
    window = room.booth(qtbot, session_id, "部门互评")
    ends: list[object] = []
    try:
        for code, cell in zip(codes, FAR_CELLS, strict=True):
            path = with_far_cell(tmp_path, cell)
            ends.clear()
            for function in (read_unguarded, open_book):
                room.worker.submit(
                    lambda progress, path=path, function=function: process(
                        path.name, function, path, progress=progress
                    ),
                    ends.append,
                    lambda error: ends.append(getattr(error, "reason", error)),
                    apart=True,
                )
            keys(f"{code}\r")
            wait_for(qtbot, window, BoothStep.BALLOT)
            keys("1\r2\r3\r0\r\r")
            assert window.state.step is BoothStep.REVIEW
            keys("\n")
            wait_for(qtbot, window, BoothStep.TRACKER)
            keys("\r")
            qtbot.waitUntil(lambda: len(ends) == 2, timeout=60_000)
            assert ends[0] in (ReadingFault.CRASHED, ReadingFault.TOO_LARGE)
            assert ends[1] is ReadingReason.TOO_LARGE
        assert room.do(lambda: session_state(workspace, session_id)).returned == len(FAR_CELLS)
    finally:
        process.close()
    room.do(lambda: void_session(workspace, session_id, "试投，不计"))
