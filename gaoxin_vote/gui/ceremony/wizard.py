"""How does the key ceremony look, trustee by trustee?"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gaoxin_vote.gui.ceremony.flow import (
    CeremonyFlow,
    CeremonyState,
    CeremonyStep,
    facts_pairs,
    quorum_trouble,
)
from gaoxin_vote.gui.ceremony.steps import QuorumStep, RecordStep, TurnStep
from gaoxin_vote.gui.kit import prompts
from gaoxin_vote.gui.kit.wizard import StepMark, StepStatus, Wizard
from gaoxin_vote.gui.kit.worker import Worker
from gaoxin_vote.gui.paper.dialog import show_paper


class CeremonyWizard(Wizard):
    """Draws a `CeremonyFlow`."""

    held = Signal()
    """The ceremony is complete and stored."""

    def __init__(self, parent: QWidget, worker: Worker, flow: CeremonyFlow) -> None:
        super().__init__(parent, worker, "密钥发放")
        self._flow = flow
        self.quorum, self.turn, self.record = QuorumStep(), TurnStep(), RecordStep()
        self.quorum.show_trustees(tuple(each.name for each in flow.state.trustees), flow.state.threshold)
        self.quorum.changed.connect(self._allow_quorum)
        self.turn.changed.connect(self._allow_turn)
        self.record.print_wanted.connect(self._show_record)
        self._show(flow.state)

    def go_on(self) -> None:
        """Take the step that the primary button names."""
        state, flow = self.state, self._flow
        if state.step is CeremonyStep.QUORUM:
            names, threshold = self.quorum.names, self.quorum.threshold
            self.run(lambda progress: flow.begin(names, threshold, progress), self._show)
        elif state.step is CeremonyStep.RECORD:
            self.close()
        elif state.trustees[state.turn].fingerprint:
            self.run(lambda _progress: flow.next_trustee(), self._show)
        else:
            passphrase, again = self.turn.passphrase.text, self.turn.again.text
            path = self.turn.place.path
            self.run(lambda _progress: flow.hand_over(passphrase, again, path), self._handed_over)

    def may_leave(self) -> bool:
        """Only before the first key is drawn or after the record; in between ask."""
        if self.state.step is not CeremonyStep.TRUSTEE:
            return True
        written = sum(bool(trustee.fingerprint) for trustee in self.state.trustees)
        words = f"已写好的{written}个密钥文件将被删除，" if written else ""
        prompts.ask(
            self, "放弃发放密钥？", f"{words}发放须从头再来。", "放弃发放", self._abandon, danger=True
        )
        return False

    def after_error(self) -> None:
        """Show again where the flow stands."""
        self._allow_turn() if self.state.step is CeremonyStep.TRUSTEE else self._allow_quorum()

    def _abandon(self) -> None:
        def gone(_none: object) -> None:
            self.state = CeremonyState(CeremonyStep.QUORUM, 2, (), 0, None)
            self.close()

        self.run(lambda _progress: self._flow.abandon(), gone)

    def _handed_over(self, state: CeremonyState) -> None:
        self.turn.wipe()
        self._show(state)

    def _show(self, state: CeremonyState) -> None:
        self.state = state
        marks = _marks(state)
        self.leave.setVisible(state.step is not CeremonyStep.RECORD)
        if state.step is CeremonyStep.QUORUM:
            self.show_step(marks, "确定密钥保管人", "谁持有开箱密钥，开箱时至少要几位到场？", self.quorum)
            self.quorum.show_clock(state.clock)
            self._allow_quorum()
        elif state.step is CeremonyStep.TRUSTEE:
            trustee = state.trustees[state.turn]
            place = f"第{state.turn + 1}位，共{len(state.trustees)}位"
            self.turn.show_turn(trustee)
            self.show_step(
                marks, f"请{trustee.name}操作", f"{place}。其他人请转身回避，口令只由本人知道。", self.turn
            )
            self._allow_turn()
        else:
            assert state.facts is not None
            self.record.facts.show_pairs(facts_pairs(state.facts))
            self.show_step(
                marks, "密钥发放完成", "请打印发放记录，由各密钥保管人核对指纹后签字存档。", self.record
            )
            self.set_next("完成")
            self.held.emit()

    def _allow_quorum(self) -> None:
        if self.state.step is CeremonyStep.QUORUM:
            quorum = self.quorum
            ticks = quorum.clock.isChecked(), quorum.risk.isChecked()
            self.set_next("生成密钥", quorum_trouble(quorum.names, quorum.threshold, *ticks))

    def _allow_turn(self) -> None:
        state = self.state
        if state.step is not CeremonyStep.TRUSTEE:
            return
        if state.trustees[state.turn].fingerprint:
            last = state.turn + 1 == len(state.trustees)
            self.set_next("完成发放" if last else f"下一位：{state.trustees[state.turn + 1].name}")
        else:
            self.set_next("写入并读回核对", self.turn.trouble())

    def _show_record(self) -> None:
        self.run(
            lambda _progress: self._flow.record_pdf(),
            lambda pdf: show_paper(self, self.worker, "密钥发放记录", pdf, "密钥发放记录.pdf"),
        )


def _marks(state: CeremonyState) -> tuple[StepMark, ...]:
    taken = [(trustee.name, "已领取" if trustee.fingerprint else "") for trustee in state.trustees]
    turns = taken if state.step is not CeremonyStep.QUORUM else []
    lines = [(CeremonyStep.QUORUM.value, ""), *turns, (CeremonyStep.RECORD.value, "")]
    now = {
        CeremonyStep.QUORUM: 0,
        CeremonyStep.TRUSTEE: 1 + state.turn,
        CeremonyStep.RECORD: len(lines) - 1,
    }[state.step]
    return tuple(
        StepMark(title, words, StepStatus.at(place, now)) for place, (title, words) in enumerate(lines)
    )
