"""How do the hours in the meeting room go: slips, check-in, open, turnout, close?"""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QTabBar, QWidget

from gaoxin_vote.domain.minutes import SessionMinutes
from gaoxin_vote.domain.session import SessionId, SlipMode, Stage
from gaoxin_vote.gui.kit import prompts, theme
from gaoxin_vote.gui.kit.affirm import AffirmDialog
from gaoxin_vote.gui.kit.page import Page
from gaoxin_vote.gui.kit.parts import Card, button, label, row, set_role
from gaoxin_vote.gui.kit.worker import Worker
from gaoxin_vote.gui.paper.dialog import show_paper
from gaoxin_vote.gui.paper.meeting_dialog import MeetingDialog
from gaoxin_vote.gui.session.adding_dialog import AddingDialog
from gaoxin_vote.gui.session.card import VOTING, SessionCard
from gaoxin_vote.gui.session.check_in import CheckInCard, CheckInColumn
from gaoxin_vote.gui.session.closing_dialog import (
    ClosingDialog,
    EndingDialog,
    SealDialog,
    VoidDialog,
    VoidTalliedDialog,
)
from gaoxin_vote.gui.session.exchange_dialog import LostDialog, SpoiledDialog
from gaoxin_vote.gui.session.presenter import SessionPresenter
from gaoxin_vote.gui.session.rehold_dialog import ReholdDialog
from gaoxin_vote.gui.session.slips_dialog import SlipsDialog
from gaoxin_vote.gui.session.state import (
    AddedSlips,
    AddingState,
    ClosingState,
    ElectorLine,
    MeetingState,
    Offer,
    ReholdState,
    SessionAct,
    SessionCardState,
    SessionPageState,
    SlipsState,
    TrackersState,
)
from gaoxin_vote.gui.session.trackers_dialog import TrackersDialog
from gaoxin_vote.gui.session.who_came import WhoCameDialog
from gaoxin_vote.stages import Destination, DestinationAct, YearStage

OpenBooth = Callable[[SessionId, str], object]
"""Opens the booth's window for the session (id, title) on the screen that the delegates see."""
_TWO_CARDS = 790
"""Pixels that two cards beside each other need at the normal font setting."""
_TURNOUT = 2000
"""Milliseconds between two looks at the turnout while a session is open."""


class SessionPage(Page):
    """One card per session, and the check-in list of one of them."""

    def __init__(
        self,
        presenter: SessionPresenter,
        worker: Worker,
        open_booth: OpenBooth,
        *,
        occupied: Callable[[SessionId], bool] = lambda _key: False,
        stages_known: Callable[[dict[SessionId, Stage]], object] = lambda _stages: None,
    ) -> None:
        super().__init__(YearStage.SESSION, worker)
        self._presenter, self._open_booth = presenter, open_booth
        self._occupied, self._stages_known = occupied, stages_known
        self.cards: dict[SessionId, SessionCard] = {}
        self._grid = QGridLayout()
        self._grid.setSpacing(14)
        self._beside = 2
        self.offers: dict[str, QWidget] = {}
        self._past = label("", "small", wrap=True)
        self.tabs = QTabBar()
        self.tabs.setAccessibleName("选择会议")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.currentChanged.connect(self._choose)
        self.check_in = CheckInCard()
        self.check_in.table.turned.connect(self._turn)
        self.check_in.table.came_wanted.connect(self._ask_who_came)
        self.check_in.all_wanted.connect(self._ask_all)
        self.check_in.more_wanted.connect(
            lambda: self._ask(partial(self._presenter.adding, self._chosen()), self._ask_adding)
        )
        self.check_in.content.insertWidget(0, self.tabs)
        self.body.addLayout(self._grid)
        self.body.addWidget(self._past)
        self.body.addWidget(self.check_in, 100)
        self.body.addStretch(1)
        self._turnout = QTimer(self)
        self._turnout.setInterval(_TURNOUT)
        self._turnout.timeout.connect(self.refresh)
        self._live = False
        self._known: dict[SessionId, SessionCardState] = {}

    def refresh(self) -> None:
        """Ask where the sessions stand."""
        self.run(lambda _progress: self._presenter.state(), self.show_state, asking=True)

    def showEvent(self, event: QShowEvent) -> None:
        """Qt: the turnout is followed while the page is seen."""
        super().showEvent(event)
        if self._live:
            self._turnout.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Qt: nobody looks."""
        super().hideEvent(event)
        self._turnout.stop()

    def show_state(self, state: SessionPageState) -> None:
        """Show `state`."""
        self._live = state.live
        self._known = {card.id: card for card in state.cards}
        gone = dict.fromkeys(self.cards, Stage.VOIDED)
        self._stages_known(gone | {card.id: card.stage for card in state.cards})
        self._turnout.start() if state.live and self.isVisible() else self._turnout.stop()
        self.next_step.setText(state.next_step)
        wanted = tuple(card.id for card in state.cards), tuple(offer.title for offer in state.offers)
        if wanted != (tuple(self.cards), tuple(self.offers)):
            self._lay_out(state)
        for card in state.cards:
            self.cards[card.id].show_state(card)
        self._past.setText("\n".join(state.past))
        self._past.setVisible(bool(state.past))
        self._show_roll(state)
        self.permit(
            *(
                (self.cards[card.id].buttons[act.act], act.blocked)
                for card in state.cards
                for act in card.acts
            ),
            *((self.prepare_buttons[offer.title], offer.blocked) for offer in state.offers),
        )

    def _lay_out(self, state: SessionPageState) -> None:
        while (old := self._grid.takeAt(0)) is not None:
            if widget := old.widget():
                widget.deleteLater()
        self.cards = {card.id: SessionCard(card) for card in state.cards}
        for key, card in self.cards.items():
            card.wished.connect(partial(self._act, key))
        self.prepare_buttons = {
            offer.title: button(f"筹备{offer.title}…", partial(self._prepare, offer))
            for offer in state.offers
        }
        self.offers = {offer.title: self._offer_card(offer) for offer in state.offers}
        if state.offers and not any(card.primary for card in state.cards):
            set_role(self.prepare_buttons[state.offers[0].title], "primary")
        self._beside = self._side_by_side
        self._place_cards()

    @property
    def _side_by_side(self) -> int:
        """How many cards stand beside each other: one where there is little room for the size of the type."""
        return 2 if self.width() >= theme.current().px(_TWO_CARDS) else 1

    def _place_cards(self) -> None:
        beside = self._beside
        for place, piece in enumerate((*self.cards.values(), *self.offers.values())):
            self._grid.addWidget(piece, place // beside, place % beside)
        for column in range(2):
            self._grid.setColumnStretch(column, 1 if column < beside else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: there is room for other cards beside each other, or no more."""
        super().resizeEvent(event)
        if self._beside != self._side_by_side:
            self._beside = self._side_by_side
            self._place_cards()

    def _offer_card(self, offer: Offer) -> QFrame:
        card = Card(offer.title)
        card.word.setText("尚未筹备")
        words = "筹备后即可打印票码条、登记签到；投票在“开始投票”之后才能进行。"
        card.add(label(words, "muted", wrap=True), 1, row(1, self.prepare_buttons[offer.title]))
        return card

    def _show_roll(self, state: SessionPageState) -> None:
        self.tabs.blockSignals(True)
        known = [(card.id, card.title) for card in state.cards]
        if [(self.tabs.tabData(n), self.tabs.tabText(n)) for n in range(self.tabs.count())] != known:
            while self.tabs.count():
                self.tabs.removeTab(0)
            for key, title in known:
                self.tabs.setTabData(self.tabs.addTab(title), key)
        place = next((n for n, (key, _title) in enumerate(known) if key == state.chosen), 0)
        self.tabs.setCurrentIndex(place)
        self.tabs.setVisible(len(known) > 1)
        self.tabs.blockSignals(False)
        self.check_in.setVisible(bool(known))
        title = next((title for key, title in known if key == state.chosen), "")
        if not self.acting:
            self.check_in.table.wished.clear()
        self.check_in.show_roll(title, state.roll, state.may_check_in, state.anonymous, may_add=state.may_add)

    def go_to(self, destination: Destination) -> None:
        """Show this session, perhaps with the dialog for the units that are to be rated again."""
        if destination.session is None:
            return
        key = SessionId(destination.session)
        self.run(lambda _progress: self._presenter.state(key), self.show_state, asking=True)
        if destination.act is DestinationAct.REHOLD:
            self._ask(lambda: self._presenter.rehold(key), self._ask_rehold)

    def _choose(self, place: int) -> None:
        key = self.tabs.tabData(place)
        if key is not None:
            self.run(lambda _progress: self._presenter.state(key), self.show_state, asking=True)

    def _prepare(self, offer: Offer) -> None:
        def ask(summary: str) -> None:
            step = partial(self._presenter.prepare, offer.contest, offer.group, None)
            AffirmDialog(self, f"筹备{offer.title}？", summary, "筹备", step).open()

        self._ask(lambda: self._presenter.summary(offer.contest, offer.group), ask)

    def _turn(self, elector: str, column: int, ticked: bool) -> None:
        key = self.tabs.tabData(self.tabs.currentIndex())
        step = self._presenter.check_in if column == CheckInColumn.ATTENDED else self._presenter.issue

        def note() -> None:
            self.run(lambda _progress: step(key, elector, ticked), self.show_state, in_turn=True)

        short = "" if ticked or column != CheckInColumn.ATTENDED else self._short_without_one(key)
        if not short:
            note()
            return
        words = f"{short}。有人离会后不足最低到会人数的，本场不能计票；离会前已投票的，不必取消签到。"
        message = prompts.ask(self, "取消签到后人数不足", words, "取消签到", note, danger=True)
        message.rejected.connect(lambda: self.check_in.table.forget(elector, column))

    def _chosen(self) -> SessionId:
        return SessionId(self.tabs.tabData(self.tabs.currentIndex()))

    def _ask_who_came(self, line: ElectorLine) -> None:
        step = partial(self._act_with, self._presenter.note_who_came, self._chosen(), line.code)
        WhoCameDialog(self, line, step).open()

    def _ask_all(self) -> None:
        card = self._known[self._chosen()]
        missing = card.should_attend - card.attended
        step = partial(self._act_with, self._presenter.check_in_all, card.id)
        words = f"{card.title}还有{missing}位没有签到，将全部登记为已到会。没有到会的，随后逐一取消。"
        prompts.ask(self, "全部签到？", words, "全部签到", step)

    def _short_without_one(self, key: SessionId) -> str:
        """What is said where a voting session would lack its quorum if one more left, or nothing."""
        card = self._known[key]
        if card.stage is Stage.SETUP or card.stage not in VOTING or card.short:
            return ""
        return card.short_with(card.attended - 1)

    # -- acts ---------------------------------------------------------------------------------------------

    def _act(self, key: SessionId, act: SessionAct) -> None:
        presenter, title = self._presenter, self.cards[key].title.text()
        if act in (SessionAct.CLOSE, SessionAct.VOID) and self._voter_at(key):
            return
        if act is SessionAct.BOOTH:
            self._open_booth(key, title)
        elif act in (SessionAct.TALLY, SessionAct.COUNTS):
            self.stage_wanted.emit(YearStage.TALLY)
        elif act is SessionAct.SLIPS:
            self._ask(lambda: presenter.slips(key), self._ask_slips)
        elif act is SessionAct.MEETING:
            self._ask(lambda: presenter.meeting(key), self._ask_meeting)
        elif act is SessionAct.CLOSE:
            self._ask(lambda: presenter.closing(key), self._ask_closing)
        elif act is SessionAct.SEAL:
            self._ask(lambda: presenter.closing(key), self._ask_sealing)
        elif act is SessionAct.LOST:
            self._ask(lambda: presenter.holders(key), partial(self._ask_lost, key, title))
        elif act is SessionAct.ROLL_SHEET:
            self._ask(
                lambda: presenter.roll_sheet(key), partial(self._show_sheet, f"{title}签到与领票登记表")
            )
        elif act is SessionAct.TRACKERS:
            self._ask(lambda: presenter.trackers(key), partial(self._show_trackers, key))
        elif act is SessionAct.OPEN:
            self._ask_opening(self._known[key])
        elif act is SessionAct.SPOILED:
            SpoiledDialog(self, title, partial(self._act_with, presenter.replace_spoiled, key)).open()
        elif act is SessionAct.VOID and self._known[key].stage is Stage.TALLIED:
            step = partial(presenter.void_tallied, key)
            VoidTalliedDialog(self, title, self._known[key].figures, step).open()
        elif act is SessionAct.VOID:
            VoidDialog(self, title, partial(self._end_with, presenter.void, key)).open()
        elif act is SessionAct.REHOLD:
            self._ask(lambda: presenter.rehold(key), self._ask_rehold)
        else:
            self.run(lambda _progress: presenter.act(act, key), self.show_state)

    def _ask(self, call: Callable[[], object], then: Callable[..., object]) -> None:
        self.run(lambda _progress: call(), then, asking=True)

    def _act_with(self, step: Callable[..., SessionPageState], *values: object) -> None:
        self.run(lambda _progress: step(*values), self.show_state)

    def _end_with(
        self, step: Callable[[SessionId, str], SessionPageState], key: SessionId, reason: str
    ) -> None:
        # Somebody may have come to the booth while the question stood here.
        if not self._voter_at(key):
            self._act_with(step, key, reason)

    def _voter_at(self, key: SessionId) -> bool:
        """Whether a voter is at the booth, who is then waited for; that is told."""
        occupied = self._occupied(key)
        if occupied:
            words = "投票间里有人正在投票。请等其投完（或离开后倒计时结束）再操作；没有改变任何内容。"
            prompts.tell(self, "投票间里有人", words)
        return occupied

    def _ask_slips(self, state: SlipsState) -> None:
        SlipsDialog(self, state, partial(self._make_slips, state)).open()

    def _make_slips(self, state: SlipsState, mode: SlipMode, spares: int) -> None:
        def show(pdf: bytes) -> None:
            self.refresh()
            title = f"{state.title}票码条"
            paper = show_paper(self, self.worker, title, pdf, f"{title}.pdf", secret=True)
            paper.left.connect(note)

        def note() -> None:
            step = self._presenter.note_slips_out
            self.run(lambda _progress: step(state.id), self.show_state, in_turn=True)

        self.run(lambda progress: self._presenter.make_slips(state.id, mode, spares, progress), show)

    def _ask_adding(self, state: AddingState) -> None:
        def show(added: AddedSlips) -> None:
            title = f"{state.title}追加票码条"
            paper = show_paper(self, self.worker, title, added.pdf, f"{title}.pdf", secret=True)
            paper.left.connect(partial(count, added))

        def count(added: AddedSlips) -> None:
            self.run(lambda _progress: self._presenter.add_slips(added), self.show_state, in_turn=True)

        AddingDialog(self, state, partial(self._presenter.draw_added, state.id), show).open()

    def _ask_meeting(self, state: MeetingState) -> None:
        def keep(minutes: SessionMinutes) -> None:
            self._act_with(self._presenter.set_meeting, state.id, minutes)

        MeetingDialog(self, state.title, state.minutes, state.today, keep).open()

    def _show_trackers(self, key: SessionId, state: TrackersState) -> None:
        show = partial(self._show_sheet, f"{state.title}查询码清单")
        TrackersDialog(self, state, lambda: self._ask(lambda: self._presenter.tracker_list(key), show)).open()

    def _ask_rehold(self, state: ReholdState) -> None:
        prepare = self._presenter.prepare
        ReholdDialog(self, state, partial(prepare, state.contest, state.group)).open()

    def _ask_opening(self, state: SessionCardState) -> None:
        def start() -> None:
            self.run(lambda _progress: self._presenter.act(SessionAct.OPEN, state.id), self.show_state)

        present = f"实到{state.attended}，应到{state.should_attend}"
        if state.short:
            heading = f"{state.title}人数不足，仍开始投票？"
            words = f"{present}，最低须到{state.quorum}。人数补足以前可以投票，但不能结束和计票。"
        else:
            heading, words = f"开始{state.title}的投票？", f"{present}。开始后票箱启用，票码条不能重新生成。"
        prompts.ask(self, heading, words, "开始投票", start, danger=bool(state.short))

    def _ask_closing(self, state: ClosingState) -> None:
        dialog = ClosingDialog(self, state, partial(self._end_with, self._presenter.close))
        self._offer_mending(dialog, state)

    def _offer_mending(self, dialog: EndingDialog, state: ClosingState) -> None:
        dialog.mend_wanted.connect(partial(self._go_to_roll, state.id))
        dialog.void_wanted.connect(partial(self._act, state.id, SessionAct.VOID))
        dialog.open()

    def _go_to_roll(self, key: SessionId) -> None:
        """To the check-in list of the session, where the ticks are mended."""
        place = next((n for n in range(self.tabs.count()) if self.tabs.tabData(n) == key), -1)
        self.tabs.setCurrentIndex(place)
        self.check_in.table.setFocus()

    def _ask_sealing(self, state: ClosingState) -> None:
        def seal(key: SessionId, reason: str) -> None:
            self.run(lambda progress: self._presenter.seal(key, reason, progress), self.show_state)

        self._offer_mending(SealDialog(self, state, seal), state)

    def _ask_lost(self, key: SessionId, title: str, holders: tuple[ElectorLine, ...]) -> None:
        LostDialog(self, title, holders, partial(self._act_with, self._presenter.replace_lost, key)).open()

    def _show_sheet(self, title: str, pdf: bytes) -> None:
        show_paper(self, self.worker, title, pdf, f"{title}.pdf")
