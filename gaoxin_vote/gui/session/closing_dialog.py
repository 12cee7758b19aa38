"""Do the numbers agree, and for which reason is a session closed or voided?"""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from gaoxin_vote.domain.session import SessionId
from gaoxin_vote.gui.kit.affirm import AffirmDialog
from gaoxin_vote.gui.kit.dialog import FieldsDialog
from gaoxin_vote.gui.kit.page import Page
from gaoxin_vote.gui.kit.parts import Banner, Figure, allow, button, row
from gaoxin_vote.gui.session.state import ClosingState

_COMMON = "如：某单位代表领票后因公离会，票码条已收回封存"


class EndingDialog(FieldsDialog):
    """The reconciliation, and a reason where slips are missing; impossible while the numbers do not agree.

    Then it offers the ways there are: the list whose ticks can be mended, or voiding.
    """

    mend_wanted = Signal()
    void_wanted = Signal()

    def __init__(
        self,
        parent: QWidget,
        state: ClosingState,
        then: Callable[[SessionId, str], object],
        heading: str,
        words: str,
        act: str,
    ) -> None:
        super().__init__(parent, heading, words, act, danger=True)
        self._state, self._then = state, then
        numbers = [Figure(name) for name, _number in state.figures]
        for piece, (_name, number) in zip(numbers, state.figures, strict=True):
            piece.show_number(number)
        self.lines.addLayout(row(*numbers))
        self.lines.addWidget(_reconciliation(state))
        self.reason = QLineEdit(state.reason)
        self.reason.setAccessibleName("未收回的原因")
        self.reason.setPlaceholderText(_COMMON)
        self.reason.returnPressed.connect(self.send)
        if state.problems:
            allow(self.act, "请先更正“签到与领票”的登记。")
            self.mend = button("去更正签到与领票", self._mend, "primary")
            self.void = button("作废本场会议…", self._void)
            self.lines.addLayout(row(self.mend, self.void, 1))
        elif state.missing:
            self.field("发出与收回不一致的原因（记入审计日志）", self.reason)

    def _mend(self) -> None:
        self.reject()
        self.mend_wanted.emit()

    def _void(self) -> None:
        self.reject()
        self.void_wanted.emit()

    def send(self) -> None:
        """End it."""
        reason = self.reason.text().strip()
        if self._state.problems:
            return
        if self._state.missing and not reason:
            self.refuse("发出与收回不一致，请写明原因。", self.reason)
            return
        self.accept()
        self._then(self._state.id, reason)


class ClosingDialog(EndingDialog):
    """Before the close, which can be taken back."""

    def __init__(
        self, parent: QWidget, state: ClosingState, then: Callable[[SessionId, str], object]
    ) -> None:
        super().__init__(
            parent,
            state,
            then,
            f"结束{state.title}？",
            "结束后不能再投票。封箱以前可以撤回结束，也可以更正签到与领票的登记；什么都不会销毁。",
            "结束投票",
        )


class SealDialog(EndingDialog):
    """Before the seal, after which nothing can be taken back."""

    def __init__(
        self, parent: QWidget, state: ClosingState, then: Callable[[SessionId, str], object]
    ) -> None:
        super().__init__(
            parent,
            state,
            then,
            f"{state.title}封箱？",
            "封箱后不能再撤回结束，签到与领票不能再更正；票码密钥随即销毁，此后票码与选票无法对应；汇总密文从此固定，等待开箱。",
            "封箱",
        )


class VoidDialog(FieldsDialog):
    """The reason for which a session is voided."""

    def __init__(self, parent: QWidget, title: str, then: Callable[[str], object]) -> None:
        super().__init__(
            parent,
            f"作废{title}？",
            "作废后，已投选票不予计票，票码条全部失效；需要时可重新筹备一场。此操作不能撤销。",
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


class VoidTalliedDialog(AffirmDialog):
    """The reason for which a session is voided that was counted already, and the passphrase."""

    danger = True

    def __init__(
        self,
        page: Page,
        title: str,
        figures: tuple[tuple[str, int], ...],
        call: Callable[[str, str], object],
    ) -> None:
        numbers = "，".join(f"{name}{number}" for name, number in figures)
        super().__init__(
            page,
            f"作废已计票的{title}？",
            f"{numbers}。作废后，这场的计票结果不再计入得分，只能重新投票。此操作不能撤销。",
            "作废本场会议",
            call,
        )

    def ask_fields(self) -> None:
        """The reason."""
        self.reason = QLineEdit()
        self.reason.setAccessibleName("作废原因")
        self.field("作废原因（记入审计日志）", self.reason)

    def values(self) -> tuple[object, ...]:
        """The reason."""
        return (self.reason.text().strip(),)

    def complete(self) -> bool:
        """No voiding without a reason."""
        if not self.reason.text().strip():
            self.refuse("请写明作废原因。", self.reason)
            return False
        return True


def _reconciliation(state: ClosingState) -> Banner:
    extra = "，".join(
        f"{name}{count}张" for name, count in (("作废换发", state.spoiled), ("遗失补发", state.lost)) if count
    )
    if state.problems:
        words = "\n".join((*state.problems, *state.mending, *filter(None, (extra,))))
        return Banner("attention", "票数核对：不一致，请先更正", words)
    if state.missing:
        words = f"发出比收回多{state.missing}张，须写明原因；其他数字一致。"
        return Banner("attention", f"还有{state.missing}张没有收回", "\n".join(filter(None, (words, extra))))
    return Banner("done", "✓ 票数核对：一致", extra)
