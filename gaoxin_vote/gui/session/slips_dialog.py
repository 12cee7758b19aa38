"""How many slips are printed, and are they drawn or named?"""

from collections.abc import Callable

from PySide6.QtWidgets import QButtonGroup, QRadioButton, QSpinBox, QWidget

from gaoxin_vote.domain.session import SlipMode
from gaoxin_vote.gui.kit.dialog import FieldsDialog
from gaoxin_vote.gui.kit.parts import column, label, row
from gaoxin_vote.gui.session.state import SlipsState

_MEANING = {
    SlipMode.DRAWN: "票码条混放，由投票人随机抽取，不对应到人。",
    SlipMode.NAMED: "票码条印有单位名称，投票时本单位自动回避；票箱里仍看不出是谁投的。",
}


class SlipsDialog(FieldsDialog):
    """Asks for mode and spares; `then(mode, spares)` makes the slips."""

    def __init__(self, parent: QWidget, state: SlipsState, then: Callable[[SlipMode, int], object]) -> None:
        super().__init__(
            parent,
            "打印票码条",
            f"{state.title}：每位投票人一张，凭16位票码（或扫码）投票一次。",
            "生成票码条…",
        )
        self._then, self._electors = then, state.electors
        self._modes = QButtonGroup(self)
        choices = []
        for number, mode in enumerate(SlipMode):
            if not state.may_choose and mode is not state.mode:
                continue
            piece = QRadioButton(mode.label)
            piece.setAccessibleDescription(_MEANING[mode])
            piece.setChecked(mode is state.mode)
            self._modes.addButton(piece, number)
            choices.append(column(piece, label(_MEANING[mode], "small", wrap=True), spacing=2))
        self.spares = QSpinBox()
        self.spares.setAccessibleName("备用票码条张数")
        self.spares.setRange(0, 500)
        self.spares.setValue(state.spares)
        self.spares.valueChanged.connect(lambda _value: self._tell())
        self._sum = label("", "muted")
        self.field("发放方式", column(*choices, spacing=4))
        self.field(
            "备用票码条",
            row(self.spares, self._sum, 1),
            "备用票码条用于作废换发和遗失补发，未发出前不能投票。",
        )
        if state.made:
            self.refuse("已经生成过票码条。重新生成后，以前打印的全部作废，请收回销毁。")
        self._tell()

    def send(self) -> None:
        """Make the slips."""
        mode = tuple(SlipMode)[self._modes.checkedId()]
        spares = self.spares.value()
        self.accept()
        self._then(mode, spares)

    def _tell(self) -> None:
        total = self._electors + self.spares.value()
        self._sum.setText(f"张；投票人{self._electors}张，共印{total}张")
