"""How is a file looked at before it is imported?"""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QCheckBox,
    QDialog,
    QListWidget,
    QRadioButton,
    QWidget,
)

from gaoxin_vote.errors import Refused
from gaoxin_vote.gui.intake.handing_out import hand_out
from gaoxin_vote.gui.intake.presenter import MODE_WORDS, ImportMode, IntakePresenter, IntakeState, Workbook
from gaoxin_vote.gui.kit import choose_file, prompts, theme
from gaoxin_vote.gui.kit.dialog import resize_within
from gaoxin_vote.gui.kit.file_drop import FileDrop
from gaoxin_vote.gui.kit.parts import Banner, allow, button, column, label, row, set_tip
from gaoxin_vote.gui.kit.progress_strip import ProgressStrip
from gaoxin_vote.gui.kit.tables import Head, RowsModel, Table
from gaoxin_vote.gui.kit.worker import Worker

KIND = "表格文件 (*.xlsx *.xls *.et *.ods *.csv)"


class IntakeDialog(QDialog):
    """Choose a file, see what it would change or every fault in it, import.

    What would be lost stands first, in red, and has to be confirmed.
    """

    imported = Signal()

    def __init__(self, parent: QWidget, worker: Worker, presenter: IntakePresenter) -> None:
        super().__init__(parent)
        self._worker, self._presenter = worker, presenter
        self.setWindowTitle(f"导入{presenter.title}")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        resize_within(self, 920, 600)
        self.outcome = Banner("plain", "还没有选择文件", "可导入 Excel（xlsx、xls）、WPS（et）、ods 和 csv。")
        self.warnings = Banner("attention")
        self.findings = QListWidget()
        self.findings.setAccessibleName("需要留意的问题")
        self.findings.setWordWrap(True)
        self.findings.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.findings.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.findings.hide()
        self._path: Path | None = None
        self._state: IntakeState | None = None
        self._group = QButtonGroup(self)
        self.modes = {mode: QRadioButton(words) for mode, words in MODE_WORDS.items()}
        for choice in self.modes.values():
            self._group.addButton(choice)
        next(iter(self.modes.values())).setChecked(True)
        self._group.buttonToggled.connect(lambda _button, on: self._look_again() if on else None)
        self.confirm = QCheckBox()
        self.confirm.hide()
        self.confirm.toggled.connect(lambda _on: self._permit())
        self.model = RowsModel(())
        self.table = Table(
            self.model, "文件内容", "选择文件后，这里显示读到的内容；确认导入之前什么都不会改动。"
        )
        self.table.show_at_least(2)
        self.choose = button("选择文件…", self._choose)
        self.form = button("下载模板…", self._hand_out_form)
        set_tip(self.form, "保存一张空表：列名、填写说明和可选内容都在里面，填好后在这里导入")
        self.act = button("导入", self._apply, "primary")
        self.act.setDefault(True)
        allow(self.act, "请先选择文件")
        heading = label(f"导入{presenter.title}", "page-title")
        main = column(
            row(heading, 1, self.form, self.choose),
            row(*self.modes.values(), 1, spacing=24),
            self.outcome,
            self.warnings,
            self.findings,
            self.table,
            row(self.confirm, 1, button("取消", self.reject), self.act),
            spacing=12,
        )
        main.setContentsMargins(24, 20, 24, 16)
        main.setStretch(5, 1)
        self.setLayout(column(main, ProgressStrip(worker), spacing=0))
        for part in (self, self.table):
            FileDrop(part, self.look_at)

    def look_at(self, path: Path) -> None:
        """Show what importing `path` would change."""
        self._path, self._state = path, None
        mode = self._mode()
        self.outcome.say("plain", f"正在读取{path.name}…")
        self.confirm.hide()
        allow(self.act, "正在读取文件")
        reading = self._worker.reading

        def look(book: Workbook) -> None:
            if (path, mode) != (self._path, self._mode()):
                return
            self._worker.submit(
                lambda _progress: self._presenter.look(path, mode, book),
                lambda state: self._show(state) if mode is self._mode() else None,
                self._refused,
                owner=self,
            )

        self._worker.submit(
            lambda progress: self._presenter.open_book(path, reading, progress),
            look,
            self._refused,
            owner=self,
            apart=True,
        )

    def _choose(self) -> None:
        choose_file.to_open(self, f"导入{self._presenter.title}", KIND, self.look_at)

    def _hand_out_form(self) -> None:
        def saved(path: Path) -> None:
            words = "填好后回到这里，点“选择文件…”导入。"
            prompts.tell(self, "下载模板", f"模板已保存为“{path.name}”。{words}")

        hand_out(self, self._worker, f"保存{self._presenter.title}模板", self._presenter.form, saved)

    def _mode(self) -> ImportMode:
        return next(mode for mode, choice in self.modes.items() if choice.isChecked())

    def _look_again(self) -> None:
        if self._path is not None:
            self.look_at(self._path)

    def _show(self, state: IntakeState) -> None:
        self.outcome.say("done" if state.changes else "plain", state.file_name, state.words)
        self._say_findings(state.warnings)
        self.table.setWordWrap(False)
        self.model.show_rows(state.rows, [Head(name) for name in state.columns], state.alarming)
        self._state = state
        self.confirm.setText(state.going)
        self.confirm.setVisible(bool(state.going))
        self.confirm.setChecked(False)
        self._permit()
        if self.act.isEnabled():
            self.act.setFocus()

    def _permit(self) -> None:
        """Import what changes something, once what would be lost is confirmed."""
        if self._state is None:
            return
        if not self._state.changes:
            allow(self.act, "文件内容与现有内容相同，不需要导入")
        elif self._state.going and not self.confirm.isChecked():
            allow(self.act, "有内容将被删除或覆盖，请先勾选确认")
        else:
            allow(self.act)

    def _refused(self, error: BaseException) -> None:
        self._state = None
        self.confirm.hide()
        allow(self.act, "文件有错误，未作任何改动")
        self._say_findings(())
        if not isinstance(error, Refused):
            self.outcome.say("plain", "没有读到内容")
            prompts.show_error(self, error)
            return
        count = f"{len(error.details)}条，" if error.details else ""
        self.outcome.say("attention", f"需要更正（{count}未作任何改动）", error.message)
        faults = tuple((str(number), words) for number, words in enumerate(error.details, start=1))
        self.model.show_rows(faults, [Head("序号"), Head("错误", stretch=True)])
        self.table.setWordWrap(True)
        self.table.resizeRowsToContents()

    def _say_findings(self, findings: tuple[str, ...]) -> None:
        """List all that should be looked at, the gravest first, and say how many there are."""
        self.warnings.say("attention", f"请留意（{len(findings)}处）" if findings else "")
        self.findings.clear()
        self.findings.addItems(findings)
        self.findings.setVisible(bool(findings))
        lines = sum(self.findings.sizeHintForRow(row) for row in range(self.findings.count()))
        self.findings.setFixedHeight(min(theme.current().px(132), lines + 10))

    def _apply(self) -> None:
        def done(_none: object) -> None:
            self.imported.emit()
            self.accept()

        confirmed = self.confirm.isChecked()
        allow(self.act, "正在导入")
        self._worker.submit(
            lambda _progress: self._presenter.apply(confirmed), done, self._refused, owner=self
        )


def open_intake(
    parent: QWidget, worker: Worker, presenter: IntakePresenter, path: Path | None = None
) -> IntakeDialog:
    """Open the dialog; a file that was dropped on the page is looked at."""
    dialog = IntakeDialog(parent, worker, presenter)
    dialog.open()
    if path is not None:
        dialog.look_at(path)
    return dialog
