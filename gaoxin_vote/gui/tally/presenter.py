"""Which sessions wait to be counted, and what did the others give?"""

from dataclasses import dataclass

from gaoxin_vote.domain.session import SessionId, Stage
from gaoxin_vote.gui.tally.flow import TallyFlow, TallyFlowState
from gaoxin_vote.workflow.results.handing_out import HandedOut, counts_workbook, sessions_workbook
from gaoxin_vote.workflow.session.turnout import session_state, sessions
from gaoxin_vote.workflow.setup.open_workspace import OpenWorkspace


@dataclass(frozen=True, slots=True)
class TallyCardState:
    """One session that is sealed or tallied."""

    id: SessionId
    title: str
    tallied: bool
    words: str
    flow: TallyFlowState


@dataclass(frozen=True, slots=True)
class TallyPageState:
    """What the page shows."""

    cards: tuple[TallyCardState, ...]
    next_step: str


class TallyPresenter:
    """The counts of one year."""

    def __init__(self, workspace: OpenWorkspace, year: int) -> None:
        self._workspace, self._year = workspace, year

    def state(self) -> TallyPageState:
        """Where the counts stand."""
        ended = [
            state.session
            for state in self._workspace.call(sessions, self._year)
            if state.session.stage in (Stage.SEALED, Stage.TALLIED)
        ]
        cards = []
        for session in ended:
            flow = TallyFlow(self._workspace, self._year, session.id).state()
            tallied = session.stage is Stage.TALLIED
            cards.append(TallyCardState(session.id, session.title, tallied, _words(flow, tallied), flow))
        waiting = next((card for card in cards if not card.tallied), None)
        if waiting:
            words = f"下一步：请密钥保管人到场，为{waiting.title}开箱。"
        elif cards:
            words = "各场均已计票。下一步：签发、打印计票结果报告单，由监票人签字；到“指标与加减分”继续。"
        else:
            words = "封箱后在这里开箱。下一步：到“测评会议”完成投票并封箱。"
        return TallyPageState(tuple(cards), words)

    def counts(self, session_id: SessionId) -> HandedOut:
        """The counts of the contest of a session, as a workbook."""
        state = self._workspace.call(session_state, session_id)
        return self._workspace.call(counts_workbook, self._year, state.session.contest.code)

    def reports(self) -> HandedOut:
        """The numbers of all sessions that were counted, as a workbook."""
        return self._workspace.call(sessions_workbook, self._year)

    def begin(self, session_id: SessionId) -> TallyFlow:
        """The count of one session."""
        return TallyFlow(self._workspace, self._year, session_id)


def _words(flow: TallyFlowState, tallied: bool) -> str:
    if tallied:
        return "已计票，档案已独立核验"
    return f"密钥保管人应到{flow.needed}人，已到{flow.given}人" if flow.given else "待开箱"
