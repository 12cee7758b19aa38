"""Is nothing cut of what the booth draws, in any font setting, on any step?"""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter

from gaoxin_vote.gui.kit.look import Look
from tests.gui.booth import scenes

_DREW = QPainter.drawText
_SLACK, _LEADING = 1, 3
"""Pixels of a glyph's own margin, and of a line's that hold no ink."""


@pytest.fixture
def cut(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The texts that were drawn into too small a room."""
    found: list[str] = []

    def draw(painter: QPainter, *arguments: Any) -> Any:
        room, flags, text = (*arguments, "")[:3]
        if isinstance(room, QRect | QRectF) and len(text) > 1:  # a sign in a circle may fill it
            wrap = int(Qt.TextFlag.TextWordWrap) if flags & Qt.TextFlag.TextWordWrap else 0
            needed = painter.fontMetrics().boundingRect(
                QRect(0, 0, max(round(room.width()), 1), 10_000), wrap, text
            )
            if needed.width() > room.width() + _SLACK or needed.height() > room.height() + _LEADING:
                found.append(f"{text}：{room.width(), room.height()}，要{needed.size().toTuple()}")
        return _DREW(painter, *arguments)

    monkeypatch.setattr(QPainter, "drawText", draw)
    yield found


@pytest.mark.parametrize(
    ("scale", "size"),
    [(100, QSize(1184, 680)), (115, QSize(1184, 680)), (150, QSize(1184, 680)), (150, QSize(1366, 768))],
)
def test_nothing_that_is_drawn_is_cut(
    cut: list[str], dressed: None, monkeypatch: pytest.MonkeyPatch, scale: int, size: QSize
) -> None:
    steps = {
        name: (walk, Look(scale)) for name, (walk, look) in scenes.STEPS.items() if not look.high_contrast
    }
    monkeypatch.setattr(scenes, "STEPS", steps)
    told = {}
    for name, _picture in scenes.booth_pictures(size):
        if cut:
            told[name] = tuple(dict.fromkeys(cut))
            cut.clear()
    assert told == {}
