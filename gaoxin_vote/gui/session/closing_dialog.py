"""Do the numbers agree, and for which reason is a session closed or voided?"""

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QWidget

from gaoxin_vote.domain.session import SessionId
from gaoxin_vote.gui.kit.dialog import FieldsDialog
from gaoxin_vote.gui.kit.parts import Banner, Figure, row
from gaoxin_vote.gui.session.state import ClosingState

_COMMON = "如：某单位代表领票后因公离会，票码条已收回封存"


class ClosingDialog(FieldsDialog):
    """The reconciliation before the close; a reason where slips are missing."""

    def __init__(
        self, parent: QWidget, state: ClosingState, then: Callable[[SessionId, str], object]
    ) -> None:
        super().__init__(
            parent,
            f"结束{state.title}？",
            "结束后票箱封存，不能再投票；票码与选票的对应随即销毁。",
            "结束投票",
            danger=True,
        )
        self._state, self._then = state, then
        numbers = [Figure(name) for name, _number in state.figures]
        for piece, (_name, number) in zip(numbers, state.figures, strict=True):
            piece.show_number(number)
        self.lines.addLayout(row(*numbers))
        self.lines.addWidget(_reconciliation(state))
        self.reason = QLineEdit()
        self.reason.setAccessibleName("未收回的原因")
        self.reason.setPlaceholderText(_COMMON)
        self.reason.returnPressed.connect(self.send)
        if state.missing:
            self.field("发出与收回不一致的原因（记入审计日志）", self.reason)
            self.reason.setFocus()

    def send(self) -> None:
        """Close the session."""
        reason = self.reason.text().strip()
        if self._state.missing and not reason:
            self.refuse("发出与收回不一致，请写明原因。", self.reason)
            return
        self.accept()
        self._then(self._state.id, reason)


class VoidDialog(FieldsDialog):
    """The reason for which a session is voided."""

    def __init__(self, parent: QWidget, title: str, then: Callable[[str], object]) -> None:
        super().__init__(
            parent,
            f"作废{title}？",
            "作废后，已投的票永不计票，票码条全部失效；需要时可重新准备一场。此操作不能撤销。",
            "作废本场会议",
            danger=True,
        )
        self._then = then
        self.reason = QLineEdit()
        self.reason.setAccessibleName("作废原因")
        self.reason.setPlaceholderText("如：收回票数多于发出票数")
        self.reason.returnPressed.connect(self.send)
        self.field("作废原因（记入审计日志）", self.reason)

    def send(self) -> None:
        """Void the session."""
        reason = self.reason.text().strip()
        if not reason:
            self.refuse("请写明作废原因。", self.reason)
            return
        self.accept()
        self._then(reason)


def _reconciliation(state: ClosingState) -> Banner:
    extra = "，".join(
        f"{name}{count}张" for name, count in (("作废换发", state.spoiled), ("遗失补发", state.lost)) if count
    )
    if state.problems:
        return Banner("attention", "票数核对：不一致", "\n".join((*state.problems, *filter(None, (extra,)))))
    if state.missing:
        words = f"发出比收回多{state.missing}张，须写明原因；其他数字一致。"
        return Banner("attention", f"还有{state.missing}张没有收回", "\n".join(filter(None, (words, extra))))
    return Banner("done", "✓ 票数核对：一致", extra)
