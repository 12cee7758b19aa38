"""What has to be known to open or to make a workspace?"""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from gaoxin_vote.gui.kit import choose_file
from gaoxin_vote.gui.kit.choose_file import PathField
from gaoxin_vote.gui.kit.parts import Card, button, column, label, row
from gaoxin_vote.gui.kit.passphrase import PassphraseField

KIND = "高新投票工作区 (*.gxv)"


class _Form(QWidget):
    """A card with lines to fill in, a way back and one thing to do."""

    passphrase: PassphraseField

    def __init__(self, title: str, words: str, act: str) -> None:
        super().__init__()
        self.card = Card()
        self.card.content.setContentsMargins(28, 24, 28, 24)
        self.card.add(label(title, "page-title"), label(words, "muted", wrap=True))
        self.trouble = label("", "attention", wrap=True)
        self.back = button("返回", lambda: None)
        self.act = button(act, self.send, "primary")
        self.setLayout(column(self.card))

    def finish(self) -> None:
        """Append the foot of the card."""
        self.card.add(self.trouble, row(self.back, 1, self.act))

    def field(self, name: str, widget: QWidget) -> None:
        """Append one line with its name above."""
        self.card.add(column(label(name, "strong"), widget, spacing=5))

    def refuse(self, words: str) -> None:
        """Say in place what has to be mended, and wait in the line for the passphrase."""
        self.trouble.setText(words)
        if words:
            self.passphrase.setFocus()

    def send(self) -> None:
        """Emit what was typed, or say what is lacking."""
        raise NotImplementedError


class OpenCard(_Form):
    """The passphrase of one workspace."""

    sent = Signal(object, str)

    def __init__(self) -> None:
        super().__init__("打开工作区", "请输入工作区口令。口令遗失无法找回；输错可以重试。", "打开")
        self._path = Path()
        self._file = label("", select=True, wrap=True)
        self.passphrase = PassphraseField("工作区口令")
        self.passphrase.line.returnPressed.connect(self.send)
        self.field("工作区文件", self._file)
        self.field("口令", self.passphrase)
        self.finish()

    def ask(self, path: Path) -> None:
        """Begin for `path`."""
        self._path = path
        self._file.setText(str(path))
        self.passphrase.wipe()
        self.refuse("")

    def send(self) -> None:
        """Emit path and passphrase."""
        if not self.passphrase.text:
            self.refuse("请输入口令。")
            return
        self.refuse("")
        self.sent.emit(self._path, self.passphrase.take())


class CreateCard(_Form):
    """What a new workspace needs."""

    sent = Signal(object, str, str)

    def __init__(self) -> None:
        super().__init__(
            "新建工作区",
            "全部数据加密存放在一个文件中。口令遗失后无法打开，请妥善保管，并封存备份一份。",
            "新建",
        )
        self.office = QLineEdit()
        self.office.setPlaceholderText("如：高新区目标管理考核办公室")
        self.office.setAccessibleName("考核办名称")
        self.place = PathField("存放位置", "新工作区存放位置", KIND, new_file="考核工作区.gxv")
        self.passphrase = PassphraseField("工作区口令", "至少8个字符")
        self.again = PassphraseField("再输一次口令")
        self.again.line.returnPressed.connect(self.send)
        self.field("考核办名称", self.office)
        self.field("存放位置", self.place)
        self.field("工作区口令", self.passphrase)
        self.field("再输一次", self.again)
        self.finish()

    def ask(self) -> None:
        """Begin anew."""
        self.refuse("")
        self.passphrase.wipe()
        self.again.wipe()
        if self.place.path is None:
            self.place.show_path(choose_file.documents() / "考核工作区.gxv")

    def send(self) -> None:
        """Emit path, passphrase and office, or say what is lacking."""
        path, office = self.place.path, self.office.text().strip()
        checks: tuple[tuple[bool, str, QWidget], ...] = (
            (not office, "请填写考核办名称，它将印在各种报表上。", self.office),
            (path is None, "请选择存放位置。", self.place),
            (not self.passphrase.text, "请设定口令。", self.passphrase),
            (self.passphrase.text != self.again.text, "两次输入的口令不一致，请重新输入。", self.again),
        )
        for wrong, words, widget in checks:
            if wrong:
                self.refuse(words)
                widget.setFocus()
                return
        assert path is not None
        self.refuse("")
        self.again.wipe()
        path = path if path.suffix else path.with_suffix(".gxv")
        self.sent.emit(path, self.passphrase.take(), office)
