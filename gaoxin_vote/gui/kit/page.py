"""What does every page of the desk have in common?

The title, the next step in plain words below it, and at the foot the reason why a button is disabled. A page
shows a frozen state and asks its presenter, on the worker thread, for every act::

    self.run(lambda progress: self._presenter.close(session_id, reason, progress), self.show_state)
"""

from collections import deque
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from gaoxin_vote.errors import Refused
from gaoxin_vote.gui.kit import prompts
from gaoxin_vote.gui.kit.dialog import FieldsDialog
from gaoxin_vote.gui.kit.parts import allow, column, filled, label, scrolling
from gaoxin_vote.gui.kit.worker import Job, Worker
from gaoxin_vote.progress import Progress
from gaoxin_vote.stages import Destination, YearStage

T = TypeVar("T")


class Page(QWidget):
    """One stage of the year's work, under its name."""

    changed = Signal()
    """An act has changed the workspace: whatever shows a part of it has to ask again."""
    stage_wanted = Signal(object)
    """The person wants to go to this `YearStage`."""
    destination_wanted = Signal(object)
    """The person wants to go to this `Destination`."""

    def __init__(self, stage: YearStage, worker: Worker) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self.setAccessibleName(stage.title)
        self.worker = worker
        self._job: Job | None = None
        self._in_turn: deque[Callable[[], None]] = deque()
        self.title = label(stage.title, "page-title")
        self.next_step = label("", "muted", wrap=True)
        self.next_step.setAccessibleName("下一步")
        self.status = label("", "small", wrap=True)
        self.status.setAccessibleName("按钮暂不可用的原因")
        self.body = column(spacing=14)
        top = column(self.title, self.next_step, spacing=4)
        outer = column(top, scrolling(filled(self.body)), self.status)
        outer.setContentsMargins(28, 22, 28, 12)
        outer.setSpacing(14)
        outer.setStretch(1, 1)
        self.setLayout(outer)

    def refresh(self) -> None:
        """Ask for the state again and show it."""
        raise NotImplementedError

    def go_to(self, destination: Destination) -> None:
        """Show what `destination` names of this stage, which is shown already, and begin what is wanted."""

    def show_state(self, state: Any) -> None:
        """Show the state that the page's presenter gave."""
        raise NotImplementedError

    def showEvent(self, event: QShowEvent) -> None:
        """Qt: what is shown is up to date."""
        super().showEvent(event)
        if not event.spontaneous():
            self.refresh()

    def run(
        self,
        call: Callable[[Progress], T],
        then: Callable[[T], object],
        *,
        asking: bool = False,
        in_turn: bool = False,
        dialog: FieldsDialog | None = None,
    ) -> None:
        """Do `call` on the worker, then `then` with what it returned; errors are shown.

        While one act of the page is under way further ones are not begun; `asking` marks calls that
        only read, which may always be made, and acts `in_turn` wait for those before them. A `dialog` that
        asked for the act stays until it is done: what is refused in one sentence is said in it.
        """
        if asking:
            self.worker.submit(call, then, partial(prompts.show_error, self), owner=self)
        elif self._job is None:
            if dialog is not None:
                dialog.wait()
            done, failed = partial(self._done, then, dialog), partial(self._failed, dialog)
            self._job = self.worker.submit(call, done, failed, owner=self)
        elif in_turn:
            self._in_turn.append(partial(self.run, call, then))

    @property
    def acting(self) -> bool:
        """Whether an act is under way or waits for its turn."""
        return self._job is not None or bool(self._in_turn)

    def _next(self) -> None:
        if self._in_turn and self._job is None:
            self._in_turn.popleft()()

    def _done(self, then: Callable[[T], object], dialog: FieldsDialog | None, value: T) -> None:
        self._job = None
        if dialog is not None and shiboken6.isValid(dialog):
            dialog.accept()
        then(value)
        self.changed.emit()
        self._next()

    def _failed(self, dialog: FieldsDialog | None, error: BaseException) -> None:
        self._job = None
        open_still = dialog is not None and shiboken6.isValid(dialog)
        if dialog is not None and open_still and isinstance(error, Refused) and not error.details:
            dialog.refused(error.message)
        else:
            if dialog is not None and open_still:
                dialog.reject()
            prompts.show_error(self, error)
        self.refresh()
        self._next()

    def permit(self, *buttons: tuple[QAbstractButton, str]) -> None:
        """Enable or disable buttons, each by its reason (empty: enabled), and say why at the foot."""
        for button, reason in buttons:
            allow(button, reason)
        told = dict.fromkeys(
            f"“{button.text().rstrip('….')}”暂不可用：{reason}"
            for button, reason in buttons
            if reason and not _hidden(button, self)
        )
        self.status.setText("　".join(told))
        self.status.setVisible(bool(told))


def _hidden(widget: QWidget | None, page: QWidget) -> bool:
    """Whether `widget`, or what it lies in, was hidden on purpose; one just made is only not shown yet."""
    while widget is not None and widget is not page:
        if widget.isHidden() and widget.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide):
            return True
        widget = widget.parentWidget()
    return False
