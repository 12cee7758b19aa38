"""What does the officer's desk consist of, and what is shown when?

Start page, desk (rail, pages, progress) or lock: one of the three. The window knows the stages by name
only; the pages come from a callable that `bootstrap` gives. Desk and lock are made when they are first
needed: the start page is what the person waits for.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QMainWindow, QStackedWidget, QWidget

from gaoxin_vote.errors import GaoxinVoteError
from gaoxin_vote.gui.kit import prompts, theme
from gaoxin_vote.gui.kit.application import application
from gaoxin_vote.gui.kit.look import Look
from gaoxin_vote.gui.kit.settings import Settings
from gaoxin_vote.gui.kit.worker import Worker
from gaoxin_vote.gui.shell.presenter import OpenDesk, RailState, ShellPresenter
from gaoxin_vote.gui.shell.start_page import StartPage
from gaoxin_vote.stages import Destination, StageStatus, YearStage

if TYPE_CHECKING:
    from gaoxin_vote.gui.kit.page import Page
    from gaoxin_vote.gui.shell.booth_notice import BoothNotice
    from gaoxin_vote.gui.shell.desk import Desk
    from gaoxin_vote.gui.shell.lock import IdleWatch, LockPage

MakePage = Callable[[YearStage, OpenDesk], "Page"]
"""The page of a stage, for an open workspace and the year its rail shows."""


class DeskWindow(QMainWindow):
    """The officer's window."""

    verify_wanted = Signal()
    """The person wants to verify a file, which needs no workspace."""

    def __init__(
        self,
        presenter: ShellPresenter,
        worker: Worker,
        settings: Settings,
        make_page: MakePage,
        *,
        sample_path: Path,
        may_close: Callable[[], str] = lambda: "",
    ) -> None:
        super().__init__()
        self.setWindowTitle("高新投票")
        self.setMinimumSize(1180, 680)
        self._presenter, self.worker, self._settings = presenter, worker, settings
        self._make_page, self._sample_path, self._may_close = make_page, sample_path, may_close
        self.opened: OpenDesk | None = None
        self._hidden: list[QDialog] = []
        self.start = StartPage(worker)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.start)
        self.setCentralWidget(self._stack)
        start = self.start
        start.open_wanted.connect(self.open_workspace)
        start.create_wanted.connect(self.create_workspace)
        start.sample_wanted.connect(self.open_sample)
        start.verify_wanted.connect(self.verify_wanted)
        start.manual_wanted.connect(self.show_manual)
        QShortcut(QKeySequence("Ctrl+K"), self).activated.connect(self._verify_unless_locked)
        QShortcut(QKeySequence.StandardKey.HelpContents, self).activated.connect(self.show_manual)
        start.home.show_recent(settings.recent)
        start.show_home()

    @cached_property
    def desk(self) -> "Desk":
        """Rail, pages and progress."""
        from gaoxin_vote.gui.shell.desk import Desk

        desk = Desk(self.worker)
        self._stack.addWidget(desk)
        rail = desk.rail
        rail.stage_chosen.connect(self.show_stage)
        rail.year_chosen.connect(self.change_year)
        rail.next_year_wanted.connect(self.ask_next_year)
        rail.lock_wanted.connect(self.lock_desk)
        rail.close_wanted.connect(self.close_workspace)
        rail.manual_wanted.connect(self.show_manual)
        rail.verify_wanted.connect(self.verify_wanted)
        rail.larger_wanted.connect(lambda: self._dress(theme.current().larger()))
        rail.smaller_wanted.connect(lambda: self._dress(theme.current().smaller()))
        rail.contrast_wanted.connect(
            lambda: self._dress(theme.current().with_contrast(not theme.current().high_contrast))
        )
        rail.idle.setText(f"{self._settings.idle_minutes}分钟无操作自动锁定")
        for stage in YearStage:
            self._shortcut(f"Ctrl+{stage.number}", partial(self.show_stage, stage))
        self._shortcut("Ctrl+L", self.lock_desk)
        self._shortcut("Ctrl+N", self.ask_next_year)
        self._shortcut("Ctrl+=", rail.larger_wanted.emit)
        self._shortcut("Ctrl+-", rail.smaller_wanted.emit)
        return desk

    @cached_property
    def booth_notice(self) -> "BoothNotice":
        """What is said while the delegates' screen does not show the booth."""
        from gaoxin_vote.gui.shell.booth_notice import BoothNotice

        notice = BoothNotice()
        self.setMenuWidget(notice)
        return notice

    @cached_property
    def lock(self) -> "LockPage":
        """What hides the desk."""
        from gaoxin_vote.gui.shell.lock import LockPage

        lock = LockPage()
        lock.unlock_wanted.connect(self._unlock)
        self._stack.addWidget(lock)
        return lock

    @cached_property
    def idle(self) -> "IdleWatch":
        """Locks the desk when nobody is there."""
        from gaoxin_vote.gui.shell.lock import IdleWatch

        return IdleWatch(self, self._settings.idle_minutes, self.lock_desk)

    def _shortcut(self, keys: str, act: Callable[[], object]) -> None:
        QShortcut(QKeySequence(keys), self).activated.connect(lambda: act() if self._on_desk() else None)

    def show_manual(self) -> None:
        """Open the manual beside the window; nothing waits for it."""
        from gaoxin_vote.gui.shell.manual import ManualDialog

        dialog = ManualDialog(self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()

    def _verify_unless_locked(self) -> None:
        if self.opened is None or self._on_desk():
            self.verify_wanted.emit()

    def _on_desk(self) -> bool:
        return self.opened is not None and self._stack.currentWidget() is self.desk

    # -- opening and closing ------------------------------------------------------------------------------

    def open_workspace(self, path: Path, passphrase: str) -> None:
        """Open the workspace at `path`."""
        self._begin(lambda _progress: self._presenter.open(path, passphrase), self.start.opening.refuse)

    def create_workspace(self, path: Path, passphrase: str, office: str) -> None:
        """Make a workspace at `path`."""
        self._begin(
            lambda _progress: self._presenter.create(path, passphrase, office), self.start.creating.refuse
        )

    def open_sample(self) -> None:
        """Open the made-up year 2017; the first time it takes a while."""
        path = self._sample_path
        self._begin(lambda progress: self._presenter.sample(path, progress), None)

    def _begin(self, call: Callable[..., OpenDesk], refuse: Callable[[str], object] | None) -> None:
        def failed(error: BaseException) -> None:
            self.start.set_busy(False)
            if refuse and isinstance(error, GaoxinVoteError) and not error.details:
                refuse(error.message)
            else:
                prompts.show_error(self, error)

        self.start.set_busy(True)
        self.worker.submit(call, self._opened, failed, owner=self)

    def _opened(self, opened: OpenDesk) -> None:
        self.start.set_busy(False)
        self.opened = opened
        if not opened.rail.sample:
            self._settings.keep_recent(opened.path)
        self.setWindowTitle(f"{opened.path.stem} — 高新投票")
        self.desk.begin(opened.rail)
        self.idle.wait(self._settings.idle_minutes)
        self._stack.setCurrentWidget(self.desk)
        self.show_stage(_where_to_go(opened.rail))
        if opened.clock is not None and not opened.rail.sample:
            self._doubt_clock(opened.clock.behind, opened.clock.words)

    def _doubt_clock(self, behind: bool, words: str) -> None:
        """Say that the clock is behind the log; ask whether it is right where it is far ahead."""
        heading = "电脑的时间不对" if behind else "电脑的日期对吗？"
        message = prompts.Message(self, prompts.Wording(prompts.MessageKind.REFUSED, words), heading)
        message.add_button("关闭工作区，去改时间", "primary", self.close_workspace).setDefault(True)
        message.add_button("只查看" if behind else "日期正确，继续", "")
        message.open()

    def close_workspace(self) -> None:
        """Close the workspace and go back to the start page."""
        if self.opened is None:
            return
        if reason := self._may_close():
            prompts.tell(self, "现在不能关闭工作区", reason)
            return
        workspace, self.opened = self.opened.workspace, None
        self.desk.end()
        self.worker.submit(lambda _progress: self._presenter.close(workspace), always=True)
        self.setWindowTitle("高新投票")
        self.start.home.show_recent(self._settings.recent)
        self.start.show_home()
        self._stack.setCurrentWidget(self.start)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Qt: not while the booth is open; else close the workspace first."""
        if self.opened is not None and (reason := self._may_close()):
            prompts.tell(self, "现在不能退出", reason)
            event.ignore()
            return
        self.close_workspace()
        self._settings.keep_geometry(self.saveGeometry())
        event.accept()

    def show_where_it_stood(self) -> None:
        """Show the window as it was left, or maximised the first time and where its screen is gone."""
        if self.restoreGeometry(self._settings.geometry):
            self.show()
        else:
            self.showMaximized()

    # -- pages --------------------------------------------------------------------------------------------

    def show_stage(self, stage: YearStage) -> None:
        """Show the page of `stage`."""
        if self.opened is None:
            return
        page = self.desk.page(stage)
        if page is None:
            page = self._make_page(stage, self.opened)
            page.changed.connect(self.ask_rail)
            page.stage_wanted.connect(self.show_stage)
            page.destination_wanted.connect(self.show_destination)
        self.desk.show_page(stage, page)

    def show_destination(self, destination: Destination) -> None:
        """Show the page of the stage and on it the very place."""
        self.show_stage(destination.stage)
        if (page := self.desk.page(destination.stage)) is not None:
            page.go_to(destination)

    def ask_rail(self) -> None:
        """Ask again where the stages stand."""
        if self.opened is not None:
            workspace, year = self.opened.workspace, self.opened.rail.year
            self.worker.submit(
                lambda _progress: self._presenter.rail(workspace, year),
                self._show_rail,
                partial(prompts.show_error, self),
                owner=self,
            )

    def change_year(self, year: int) -> None:
        """Show `year`; booths and sessions of another one go on. Not while an act of a page is under way."""
        if self.opened is None:
            return
        if self.desk.acting:
            self.desk.rail.show_state(self.opened.rail)
            prompts.tell(self, "现在不能换年度", "有一项操作正在进行，完成后再换。")
        else:
            workspace = self.opened.workspace
            self.worker.submit(
                lambda _progress: self._presenter.rail(workspace, year),
                self._show_rail,
                partial(prompts.show_error, self),
                owner=self,
            )

    def ask_next_year(self) -> None:
        """Show what a new year would take over, and begin it if the person wants to."""
        from gaoxin_vote.gui.shell.next_year_dialog import NextYearDialog

        if self.opened is None or self.opened.rail.year is None:
            return
        if self.desk.acting:
            prompts.tell(self, "现在不能新建年度", "有一项操作正在进行，完成后再新建。")
            return
        workspace = self.opened.workspace
        dialog = NextYearDialog(
            self,
            self.worker,
            partial(self._presenter.next_year, workspace),
            partial(self._presenter.begin_next_year, workspace),
        )
        dialog.begun.connect(self._show_begun)
        dialog.open()

    def _show_begun(self, state: RailState) -> None:
        self._show_rail(state)
        self.show_stage(YearStage.SETUP)

    def _show_rail(self, state: RailState) -> None:
        if self.opened is None:
            return
        before = self.opened.rail.year
        self.opened = replace(self.opened, rail=state)
        self.desk.rail.show_state(state)
        if state.year != before:
            shown = self.desk.shown or YearStage.SETUP
            self.desk.begin(state)
            self.show_stage(shown)

    def come_back(self) -> None:
        """The booth was left: bring the desk to the front and show what has come of it."""
        self.raise_()
        self.activateWindow()
        if (page := self.desk.shown_page) is not None:
            page.refresh()
        self.ask_rail()

    # -- lock and look ------------------------------------------------------------------------------------

    def lock_desk(self) -> None:
        """Hide everything behind the lock, open boxes too."""
        if self.opened is None or not self._on_desk():
            return
        self._hidden = [box for box in self.findChildren(QDialog) if box.isVisible()]
        for box in self._hidden:
            box.hide()
        self.lock.ask()
        self._stack.setCurrentWidget(self.lock)
        self.lock.passphrase.setFocus()

    def _unlock(self, passphrase: str) -> None:
        assert self.opened is not None
        workspace = self.opened.workspace
        self.worker.submit(
            lambda _progress: self._presenter.unlock(workspace, passphrase),
            lambda _none: self._unlocked(),
            self.lock.refuse,
            owner=self,
        )

    def _unlocked(self) -> None:
        self._stack.setCurrentWidget(self.desk)
        for box in self._hidden:
            box.show()
        self._hidden = []
        self.idle.wait(self._settings.idle_minutes)

    def _dress(self, look: Look) -> None:
        app = application()
        resized = look.scale != theme.current().scale
        theme.apply(app, look)
        self._settings.keep_look(look)
        self.desk.rail.fit()
        self.start.fit()
        stage = self.desk.shown
        if resized and stage is not None and not self.desk.acting:
            # Pages take their measures from the font setting they are made in.
            self.desk.end()
            self.show_stage(stage)
        for widget in self.findChildren(QWidget, options=Qt.FindChildOption.FindChildrenRecursively):
            widget.updateGeometry()


def _where_to_go(rail: RailState) -> YearStage:
    """The first stage that is not done: the next step."""
    return next(
        (progress.stage for progress in rail.stages if progress.status is not StageStatus.DONE),
        YearStage.REPORTS if rail.stages else YearStage.SETUP,
    )
