"""How is a sheet drafted, issued, printed and issued again: the four buttons below a list, or in a wizard?"""

from collections.abc import Callable
from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractButton, QWidget

from gaoxin_vote.domain.minutes import SessionMinutes
from gaoxin_vote.gui.kit import prompts
from gaoxin_vote.gui.kit.parts import allow, button, row, set_role
from gaoxin_vote.gui.kit.worker import Worker
from gaoxin_vote.gui.paper.dialog import show_paper
from gaoxin_vote.gui.paper.presenter import SheetsPresenter
from gaoxin_vote.gui.paper.reissue_dialog import ReissueDialog
from gaoxin_vote.gui.paper.state import SheetAct, SheetState
from gaoxin_vote.progress import Progress

_NONE = "请先选中一张表"
_WARNING = (
    "签发后，这份文件就是正本：打印、保存和存入考核档案包的都是它，会议信息不能再单独修改；"
    "更正须“改版”并写明原因。"
)


class Runner(Protocol):
    """`Page.run` or `Wizard.run`."""

    def __call__(self, call: Callable[[Progress], Any], then: Callable[[Any], object]) -> None:
        """Do `call` on the worker, then `then` with what it returned."""


class SheetActs(QWidget):
    """Acts on the sheet that was shown last."""

    issued = Signal()
    """A sheet was issued, for the first time or again."""

    def __init__(self, presenter: SheetsPresenter, worker: Worker, run: Runner) -> None:
        super().__init__()
        self._presenter, self._worker, self._run = presenter, worker, run
        self._sheet: SheetState | None = None
        self.buttons = {act: button(act.value, partial(self.act, act)) for act in SheetAct}
        layout = row(1, *self.buttons.values())
        layout.setContentsMargins(0, 0, 0, 0)
        self.setLayout(layout)

    def show_sheet(self, sheet: SheetState | None) -> None:
        """Offer what can be done with `sheet`; the step that brings it on stands out."""
        self._sheet = sheet
        for each, reason in self.reasons():
            allow(each, reason)
        for act, each in self.buttons.items():
            leading = SheetAct.ISSUE if sheet and sheet.needed else SheetAct.PAPER
            set_role(each, "primary" if act is leading else "")

    @property
    def sheet(self) -> SheetState | None:
        """The sheet that is acted on."""
        return self._sheet

    def reasons(self) -> tuple[tuple[QAbstractButton, str], ...]:
        """Each button with the reason why it cannot be used now."""
        sheet = self._sheet
        return tuple((each, sheet.blocked(act) if sheet else _NONE) for act, each in self.buttons.items())

    def act(self, act: SheetAct) -> None:
        """Do it, where it can be done now."""
        sheet = self._sheet
        if sheet is None or sheet.blocked(act):
            return
        if act is SheetAct.ISSUE:
            prompts.ask(self, f"签发{sheet.title}？", _WARNING, "签发", partial(self.issue, sheet))
        elif act is SheetAct.REISSUE:
            ReissueDialog(self, sheet, partial(self._reissue, sheet)).open()
        else:
            title = f"{sheet.title}（草稿）" if act is SheetAct.DRAFT else sheet.title
            self._run(lambda _progress: self._presenter.pdf(sheet, act), partial(self._show, title))

    def issue(self, sheet: SheetState) -> None:
        """Issue it; what was issued is shown."""
        self._run(lambda progress: self._presenter.issue(sheet, progress), partial(self._kept, sheet.title))

    def _reissue(self, sheet: SheetState, reason: str, minutes: SessionMinutes | None) -> None:
        self._run(
            lambda progress: self._presenter.reissue(sheet, reason, minutes, progress),
            partial(self._kept, sheet.title),
        )

    def _kept(self, title: str, pdf: bytes) -> None:
        self._show(title, pdf)
        self.issued.emit()

    def _show(self, title: str, pdf: bytes) -> None:
        name = title.replace(" ", "")
        show_paper(self, self._worker, name, pdf, f"{name}.pdf")
