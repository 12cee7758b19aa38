"""核验: does what lies on this medium hold? Files are dropped here, or chosen; no workspace is needed."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QDialog, QListWidget, QStackedWidget, QWidget

from gaoxin_vote.errors import GaoxinVoteError
from gaoxin_vote.gui.kit import choose_file, prompts, theme
from gaoxin_vote.gui.kit.parts import Card, allow, button, column, filled, label, row, scrolling
from gaoxin_vote.gui.kit.progress_strip import ProgressStrip
from gaoxin_vote.gui.kit.worker import Worker
from gaoxin_vote.gui.verify.file_page import FilePage
from gaoxin_vote.gui.verify.presenter import VerifyPresenter
from gaoxin_vote.gui.verify.state import LookedAt, failed, file_lines, summary
from gaoxin_vote.progress import Cancelled

_KIND = "可核验的文件 (*.zip *.pdf *.bel);;所有文件 (*)"
_WHAT = (
    (
        "考核档案包（.zip 或文件夹）",
        "从每张选票的证明一直核验到最后的等次：重新计票、计分、排名，逐份核对报表。",
    ),
    ("已签发的报表（.pdf）", "校验签名，把每一页重新绘制、逐点比对；列出所印数字，与手中的纸质报表核对。"),
    ("选票档案（.bel）", "逐张核验选票、汇总、解密和票数；可查找查询码。"),
)


class VerifyWindow(QDialog):
    """What was dropped at the left, what holds of the chosen one at the right."""

    def __init__(self, parent: QWidget | None, worker: Worker, presenter: VerifyPresenter) -> None:
        super().__init__(parent)
        self._worker, self._presenter = worker, presenter
        self._files: list[LookedAt] = []
        look = theme.current()
        self.setWindowTitle("核验")
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAcceptDrops(True)
        self.choose = button("选择文件…", self._choose, "primary")
        self.choose_folder = button("选择文件夹…", self._choose_folder)
        self.list = QListWidget()
        self.list.setAccessibleName("已选的文件")
        self.list.setFixedWidth(look.px(230))
        self.list.setWordWrap(True)
        self.list.setSpacing(3)
        self.list.currentRowChanged.connect(lambda _row: self._show())
        self.sum = label("", "small", wrap=True)
        self.page = FilePage()
        self.page.given_changed.connect(self._show)
        self._left = filled(column(self.list, self.sum, spacing=8))
        self._left.setFixedWidth(look.px(230))
        self._told = filled(row(self._left, scrolling(self.page), spacing=16))
        self._stack = QStackedWidget()
        self._stack.addWidget(_invitation())
        self._stack.addWidget(self._told)
        self.copy = button("复制核验报告", self._copy)
        self.keep = button("保存核验报告…", self._ask_where)
        self.shut = button("关闭", self.reject)
        main = column(
            row(label("核验", "page-title"), 1, self.choose_folder, self.choose),
            self._stack,
            row(self.copy, self.keep, 1, self.shut),
            spacing=12,
        )
        main.setContentsMargins(24, 18, 24, 14)
        main.setStretch(1, 1)
        self.setLayout(column(main, ProgressStrip(worker), spacing=0))
        self.resize(look.px(1040), look.px(690))
        if parent is not None:
            self.resize(self.size().boundedTo(parent.window().size()))
        self._show()
        self.choose.setFocus()

    def verify(self, paths: Sequence[Path]) -> None:
        """Verify these, one after another; one that is here already, anew."""
        again = [file for file in self._files if file.path not in paths]
        fresh = list(dict.fromkeys(paths))
        self._files = [*again, *map(LookedAt, fresh)]
        for path in fresh:
            self._begin(path)
        self._list_files()
        self.list.setCurrentRow(len(again))
        self._show()

    @property
    def files(self) -> tuple[LookedAt, ...]:
        """What was dropped, and what has come of it."""
        return tuple(self._files)

    def reject(self) -> None:
        """Qt: ask before what is under way is given up."""
        if self._worker.busy and any(file.waiting for file in self._files):
            words = "正在核验的文件还没有得出结论，关闭后需要重新核验。"
            prompts.ask(self, "停止核验？", words, "停止并关闭", self._give_up, danger=True)
        else:
            super().reject()

    def _give_up(self) -> None:
        self._worker.cancel()
        super().reject()

    # -- files ------------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Qt: take files and folders."""
        if _dropped(event):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Qt: take them anywhere in the window."""
        if _dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Qt: verify what was dropped."""
        if paths := _dropped(event):
            event.acceptProposedAction()
            self.verify(paths)

    def _choose(self) -> None:
        choose_file.to_open_several(self, "选择要核验的文件", _KIND, self.verify)

    def _choose_folder(self) -> None:
        choose_file.folder(self, "选择解开的考核档案包", lambda path: self.verify((path,)))

    def _begin(self, path: Path) -> None:
        presenter = self._presenter
        self._worker.submit(
            lambda progress: presenter.verify(path, progress),
            lambda account: self._came(LookedAt(path, account=account)),
            lambda error: self._failed(path, error),
            owner=self,
        )

    def _failed(self, path: Path, error: BaseException) -> None:
        if isinstance(error, Cancelled):
            self._came(LookedAt(path, stopped=True))
            return
        if not isinstance(error, GaoxinVoteError):
            prompts.show_error(self, error)
        self._came(LookedAt(path, failure=failed(error)))

    def _came(self, file: LookedAt) -> None:
        places = [n for n, known in enumerate(self._files) if known.path == file.path and known.waiting]
        for place in places:
            self._files[place] = replace(file)
        self._list_files()
        self._show()

    # -- what is shown ----------------------------------------------------------------------------------

    def _list_files(self) -> None:
        lines = file_lines(self._files, self.page.given)
        if self.list.count() != len(lines):
            chosen = self.list.currentRow()
            self.list.blockSignals(True)
            self.list.clear()
            self.list.addItems(lines)
            self.list.setCurrentRow(max(0, min(chosen, len(lines) - 1)))
            self.list.blockSignals(False)
        for place, line in enumerate(lines):
            self.list.item(place).setText(line)
        self.sum.setText(summary(self._files, self.page.given))

    def _show(self) -> None:
        self._stack.setCurrentIndex(bool(self._files))
        self._left.setVisible(len(self._files) > 1)
        known = any(not file.waiting for file in self._files)
        for act in (self.copy, self.keep):
            allow(act, "" if known else "尚未核验任何文件")
        if self._files:
            self._list_files()
            self.page.show_file(self._files[max(0, self.list.currentRow())])

    def _report(self) -> str:
        return self._presenter.report(self._files, self.page.given)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._report())
        self.copy.setText("已复制")

    def _ask_where(self) -> None:
        name = self._files[0].path.stem if len(self._files) == 1 else "多个文件"
        choose_file.to_save(self, "保存核验报告", "文本文件 (*.txt)", f"核验报告-{name}.txt", self._save)

    def _save(self, path: Path) -> None:
        text, presenter = self._report(), self._presenter
        self._worker.submit(
            lambda _progress: presenter.save(path, text),
            lambda _none: prompts.tell(self, "已保存", f"核验报告已保存为“{path.name}”。"),
            lambda error: prompts.show_error(self, error),
            owner=self,
        )


def _dropped(event: QDropEvent) -> tuple[Path, ...]:
    return tuple(Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile())


def _invitation() -> QWidget:
    """What can be verified, while nothing was dropped yet."""
    card = Card(accessible="可以核验什么")
    lead = label("把文件拖到这里，或点“选择文件…”", "card-title")
    words = "可以一次拖入多个，逐个核验。不需要口令，不打开工作区，也不改动任何文件。"
    kinds = [
        column(label(name, "strong"), label(what, "muted", wrap=True), spacing=2) for name, what in _WHAT
    ]
    after = "核验通过后，请把显示的核对指纹与纸质《密钥发放记录》比对；正式认定以考核档案包为准。"
    card.add(1, lead, label(words, "muted", wrap=True), *kinds, label(after, wrap=True), 2)
    card.content.setSpacing(18)
    card.content.setContentsMargins(48, 24, 48, 24)
    return card
