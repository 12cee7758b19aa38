"""How is something affirmed that one click must not do: a summary, and the officer's passphrase."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from gaoxin_vote.gui.kit.dialog import FieldsDialog
from gaoxin_vote.gui.kit.passphrase import PassphraseField


class AffirmDialog(FieldsDialog):
    """Calls `then(passphrase)`; whether it is the right one is asked by who acts."""

    def __init__(
        self,
        parent: QWidget,
        heading: str,
        words: str,
        act: str,
        then: Callable[[str], object],
        *,
        danger: bool = False,
    ) -> None:
        super().__init__(parent, heading, words, act, danger=danger)
        self._affirmed = then
        self.passphrase = PassphraseField("考核办口令")
        self.passphrase.line.returnPressed.connect(self.send)
        self.ask_fields()
        self.field("考核办口令", self.passphrase)

    def ask_fields(self) -> None:
        """The fields that stand above the passphrase; none unless a kind of dialog has some."""

    def complete(self) -> bool:
        """Whether those are filled in; says what is missing."""
        return True

    def affirmed(self, passphrase: str) -> None:
        """Go on."""
        self._affirmed(passphrase)

    def send(self) -> None:
        """Go on once all is filled in."""
        if not self.complete():
            return
        if not self.passphrase.text:
            self.refuse("请输入考核办口令。", self.passphrase)
            return
        passphrase = self.passphrase.take()
        self.accept()
        self.affirmed(passphrase)
