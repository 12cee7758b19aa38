"""What does a small dialog with lines to fill in look like, and how large may any dialog be?"""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QLayout, QWidget

from gaoxin_vote.gui.kit import theme
from gaoxin_vote.gui.kit.parts import button, column, filled, label, row, scrolling

_FRAME = 24
"""Pixels that a dialog leaves of the window it belongs to."""


def room_for(dialog: QDialog) -> QSize:
    """How large `dialog` may be: within the window it belongs to, or the screen."""
    parent = dialog.parentWidget()
    window = parent.window() if parent is not None else None
    room = window.size() if window is not None and window.isVisible() else dialog.screen().availableSize()
    return room - QSize(_FRAME, _FRAME)


def resize_within(dialog: QDialog, width: int, height: int) -> None:
    """Give `dialog` a size, in pixels at the normal font setting, but no more than there is room for."""
    look = theme.current()
    dialog.resize(QSize(look.px(width), look.px(height)).boundedTo(room_for(dialog)))


class FieldsDialog(QDialog):
    """A heading, what it is about, some lines, and one thing to do; it closes when that has been done."""

    def __init__(self, parent: QWidget, heading: str, words: str, act: str, *, danger: bool = False) -> None:
        super().__init__(parent)
        self.setWindowTitle(heading)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._width = min(theme.current().px(560), room_for(self).width())
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
        # What is filled in scrolls where the screen is low; heading and buttons never do.
        self._inner = filled(self.lines)
        self._area = scrolling(self._inner)
        self._main = column(
            label(heading, "page-title", wrap=True),
            label(words, "muted", wrap=True),
            self._area,
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
        margins = self._main.contentsMargins()
        needed = _height(self._inner, self._width - margins.left() - margins.right())
        self._area.setVisible(needed > 0)
        self._area.setFixedHeight(needed)
        self._main.activate()
        over = self._main.totalHeightForWidth(self._width) - room_for(self).height()
        if over > 0:
            self._area.setFixedHeight(max(needed - over, theme.current().px(100)))
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


def _height(content: QWidget, width: int) -> int:
    """What `content` needs at this width."""
    layout = content.layout()
    if layout is None:
        return 0
    layout.activate()
    return (
        layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else layout.totalSizeHint().height()
    )
