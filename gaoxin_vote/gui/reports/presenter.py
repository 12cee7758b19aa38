"""Which sheets are there, what can be done with each, and can the record package be written?"""

from dataclasses import dataclass
from pathlib import Path

from gaoxin_vote.gui.paper.presenter import SheetsPresenter
from gaoxin_vote.gui.paper.state import SheetState
from gaoxin_vote.progress import Progress
from gaoxin_vote.workflow.record.package import write_package
from gaoxin_vote.workflow.results.assessing import is_final
from gaoxin_vote.workflow.setup.open_workspace import OpenWorkspace


@dataclass(frozen=True, slots=True)
class ReportsState:
    """What the page shows."""

    sheets: tuple[SheetState, ...]
    package_blocked: str
    package_name: str
    next_step: str


class ReportsPresenter:
    """The sheets and the package of one year."""

    def __init__(self, workspace: OpenWorkspace, year: int) -> None:
        self._workspace, self._year = workspace, year
        self.sheets = SheetsPresenter(workspace, year)

    def state(self) -> ReportsState:
        """Which sheets there are."""
        sheets = self.sheets.states()
        final = self._workspace.call(is_final, self._year)
        open_ones = [sheet.title for sheet in sheets if sheet.needed]
        blocked = "" if final else "综合评定定稿后才能生成考核档案包"
        if final and open_ones:
            blocked = f"请先签发{'、'.join(open_ones)}"
        if open_ones:
            next_step = f"下一步：签发{open_ones[0]}，打印后由总监票人、监票人、计票人签字。"
        elif final:
            next_step = "下一步：生成考核档案包，任何人都可以在另一台电脑上核验。"
        else:
            next_step = "选中一张表，预览、签发、打印或保存。"
        return ReportsState(sheets, blocked, f"考核记录{self._year}.zip", next_step)

    def write_package(self, path: Path, progress: Progress) -> Path:
        """Write the record package."""
        return self._workspace.call(write_package, self._year, path, progress)
