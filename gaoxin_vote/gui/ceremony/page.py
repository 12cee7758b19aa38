"""Is the key ceremony held, and what are its fingerprints?"""

from gaoxin_vote.gui.ceremony.presenter import CeremonyPageState, CeremonyPresenter
from gaoxin_vote.gui.ceremony.wizard import CeremonyWizard
from gaoxin_vote.gui.kit.icons import Icon, IconName
from gaoxin_vote.gui.kit.page import Page
from gaoxin_vote.gui.kit.parts import Card, PairsCard, button, column, label, row
from gaoxin_vote.gui.kit.worker import Worker
from gaoxin_vote.gui.paper.dialog import show_paper
from gaoxin_vote.stages import YearStage

_WHY: tuple[tuple[IconName, str, str], ...] = (
    (
        "key",
        "为什么要有监票密钥",
        "开票必须由考核办和监票密钥人共同完成；考核办单独、监票密钥人单独，都打不开任何票。",
    ),
    (
        "usb",
        "每位监票密钥人做什么",
        "轮到时设定只有本人知道的口令，把密钥文件存到自己的U盘；程序当场读回验证，会后带走保管。",
    ),
    (
        "tally",
        "开票时",
        "达到约定人数的监票密钥人带U盘到场，输入口令，只打开汇总票数；任何一张选票都不会单独打开。",
    ),
    ("report", "完成后", "打印仪式记录，核对指纹并签字。日后任何人都可以凭这份记录核验计票档案。"),
)


class CeremonyPage(Page):
    """Before the ceremony what it is for; afterwards its facts and record."""

    def __init__(self, presenter: CeremonyPresenter, worker: Worker) -> None:
        super().__init__(YearStage.CEREMONY, worker)
        self._presenter = presenter
        self.begin = button("开始密钥仪式…", self._begin, "primary")
        self.record = button("预览仪式记录…", self._show_record)
        self.why = Card("密钥仪式")
        for drawing, heading, words in _WHY:
            lines = column(label(heading, "strong"), label(words, "muted", wrap=True), spacing=3)
            line = row(Icon(drawing, size=28), lines, spacing=16)
            line.setStretch(1, 1)
            line.setContentsMargins(4, 6, 4, 6)
            self.why.add(line)
        self.why.content.addSpacing(6)
        self.why.add(row(self.begin, 1))
        self.facts = PairsCard("密钥仪式记录")
        self.facts.add(row(self.record, 1))
        self.body.addWidget(self.why)
        self.body.addWidget(self.facts)
        self.body.addStretch(1)
        self.facts.hide()

    def refresh(self) -> None:
        """Ask where the ceremony stands."""
        self.run(lambda _progress: self._presenter.state(), self.show_state, asking=True)

    def show_state(self, state: CeremonyPageState) -> None:
        """Show `state`."""
        self.next_step.setText(state.next_step)
        self.why.setVisible(not state.pairs)
        self.facts.setVisible(bool(state.pairs))
        self.facts.show_pairs(state.pairs)
        self.permit((self.begin, state.blocked))

    def _begin(self) -> None:
        wizard = CeremonyWizard(self, self.worker, self._presenter.begin())
        wizard.held.connect(self.changed)
        wizard.held.connect(self.refresh)
        wizard.finished.connect(lambda _code: self.refresh())
        wizard.open()

    def _show_record(self) -> None:
        self.run(
            lambda _progress: self._presenter.record_pdf(),
            lambda pdf: show_paper(self, self.worker, "密钥仪式记录", pdf, "密钥仪式记录.pdf"),
            asking=True,
        )
