"""How is a piece of work with several steps drawn?

The flow is an object without Qt that says where it stands; the wizard shows its steps at the left, one
page at the right, and asks the flow, on the worker thread, to go on. (`QWizard` cannot wait for slow work
between two pages without an event loop of its own.)
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import partial
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QDialog, QFrame, QLabel, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from gaoxin_vote.gui.kit import prompts, theme
from gaoxin_vote.gui.kit.dialog import resize_within
from gaoxin_vote.gui.kit.parts import allow, button, column, label, row, rule, scrolling, set_role
from gaoxin_vote.gui.kit.progress_strip import ProgressStrip
from gaoxin_vote.gui.kit.roles import LabelRole
from gaoxin_vote.gui.kit.worker import Job, Worker
from gaoxin_vote.progress import Progress

T = TypeVar("T")


class StepStatus(Enum):
    """Where a step stands against the one that is shown; the value is what people hear."""

    DONE = "已完成"
    NOW = "当前"
    LATER = "未到"

    @classmethod
    def at(cls, place: int, now: int) -> "StepStatus":
        """The status of the step at `place` while the one at `now` is shown."""
        return cls.DONE if place < now else cls.NOW if place == now else cls.LATER


@dataclass(frozen=True, slots=True)
class StepMark:
    """One line of the list of steps."""

    title: str
    words: str = ""
    status: StepStatus = StepStatus.LATER


class Wizard(QDialog):
    """The frame of a wizard; a subclass adds the pages and says what its buttons do."""

    def __init__(self, parent: QWidget, worker: Worker, title: str) -> None:
        super().__init__(parent)
        self.worker = worker
        self._job: Job | None = None
        self._typed_in: QWidget | None = None
        look = theme.current()
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        resize_within(self, 1080, 660)
        self._steps = QVBoxLayout()
        self._steps.setSpacing(14)
        side = QFrame()
        side.setProperty("role", "steps")
        side.setAccessibleName("步骤")
        side.setFixedWidth(look.px(220))
        inner = column(label(title, "card-title"), rule(), self._steps, 1, spacing=16)
        inner.setContentsMargins(20, 22, 20, 20)
        side.setLayout(inner)
        self.heading = label("", "page-title", wrap=True)
        self.words = label("", "muted", wrap=True)
        self.pages = QStackedWidget()
        self._areas: dict[QWidget, QWidget] = {}
        """Where each page lies: it scrolls where the screen is low."""
        self.reason = label("", "small", wrap=True)
        self.reason.setAccessibleName("不能继续的原因")
        self.leave = button("取消", self.close)
        self.back = button("上一步", self.go_back)
        self.next = button("下一步", self._go_on, "primary")
        self.next.setDefault(True)
        self.back.hide()
        foot = row(self.reason, self.leave, self.back, self.next)
        foot.setStretch(0, 1)
        main = column(column(self.heading, self.words, spacing=4), self.pages, foot, spacing=14)
        main.setContentsMargins(28, 22, 28, 16)
        main.setStretch(1, 1)
        right = column(main, ProgressStrip(worker), spacing=0)
        outer = row(side, right, spacing=0)
        outer.setStretch(1, 1)
        self.setLayout(outer)

    def go_on(self) -> None:
        """What the primary button does now."""
        raise NotImplementedError

    def go_back(self) -> None:
        """What 上一步 does now."""
        raise NotImplementedError

    def may_leave(self) -> bool:
        """Whether the wizard may close at once; if not, it has asked."""
        return True

    def show_step(self, marks: Sequence[StepMark], heading: str, words: str, page: QWidget) -> None:
        """Show `page` under its heading and, at the left, where we are."""
        while (old := self._steps.takeAt(0)) is not None:
            if widget := old.widget():
                widget.deleteLater()
        for number, mark in enumerate(marks, start=1):
            self._steps.addWidget(_step_line(number, mark))
        self.heading.setText(heading)
        self.words.setText(words)
        if page not in self._areas:
            self._areas[page] = scrolling(page)
            self.pages.addWidget(self._areas[page])
        self.pages.setCurrentWidget(self._areas[page])

    def set_next(self, text: str, reason: str = "", *, danger: bool = False) -> None:
        """Name the primary button; it is disabled where there is a `reason`, which is shown."""
        self.next.setText(text)
        set_role(self.next, "danger" if danger else "primary")
        allow(self.next, reason)
        self.reason.setText(reason)
        if not reason and self.focusWidget() in (None, self.leave, self.back):
            self.next.setFocus()

    def run(self, call: Callable[[Progress], T], then: Callable[[T], object]) -> None:
        """Do `call` on the worker, then `then`; one at a time, errors are shown."""
        if self._job is None:
            self._typed_in = self.focusWidget()
            self._job = self.worker.submit(call, partial(self._done, then), self._failed, owner=self)
            self.pages.setEnabled(False)

    @property
    def busy(self) -> bool:
        """Whether work of this wizard is under way."""
        return self._job is not None

    def _done(self, then: Callable[[T], object], value: T) -> None:
        self._job = None
        self.pages.setEnabled(True)
        then(value)

    def _failed(self, error: BaseException) -> None:
        self._job = None
        self.pages.setEnabled(True)
        if isinstance(self._typed_in, QLineEdit):
            self._typed_in.setFocus()
        prompts.show_error(self, error)
        self.after_error()

    def after_error(self) -> None:
        """Called when an error has been shown: show again where the flow stands."""

    def _go_on(self) -> None:
        if not self.busy:
            self.go_on()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Esc asks as the close button does, it does not throw the work away."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Qt: not in the middle of work, and not without asking where something would be lost."""
        if self.busy or not self.may_leave():
            event.ignore()
        else:
            super().closeEvent(event)


_BADGE: dict[StepStatus, LabelRole] = {
    StepStatus.DONE: "step-done",
    StepStatus.NOW: "step-now",
    StepStatus.LATER: "step-later",
}


def _step_line(number: int, mark: StepMark) -> QWidget:
    sign = "✓" if mark.status is StepStatus.DONE else str(number)
    badge = QLabel(sign)
    badge.setProperty("role", _BADGE[mark.status])
    badge.setAlignment(Qt.AlignmentFlag.AlignCenter)
    size = theme.current().px(24)
    badge.setFixedSize(size, size)
    title = label(mark.title, "strong" if mark.status is StepStatus.NOW else "muted", wrap=True)
    lines = column(title, spacing=1)
    if mark.words:
        lines.addWidget(label(mark.words, "small", wrap=True))
    made = QWidget()
    layout = row(badge, lines, spacing=10)
    layout.setAlignment(badge, Qt.AlignmentFlag.AlignTop)
    layout.setStretch(1, 1)
    made.setLayout(layout)
    made.setAccessibleName(f"{number} {mark.title}，{mark.status.value}，{mark.words}".rstrip("，"))
    return made
