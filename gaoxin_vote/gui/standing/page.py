"""How do the units stand, and is the year final?"""

from collections.abc import Callable

from PySide6.QtWidgets import QCheckBox, QLineEdit

from gaoxin_vote.domain.units import UnitCode
from gaoxin_vote.gui.kit.affirm import AffirmDialog
from gaoxin_vote.gui.kit.page import Page
from gaoxin_vote.gui.kit.parts import Card, allow, button, label, row, set_tip
from gaoxin_vote.gui.kit.tables import Align, Head, RowsModel, Table
from gaoxin_vote.gui.kit.worker import Worker
from gaoxin_vote.gui.standing.matters import MattersBanner
from gaoxin_vote.gui.standing.presenter import StandingPresenter, StandingState
from gaoxin_vote.gui.standing.state import OpenMatter
from gaoxin_vote.gui.standing.unit.dialog import UnitDialog
from gaoxin_vote.gui.standing.unit.presenter import UnitPages
from gaoxin_vote.stages import YearStage

_WHO = (Head("定等顺序", Align.STATE), Head("单位", stretch=True), Head("类别"))
_SCORE, _RANK, _GRADE = Head("综合得分", Align.NUMBER), Head("名次", Align.STATE), Head("等次", Align.STATE)
_STANDS = (_SCORE, _RANK, Head("类内名次", Align.STATE), _GRADE)
_THIS_YEAR = (_SCORE, _RANK, _GRADE)
_LAST_YEAR = (
    Head("上年得分", Align.NUMBER),
    Head("上年名次", Align.STATE),
    Head("上年等次", Align.STATE),
    Head("名次升降", Align.STATE),
)
_REMARK = Head("说明", width=140)


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
        self.compare = QCheckBox("与上年比较")
        set_tip(self.compare, "在综合得分、名次和等次旁边显示上一年度定稿的结果")
        self.compare.hide()
        self.compare.toggled.connect(lambda _on: self._show_rows())
        self._state: StandingState | None = None
        self.open_unit = button("查看单位…", self._open_unit)
        self._codes: tuple[UnitCode, ...] = ()
        self.table.activated.connect(lambda _index: self._open_unit())
        self.trouble = MattersBanner()
        self.trouble.destination_wanted.connect(self.destination_wanted)
        self._places = label("", "muted", wrap=True)
        card = Card("综合得分汇总")
        self._card = card
        foot = row(self._places, self.compare, self.open_unit, self.finalise)
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
        self._state = state
        self.compare.setVisible(bool(state.compared))
        self._show_rows()
        self._codes = state.codes
        self._places.setText(state.places)
        self._card.word.setText("✓ 已定稿" if state.final else "未定稿")
        count = sum(len(matter.messages) for matter in state.matters)
        if count:
            self.trouble.say("attention", f"须先解决{count}个问题", state.matters)
        else:
            notes = (OpenMatter("", state.notes, ()),) if state.notes else ()
            self.trouble.say("plain", f"请留意（{len(state.notes)}处）", notes)
        self.finalise.setVisible(not state.final)
        allow(self.open_unit, "" if state.rows else "请先在“方案与单位”导入单位名单")
        if state.rows:
            set_tip(self.open_unit, "为什么是这个得分和等次（在表中双击，或按回车）")
        self.permit((self.finalise, "" if state.final else state.blocked))

    def _show_rows(self) -> None:
        state = self._state
        if state is None:
            return
        beside = self.compare.isChecked() and bool(state.compared)
        heads = _COMPARED if beside else _heads(state.ratings)
        rows = state.compared if beside else state.rows
        self.model.show_rows(rows, heads if heads != self.model.heads else None)

    def _open_unit(self) -> None:
        """The page of the chosen unit, or of the first one."""
        order = tuple(self._codes[place] for place in self.table.rows_in_view if place < len(self._codes))
        if not order:
            return
        place = self.table.chosen_row
        first = self._codes[place] if 0 <= place < len(self._codes) else order[0]

        def show(pages: UnitPages) -> None:
            dialog = UnitDialog(self, pages.page, tuple(code for code in order if code in pages), first)
            dialog.shown_unit.connect(self._choose_unit)
            dialog.open()

        self.run(lambda _progress: self._presenter.pages(), show, asking=True)

    def _choose_unit(self, code: str) -> None:
        if code in self._codes:
            self.table.choose_row(self._codes.index(UnitCode(code)))

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
            "定稿后，本年度的票数、得分、名次和等次不能修改，可以生成考核档案包。此操作不能撤销。",
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
    """The columns of the parts, each contest one of them, and of how the units stand."""
    contests = (Head(title, Align.NUMBER) for title in ratings)
    return (*_WHO, Head("指标", Align.NUMBER), *contests, Head("加减分", Align.NUMBER), *_STANDS, _REMARK)


_COMPARED = (*_WHO[1:], *_THIS_YEAR, *_LAST_YEAR)
"""The columns beside the year before, instead of the parts."""
