"""How are the changes that a file would make, and its own sheets, shown behind tabs?"""

from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import QAbstractItemView, QStackedWidget, QTabBar, QWidget

from gaoxin_vote.gui.intake.state import FileFinding, IntakeState, WorksheetState
from gaoxin_vote.gui.kit.parts import column
from gaoxin_vote.gui.kit.tables import Align, Head, RowsModel, Table

_EMPTY = "选择文件、把文件拖到这里，或者粘贴从 Excel、WPS 复制的表格；确认导入之前什么都不会改动。"


class IntakeViews(QWidget):
    """A tab with the changes, and one for each sheet of the file."""

    def __init__(self) -> None:
        super().__init__()
        self._sheets: tuple[WorksheetState, ...] = ()
        self._first = 0
        """The tab of the first sheet."""
        self.tabs = QTabBar()
        self.tabs.setAccessibleName("变动，或者文件的内容")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.hide()
        self.changes = RowsModel(())
        self.change_table = Table(self.changes, "导入后的变动", _EMPTY)
        self.cells = RowsModel(())
        self.cell_table = Table(self.cells, "文件的内容", "这个工作表没有内容。")
        self.cell_table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.stack = QStackedWidget()
        for table in (self.change_table, self.cell_table):
            table.show_at_least(2)
            # The first rows say how wide columns are; to ask thousands takes too long for a look.
            table.horizontalHeader().setResizeContentsPrecision(150)
            self.stack.addWidget(table)
        self.setLayout(column(self.tabs, self.stack, spacing=6))
        self.tabs.currentChanged.connect(self._turn)

    @property
    def worksheet(self) -> str:
        """The name of the sheet that is shown, or of the first that fits, or of the first."""
        place = self.tabs.currentIndex() - self._first
        if 0 <= place < len(self._sheets):
            return self._sheets[place].name
        return next((sheet.name for sheet in self._sheets if sheet.fits), self._sheets[0].name)

    def clear(self) -> None:
        """Show no file."""
        self._sheets, self._first = (), 0
        self.tabs.hide()
        self.changes.show_rows((), ())
        self.stack.setCurrentWidget(self.change_table)

    def show_state(self, state: IntakeState) -> None:
        """Show the changes; of a faulty file the sheet of its first error."""
        self._sheets, self._first = state.sheets, int(not state.refused)
        self.changes.show_rows(
            state.rows, [Head(name) for name in state.columns], state.alarming, state.marks
        )
        self.tabs.blockSignals(True)
        while self.tabs.count():
            self.tabs.removeTab(0)
        if not state.refused:
            self.tabs.addTab("变动")
        for sheet in state.sheets:
            several = len(state.sheets) > 1 and sheet.name
            words = f"工作表“{sheet.name}”" if several else "文件内容"
            self.tabs.addTab(words.replace("&", "&&"))
        self.tabs.blockSignals(False)
        self.tabs.setVisible(self.tabs.count() > 0)
        at = next((finding for finding in state.findings if finding.is_error), None)
        if state.refused and at is not None:
            self.show_cell(at)
        self._turn(self.tabs.currentIndex())

    def show_cell(self, finding: FileFinding) -> None:
        """Turn to the sheet, scroll to the cell and choose it, as far as there is one."""
        for place, sheet in enumerate(self._sheets):
            if sheet.name != finding.sheet:
                continue
            self.tabs.setCurrentIndex(self._first + place)
            self._turn(self._first + place)
            if finding.row is not None and finding.row <= len(sheet.rows):
                wanted = finding.column if finding.column is not None else 0
                index = self.cells.index(finding.row - 1, min(wanted, len(sheet.heads) - 1))
                flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
                self.cell_table.selectionModel().setCurrentIndex(index, flag)
                self.cell_table.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)

    def _turn(self, tab: int) -> None:
        place = tab - self._first
        if not 0 <= place < len(self._sheets):
            self.stack.setCurrentWidget(self.change_table)
            return
        sheet = self._sheets[place]
        if self.cells.rows is not sheet.rows or self.cells.marks is not sheet.marks:
            heads = [
                Head(name, Align.STATE if not number else Align.TEXT)
                for number, name in enumerate(sheet.heads)
            ]
            self.cells.show_rows(sheet.rows, heads, marks=sheet.marks)
        self.stack.setCurrentWidget(self.cell_table)
