"""How is a file looked at before it is imported?"""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QComboBox, QDialog, QRadioButton, QWidget

from gaoxin_vote.errors import Refused
from gaoxin_vote.gui.intake.findings import FindingsList
from gaoxin_vote.gui.intake.handing_out import hand_out
from gaoxin_vote.gui.intake.headings_dialog import HeadingsDialog
from gaoxin_vote.gui.intake.presenter import ImportMode, IntakePresenter, Workbook
from gaoxin_vote.gui.intake.state import MODE_WORDS, FileFinding, Headings, IntakeState, Source
from gaoxin_vote.gui.intake.views import IntakeViews
from gaoxin_vote.gui.kit import choose_file, prompts
from gaoxin_vote.gui.kit.dialog import resize_within
from gaoxin_vote.gui.kit.file_drop import FileDrop, one_file
from gaoxin_vote.gui.kit.parts import Banner, allow, button, column, label, row, set_tip
from gaoxin_vote.gui.kit.progress_strip import ProgressStrip
from gaoxin_vote.gui.kit.worker import Worker

KIND = "表格文件 (*.xlsx *.xls *.et *.ods *.csv)"
_READ = "可导入 Excel（xlsx、xls）、WPS（et）、ods 和 csv，也可粘贴从表格中复制的一块。"


class IntakeDialog(QDialog):
    """Choose, drop or paste a table, see what it would change and every fault in it, import.

    What would be lost stands first, in red, and has to be confirmed.
    """

    imported = Signal()

    def __init__(self, parent: QWidget, worker: Worker, presenter: IntakePresenter) -> None:
        super().__init__(parent)
        self._worker, self._presenter = worker, presenter
        self.setWindowTitle(f"导入{presenter.title}")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        resize_within(self, 1140, 660)
        self.outcome = Banner("plain", "还没有选择文件", _READ)
        self.views, self.findings = IntakeViews(), FindingsList()
        self.findings.wanted.connect(self.views.show_cell)
        self.findings.match_wanted.connect(self._match)
        self._book: Workbook | None = None
        self._source: Source | None = None
        self._said: Headings | None = None
        """What was said of the headings of the source, for as long as it is looked at."""
        self._state: IntakeState | None = None
        self._group = QButtonGroup(self)
        self.modes = {mode: QRadioButton(words) for mode, words in MODE_WORDS.items()}
        for choice in self.modes.values():
            self._group.addButton(choice)
        next(iter(self.modes.values())).setChecked(True)
        self._group.buttonToggled.connect(lambda _button, on: self._look_again() if on else None)
        self.sheets = QComboBox()
        self.sheets.setAccessibleName("读入哪个工作表")
        self.sheets.hide()
        self.sheets.activated.connect(lambda _place: self._look_again())
        self.confirm = QCheckBox()
        self.confirm.hide()
        self.confirm.toggled.connect(lambda _on: self._permit())
        self.form = button("下载模板…", self._hand_out_form)
        set_tip(self.form, "保存一张空表：列名、填写说明和可选内容都在里面，填好后在这里导入")
        self.paste = button("粘贴", self._paste)
        set_tip(self.paste, "在 Excel 或 WPS 中连同列名一起选中、复制，然后在这里粘贴（Ctrl+V）")
        self.choose = button("选择文件…", self._choose)
        self.act = button("导入", self._apply, "primary")
        self.act.setDefault(True)
        allow(self.act, "请先选择文件")
        middle = row(self.views, self.findings, spacing=14)
        middle.setStretch(0, 5)
        middle.setStretch(1, 3)
        main = column(
            row(label(f"导入{presenter.title}", "page-title"), 1, self.form, self.paste, self.choose),
            row(*self.modes.values(), 1, self.sheets, spacing=24),
            self.outcome,
            middle,
            row(self.confirm, 1, button("取消", self.reject), self.act),
            spacing=12,
        )
        main.setContentsMargins(24, 20, 24, 16)
        main.setStretch(3, 1)
        self.setLayout(column(main, ProgressStrip(worker), spacing=0))
        self.choose.setFocus()
        for part in (self, self.views.change_table, self.views.cell_table):
            FileDrop(part, self.look_at)

    def look_at(self, source: Source) -> None:
        """Show what importing a file, or the text of a pasted block, would change."""
        self.sheets.clear()
        self._said = None
        self._look(source)

    def _look(self, source: Source) -> None:
        self._source, self._state, self._book = source, None, None
        said = self._said
        asked = (source, self._mode(), self._sheet())
        self.outcome.say("plain", f"正在读取{source.name}…" if isinstance(source, Path) else "正在读取…")
        self.confirm.hide()
        allow(self.act, "正在读取文件")
        reading = self._worker.reading

        def is_asked() -> bool:
            return asked == (self._source, self._mode(), self._sheet())

        def look(book: Workbook) -> None:
            if not is_asked():
                return
            self._book = book
            self._worker.submit(
                lambda _progress: self._presenter.look(asked[1], book, asked[2], said),
                lambda state: self._show(state) if is_asked() else None,
                self._refused,
                owner=self,
            )

        self._worker.submit(
            lambda progress: self._presenter.open_book(source, reading, progress),
            look,
            self._refused,
            owner=self,
            apart=True,
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: paste, wherever the keyboard is; else as every dialog does."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self._paste()
        else:
            super().keyPressEvent(event)

    def _choose(self) -> None:
        choose_file.to_open(self, f"导入{self._presenter.title}", KIND, self.look_at)

    def _paste(self) -> None:
        """Look at what was copied: a block of cells, or a file."""
        clipboard = QGuiApplication.clipboard()
        path, text = one_file(clipboard.mimeData()), clipboard.text()
        if path is not None:
            self.look_at(path)
        elif text.strip():
            self.look_at(text)
        else:
            words = "请先在 Excel 或 WPS 中连同列名一起选中要导入的格子，复制后再粘贴。"
            prompts.tell(self, "没有可以粘贴的表格", words)

    def _hand_out_form(self) -> None:
        def saved(path: Path) -> None:
            words = "填好后回到这里，点“选择文件…”导入。"
            prompts.tell(self, "下载模板", f"模板已保存为“{path.name}”。{words}")

        hand_out(self, self._worker, f"保存{self._presenter.title}模板", self._presenter.form, saved)

    def _mode(self) -> ImportMode:
        return next(mode for mode, choice in self.modes.items() if choice.isChecked())

    def _sheet(self) -> str:
        """The one sheet that is to be read; empty for all that fit."""
        return str(self.sheets.currentData() or "")

    def _look_again(self) -> None:
        if self._source is not None:
            self._look(self._source)

    def _show(self, state: IntakeState) -> None:
        if state.refused:
            self.outcome.say("attention", "需要更正（未作任何改动）", state.words)
        else:
            self.outcome.say("done" if state.changes else "plain", state.file_name, state.words)
        self._offer_sheets(state.fitting)
        self.findings.show_findings(state.findings, state.can_match and bool(state.sheets))
        self.views.show_state(state)
        self._state = state
        self.confirm.setText(state.going)
        self.confirm.setVisible(bool(state.going))
        self.confirm.setChecked(False)
        self._permit()
        if self.act.isEnabled():
            self.act.setFocus()

    def _offer_sheets(self, fitting: tuple[str, ...]) -> None:
        """Let one be chosen where several sheets of the file fit."""
        if not self.sheets.count():
            self.sheets.addItem(f"读入全部{len(fitting)}个适合的工作表", "")
            for name in fitting:
                self.sheets.addItem(f"只读入“{name}”", name)
        self.sheets.setVisible(len(fitting) > 1)

    def _match(self) -> None:
        """Ask what the headings of the sheet mean, and look again."""
        book, sheet = self._book, self.views.worksheet
        if book is None:
            return

        def said(headings: Headings) -> None:
            self._said = {**(self._said or {}), **headings}
            self._look_again()

        HeadingsDialog(self, lambda number: self._presenter.heading_row(book, sheet, number), said).open()

    def _permit(self) -> None:
        """Import what changes something, once what would be lost is confirmed."""
        if self._state is None:
            return
        if self._state.refused:
            allow(self.act, "文件有错误，未作任何改动")
        elif not self._state.changes:
            allow(self.act, "文件内容与现有内容相同，不需要导入")
        elif self._state.going and not self.confirm.isChecked():
            allow(self.act, "有内容将被删除或覆盖，请先勾选确认")
        else:
            allow(self.act)

    def _refused(self, error: BaseException) -> None:
        self._state = None
        self.confirm.hide()
        self.sheets.hide()
        self.views.clear()
        allow(self.act, "文件有错误，未作任何改动")
        self.findings.show_findings(())
        if not isinstance(error, Refused):
            self.outcome.say("plain", "没有读到内容")
            prompts.show_error(self, error)
            return
        self.outcome.say("attention", "需要更正（未作任何改动）", error.message)
        self.findings.show_findings(
            tuple(FileFinding(words, True, "", None, None) for words in error.details)
        )

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
