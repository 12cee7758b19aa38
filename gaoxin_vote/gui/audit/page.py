"""What was done in this workspace, in which order?"""

from functools import partial

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit

from gaoxin_vote.gui.audit.presenter import LOG_FILES, AuditPresenter, LogFile
from gaoxin_vote.gui.audit.state import AuditLine, AuditState, Wanted, cells, count_words, whole
from gaoxin_vote.gui.intake.handing_out import hand_out
from gaoxin_vote.gui.kit.date_field import DateField
from gaoxin_vote.gui.kit.page import Page
from gaoxin_vote.gui.kit.parts import Banner, Card, allow, button, label, row, set_tip
from gaoxin_vote.gui.kit.tables import Align, Head, RowsModel, Table, when_chosen
from gaoxin_vote.gui.kit.worker import Worker
from gaoxin_vote.stages import YearStage

_HEADS = (
    Head("序号", Align.STATE),
    Head("时间"),
    Head("事项"),
    Head("内容", stretch=True),
)
_TRACES = (Head("编号和摘要", stretch=True), Head("校验码"))
_ALL = "全部事项"


class AuditPage(Page):
    """The log, newest first; found by words, act and day; and the check of its chain."""

    def __init__(self, presenter: AuditPresenter, worker: Worker) -> None:
        super().__init__(YearStage.AUDIT, worker)
        self._presenter = presenter
        self._state = AuditState(())
        self._shown: tuple[AuditLine, ...] = ()
        self.next_step.setText(
            "每一步操作按顺序登记，不能修改或删除。投票期间只记暂停、恢复和结束，投票本身不留记录。"
        )
        self.search = QLineEdit()
        self.search.setAccessibleName("查找操作记录")
        self.search.setPlaceholderText("查找：单位、会议、文件、人员……")
        self.search.setClearButtonEnabled(True)
        set_tip(self.search, "查找（Ctrl+F）")
        self.act = QComboBox()
        self.act.setAccessibleName("事项")
        self.act.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.act.addItem(_ALL, "")
        self.first, self.last = DateField("从哪一天起"), DateField("到哪一天止")
        self.traces = QCheckBox("显示编号、摘要和校验码")
        self.count = label("", "muted")
        self.count.setAccessibleName("找到的条数")
        self.search.textChanged.connect(lambda _text: self._find())
        self.act.currentIndexChanged.connect(lambda _place: self._find())
        for field in (self.first, self.last):
            field.line.textChanged.connect(lambda _text: self._find())
        self.traces.toggled.connect(lambda _on: self._find())
        QShortcut(QKeySequence.StandardKey.Find, self).activated.connect(self.search.setFocus)
        self.model = RowsModel(_HEADS)
        empty = "没有符合条件的记录。请换个词，或清空条件。"
        self.table = Table(self.model, "审计日志", empty, sortable=True)
        when_chosen(self.table, lambda _place: self._tell())
        self.entry = Banner("plain")

        self.exports = tuple(button(each.label, partial(self._export, each)) for each in LOG_FILES)
        self.check = button("核对日志完整性", self._check, "primary")
        self.outcome = Banner("done")
        card = Card("操作记录")
        finding = row(self.search, self.act, self.count)
        finding.setStretch(0, 1)
        days = row(label("从"), self.first, label("到"), self.last)
        card.add(finding, days, self.table, self.entry, row(*self.exports, self.traces, 1, self.check))
        card.content.setStretchFactor(self.table, 1)
        self.table.show_at_least(4)
        self.body.addWidget(self.outcome)
        self.body.addWidget(card, 1)

    def refresh(self) -> None:
        """Ask for the acts."""
        self.run(lambda _progress: self._presenter.state(), self.show_state, asking=True)

    def show_state(self, state: AuditState) -> None:
        """Show `state`, as far as it is looked for."""
        self._state = state
        chosen = self.act.currentData()
        self.act.blockSignals(True)
        self.act.clear()
        self.act.addItem(_ALL, "")
        for act in state.acts:
            self.act.addItem(act, act)
        self.act.setCurrentIndex(max(0, self.act.findData(chosen)))
        self.act.blockSignals(False)
        self._find()

    def _find(self) -> None:
        wanted = Wanted(self.search.text(), self.act.currentData() or "", self.first.day, self.last.day)
        traces = self.traces.isChecked()
        self._shown = self._state.shown(wanted)
        heads = _HEADS + _TRACES * traces
        rows = [cells(line, traces) for line in self._shown]
        self.model.show_rows(rows, None if heads == self.model.heads else heads)
        self.table.viewport().update()
        self.count.setText(count_words(len(self._shown), len(self._state.lines)))
        for export in self.exports:
            allow(export, "" if self._shown else "没有可以导出的记录")
        self._tell()

    def _tell(self) -> None:
        """The chosen entry, whole."""
        place = self.table.chosen_row
        told = ("", "")
        if 0 <= place < len(self._shown):
            told = whole(self._shown[place], self.traces.isChecked())
        self.entry.say("plain", *told)

    def _export(self, file: LogFile) -> None:
        lines, traces = self._shown, self.traces.isChecked()
        make = partial(file.make, lines, traces)
        hand_out(self, self.worker, file.label.rstrip("…"), make, kinds=file.kinds)

    def _check(self) -> None:
        self.outcome.say("plain", "")
        self.run(lambda _progress: self._presenter.check(), self._checked, asking=True)

    def _checked(self, count: int) -> None:
        self.outcome.say("done", f"✓ {count}条记录完整，未发现改动、缺失或调换")
