"""Which sessions wait for the count, and what did they give?"""

from functools import partial

from PySide6.QtWidgets import QTabBar

from gaoxin_vote.domain.session import SessionId
from gaoxin_vote.gui.intake.handing_out import hand_out
from gaoxin_vote.gui.kit.page import Page
from gaoxin_vote.gui.kit.parts import Banner, Card, button, label, row
from gaoxin_vote.gui.kit.worker import Worker
from gaoxin_vote.gui.tally.parts import CountsTable, RemarksBanner, WaitingView
from gaoxin_vote.gui.tally.presenter import TallyCardState, TallyPageState, TallyPresenter
from gaoxin_vote.gui.tally.wizard import TallyWizard
from gaoxin_vote.stages import Destination, YearStage


class TallyPage(Page):
    """A tab for each sealed session: the way into the count, or its result."""

    def __init__(self, presenter: TallyPresenter, worker: Worker) -> None:
        super().__init__(YearStage.TALLY, worker)
        self._presenter = presenter
        self._cards: tuple[TallyCardState, ...] = ()
        self._wanted: SessionId | None = None
        self.tabs = QTabBar()
        self.tabs.setAccessibleName("选择会议")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.currentChanged.connect(lambda _place: self._show_chosen())
        self.card = Card(" ")
        self._trouble = Banner("stop")
        self._words = label("", "muted", wrap=True)
        self.remarks = RemarksBanner()
        self.table = CountsTable()
        self.waiting = WaitingView()
        self.begin = button("开箱…", self._begin, "primary")
        self.report = button("计票结果报告单…", self._begin)
        self.hand_out_counts = button("导出计票统计…", self._hand_out_counts)
        self.hand_out_reports = button(
            "导出各场会议…", lambda: hand_out(self, worker, "导出各场会议", presenter.reports)
        )
        self.card.add(
            self.tabs,
            self._trouble,
            self._words,
            self.remarks,
            self.table,
            self.waiting,
            row(self.hand_out_counts, self.hand_out_reports, 1, self.report, self.begin),
        )
        self.card.content.setStretchFactor(self.table, 1)
        self.card.content.setStretchFactor(self.waiting, 1)
        self.empty = Card("还没有可以开箱的会议")
        self.empty.add(
            label(
                "封箱后，考核办和约定人数的密钥保管人在这里共同开箱，只打开每个单位各等次的汇总票数。",
                "muted",
                wrap=True,
            )
        )
        self.body.addWidget(self.card, 1)
        self.body.addWidget(self.empty)
        self.body.addStretch(0)

    def refresh(self) -> None:
        """Ask where the counts stand."""
        self.run(lambda _progress: self._presenter.state(), self.show_state, asking=True)

    def go_to(self, destination: Destination) -> None:
        """Show this session."""
        if destination.session is not None:
            self._wanted = SessionId(destination.session)
            self.refresh()

    def show_state(self, state: TallyPageState) -> None:
        """Show `state`."""
        chosen = self._chosen()
        self.next_step.setText(state.next_step)
        self._cards = state.cards
        self.card.setVisible(bool(state.cards))
        self.empty.setVisible(not state.cards)
        waiting = next((card.id for card in state.cards if not card.tallied), None)
        known = {card.id for card in state.cards}
        wanted = self._wanted if self._wanted in known else chosen.id if chosen else waiting
        if self._wanted in known:
            self._wanted = None
        self.tabs.blockSignals(True)
        while self.tabs.count():
            self.tabs.removeTab(0)
        for card in state.cards:
            place = self.tabs.addTab(f"{card.title}　{'✓' if card.tallied else '待开箱'}")
            self.tabs.setTabData(place, card.id)
            if card.id == wanted:
                self.tabs.setCurrentIndex(place)
        self.tabs.blockSignals(False)
        self._show_chosen()

    def _chosen(self) -> TallyCardState | None:
        key: SessionId | None = self.tabs.tabData(self.tabs.currentIndex())
        return next((card for card in self._cards if card.id == key), None)

    def _show_chosen(self) -> None:
        chosen = self._chosen()
        if chosen is None:
            return
        self.card.title.setText(chosen.title)
        self.card.word.setText(chosen.words)
        self._trouble.say(
            "stop", "× 票数核对不一致" if chosen.flow.problems else "", "\n".join(chosen.flow.problems)
        )
        self._words.setText(_numbers(chosen))
        self.remarks.show_remarks(chosen.flow.remarks)
        self.table.show_counts(chosen.flow.heads, chosen.flow.rows)
        self.table.setVisible(chosen.tallied)
        self._words.setVisible(chosen.tallied)
        self.waiting.setVisible(not chosen.tallied)
        self.waiting.show_state(chosen.flow)
        self.begin.setVisible(not chosen.tallied)
        self.begin.setText("继续开箱…" if chosen.flow.given else "开箱…")
        self.report.setVisible(chosen.tallied)
        self.hand_out_counts.setVisible(chosen.tallied)
        self.hand_out_reports.setVisible(chosen.tallied)
        self.report.setText("查看结果与报告单…")

    def _hand_out_counts(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            hand_out(self, self.worker, "导出计票统计", partial(self._presenter.counts, chosen.id))

    def _begin(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            wizard = TallyWizard(self, self.worker, self._presenter.begin(chosen.id))
            wizard.counted.connect(self.changed)
            wizard.noted.connect(self.changed)
            wizard.finished.connect(lambda _code: self.refresh())
            wizard.open()


def _numbers(card: TallyCardState) -> str:
    return "　".join(f"{name} {number}" for name, number in card.flow.figures)
