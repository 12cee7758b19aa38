"""How does the key ceremony look, trustee by trustee?"""

from PySide6.QtCore import QStorageInfo, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QSpinBox, QWidget

from gaoxin_vote.gui import prompts
from gaoxin_vote.gui.choose_file import PathField
from gaoxin_vote.gui.paper.dialog import show_paper
from gaoxin_vote.gui.parts import Card, Notice, PairsCard, button, column, label, row
from gaoxin_vote.gui.passphrase import PassphraseField
from gaoxin_vote.gui.setup.ceremony_flow import (
    MOST,
    CeremonyFlow,
    CeremonyState,
    CeremonyStep,
    TrusteeState,
    facts_pairs,
    grouped,
    quorum_trouble,
    quorum_words,
)
from gaoxin_vote.gui.wizard import StepMark, Wizard
from gaoxin_vote.gui.worker import Worker

SHARE_KIND = "监票密钥文件 (*.gxk)"


class CeremonyWizard(Wizard):
    """Draws a `CeremonyFlow`."""

    held = Signal()
    """The ceremony is complete and stored."""

    def __init__(self, parent: QWidget, worker: Worker, flow: CeremonyFlow) -> None:
        super().__init__(parent, worker, "密钥仪式")
        self._flow = flow
        self.quorum, self.turn, self.record = QuorumPage(), TurnPage(), RecordPage()
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
            self, "放弃密钥仪式？", f"{words}仪式需要从头再来。", "放弃仪式", self._abandon, danger=True
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
            self.show_step(marks, "确定监票密钥人", "谁持有开票密钥，开票时至少要几位到场？", self.quorum)
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
                marks, "密钥仪式完成", "请打印仪式记录，由各监票密钥人核对指纹后签字存档。", self.record
            )
            self.set_next("完成")
            self.held.emit()

    def _allow_quorum(self) -> None:
        if self.state.step is CeremonyStep.QUORUM:
            self.set_next("生成密钥", quorum_trouble(self.quorum.names, self.quorum.threshold))

    def _allow_turn(self) -> None:
        state = self.state
        if state.step is not CeremonyStep.TRUSTEE:
            return
        if state.trustees[state.turn].fingerprint:
            last = state.turn + 1 == len(state.trustees)
            self.set_next("完成仪式" if last else f"下一位：{state.trustees[state.turn + 1].name}")
        else:
            self.set_next("写入并读回验证", self.turn.trouble())

    def _show_record(self) -> None:
        self.run(
            lambda _progress: self._flow.record_pdf(),
            lambda pdf: show_paper(self, self.worker, "密钥仪式记录", pdf, "密钥仪式记录.pdf"),
        )


class QuorumPage(QWidget):
    """How many trustees, their names, and how many of them open a tally."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.count, self._threshold = _number("监票密钥人总数", 2, MOST, 3), _number("开票所需人数", 2, 3, 2)
        self._lines: list[QLineEdit] = []
        self._grid = QGridLayout()
        self._grid.setSpacing(8)
        self._meaning = Notice("plain")
        card = Card()
        card.add(
            row(
                label("监票密钥人共", "strong"),
                self.count,
                label("位，开票时至少"),
                self._threshold,
                label("位到场"),
                1,
            ),
            self._meaning,
            label("监票密钥人（单位或职务），印在仪式记录上", "strong"),
            self._grid,
        )
        self.setLayout(column(card, 1))
        self.count.valueChanged.connect(self._set_count)
        self._threshold.valueChanged.connect(lambda _value: self._tell())
        self._set_count(3)
        for line, name in zip(self._lines, ("考核办", "区纪委", "组织人事局"), strict=True):
            line.setText(name)

    @property
    def names(self) -> tuple[str, ...]:
        """The names typed."""
        return tuple(line.text().strip() for line in self._lines)

    @property
    def threshold(self) -> int:
        """How many open a tally."""
        return self._threshold.value()

    def _set_count(self, count: int) -> None:
        while len(self._lines) > count:
            line = self._lines.pop()
            self._grid.removeWidget(line)
            line.deleteLater()
        while len(self._lines) < count:
            number = len(self._lines)
            line = QLineEdit()
            line.setAccessibleName(f"第{number + 1}位监票密钥人")
            line.setPlaceholderText(f"第{number + 1}位监票密钥人")
            line.textChanged.connect(lambda _text: self._tell())
            self._lines.append(line)
            self._grid.addWidget(line, number // 3, number % 3)
        self._threshold.setMaximum(count)
        self._tell()

    def _tell(self) -> None:
        self._meaning.say("plain", "", quorum_words(self.count.value(), self.threshold))
        self.changed.emit()


class TurnPage(QWidget):
    """One trustee: passphrase twice, a place for the share; afterwards the proof."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.passphrase = PassphraseField("密钥口令", "至少8个字符，由本人设定")
        self.again = PassphraseField("再输一次密钥口令")
        self.place = PathField("密钥文件存放位置", "密钥文件存放位置", SHARE_KIND, new_file="监票密钥.gxk")
        self._form = Card()
        self._form.add(
            column(label("口令", "strong"), self.passphrase, spacing=5),
            column(label("再输一次", "strong"), self.again, spacing=5),
            column(
                label("存放位置", "strong"),
                self.place,
                label(
                    "请存放在本人的U盘上，会后由本人带走。口令和文件缺一不可，遗失无法补发。",
                    "small",
                    wrap=True,
                ),
                spacing=5,
            ),
        )
        self.receipt = Notice("done")
        self.setLayout(column(self._form, self.receipt, 1, spacing=14))
        for line in (self.passphrase.line, self.again.line, self.place.line):
            line.textChanged.connect(lambda _text: self.changed.emit())

    def show_turn(self, trustee: TrusteeState) -> None:
        """The form of this trustee, or the receipt."""
        done = bool(trustee.fingerprint)
        self._form.setVisible(not done)
        name = f"监票密钥-{trustee.name}.gxk".replace("/", "-")
        if done:
            proof = f"文件：{trustee.place}\nSHA-256：{grouped(trustee.fingerprint)}"
            self.receipt.say("done", "✓ 密钥文件已写入，并已读回验证", f"{proof}\n请收好U盘。")
        else:
            self.receipt.say("done", "")
            self.place.suggest(name)
            folder = _removable()
            self.place.line.setText(f"{folder}/{name}" if folder else "")
            self.passphrase.setFocus()

    def trouble(self) -> str:
        """What is still lacking, in words."""
        if not self.passphrase.text or not self.again.text:
            return "请由本人设定口令，输入两次。"
        return "" if self.place.path else "请选择密钥文件的存放位置。"

    def wipe(self) -> None:
        """Forget both entries."""
        self.passphrase.wipe()
        self.again.wipe()


class RecordPage(QWidget):
    """What the ceremony fixed, and its print-out."""

    print_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.facts = PairsCard("仪式事项")
        self.print = button("预览并打印仪式记录…", self.print_wanted.emit)
        self.setLayout(column(self.facts, row(self.print, 1), 1, spacing=14))


def _marks(state: CeremonyState) -> tuple[StepMark, ...]:
    steps = list(CeremonyStep)
    place = steps.index(state.step)
    first = StepMark(steps[0].value, "", "done" if place else "now")
    turns = tuple(
        StepMark(
            trustee.name,
            "已领取" if trustee.fingerprint else "",
            "done"
            if place == 2 or number < state.turn
            else "now"
            if place == 1 and number == state.turn
            else "later",
        )
        for number, trustee in enumerate(state.trustees)
    )
    return (first, *(turns if place else ()), StepMark(steps[2].value, "", "now" if place == 2 else "later"))


def _number(name: str, least: int, most: int, value: int) -> QSpinBox:
    made = QSpinBox()
    made.setAccessibleName(name)
    made.setRange(least, most)
    made.setValue(value)
    return made


def _removable() -> str:
    """The first mounted medium that looks like a USB stick, or nothing."""
    for volume in QStorageInfo.mountedVolumes():
        if volume.rootPath().startswith(("/media/", "/run/media/", "/mnt/")) and not volume.isReadOnly():
            return volume.rootPath()
    return ""
