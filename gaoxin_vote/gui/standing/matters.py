"""What must be settled first, and where: every matter with the way there."""

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from gaoxin_vote.gui.kit import theme
from gaoxin_vote.gui.kit.parts import button, column, filled, label, row, rule, scrolling
from gaoxin_vote.gui.kit.roles import Tone
from gaoxin_vote.gui.standing.state import OpenMatter

_HIGHEST = 170
"""Pixels at the normal font setting that the list may take; more of it is scrolled to."""


class MattersBanner(QFrame):
    """A heading, and below it a list that scrolls: what it is about, and buttons that lead there."""

    destination_wanted = Signal(object)
    """Where the person wants to go: a `Destination`."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "banner")
        self.heading = label("", "strong", wrap=True)
        self.ways: list[QPushButton] = []
        self._shown: tuple[OpenMatter, ...] = ()
        self._lines = column(spacing=8)
        self._lines.setContentsMargins(0, 0, 8, 0)
        inner = filled(self._lines)
        self.area = scrolling(inner)
        inner.setProperty("role", "")  # it lies on the banner's own ground
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # read with the arrow keys
        self.area.setAccessibleName("须先解决的问题")
        for piece in (inner, self.area.viewport()):
            piece.setAutoFillBackground(False)
        inner.installEventFilter(self)
        outer = column(self.heading, self.area, spacing=6)
        outer.setContentsMargins(14, 10, 14, 10)
        self.setLayout(outer)
        self.hide()

    def say(self, tone: Tone, heading: str, matters: tuple[OpenMatter, ...]) -> None:
        """Show these; without any the banner is hidden."""
        self.setProperty("tone", tone)
        theme.restyle(self)
        self.heading.setText(heading)
        if matters != self._shown:
            self._shown = matters
            self._fill(matters)
        self.setVisible(bool(matters))

    def _fill(self, matters: tuple[OpenMatter, ...]) -> None:
        while (old := self._lines.takeAt(0)) is not None:
            if widget := old.widget():
                widget.hide()
                widget.deleteLater()
        self.ways = []
        for place, matter in enumerate(matters):
            if place:
                self._lines.addWidget(rule())
            self._lines.addWidget(self._line(matter))
        self._lines.addStretch(1)

    def _line(self, matter: OpenMatter) -> QWidget:
        many = len(matter.messages) > 1
        heading = f"{matter.heading}（{len(matter.messages)}个）" if many else matter.heading
        words = column(label(heading, "strong"), spacing=2)
        if not matter.heading:
            words = column(spacing=2)
        words.addWidget(label("\n".join(matter.messages), wrap=True, select=True))
        line = row(words, spacing=12)
        line.setStretch(0, 1)
        for way in matter.ways:
            made = button(way.words, partial(self.destination_wanted.emit, way.destination))
            made.setAccessibleDescription(matter.messages[0])
            self.ways.append(made)
            line.addWidget(made, 0, Qt.AlignmentFlag.AlignTop)
        return filled(line)

    def _fit(self) -> None:
        """As high as the list needs, up to a limit."""
        width = self.area.viewport().width()
        needed = self._lines.totalHeightForWidth(width) if self._lines.hasHeightForWidth() else 0
        self.area.setFixedHeight(max(1, min(needed, theme.current().px(_HIGHEST))))

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Qt: the list was laid out anew, or its lines break elsewhere."""
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self._fit()
        return False
