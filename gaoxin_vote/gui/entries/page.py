"""Which files of the year have been imported, and what do they say?"""

from pathlib import Path

from gaoxin_vote.gui.entries.presenter import EntriesPresenter, EntriesState
from gaoxin_vote.gui.intake.dialog import open_intake
from gaoxin_vote.gui.intake.handing_out import hand_out
from gaoxin_vote.gui.kit import theme
from gaoxin_vote.gui.kit.file_drop import FileDrop
from gaoxin_vote.gui.kit.page import Page
from gaoxin_vote.gui.kit.parts import Card, allow, button, label, row
from gaoxin_vote.gui.kit.tables import Align, Head, RowsModel, Table, when_chosen
from gaoxin_vote.gui.kit.worker import Worker
from gaoxin_vote.stages import Destination, DestinationAct, YearStage


class EntriesPage(Page):
    """At the left the kinds of file, at the right what is kept of the chosen kind."""

    def __init__(self, presenter: EntriesPresenter, worker: Worker) -> None:
        super().__init__(YearStage.ENTRIES, worker)
        self._presenter = presenter
        self._chosen = 0
        self.kinds = RowsModel((Head("材料", stretch=True), Head("已导入", Align.STATE, width=76)))
        self.kind_table = Table(self.kinds, "材料种类")
        self.kept = RowsModel(())
        self.kept_table = Table(
            self.kept,
            "已导入内容",
            "这一种材料还没有导入。点“导入”，或者把 Excel、WPS 表格或 CSV 文件拖到这里。",
            sortable=True,
        )
        self.take = button("导入…", self._intake, "primary")
        self.hand_out = button("导出…", self._hand_out)
        FileDrop(self.kept_table, self._intake, self.take.isEnabled)
        self.kind_card, self.content_card = Card("材料"), Card(" ")
        self.kind_card.add(self.kind_table)
        self._words = label("", "muted", wrap=True)
        self.content_card.add(self._words, self.kept_table, row(1, self.hand_out, self.take))
        self.content_card.content.setStretchFactor(self.kept_table, 1)
        self.kind_card.setMaximumWidth(theme.current().px(300))
        both = row(self.kind_card, self.content_card, spacing=14)
        both.setStretch(0, 3)
        both.setStretch(1, 5)
        self.body.addLayout(both, 1)
        when_chosen(self.kind_table, self._choose)

    def refresh(self) -> None:
        """Ask what is there."""
        chosen = self._chosen
        self.run(lambda _progress: self._presenter.state(chosen), self.show_state, asking=True)

    def show_state(self, state: EntriesState) -> None:
        """Show `state`, unless another kind has been chosen meanwhile, whose state is on its way."""
        if state.chosen != self._chosen:
            return
        self.next_step.setText(state.next_step)
        self.kinds.show_rows([(line.title, str(line.count) if line.count else "—") for line in state.lines])
        if self.kind_table.chosen_row != state.chosen:
            self.kind_table.selectRow(state.chosen)
        chosen = state.lines[state.chosen]
        self._words.setText(chosen.words)
        self.content_card.title.setText(chosen.title)
        self.content_card.word.setText(f"{len(state.rows)}行" if state.rows else "")
        self.kept.show_rows(state.rows, [Head(name) for name in state.columns])
        self.take.setText(f"导入{chosen.title}…")
        self.permit((self.take, state.blocked))
        allow(self.hand_out, "" if state.rows else "还没有内容，没有可以导出的")

    def go_to(self, destination: Destination) -> None:
        """Show this kind, perhaps with its import."""
        place = self._presenter.place_of(destination.kind)
        if place is None:
            return
        self._choose(place)
        self.kind_table.selectRow(place)
        if destination.act is DestinationAct.IMPORT and self.take.isEnabled():
            self._intake()
        else:
            self.kept_table.setFocus()

    def _choose(self, place: int) -> None:
        if place != self._chosen:
            self._chosen = place
            self.refresh()

    def _hand_out(self) -> None:
        intake = self._presenter.intake(self._chosen)
        hand_out(self, self.worker, f"导出{intake.title}", intake.table)

    def _intake(self, path: Path | None = None) -> None:
        dialog = open_intake(self, self.worker, self._presenter.intake(self._chosen), path)
        dialog.imported.connect(self.changed)
        dialog.imported.connect(self.refresh)
