"""What does each step of the count ask for and show?"""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gaoxin_vote.domain.minutes import SessionMinutes
from gaoxin_vote.gui.kit.choose_file import PathField
from gaoxin_vote.gui.kit.date_field import day_words
from gaoxin_vote.gui.kit.parts import Banner, Card, PairsCard, button, column, label, row, rule
from gaoxin_vote.gui.kit.passphrase import PassphraseField
from gaoxin_vote.gui.paper.sheet_acts import SheetActs
from gaoxin_vote.gui.tally.flow import TallyFlowState
from gaoxin_vote.gui.tally.parts import CountsTable, DigestView, RemarksBanner, show_numbers

SHARE_KIND = "开箱密钥文件 (*.gxk);;所有文件 (*)"


class NumbersStep(QWidget):
    """应到 实到 发出 收回, whether they agree, and who signs."""

    meeting_wanted = Signal()
    """Day, place or people are to be filled in."""

    def __init__(self) -> None:
        super().__init__()
        self._figures = QHBoxLayout()
        self._banner = Banner("done")
        self._people = PairsCard("会议信息（印在报告单上）")
        self.meeting = button("", self.meeting_wanted.emit)
        card = Card("票数核对")
        card.add(self._figures, self._banner)
        self.setLayout(column(card, self._people, row(1, self.meeting), 1, spacing=14))

    def show_state(self, state: TallyFlowState) -> None:
        """Show the numbers."""
        show_numbers(self._figures, state.figures)
        if state.problems:
            self._banner.say("stop", "× 票数核对不一致，不能开箱", "\n".join(state.problems))
        else:
            self._banner.say("done", "✓ 票数核对一致，本次测评有效")
        self._people.show_pairs(tuple((name, text or "（未填写）") for name, text in _people(state.minutes)))
        self.meeting.setText("填写会议信息…" if state.minutes.missing else "修改会议信息…")


class DigestStep(QWidget):
    """What is going to be opened, fixed before anybody gives a key."""

    print_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.digest = DigestView()
        self.print = button("打印开箱前公示单…", self.print_wanted.emit)
        words = (
            "这是本场全部选票汇总密文的摘要，共16组，封箱时已经确定。"
            "请各密钥保管人核对摘要后再使用密钥；任何一张选票被改动，摘要都会变化，密钥将无法使用。"
        )
        card = Card("汇总密文摘要")
        card.add(label(words, "muted", wrap=True), self.digest, row(self.print, 1))
        self.setLayout(column(card, 1))


class OfficerStep(QWidget):
    """The officer's passphrase."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.passphrase = PassphraseField("工作区口令")
        self.passphrase.line.textChanged.connect(lambda _text: self.changed.emit())
        card = Card("考核办密钥")
        card.add(
            label("考核办掌管的密钥在工作区里，由工作区口令启用。只有它还打不开任何票。", "muted", wrap=True),
            column(label("工作区口令", "strong"), self.passphrase, spacing=5),
        )
        self.setLayout(column(card, 1))


class TrusteesStep(QWidget):
    """Trustees one after another, in any order."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.opened = Banner("done")
        self.told = label("", "small", wrap=True)
        self.arrived = label("", "figure")
        self._names = column(spacing=6)
        self.share = PathField("密钥文件", "选择开箱密钥文件", SHARE_KIND)
        self.passphrase = PassphraseField("密钥口令", "由本人输入，他人请回避")
        for line in (self.share.line, self.passphrase.line):
            line.textChanged.connect(lambda _text: self.changed.emit())
        self._form = Card("下一位密钥保管人")
        self._form.add(
            column(label("密钥文件（本人U盘）", "strong"), self.share, self.told, spacing=5),
            column(label("密钥口令", "strong"), self.passphrase, spacing=5),
        )
        left = Card("密钥保管人")
        left.add(self.arrived, rule(), self._names, 1)
        layout = row(left, column(self._form, 1), spacing=14)
        layout.setStretch(0, 2)
        layout.setStretch(1, 3)
        whole = column(self.opened, layout, spacing=14)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def show_state(self, state: TallyFlowState) -> None:
        """Show who has come."""
        words = f"摘要 {state.digest[:4]} {state.digest[4:8]}…；选票签名、逐票证明、汇总密文已逐项核验。"
        self.opened.say("done", f"即将打开：{state.title}，{state.ballots}张选票的合计", words)
        self.arrived.setText(f"应到{state.needed}人，已到{state.given}人")
        while (old := self._names.takeAt(0)) is not None:
            if widget := old.widget():
                widget.deleteLater()
        for turn in state.trustees:
            self._names.addWidget(_turn(turn.name, turn.given))
        self._form.setVisible(state.given < state.needed)

    def path(self) -> Path | None:
        """The share file named."""
        return self.share.path

    def wipe(self) -> None:
        """Forget what was typed."""
        self.passphrase.wipe()
        self.share.show_path(None)
        self.told.setText("")


class CountStep(QWidget):
    """Everybody is here."""

    def __init__(self) -> None:
        super().__init__()
        self._banner = Banner("done", "✓ 人员到齐，可以计票")
        self._words = label("", "muted", wrap=True)
        card = Card("计票")
        card.add(self._banner, self._words)
        self.setLayout(column(card, 1))

    def show_state(self, state: TallyFlowState) -> None:
        """Say what will happen."""
        given = "、".join(turn.name for turn in state.trustees if turn.given)
        self._words.setText(
            f"考核办和密钥保管人（{given}）均已到场。点“开始计票”后，程序汇总出各单位各等次的票数，"
            "并当场核验；核验不通过，不保存结果。"
        )


class ResultStep(QWidget):
    """The counts, verified."""

    archive_wanted = Signal()
    meeting_wanted = Signal()
    """Day, place or people are to be filled in."""

    def __init__(self, acts: SheetActs) -> None:
        super().__init__()
        self.acts = acts
        self.verified = Banner(
            "done", "✓ 选票档案已独立核验", "选票签名、逐票证明、汇总、部分解密和结果全部一致。"
        )
        self.remarks = RemarksBanner()
        self.table = CountsTable()
        self.sheet = label("", "strong", wrap=True)
        self.archive = button("保存选票档案…", self.archive_wanted.emit)
        self.meeting = button("填写会议信息…", self.meeting_wanted.emit, "primary")
        told = row(self.sheet, self.meeting)
        told.setStretch(0, 1)
        end = row(self.archive, 1, acts)
        layout = column(self.verified, self.remarks, self.table, told, end, spacing=12)
        layout.setStretch(2, 1)
        self.setLayout(layout)

    def show_state(self, state: TallyFlowState) -> None:
        """Show the counts, and where the result sheet stands."""
        self.remarks.show_remarks(state.remarks)
        self.table.show_counts(state.heads, state.rows)
        self.acts.show_sheet(state.sheet)
        self.meeting.setVisible(bool(state.lacking))
        if state.sheet is not None:
            why = state.sheet.issue if state.sheet.needed else ""
            self.sheet.setText(f"计票结果报告单：{why or state.sheet.status}")


def _people(minutes: SessionMinutes) -> tuple[tuple[str, str], ...]:
    return (
        ("会议日期", day_words(minutes.held_on) if minutes.held_on else ""),
        ("地点", minutes.place),
        ("主持人", minutes.chair),
        ("总监票人", minutes.chief_scrutineer),
        ("监票人", "、".join(minutes.scrutineers)),
        ("计票人", "、".join(minutes.tellers)),
    )


def _turn(name: str, given: bool) -> QWidget:
    made = QWidget()
    made.setLayout(row(label(name), 1, label("✓ 已到" if given else "未到", "done" if given else "muted")))
    return made
