"""How does the count look, step by step?"""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gaoxin_vote.domain.minutes import SessionMinutes
from gaoxin_vote.gui.kit import choose_file, prompts
from gaoxin_vote.gui.kit.parts import set_role
from gaoxin_vote.gui.kit.prompts import Message, MessageKind, Wording
from gaoxin_vote.gui.kit.wizard import StepMark, StepStatus, Wizard
from gaoxin_vote.gui.kit.worker import Worker
from gaoxin_vote.gui.paper.dialog import show_paper
from gaoxin_vote.gui.paper.meeting_dialog import MeetingDialog
from gaoxin_vote.gui.paper.sheet_acts import SheetActs
from gaoxin_vote.gui.tally.flow import STEPS, TallyFlow, TallyFlowState, TallyStep
from gaoxin_vote.gui.tally.steps import (
    CountStep,
    DigestStep,
    NumbersStep,
    OfficerStep,
    ResultStep,
    TrusteesStep,
)

ARCHIVE_KIND = "选票档案 (*.bel)"


class TallyWizard(Wizard):
    """Draws a `TallyFlow`. It may be left at any time: what has been given stays given."""

    counted = Signal()
    """The session was counted, or its sheet issued."""
    noted = Signal()
    """Day, place or people were filled in."""

    def __init__(self, parent: QWidget, worker: Worker, flow: TallyFlow) -> None:
        super().__init__(parent, worker, "开箱计票")
        self._flow = flow
        self.state: TallyFlowState | None = None
        self.numbers, self.digest, self.officer = NumbersStep(), DigestStep(), OfficerStep()
        self.trustees, self.counting = TrusteesStep(), CountStep()
        self.outcome = ResultStep(SheetActs(flow.sheets, worker, self.run))
        self.numbers.meeting_wanted.connect(self._ask_meeting)
        self.outcome.meeting_wanted.connect(self._ask_meeting)
        self.digest.print_wanted.connect(self._show_digest_sheet)
        self.officer.changed.connect(self._allow)
        self.trustees.changed.connect(self._allow)
        self.trustees.share.line.textChanged.connect(lambda _text: self._look_at_share())
        self.outcome.acts.issued.connect(self._issued)
        self.outcome.archive_wanted.connect(self._ask_archive_place)
        self.set_next("下一步", "正在读取")
        self.run(flow.begin, self._begun)

    def go_on(self) -> None:
        """Take the step that the primary button names."""
        assert self.state is not None
        flow, step = self._flow, self.state.step
        if step in (TallyStep.NUMBERS, TallyStep.DIGEST):
            self.run(lambda _progress: flow.seen(), self._show)
        elif step is TallyStep.OFFICER:
            passphrase = self.officer.passphrase.take()
            self.run(lambda progress: flow.give_officer_key(passphrase, progress), self._show)
        elif step is TallyStep.TRUSTEES:
            self._give_share()
        elif step is TallyStep.COUNT:
            self.run(flow.count, self._counted)
        else:
            self.close()

    def go_back(self) -> None:
        """To the numbers."""
        self.run(lambda _progress: self._flow.back(), self._show)

    def after_error(self) -> None:
        """Show again what may be done."""
        if self.state is None:
            self.set_next("下一步", "待开的选票核验未通过，不能开箱。")
        self._allow()

    def _begun(self, state: TallyFlowState) -> None:
        self._show(state)
        if state.lacking and state.step is TallyStep.NUMBERS:
            words = (
                f"计票结果报告单上还缺：{'、'.join(state.lacking)}。在场的人最清楚，签发报告单之前必须填全。"
            )
            message = Message(self, Wording(MessageKind.TOLD, words), "会议信息没有填全")
            message.add_button("以后再填", "")
            message.add_button("现在填写", "primary", self._ask_meeting).setDefault(True)
            message.open()

    def _ask_meeting(self) -> None:
        assert self.state is not None

        def keep(minutes: SessionMinutes) -> None:
            self.run(lambda _progress: self._flow.set_meeting(minutes), self._noted)

        MeetingDialog(self, self.state.title, self.state.minutes, self.state.today, keep).open()

    def _noted(self, state: TallyFlowState) -> None:
        self._show(state)
        self.noted.emit()

    def _look_at_share(self) -> None:
        """Say what the file has opened before; one that is no share is told when it is given."""
        path = self.trustees.path()
        if path is None:
            self.trustees.told.setText("")
            return

        def show(words: str) -> None:
            if self.trustees.path() == path:
                self.trustees.told.setText(words)

        self.worker.submit(
            lambda _progress: self._flow.share_words(path), show, lambda _error: show(""), owner=self
        )

    def _give_share(self) -> None:
        path, passphrase = self.trustees.path(), self.trustees.passphrase.take()
        if path is not None:
            self.run(lambda progress: self._flow.give_share(path, passphrase, progress), self._shared)

    def _shared(self, state: TallyFlowState) -> None:
        self.trustees.wipe()
        self._show(state)

    def _counted(self, state: TallyFlowState) -> None:
        self._show(state)
        self.counted.emit()

    def _issued(self) -> None:
        self.counted.emit()
        self.run(lambda _progress: self._flow.state(), self._show)

    def _show(self, state: TallyFlowState) -> None:
        self.state = state
        step = state.step
        heading, words = _WORDS[step]
        page = {
            TallyStep.NUMBERS: self.numbers,
            TallyStep.DIGEST: self.digest,
            TallyStep.OFFICER: self.officer,
            TallyStep.TRUSTEES: self.trustees,
            TallyStep.COUNT: self.counting,
            TallyStep.RESULT: self.outcome,
        }[step]
        self.numbers.show_state(state)
        self.digest.digest.show_digest(state.digest)
        self.trustees.show_state(state)
        self.counting.show_state(state)
        self.outcome.show_state(state)
        self.show_step(_marks(state), f"{state.title}：{heading}", words, page)
        self.back.setVisible(step in (TallyStep.DIGEST, TallyStep.OFFICER))
        self.leave.setText("以后再开" if step is not TallyStep.RESULT else "关闭")
        self.leave.setVisible(step is not TallyStep.RESULT)
        if step is TallyStep.OFFICER:
            self.officer.passphrase.setFocus()
        if step is TallyStep.TRUSTEES:
            self.trustees.share.setFocus()
        self._allow()

    def _allow(self) -> None:
        if self.state is None:
            return
        step, reason = self.state.step, ""
        if step is TallyStep.NUMBERS and self.state.problems:
            reason = "票数核对不一致，不能开箱；可在“测评会议”中作废本场会议后重新投票。"
        elif step is TallyStep.OFFICER and not self.officer.passphrase.text:
            reason = "请输入工作区口令。"
        elif step is TallyStep.TRUSTEES:
            reason = "" if self.trustees.path() else "请选择密钥保管人的密钥文件。"
            reason = reason or ("" if self.trustees.passphrase.text else "请密钥保管人输入密钥口令。")
        self.set_next(_NEXT[step], reason)
        if step is TallyStep.RESULT:
            set_role(self.next, "")

    def _show_digest_sheet(self) -> None:
        name = f"{self.state.title if self.state else ''}开箱前公示单"
        self.run(
            lambda _progress: self._flow.digest_pdf(),
            lambda pdf: show_paper(self, self.worker, name, pdf, f"{name}.pdf"),
        )

    def _ask_archive_place(self) -> None:
        title = self.state.title if self.state else ""
        choose_file.to_save(self, "保存选票档案", ARCHIVE_KIND, f"{title}.bel", self.save_archive)

    def save_archive(self, path: Path) -> None:
        """Write the archive to `path`."""
        self.run(
            lambda _progress: self._flow.save_archive(path),
            lambda kept: prompts.tell(
                self, "选票档案已保存", f"{kept}\n可在另一台装有本程序的电脑上核验，方法见使用手册“核验”。"
            ),
        )


_WORDS = {
    TallyStep.NUMBERS: ("票数核对", "开箱之前，请总监票人核对下面的数字。"),
    TallyStep.DIGEST: ("汇总密文摘要", "请打印公示单，由密钥保管人核对签字。"),
    TallyStep.OFFICER: ("工作区口令", "请考核办工作人员输入工作区口令。"),
    TallyStep.TRUSTEES: ("密钥保管人到场", "请密钥保管人依次插入U盘，选择密钥文件，输入本人的口令。"),
    TallyStep.COUNT: ("计票", "开箱密钥已到齐。"),
    TallyStep.RESULT: ("计票结果", "请签发、打印计票结果报告单，由总监票人、监票人、计票人签字。"),
}
_NEXT = {
    TallyStep.NUMBERS: "数字无误，下一步",
    TallyStep.DIGEST: "下一步",
    TallyStep.OFFICER: "启用考核办密钥",
    TallyStep.TRUSTEES: "启用这位密钥保管人的密钥",
    TallyStep.COUNT: "开始计票",
    TallyStep.RESULT: "关闭",
}


def _marks(state: TallyFlowState) -> tuple[StepMark, ...]:
    now = STEPS.index(state.step)
    words = {TallyStep.TRUSTEES: f"应到{state.needed}人，已到{state.given}人"}
    return tuple(
        StepMark(step.value, words.get(step, ""), StepStatus.at(place, now))
        for place, step in enumerate(STEPS)
    )
