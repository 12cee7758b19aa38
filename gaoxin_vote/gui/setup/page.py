"""Which scheme, units and leaders stand for this year, and how are they put in?"""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout

from gaoxin_vote.gui.intake.dialog import open_intake
from gaoxin_vote.gui.intake.handing_out import hand_out
from gaoxin_vote.gui.intake.presenter import IntakePresenter
from gaoxin_vote.gui.kit import choose_file, theme
from gaoxin_vote.gui.kit.file_drop import FileDrop
from gaoxin_vote.gui.kit.page import Page
from gaoxin_vote.gui.kit.parts import Banner, Card, PairsCard, allow, button, column, filled, row, set_role
from gaoxin_vote.gui.kit.tables import Align, Head, RowsModel, Table, when_chosen
from gaoxin_vote.gui.kit.worker import Worker
from gaoxin_vote.gui.setup.presenter import LeaderLine, SetupPresenter, SetupState, UnitLine
from gaoxin_vote.gui.setup.rename_dialog import ask_name
from gaoxin_vote.gui.setup.scheme_panel import SchemePanel
from gaoxin_vote.stages import YearStage

_SIDE_BY_SIDE = 720
"""Pixels that the lists need beside each other at the normal font setting."""
_NO_ROW = "请先在表中选中一行"


class SetupPage(Page):
    """Without a year: choose a scheme. With one: its rules, units and leaders."""

    def __init__(self, presenter: SetupPresenter, worker: Worker) -> None:
        super().__init__(YearStage.SETUP, worker)
        self._presenter = presenter
        self._units: tuple[UnitLine, ...] = ()
        self._leaders: tuple[LeaderLine, ...] = ()
        self.schemes = SchemePanel()
        self.schemes.chosen.connect(self.begin_year)
        self.schemes.file_wanted.connect(self._choose_scheme_file)
        self.rules = PairsCard(" ", accessible="考核方案", columns=2)
        self.units = RowsModel(
            (Head("代码"), Head("单位名称", stretch=True), Head("类别"), Head("人数", Align.NUMBER))
        )
        self.leaders = RowsModel((Head("代码"), Head("职务", stretch=True), Head("组别")))
        self.unit_table = Table(
            self.units,
            "被考评单位",
            "还没有单位。点“导入单位…”，或者把 Excel、WPS 表格或 CSV 文件拖到这里。",
            sortable=True,
        )
        self.leader_table = Table(
            self.leaders,
            "班子成员",
            "还没有班子成员。点“导入班子成员…”，或者把 Excel、WPS 表格或 CSV 文件拖到这里。",
        )
        self.raters = RowsModel((Head("测评项目"), Head("代码"), Head("姓名", stretch=True), Head("组别")))
        self.rater_table = Table(
            self.raters,
            "评议人",
            "还没有评议人。点“导入评议人…”，或者把 Excel、WPS 表格或 CSV 文件拖到这里。",
        )
        self.take_raters = button("导入评议人…", lambda: self._intake(presenter.intake_raters()))
        self.hand_out_raters = button("导出…", lambda: self._hand_out(presenter.intake_raters()), "quiet")
        self.hand_out_raters.setAccessibleName("导出评议人…")
        self.take_units = button("导入单位…", lambda: self._intake(presenter.intake_units()))
        self.hand_out_units = button("导出…", lambda: self._hand_out(presenter.intake_units()), "quiet")
        self.hand_out_units.setAccessibleName("导出单位…")
        self.take_leaders = button("导入班子成员…", lambda: self._intake(presenter.intake_leaders()))
        self.hand_out_leaders = button("导出…", lambda: self._hand_out(presenter.intake_leaders()), "quiet")
        self.hand_out_leaders.setAccessibleName("导出班子成员…")
        self.mend_unit = button("更正名称…", self._rename_unit)
        self.mend_leader = button("更正职务…", self._rename_leader)
        self.unit_table.doubleClicked.connect(lambda _index: self._rename_unit())
        self.leader_table.doubleClicked.connect(lambda _index: self._rename_leader())
        self._lists = filled(self._make_lists())
        self.before = Banner()
        self.take_results = button("接续上年结果", self._take_results)
        above = row(self.before, self.take_results)
        above.setStretch(0, 1)
        self.body.addLayout(above)
        self.body.addWidget(self.schemes, 1)
        self.body.addWidget(self._lists, 1)
        self.body.addStretch(0)
        for table in (self.unit_table, self.leader_table, self.rater_table):
            table.show_at_least(5)
        for table, intake in (
            (self.unit_table, presenter.intake_units),
            (self.leader_table, presenter.intake_leaders),
            (self.rater_table, presenter.intake_raters),
        ):
            FileDrop(table, partial(self._take_dropped, intake))
        for table in (self.unit_table, self.leader_table):
            when_chosen(table, lambda _row: self._permit_renaming())

    def _make_lists(self) -> QVBoxLayout:
        units, leaders, raters = Card("被考评单位"), Card("班子成员"), Card("评议人")
        raters.add(self.rater_table, row(self.take_raters, 1))
        units.add(self.unit_table, row(self.take_units, self.mend_unit, 1))
        leaders.add(self.leader_table, row(self.take_leaders, self.mend_leader, 1))
        for card, hand_out_button in (
            (units, self.hand_out_units),
            (leaders, self.hand_out_leaders),
            (raters, self.hand_out_raters),
        ):
            card.add_at_title(hand_out_button)
        self._unit_card, self._leader_card, self._rater_card = units, leaders, raters
        self._tables = tables = row(units, leaders, raters, spacing=14)
        tables.setStretch(0, 3)
        tables.setStretch(1, 2)
        tables.setStretch(2, 2)
        both = column(self.rules, tables, spacing=14)
        both.setStretch(1, 1)
        return both

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: the lists stand beside each other, or below where the type is large for the room."""
        super().resizeEvent(event)
        beside = self.width() >= theme.current().px(_SIDE_BY_SIDE)
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._tables.setDirection(way)

    def refresh(self) -> None:
        """Ask where the setup stands."""
        self.run(lambda _progress: self._presenter.state(), self.show_state, asking=True)

    def show_state(self, state: SetupState) -> None:
        """Show `state`."""
        self._units, self._leaders = state.units, state.leaders
        self.next_step.setText(state.next_step)
        self.schemes.setVisible(not state.title)
        self.schemes.show_schemes(tuple((scheme.title, scheme.text) for scheme in state.schemes))
        self._lists.setVisible(bool(state.title))
        self.rules.title.setText(state.title)
        self.rules.show_pairs(state.rules)
        self.units.show_rows(
            [(unit.code, unit.name, unit.unit_class, str(unit.staff)) for unit in state.units]
        )
        self.leaders.show_rows([(leader.code, leader.title, leader.group or "—") for leader in state.leaders])
        self.raters.show_rows(
            [(rater.contest, rater.code, rater.name, rater.group or "—") for rater in state.raters]
        )
        self._leader_card.setVisible(state.leaders_vote)
        self._rater_card.setVisible(state.persons_vote)
        self._rater_card.word.setText(f"{len(state.raters)}位" if state.raters else "")
        self._unit_card.word.setText(f"{len(state.units)}个" if state.units else "")
        self._leader_card.word.setText(f"{len(state.leaders)}位" if state.leaders else "")
        set_role(self.take_units, "" if state.units else "primary")
        set_role(self.take_leaders, "primary" if state.units and not state.leaders else "")
        for each, lines in (
            (self.hand_out_units, state.units),
            (self.hand_out_leaders, state.leaders),
            (self.hand_out_raters, state.raters),
        ):
            allow(each, "" if lines else "还没有内容，没有可以导出的")
        if state.taken:
            words = f"已接续{state.taken}项结果，列入“{YearStage.ENTRIES.title}”的历年考核结果。"
            self.before.say("done", "", words)
        else:
            self.before.say("attention" if state.can_take else "plain", "", state.before)
        self.take_results.setVisible(bool(state.before) and state.can_take)
        self._permit_renaming()

    def _take_results(self) -> None:
        self.run(lambda _progress: self._presenter.take_results(), self.show_state)

    def begin_year(self, text: str) -> None:
        """Begin the year of the scheme `text`."""
        self.run(lambda _progress: self._presenter.begin_year(text), lambda _year: None)

    def begin_year_from(self, path: Path) -> None:
        """Begin the year of the scheme in the file `path`."""
        self.run(lambda _progress: self._presenter.begin_year_from(path), lambda _year: None)

    def _choose_scheme_file(self) -> None:
        choose_file.to_open(self, "选择考核方案", "考核方案 (*.toml)", self.begin_year_from)

    def _hand_out(self, presenter: IntakePresenter) -> None:
        hand_out(self, self.worker, f"导出{presenter.title}", presenter.table)

    def _take_dropped(self, presenter: Callable[[], IntakePresenter], path: Path) -> None:
        self._intake(presenter(), path)

    def _intake(self, presenter: IntakePresenter, path: Path | None = None) -> None:
        dialog = open_intake(self, self.worker, presenter, path)
        dialog.imported.connect(self.changed)
        dialog.imported.connect(self.refresh)

    def _permit_renaming(self) -> None:
        self.permit(
            (self.mend_unit, "" if self.unit_table.currentIndex().isValid() else _NO_ROW),
            (self.mend_leader, "" if self.leader_table.currentIndex().isValid() else _NO_ROW),
        )

    def _rename_unit(self) -> None:
        place = self.unit_table.chosen_row
        if place >= 0:
            unit = self._units[place]
            ask_name(self, "更正单位名称", unit.name, lambda new: self._rename(True, unit.code, new))

    def _rename_leader(self) -> None:
        place = self.leader_table.chosen_row
        if place >= 0:
            leader = self._leaders[place]
            ask_name(
                self, "更正班子成员职务", leader.title, lambda new: self._rename(False, leader.code, new)
            )

    def _rename(self, unit: bool, code: str, name: str) -> None:
        act = self._presenter.rename_unit if unit else self._presenter.rename_leader
        self.run(lambda _progress: act(code, name), self.show_state)
