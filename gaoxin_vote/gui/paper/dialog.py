"""How is a finished sheet looked at, printed and saved?

`show_paper(self, worker, "计票结果报告单", pdf, "计票结果报告单.pdf")`: the PDF stays in memory, and is
written only to the printer or to the one place the officer names.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QWidget

from gaoxin_vote.gui.kit import choose_file, prompts, theme
from gaoxin_vote.gui.kit.dialog import resize_within
from gaoxin_vote.gui.kit.parts import allow, button, column, label, row, set_role
from gaoxin_vote.gui.kit.progress_strip import ProgressStrip
from gaoxin_vote.gui.kit.worker import Worker
from gaoxin_vote.gui.paper import presenter
from gaoxin_vote.gui.paper.preview import PdfPreview

T = TypeVar("T")
NO_PRINTER = "没有找到打印机。请连接打印机后重新打开本窗口，或先保存为 PDF。"


class PaperDialog(QDialog):
    """Preview at the left of the buttons that print and save.

    What is `secret` cannot be had again: closing it unprinted and unsaved asks.
    """

    left = Signal()
    """The sheet was printed or saved."""

    def __init__(
        self, parent: QWidget, worker: Worker, title: str, pdf: bytes, file_name: str, *, secret: bool = False
    ) -> None:
        super().__init__(parent)
        self._worker, self.pdf, self._file_name, self._secret = worker, pdf, file_name, secret
        self._safe = not secret
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        look = theme.current()
        resize_within(self, 860, 660)
        self.preview = PdfPreview()
        self.printers = QComboBox()
        self.printers.setAccessibleName("打印机")
        self.printers.setMinimumWidth(look.px(180))
        self.print = button("打印", self._print, "primary")
        self.save = button("保存为 PDF…", self._ask_where)
        self.outcome = label("", "done", wrap=True)
        self.outcome.setAccessibleName("结果")
        close = button("关闭", self.accept)
        foot = row(self.outcome, self.printers, self.print, self.save, close)
        foot.setStretch(0, 1)
        foot.setContentsMargins(16, 10, 16, 12)
        self.setLayout(column(self.preview, foot, ProgressStrip(worker), spacing=0))
        for piece in (self.print, self.save):
            allow(piece, "正在生成预览…")
        worker.submit(
            lambda _progress: presenter.look(pdf), self._show, partial(prompts.show_error, self), owner=self
        )

    def _show(self, state: presenter.PaperState) -> None:
        self.preview.show_pages(state.pages)
        self.printers.addItems(state.printers)
        self.printers.setVisible(bool(state.printers))
        allow(self.print, "" if state.printers else NO_PRINTER)
        allow(self.save)
        if not state.printers:
            set_role(self.print, "")
            set_role(self.save, "primary")
            set_role(self.outcome, "muted")
            self.outcome.setText(NO_PRINTER)
        (self.print if state.printers else self.save).setFocus()

    def done(self, result: int) -> None:
        """Qt: close, but ask before something is lost."""
        if self._safe:
            super().done(result)
            return
        words = "既没有打印，也没有保存。票码不留在程序里，关闭后无法再取，只能重新生成。"
        close = partial(self._give_up, result)
        prompts.ask(self, "关闭后票码条就没有了", words, "仍然关闭", close, danger=True)

    def _give_up(self, result: int) -> None:
        self._safe = True
        self.done(result)

    def _ask_where(self) -> None:
        choose_file.to_save(self, "保存为 PDF", "PDF 文件 (*.pdf)", self._file_name, self.save_to)

    def save_to(self, path: Path) -> None:
        """Write the sheet to `path`."""
        self._act(lambda: presenter.save(self.pdf, path), lambda kept: f"已保存：{kept}")

    def _print(self) -> None:
        name = self.printers.currentText()
        self._act(lambda: presenter.print_out(self.pdf, name, self._secret), self._printed)

    def _printed(self, printer: str) -> str:
        kept = "。打印完成后，打印服务中的副本自动清除，在此之前请不要退出程序" if self._secret else ""
        return f"已送往打印机：{printer}{kept}"

    def _act(self, call: Callable[[], T], words: Callable[[T], str]) -> None:
        def show(value: T) -> None:
            set_role(self.outcome, "done")
            self.outcome.setText(words(value))
            self._safe = True
            self.left.emit()

        self.outcome.setText("")
        self._worker.submit(lambda _progress: call(), show, partial(prompts.show_error, self), owner=self)


def show_paper(
    parent: QWidget, worker: Worker, title: str, pdf: bytes, file_name: str, *, secret: bool = False
) -> PaperDialog:
    """Show `pdf`; `file_name` is offered when it is saved. The copy of a `secret` print job is purged."""
    dialog = PaperDialog(parent, worker, title, pdf, file_name, secret=secret)
    dialog.open()
    return dialog
