"""Where does the count of one session stand, and who has to act next? Knows nothing of windows."""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from pathlib import Path

from gaoxin_vote.domain.minutes import SessionMinutes
from gaoxin_vote.domain.session import SessionId, Stage
from gaoxin_vote.gui.paper.presenter import SheetsPresenter
from gaoxin_vote.gui.paper.state import SheetState
from gaoxin_vote.progress import Progress
from gaoxin_vote.workflow.reports.sheets import counts_on_screen, paper, tally_hash_name, tally_report_name
from gaoxin_vote.workflow.session.meeting import set_meeting
from gaoxin_vote.workflow.setup.open_workspace import OpenWorkspace
from gaoxin_vote.workflow.setup.workspaces import today
from gaoxin_vote.workflow.tally import counting
from gaoxin_vote.workflow.tally import opening as tally
from gaoxin_vote.workflow.tally.opening import TrusteeTurn


class TallyStep(Enum):
    """The steps, in their order."""

    NUMBERS = "票数核对"
    DIGEST = "汇总密文摘要"
    OFFICER = "工作区口令"
    TRUSTEES = "密钥保管人到场"
    COUNT = "计票"
    RESULT = "结果"


STEPS = tuple(TallyStep)


@dataclass(frozen=True, slots=True)
class TallyFlowState:
    """What the wizard shows."""

    step: TallyStep
    title: str
    figures: tuple[tuple[str, int], ...]
    problems: tuple[str, ...]
    ballots: int
    """How many will be opened together."""
    minutes: SessionMinutes
    """Day, place, chair, scrutineers, tellers, for the result sheet."""
    today: date
    """The day that is offered where none is noted."""
    digest: str
    """SHA-256 of what will be opened, 64 hex digits."""
    trustees: tuple[TrusteeTurn, ...]
    given: int
    needed: int
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    """The counts as a table; empty before the count."""
    remarks: tuple[str, ...]
    """What is to be said of its marked rows."""
    sheet: SheetState | None
    """计票结果报告单; None before the count."""

    @property
    def lacking(self) -> tuple[str, ...]:
        """What the sheet, as long as it is not issued, lacks of the minutes."""
        return () if self.sheet and self.sheet.edition else self.minutes.missing


class TallyFlow:
    """The count of one session; what has been given is kept, so the flow can be left and resumed."""

    def __init__(self, workspace: OpenWorkspace, year: int, session_id: SessionId) -> None:
        self._workspace, self._year, self.session_id = workspace, year, session_id
        self.sheets = SheetsPresenter(workspace, year)
        self._seen = 0
        """How many of the first two steps, which ask for nothing, have been left behind."""

    def state(self) -> TallyFlowState:
        """Where the count stands."""
        state = self._workspace.call(tally.tally_state, self.session_id)
        facts = state.state
        numbers = facts.reconciliation
        tallied = state.session.stage is Stage.TALLIED
        counts = self._workspace.call(counts_on_screen, self.session_id) if tallied else None
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
            ballots=facts.returned,
            minutes=facts.minutes,
            today=self._workspace.call(today),
            digest=state.tally_hash,
            trustees=state.trustees,
            given=state.given,
            needed=state.needed,
            heads=counts.heads if counts else (),
            rows=counts.rows if counts else (),
            remarks=counts.remarks if counts else (),
            sheet=self.sheets.state(tally_report_name(state.session)) if tallied else None,
        )

    def begin(self, progress: Progress) -> TallyFlowState:
        """Where the count stands, after what would be opened was verified: nobody is asked before.

        Raises `EvidenceBroken` when something of it does not hold.
        """
        state = self._workspace.call(tally.tally_state, self.session_id)
        if state.session.stage is Stage.SEALED and not state.problems:
            self._workspace.call(tally.require_sound, self.session_id, progress)
        return self.state()

    def seen(self) -> TallyFlowState:
        """The step that asks for nothing has been looked at."""
        self._seen += 1
        return self.state()

    def set_meeting(self, minutes: SessionMinutes) -> TallyFlowState:
        """Note what stands on the sheet."""
        self._workspace.call(set_meeting, self.session_id, minutes)
        return self.state()

    def back(self) -> TallyFlowState:
        """To the numbers again."""
        self._seen = 0
        return self.state()

    def give_officer_key(self, passphrase: str, progress: Progress) -> TallyFlowState:
        """The officer acts."""
        self._workspace.call(tally.give_officer_key, self.session_id, passphrase, progress)
        return self.state()

    def give_share(self, path: Path, passphrase: str, progress: Progress) -> TallyFlowState:
        """A trustee acts."""
        self._workspace.call(tally.give_share, self.session_id, path, passphrase, progress)
        return self.state()

    def share_words(self, path: Path) -> str:
        """What the trustee reads of a share file before typing the passphrase."""
        told = self._workspace.call(tally.share_history, self.session_id, path)
        if not told.opened:
            return f"{told.name}的密钥文件，还没有用过。"
        return f"{told.name}的密钥文件，此前打开过：{'、'.join(told.opened)}。"

    def count(self, progress: Progress) -> TallyFlowState:
        """Combine, count, verify the archive."""
        self._workspace.call(counting.count, self.session_id, progress)
        return self.state()

    def digest_pdf(self) -> bytes:
        """The digest on paper, for the scrutineers to sign before anything is opened."""
        session = self._workspace.call(tally.tally_state, self.session_id).session
        return self._workspace.call(paper, self._year, tally_hash_name(session))

    def save_archive(self, path: Path) -> Path:
        """Write the archive to the place named."""
        self._workspace.call(counting.save_archive, self.session_id, path)
        return path

    def _step(self, state: tally.TallyState) -> TallyStep:
        if state.session.stage is Stage.TALLIED:
            return TallyStep.RESULT
        if self._seen < 2 and not state.officer_given:
            return STEPS[self._seen]
        if not state.officer_given:
            return TallyStep.OFFICER
        return TallyStep.COUNT if state.ready else TallyStep.TRUSTEES
