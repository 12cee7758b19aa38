"""Which keys are still held down from the page before?

A key that is held down must not run through one page after another. Not every window system flags what a
held key repeats, so a key counts as held until it has been let go for longer than a repeat takes.
"""

_REPEAT = 60
"""Milliseconds between letting go and pressing again that no finger achieves, but a repeated key does."""


class HeldKeys:
    """Follows the keys that are down; moments are milliseconds. Without Qt."""

    def __init__(self) -> None:
        self._down: set[int] = set()
        self._old: dict[int, int | None] = {}
        """Keys from a page before, and when each was let go, if it was."""

    def turn_page(self) -> None:
        """Another page is shown: whatever is down was meant for the one before."""
        self._old |= dict.fromkeys(self._down)

    def forget(self) -> None:
        """The keyboard goes elsewhere: nobody will tell when keys are let go."""
        self._down.clear()
        self._old.clear()

    def press(self, key: int, moment: int) -> bool:
        """Whether `key`, pressed now, is one that is held from a page before."""
        self._down.add(key)
        if key not in self._old:
            return False
        let_go, self._old[key] = self._old[key], None
        if let_go is None or 0 <= moment - let_go < _REPEAT:
            return True
        del self._old[key]
        return False

    def release(self, key: int, moment: int) -> None:
        """`key` has been let go."""
        self._down.discard(key)
        if key in self._old:
            self._old[key] = moment
