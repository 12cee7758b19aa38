"""How do the units stand, and is the year final?"""

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit

from gaoxin_vote.gui.kit.affirm import AffirmDialog
from gaoxin_vote.gui.kit.page import Page
from gaoxin_vote.gui.kit.parts import Banner, Card, button, label, row
from gaoxin_vote.gui.kit.tables import Align, Head, RowsModel, Table
from gaoxin_vote.gui.kit.worker import Worker
from gaoxin_vote.gui.standing.presenter import StandingPresenter, StandingState
from gaoxin_vote.stages import YearStage

_BEFORE = (
    Head("次序", Align.STATE),
    Head("单位", stretch=True),
    Head("类别"),
    Head("指标", Align.NUMBER),
)
_AFTER = (
    Head("加减分", Align.NUMBER),
    Head("综合得分", Align.NUMBER),
    Head("名次", Align.STATE),
    Head("类内名次", Align.STATE),
    Head("等次", Align.STATE),
    Head("说明", width=140),
)
"""The columns before and after those of the contests."""


class StandingPage(Page):
    """The table of all units, what is to be settled first, and the decision."""

    def __init__(self, presenter: StandingPresenter, worker: Worker) -> None:
        super().__init__(YearStage.STANDING, worker)
        self._presenter = presenter
        self.model = RowsModel(_heads(()))
        self.table = Table(
            self.model,
            "综合得分汇总",
            "导入单位、完成计票、导入指标得分后，这里自动排出名次和等次。",
            sortable=True,
        )
        self.finalise = button("定稿…", self._ask_decision, "primary")
        self.trouble = Banner("attention")
        self._places = label("", "muted", wrap=True)
        card = Card("综合得分汇总")
        self._card = card
        foot = row(self._places, self.finalise)
        foot.setStretch(0, 1)
        card.add(self.table, foot)
        card.content.setStretchFactor(self.table, 1)
        self.body.addWidget(self.trouble)
        self.body.addWidget(card, 1)

    def refresh(self) -> None:
        """Ask how the units stand."""
        self.run(lambda _progress: self._presenter.state(), self.show_state, asking=True)

    def show_state(self, state: StandingState) -> None:
        """Show `state`."""
        self.next_step.setText(state.next_step)
        heads = _heads(state.ratings)
        self.model.show_rows(state.rows, heads if heads != self.model.heads else None)
        self._places.setText(state.places)
        self._card.word.setText("✓ 已定稿" if state.final else "未定稿")
        more = len(state.blockers) - 4
        lines = [*state.blockers[:4], *([f"……另有{more}个"] if more > 0 else [])]
        heading = f"须先解决{len(state.blockers)}个问题" if state.blockers else ""
        if not state.blockers and state.notes:
            heading, lines = "请留意", list(state.notes[:4])
        self.trouble.say("attention" if state.blockers else "plain", heading, "\n".join(lines))
        self.finalise.setVisible(not state.final)
        self.permit((self.finalise, "" if state.final else state.blocked))

    def _ask_decision(self) -> None:
        DecisionDialog(self, len(self.model.rows), self._places.text(), self._presenter.finalise).open()


class DecisionDialog(AffirmDialog):
    """The leading group's decision on which the year is frozen."""

    danger = True

    def __init__(
        self, page: StandingPage, units: int, places: str, call: Callable[[str, str], object]
    ) -> None:
        super().__init__(
            page,
            "定稿？",
            f"共{units}个单位。{places}\n"
            "定稿后，本年度的票数、得分、名次和等次不能再改，可以生成记录包。此操作不能撤销。",
            "定稿",
            call,
        )

    def ask_fields(self) -> None:
        """The decision."""
        self.decision = QLineEdit()
        self.decision.setAccessibleName("领导小组审定意见")
        self.decision.setPlaceholderText("如：领导小组2018年1月22日会议纪要第3号")
        self.field("领导小组审定意见（文号或会议纪要）", self.decision)

    def values(self) -> tuple[object, ...]:
        """The decision."""
        return (self.decision.text().strip(),)

    def complete(self) -> bool:
        """No year is frozen without a decision."""
        if not self.decision.text().strip():
            self.refuse("请填写领导小组审定意见的文号或会议纪要。", self.decision)
            return False
        return True


def _heads(ratings: tuple[str, ...]) -> tuple[Head, ...]:
    return (*_BEFORE, *(Head(title, Align.NUMBER) for title in ratings), *_AFTER)
