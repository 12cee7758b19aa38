"""What does a small dialog with lines to fill in look like?"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QLayout, QWidget

from gaoxin_vote.gui.kit import theme
from gaoxin_vote.gui.kit.parts import button, column, label, row


class FieldsDialog(QDialog):
    """A heading, what it is about, some lines, and one thing to do; it closes when that has been done."""

    def __init__(self, parent: QWidget, heading: str, words: str, act: str, *, danger: bool = False) -> None:
        super().__init__(parent)
        self.setWindowTitle(heading)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._width = theme.current().px(560)
        self.setFixedWidth(self._width)
        self._first: QWidget | None = None
        self.again: QWidget | None = None
        """Where the person goes on when what was sent is refused."""
        self.lines = column(spacing=12)
        self.trouble = label("", "attention", wrap=True)
        self.trouble.hide()
        self.act = button(act, self.send, "danger" if danger else "primary")
        self.act.setDefault(not danger)
        self.cancel = button("取消", self.reject)
        self._main = column(
            label(heading, "page-title", wrap=True),
            label(words, "muted", wrap=True),
            self.lines,
            self.trouble,
            row(1, self.cancel, self.act),
            spacing=14,
        )
        self._main.setContentsMargins(28, 22, 28, 20)
        self.setLayout(self._main)

    def field(self, name: str, content: QWidget | QLayout, hint: str = "") -> None:
        """Append a line with its name above and perhaps a hint below."""
        if self._first is None and isinstance(content, QWidget):
            self._first = content
        pieces: list[QWidget | QLayout | int] = [label(name, "strong"), content]
        pieces += [label(hint, "small", wrap=True)] if hint else []
        self.lines.addLayout(column(*pieces, spacing=5))

    def refuse(self, words: str, place: QWidget | None = None) -> None:
        """Say in place what has to be mended."""
        self.trouble.setText(words)
        self.trouble.setVisible(bool(words))
        self.fit()
        if place is not None:
            place.setFocus()

    def wait(self) -> None:
        """What was sent is being done; until then nothing can be changed."""
        self.setEnabled(False)

    def refused(self, words: str) -> None:
        """It was refused: nothing is lost, and it can be sent again."""
        self.setEnabled(True)
        self.refuse(words, self.again)

    def fit(self) -> None:
        """Be as high as the lines need at this width, no higher."""
        self._main.activate()
        self.setFixedHeight(self._main.totalHeightForWidth(self._width))

    def showEvent(self, event: QShowEvent) -> None:
        """Qt: lines have been filled in."""
        super().showEvent(event)
        self.fit()
        if self._first is not None:
            self._first.setFocus()

    def send(self) -> None:
        """What the button does."""
        raise NotImplementedError
