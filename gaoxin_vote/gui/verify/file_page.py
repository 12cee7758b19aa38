"""What holds of one file, laid out: verdict, fingerprints to compare, then session by session."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QTabBar, QVBoxLayout, QWidget

from gaoxin_vote.gui.kit.parts import Banner, Card, button, column, label, row, set_role
from gaoxin_vote.gui.kit.roles import LabelRole
from gaoxin_vote.gui.kit.tables import Align, Head, RowsModel, Table
from gaoxin_vote.gui.kit.tracker_search import TrackerSearch
from gaoxin_vote.gui.verify.state import (
    FileState,
    Given,
    LookedAt,
    PrintState,
    SectionState,
    ToldTable,
    compared,
    found_trackers,
    page,
    typed,
)

_MOST_ROWS = 26
_TRACKERS = "查询码"


class FilePage(QWidget):
    """The page of the file that is chosen; what was typed of a fingerprint counts for every file."""

    given_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._kept: Given = ()
        """Records that were compared before the one in the field."""
        self._file: LookedAt | None = None
        self._state: FileState | None = None
        self.verdict, self.sample = Banner(large=True), Banner()
        self.doubts, self.notes = Banner(), Banner()
        self.prints = PrintsCard()
        self.prints.field.textChanged.connect(lambda _text: self._typed())
        self.prints.another.clicked.connect(self._next_record)
        self.tabs = QTabBar()
        self.tabs.setAccessibleName("核验了什么")
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setUsesScrollButtons(True)
        self.tabs.currentChanged.connect(lambda _place: self._show_section())
        self.section: QWidget = QWidget()
        self._room = QVBoxLayout()
        self._room.setContentsMargins(0, 0, 0, 0)
        self._room.addWidget(self.section)
        inner = column(
            self.verdict,
            self.sample,
            self.doubts,
            self.prints,
            self.tabs,
            self._room,
            self.notes,
            1,
            spacing=12,
        )
        inner.setContentsMargins(0, 0, 10, 0)
        self.setLayout(inner)

    @property
    def given(self) -> Given:
        """The fingerprints that were typed."""
        halves = typed(self.prints.field.text()).halves
        return tuple(dict.fromkeys((*self._kept, *((halves,) if halves else ()))))

    def show_file(self, file: LookedAt) -> None:
        """Show what is known of `file`."""
        state = page(file, self.given)
        same = file == self._file
        self._file = file
        self.verdict.say(state.tone, state.heading, "\n".join((state.words, *state.details)))
        self.sample.say("attention", state.sample)
        self.doubts.say("attention", "请核实" if state.doubts else "", "\n".join(state.doubts))
        unchecked = tuple(f"不在核验之列：{words}" for words in state.unchecked)
        self.notes.say("plain", "", "\n".join((*state.notes, *unchecked)))
        self._compare(file, state)
        if not same or self._state is None:
            self._state = state
            self._list_sections(state)
        self._state = state

    def _compare(self, file: LookedAt, state: FileState) -> None:
        self.prints.setVisible(bool(state.prints))
        if not state.prints or file.account is None:
            return
        self.prints.show_prints(state.prints)
        told = typed(self.prints.field.text())
        against = compared(file.account.prints, file.account, self.given)
        self.prints.another.setVisible(bool(against.lacking) and told.halves is not None)
        if against.strange:
            self.prints.say("stop", "✕ 不相符：请核对是不是这份文件的发放记录，有没有输错")
        elif against.comparison.compared and (told.halves is not None or not told.words.startswith("已输入")):
            words = "、".join(_COMPARED[name] for name in against.comparison.compared)
            self.prints.say("done", f"✓ 相符（{words}）")
        else:
            self.prints.say("muted", told.words)

    def _typed(self) -> None:
        self.given_changed.emit()

    def _next_record(self) -> None:
        self._kept = self.given
        self.prints.field.clear()
        self.prints.field.setFocus()

    def _list_sections(self, state: FileState) -> None:
        self.tabs.blockSignals(True)
        while self.tabs.count():
            self.tabs.removeTab(0)
        for section in state.sections:
            self.tabs.addTab(section.title)
        if state.trackers:
            self.tabs.addTab(_TRACKERS)
        self.tabs.setVisible(self.tabs.count() > 0)
        self.tabs.setCurrentIndex(0)
        self.tabs.blockSignals(False)
        self._show_section()

    def _show_section(self) -> None:
        state, place = self._state, self.tabs.currentIndex()
        shown: QWidget = QWidget()
        if state is not None and 0 <= place < len(state.sections):
            shown = VerifiedCard(state.sections[place])
        elif state is not None and state.trackers and place >= 0:
            shown = TrackersCard(state.trackers)
        self._room.replaceWidget(self.section, shown)
        self.section.hide()
        self.section.deleteLater()
        self.section = shown
        shown.show()


_COMPARED = {"trustees": "开箱密钥", "certificate": "签名证书"}


class PrintsCard(Card):
    """The fingerprints in the groups of the paper, and a field for that of the record."""

    def __init__(self) -> None:
        super().__init__("与密钥发放记录核对指纹")
        self.field = QLineEdit()
        self.field.setAccessibleName("发放记录上的核对指纹")
        self.field.setPlaceholderText("发放记录上的核对指纹")
        self.field.setClearButtonEnabled(True)
        self.another = button("再核对一份发放记录", lambda: None)
        self.another.hide()
        self.answer = label("", "muted", wrap=True)
        self.answer.setAccessibleName("指纹比对结果")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(18)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(1, 1)
        self._shown: tuple[PrintState, ...] = ()
        self.add(row(self.field, self.another), self.answer, self._grid)

    def say(self, role: LabelRole, words: str) -> None:
        """The answer to what was typed."""
        set_role(self.answer, role)
        self.answer.setText(words)

    def show_prints(self, prints: tuple[PrintState, ...]) -> None:
        """Show these fingerprints."""
        if prints == self._shown:
            return
        self._shown = prints
        while (old := self._grid.takeAt(0)) is not None:
            if widget := old.widget():
                widget.deleteLater()
        for place, each in enumerate(prints):
            self._grid.addWidget(label(each.name, "muted"), place, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(_digits("\n".join(each.lines), each.name), place, 1)


class VerifiedCard(Card):
    """What holds of a session, a sheet or the year, and its figures."""

    def __init__(self, section: SectionState) -> None:
        super().__init__(accessible=section.title)
        self.tables: list[Table] = []
        for words in section.holds:
            line = label(f"✓ {words}", wrap=True, select=True)
            self.add(line)
        if section.pairs:
            grid = QGridLayout()
            grid.setHorizontalSpacing(18)
            grid.setVerticalSpacing(6)
            grid.setColumnStretch(1, 1)
            for place, (name, value) in enumerate(section.pairs):
                grid.addWidget(label(name, "muted"), place, 0, Qt.AlignmentFlag.AlignTop)
                shown = _digits(value, name) if "\n" in value else label(value, wrap=True, select=True)
                shown.setAccessibleName(f"{name}：{value}")
                grid.addWidget(shown, place, 1)
            self.add(grid)
        for figures in section.tables:
            if figures.lead:
                self.add(label(figures.lead, "muted", wrap=True))
            self.tables.append(_table(figures))
            self.add(self.tables[-1])


class TrackersCard(Card):
    """The ballots of an archive, found by typing a part of what a voter wrote down."""

    def __init__(self, trackers: tuple[str, ...]) -> None:
        super().__init__(accessible=_TRACKERS)
        self.trackers = TrackerSearch(partial(found_trackers, trackers=trackers))
        self.trackers.table.show_at_least(8)
        self.add(self.trackers)


def _table(figures: ToldTable) -> Table:
    if figures.ragged:
        most = max(map(len, figures.rows), default=1)
        heads = [Head("题目", stretch=True), *(Head(f"第{n}项", Align.NUMBER) for n in range(1, most))]
        rows = [(*each, *[""] * (most - len(each))) for each in figures.rows]
    else:
        named, *rows = figures.rows
        numbers = {
            place
            for place in range(len(named))
            if rows and all(each[place].replace(".", "", 1).isdecimal() for each in rows)
        }
        heads = [
            Head(
                name or "单位", Align.NUMBER if place in numbers else Align.TEXT, stretch=place not in numbers
            )
            for place, name in enumerate(named)
        ]
    table = Table(RowsModel(heads, [tuple(each) for each in rows]), figures.title)
    table.show_at_least(min(len(rows), _MOST_ROWS))
    return table


def _digits(text: str, name: str) -> QLabel:
    """A fingerprint in its two lines."""
    shown = label(text, select=True)
    shown.setAccessibleName(f"{name}：{text}")
    return shown
