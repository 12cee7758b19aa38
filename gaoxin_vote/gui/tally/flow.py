"""Where does the count of one session stand, and who has to act next? Knows nothing of windows."""

from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from gaoxin_vote.domain.session import SessionId, Stage
from gaoxin_vote.progress import Progress
from gaoxin_vote.workflow.reports.sheets import counts_on_screen, tally_hash_pdf, tally_report_pdf
from gaoxin_vote.workflow.session.turnout import session_state
from gaoxin_vote.workflow.setup.workspaces import Workspace
from gaoxin_vote.workflow.tally import opening as tally


class TallyStep(Enum):
    """The steps, in their order."""

    NUMBERS = "票数核对"
    DIGEST = "开票摘要"
    OFFICER = "工作区口令"
    TRUSTEES = "监票密钥人到场"
    COUNT = "计票"
    RESULT = "结果"


STEPS = tuple(TallyStep)


@dataclass(frozen=True, slots=True)
class Turn:
    """One trustee."""

    name: str
    given: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """The counts as a table."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class TallyFlowState:
    """What the wizard shows."""

    step: TallyStep
    title: str
    figures: tuple[tuple[str, int], ...]
    problems: tuple[str, ...]
    people: tuple[tuple[str, str], ...]
    """Place, chair, scrutineers, tellers, for the result sheet."""
    digest: str
    """SHA-256 of what will be opened, 64 hex digits."""
    trustees: tuple[Turn, ...]
    given: int
    needed: int
    counts: Counts | None


class TallyFlow:
    """The count of one session; what has been given is kept, so the flow can be left and resumed."""

    def __init__(self, workspace: Workspace, session_id: SessionId) -> None:
        self._workspace, self.session_id = workspace, session_id
        self._seen = 0
        """How many of the first two steps, which ask for nothing, have been left behind."""

    def state(self) -> TallyFlowState:
        """Where the count stands."""
        state = tally.tally_state(self._workspace, self.session_id)
        facts = session_state(self._workspace, self.session_id)
        numbers = facts.reconciliation
        return TallyFlowState(
            step=self._step(state),
            title=state.session.title,
            figures=(
                ("应到", numbers.should_attend),
                ("实到", numbers.attended),
                ("发出", numbers.issued),
                ("收回", numbers.returned),
            ),
            problems=state.problems,
            people=(
                ("地点", facts.minutes.place),
                ("主持人", facts.minutes.chair),
                ("总监票人", facts.minutes.chief_scrutineer),
                ("监票人", "、".join(facts.minutes.scrutineers)),
                ("计票人", "、".join(facts.minutes.tellers)),
            ),
            digest=state.tally_hash,
            trustees=tuple(Turn(each.name, each.given) for each in state.trustees),
            given=state.given,
            needed=state.needed,
            counts=_counts(self._workspace, self.session_id) if state.tally else None,
        )

    def seen(self) -> TallyFlowState:
        """The step that asks for nothing has been looked at."""
        self._seen += 1
        return self.state()

    def back(self) -> TallyFlowState:
        """To the numbers again."""
        self._seen = 0
        return self.state()

    def give_officer_key(self, passphrase: str, progress: Progress) -> TallyFlowState:
        """The officer acts."""
        tally.give_officer_key(self._workspace, self.session_id, passphrase, progress)
        return self.state()

    def give_share(self, path: Path, passphrase: str, progress: Progress) -> TallyFlowState:
        """A trustee acts."""
        tally.give_share(self._workspace, self.session_id, path, passphrase, progress)
        return self.state()

    def count(self, progress: Progress) -> TallyFlowState:
        """Combine, count, verify the archive."""
        tally.count(self._workspace, self.session_id, progress)
        return self.state()

    def digest_pdf(self) -> bytes:
        """The digest on paper, for the scrutineers to sign before anything is opened."""
        return tally_hash_pdf(self._workspace, self.session_id)

    def report_pdf(self, progress: Progress) -> bytes:
        """计票结果报告单."""
        return tally_report_pdf(self._workspace, self.session_id, progress)

    def save_archive(self, path: Path) -> Path:
        """Write the archive to the place named."""
        tally.save_archive(self._workspace, self.session_id, path)
        return path

    def _step(self, state: tally.TallyState) -> TallyStep:
        if state.session.stage is Stage.TALLIED:
            return TallyStep.RESULT
        if self._seen < 2 and not state.officer_given:
            return STEPS[self._seen]
        if not state.officer_given:
            return TallyStep.OFFICER
        return TallyStep.COUNT if state.ready else TallyStep.TRUSTEES


def _counts(workspace: Workspace, session_id: SessionId) -> Counts:
    table = counts_on_screen(workspace, session_id)
    return Counts(table.heads, table.rows)
