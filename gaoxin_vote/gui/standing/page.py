"""How do the units stand, and is the year final?"""

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPushButton

from gaoxin_vote.domain.units import UnitCode
from gaoxin_vote.gui.kit import theme
from gaoxin_vote.gui.kit.affirm import AffirmDialog
from gaoxin_vote.gui.kit.page import Page
from gaoxin_vote.gui.kit.parts import Card, allow, button, label, row, set_role, set_tip
from gaoxin_vote.gui.kit.tables import Align, Head, RowsModel
from gaoxin_vote.gui.kit.worker import Worker
from gaoxin_vote.gui.standing.matters import MattersBanner
from gaoxin_vote.gui.standing.presenter import StandingPresenter, StandingState
from gaoxin_vote.gui.standing.ranking_table import BAR_WIDTH, PartsLegend, RankingTable
from gaoxin_vote.gui.standing.state import OpenMatter, RankingView
from gaoxin_vote.gui.standing.unit.dialog import UnitDialog
from gaoxin_vote.gui.standing.unit.presenter import UnitPages
from gaoxin_vote.stages import YearStage

_WHO = (Head("顺序", Align.STATE), Head("单位", stretch=True), Head("类别"))
_SCORE, _RANK, _GRADE = (
    Head("综合得分", Align.NUMBER, width=BAR_WIDTH),
    Head("名次", Align.STATE),
    Head("等次", Align.STATE),
)
_STANDS = (_SCORE, _RANK, Head("类内名次", Align.STATE), _GRADE)
_THIS_YEAR = (Head("综合得分", Align.NUMBER), _RANK, _GRADE)
_LAST_YEAR = (
    Head("上年得分", Align.NUMBER),
    Head("上年名次", Align.STATE),
    Head("上年等次", Align.STATE),
    Head("名次升降", Align.STATE),
)
_SAID_BY_HEADINGS = (_WHO[0].text, _WHO[2].text)
_REMARK = Head("说明", width=140)


class StandingPage(Page):
    """The table of all units, what is to be settled first, and the decision."""

    def __init__(self, presenter: StandingPresenter, worker: Worker) -> None:
        super().__init__(YearStage.STANDING, worker)
        self._presenter = presenter
        self.model = RowsModel(_heads(()))
        self.table = RankingTable(
            self.model, "综合得分汇总", "导入单位、完成计票、导入指标得分后，这里自动排出名次和等次。"
        )
        self.views: dict[str, QPushButton] = {}
        self._view = ""
        self._switch = row(spacing=4)
        self.search = QLineEdit()
        self.search.setPlaceholderText("查找单位、等次、说明")
        self.search.setAccessibleName("查找")
        set_tip(self.search, "只显示有这些字的单位（Ctrl+F）")
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(theme.current().px(250))
        self.search.textChanged.connect(self.table.search)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self).activated.connect(self.search.setFocus)
        self.legend = PartsLegend()
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
        card.add_at_title(self.legend)
        tools = row(self._switch, 1, self.search, spacing=14)
        tools.setStretch(2, 1)
        card.add(tools, self.table, foot)
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
        self._offer_views(state.views)
        self._show_rows()
        self._places.setText(state.places)
        self._card.word.setText("✓ 已定稿" if state.final else "未定稿")
        count = sum(len(matter.messages) for matter in state.matters)
        if count:
            self.trouble.say("attention", f"须先解决{count}项", state.matters)
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
        view = next((view for view in state.views if view.title == self._view), None)
        order = view.order if view else tuple(range(len(rows)))
        self._codes = tuple(state.codes[place] for place in order) if state.codes else ()
        parts = tuple(state.parts[place] for place in order) if state.parts else ()
        self.table.show_view(None, (), -1)
        if heads != self.model.heads:
            self.table.hide_columns()  # what was hidden are other columns now
        self.model.show_rows(
            tuple(rows[place] for place in order), heads if heads != self.model.heads else None
        )
        titles = [head.text for head in heads]
        grouped = view is not None and bool(view.groups)
        self.table.show_view(view, parts, -1 if beside else titles.index(_SCORE.text))
        # Under the heading of a class, class and order go without saying.
        self.table.hide_columns(*(_SAID_BY_HEADINGS if grouped else ()))
        self.legend.setVisible(bool(parts) and not beside)
        self.legend.name_parts(("指标", *state.ratings, "加分"))

    def _offer_views(self, views: tuple[RankingView, ...]) -> None:
        """Buttons for the orders in which the units can stand, where there are several."""
        titles = [view.title for view in views]
        if self._view not in titles:
            self._view = titles[0] if titles else ""
        if list(self.views) != titles:
            while (old := self._switch.takeAt(0)) is not None:
                if widget := old.widget():
                    widget.deleteLater()
            self.views = {title: button(title, partial(self.show_in_order, title)) for title in titles}
            for piece in self.views.values():
                self._switch.addWidget(piece)
        for title, piece in self.views.items():
            set_role(piece, "primary" if title == self._view else "")
            piece.setCheckable(True)
            piece.setChecked(title == self._view)
            piece.setVisible(len(titles) > 1)

    def show_in_order(self, title: str) -> None:
        """Show the units in the order of this name."""
        place = self.table.chosen_row
        chosen = self._codes[place] if 0 <= place < len(self._codes) else ""
        self._view = title
        if self._state is not None:
            self._offer_views(self._state.views)
            self._show_rows()
            self._choose_unit(chosen)

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
