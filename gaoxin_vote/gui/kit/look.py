"""Which looks are there: colours, font settings, high contrast?"""

from dataclasses import dataclass

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
