"""How does the program speak to the person: which message, in which words? The one door to message boxes.

    on_error=partial(prompts.show_error, self)                      # the three families, Cancelled, bugs
    prompts.ask(self, "结束投票？", "结束后不能再投票。", "结束投票", self.close_session, danger=True)

Every box is window-modal and returns at once; what follows an answer is a callable. `wording(error)`
gives the words alone, for windows that show a refusal in place (the booth does).
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gaoxin_vote.errors import EvidenceBroken, GaoxinVoteError, Refused
from gaoxin_vote.gui.kit import bugs, theme
from gaoxin_vote.gui.kit.dialog import room_for
from gaoxin_vote.gui.kit.icons import Icon, IconColour, IconName
from gaoxin_vote.gui.kit.roles import ButtonRole, LabelRole, Tone
from gaoxin_vote.progress import Cancelled


class MessageKind(Enum):
    """The kinds of message; the value is the heading the person reads."""

    REFUSED = "需要更正"
    UNAVAILABLE = "暂时无法完成"
    BROKEN = "停止"
    BUG = "程序出错"
    TOLD = "提示"


_SIGN: dict[MessageKind, tuple[IconName, IconColour]] = {
    MessageKind.REFUSED: ("attention", "amber"),
    MessageKind.UNAVAILABLE: ("pause", "amber"),
    MessageKind.BROKEN: ("stop", "red"),
    MessageKind.BUG: ("warning", "red"),
    MessageKind.TOLD: ("report", "blue"),
}
_TONE: dict[MessageKind, Tone] = {
    MessageKind.BROKEN: "stop",
    MessageKind.BUG: "stop",
    MessageKind.TOLD: "plain",
}
_WIDTH = 500
"""Pixels at the normal font setting."""
_AFTER = {
    MessageKind.REFUSED: "",
    MessageKind.UNAVAILABLE: "数据没有变动。排除故障后请重试。",
    MessageKind.BROKEN: "数据核验未通过，不能继续。请勿改动文件，立即报告总监票人。",
    MessageKind.BUG: "投票和已保存的内容不受影响。请重新启动程序后再试。",
    MessageKind.TOLD: "",
}


@dataclass(frozen=True, slots=True)
class Wording:
    """What is said about one failure."""

    kind: MessageKind
    message: str
    details: tuple[str, ...] = ()

    @property
    def after(self) -> str:
        """What the kind of failure means for the person."""
        return _AFTER[self.kind]


def wording(error: BaseException) -> Wording | None:
    """The words for `error`, or None for `Cancelled`, of which nothing is said. Records bugs in the log."""
    if isinstance(error, Cancelled):
        return None
    if isinstance(error, GaoxinVoteError):
        families = {EvidenceBroken: MessageKind.BROKEN, Refused: MessageKind.REFUSED}
        kind = next(
            (kind for family, kind in families.items() if isinstance(error, family)), MessageKind.UNAVAILABLE
        )
        return Wording(kind, error.message, error.details)
    path = bugs.record(error)
    return Wording(
        MessageKind.BUG,
        "程序出现意外错误，本步没有完成。",
        (f"错误记录（不含口令和选票内容）：{path}",),
    )


class Message(QDialog):
    """One message with its sign, heading, words, further lines and at least one button."""

    def __init__(self, parent: QWidget | None, words: Wording, heading: str = "") -> None:
        super().__init__(parent)
        self.words = words
        self.setWindowTitle(heading or words.kind.value)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._room = room_for(self)
        self._width = min(theme.current().px(_WIDTH), self._room.width())
        self.setFixedWidth(self._width)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 18)
        column.setSpacing(12)
        column.addWidget(self._banner(heading or words.kind.value))
        column.addWidget(_plain(words.message))
        if words.details:
            column.addWidget(self._detail_lines())
        if words.after:
            column.addWidget(_plain(words.after, "muted"))
        column.addSpacing(4)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        if words.details:
            copy = QPushButton("复制")
            copy.clicked.connect(self._copy)
            self._buttons.addWidget(copy)
        self._buttons.addStretch(1)
        column.addLayout(self._buttons)

    def add_button(
        self, text: str, role: ButtonRole, answer: Callable[[], object] | None = None
    ) -> QPushButton:
        """A button that closes the message, then calls `answer`."""
        button = QPushButton(text)
        button.setProperty("role", role)
        button.clicked.connect(self.accept if answer else self.reject)
        if answer:
            self.accepted.connect(answer)
        self._buttons.addWidget(button)
        return button

    def showEvent(self, event: QShowEvent) -> None:
        """Qt: be as high as the words need at this width."""
        super().showEvent(event)
        if layout := self.layout():
            layout.activate()
            self.setFixedHeight(layout.totalHeightForWidth(self._width))

    def _banner(self, heading: str) -> QFrame:
        frame = QFrame()
        frame.setProperty("role", "banner")
        tone = _TONE.get(self.words.kind, "attention")
        frame.setProperty("tone", tone)
        row = QHBoxLayout(frame)
        row.setContentsMargins(14, 8, 14, 8)
        role: LabelRole = "card-title" if tone == "plain" else tone
        row.setSpacing(10)
        row.addWidget(Icon(*_SIGN[self.words.kind]))
        row.addWidget(_plain(heading, role))
        row.addStretch(1)
        return frame

    def _detail_lines(self) -> QPlainTextEdit:
        lines = QPlainTextEdit("\n".join(self.words.details))
        lines.setReadOnly(True)
        lines.setAccessibleName("详细内容")
        rows = min(12, max(3, len(self.words.details) + 1))
        wanted = rows * (lines.fontMetrics().lineSpacing() + 2) + 16
        lines.setFixedHeight(min(wanted, self._room.height() // 3))
        return lines

    def _copy(self) -> None:
        text = "\n".join((self.words.kind.value, self.words.message, *self.words.details))
        QGuiApplication.clipboard().setText(text)


def show_error(parent: QWidget | None, error: BaseException) -> Message | None:
    """Say what went wrong; nothing for `Cancelled`."""
    words = wording(error)
    if words is None:
        return None
    message = Message(parent, words)
    message.add_button("知道了", "primary").setDefault(True)
    message.open()
    return message


def tell(parent: QWidget | None, heading: str, words: str, details: tuple[str, ...] = ()) -> Message:
    """Say something that needs no answer."""
    message = Message(parent, Wording(MessageKind.TOLD, words, details), heading)
    message.add_button("知道了", "primary").setDefault(True)
    message.open()
    return message


def ask(
    parent: QWidget | None,
    heading: str,
    words: str,
    act: str,
    then: Callable[[], object],
    *,
    danger: bool = False,
) -> Message:
    """Ask once before `then`; `act` is the verb on the button, `words` name what will happen."""
    message = Message(parent, Wording(MessageKind.REFUSED if danger else MessageKind.TOLD, words), heading)
    back = message.add_button("返回", "")
    go_on = message.add_button(act, "danger" if danger else "primary", then)
    (back if danger else go_on).setDefault(True)
    message.open()
    return message


def _plain(text: str, role: LabelRole = "") -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(role not in ("stop", "attention", "card-title"))
    label.setProperty("role", role)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
