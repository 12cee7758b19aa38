"""Which drawing stands for what, in the colour of the place where it stands?"""

from functools import lru_cache
from typing import Literal

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from gaoxin_vote.gui.kit import theme
from gaoxin_vote.resources import resource

IconName = Literal[
    "arrow-left",
    "arrow-right",
    "attention",
    "audit",
    "backspace",
    "check",
    "close",
    "contrast",
    "current",
    "download",
    "eye",
    "folder",
    "font-larger",
    "font-smaller",
    "indicator",
    "key",
    "lock",
    "pause",
    "person",
    "play",
    "printer",
    "report",
    "search",
    "session",
    "setup",
    "standing",
    "stop",
    "tally",
    "unlock",
    "usb",
    "warning",
]
"""The drawings in ``resources/icons``."""
IconColour = Literal["blue", "on_blue", "amber", "red"]
"""Colours of a look in which an icon may stand."""


class Icon(QWidget):
    """One drawing in the present font setting and contrast; for screen readers the word beside it speaks."""

    def __init__(self, name: IconName, colour: IconColour = "blue", size: int = 22) -> None:
        super().__init__()
        self._name: IconName = name
        self._colour: IconColour = colour
        self._size = size
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFixedSize(theme.current().px(size), theme.current().px(size))

    def set_colour(self, colour: IconColour) -> None:
        """Draw it in this colour from now on."""
        self._colour = colour
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt: draw it in the present colours."""
        look = theme.current()
        colour = getattr(look.colours, self._colour if self.isEnabled() else "disabled_ink")
        painter = QPainter(self)
        painter.drawPixmap(0, 0, pixmap(self._name, colour, look.px(self._size), self.devicePixelRatioF()))
        painter.end()


@lru_cache(maxsize=256)
def pixmap(name: IconName, colour: str, size: int, ratio: float = 1) -> QPixmap:
    """The outline `name` in `colour`, `size` pixels square, of which each is `ratio` device pixels wide."""
    made = QPixmap(round(size * ratio), round(size * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    path = resource(f"icons/{name}.svg")
    if path.is_file():
        from PySide6.QtSvg import QSvgRenderer

        drawing = path.read_bytes().replace(b"currentColor", colour.encode())
        painter = QPainter(made)
        QSvgRenderer(QByteArray(drawing)).render(painter, QRectF(0, 0, size, size))
        painter.end()
    return made
