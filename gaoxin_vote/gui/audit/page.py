"""What was done in this workspace, in which order?"""

from gaoxin_vote.gui.audit.presenter import AuditPresenter, AuditState
from gaoxin_vote.gui.kit.page import Page
from gaoxin_vote.gui.kit.parts import Banner, Card, button, row
from gaoxin_vote.gui.kit.tables import Align, Head, RowsModel, Table
from gaoxin_vote.gui.kit.worker import Worker
from gaoxin_vote.stages import YearStage


class AuditPage(Page):
    """The log, newest first, and the check of its chain."""

    def __init__(self, presenter: AuditPresenter, worker: Worker) -> None:
        super().__init__(YearStage.AUDIT, worker)
        self._presenter = presenter
        self.next_step.setText(
            "每一步操作都按顺序记录，前后相扣，只能追加。投票期间只记暂停、恢复和结束，投票本身不留记录。"
        )
        self.model = RowsModel(
            (
                Head("序号", Align.STATE),
                Head("时间"),
                Head("事项"),
                Head("内容", stretch=True),
                Head("链值（前16位）"),
            )
        )
        self.table = Table(self.model, "审计日志", sortable=True)
        self.check = button("检查日志链", self._check, "primary")
        self.outcome = Banner("done")
        card = Card("操作记录")
        card.add(self.table, row(1, self.check))
        self.body.addWidget(self.outcome)
        self.body.addWidget(card, 1)

    def refresh(self) -> None:
        """Ask for the acts."""
        self.run(lambda _progress: self._presenter.state(), self.show_state, asking=True)

    def show_state(self, state: AuditState) -> None:
        """Show `state`."""
        self.model.show_rows(state.rows)

    def _check(self) -> None:
        self.outcome.say("plain", "")
        self.run(lambda _progress: self._presenter.check(), self._checked, asking=True)

    def _checked(self, count: int) -> None:
        self.outcome.say("done", f"✓ {count}条记录前后相扣，没有改动、缺失或调换")
