"""How far is the work under way, and how is it stopped?"""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QProgressBar

from gaoxin_vote.gui.kit.parts import button, label, row
from gaoxin_vote.gui.kit.worker import Worker

_PATIENCE = 300
"""Milliseconds that work may take before the strip shows: what is quicker needs no progress."""


class ProgressStrip(QFrame):
    """The strip at the foot of a window: words, a bar, and a button that cancels."""

    def __init__(self, worker: Worker) -> None:
        super().__init__()
        self.setProperty("role", "strip")
        self.setAccessibleName("进度")
        self._words = label("")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setMaximumWidth(420)
        self._steps = label("", "muted")
        self.cancel = button("取消", worker.cancel)
        inner = row(self._words, self._bar, self._steps, 1, self.cancel, spacing=14)
        inner.setContentsMargins(28, 8, 28, 8)
        inner.setStretch(1, 1)
        self.setLayout(inner)
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(_PATIENCE)
        self._late.timeout.connect(self.show)
        worker.busy_changed.connect(self._busy)
        worker.progressed.connect(self._show_progress)
        self.hide()

    def _busy(self, busy: bool) -> None:
        if busy:
            self._words.setText("正在处理…")
            self._steps.setText("")
            self._bar.setRange(0, 0)
            self.cancel.setEnabled(False)
            self._late.start()
        else:
            self._late.stop()
            self.hide()

    def _show_progress(self, done: int, total: int, words: str) -> None:
        # Only work that reports steps can be stopped: it stops at the next one.
        self.cancel.setEnabled(True)
        self._words.setText(words)
        self._bar.setRange(0, max(total, 1))
        self._bar.setValue(done)
        self._steps.setText(f"{done}/{total}" if total > 1 else "")
