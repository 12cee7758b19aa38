"""Which small pieces are the windows made of?"""

import html
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from gaoxin_vote.gui.kit import theme
from gaoxin_vote.gui.kit.roles import ButtonRole, LabelRole, Tone

L = TypeVar("L", bound=QBoxLayout)


def label(text: str = "", role: LabelRole = "", *, wrap: bool = False, select: bool = False) -> QLabel:
    """A label that shows `text` as it stands, never as rich text."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("role", role)
    made.setWordWrap(wrap)
    if select:
        made.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
    return made


def set_role(widget: QWidget, role: LabelRole | ButtonRole) -> None:
    """Dress `widget` as `role` from now on."""
    if widget.property("role") != role:
        widget.setProperty("role", role)
        theme.restyle(widget)


def button(text: str, pressed: Callable[[], object], role: ButtonRole = "") -> QPushButton:
    """A push button that calls `pressed`."""
    made = QPushButton(text)
    made.setProperty("role", role)
    made.setAutoDefault(False)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    made.clicked.connect(lambda: pressed())
    return made


def allow(widget: QWidget, reason: str = "") -> None:
    """Enable `widget` when `reason` is empty; else disable it, and tooltip and screen reader say why."""
    widget.setEnabled(not reason)
    set_tip(widget, reason)
    widget.setAccessibleDescription(reason)


def set_tip(widget: QWidget, text: str) -> None:
    """A tooltip that shows `text` as it stands."""
    widget.setToolTip(tip_text(text))


def tip_text(text: str) -> str:
    """`text` for a tooltip, which takes anything with a tag in it for rich text."""
    return f"<span>{html.escape(text)}</span>" if "<" in text else text


def row(*pieces: QWidget | QLayout | int, spacing: int = 8) -> QHBoxLayout:
    """`pieces` side by side; a number is room that stretches by so many parts."""
    return _fill(QHBoxLayout(), pieces, spacing)


def column(*pieces: QWidget | QLayout | int, spacing: int = 8) -> QVBoxLayout:
    """`pieces` below each other; a number is room that stretches by so many parts."""
    return _fill(QVBoxLayout(), pieces, spacing)


def _fill(layout: L, pieces: tuple[QWidget | QLayout | int, ...], spacing: int) -> L:
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(spacing)
    _fill_on(layout, pieces)
    return layout


def _fill_on(layout: QBoxLayout, pieces: tuple[QWidget | QLayout | int, ...]) -> None:
    for piece in pieces:
        if isinstance(piece, int):
            layout.addStretch(piece)
        elif isinstance(piece, QWidget):
            layout.addWidget(piece)
        else:
            layout.addLayout(piece)


class Card(QFrame):
    """A white surface with a title, a word at the right of it, and a column of content."""

    def __init__(self, title: str = "", *, accessible: str = "") -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setAccessibleName(accessible or title)
        self.title = label(title, "card-title")
        self.word = label("", "muted")
        self.content = QVBoxLayout(self)
        self.content.setContentsMargins(20, 16, 20, 16)
        self.content.setSpacing(10)
        self._top = row(self.title, 1, self.word)
        if title:
            self.content.addLayout(self._top)

    def add_at_title(self, piece: QWidget) -> None:
        """Put `piece` at the right end of the line with the title."""
        self._top.addWidget(piece)

    def add(self, *pieces: QWidget | QLayout | int) -> None:
        """Append `pieces` below each other; a number is room that stretches."""
        _fill_on(self.content, pieces)


class PairsCard(Card):
    """Names at the left, values at the right; values can be selected."""

    def __init__(self, title: str = "", *, accessible: str = "", columns: int = 1) -> None:
        super().__init__(title, accessible=accessible)
        self._columns = columns
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(18)
        self._grid.setVerticalSpacing(9)
        for place in range(columns):
            self._grid.setColumnStretch(2 * place + 1, 1)
        self.add(self._grid)

    def show_pairs(self, pairs: tuple[tuple[str, str], ...]) -> None:
        """Show these names and values."""
        while (old := self._grid.takeAt(0)) is not None:
            if widget := old.widget():
                widget.deleteLater()
        rows = -(-len(pairs) // self._columns)
        for number, (name, value) in enumerate(pairs):
            shown = label(value, wrap=True, select=True)
            shown.setAccessibleName(f"{name}：{value}")
            place, row_number = divmod(number, max(rows, 1))
            self._grid.addWidget(label(name, "muted"), row_number, 2 * place, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(shown, row_number, 2 * place + 1, Qt.AlignmentFlag.AlignTop)


class Figure(QWidget):
    """A large number with its name below."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._number = label("–", "figure")
        self._name = label(name, "muted")
        for piece in (self._number, self._name):
            piece.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setLayout(column(self._number, self._name, spacing=2))
        self.show_number("–")

    def show_number(self, number: int | str) -> None:
        """Show `number`."""
        self._number.setText(str(number))
        self.setAccessibleName(f"{self._name.text()} {number}")


class Banner(QFrame):
    """A coloured box with a word that says what it is about."""

    def __init__(
        self, tone: Tone = "plain", heading: str = "", text: str = "", *, large: bool = False
    ) -> None:
        super().__init__()
        self.setProperty("role", "banner")
        self._heading = label("", "page-title" if large else "strong", wrap=True)
        self._text = label("", wrap=True, select=True)
        inner = column(self._heading, self._text, spacing=4)
        inner.setContentsMargins(14, 10, 14, 10)
        self.setLayout(inner)
        self.say(tone, heading, text)

    def say(self, tone: Tone, heading: str, text: str = "") -> None:
        """Show these words; without words the banner is hidden."""
        self.setProperty("tone", tone)
        theme.restyle(self)
        self._heading.setText(heading)
        self._text.setText(text)
        self._heading.setVisible(bool(heading))
        self._text.setVisible(bool(text))
        self.setVisible(bool(heading or text))


def rule() -> QFrame:
    """A hairline."""
    made = QFrame()
    made.setProperty("role", "rule")
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return made


def scrolling(content: QWidget) -> QScrollArea:
    """`content` in an area that scrolls when the window is too low for it."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it follows what has the keyboard, and never takes it
    content.setProperty("role", "ground")
    area.setWidget(content)
    return area


def filled(layout: QLayout) -> QWidget:
    """A widget that holds `layout`."""
    made = QWidget()
    made.setLayout(layout)
    return made
