"""How are the digits of a code typed, taken back and mended? Without Qt."""

from dataclasses import dataclass

from gaoxin_vote.gui.booth.state import CODE_DIGITS


@dataclass(slots=True, repr=False)
class CodeEntry:
    """The digits up to now, and where the next one goes. It holds a code, so it never says what it is."""

    digits: str = ""
    mending: int | None = None
    """The digit that is being mended, else the end."""
    stale: bool = False
    """The next digit begins a new code."""

    @property
    def missing(self) -> int:
        """How many digits are to come."""
        return CODE_DIGITS - len(self.digits)

    @property
    def place(self) -> int:
        """Where the next digit goes, from 0."""
        whole = len(self.digits)
        return whole if self.mending is None else min(self.mending, whole)

    def take(self, digit: str) -> bool:
        """One digit more; whether there was a place for it.

        In a whole code it takes the place of the wrong one, else there is room for it.
        """
        if self.stale:
            self.digits, self.stale = "", False
        place = self.place
        if place >= CODE_DIGITS:
            return False
        rest = self.digits[place + (self.missing == 0) :]
        self.digits = self.digits[:place] + digit + rest
        self.mending = None if self.mending is None else place + 1
        return True

    def erase(self) -> None:
        """Take the digit before the place back; after a mistyped code the digits stay to be mended."""
        place = self.place
        self.digits = self.digits[: max(place - 1, 0)] + self.digits[place:]
        self.mending = None if self.mending is None else max(place - 1, 0)
        self.stale = False

    def go_to(self, place: int) -> None:
        """Go to one digit, to mend it without typing all of them again."""
        self.mending = max(0, min(place, len(self.digits)))
        self.stale = False
