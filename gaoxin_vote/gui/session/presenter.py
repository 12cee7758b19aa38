"""What can the officer do with the year's voting sessions?"""

from gaoxin_vote.domain.contest import Contest, session_title
from gaoxin_vote.domain.contest_rules import Raters
from gaoxin_vote.domain.minutes import SessionMinutes
from gaoxin_vote.domain.session import SessionId, SlipMode, Stage
from gaoxin_vote.domain.units import UnitCode
from gaoxin_vote.gui.session.state import (
    AddedSlips,
    AddingState,
    Addition,
    ClosingState,
    ElectorLine,
    MeetingState,
    Offer,
    ReholdState,
    SessionAct,
    SessionPageState,
    SlipsState,
    TrackersState,
    card,
    figures,
    next_act,
)
from gaoxin_vote.progress import Progress
from gaoxin_vote.workflow.reports.sheets import paper, roll_sheet_name, tracker_list_name
from gaoxin_vote.workflow.reports.trackers import trackers_listed
from gaoxin_vote.workflow.results.assessing import assessment
from gaoxin_vote.workflow.session import meeting, running, sealing, slip_adding, slip_desk, slip_making
from gaoxin_vote.workflow.session.preparation import SessionPlan, planned_session, prepare_session
from gaoxin_vote.workflow.session.turnout import SessionState, YearSessions, session_state, year_sessions
from gaoxin_vote.workflow.setup import roster
from gaoxin_vote.workflow.setup.open_workspace import OpenWorkspace
from gaoxin_vote.workflow.setup.workspaces import check_passphrase, today

_RUNNING = (Stage.SETUP, Stage.OPEN, Stage.SUSPENDED, Stage.CLOSED, Stage.SEALED)


class SessionPresenter:
    """The sessions of one year. Every act returns what the page shows afterwards."""

    def __init__(self, workspace: OpenWorkspace, year: int) -> None:
        self._workspace, self._year = workspace, year
        self._chosen: SessionId | None = None

    def state(self, chosen: SessionId | None = None) -> SessionPageState:
        """Where the sessions stand; `chosen` is the one whose check-in list is wanted."""
        self._chosen = chosen or self._chosen
        year = self._workspace.call(year_sessions, self._year)
        found, held = year.states, year.keys_made
        shown = _shown(found)
        offers = _offers(year)
        leading = next((state for state in shown if state.session.stage in _RUNNING), None)
        primary = {leading.session.id: next_act(leading.session, leading)} if leading else {}
        roll = next((state for state in shown if state.session.id == self._chosen), leading or _first(shown))
        self._chosen = roll.session.id if roll else None
        return SessionPageState(
            cards=tuple(card(state, primary.get(state.session.id), held) for state in shown),
            past=tuple(_past(state) for state in found if state.session.stage is Stage.VOIDED),
            offers=offers,
            chosen=self._chosen,
            roll=_lines(roll) if roll else (),
            may_check_in=roll is not None and roll.session.stage in slip_desk.MENDABLE,
            may_add=roll is not None and roll.session.stage in (Stage.OPEN, Stage.SUSPENDED),
            anonymous=roll is not None and roll.held.rules.raters is Raters.ANONYMOUS,
            next_step=_next_step(leading, offers, bool(shown)),
            live=any(state.session.stage is Stage.OPEN for state in shown),
        )

    def summary(self, contest: Contest, group: str) -> str:
        """What would be prepared, in Chinese."""
        planned = self._workspace.call(planned_session, self._year, SessionPlan(contest, group))
        return (
            f"被评议单位{len(planned.units)}个，投票人{len(planned.electors)}人，票码条"
            f"{planned.slip_mode.label}，备用{planned.spares}张。筹备后名单即固定，以后再导入的不影响本场。"
        )

    def prepare(
        self, contest: Contest, group: str, units: tuple[UnitCode, ...] | None, passphrase: str
    ) -> SessionPageState:
        """Prepare the next session of a contest; over `units` when it is re-held for some."""
        self._workspace.call(check_passphrase, passphrase)
        plan = SessionPlan(contest, group, units)
        return self.state(self._workspace.call(prepare_session, self._year, plan))

    def rehold(self, session_id: SessionId) -> ReholdState:
        """For which units a tallied session can be held again, and for which it must."""
        session = self._workspace.call(session_state, session_id).session
        record = self._workspace.call(assessment, self._year)
        needed = {each.unit for each in record.blockers if each.contest == session.contest.code}
        names = {outcome.unit.code: outcome.unit.name for outcome in record.outcomes}
        units = tuple((code, names.get(code, ""), code in needed) for code in session.units)
        return ReholdState(session_id, session.contest, session.group, session.title, units)

    def act(self, act: SessionAct, session_id: SessionId) -> SessionPageState:
        """The acts that need nothing but the session."""
        step = {
            SessionAct.OPEN: running.open_session,
            SessionAct.SUSPEND: running.suspend_session,
            SessionAct.RESUME: running.resume_session,
            SessionAct.REOPEN: running.reopen_session,
        }[act]
        self._workspace.call(step, session_id)
        return self.state(session_id)

    def close(self, session_id: SessionId, reason: str) -> SessionPageState:
        """Close a session; `reason` where slips are missing."""
        self._workspace.call(running.close_session, session_id, reason)
        return self.state(session_id)

    def seal(self, session_id: SessionId, reason: str, progress: Progress) -> SessionPageState:
        """Seal a closed session."""
        self._workspace.call(sealing.seal_session, session_id, reason, progress)
        return self.state(session_id)

    def void_tallied(self, session_id: SessionId, reason: str, passphrase: str) -> SessionPageState:
        """Void a session that was counted."""
        self._workspace.call(check_passphrase, passphrase)
        return self.void(session_id, reason)

    def void(self, session_id: SessionId, reason: str) -> SessionPageState:
        """Void a session."""
        self._workspace.call(running.void_session, session_id, reason)
        return self.state()

    def check_in(self, session_id: SessionId, elector: str, attended: bool) -> SessionPageState:
        """Note who is present."""
        self._workspace.call(slip_desk.check_in, session_id, elector, attended)
        return self.state(session_id)

    def issue(self, session_id: SessionId, elector: str, issued: bool) -> SessionPageState:
        """Note who was handed a slip."""
        self._workspace.call(slip_desk.issue_slip, session_id, elector, issued)
        return self.state(session_id)

    def check_in_all(self, session_id: SessionId) -> SessionPageState:
        """Note that everybody is present."""
        self._workspace.call(slip_desk.check_in_all, session_id)
        return self.state(session_id)

    def note_who_came(self, session_id: SessionId, elector: str, words: str) -> SessionPageState:
        """Note who came for an elector."""
        self._workspace.call(slip_desk.note_who_came, session_id, elector, words)
        return self.state(session_id)

    def note_slips_out(self, session_id: SessionId) -> SessionPageState:
        """Note that the slips were printed or saved."""
        self._workspace.call(slip_making.note_slips_out, session_id)
        return self.state(session_id)

    def slips(self, session_id: SessionId) -> SlipsState:
        """What the dialog for slips begins with."""
        state = self._workspace.call(session_state, session_id)
        recuses = state.held.rules.raters is Raters.UNITS
        electors, session = len(state.roll.electors), state.session
        return SlipsState(
            session_id,
            session.title,
            session.slip_mode,
            recuses,
            state.held.spares,
            electors,
            state.slips_made,
        )

    def make_slips(self, session_id: SessionId, mode: SlipMode, spares: int, progress: Progress) -> bytes:
        """Make the slips; those made before become worthless."""
        self._workspace.call(slip_making.set_slips, session_id, slip_mode=mode, spares=spares)
        return self._workspace.call(slip_making.make_slips, session_id, progress)

    def adding(self, session_id: SessionId) -> AddingState:
        """What the dialog for more slips begins with."""
        state = self._workspace.call(session_state, session_id)
        raters = state.held.rules.raters
        everybody = self._workspace.call(roster.units, self._year)
        free = slip_adding.free_places(state.held, state.roll, everybody)
        nobody = {
            Raters.UNITS: "" if free else "每个单位的投票人都已在应到名单上，只能追加备用票码条。",
            Raters.ANONYMOUS: "不记名评议的票数由方案规定，只能追加备用票码条。",
        }
        return AddingState(
            session_id,
            state.session.title,
            raters in (Raters.LEADERS, Raters.PERSONS),
            tuple((unit.code, unit.name) for unit in free),
            nobody.get(raters, ""),
        )

    def draw_added(self, session_id: SessionId, addition: Addition, progress: Progress) -> AddedSlips:
        """Draw more slips; they count once they were printed or saved (`add_slips`)."""
        return self._workspace.call(slip_adding.draw_added_slips, session_id, addition, progress)

    def add_slips(self, added: AddedSlips) -> SessionPageState:
        """Let drawn slips count."""
        self._workspace.call(slip_adding.add_slips, added)
        return self.state(added.session_id)

    def meeting(self, session_id: SessionId) -> MeetingState:
        """What the dialog for place and people begins with."""
        state = self._workspace.call(session_state, session_id)
        return MeetingState(session_id, state.session.title, state.minutes, self._workspace.call(today))

    def set_meeting(self, session_id: SessionId, minutes: SessionMinutes) -> SessionPageState:
        """Note place and people."""
        self._workspace.call(meeting.set_meeting, session_id, minutes)
        return self.state(session_id)

    def closing(self, session_id: SessionId) -> ClosingState:
        """The numbers before the close, or the seal."""
        state = self._workspace.call(session_state, session_id)
        missing = state.roll.issued - state.returned
        title = state.session.title
        return ClosingState(
            session_id,
            title,
            figures(state),
            state.spoiled,
            state.lost,
            missing,
            state.problems,
            state.mending,
            state.session.close_reason,
        )

    def replace_spoiled(self, session_id: SessionId, code: str, spare: str) -> SessionPageState:
        """Take a spoiled slip out and let a spare take its place."""
        self._workspace.call(slip_desk.replace_spoiled, session_id, code, spare)
        return self.state(session_id)

    def replace_lost(
        self, session_id: SessionId, elector: str, decision: str, spare: str
    ) -> SessionPageState:
        """Replace a lost slip on the chief scrutineer's decision."""
        self._workspace.call(slip_desk.replace_lost, session_id, elector, decision, spare)
        return self.state(session_id)

    def holders(self, session_id: SessionId) -> tuple[ElectorLine, ...]:
        """Those who were handed a slip."""
        return tuple(line for line in _lines(self._workspace.call(session_state, session_id)) if line.issued)

    def roll_sheet(self, session_id: SessionId) -> bytes:
        """签到与领票登记表."""
        session = self._workspace.call(session_state, session_id).session
        return self._workspace.call(paper, self._year, roll_sheet_name(session))

    def trackers(self, session_id: SessionId) -> TrackersState:
        """The trackers of a sealed box."""
        return TrackersState(*self._workspace.call(trackers_listed, session_id))

    def tracker_list(self, session_id: SessionId) -> bytes:
        """查询码清单."""
        session = self._workspace.call(session_state, session_id).session
        return self._workspace.call(paper, self._year, tracker_list_name(session))


def _offers(year: YearSessions) -> tuple[Offer, ...]:
    missing = "、".join(kind.label for kind in year.missing)
    blocked = f"请先在“方案与单位”导入{missing}" if missing else ""
    live = {
        (state.session.contest.code, state.session.group)
        for state in year.states
        if state.session.stage is not Stage.VOIDED
    }
    return tuple(
        Offer(rules.contest, group, session_title(rules.contest, group, 1), blocked)
        for rules, group in year.scheme.polls
        if (rules.contest.code, group) not in live
    )


def _shown(found: tuple[SessionState, ...]) -> tuple[SessionState, ...]:
    return tuple(state for state in found if state.session.stage is not Stage.VOIDED)


def _first(shown: tuple[SessionState, ...]) -> SessionState | None:
    return shown[0] if shown else None


def _past(state: SessionState) -> str:
    return f"{state.session.title}：已作废，原因：{state.session.void_reason}"


def _lines(state: SessionState) -> tuple[ElectorLine, ...]:
    return tuple(
        ElectorLine(
            elector.code,
            elector.label,
            elector.attended,
            elector.issued,
            elector.replacements,
            elector.came,
        )
        for elector in state.roll.electors
    )


def _next_step(leading: SessionState | None, offers: tuple[Offer, ...], any_shown: bool) -> str:
    if leading is None:
        if offers:
            return f"下一步：筹备{offers[0].title}。" + (offers[0].blocked and f"{offers[0].blocked}。")
        return "各场投票均已计票。下一步：到“指标与加减分”导入指标得分。" if any_shown else ""
    title, left = leading.session.title, leading.roll.issued - leading.returned
    words = {
        SessionAct.SLIPS: f"下一步：为{title}打印票码条，剪开后发给投票人。",
        SessionAct.OPEN: f"下一步：投票人到场签到后，点“开始投票”，{title}的票箱即启用。",
        SessionAct.BOOTH: f"{title}进行中，还有{left}张未收回。下一步：打开投票间，投票人凭票码条逐一投票。",
        SessionAct.CLOSE: f"{title}发出的票已全部收回。下一步：结束投票。",
        SessionAct.RESUME: f"{title}已暂停。下一步：恢复投票。",
        SessionAct.SEAL: f"{title}已结束。下一步：核对票数后封箱；封箱以前可以撤回结束、更正签到与领票。",
        SessionAct.TALLY: f"{title}已封箱。下一步：请密钥保管人到场，到“开箱计票”开箱。",
    }
    return words[next_act(leading.session, leading)]
