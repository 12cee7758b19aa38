"""Which drawing stands for what, in the colour of the place where it stands?"""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from gaoxin_vote.gui.kit import theme
from gaoxin_vote.resources import resource


class Icon(QWidget):
    """One outline; follows the font setting and contrast. Says nothing: the word beside it does."""

    def __init__(self, name: str, token: str = "blue", size: int = 22) -> None:
        super().__init__()
        self._name, self._token, self._size = name, token, size
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFixedSize(theme.current().px(size), theme.current().px(size))

    def set_token(self, token: str) -> None:
        """Draw it in this colour token from now on."""
        self._token = token
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt: draw it in the present colours."""
        look = theme.current()
        colour = getattr(look.colours, self._token if self.isEnabled() else "disabled_ink")
        painter = QPainter(self)
        painter.drawPixmap(0, 0, pixmap(self._name, colour, look.px(self._size), self.devicePixelRatioF()))
        painter.end()


@lru_cache(maxsize=256)
def pixmap(name: str, colour: str, size: int, ratio: float = 1) -> QPixmap:
    """The outline `name` of ``resources/icons`` in `colour`, `size` pixels square.

    `ratio` is the number of device pixels to a pixel; empty where there is no such drawing.
    """
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
