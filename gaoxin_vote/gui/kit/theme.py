"""What does every window look like: colours, type, spacing, high contrast?

`start(app)` once, then `apply(app, look)` whenever the font setting or contrast changes. Widgets ask for
their look by a property, never by a stylesheet of their own::

    button.setProperty("role", "primary")      # primary, danger, quiet
    label.setProperty("role", "page-title")    # page-title, card-title, figure, strong, muted, small, …
    frame.setProperty("role", "card")          # card, rail, strip, notice (kind: attention, stop, done)

A widget that paints itself takes `current().colours` and `current().px(34)`; one whose property changes
while it is shown calls `restyle(widget)`.
"""

from dataclasses import dataclass
from functools import cache

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from gaoxin_vote.resources import resource

SCALES = (100, 115, 130, 150)
"""The font settings on offer, in percent."""


@dataclass(frozen=True, slots=True)
class Colours:
    """The colour tokens, as ``#RRGGBB``; none of them carries meaning without a word or sign beside it."""

    ink: str = "#1B2430"
    muted: str = "#5B6776"
    ground: str = "#F4F6F8"
    card: str = "#FFFFFF"
    line: str = "#D9DFE6"
    field_line: str = "#8A96A5"
    """Frames of what can be typed into or pressed: 3 to 1 against the card."""
    blue: str = "#1D4E89"
    blue_dark: str = "#163E6E"
    on_blue: str = "#FFFFFF"
    tint: str = "#E8F0F9"
    head: str = "#EFF3F7"
    rail: str = "#16283D"
    rail_chosen: str = "#24436A"
    rail_ink: str = "#FFFFFF"
    rail_muted: str = "#B4C0CE"
    green: str = "#2E7D32"
    amber: str = "#9A5B00"
    red: str = "#B3261E"
    green_ground: str = "#EAF4EA"
    amber_ground: str = "#FFF4E0"
    red_ground: str = "#FCEBEA"
    focus_ground: str = "#FFF8E6"
    disabled_ink: str = "#6B7683"
    disabled_ground: str = "#E9EDF1"


CALM = Colours()
CONTRAST = Colours(
    ink="#000000",
    muted="#000000",
    ground="#FFFFFF",
    line="#000000",
    field_line="#000000",
    blue="#000000",
    blue_dark="#000000",
    tint="#FFFFFF",
    head="#FFFFFF",
    rail="#000000",
    rail_chosen="#000000",
    rail_muted="#FFFFFF",
    green="#000000",
    amber="#000000",
    red="#000000",
    green_ground="#FFFFFF",
    amber_ground="#FFFFFF",
    red_ground="#FFFFFF",
    focus_ground="#FFFFFF",
    disabled_ink="#595959",
    disabled_ground="#FFFFFF",
)


@dataclass(frozen=True, slots=True)
class Look:
    """The font setting and contrast somebody chose."""

    scale: int = 100
    """Percent, one of `SCALES`."""
    high_contrast: bool = False

    @property
    def colours(self) -> Colours:
        """The tokens of this look."""
        return CONTRAST if self.high_contrast else CALM

    @property
    def frame(self) -> int:
        """Width of frames in pixels."""
        return 3 if self.high_contrast else 1

    def px(self, size: float) -> int:
        """`size`, given for the normal font setting, in pixels of this one."""
        return round(size * self.scale / 100)

    def larger(self) -> "Look":
        """The next larger font setting, or this one."""
        return Look(
            min((scale for scale in SCALES if scale > self.scale), default=self.scale), self.high_contrast
        )

    def smaller(self) -> "Look":
        """The next smaller font setting, or this one."""
        return Look(
            max((scale for scale in SCALES if scale < self.scale), default=self.scale), self.high_contrast
        )

    def with_contrast(self, high: bool) -> "Look":
        """This look with or without high contrast."""
        return Look(self.scale, high)


_look = Look()


def current() -> Look:
    """The look applied last."""
    return _look


@cache
def family() -> str:
    """The family of the bundled interface font, loaded at the first call (needs an application)."""
    families: list[str] = []
    for path in sorted(resource("fonts").glob("NotoSansSC*.ttf")):
        number = QFontDatabase.addApplicationFont(str(path))
        families += QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    return families[0] if families else "Noto Sans SC"


def start(app: QApplication, look: Look | None = None) -> None:
    """Load the fonts and dress `app`."""
    app.setStyle("Fusion")
    apply(app, look or Look())


def apply(app: QApplication, look: Look) -> None:
    """Dress `app` in `look`; open windows follow at once."""
    global _look
    _look = look
    font = QFont(family())
    font.setPixelSize(look.px(13))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    app.setFont(font)
    app.setPalette(palette(look))
    app.setStyleSheet(stylesheet(look))


def restyle(widget: QWidget) -> None:
    """Dress `widget` again after one of its properties has changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def palette(look: Look) -> QPalette:
    """What Fusion itself draws (check boxes, scroll bars, carets) in the colours of `look`."""
    c, role = look.colours, QPalette.ColorRole
    made = QPalette()
    for which, colour in (
        (role.Window, c.ground),
        (role.WindowText, c.ink),
        (role.Base, c.card),
        (role.AlternateBase, c.ground),
        (role.Text, c.ink),
        (role.Button, c.card),
        (role.ButtonText, c.ink),
        (role.Highlight, c.blue),
        (role.HighlightedText, c.on_blue),
        (role.Accent, c.blue),
        (role.Link, c.blue),
        (role.ToolTipBase, c.ink),
        (role.ToolTipText, c.card),
        (role.PlaceholderText, c.muted),
    ):
        made.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, which, QColor(c.disabled_ink))
    return made


def stylesheet(look: Look) -> str:
    """The one stylesheet of the program."""
    from gaoxin_vote.gui.kit.stylesheet import sheet

    return sheet(look)
