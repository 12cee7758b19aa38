"""How is something affirmed that one click must not do: a summary, and the officer's passphrase."""

from collections.abc import Callable
from functools import partial
from typing import Any

from gaoxin_vote.gui.kit.dialog import FieldsDialog
from gaoxin_vote.gui.kit.page import Page
from gaoxin_vote.gui.kit.passphrase import PassphraseField


class AffirmDialog(FieldsDialog):
    """Has the page do `call(*values, passphrase)`, closes, and shows the outcome, or does `then` with it."""

    danger = False
    """Whether what is affirmed cannot be taken back."""

    def __init__(
        self,
        page: Page,
        heading: str,
        words: str,
        act: str,
        call: Callable[..., Any],
        then: Callable[[Any], object] | None = None,
    ) -> None:
        super().__init__(page, heading, words, act, danger=self.danger)
        self._page, self._call, self._then = page, call, then or page.show_state
        self.passphrase = PassphraseField("工作区口令")
        self.passphrase.line.returnPressed.connect(self.send)
        self.again = self.passphrase
        self.ask_fields()
        self.field("工作区口令", self.passphrase)

    def ask_fields(self) -> None:
        """The fields that stand above the passphrase; none unless a kind of dialog has some."""

    def complete(self) -> bool:
        """Whether those are filled in; says what is missing."""
        return True

    def values(self) -> tuple[object, ...]:
        """What those hold."""
        return ()

    def send(self) -> None:
        """Go on once all is filled in."""
        if not self.complete():
            return
        if not self.passphrase.text:
            self.refuse("请输入工作区口令。", self.passphrase)
            return
        call = partial(self._call, *self.values(), self.passphrase.take())
        self._page.run(lambda _progress: call(), self._then, dialog=self)
