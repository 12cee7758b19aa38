"""Which scheme does the year begin with?"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPlainTextEdit, QRadioButton, QVBoxLayout

from gaoxin_vote.gui.kit.parts import Card, button, label, row


class SchemePanel(Card):
    """The schemes that ship with the program, their text, and a way to bring one's own."""

    chosen = Signal(str)
    """The scheme's text."""
    file_wanted = Signal()

    def __init__(self) -> None:
        super().__init__("选择考核方案")
        self._texts: tuple[str, ...] = ()
        self._group = QButtonGroup(self)
        self._buttons = QVBoxLayout()
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName("方案全文")
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.begin = button("采用此方案", self._send, "primary")
        self.from_file = button("从文件导入…", self.file_wanted.emit)
        self.add(
            label(
                "方案写明各部分分值、名额、加减分和评议投票办法。下面是全文，每一项后面注明了作用和出处。",
                "muted",
                wrap=True,
            ),
            self._buttons,
            self.text,
            row(self.begin, self.from_file, 1),
        )
        self.content.setStretchFactor(self.text, 1)
        self._group.idToggled.connect(self._show_text)

    def show_schemes(self, schemes: tuple[tuple[str, str], ...]) -> None:
        """Offer these: title and text of each."""
        texts = tuple(text for _title, text in schemes)
        if texts == self._texts:
            return
        self._texts = texts
        for number, (title, _text) in enumerate(schemes):
            piece = QRadioButton(title)
            self._group.addButton(piece, number)
            self._buttons.addWidget(piece)
        if schemes:
            self._group.button(0).setChecked(True)

    def _show_text(self, number: int, checked: bool) -> None:
        if checked:
            self.text.setPlainText(self._texts[number])

    def _send(self) -> None:
        if (number := self._group.checkedId()) >= 0:
            self.chosen.emit(self._texts[number])
