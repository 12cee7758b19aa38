"""How are the parts wired together into a program with windows?

Imports are late on purpose: the first window must not wait for what only a later page needs.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, assert_never

from gaoxin_vote.stages import YearStage
from gaoxin_vote.stretching import FULL_COSTS, StretchingCosts

if TYPE_CHECKING:
    from PySide6.QtGui import QScreen
    from PySide6.QtWidgets import QApplication

    from gaoxin_vote.domain.session import SessionId, Stage
    from gaoxin_vote.gui.booth.state import Sight
    from gaoxin_vote.gui.booth.window import BoothWindow
    from gaoxin_vote.gui.kit.page import Page
    from gaoxin_vote.gui.kit.worker import Worker
    from gaoxin_vote.gui.shell.booth_notice import BoothNotice
    from gaoxin_vote.gui.shell.presenter import OpenDesk
    from gaoxin_vote.gui.shell.window import DeskWindow
    from gaoxin_vote.gui.verify.window import VerifyWindow
    from gaoxin_vote.reading_process import FileReading, ReadingProcess


_VERIFYING = 4 * 2**30, 600
"""Bytes and silent seconds that a command may spend on a file; a large archive is verified for hours."""
_SETTLE = 200
"""Milliseconds after which what the next step needs is imported."""


def local_time() -> datetime:
    """The clock of the program: this computer's, with its time zone."""
    return datetime.now().astimezone()


def run(arguments: list[str]) -> int:
    """Run a command, or open the application (with a workspace file, if one is named); its exit code."""
    from gaoxin_vote import cli

    if arguments and (len(arguments) > 1 or not arguments[0].endswith(".gxv")):
        reading = _reading_to_verify()
        try:
            return cli.main(arguments, local_time, reading)
        finally:
            reading.close()
    return run_gui(Path(arguments[0]) if arguments else None)


def _reading_to_verify() -> ReadingProcess:
    """A process that may take the time and memory that a large archive needs."""
    from gaoxin_vote.reading_process import ReadingLimits, ReadingProcess

    limits = ReadingLimits(memory=_VERIFYING[0], seconds=_VERIFYING[1])
    return ReadingProcess(limits, "请核对文件的来源，重新拷贝或另存后再试。")


def run_gui(path: Path | None) -> int:
    """Open the application, asking for the passphrase of the workspace at `path` if given; its exit code."""
    from gaoxin_vote.reading_process import ReadingProcess

    app = make_application(sys.argv[:1])
    reading, verifying = ReadingProcess(), _reading_to_verify()
    window = make_window(reading=reading, verifying=verifying)
    app.aboutToQuit.connect(reading.close)
    app.aboutToQuit.connect(verifying.close)
    if path is not None:
        window.start.ask_passphrase(path)
    window.show_where_it_stood()
    return app.exec()


def make_application(arguments: list[str]) -> QApplication:
    """The one application object, dressed, speaking Chinese."""
    from PySide6.QtWidgets import QApplication

    from gaoxin_vote import __version__
    from gaoxin_vote.gui.kit import theme
    from gaoxin_vote.gui.kit.qt_words import speak_chinese
    from gaoxin_vote.gui.kit.settings import Settings

    app = QApplication(arguments)
    app.setApplicationName("gaoxin-vote")
    app.setApplicationDisplayName("高新投票")
    app.setApplicationVersion(__version__)
    speak_chinese(app)
    theme.start(app, Settings().look)
    return app


def make_window(
    clock: Callable[[], datetime] = local_time,
    sample_path: Path | None = None,
    costs: StretchingCosts = FULL_COSTS,
    reading: FileReading | None = None,
    verifying: FileReading | None = None,
) -> DeskWindow:
    """The officer's window with its worker thread, the pages of every stage, the booth and the 核验 window.

    `reading` is how files are read that are imported, `verifying` how those that are verified.
    """
    from functools import partial

    from PySide6.QtCore import QStandardPaths, QTimer
    from PySide6.QtWidgets import QApplication

    from gaoxin_vote.gui.kit import bugs, prompts
    from gaoxin_vote.gui.kit.field_guard import FieldGuard
    from gaoxin_vote.gui.kit.settings import Settings
    from gaoxin_vote.gui.kit.worker import Worker
    from gaoxin_vote.gui.shell.presenter import ShellPresenter
    from gaoxin_vote.gui.shell.window import DeskWindow
    from gaoxin_vote.reading_process import ReadingProcess, in_process

    worker = Worker(reading=reading or in_process)
    presenter = ShellPresenter(clock, costs)
    booth = BoothDoor(worker)
    kept = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppLocalDataLocation))
    window = DeskWindow(
        presenter,
        worker,
        Settings(),
        partial(make_page, worker, booth),
        sample_path=sample_path or kept / "演示数据2017.gxv",
        may_close=lambda: "投票间正在使用。请先在投票屏上凭口令退出投票间。" if booth.window else "",
    )
    booth.desk = window
    verify = VerifyDoor(window, verifying or in_process, clock, lambda: booth.window is not None)
    window.verify_wanted.connect(lambda: verify.open())  # Qt alone would let go of the door
    FieldGuard(window, stands_on_a_slip)
    bugs.catch(partial(prompts.show_error, window))

    def warm_up() -> None:
        if worker.closed:
            return
        worker.submit(lambda _progress: presenter.warm_up())
        if isinstance(reading, ReadingProcess):
            worker.submit(lambda _progress: reading.start(), apart=True)

    # Not before the window stands: the two threads share the interpreter.
    QTimer.singleShot(_SETTLE, window, warm_up)
    app = QApplication.instance()
    assert app is not None
    app.aboutToQuit.connect(worker.close)
    app.aboutToQuit.connect(lambda: verify.close())
    return window


def stands_on_a_slip(digits: str) -> bool:
    """Whether these 16 digits can stand on a slip."""
    from gaoxin_vote.gui.booth import state

    return state.is_code(digits)


class BoothDoor:
    """Opens the booth's window, one at a time, once its screen is confirmed, and tells the desk of it."""

    def __init__(self, worker: Worker) -> None:
        self._worker = worker
        self.desk: DeskWindow | None = None
        self.window: BoothWindow | None = None
        self.session: SessionId | None = None
        self._title = ""

    def open(self, opened: OpenDesk, session_id: SessionId, title: str) -> None:
        """Ask which screen is the delegates' and open the booth there, or bring an open one to the front."""
        from functools import partial

        if self.window is not None:
            self.window.come_forward()
        else:
            self._title = title
            self._ask_screen(partial(self._open_on, opened, session_id))

    def _ask_screen(self, then: Callable[[QScreen], object], *, other: bool = False) -> None:
        from gaoxin_vote.gui.booth.opening_dialog import OpeningDialog

        if self.desk is not None:
            dialog = OpeningDialog(self.desk, self._title, other_screen=other)
            dialog.confirmed.connect(then)
            dialog.open()

    def _open_on(self, opened: OpenDesk, session_id: SessionId, screen: QScreen) -> None:
        from gaoxin_vote.gui.booth.clock import steady_seconds
        from gaoxin_vote.gui.booth.draft import BoothActs
        from gaoxin_vote.gui.booth.presenter import BoothPresenter
        from gaoxin_vote.gui.booth.window import BoothWindow
        from gaoxin_vote.gui.kit import theme
        from gaoxin_vote.gui.session.presenter import SessionPresenter
        from gaoxin_vote.gui.session.strip import CheckInStrip
        from gaoxin_vote.workflow.session.casting import admit, cast
        from gaoxin_vote.workflow.setup.workspaces import check_passphrase

        workspace, year = opened.workspace, opened.rail.year
        assert year is not None

        def make_strip(stirred: Callable[[], object]) -> CheckInStrip:
            return CheckInStrip(SessionPresenter(workspace, year), self._worker, session_id, stirred)

        presenter = BoothPresenter(
            opened.rail.title,
            self._title,
            BoothActs(
                lambda code: workspace.call(admit, session_id, code),
                lambda admission, ballot: workspace.call(cast, admission, ballot),
                lambda passphrase: workspace.call(check_passphrase, passphrase),
            ),
            steady_seconds,
        )
        self.session = session_id
        self.window = BoothWindow(presenter, self._worker, theme.current(), make_strip)
        self.window.left.connect(self._left)
        self.window.sight_changed.connect(self._tell_desk)
        self.window.open_on(screen)

    @cached_property
    def _notice(self) -> BoothNotice:
        """What the desk says of the booth's screen."""
        assert self.desk is not None
        notice = self.desk.booth_notice
        notice.leave_wanted.connect(self._leave_from_desk)
        notice.other_screen_wanted.connect(self._move_to_other_screen)
        return notice

    def _leave_from_desk(self) -> None:
        if self.window is not None:
            self.window.leave_from_desk()

    def _move_to_other_screen(self) -> None:
        if self.window is not None:
            self._ask_screen(self.window.open_on, other=True)

    def _tell_desk(self, sight: Sight) -> None:
        from gaoxin_vote.gui.booth.state import KEPT, SIGHT_WORDS

        heading, words = SIGHT_WORDS.get(sight, ("", ""))
        self._notice.say(heading, f"{KEPT}{words}")

    def occupied(self, session_id: SessionId) -> bool:
        """Whether a voter of this session is at the booth."""
        return self.window is not None and self.session == session_id and self.window.occupied

    def tell(self, stages: dict[SessionId, Stage]) -> None:
        """The sessions are at these stages now."""
        if self.window is not None and self.session in stages:
            self.window.tell(stages[self.session])

    def _left(self) -> None:
        self.window = None
        if self.desk is not None:
            self._notice.say("")
            self.desk.come_back()


class VerifyDoor:
    """Opens the 核验 window, one at a time; it has a thread of its own, and a process where files are read.

    `sparing` says whether the computer is needed for something else.
    """

    def __init__(
        self,
        desk: DeskWindow,
        reading: FileReading,
        clock: Callable[[], datetime],
        sparing: Callable[[], bool],
    ) -> None:
        self._desk, self._reading, self._clock, self._sparing = desk, reading, clock, sparing
        self.worker: Worker | None = None
        """The thread of the window, once it was opened."""
        self.window: VerifyWindow | None = None

    def open(self) -> None:
        """Open the window, or bring it to the front."""
        from gaoxin_vote.gui.kit.worker import Worker
        from gaoxin_vote.gui.verify.presenter import VerifyPresenter
        from gaoxin_vote.gui.verify.window import VerifyWindow

        if self.window is None:
            self.worker = self.worker or Worker(reading=self._reading)
            presenter = VerifyPresenter(self._reading, self._clock, self._sparing)
            self.window = VerifyWindow(self._desk, self.worker, presenter)
            self.window.finished.connect(lambda _code: self._gone())
        self.window.show()
        self.window.raise_()
        self.window.activateWindow()

    def _gone(self) -> None:
        """The window was closed: its process has nothing more to read."""
        from gaoxin_vote.reading_process import ReadingProcess

        self.window, reading = None, self._reading
        if self.worker is not None and isinstance(reading, ReadingProcess):
            self.worker.submit(lambda _progress: reading.close(), always=True)

    def close(self) -> None:
        """The program ends: so does what is under way."""
        if self.worker is not None:
            self.worker.close()
            self.worker = None


def make_page(worker: Worker, booth: BoothDoor, stage: YearStage, opened: OpenDesk) -> Page:
    """The page of `stage`; without a year, only the audit log has one beside the setup."""
    from functools import partial

    workspace, year = opened.workspace, opened.rail.year
    if stage is YearStage.AUDIT:
        from gaoxin_vote.gui.audit.page import AuditPage
        from gaoxin_vote.gui.audit.presenter import AuditPresenter

        return AuditPage(AuditPresenter(workspace, year), worker)
    if year is None or stage is YearStage.SETUP:
        from gaoxin_vote.gui.setup.page import SetupPage
        from gaoxin_vote.gui.setup.presenter import SetupPresenter

        return SetupPage(SetupPresenter(workspace, year), worker)
    match stage:
        case YearStage.CEREMONY:
            from gaoxin_vote.gui.ceremony.page import CeremonyPage
            from gaoxin_vote.gui.ceremony.presenter import CeremonyPresenter

            return CeremonyPage(CeremonyPresenter(workspace, year), worker)
        case YearStage.SESSION:
            from gaoxin_vote.gui.session.page import SessionPage
            from gaoxin_vote.gui.session.presenter import SessionPresenter

            presenter = SessionPresenter(workspace, year)
            return SessionPage(
                presenter,
                worker,
                partial(booth.open, opened),
                occupied=booth.occupied,
                stages_known=booth.tell,
            )
        case YearStage.TALLY:
            from gaoxin_vote.gui.tally.page import TallyPage
            from gaoxin_vote.gui.tally.presenter import TallyPresenter

            return TallyPage(TallyPresenter(workspace, year), worker)
        case YearStage.ENTRIES:
            from gaoxin_vote.gui.entries.page import EntriesPage
            from gaoxin_vote.gui.entries.presenter import EntriesPresenter

            return EntriesPage(EntriesPresenter(workspace, year), worker)
        case YearStage.STANDING:
            from gaoxin_vote.gui.standing.page import StandingPage
            from gaoxin_vote.gui.standing.presenter import StandingPresenter

            return StandingPage(StandingPresenter(workspace, year), worker)
        case YearStage.REPORTS:
            from gaoxin_vote.gui.reports.page import ReportsPage
            from gaoxin_vote.gui.reports.presenter import ReportsPresenter

            return ReportsPage(ReportsPresenter(workspace, year), worker)
        case _:
            assert_never(stage)
