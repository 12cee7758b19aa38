"""Which column is which, where an office has headings of its own?"""

from collections.abc import Callable

from PySide6.QtWidgets import QComboBox, QGridLayout, QSpinBox, QWidget

from gaoxin_vote.gui.intake.state import HeadingRow, Headings
from gaoxin_vote.gui.kit.dialog import FieldsDialog
from gaoxin_vote.gui.kit.parts import allow, filled, label, row

_NONE = "（不读入）"
_NEEDED = "（必填）"


class HeadingsDialog(FieldsDialog):
    """The headings of a worksheet, each with the column that it is."""

    def __init__(
        self, parent: QWidget, ask: Callable[[int], HeadingRow], then: Callable[[Headings], object]
    ) -> None:
        """`ask` gives the headings in a row, 0: where they seem to be; `then` gets what is said of them."""
        words = "左边是文件中的列名，右边选择它是哪一列。导入后记住，以后同样的文件不必再选。"
        super().__init__(parent, "对照列名", words, "按此读入")
        self._ask, self._then = ask, then
        self.number = QSpinBox()
        self.number.setAccessibleName("列名在第几行")
        self.boxes: dict[str, QComboBox] = {}
        """What each heading is said to be; those that are known need no saying."""
        self._known: dict[str, str] = {}
        self._place = row(spacing=0)
        self.lines.addLayout(row(label("列名在第"), self.number, label("行"), 1))
        self.lines.addLayout(self._place)
        found = ask(0)
        self.number.setRange(1, found.last)
        self.number.setValue(found.number)
        self._show(found)
        self.number.valueChanged.connect(lambda number: self._show(self._ask(number)))

    def _show(self, found: HeadingRow) -> None:
        while (old := self._place.takeAt(0)) is not None:
            if widget := old.widget():
                widget.hide()
                widget.deleteLater()
        self.boxes, self._known = {}, {}
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setColumnStretch(1, 1)
        headings = dict(found.choices)
        for number, line in enumerate(found.lines):
            grid.addWidget(label(line.text, "strong", wrap=True), number, 0)
            if line.is_known:
                self._known[line.field] = line.text
                grid.addWidget(
                    label(f"{headings[line.field].removesuffix(_NEEDED)}　已认出", "muted"), number, 1
                )
                continue
            box = self.boxes[line.text] = QComboBox()
            box.setAccessibleName(f"“{line.text}”是哪一列")
            box.addItem(_NONE, "")
            for field, heading in found.choices:
                box.addItem(heading, field)
            box.setCurrentIndex(max(0, box.findData(line.field)))
            grid.addWidget(box, number, 1)
        if not found.lines:
            grid.addWidget(label("这一行没有列名，请换一行。", "muted"), 0, 0)
        self._place.addWidget(filled(grid))
        allow(self.act, "" if self.boxes else "这一行没有要选择的列名")
        self.refuse("")

    def send(self) -> None:
        """Take what was chosen, where no column was chosen twice."""
        chosen = {text: str(box.currentData()) for text, box in self.boxes.items()}
        taken = dict(self._known)
        for text, field in chosen.items():
            if field and taken.setdefault(field, text) != text:
                heading = self.boxes[text].currentText().removesuffix(_NEEDED)
                words = f"“{taken[field]}”和“{text}”都选为“{heading}”，只能有一列。"
                self.refuse(words, self.boxes[text])
                return
        self.accept()
        self._then(chosen)
