"""Which pieces do the tally's page and wizard share? The digest, the counts, the numbers."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QGridLayout, QWidget

from gaoxin_vote.gui.kit.parts import Banner, Figure, column, label, row, rule
from gaoxin_vote.gui.kit.tables import Align, Head, RowsModel, Table
from gaoxin_vote.gui.tally.flow import TallyFlowState


class DigestView(QFrame):
    """64 hexadecimal digits, large, in four rows of four groups, to be read out and compared."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "digest")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(28, 18, 28, 18)
        self._grid.setHorizontalSpacing(28)
        self._grid.setVerticalSpacing(8)
        self._groups = tuple(label("", "hash", select=True) for _ in range(16))
        for number, piece in enumerate(self._groups):
            piece.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            self._grid.addWidget(piece, number // 4, number % 4)

    def show_digest(self, digest: str) -> None:
        """Show `digest`."""
        for number, piece in enumerate(self._groups):
            piece.setText(digest[number * 4 : number * 4 + 4])
        self.setAccessibleName(f"汇总密文摘要 {digest}")


class RemarksBanner(Banner):
    """Which rows of the counts no honest session can have (A42); hidden where there is none."""

    def __init__(self) -> None:
        super().__init__("attention")

    def show_remarks(self, remarks: tuple[str, ...]) -> None:
        """Show the first of them, and how many there are."""
        shown = remarks[:_SHOWN] + (
            (f"其余见表中标※的行，共{len(remarks)}个单位。",) * (len(remarks) > _SHOWN)
        )
        heading = "须由领导小组决定，或对该单位重新投票，否则不能定稿" if remarks else ""
        self.say("attention", heading, "\n".join(shown))


_SHOWN = 3


class CountsTable(Table):
    """The counts of one session, a row for each unit."""

    def __init__(self) -> None:
        self.counts = RowsModel(())
        super().__init__(
            self.counts, "计票统计表", "计票完成后，这里显示每个单位各等次的票数。", sortable=True
        )

    def show_counts(self, heads: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> None:
        """Show the counts; none before the count."""
        self.counts.show_rows(rows, [_head(number, name) for number, name in enumerate(heads)])


class WaitingView(QWidget):
    """What a session that is not counted yet waits for."""

    def __init__(self) -> None:
        super().__init__()
        self._figures = row()
        self._needed = label("", wrap=True)
        self._digest = label("", "muted", wrap=True, select=True)
        self.setLayout(column(self._figures, rule(), self._needed, self._digest, 1, spacing=14))

    def show_state(self, state: TallyFlowState) -> None:
        """Show who is still to come."""
        show_numbers(self._figures, state.figures)
        come = "、".join(turn.name for turn in state.trustees if turn.given)
        arrived = f"；已到：{come}" if come else ""
        names = "、".join(turn.name for turn in state.trustees)
        so_far = f"应到{state.needed}人，已到{state.given}人{arrived}"
        self._needed.setText(f"开箱需要工作区口令，以及{names}中的任意{state.needed}位带U盘到场。{so_far}。")
        self._digest.setText(f"汇总密文摘要：{state.digest}")


def _head(number: int, name: str) -> Head:
    if number == 0:
        return Head(name, Align.STATE)
    return Head(name, stretch=number == 1) if number <= 2 else Head(name, Align.NUMBER)


def show_numbers(layout: QBoxLayout, values: tuple[tuple[str, int], ...]) -> None:
    """Fill `layout` with a figure for each name and number, in place of the earlier ones."""
    while (old := layout.takeAt(0)) is not None:
        if widget := old.widget():
            widget.deleteLater()
    for name, number in values:
        figure = Figure(name)
        figure.show_number(number)
        layout.addWidget(figure)
