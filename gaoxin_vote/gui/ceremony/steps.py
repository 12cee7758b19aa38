"""What does each step of the key ceremony ask for and show?"""

from PySide6.QtCore import QStorageInfo, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QSpinBox, QWidget

from gaoxin_vote.domain.fingerprint import grouped
from gaoxin_vote.gui.ceremony.flow import MOST, TrusteeState, quorum_risk, quorum_words
from gaoxin_vote.gui.kit.choose_file import PathField
from gaoxin_vote.gui.kit.parts import Banner, Card, PairsCard, button, column, label, row
from gaoxin_vote.gui.kit.passphrase import PassphraseField

SHARE_KIND = "开箱密钥文件 (*.gxk)"


class QuorumStep(QWidget):
    """How many trustees, their names, and how many of them open a tally."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.count, self._threshold = _number("密钥保管人总数", 2, MOST, 3), _number("开箱所需人数", 2, 3, 2)
        self._lines: list[QLineEdit] = []
        self._grid = QGridLayout()
        self._grid.setSpacing(8)
        self._meaning = Banner("plain")
        self.clock = QCheckBox()
        self.warning = Banner("attention")
        self.risk = QCheckBox("已知悉上述风险，仍要全体到场才能开箱")
        card = Card()
        card.add(
            row(
                label("密钥保管人共", "strong"),
                self.count,
                label("位，开箱时至少"),
                self._threshold,
                label("位到场"),
                1,
            ),
            self._meaning,
            self.warning,
            self.risk,
            label("密钥保管人（单位或职务），印在发放记录上", "strong"),
            self._grid,
            label("电脑的日期和时间，发放日期和签名证书都按它记录", "strong"),
            self.clock,
        )
        self.setLayout(column(card, 1))
        self.count.valueChanged.connect(self._set_count)
        self._threshold.valueChanged.connect(lambda _value: self._tell())
        self.clock.toggled.connect(lambda _on: self._tell())
        self.risk.toggled.connect(lambda _on: self._tell())
        self._set_count(3)

    @property
    def names(self) -> tuple[str, ...]:
        """The names typed."""
        return tuple(line.text().strip() for line in self._lines)

    @property
    def threshold(self) -> int:
        """How many open a tally."""
        return self._threshold.value()

    def show_trustees(self, names: tuple[str, ...], threshold: int) -> None:
        """Suggest these trustees, and how many of them open a tally."""
        self.count.setValue(len(names))
        self._threshold.setValue(threshold)
        for line, name in zip(self._lines, names, strict=True):
            line.setText(name)

    def show_clock(self, words: str) -> None:
        """Ask whether this is the time of now."""
        self.clock.setText(f"{words}，与现在的日期、时间一致")

    def _set_count(self, count: int) -> None:
        while len(self._lines) > count:
            line = self._lines.pop()
            self._grid.removeWidget(line)
            line.deleteLater()
        while len(self._lines) < count:
            number = len(self._lines)
            line = QLineEdit()
            line.setAccessibleName(f"第{number + 1}位密钥保管人")
            line.setPlaceholderText(f"第{number + 1}位密钥保管人")
            line.textChanged.connect(lambda _text: self._tell())
            self._lines.append(line)
            self._grid.addWidget(line, number // 3, number % 3)
        self._threshold.setMaximum(count)
        self._tell()

    def _tell(self) -> None:
        self._meaning.say("plain", "", quorum_words(self.count.value(), self.threshold))
        risk = quorum_risk(self.count.value(), self.threshold)
        self.warning.say("attention", "一份都不能少" if risk else "", risk)
        self.risk.setVisible(bool(risk))
        self.changed.emit()


class TurnStep(QWidget):
    """One trustee: passphrase twice, a place for the share; afterwards the proof."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.passphrase = PassphraseField("密钥口令", "至少8个字符，由本人设定")
        self.again = PassphraseField("再输一次密钥口令")
        self.place = PathField("密钥文件存放位置", "密钥文件存放位置", SHARE_KIND, new_file="开箱密钥.gxk")
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
        self.receipt = Banner("done")
        self.setLayout(column(self._form, self.receipt, 1, spacing=14))
        for line in (self.passphrase.line, self.again.line, self.place.line):
            line.textChanged.connect(lambda _text: self.changed.emit())

    def show_turn(self, trustee: TrusteeState) -> None:
        """The form of this trustee, or the receipt."""
        done = bool(trustee.fingerprint)
        self._form.setVisible(not done)
        name = f"开箱密钥-{trustee.name}.gxk".replace("/", "-")
        if done:
            proof = f"文件：{trustee.place}\nSHA-256：{grouped(trustee.fingerprint)}"
            self.receipt.say("done", "✓ 密钥文件已写入，并已读回核对", f"{proof}\n请收好U盘。")
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


class RecordStep(QWidget):
    """What the ceremony fixed, and its print-out."""

    print_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.facts = PairsCard("发放事项")
        self.print = button("预览并打印发放记录…", self.print_wanted.emit)
        self.setLayout(column(self.facts, row(self.print, 1), 1, spacing=14))


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
