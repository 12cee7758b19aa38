"""What was done in this workspace, and is the log whole?"""

from collections.abc import Callable
from dataclasses import dataclass

from gaoxin_vote.gui.audit.state import AuditLine, AuditState
from gaoxin_vote.gui.intake.presenter import HandedOut
from gaoxin_vote.workflow.reports.audit_export import log_csv, log_workbook
from gaoxin_vote.workflow.reports.audit_log import check, entries
from gaoxin_vote.workflow.setup.open_workspace import OpenWorkspace


@dataclass(frozen=True, slots=True)
class LogFile:
    """One way to save the log."""

    label: str
    kinds: str
    make: Callable[[tuple[AuditLine, ...], bool], HandedOut]


LOG_FILES = (
    LogFile("导出 Excel…", "Excel 工作簿 (*.xlsx)", log_workbook),
    LogFile("导出 CSV…", "CSV 文件 (*.csv)", log_csv),
)


class AuditPresenter:
    """The log of the workspace, as far as it concerns one year."""

    def __init__(self, workspace: OpenWorkspace, year: int | None) -> None:
        self._workspace, self._year = workspace, year

    def state(self) -> AuditState:
        """The acts, newest first."""
        return AuditState(tuple(reversed(self._workspace.call(entries, self._year))))

    def check(self) -> int:
        """Recompute the chain; the number of entries. Raises `EvidenceBroken` when it does not hold."""
        return self._workspace.call(check)
