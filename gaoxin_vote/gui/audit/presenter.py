"""What was done in this workspace, and is the log whole?"""

from dataclasses import dataclass

from gaoxin_vote.workflow.reports.audit_log import check, entries
from gaoxin_vote.workflow.setup.open_workspace import OpenWorkspace


@dataclass(frozen=True, slots=True)
class AuditState:
    """What the page shows, newest first."""

    rows: tuple[tuple[str, ...], ...]


class AuditPresenter:
    """The log of the workspace, as far as it concerns one year."""

    def __init__(self, workspace: OpenWorkspace, year: int | None) -> None:
        self._workspace, self._year = workspace, year

    def state(self) -> AuditState:
        """The acts."""
        lines = self._workspace.call(entries, self._year)
        return AuditState(
            tuple(
                (str(line.number), line.time_text or "不记时间", line.act, line.words, line.hash[:16])
                for line in reversed(lines)
            )
        )

    def check(self) -> int:
        """Recompute the chain; the number of entries. Raises `EvidenceBroken` when it does not hold."""
        return self._workspace.call(check)
