"""Which drawing stands for what, in the colour of the place where it stands?"""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap

from gaoxin_vote.resources import resource


def icon(name: str, colour: str, size: int = 20) -> QIcon:
    """The outline `name` of ``resources/icons`` in `colour`; an empty icon where there is no such drawing."""
    made = QIcon()
    for ratio in (1, 2):
        made.addPixmap(pixmap(name, colour, size, ratio))
    return made


@lru_cache(maxsize=256)
def pixmap(name: str, colour: str, size: int, ratio: float = 1) -> QPixmap:
    """The outline `name` drawn `size` pixels square for a screen of `ratio` device pixels a pixel."""
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
