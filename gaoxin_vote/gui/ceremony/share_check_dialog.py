"""Does this share file open with this passphrase, and is it of the keys that are in use?"""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gaoxin_vote.errors import Refused
from gaoxin_vote.gui.kit import prompts
from gaoxin_vote.gui.kit.choose_file import PathField
from gaoxin_vote.gui.kit.dialog import FieldsDialog
from gaoxin_vote.gui.kit.parts import Banner
from gaoxin_vote.gui.kit.passphrase import PassphraseField
from gaoxin_vote.gui.kit.worker import Worker

SHARE_KIND = "开箱密钥文件 (*.gxk);;所有文件 (*)"


class ShareCheckDialog(FieldsDialog):
    """The trustees one after another: it stays open, and says of each file what holds of it."""

    checked = Signal()
    """A share file was found usable."""

    def __init__(self, parent: QWidget, worker: Worker, check: Callable[[Path, str], str]) -> None:
        super().__init__(
            parent,
            "检查密钥文件",
            "请密钥保管人插入本人的U盘，选择密钥文件，输入本人的口令，他人请回避。"
            "只核对文件和口令，不打开任何票，也不改动密钥文件。可以一位接一位检查。",
            "检查",
        )
        self._worker, self._check = worker, check
        self.share = PathField("密钥文件", "选择开箱密钥文件", SHARE_KIND)
        self.passphrase = PassphraseField("密钥口令", "由本人输入")
        self.passphrase.line.returnPressed.connect(self.send)
        self.again = self.passphrase
        self.cancel.setText("关闭")
        self.outcome = Banner("done")
        self.field("密钥文件（本人U盘）", self.share)
        self.field("密钥口令", self.passphrase)
        self.lines.addWidget(self.outcome)
        self.share.line.textChanged.connect(self._begin_anew)

    def send(self) -> None:
        """Check the file named."""
        path = self.share.path
        if path is None:
            self.refuse("请选择密钥保管人的密钥文件。", self.share)
        elif not self.passphrase.text:
            self.refuse("请密钥保管人输入密钥口令。", self.passphrase)
        else:
            passphrase = self.passphrase.take()
            self._begin_anew()
            self.wait()
            self._worker.submit(
                lambda _progress: self._check(path, passphrase), self._usable, self._unusable, owner=self
            )

    def _usable(self, words: str) -> None:
        self.setEnabled(True)
        self.outcome.say("done", "✓ 可以使用", words)
        self.share.setFocus()
        self.fit()
        self.checked.emit()

    def _unusable(self, error: BaseException) -> None:
        if isinstance(error, Refused):
            self.refused(error.message)
        else:
            self.setEnabled(True)
            prompts.show_error(self, error)

    def _begin_anew(self) -> None:
        """What was said of the file before is not said of the next one."""
        self.outcome.say("done", "")
        self.refuse("")
