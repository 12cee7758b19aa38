"""How are electors checked in and slips issued on the booth's own screen, where there is no other?"""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from gaoxin_vote.domain.session import SessionId
from gaoxin_vote.gui.kit import prompts
from gaoxin_vote.gui.kit.parts import column, label
from gaoxin_vote.gui.kit.worker import Worker
from gaoxin_vote.gui.session.check_in import CheckInCard, CheckInColumn
from gaoxin_vote.gui.session.presenter import SessionPresenter
from gaoxin_vote.gui.session.state import SessionCardState, SessionPageState


class CheckInStrip(QWidget):
    """The check-in list of one session. It opens no box, as the booth has the keyboard: all is said here."""

    def __init__(
        self,
        presenter: SessionPresenter,
        worker: Worker,
        session_id: SessionId,
        stirred: Callable[[], object] = lambda: None,
    ) -> None:
        """`stirred` is called whenever somebody uses it."""
        super().__init__()
        self._presenter, self._worker, self._id, self._stirred = presenter, worker, session_id, stirred
        self._card: SessionCardState | None = None
        self._acting = 0
        self.check_in = CheckInCard(ticks_only=True)
        self.check_in.table.turned.connect(self._turn)
        self.check_in.search.textEdited.connect(lambda _text: stirred())
        self.told = label("", "attention", wrap=True)
        self.setLayout(column(self.check_in, self.told))
        self.setFocusProxy(self.check_in.search)
        self._submit(lambda: presenter.state(session_id))

    def show_state(self, state: SessionPageState) -> None:
        """Show `state`."""
        self._card = next((card for card in state.cards if card.id == self._id), None)
        title = self._card.title if self._card else ""
        if not self._acting:
            self.check_in.table.wished.clear()
        self.check_in.show_roll(title, state.roll, state.may_check_in, state.anonymous)
        if self._card is not None:
            self.check_in.word.setText(f"应到{self._card.should_attend}，实到{self._card.attended}")
            short = f"最低到会人数不足：{self._card.short}" if self._card.short else ""
            self._say(short)

    def _turn(self, elector: str, place: int, ticked: bool) -> None:
        self._stirred()
        present = place == CheckInColumn.ATTENDED
        if present and not ticked and self._card is not None and not self._card.short:
            short = self._card.short_with(self._card.attended - 1)
            if short:
                self.check_in.table.forget(elector, place)
                self._say(f"取消后人数不足（{short}）。确须取消的，请退出投票间，在签到名单上取消。")
                return
        step = self._presenter.check_in if present else self._presenter.issue
        self._submit(lambda: step(self._id, elector, ticked))

    def _submit(self, call: Callable[[], SessionPageState]) -> None:
        def done(state: SessionPageState) -> None:
            self._acting -= 1
            self.show_state(state)

        def failed(error: BaseException) -> None:
            self._acting -= 1
            self.check_in.table.wished.clear()
            words = prompts.wording(error)
            self._say(words.message if words else "")

        self._acting += 1
        self._worker.submit(lambda _progress: call(), done, failed, owner=self)

    def _say(self, words: str) -> None:
        self.told.setText(words)
        self.told.setVisible(bool(words))
