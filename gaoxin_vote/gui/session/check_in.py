"""Who is present, and who was handed a slip? No times, and never what was voted."""

from enum import IntEnum

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from gaoxin_vote.gui.kit import theme
from gaoxin_vote.gui.kit.parts import Card, button, label, row
from gaoxin_vote.gui.kit.tables import Align, Head, Index, RowsModel, Table
from gaoxin_vote.gui.session.state import ElectorLine

_NAMED = "点“签到”“票码条”两列即可登记，点“备注”写明谁到会；用键盘时按空格。领票即视为签到。"
_LINE = 25
"""Pixels of a line at the normal font setting: many electors are looked through."""
_IN_SIGHT = 25
"""So many lines stand in sight without a scroll bar of the list's own."""
_FEWEST = 4
"""So many lines the list is high at least; in the booth it takes what room there is."""
_TICKS_ONLY = "点“签到”“票码条”两列即可登记；用键盘时按空格。领票即视为签到。"
_COUNTED = "不记名：点“票码条”一列登记发出的票，领票即计入实到；用键盘时按空格。"


class CheckInColumn(IntEnum):
    """Columns of the check-in list."""

    NUMBER, LABEL, ATTENDED, ISSUED, NOTE = range(5)


class CheckInModel(RowsModel):
    """The electoral roll; the two state columns can be ticked."""

    def __init__(self) -> None:
        super().__init__(
            (
                Head("序号", Align.STATE, width=64),
                Head("投票人", stretch=True),
                Head("签到", Align.STATE, width=110),
                Head("票码条", Align.STATE, width=110),
                Head("备注", width=220),
            )
        )
        self.lines: tuple[ElectorLine, ...] = ()

    def show_lines(self, lines: tuple[ElectorLine, ...]) -> None:
        """Show the roll."""
        self.lines = lines
        self.show_rows([_row(number, line) for number, line in enumerate(lines, start=1)])

    def ticked(self, index: Index) -> bool | None:
        """Whether the cell is ticked, or None where there is nothing to tick."""
        line = self.lines[index.row()]
        ticks = {CheckInColumn.ATTENDED: line.attended, CheckInColumn.ISSUED: line.issued}
        return ticks.get(CheckInColumn(index.column()))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Qt: what a screen reader says of a cell, else as every table."""
        if index.isValid() and role == Qt.ItemDataRole.AccessibleTextRole:
            ticked = self.ticked(index)
            head = self.heads[index.column()].text
            text = self.rows[index.row()][index.column()]
            return text if ticked is None else f"{head}：{text if ticked else '否'}"
        return super().data(index, role)


class CheckInTable(Table):
    """A click, or the space bar, on 签到 or 票码条 turns it over."""

    came_wanted = Signal(object)
    """The `ElectorLine` for which is to be noted who came."""
    turned = Signal(str, int, bool)
    """The elector's code, a `CheckInColumn`, and whether it is ticked from now on."""

    def __init__(self, model: CheckInModel) -> None:
        super().__init__(model, "签到与领票", "筹备会议后，这里列出应到名单。", line=_LINE)
        self._roll = model
        self.wished: dict[tuple[str, int], bool] = {}
        """What has been turned over and is not shown yet: fast keys come before the answers."""
        self.allowed = False
        self.anonymous = False
        self.clicked.connect(self._turn)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: space turns over what is current."""
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self._turn(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def forget(self, elector: str, column: int) -> None:
        """What was turned over is not wished any more."""
        self.wished.pop((elector, column), None)

    def _turn(self, index: QModelIndex) -> None:
        if self.allowed and not self.anonymous and index.column() == CheckInColumn.NOTE:
            self.came_wanted.emit(self._roll.lines[index.row()])
            return
        ticked = self._roll.ticked(index)
        counted = self.anonymous and index.column() == CheckInColumn.ATTENDED
        if self.allowed and ticked is not None and not counted:
            place = self._roll.lines[index.row()].code, index.column()
            self.wished[place] = not self.wished.get(place, ticked)
            self.turned.emit(*place, self.wished[place])


class CheckInCard(Card):
    """The check-in list of one session: up to 25 lines in sight, found by typing."""

    all_wanted = Signal()
    """Everybody is present."""
    more_wanted = Signal()
    """More slips are needed."""

    def __init__(self, *, ticks_only: bool = False) -> None:
        """With `ticks_only`, neither all at once, nor who came, nor more slips; and no page to scroll."""
        super().__init__("签到与领票")
        self._ticks_only = ticks_only
        self.model = CheckInModel()
        self.table = CheckInTable(self.model)
        self.table.show_at_least(_FEWEST)
        self.search = QLineEdit()
        self.search.setAccessibleName("查找投票人")
        self.search.setPlaceholderText("查找：输入名称或序号")
        self.search.setMinimumWidth(theme.current().px(240))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._find)
        self.search.returnPressed.connect(self._to_found)
        self.model.modelReset.connect(self._find)
        self.all = button("全部签到…", self.all_wanted.emit)
        self.more = button("追加票码条…", self.more_wanted.emit)
        for offer in (self.all, self.more):
            offer.hide()
        self.word.setText("这里不记录时间，也看不到任何人投了什么")
        self._hint = label(_NAMED, "small", wrap=True)
        self.add(row(self.search, 1, self.more, self.all), self.table, self._hint)
        self.content.setStretchFactor(self.table, 1)

    def show_roll(
        self,
        title: str,
        lines: tuple[ElectorLine, ...],
        allowed: bool,
        anonymous: bool = False,
        *,
        may_add: bool = False,
    ) -> None:
        """Show the roll of the session `title`; where it is `anonymous`, only slips are ticked.

        `may_add`: more slips can be made.
        """
        self.table.anonymous = anonymous
        self._hint.setText(_COUNTED if anonymous else _TICKS_ONLY if self._ticks_only else _NAMED)
        self.title.setText(f"签到与领票（{title}）" if title else "签到与领票")
        self.table.allowed = allowed
        self._hint.setVisible(allowed)
        some_missing = not all(line.attended for line in lines)
        self.all.setVisible(allowed and not anonymous and not self._ticks_only and some_missing)
        self.more.setVisible(may_add)
        self.model.show_lines(lines)
        in_sight = _FEWEST if self._ticks_only else _IN_SIGHT
        self.table.show_at_least(min(max(len(lines), _FEWEST), in_sight))

    def _find(self) -> None:
        """Only lines with what is typed stay in sight."""
        wanted = self.search.text().strip()
        for number, line in enumerate(self.model.lines):
            found = wanted in line.label or wanted == str(number + 1)
            self.table.setRowHidden(number, bool(wanted) and not found)

    def _to_found(self) -> None:
        """To the first line found, where the space bar ticks."""
        found = next((n for n in range(len(self.model.lines)) if not self.table.isRowHidden(n)), None)
        if found is not None:
            self.table.setCurrentIndex(self.model.index(found, CheckInColumn.ISSUED))
            self.table.setFocus()


def _row(number: int, line: ElectorLine) -> tuple[str, ...]:
    again = f"遗失补发{line.replacements}次" if line.replacements else ""
    return (
        str(number),
        line.label,
        "✓ 已签到" if line.attended else "—",
        "✓ 已发出" if line.issued else "—",
        "，".join(filter(None, (line.came, again))),
    )
