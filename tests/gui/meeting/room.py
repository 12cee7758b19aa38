"""The meeting itself: a whole session day, in the real program, by real hands.

Run as ``python -m tests.gui.meeting.room FOLDER`` on an X display with a window manager; what was made
lies in `FOLDER` afterwards. All that is typed is ASCII: that is what the keyboard of a test can type.
"""

import json
import sys
from pathlib import Path

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget

from gaoxin_vote import bootstrap
from gaoxin_vote.domain.session import SessionId, Stage
from gaoxin_vote.gui.booth.ballot_page import BallotPage
from gaoxin_vote.gui.booth.flow import BoothStep, BoothTimes
from gaoxin_vote.gui.booth.opening_dialog import OpeningDialog
from gaoxin_vote.gui.booth.state import Cover
from gaoxin_vote.gui.booth.window import BoothWindow
from gaoxin_vote.gui.ceremony.wizard import CeremonyWizard
from gaoxin_vote.gui.intake.dialog import IntakeDialog
from gaoxin_vote.gui.kit.affirm import AffirmDialog
from gaoxin_vote.gui.kit.page import Page
from gaoxin_vote.gui.kit.prompts import Message
from gaoxin_vote.gui.paper.dialog import PaperDialog
from gaoxin_vote.gui.paper.meeting_dialog import MeetingDialog
from gaoxin_vote.gui.paper.state import SheetAct
from gaoxin_vote.gui.session.check_in import CheckInColumn
from gaoxin_vote.gui.session.closing_dialog import ClosingDialog, SealDialog
from gaoxin_vote.gui.session.page import SessionPage
from gaoxin_vote.gui.session.slips_dialog import SlipsDialog
from gaoxin_vote.gui.session.state import SessionAct
from gaoxin_vote.gui.setup.page import SetupPage
from gaoxin_vote.gui.shell.window import DeskWindow
from gaoxin_vote.gui.tally.page import TallyPage
from gaoxin_vote.gui.tally.wizard import TallyWizard
from gaoxin_vote.stages import YearStage
from gaoxin_vote.workflow.record.sample import printed_codes
from tests.gui.meeting.careless import CarelessPeople
from tests.gui.meeting.hands import (
    choose_action,
    choose_file,
    click,
    fill,
    heed,
    keys,
    pause,
    press,
    scan,
    shot,
    type_text,
    until,
)
from tests.gui.office import LEADERS, UNITS
from tests.stretching import CHEAP_COSTS

PASSPHRASE = "officer-2017-words"
GRACE = 1.1 * BoothTimes().grace
"""Seconds for which the booth accepts nothing final on a new page."""


class Meeting:
    """One day at the office."""

    def __init__(self, window: DeskWindow, folder: Path) -> None:
        self.window, self.folder = window, folder
        self.trackers: list[str] = []
        self.slips: list[tuple[str, ...]] = []
        """The codes of the slips, session by session."""
        self.meant: dict[str, int] = {}
        """How often the careless meant each key for each unit, such as ``U01 1``."""

    def hold(self) -> None:
        """From the first start of the program to both report sheets; careful leaders, careless units."""
        self._new_workspace()
        self._lists()
        self._ceremony()
        page = self._go(YearStage.SESSION, SessionPage)
        for title in ("领导评议", "部门互评"):
            click(page.prepare_buttons[title])
            asked = self._box(AffirmDialog)
            fill(asked.passphrase.line, PASSPHRASE)
            click(asked.act)
            self._gone(asked)
            self._settle()
        for key in tuple(page.cards):
            self._session(page, key)
        tally = self._go(YearStage.TALLY, TallyPage)
        for place in range(2):
            click(tally.tabs, tally.tabs.tabRect(place).center())
            self._count(tally)
        for name, told in (("trackers.json", self.trackers), ("meant.json", self.meant)):
            (self.folder / name).write_text(json.dumps(told), encoding="utf-8")

    # -- before the meeting -------------------------------------------------------------------------------

    def _new_workspace(self) -> None:
        until(self.window.isActiveWindow, "the program's window")
        until(lambda: self.window.width() > 0.95 * self.window.screen().size().width(), "a large window")
        start = self.window.start
        click(start.home.new_tile)
        form = start.creating
        fill(form.office, "Gaoxin Office")
        fill(form.place.line, str(self.folder / "office.gxv"))
        fill(form.passphrase.line, PASSPHRASE)
        fill(form.again.line, PASSPHRASE)
        keys("Return")
        until(lambda: self.window.opened is not None, "workspace")
        self._settle()

    def _lists(self) -> None:
        page = self._page(SetupPage)
        click(page.schemes.begin)
        until(lambda: self.window.opened and self.window.opened.rail.year, "year")
        self._settle()
        page = self._page(SetupPage)
        for button, name, text in (
            (page.take_units, "units.csv", UNITS),
            (page.take_leaders, "leaders.csv", LEADERS),
        ):
            (self.folder / name).write_text(text, encoding="utf-8")
            click(button)
            dialog = self._box(IntakeDialog)
            click(dialog.choose)
            choose_file(self.folder / name)
            until(dialog.act.isEnabled, "preview")
            click(dialog.act)
            self._settle()
        assert (page.units.rowCount(), page.leaders.rowCount()) == (5, 3)

    def _ceremony(self) -> None:
        press(self._go(YearStage.CEREMONY, Page), "开始发放密钥…")
        wizard = self._box(CeremonyWizard)
        click(wizard.quorum.clock)
        click(wizard.next)
        self._settle()
        for number in range(3):
            fill(wizard.turn.passphrase.line, f"trustee-{number}-words")
            fill(wizard.turn.again.line, f"trustee-{number}-words")
            fill(wizard.turn.place.line, str(self.folder / f"share-{number}.gxk"))
            click(wizard.next)
            until(lambda: wizard.turn.receipt.isVisible(), "receipt")
            click(wizard.next)
            self._settle()
        until(lambda: wizard.record.isVisible(), "record")
        click(wizard.next)
        self._gone(wizard)

    # -- the session --------------------------------------------------------------------------------------

    def _session(self, page: SessionPage, key: SessionId) -> None:
        self._minutes(page, key)
        codes = self._slips(page, key)
        careless = bool(self.slips)
        self.slips.append(codes)
        click(page.cards[key].buttons[SessionAct.OPEN])
        press(self._box(Message), "开始投票")
        self._settle()
        until(lambda: SessionAct.BOOTH in page.cards[key].buttons, "open")
        voters = self._hand_out(page, key, forgotten=int(careless))
        click(page.cards[key].buttons[SessionAct.BOOTH])
        opening = self._box(OpeningDialog)
        click(opening.alone, QPoint(8, opening.alone.height() // 2))
        click(opening.act)
        booth = self._booth()
        if careless:
            people = CarelessPeople(booth, codes, GRACE, self._settle)
            people.vote(self.slips[0][0])
            self.trackers += people.trackers
            self.meant = {" ".join(place): number for place, number in people.meant.items()}
        for turn, code in enumerate(() if careless else codes[:voters]):
            self._vote(booth, code, turn)
        self._leave(booth)
        page.refresh()
        self._settle()
        if careless:
            self._tick_what_was_forgotten(page, key)
        click(page.cards[key].buttons[SessionAct.CLOSE])
        click(self._box(ClosingDialog).act)
        until(lambda: SessionAct.SEAL in page.cards[key].buttons, Stage.CLOSED.label)
        self._settle()
        click(page.cards[key].buttons[SessionAct.SEAL])
        click(self._box(SealDialog).act)
        until(lambda: SessionAct.TALLY in page.cards[key].buttons, Stage.SEALED.label)
        self._settle()

    def _minutes(self, page: SessionPage, key: SessionId) -> None:
        more = page.cards[key].more
        click(more)
        choose_action(more.menu(), SessionAct.MEETING.value)
        dialog = self._box(MeetingDialog)
        fields = dialog.fields
        lines = (fields.place, fields.chair, fields.chief, fields.scrutineers, fields.tellers)
        for line, text in zip(lines, ("Hall 1", "Li", "Zhao", "Qian, Sun", "Wu"), strict=True):
            fill(line, text)
        press(dialog, "保存")
        self._gone(dialog)

    def _slips(self, page: SessionPage, key: SessionId) -> tuple[str, ...]:
        click(page.cards[key].buttons[SessionAct.SLIPS])
        click(self._box(SlipsDialog).act)
        paper = self._paper(f"slips-{key}.pdf")
        return printed_codes(paper)

    def _hand_out(self, page: SessionPage, key: SessionId, forgotten: int = 0) -> int:
        """Tick the slips of all but the last `forgotten` voters; how many voters there are."""
        for place in range(page.tabs.count()):
            if page.tabs.tabData(place) == key:
                click(page.tabs, page.tabs.tabRect(place).center())
        self._settle()
        lines = page.check_in.model.lines
        for row in range(len(lines) - forgotten):
            self._tick(page, row)
        assert sum(line.issued for line in page.check_in.model.lines) == len(lines) - forgotten
        return len(lines)

    def _tick(self, page: SessionPage, row: int) -> None:
        table = page.check_in.table
        cell = table.visualRect(table.model().index(row, CheckInColumn.ISSUED)).center()
        click(table.viewport(), cell)
        self._settle()

    def _tick_what_was_forgotten(self, page: SessionPage, key: SessionId) -> None:
        """A close is refused, names the tick that is missing, and leads to it."""
        click(page.cards[key].buttons[SessionAct.CLOSE])
        dialog = self._box(ClosingDialog)
        last = page.check_in.model.lines[-1]
        assert f"可能漏登“票码条”（领票）：{last.label}。" in "\n".join(
            label.text() for label in dialog.findChildren(QLabel)
        )
        assert not dialog.act.isEnabled()
        click(dialog.mend)
        self._gone(dialog)
        self._tick(page, len(page.check_in.model.lines) - 1)

    def _vote(self, booth: BoothWindow, code: str, turn: int) -> None:
        until(lambda: booth.state.step is BoothStep.IDLE, "idle booth")
        if turn % 2:
            press(booth, "输入票码")
            until(lambda: booth.state.step is BoothStep.CODE, "code page")
        scan(code)
        until(lambda: booth.state.step is BoothStep.BALLOT, "ballot")
        if turn % 2:
            self._mark_by_touch(booth, turn)
        else:
            self._mark_by_keys(booth, turn)
        until(lambda: booth.state.step is BoothStep.REVIEW, "review")
        pause(GRACE)
        if turn % 2:
            press(booth, "确认投票")
        else:
            keys("ctrl+Return")
        until(lambda: booth.state.step is BoothStep.TRACKER, "tracker")
        self.trackers.append("".join(booth.state.tracker))
        pause(GRACE)
        press(booth, "完成") if turn % 2 else keys("Return")
        until(lambda: booth.state.step is BoothStep.IDLE, "idle again")

    def _mark_by_keys(self, booth: BoothWindow, turn: int) -> None:
        page = booth.page
        assert isinstance(page, BallotPage)
        for place in range(booth.state.to_mark):
            keys("12340"[(place + turn) % 5], "Return")
            # No hand is so fast that further keys would come meanwhile; a scanner is.
            until(lambda marked=place + 1: booth.state.marked == marked, "mark")
        until(lambda: not booth.state.unmarked, "whole ballot")
        keys("Return")

    def _mark_by_touch(self, booth: BoothWindow, turn: int) -> None:
        for place, row in enumerate(booth.state.rows):
            if not row.own:
                word = (*booth.state.labels, "弃权")[(place + turn) % 5]
                press(booth, f"{row.unit.name}：{word}")
        press(booth, "核对选票")

    def _leave(self, booth: BoothWindow) -> None:
        keys("alt+F4")
        keys("Escape")
        assert booth.isVisible(), "Alt-F4 or Esc left the booth"
        keys("ctrl+shift+q")
        until(lambda: booth.state.cover is Cover.PROMPT, "question for the passphrase")
        assert booth.isVisible(), "Alt-F4 or Esc left the booth"
        type_text(PASSPHRASE)
        keys("Return")
        until(lambda: not self._booths(), "booth left")
        until(self.window.isActiveWindow, "desk in front")
        self._settle()

    # -- the count ----------------------------------------------------------------------------------------

    def _count(self, page: TallyPage) -> None:
        click(page.begin)
        self._settle()
        wizard = self._box(TallyWizard)
        title = f"tally-{page.tabs.currentIndex()}"
        click(wizard.next)
        self._settle()
        click(wizard.next)
        self._settle()
        fill(wizard.officer.passphrase.line, PASSPHRASE)
        click(wizard.next)
        self._settle()
        for number in (0, 2):
            fill(wizard.trustees.share.line, str(self.folder / f"share-{number}.gxk"))
            fill(wizard.trustees.passphrase.line, f"trustee-{number}-words")
            click(wizard.next)
            self._settle()
        click(wizard.next)
        until(lambda: wizard.outcome.isVisible(), "counts")
        click(wizard.outcome.acts.buttons[SheetAct.ISSUE])
        press(wizard, "签发")
        self._paper(f"{title}.pdf")
        click(wizard.outcome.archive)
        choose_file(self.folder / f"{title}.bel")
        self._settle()
        press(wizard, "知道了")
        click(wizard.next)
        self._gone(wizard)

    # -- finding ------------------------------------------------------------------------------------------

    def _settle(self) -> None:
        heed()
        until(lambda: not self.window.worker.busy, "work done")
        heed()

    def _go(self, stage: YearStage, kind: type[Page]):  # type: ignore[no-untyped-def]
        click(self.window.desk.rail.stages[stage])
        self._settle()
        return self._page(kind)

    def _page(self, kind: type[Page]):  # type: ignore[no-untyped-def]
        page = self.window.desk.shown_page
        assert isinstance(page, kind)
        return page

    def _box(self, kind: type[QDialog]):  # type: ignore[no-untyped-def]
        def shown() -> list[QWidget]:
            return [each for each in self.window.findChildren(kind) if each.isVisible()]

        until(shown, kind.__name__)
        until(lambda: shown()[-1].isActiveWindow(), f"{kind.__name__} has the keyboard")
        self._settle()
        return shown()[-1]

    def _paper(self, name: str) -> bytes:
        paper = self._box(PaperDialog)
        assert isinstance(paper, PaperDialog)
        click(paper.save)
        choose_file(self.folder / name)
        self._settle()
        until(lambda: (self.folder / name).exists(), name)
        press(paper, "关闭")
        self._gone(paper)
        return (self.folder / name).read_bytes()

    def _gone(self, box: QDialog) -> None:
        until(lambda: box not in self.window.findChildren(type(box)) or not box.isVisible(), "box closed")
        self._settle()

    def _booths(self) -> list[BoothWindow]:
        shown = (each for each in QApplication.topLevelWidgets() if isinstance(each, BoothWindow))
        return [each for each in shown if each.isVisible()]

    def _booth(self) -> BoothWindow:
        until(self._booths, "booth")
        (booth,) = self._booths()
        until(booth.isActiveWindow, "booth has the keyboard")
        until(lambda: booth.size() == booth.screen().size(), "booth covers the screen")
        return booth


def main(folder: Path) -> int:
    """Hold the meeting; 0 when it went well."""
    app = bootstrap.make_application(["meeting"])
    window = bootstrap.make_window(costs=CHEAP_COSTS)
    window.showMaximized()
    outcome: list[int] = []

    def hold() -> None:
        sys.excepthook = sys.__excepthook__
        try:
            Meeting(window, folder).hold()
            outcome.append(0)
        finally:
            shot(folder / ("end.png" if outcome else "failed.png"))
            window.close()
            app.exit(outcome[0] if outcome else 1)

    QTimer.singleShot(0, hold)
    return app.exec()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
