"""How large and in which colours does the booth draw?"""

import math
from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QSize
from PySide6.QtGui import QFont

from gaoxin_vote.gui.kit import theme
from gaoxin_vote.gui.kit.look import Colours, Look

_DESIGN = QSize(1366, 768)
"""The screen for which all sizes are given."""


@dataclass(frozen=True, slots=True)
class BoothLook:
    """The voter's font setting and contrast, on this screen."""

    look: Look
    ratio: float = 1.0
    """How much larger the screen is than 1366×768."""

    @classmethod
    def on(cls, screen: QSize, look: Look) -> "BoothLook":
        """`look` on a screen of this size."""
        ratio = min(screen.width() / _DESIGN.width(), screen.height() / _DESIGN.height())
        return cls(look, max(0.7, ratio))

    @property
    def colours(self) -> Colours:
        """The colour tokens."""
        return self.look.colours

    @property
    def high_contrast(self) -> bool:
        """Black on white with thick frames."""
        return self.look.high_contrast

    @property
    def frame(self) -> int:
        """Width of frames in pixels."""
        return self.look.frame

    @property
    def focus_frame(self) -> int:
        """Width of the frame around what has the keyboard."""
        return 4 if self.high_contrast else 2

    def px(self, size: float) -> int:
        """A length of 1366×768 on this screen."""
        return round(size * self.ratio)

    def text_px(self, size: float) -> int:
        """A size of type of 1366×768 on this screen at the chosen setting; type grows slower than screens."""
        return self.look.px(size * math.pow(self.ratio, 0.8))

    def font(self, size: float, bold: bool = False) -> QFont:
        """The font for a size of type of 1366×768."""
        return _font(self.text_px(size), bold)

    def least_row(self) -> int:
        """The least height of a row: 34 px at 1366×768, 48 px at 1920×1080, more for large type."""
        return max(math.ceil(34 * self.ratio), round(self.text_px(17) * 1.75))


@cache
def _font(pixels: int, bold: bool) -> QFont:
    font = QFont(theme.families())
    font.setPixelSize(pixels)
    font.setBold(bold)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font
