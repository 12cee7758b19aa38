"""What does the desk say while the delegates' screen does not show the booth?"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from gaoxin_vote.gui.kit.parts import button, column, label, row


class BoothNotice(QFrame):
    """Over every page of the desk, and over its lock: what has happened, what to do, and the two ways out."""

    other_screen_wanted = Signal()
    leave_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "banner")
        self.setProperty("tone", "stop")
        self.setAccessibleName("投票屏")
        self._heading = label("", "stop")
        self._text = label("", wrap=True)
        self.other = button("改用另一块屏幕…", self.other_screen_wanted.emit)
        self.leave = button("退出投票间…", self.leave_wanted.emit)
        words = column(self._heading, self._text, spacing=2)
        inner = row(words, self.other, self.leave, spacing=12)
        inner.setStretch(0, 1)
        inner.setContentsMargins(20, 8, 20, 8)
        self.setLayout(inner)
        self.hide()

    @property
    def words(self) -> str:
        """What is said now."""
        return f"{self._heading.text()} {self._text.text()}".strip()

    def say(self, heading: str, text: str = "") -> None:
        """Show these words; without a heading nothing is shown."""
        self._heading.setText(heading)
        self._text.setText(text)
        self.setVisible(bool(heading))
