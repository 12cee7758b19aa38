"""Who came for an elector?"""

from collections.abc import Callable
from enum import Enum

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from gaoxin_vote.gui.kit.dialog import FieldsDialog
from gaoxin_vote.gui.kit.parts import row
from gaoxin_vote.gui.session.state import ElectorLine


class Comer(Enum):
    """In which part somebody came; the value is the word that is noted."""

    NOBODY_NOTED = "（不写）"
    SELF = "本人"
    DELEGATE = "代表"
    PROXY = "受委托人"


class WhoCameDialog(FieldsDialog):
    """The part and the name; it stands in the list and on 签到与领票登记表."""

    def __init__(self, parent: QWidget, line: ElectorLine, then: Callable[[str], object]) -> None:
        super().__init__(
            parent,
            f"{line.label}：谁到会？",
            "写在签到名单和《签到与领票登记表》上，不记时间，也不进入选票。",
            "保存",
        )
        self._then = then
        self.part = QComboBox()
        self.part.setAccessibleName("到会身份")
        for comer in Comer:
            self.part.addItem(comer.value)
        self.name = QLineEdit()
        self.name.setAccessibleName("到会人姓名")
        self.name.returnPressed.connect(self.send)
        self.field("到会人", row(self.part, self.name))
        part, _, name = line.came.partition(" ")
        if any(part == comer.value for comer in Comer):
            self.part.setCurrentText(part)
            self.name.setText(name)

    def send(self) -> None:
        """Note it."""
        part, name = self.part.currentText(), " ".join(self.name.text().split())
        if part == Comer.NOBODY_NOTED.value and name:
            self.refuse("请选择到会身份：本人、代表或受委托人。", self.part)
            return
        self.accept()
        self._then("" if part == Comer.NOBODY_NOTED.value else f"{part} {name}".strip())
