"""How does the desk hide itself from those who pass by, and who gets it back?"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtWidgets import QWidget

from gaoxin_vote.errors import GaoxinVoteError
from gaoxin_vote.gui.kit import prompts, theme
from gaoxin_vote.gui.kit.application import application
from gaoxin_vote.gui.kit.parts import Card, button, column, label, row
from gaoxin_vote.gui.kit.passphrase import PassphraseField

_INPUT = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    }
)


class LockPage(QWidget):
    """Nothing but a line for the officer's passphrase. The booth is a window of its own and goes on."""

    unlock_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self.setAccessibleName("已锁定")
        self.passphrase = PassphraseField("工作区口令", "请输入工作区口令")
        self.unlock = button("解锁", self._try, "primary")
        self.passphrase.line.returnPressed.connect(self._try)
        self.trouble = label("", "attention", wrap=True)
        card = Card("已锁定", accessible="解锁")
        card.setFixedWidth(theme.current().px(440))
        card.add(
            label("投票间不受影响。输入工作区口令后回到原处。", "muted", wrap=True),
            self.passphrase,
            self.trouble,
            row(1, self.unlock),
        )
        self.setLayout(column(1, row(1, card, 1), 2))

    def ask(self) -> None:
        """Show an empty line."""
        self.trouble.setText("")
        self.passphrase.wipe()
        self.unlock.setEnabled(True)
        self.passphrase.setFocus()

    def refuse(self, error: BaseException) -> None:
        """The passphrase was not accepted."""
        self.unlock.setEnabled(True)
        if isinstance(error, GaoxinVoteError):
            self.trouble.setText(error.message)
        else:
            prompts.show_error(self, error)
        self.passphrase.setFocus()

    def _try(self) -> None:
        if self.unlock.isEnabled() and self.passphrase.text:
            self.unlock.setEnabled(False)
            self.trouble.setText("")
            self.unlock_wanted.emit(self.passphrase.take())


class IdleWatch(QObject):
    """Calls `idle` after some minutes without input in the desk's own windows; the booth's do not count."""

    def __init__(self, parent: QWidget, minutes: float, idle: Callable[[], object]) -> None:
        super().__init__(parent)
        self._desk = parent
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(idle)
        self.wait(minutes)
        self._watch(QGuiApplication.focusWindow())
        application().focusWindowChanged.connect(self._watch)

    def wait(self, minutes: float) -> None:
        """Begin to wait anew, for `minutes`."""
        self._timer.start(round(minutes * 60_000))

    def _watch(self, window: QWindow | None) -> None:
        # Input reaches a window object first; watching these few objects costs nothing, unlike watching all.
        desk = self._desk.window().windowHandle()
        root = window
        while root is not None and root.transientParent() is not None:
            root = root.transientParent()
        if window is not None and root is desk:
            window.removeEventFilter(self)
            window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Qt: any input begins the waiting anew."""
        if event.type() in _INPUT:
            self._timer.start()
        return False
