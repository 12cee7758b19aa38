"""How is a picture of the running program taken, small and always alike?"""

import io
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer, QEventLoop, QPoint, QSize, QTimer
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QDialog

from gaoxin_vote.gui.kit.page import Page
from gaoxin_vote.gui.shell.window import DeskWindow
from gaoxin_vote.stages import YearStage
from tests.gui.cut import cut

SIZES = (QSize(1366, 768), QSize(1920, 1080))
PASSPHRASE = "officer-2017-words"
_FLAT, _OTHERS = 48, 64
"""Colours of a picture: the most frequent ones exactly (surfaces), and some that cover the rest (type)."""


class Camera:
    """Takes numbered pictures of the window and the boxes above it, at every size."""

    def __init__(self, folder: Path, window: DeskWindow, sizes: tuple[QSize, ...] = SIZES) -> None:
        self._folder, self._window, self._sizes = folder, window, sizes
        self._number = 0
        self.cut: list[str] = []
        """What could not be read, as ``name: what``."""

    def take(self, name: str) -> None:
        """Picture what is shown now."""
        self._number += 1
        for size in self._sizes:
            self._window.resize(size)
            pause(120)
            boxes = [box for box in self._window.findChildren(QDialog) if box.isVisible()]
            shown = boxes[-1] if boxes else self._window
            self.cut += [f"{self._number:02}-{name} {size.width()}: {words}" for words in cut(shown)]
            save(self._whole(), self._folder, size, f"{self._number:02}-{name}")

    def _whole(self) -> QPixmap:
        picture = self._window.grab()
        boxes = [box for box in self._window.findChildren(QDialog) if box.isVisible()]
        painter = QPainter(picture)
        for box in boxes:
            painter.fillRect(picture.rect(), QColor(20, 30, 45, 90))
            drawn = box.grab()
            corner = QPoint((picture.width() - drawn.width()) // 2, (picture.height() - drawn.height()) // 2)
            painter.drawPixmap(corner, drawn)
            painter.setPen(QColor("#5B6776"))
            painter.drawRect(drawn.rect().translated(corner).adjusted(-1, -1, 0, 0))
        painter.end()
        return picture


def save(picture: QPixmap, folder: Path, size: QSize, name: str) -> None:
    """Write `picture` as a small PNG."""
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")
    path = folder / f"{size.width()}x{size.height()}" / f"{name}.png"
    path.parent.mkdir(parents=True, exist_ok=True)
    with Image.open(io.BytesIO(buffer.data().data())) as image:
        _with_few_colours(image.convert("RGB")).save(path, optimize=True)


def _with_few_colours(image: Image.Image) -> Image.Image:
    counted = sorted(image.getcolors(1 << 24) or [], reverse=True)
    flat = [colour for _count, colour in counted[:_FLAT] if isinstance(colour, tuple)]
    others = image.quantize(_OTHERS, method=Image.Quantize.MAXCOVERAGE).getpalette() or []
    palette = Image.new("P", (1, 1))
    palette.putpalette([*(part for colour in flat for part in colour), *others[: 3 * _OTHERS]])
    return image.quantize(palette=palette, dither=Image.Dither.NONE)


def pause(milliseconds: int) -> None:
    """Let the event loop run."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


class Officer:
    """Somebody at the desk: presses buttons and waits for what comes of it."""

    def __init__(self, window: DeskWindow) -> None:
        self.window = window

    def wait(self) -> None:
        """Until nothing is under way."""
        pause(60)
        while self.window.worker.busy:
            pause(40)
        pause(80)

    def page(self) -> Page:
        """The page that is shown."""
        page = self.window.desk.shown_page
        assert page is not None
        return page

    def box(self) -> QDialog:
        """The box that was opened last."""
        return [box for box in self.window.findChildren(QDialog) if box.isVisible()][-1]

    def go(self, stage: YearStage) -> Page:
        """Go to a stage."""
        self.window.show_stage(stage)
        self.wait()
        return self.page()
