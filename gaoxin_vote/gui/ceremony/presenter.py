"""Has the year's key ceremony been held, and what did it fix?"""

from dataclasses import dataclass

from gaoxin_vote.gui.ceremony.flow import CeremonyFlow, facts_pairs
from gaoxin_vote.workflow.ceremony.trustee_keys import ceremony_facts
from gaoxin_vote.workflow.reports.sheets import ceremony_record_name, paper
from gaoxin_vote.workflow.setup.open_workspace import OpenWorkspace
from gaoxin_vote.workflow.setup.roster import leaders, units


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
            words = "密钥仪式已完成。下一步：到“投票会议”准备领导评议和部门互评。"
            return CeremonyPageState(facts_pairs(facts), words, "")
        lists = all((self._workspace.call(units, self._year), self._workspace.call(leaders, self._year)))
        blocked = "" if lists else "请先在“方案与单位”导入被考评单位和班子成员。"
        words = (
            "下一步：请监票密钥人到场，各带一个U盘，举行密钥仪式。"
            if lists
            else "下一步：先导入单位和领导名单。"
        )
        return CeremonyPageState((), words, blocked)

    def begin(self) -> CeremonyFlow:
        """A ceremony that has not drawn any key yet."""
        return CeremonyFlow(self._workspace, self._year)

    def record_pdf(self) -> bytes:
        """The ceremony record."""
        return self._workspace.call(paper, self._year, ceremony_record_name(self._year))
