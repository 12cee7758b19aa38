"""An evening with two screens that come, go and show the same, in the real program, by real hands.

Run as ``python -m tests.gui.screens.two_screens FOLDER`` on an X display with two outputs, a window manager
and a workspace ``office.gxv`` in `FOLDER`, whose first session is open.
"""

import json
import subprocess
import sys
import time
from pathlib import Path

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QApplication

from gaoxin_vote import bootstrap
from gaoxin_vote.gui.booth.ballot_page import BallotPage
from gaoxin_vote.gui.booth.flow import BoothStep
from gaoxin_vote.gui.booth.opening_dialog import Found, OpeningDialog
from gaoxin_vote.gui.booth.state import Cover, Sight
from gaoxin_vote.gui.booth.strip_page import StripPage
from gaoxin_vote.gui.booth.window import BoothWindow
from gaoxin_vote.gui.session.check_in import CheckInColumn
from gaoxin_vote.gui.session.page import SessionPage
from gaoxin_vote.gui.session.state import SessionAct
from gaoxin_vote.gui.session.strip import CheckInStrip
from gaoxin_vote.gui.shell.window import DeskWindow
from gaoxin_vote.stages import YearStage
from tests.gui.meeting.hands import click, fill, heed, keys, press, shot, type_text, until
from tests.gui.office import PASSPHRASE, clock
from tests.stretching import CHEAP_COSTS

DESK, BOOTH, OTHER = "DUMMY0", "DUMMY1", "DUMMY2"
MODE = "1280x800"
_CARRIED = 0.3
"""Seconds after which a window manager has done with windows whose screen has gone."""


class Evening:
    """What happens to the screens, and what is seen on them."""

    def __init__(self, window: DeskWindow, folder: Path) -> None:
        self.window, self.folder = window, folder
        self.marked = 1
        self.codes: tuple[str, ...] = tuple(json.loads((folder / "codes.json").read_text(encoding="utf-8")))

    def pass_by(self) -> None:
        """All of it."""
        self._open_workspace()
        booth = self._open_beside()
        self._begin_a_ballot(booth, self.codes[0])
        self._type_at_the_desk(booth)
        self._lose_and_find(booth)
        self._leave_only_it(booth)
        self._mirror(booth)
        self._sleep(booth)
        self._move_to_another(booth)
        self._leave_from_the_desk(booth)
        self._on_one_screen()

    def _open_workspace(self) -> None:
        until(self.window.isActiveWindow, "the program's window")
        self.window.open_workspace(self.folder / "office.gxv", PASSPHRASE)
        until(lambda: self.window.opened is not None, "workspace")
        self.window.show_stage(YearStage.SESSION)
        self._settle()

    def _open_beside(self) -> BoothWindow:
        """Not while the screens show the same; then only with the number that the other one shows."""
        xrandr("--output", BOOTH, "--same-as", DESK)
        dialog = self._ask_to_open()
        until(lambda: dialog.found is Found.SAME, "the same on both")
        assert not dialog.act.isEnabled()
        shot(self.folder / "1-same.png")
        xrandr("--output", BOOTH, "--right-of", DESK)
        until(lambda: dialog.found is Found.APART, "screens apart")
        until(lambda: dialog.sign.isVisible() and dialog.sign.geometry() == _screen(BOOTH).geometry(), "sign")
        until(lambda: _place("投票屏") == _screen(BOOTH).geometry().topLeft(), "sign on the other screen")
        first = dialog.sign.number
        fill(dialog.number, "99" if first != "99" else "98")
        click(dialog.act)
        until(lambda: dialog.sign.number != first, "another number")
        shot(self.folder / "2-sign.png")
        fill(dialog.number, dialog.sign.number)
        click(dialog.act)
        until(lambda: "勾选" in dialog.trouble.text(), "what is missing")
        self._affirm(dialog)
        booth = self._booth()
        assert booth.geometry() == _screen(BOOTH).geometry()
        assert not booth.state.strip_offered
        return booth

    def _begin_a_ballot(self, booth: BoothWindow, code: str) -> None:
        type_text(code.replace(" ", ""))
        keys("Return")
        until(lambda: booth.state.step is BoothStep.BALLOT, "ballot")
        keys("2", "Return")
        until(lambda: booth.state.marked == 1, "mark")

    def _type_at_the_desk(self, booth: BoothWindow) -> None:
        """The booth's window is none of the window manager's; both have the keyboard all the same."""
        page = self.window.desk.shown_page
        assert isinstance(page, SessionPage)
        fill(page.check_in.search, "zz")
        until(lambda: page.check_in.search.text() == "zz", "typed at the desk")
        assert not booth.isActiveWindow()
        click(booth, QPoint(booth.width() // 2, booth.height() - 8))
        until(booth.isActiveWindow, "booth has the keyboard")
        keys("3")
        until(lambda: booth.state.marked == 2, "mark by a key")
        self.marked = 2
        assert page.check_in.search.text() == "zz"
        fill(page.check_in.search, "")
        keys("BackSpace")
        type_text(self.codes[0].replace(" ", ""))
        keys("Return")
        until(booth.isActiveWindow, "a scan calls the booth")
        assert "不必再扫" in booth.state.message
        assert page.check_in.search.text() == ""

    def _lose_and_find(self, booth: BoothWindow) -> None:
        where = _screen(BOOTH).geometry().topLeft()
        assert _place("投票间") == where
        xrandr("--output", BOOTH, "--off")
        # Even while this program can do nothing, nobody carries the ballot to the officer's screen.
        time.sleep(_CARRIED)
        assert _place("投票间") in (where, None)
        until(lambda: booth.state.sight is Sight.LOST, "loss noticed")
        self._covered(booth)
        assert not booth.isVisible()
        until(lambda: _place("投票间") is None, "no window of the booth on the X server")
        self._said("投票屏已断开")
        # What was pressed and scanned now is no vote.
        keys("3", "Return")
        type_text(self.codes[1].replace(" ", ""))
        keys("Return")
        self._covered(booth)
        assert not booth.isVisible()
        shot(self.folder / "3-lost.png")
        xrandr("--output", BOOTH, "--mode", MODE, "--right-of", DESK)
        self._back(booth)

    def _leave_only_it(self, booth: BoothWindow) -> None:
        """Where of two screens one is known any more, it may be that both show the same."""
        xrandr("--output", DESK, "--off")
        until(lambda: booth.state.sight is Sight.ONLY, "only one left")
        self._covered(booth)
        self._said("只认出一块屏幕")
        xrandr("--output", DESK, "--mode", MODE, "--left-of", BOOTH, "--primary")
        self._back(booth)

    def _mirror(self, booth: BoothWindow) -> None:
        xrandr("--output", BOOTH, "--same-as", DESK)
        until(lambda: booth.state.sight is Sight.MIRRORED, "mirror noticed")
        self._covered(booth)
        self._said("显示相同的内容")
        until(lambda: _place("投票间") == _screen(DESK).geometry().topLeft(), "cover on both")
        shot(self.folder / "4-mirrored.png")
        xrandr("--output", BOOTH, "--right-of", DESK)
        self._back(booth)

    def _sleep(self, booth: BoothWindow) -> None:
        subprocess.run(["xset", "s", "activate"], check=True)
        until(lambda: booth.state.sight is Sight.ASLEEP, "sleep noticed")
        self._covered(booth)
        self._said("已休眠")
        subprocess.run(["xset", "s", "reset"], check=True)
        self._back(booth)

    def _move_to_another(self, booth: BoothWindow) -> None:
        """The screen is broken: another one shows the ballot once the officer has confirmed it, no sooner."""
        xrandr("--output", BOOTH, "--off", "--output", OTHER, "--mode", MODE, "--right-of", DESK)
        until(lambda: booth.state.sight is Sight.LOST, "loss noticed")
        self._covered(booth)
        click(self.window.booth_notice.other)
        dialog = self._opening()
        until(lambda: dialog.found is Found.APART, "another screen")
        self._covered(booth)
        fill(dialog.number, dialog.sign.number)
        until(lambda: dialog.number.text() == dialog.sign.number, "the number")
        self._affirm(dialog)
        self._back(booth, OTHER)

    def _leave_from_the_desk(self, booth: BoothWindow) -> None:
        xrandr("--output", OTHER, "--off")
        until(lambda: booth.state.sight is Sight.LOST, "loss noticed")
        click(self.window.booth_notice.leave)
        until(lambda: booth.isVisible() and booth.state.cover is Cover.PROMPT, "question for the passphrase")
        until(booth.isActiveWindow, "booth has the keyboard")
        assert not _ballots(booth)
        shot(self.folder / "5-leave.png")
        press(booth, "返回")
        until(lambda: not booth.isVisible(), "hidden again")
        click(self.window.booth_notice.leave)
        until(booth.isActiveWindow, "booth has the keyboard")
        type_text(PASSPHRASE)
        keys("Return")
        until(lambda: not _booths(), "booth left")
        until(lambda: not self.window.booth_notice.isVisible(), "nothing more to say")
        self._settle()

    def _on_one_screen(self) -> None:
        """The officer issues a slip while a ballot is under way, without leaving the booth."""
        dialog = self._ask_to_open()
        assert dialog.found is Found.ONE
        shot(self.folder / "6-one.png")
        self._affirm(dialog)
        booth = self._booth()
        until(lambda: booth.state.strip_offered, "strip")
        shot(self.folder / "7-idle.png")
        press(booth, "工作人员签到与领票")
        until(lambda: booth.state.cover is Cover.PROMPT, "question for the passphrase")
        shot(self.folder / "8-prompt.png")
        type_text(PASSPHRASE)
        keys("Return")
        until(lambda: booth.state.cover is Cover.STRIP, "strip open")
        self._issue(booth, 1)
        shot(self.folder / "9-strip.png")
        self._begin_a_ballot(booth, self.codes[0])
        keys("ctrl+shift+d")
        until(lambda: booth.state.cover is Cover.STRIP, "strip open without a passphrase")
        assert isinstance(booth.page, StripPage)
        assert not _ballots(booth)
        self._issue(booth, 2)
        shot(self.folder / "10-strip-over-a-ballot.png")
        press(booth, "收起")
        until(lambda: booth.state.cover is Cover.NONE, "back at the ballot")
        assert booth.state.marked == 1

    # -- seeing -------------------------------------------------------------------------------------------

    def _issue(self, booth: BoothWindow, row: int) -> None:
        (strip,) = booth.findChildren(CheckInStrip)
        until(lambda: strip.check_in.model.lines, "electors")
        self._settle()
        table = strip.check_in.table
        cell = table.visualRect(table.model().index(row, CheckInColumn.ISSUED)).center()
        click(table.viewport(), cell)
        until(lambda: strip.check_in.model.lines[row].issued, "slip issued")

    def _covered(self, booth: BoothWindow) -> None:
        """Nothing of the ballot is there to be seen, and nothing is lost."""
        heed()
        assert booth.state.cover is Cover.SCREEN
        assert not _ballots(booth)
        assert (booth.state.step, booth.state.marked) == (BoothStep.BALLOT, self.marked)

    def _back(self, booth: BoothWindow, output: str = BOOTH) -> None:
        until(lambda: booth.state.cover is Cover.NONE, "ballot back")
        until(lambda: booth.isVisible() and booth.geometry() == _screen(output).geometry(), "in its place")
        assert (booth.state.step, booth.state.marked) == (BoothStep.BALLOT, self.marked)
        assert isinstance(booth.page, BallotPage)
        until(lambda: not self.window.booth_notice.isVisible(), "nothing more to say")
        until(booth.isActiveWindow, "booth has the keyboard")

    def _said(self, words: str) -> None:
        notice = self.window.booth_notice
        until(notice.isVisible, "the desk says so")
        assert words in notice.words

    def _ask_to_open(self) -> OpeningDialog:
        page = self.window.desk.shown_page
        assert isinstance(page, SessionPage)
        key = next(iter(page.cards))
        until(lambda: SessionAct.BOOTH in page.cards[key].buttons, "open session")
        click(page.cards[key].buttons[SessionAct.BOOTH])
        return self._opening()

    def _opening(self) -> OpeningDialog:
        until(lambda: self.window.findChildren(OpeningDialog), "question for the screen")
        (dialog,) = self.window.findChildren(OpeningDialog)
        until(dialog.isActiveWindow, "question has the keyboard")
        return dialog

    def _affirm(self, dialog: OpeningDialog) -> None:
        click(dialog.alone, QPoint(8, dialog.alone.height() // 2))
        click(dialog.act)

    def _booth(self) -> BoothWindow:
        until(_booths, "booth")
        (booth,) = _booths()
        until(booth.isActiveWindow, "booth has the keyboard")
        until(lambda: booth.size() == booth.screen().size(), "booth covers the screen")
        return booth

    def _settle(self) -> None:
        heed()
        until(lambda: not self.window.worker.busy, "work done")
        heed()


def xrandr(*arguments: str) -> None:
    """What a settings window of a desktop would do."""
    subprocess.run(["xrandr", *arguments], check=True)


def _screen(name: str) -> QScreen:
    return next(screen for screen in QGuiApplication.screens() if screen.name() == name)


def _booths() -> list[BoothWindow]:
    shown = (each for each in QApplication.topLevelWidgets() if isinstance(each, BoothWindow))
    return [each for each in shown if each.isVisible()]


def _ballots(booth: BoothWindow) -> list[BallotPage]:
    """Pages of a ballot that are shown; those that are hidden wait for their end."""
    return [page for page in booth.findChildren(BallotPage) if not page.isHidden()]


def _place(name: str) -> QPoint | None:
    """Where the X server itself shows a window of this name, or None where it does not."""
    found = subprocess.run(
        ["xdotool", "search", "--onlyvisible", "--name", name, "getwindowgeometry", "--shell"],
        check=False,
        capture_output=True,
        text=True,
    ).stdout
    told = dict(line.split("=") for line in found.split())
    return QPoint(int(told["X"]), int(told["Y"])) if told else None


def main(folder: Path) -> int:
    """Let the evening pass; 0 when it went well."""
    app = bootstrap.make_application(["screens"])
    window = bootstrap.make_window(clock, costs=CHEAP_COSTS)
    window.setGeometry(_screen(DESK).geometry())
    window.showMaximized()
    outcome: list[int] = []

    def pass_by() -> None:
        sys.excepthook = sys.__excepthook__
        try:
            Evening(window, folder).pass_by()
            outcome.append(0)
        finally:
            if not outcome:
                shot(folder / "failed.png")
                known = [(screen.name(), screen.geometry()) for screen in QGuiApplication.screens()]
                shown = [(booth.state.sight, booth.state.cover, booth.geometry()) for booth in _booths()]
                sys.stderr.write(f"{known}\n{shown}\n")
                xrandr("--listactivemonitors")
            window.close()
            app.exit(outcome[0] if outcome else 1)

    QTimer.singleShot(0, pass_by)
    return app.exec()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
