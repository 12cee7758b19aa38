"""Which year is begun, and what does it take over?"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QSpinBox, QWidget

from gaoxin_vote.errors import Refused
from gaoxin_vote.gui.kit import prompts
from gaoxin_vote.gui.kit.dialog import FieldsDialog
from gaoxin_vote.gui.kit.parts import Banner, PairsCard, allow
from gaoxin_vote.gui.kit.worker import Worker
from gaoxin_vote.gui.shell.presenter import RailState

if TYPE_CHECKING:
    from gaoxin_vote.gui.shell.state import NextYearState


class NextYearDialog(FieldsDialog):
    """The year, what is taken over, what to look at; nothing is begun before the button is pressed."""

    begun = Signal(object)
    """The `RailState` of the year that was begun."""

    def __init__(
        self,
        parent: QWidget,
        worker: Worker,
        look: "Callable[[int | None], NextYearState]",
        begin: "Callable[[NextYearState], RailState]",
    ) -> None:
        super().__init__(
            parent,
            "新建年度",
            "新年度接续上一个年度：带入方案、名单和已定稿的结果。指标、得分、加减分和会议从头开始，"
            "以前的年度不变，随时可以在左上方换回去。",
            "新建年度",
        )
        self._worker, self._look, self._begin = worker, look, begin
        self._state: NextYearState | None = None
        self._asked = 0
        self.year = QSpinBox()
        self.year.setRange(1000, 9999)
        self.year.setSuffix("年度")
        self.year.setAccessibleName("年度")
        self.year.setKeyboardTracking(False)
        self.taken = PairsCard("带入的内容")
        self.look_at = Banner("attention")
        self.field("年度", self.year)
        self.lines.addWidget(self.taken)
        self.lines.addWidget(self.look_at)
        self.again = self.year
        self.year.valueChanged.connect(self._ask)
        self._ask(None)

    def _ask(self, year: int | None) -> None:
        self._state = None
        self._asked += 1
        turn = self._asked
        allow(self.act, "正在查看要带入的内容")
        self._worker.submit(
            lambda _progress: self._look(year),
            lambda state: self._show(state) if turn == self._asked else None,
            lambda error: self._not(error) if turn == self._asked else None,
            owner=self,
        )

    def _show(self, state: "NextYearState") -> None:
        self._state = state
        self.year.blockSignals(True)
        self.year.setValue(state.year)
        self.year.blockSignals(False)
        self.taken.show_pairs(state.taken)
        self.taken.show()
        self.look_at.say("attention", "新建后请核对" if state.look_at else "", "\n".join(state.look_at))
        self.act.setText(f"新建{state.year}年度")
        allow(self.act)
        self.refuse("")
        QTimer.singleShot(0, self, self.fit)  # the words just made count once they are shown

    def _not(self, error: BaseException) -> None:
        """The year cannot be begun: say why, and show nothing that would be taken over."""
        self.taken.hide()
        self.look_at.say("attention", "")
        self.act.setText("新建年度")
        self.setEnabled(True)
        if isinstance(error, Refused) and not error.details:
            allow(self.act, error.message)
            self.refuse(error.message)
        else:
            self.reject()
            prompts.show_error(self.parentWidget(), error)

    def send(self) -> None:
        """Begin the year that is shown."""
        state = self._state
        if state is None or not self.act.isEnabled():
            return
        self.wait()
        self._worker.submit(lambda _progress: self._begin(state), self._done, self._not, owner=self)

    def _done(self, rail: RailState) -> None:
        self.accept()
        self.begun.emit(rail)
