"""What does the session page show? Turnout and reconciliation, never a result."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from gaoxin_vote.domain import tracker
from gaoxin_vote.domain.contest import Contest
from gaoxin_vote.domain.minutes import SessionMinutes
from gaoxin_vote.domain.session import SessionId, SlipMode, Stage, VotingSession
from gaoxin_vote.domain.units import UnitCode
from gaoxin_vote.workflow.session import slip_adding, slip_code
from gaoxin_vote.workflow.session.turnout import SessionState

CODE_DIGITS = slip_code.CODE_DIGITS
AddedSlips = slip_adding.AddedSlips
Addition = slip_adding.Addition
LateElector = slip_adding.LateElector


class SessionAct(Enum):
    """What can be done with a session; the value is the word on the button."""

    SLIPS = "票码条…"
    MEETING = "会议信息…"
    OPEN = "开始投票"
    BOOTH = "打开投票间"
    SUSPEND = "暂停"
    RESUME = "恢复投票"
    CLOSE = "结束投票…"
    REOPEN = "撤回结束"
    SEAL = "封箱…"
    TALLY = "开箱计票"
    COUNTS = "查看计票结果"
    ROLL_SHEET = "签到与领票登记表…"
    TRACKERS = "查询码清单…"
    SPOILED = "作废换发…"
    LOST = "遗失补发…"
    REHOLD = "部分单位重新投票…"
    VOID = "作废本场会议…"


@dataclass(frozen=True, slots=True)
class ActState:
    """One act that the stage knows, and why it cannot be done now."""

    act: SessionAct
    blocked: str = ""


@dataclass(frozen=True, slots=True)
class SessionCardState:
    """One session."""

    id: SessionId
    contest: Contest
    title: str
    stage: Stage
    figures: tuple[tuple[str, int], ...]
    """应到 实到 发出 收回."""
    issued: int
    returned: int
    words: str
    """Slips, spares, exchanged and replaced ones."""
    acts: tuple[ActState, ...]
    menu: tuple[ActState, ...]
    primary: SessionAct | None
    """The next step of the page, if it is this session's."""
    problems: tuple[str, ...]
    should_attend: int
    attended: int
    quorum: int
    """How many must be present."""

    def short_with(self, attended: int) -> str:
        """What is said where so many are fewer than must be present, or nothing."""
        return f"实到{attended}，须{self.quorum}" if attended < self.quorum else ""

    @property
    def short(self) -> str:
        """The same of those who are present now."""
        return self.short_with(self.attended)


@dataclass(frozen=True, slots=True)
class ElectorLine:
    """One entry of the check-in list."""

    code: str
    label: str
    attended: bool
    issued: bool
    replacements: int
    came: str = ""
    """Who came, where that was noted."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A session that can be prepared."""

    contest: Contest
    group: str
    title: str
    blocked: str


@dataclass(frozen=True, slots=True)
class SessionPageState:
    """What the page shows."""

    cards: tuple[SessionCardState, ...]
    past: tuple[str, ...]
    """Sessions that were voided, in a line each."""
    offers: tuple[Offer, ...]
    chosen: SessionId | None
    """Whose check-in list is shown."""
    roll: tuple[ElectorLine, ...]
    may_check_in: bool
    may_add: bool
    """Slips can be added: voting goes on, or is suspended."""
    anonymous: bool
    """Slips are only counted: nobody checks in."""
    next_step: str
    live: bool
    """Whether the turnout may change by itself."""


@dataclass(frozen=True, slots=True)
class SlipsState:
    """What the dialog for slips begins with."""

    id: SessionId
    title: str
    mode: SlipMode
    may_choose: bool
    """Whether slips may also be named."""
    spares: int
    electors: int
    made: bool


@dataclass(frozen=True, slots=True)
class AddingState:
    """What the dialog for more slips begins with."""

    id: SessionId
    title: str
    by_name: bool
    """Whether electors are added by name."""
    units: tuple[tuple[UnitCode, str], ...]
    """Where units rate: those that lack an elector."""
    nobody: str
    """Why no elector can be added, in Chinese; empty where one can."""


@dataclass(frozen=True, slots=True)
class ClosingState:
    """What the dialogs for the close and the seal show."""

    id: SessionId
    title: str
    figures: tuple[tuple[str, int], ...]
    spoiled: int
    lost: int
    missing: int
    problems: tuple[str, ...]
    mending: tuple[str, ...]
    """Which ticks may be missing."""
    reason: str
    """What was told at the close."""


@dataclass(frozen=True, slots=True)
class ReholdState:
    """What the dialog for some units begins with."""

    id: SessionId
    contest: Contest
    group: str
    title: str
    units: tuple[tuple[UnitCode, str, bool], ...]
    """Code, name, and whether the results need the unit to be rated again."""


@dataclass(frozen=True, slots=True)
class TrackersState:
    """The ballots in a sealed box."""

    title: str
    trackers: tuple[str, ...]
    """Base64, in the order of the digests."""

    def found(self, typed: str) -> tuple[tuple[str, str], ...]:
        """Those with `typed` in them: the signs that voters see, and the Base64."""
        return tracker.found_rows(typed, self.trackers)


@dataclass(frozen=True, slots=True)
class MeetingState:
    """What the dialog for place and people begins with."""

    id: SessionId
    title: str
    minutes: SessionMinutes
    today: date
    """What the date begins with when none has been noted."""


def figures(state: SessionState) -> tuple[tuple[str, int], ...]:
    """应到 实到 发出 收回."""
    roll = state.roll
    numbers = (roll.should_attend, roll.attended, roll.issued, state.returned)
    return tuple(zip(("应到", "实到", "发出", "收回"), numbers, strict=True))


def card(state: SessionState, primary: SessionAct | None, ceremony_held: bool) -> SessionCardState:
    """The card of one session."""
    session = state.session
    acts, menu = _acts(state, ceremony_held)
    running = session.stage in (Stage.OPEN, Stage.SUSPENDED)
    return SessionCardState(
        id=session.id,
        contest=session.contest,
        title=session.title,
        stage=session.stage,
        figures=figures(state),
        issued=state.roll.issued,
        returned=state.returned,
        words=_words(state),
        acts=acts,
        menu=menu,
        primary=primary,
        problems=state.problems if not running and session.stage is not Stage.SETUP else (),
        should_attend=state.roll.should_attend,
        attended=state.roll.attended,
        quorum=state.quorum,
    )


def _words(state: SessionState) -> str:
    mode = f"票码条{state.session.slip_mode.label}"
    if state.session.stage is Stage.SETUP:
        made = f"已生成，另备{state.held.spares}张" if state.slips_out else "尚未打印"
        if state.slips_made and not state.slips_out:
            made = "生成后没有打印或保存，须重新生成"
        return f"{mode}，{made}"
    parts = [mode, f"备用{state.held.spares}张"]
    parts += [f"追加{state.held.added}张"] if state.held.added else []
    parts += [f"作废换发{state.spoiled}张"] if state.spoiled else []
    parts += [f"遗失补发{state.lost}张"] if state.lost else []
    return "，".join(parts)


def _acts(state: SessionState, ceremony_held: bool) -> tuple[tuple[ActState, ...], tuple[ActState, ...]]:
    stage = state.session.stage
    rare = tuple(map(ActState, (SessionAct.MEETING, SessionAct.ROLL_SHEET, SessionAct.VOID)))
    no_key = "" if ceremony_held else "请先在“密钥发放”发放密钥"
    if stage is Stage.SETUP:
        blocked = no_key or ("" if state.slips_out else "请先打印票码条")
        return (ActState(SessionAct.SLIPS, no_key), ActState(SessionAct.OPEN, blocked)), rare
    exchange = (ActState(SessionAct.SPOILED), ActState(SessionAct.LOST))
    closing = ActState(SessionAct.CLOSE, state.too_few)
    if stage is Stage.OPEN:
        acts = (ActState(SessionAct.SUSPEND), closing, ActState(SessionAct.BOOTH))
        return acts, (*exchange, *rare)
    if stage is Stage.SUSPENDED:
        return (closing, ActState(SessionAct.RESUME)), (*exchange, *rare)
    if stage is Stage.CLOSED:
        return (ActState(SessionAct.REOPEN), ActState(SessionAct.SEAL, state.too_few)), rare
    counting = SessionAct.TALLY if stage is Stage.SEALED else SessionAct.COUNTS
    again = (ActState(SessionAct.REHOLD),) if stage is Stage.TALLIED else ()
    return (ActState(counting),), (ActState(SessionAct.TRACKERS), *again, *rare)


def next_act(session: VotingSession, state: SessionState) -> SessionAct:
    """The step that brings this session on."""
    if session.stage is Stage.SETUP:
        return SessionAct.OPEN if state.slips_out else SessionAct.SLIPS
    if session.stage is Stage.OPEN:
        done = state.roll.issued and state.returned == state.roll.issued
        return SessionAct.CLOSE if done else SessionAct.BOOTH
    later = {Stage.SUSPENDED: SessionAct.RESUME, Stage.CLOSED: SessionAct.SEAL}
    return later.get(session.stage, SessionAct.TALLY)
