"""Which sheets are there, and how are they issued, and get onto paper?"""

from pathlib import Path

from gaoxin_vote.gui.kit import choose_file, prompts
from gaoxin_vote.gui.kit.page import Page
from gaoxin_vote.gui.kit.parts import Card, button, label, row
from gaoxin_vote.gui.kit.tables import Align, Head, RowsModel, Table, when_chosen
from gaoxin_vote.gui.kit.worker import Worker
from gaoxin_vote.gui.paper.sheet_acts import SheetActs
from gaoxin_vote.gui.paper.state import SheetAct, SheetState
from gaoxin_vote.gui.reports.presenter import ReportsPresenter, ReportsState
from gaoxin_vote.stages import YearStage


class ReportsPage(Page):
    """The list of sheets, and the record package."""

    def __init__(self, presenter: ReportsPresenter, worker: Worker) -> None:
        super().__init__(YearStage.REPORTS, worker)
        self._presenter = presenter
        self._sheets: tuple[SheetState, ...] = ()
        self._package_name = ""
        self._package_blocked = ""
        self.model = RowsModel(
            (Head("报表", stretch=True), Head("用途", stretch=True), Head("状态", Align.STATE))
        )
        self.table = Table(self.model, "报表")
        self.table.doubleClicked.connect(lambda _index: self._look())
        when_chosen(self.table, lambda _place: self._permit())
        self.acts = SheetActs(presenter.sheets, worker, self.run)
        self.acts.issued.connect(self.refresh)
        self.package = button("生成考核档案包…", self._ask_where)
        sheets, package = Card("报表"), Card("考核档案包")
        sheets.add(self.table, self.acts)
        words = "内有加密选票、证明、计票结果、导入材料和考核结果，并有签名。不含口令，也不能打开单张选票。"
        package.add(label(words, "muted", wrap=True), row(self.package, 1))
        self.body.addWidget(sheets, 1)
        self.body.addWidget(package)

    def refresh(self) -> None:
        """Ask which sheets there are."""
        self.run(lambda _progress: self._presenter.state(), self.show_state, asking=True)

    def show_state(self, state: ReportsState) -> None:
        """Show `state`."""
        self.next_step.setText(state.next_step)
        self._sheets, self._package_name = state.sheets, state.package_name
        self._package_blocked = state.package_blocked
        self.model.show_rows([(sheet.title, sheet.purpose, sheet.status) for sheet in state.sheets])
        if not self.table.currentIndex().isValid() and state.sheets:
            place = next((n for n, sheet in enumerate(state.sheets) if sheet.needed or not sheet.paper), 0)
            self.table.selectRow(place)
        self._permit()

    def _chosen(self) -> SheetState | None:
        place = self.table.chosen_row
        return self._sheets[place] if 0 <= place < len(self._sheets) else None

    def _permit(self) -> None:
        self.acts.show_sheet(self._chosen())
        self.permit(*self.acts.reasons(), (self.package, self._package_blocked))

    def _look(self) -> None:
        sheet = self._chosen()
        if sheet is not None:
            self.acts.act(SheetAct.DRAFT if sheet.paper else SheetAct.PAPER)

    def _ask_where(self) -> None:
        choose_file.to_save(
            self, "生成考核档案包", "考核档案包 (*.zip)", self._package_name, self.write_package
        )

    def write_package(self, path: Path) -> None:
        """Write the record package to `path`."""
        self.run(
            lambda progress: self._presenter.write_package(path, progress),
            lambda kept: prompts.tell(
                self, "考核档案包已生成", f"{kept}\n在任何一台装有本程序的电脑上，点“核验”即可核对。"
            ),
        )
