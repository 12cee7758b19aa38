"""Who votes on whom, and by which slips? The preparation of a voting session."""

from dataclasses import dataclass
from enum import Enum

from gaoxin_vote.belenios.election import new_uuid
from gaoxin_vote.domain.acts import Act
from gaoxin_vote.domain.contest import Contest
from gaoxin_vote.domain.contest_rules import ContestRules, Raters
from gaoxin_vote.domain.roll import Elector, ElectoralRoll
from gaoxin_vote.domain.scheme import check_raters, check_roster
from gaoxin_vote.domain.session import SessionId, SlipMode, Stage
from gaoxin_vote.domain.units import UnitCode
from gaoxin_vote.errors import Refused
from gaoxin_vote.spreadsheets.kinds.raters import RATERS
from gaoxin_vote.spreadsheets.kinds.units import LEADERS
from gaoxin_vote.storage.roll import RollStore
from gaoxin_vote.storage.sessions import NewSession, SessionStore
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.workflow.session.acts import note_act
from gaoxin_vote.workflow.session.held import held_session
from gaoxin_vote.workflow.session.meeting import take_over_minutes
from gaoxin_vote.workflow.setup.assessment_year import AssessmentYear, read_year

_ENDED = (Stage.TALLIED, Stage.VOIDED)
_MOST_SPARES = 500


class PreparationReason(Enum):
    """Why a session cannot be prepared in this way."""

    RUNNING = "another session is under way"
    NO_ELECTORS = "no electors"
    TOO_FEW = "too few electors"
    NO_UNITS = "no units"
    BAD_SPARES = "bad number of spares"
    SLIP_MODE = "slip mode"


@dataclass(frozen=True, slots=True)
class SessionPlan:
    """What the officer decides on when a session is prepared; what is left out, the scheme says."""

    contest: Contest
    group: str = ""
    """Weight group."""
    units: tuple[UnitCode, ...] | None = None
    """The units to be rated when a session is re-held for some; None for all."""
    slip_mode: SlipMode | None = None
    spares: int | None = None


@dataclass(frozen=True, slots=True)
class PlannedSession:
    """What would be prepared: shown before the officer's passphrase is asked for."""

    rules: ContestRules
    units: tuple[UnitCode, ...]
    electors: tuple[Elector, ...]
    slip_mode: SlipMode
    spares: int


def prepare_session(workspace: Workspace, year: int, plan: SessionPlan) -> SessionId:
    """Prepare the next session of a contest, over all units or, when it is re-held, over the named ones.

    Place and people are those of the session prepared before it, until others are entered.
    Raises `Refused` while another session of the contest is under way, and as `planned_session`.
    """
    planned, group = planned_session(workspace, year, plan), plan.group
    contest = planned.rules.contest
    with workspace.transaction():
        for other in SessionStore(workspace).sessions(year):
            if (other.contest.code, other.group) == (contest.code, group) and other.stage not in _ENDED:
                raise Refused(
                    PreparationReason.RUNNING, f"{other.title}会议尚未结束，请先完成或作废后再筹备下一场。"
                )
        new = NewSession(new_uuid(), contest, planned.units, planned.slip_mode, group, planned.spares)
        session = SessionStore(workspace).add(year, new)
        RollStore(workspace).put(session.id, ElectoralRoll(planned.electors))
        held = held_session(workspace, session.id)
        note_act(workspace, held, Act.PREPARE_SESSION, units=[*planned.units])
        take_over_minutes(workspace, held)
    return session.id


def planned_session(workspace: Workspace, year: int, plan: SessionPlan) -> PlannedSession:
    """What `prepare_session` would prepare.

    Raises `Refused` when nobody may vote, or when a weight group is too small to keep its votes secret.
    """
    now = read_year(workspace, year)
    rules, group = now.scheme.contest(plan.contest.code), plan.group
    codes = tuple(unit.code for unit in now.units if plan.units is None or unit.code in plan.units)
    if strangers := set(plan.units or ()) - set(codes):
        raise Refused(PreparationReason.NO_UNITS, f"单位名单中没有：{'、'.join(sorted(strangers))}。")
    if not codes:
        raise Refused(PreparationReason.NO_UNITS, "没有被评议的单位，请先在“方案与单位”中导入单位名单。")
    electors = _electors(now, rules, group)
    if not electors:
        roster = RATERS if rules.raters is Raters.PERSONS else LEADERS
        words = f"没有投票人，请先在“方案与单位”中导入{roster.label}。"
        raise Refused(PreparationReason.NO_ELECTORS, words)
    least = rules.least_ballots
    if len(electors) < least:
        raise Refused(
            PreparationReason.TOO_FEW,
            f"投票人只有{len(electors)}人，少于{least}人时汇总票数会反映个人评价，不能组织投票。",
        )
    if rules.groups and rules.raters is Raters.LEADERS:
        check_roster(now.scheme, now.leaders)
    elif rules.groups:
        check_raters(now.scheme, now.raters)
    mode = plan.slip_mode or rules.slips
    require_slip_mode(rules, mode)
    spares = now.scheme.spares.spares(len(electors)) if plan.spares is None else plan.spares
    require_spares(spares)
    return PlannedSession(rules, codes, electors, mode, spares)


def require_spares(spares: int) -> None:
    """Raise `Refused` for a number of spare slips that nobody can want."""
    if not 0 <= spares <= _MOST_SPARES:
        raise Refused(PreparationReason.BAD_SPARES, f"备用票码条的张数应在0至{_MOST_SPARES}之间。")


def require_slip_mode(rules: ContestRules, mode: SlipMode) -> None:
    """Raise `Refused` where slips of this mode cannot serve in this contest."""
    if fault := rules.slip_fault(mode):
        raise Refused(PreparationReason.SLIP_MODE, f"{fault}。")


def _electors(year: AssessmentYear, rules: ContestRules, group: str) -> tuple[Elector, ...]:
    if rules.raters is Raters.LEADERS:
        return tuple(
            Elector(leader.code, leader.title)
            for leader in year.leaders
            if leader.group == group or not rules.groups
        )
    if rules.raters is Raters.PERSONS:
        return tuple(
            Elector(rater.code, rater.name)
            for rater in year.raters
            if rater.contest == rules.contest.code and (rater.group == group or not rules.groups)
        )
    if rules.raters is Raters.ANONYMOUS:
        return tuple(Elector(str(number), f"第{number}张") for number in range(1, rules.ballots + 1))
    if rules.ballots_per_unit == 1:
        return tuple(Elector(unit.code, unit.name, unit=unit.code) for unit in year.units)
    return tuple(
        Elector(f"{unit.code}/{number}", f"{unit.name}（第{number}票）", unit=unit.code)
        for unit in year.units
        for number in range(1, rules.ballots_per_unit + 1)
    )
