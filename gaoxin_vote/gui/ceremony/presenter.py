"""Has the year's key ceremony been held, and what did it fix?"""

from dataclasses import dataclass

from gaoxin_vote.gui.ceremony.flow import CeremonyFlow, facts_pairs
from gaoxin_vote.workflow.ceremony.held_ceremonies import ceremony_facts
from gaoxin_vote.workflow.reports.sheets import ceremony_record_name, paper
from gaoxin_vote.workflow.setup.open_workspace import OpenWorkspace
from gaoxin_vote.workflow.setup.roster import missing_lists


@dataclass(frozen=True, slots=True)
class CeremonyPageState:
    """What the page shows."""

    pairs: tuple[tuple[str, str], ...]
    """The facts of the ceremony; empty before it is held."""
    next_step: str
    blocked: str
    """Why the ceremony cannot begin."""


class CeremonyPresenter:
    """The ceremony of one year."""

    def __init__(self, workspace: OpenWorkspace, year: int) -> None:
        self._workspace, self._year = workspace, year

    def state(self) -> CeremonyPageState:
        """Where the ceremony stands."""
        facts = self._workspace.call(ceremony_facts, self._year)
        if facts is not None:
            words = "密钥仪式已完成。下一步：到“投票会议”准备各场测评。"
            return CeremonyPageState(facts_pairs(facts), words, "")
        missing = self._workspace.call(missing_lists, self._year)
        lists, names = not missing, "、".join(kind.label for kind in missing)
        blocked = "" if lists else f"请先在“方案与单位”导入{names}。"
        words = (
            "下一步：请监票密钥人到场，各带一个U盘，举行密钥仪式。" if lists else f"下一步：先导入{names}。"
        )
        return CeremonyPageState((), words, blocked)

    def begin(self) -> CeremonyFlow:
        """A ceremony that has not drawn any key yet."""
        return CeremonyFlow(self._workspace, self._year)

    def record_pdf(self) -> bytes:
        """The ceremony record."""
        return self._workspace.call(paper, self._year, ceremony_record_name(self._year))
