"""How is everything said of a file listed, so that one gets to the cell that is meant?"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QWidget

from gaoxin_vote.gui.intake.state import FileFinding
from gaoxin_vote.gui.kit import theme
from gaoxin_vote.gui.kit.icons import pixmap
from gaoxin_vote.gui.kit.parts import Banner, button, column, set_tip


class FindingsList(QWidget):
    """The findings under their number; a click, or Enter, asks for the cell of one."""

    wanted = Signal(object)
    """The person wants to see the cell of this `FileFinding`."""
    match_wanted = Signal()
    """The person wants to say what the headings of the file mean."""

    def __init__(self) -> None:
        super().__init__()
        self._findings: tuple[FileFinding, ...] = ()
        self.banner = Banner("attention")
        self.list = QListWidget()
        self.list.setAccessibleName("需要留意的问题")
        self.list.setWordWrap(True)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemClicked.connect(self._want)
        self.list.itemActivated.connect(self._want)
        self.match = button("对照列名…", self.match_wanted.emit)
        set_tip(self.match, "文件中的列名与本系统不同的，在这里说明哪一列是什么；导入后记住，下次不必再选")
        self.setLayout(column(self.banner, self.list, self.match))
        self.show_findings(())

    def show_findings(self, findings: tuple[FileFinding, ...], can_match: bool = False) -> None:
        """List these; nothing is shown where there are none. `can_match` offers to match the headings."""
        self._findings = findings
        self.match.setVisible(can_match)
        look = theme.current()
        errors = sum(finding.is_error for finding in findings)
        counts = ((errors, "错误"), (len(findings) - errors, "请留意"))
        told = "，".join(f"{words}（{count}处）" for count, words in counts if count)
        at_cells = any(finding.row is not None for finding in findings)
        self.banner.say("attention", told, "点一条，左边就显示那一格。" if at_cells else "")
        self.list.clear()
        for finding in findings:
            name, colour = (
                ("stop", look.colours.red) if finding.is_error else ("attention", look.colours.amber)
            )
            item = QListWidgetItem(QIcon(pixmap(name, colour, look.px(16))), finding.words)
            self.list.addItem(item)
        self.setVisible(bool(findings))

    def _want(self, item: QListWidgetItem) -> None:
        self.wanted.emit(self._findings[self.list.row(item)])
