"""Is the key ceremony held, what are its fingerprints, and are the share files still usable?"""

from functools import partial

from gaoxin_vote.domain.fingerprint import spelled_check
from gaoxin_vote.gui.ceremony.flow import CeremonyFlow
from gaoxin_vote.gui.ceremony.presenter import CeremonyPageState, CeremonyPresenter
from gaoxin_vote.gui.ceremony.renewal_dialog import RenewalDialog
from gaoxin_vote.gui.ceremony.share_check_dialog import ShareCheckDialog
from gaoxin_vote.gui.ceremony.wizard import CeremonyWizard
from gaoxin_vote.gui.kit.icons import Icon, IconName
from gaoxin_vote.gui.kit.page import Page
from gaoxin_vote.gui.kit.parts import Card, PairsCard, button, column, filled, label, row
from gaoxin_vote.gui.kit.worker import Worker
from gaoxin_vote.gui.paper.dialog import show_paper
from gaoxin_vote.stages import YearStage

_WHY: tuple[tuple[IconName, str, str], ...] = (
    (
        "key",
        "为什么要有开箱密钥",
        "开箱必须由考核办和密钥保管人共同完成；考核办单独、密钥保管人单独，都打不开任何票。",
    ),
    (
        "usb",
        "每位密钥保管人做什么",
        "轮到时设定只有本人知道的口令，把密钥文件存到自己的U盘；程序当场读回核对，会后带走保管。",
    ),
    (
        "tally",
        "开箱时",
        "达到约定人数的密钥保管人带U盘到场，输入口令，只打开汇总票数；任何一张选票都不会单独打开。",
    ),
    ("report", "完成后", "打印发放记录，核对指纹并签字。日后任何人都可以凭这份记录核验选票档案。"),
)


class CeremonyPage(Page):
    """Before the ceremony what it is for; afterwards its facts and record."""

    def __init__(self, presenter: CeremonyPresenter, worker: Worker) -> None:
        super().__init__(YearStage.CEREMONY, worker)
        self._presenter = presenter
        self.begin = button("开始发放密钥…", self._begin, "primary")
        self.record = button("预览发放记录…", self._show_record)
        self.why = Card("密钥发放")
        for drawing, heading, words in _WHY:
            lines = column(label(heading, "strong"), label(words, "muted", wrap=True), spacing=3)
            line = row(Icon(drawing, size=28), lines, spacing=16)
            line.setStretch(1, 1)
            line.setContentsMargins(4, 6, 4, 6)
            self.why.add(line)
        self.why.content.addSpacing(6)
        self.why.add(row(self.begin, 1))
        self.facts = PairsCard("密钥发放记录")
        self.again = button("重新发放密钥…", self._ask_again)
        self.facts.add(row(self.record, 1, self.again))
        self.checks = PairsCard("密钥文件是否可用")
        self.check = button("检查密钥文件…", self._check_share)
        words = (
            "每次会议之前，请各位密钥保管人带U盘来检查一次。只核对文件和口令，不打开任何票；"
            "趁还没有投票，坏了、丢了还可以重新发放密钥。"
        )
        self.checks.add(label(words, "muted", wrap=True), row(self.check, 1))
        self.earlier = Card("以前的密钥发放")
        self._records = column(spacing=6)
        self.earlier.add(
            label("以前计票的会议用的是当时的密钥，核验时用当时的发放记录。", "muted", wrap=True),
            self._records,
        )
        inner = column(self.why, self.facts, self.checks, self.earlier, 1, spacing=14)
        self.body.addLayout(inner)
        for card in (self.facts, self.checks, self.earlier):
            card.hide()

    def refresh(self) -> None:
        """Ask where the ceremony stands."""
        self.run(lambda _progress: self._presenter.state(), self.show_state, asking=True)

    def show_state(self, state: CeremonyPageState) -> None:
        """Show `state`."""
        self.next_step.setText(state.next_step)
        self.why.setVisible(not state.pairs)
        self.facts.setVisible(bool(state.pairs))
        self.facts.show_pairs(state.pairs)
        self.checks.setVisible(bool(state.checks))
        self.checks.show_pairs(state.checks)
        self.earlier.setVisible(bool(state.earlier))
        while (old := self._records.takeAt(0)) is not None:
            if widget := old.widget():
                widget.deleteLater()
        for number, title, fingerprint in state.earlier:
            preview = button("预览…", partial(self._show_record, number))
            preview.setAccessibleName(f"预览{title}的记录")
            line = filled(
                column(
                    row(label(title), 1, preview),
                    label(f"核对指纹 {spelled_check(fingerprint)}", "muted", wrap=True, select=True),
                )
            )
            self._records.addWidget(line)
        self.permit((self.begin, state.blocked))

    def _begin(self) -> None:
        self._hold(self._presenter.begin())

    def _hold(self, flow: CeremonyFlow) -> None:
        wizard = CeremonyWizard(self, self.worker, flow)
        wizard.held.connect(self.changed)
        wizard.held.connect(self.refresh)
        wizard.finished.connect(lambda _code: self.refresh())
        wizard.open()

    def _ask_again(self) -> None:
        def ask(_none: object) -> None:
            RenewalDialog(self, self._presenter.renew, self._hold).open()

        self.run(lambda _progress: self._presenter.require_keys_free(), ask, asking=True)

    def _check_share(self) -> None:
        dialog = ShareCheckDialog(self, self.worker, self._presenter.check_share)
        dialog.checked.connect(self.changed)
        dialog.checked.connect(self.refresh)
        dialog.open()

    def _show_record(self, number: int = 0) -> None:
        name = f"密钥发放记录-第{number}次" if number else "密钥发放记录"
        self.run(
            lambda _progress: self._presenter.record_pdf(number),
            lambda pdf: show_paper(self, self.worker, "密钥发放记录", pdf, f"{name}.pdf"),
            asking=True,
        )
