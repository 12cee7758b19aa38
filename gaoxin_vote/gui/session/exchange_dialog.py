"""Which slip is exchanged for which spare: a spoiled one, or a lost one?"""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from gaoxin_vote.domain.fingerprint import grouped
from gaoxin_vote.gui.kit.dialog import FieldsDialog
from gaoxin_vote.gui.kit.field_guard import TAKES_CODES
from gaoxin_vote.gui.session.state import CODE_DIGITS, ElectorLine


class CodeLine(QLineEdit):
    """16 digits, typed or scanned, shown in groups of four."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setProperty(TAKES_CODES, True)
        self.setPlaceholderText("16位票码，可扫码")
        self.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        self.textEdited.connect(self._group)

    @property
    def digits(self) -> str:
        """The digits alone."""
        return "".join(character for character in self.text() if character.isdigit())[:CODE_DIGITS]

    def _group(self, _text: str) -> None:
        digits = self.digits
        before = sum(character.isdigit() for character in self.text()[: self.cursorPosition()])
        self.setText(grouped(digits))
        self.setCursorPosition(min(before + max(before - 1, 0) // 4, len(self.text())))


class SpoiledDialog(FieldsDialog):
    """The code of the spoiled slip and that of the spare."""

    def __init__(self, parent: QWidget, title: str, then: Callable[[str, str], object]) -> None:
        super().__init__(
            parent,
            "作废换发票码条",
            f"{title}：票码条污损但尚未投票的，输入其票码作废，再取一张备用票码条代替。已投过票的不能换发。",
            "作废并换发",
        )
        self._then = then
        self.code, self.spare = CodeLine("作废的票码"), CodeLine("备用票码条的票码")
        self.code.returnPressed.connect(self.spare.setFocus)
        self.spare.returnPressed.connect(self.send)
        self.field("作废的票码条", self.code)
        self.field("换发的备用票码条", self.spare)

    def send(self) -> None:
        """Exchange."""
        for line, words in (
            (self.code, "请输入作废票码条的16位票码。"),
            (self.spare, "请输入备用票码条的16位票码。"),
        ):
            if len(line.digits) != CODE_DIGITS:
                self.refuse(words, line)
                return
        codes = self.code.digits, self.spare.digits
        self.accept()
        self._then(*codes)


class LostDialog(FieldsDialog):
    """Who lost the slip, the chief scrutineer's decision, and the code of the spare."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        holders: tuple[ElectorLine, ...],
        then: Callable[[str, str, str], object],
    ) -> None:
        super().__init__(
            parent,
            "遗失补发票码条",
            f"{title}：遗失的票码条不能作废，拾到的人仍可投票。补发须经总监票人同意；结束时收回票数不得多于实到人数。",
            "补发",
            danger=True,
        )
        self._then = then
        self.elector = QComboBox()
        self.elector.setAccessibleName("遗失票码条的投票人")
        for line in holders:
            self.elector.addItem(line.label, line.code)
        self.decision = QLineEdit()
        self.decision.setAccessibleName("总监票人决定")
        self.decision.setPlaceholderText("如：经当场查找未果，同意补发一张（总监票人某某）")
        self.spare = CodeLine("备用票码条的票码")
        self.spare.returnPressed.connect(self.send)
        self.field("遗失票码条的投票人", self.elector)
        self.field("总监票人决定", self.decision, "封箱时随会议记入审计日志，不记时间。")
        self.field("补发的备用票码条", self.spare)

    def send(self) -> None:
        """Replace."""
        if self.elector.currentIndex() < 0:
            self.refuse("还没有登记发出票码条，无从补发。", self.elector)
        elif not self.decision.text().strip():
            self.refuse("请写明总监票人的决定。", self.decision)
        elif len(self.spare.digits) != CODE_DIGITS:
            self.refuse("请输入备用票码条的16位票码。", self.spare)
        else:
            values = self.elector.currentData(), self.decision.text().strip(), self.spare.digits
            self.accept()
            self._then(*values)
