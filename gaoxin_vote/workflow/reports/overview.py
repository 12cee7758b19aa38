"""Where does the year stand, stage by stage, and what is missing?"""

from dataclasses import dataclass

from gaoxin_vote.documents.forms import tally_report
from gaoxin_vote.domain.assessment import assess
from gaoxin_vote.domain.contest import session_title
from gaoxin_vote.domain.session import Stage
from gaoxin_vote.spreadsheets.kinds.adjustments import CLAIMS
from gaoxin_vote.spreadsheets.kinds.indicators import SCORES
from gaoxin_vote.spreadsheets.kinds.raters import RATERS
from gaoxin_vote.spreadsheets.kinds.units import LEADERS, UNITS
from gaoxin_vote.stages import StageProgress, StageStatus, YearStage
from gaoxin_vote.storage.sheets import SheetStore
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.workflow.ceremony.held_ceremonies import ceremony_facts
from gaoxin_vote.workflow.results.assessing import inputs_of
from gaoxin_vote.workflow.session.held import held_sessions
from gaoxin_vote.workflow.session.turnout import SessionState, states
from gaoxin_vote.workflow.setup.assessment_year import AssessmentYear, read_year
from gaoxin_vote.workflow.setup.roster import needed_lists


@dataclass(frozen=True, slots=True)
class YearProgress:
    """Where a year stands."""

    office: str
    year: int
    title: str
    final: bool
    stages: tuple[StageProgress, ...]


def office(workspace: Workspace) -> str:
    """The office whose workspace this is."""
    return workspace.office


def year_progress(workspace: Workspace, year: int) -> YearProgress:
    """The eight stages in the order in which they are worked through."""
    with workspace.reading():
        now = read_year(workspace, year)
        held = states(workspace, held_sessions(workspace, year, now.scheme))
        stages = (
            _setup(now),
            _ceremony(workspace, year),
            _session(now, held),
            _tally(held),
            _entries(now),
            _standing(workspace, now, held),
            _reports(workspace, year, held),
            StageProgress(YearStage.AUDIT, StageStatus.DONE, "每一步操作都有记录"),
        )
        return YearProgress(workspace.office, year, now.scheme.title, now.final, stages)


_MEASURES = {UNITS: "个单位", LEADERS: "位班子成员", RATERS: "位评议人"}


def _setup(year: AssessmentYear) -> StageProgress:
    counted = {kind: len(year.kept(kind)) for kind in needed_lists(year.scheme)}
    missing = tuple(f"导入{kind.label}" for kind, number in counted.items() if not number)
    status = StageStatus.DONE if not missing else StageStatus.PARTIAL
    words = " · ".join(f"{number}{_MEASURES[kind]}" for kind, number in counted.items())
    return StageProgress(YearStage.SETUP, status, words, missing)


def _ceremony(workspace: Workspace, year: int) -> StageProgress:
    facts = ceremony_facts(workspace, year)
    if facts is None:
        return StageProgress(YearStage.CEREMONY, StageStatus.EMPTY, "尚未发放密钥", ("发放密钥",))
    turn = f"第{facts.number}次：" if facts.number > 1 else ""
    words = f"{turn}{len(facts.names)}人中{facts.threshold}人可开箱"
    return StageProgress(YearStage.CEREMONY, StageStatus.DONE, words)


def _session(year: AssessmentYear, held: tuple[SessionState, ...]) -> StageProgress:
    live = [state for state in held if state.session.stage is not Stage.VOIDED]
    have = {(state.session.contest.code, state.session.group) for state in live}
    missing = [
        f"举行{session_title(rules.contest, group, 1)}会议"
        for rules, group in year.scheme.polls
        if (rules.contest.code, group) not in have
    ]
    missing += [f"{s.session.title}封箱" for s in live if s.session.stage is Stage.CLOSED]
    running = [s for s in live if s.session.stage in (Stage.OPEN, Stage.SUSPENDED, Stage.CLOSED)]
    if running:
        first = running[0]
        words = f"{first.session.title}{first.session.stage.label} {first.returned}/{first.roll.issued}"
        return StageProgress(YearStage.SESSION, StageStatus.PARTIAL, words, tuple(missing))
    done = sum(_ended(state) or state.session.stage is Stage.SEALED for state in live)
    if not missing and done == len(live):
        return StageProgress(YearStage.SESSION, StageStatus.DONE, f"{done}场已封箱")
    status = StageStatus.PARTIAL if live else StageStatus.EMPTY
    words = f"筹备中{len(live) - done}场，已封箱{done}场" if live else "尚未筹备会议"
    return StageProgress(YearStage.SESSION, status, words, tuple(missing))


def _tally(held: tuple[SessionState, ...]) -> StageProgress:
    waiting = [state for state in held if state.session.stage is Stage.SEALED]
    tallied = sum(_ended(state) for state in held)
    if waiting:
        missing = tuple(f"{state.session.title}开箱计票" for state in waiting)
        return StageProgress(YearStage.TALLY, StageStatus.PARTIAL, f"{len(waiting)}场待开箱", missing)
    if tallied:
        return StageProgress(YearStage.TALLY, StageStatus.DONE, f"{tallied}场已计票")
    return StageProgress(YearStage.TALLY, StageStatus.EMPTY, "等待投票结束")


def _entries(year: AssessmentYear) -> StageProgress:
    scored = {score.unit for score in year.kept(SCORES)}
    units, claims = year.units, len(year.kept(CLAIMS))
    words = f"{len(scored)}/{len(units)}个单位 · 加减分{claims}项"
    if not scored:
        return StageProgress(YearStage.ENTRIES, StageStatus.EMPTY, words, ("导入指标得分",))
    if len(scored) < len(units):
        lacking = tuple(f"{unit.name}缺指标得分" for unit in units if unit.code not in scored)
        return StageProgress(YearStage.ENTRIES, StageStatus.PARTIAL, words, lacking)
    return StageProgress(YearStage.ENTRIES, StageStatus.DONE, words)


def _standing(workspace: Workspace, year: AssessmentYear, held: tuple[SessionState, ...]) -> StageProgress:
    if year.final:
        return StageProgress(YearStage.STANDING, StageStatus.DONE, "已定稿")
    if not held or not year.units:
        return StageProgress(YearStage.STANDING, StageStatus.EMPTY, "等待计票和导入")
    blockers = assess(inputs_of(workspace, year, held)).blockers
    if blockers:
        words = f"尚有{len(blockers)}项待解决"
        return StageProgress(
            YearStage.STANDING, StageStatus.PARTIAL, words, tuple(b.message for b in blockers)
        )
    return StageProgress(YearStage.STANDING, StageStatus.PARTIAL, "可以定稿", ("定稿",))


def _reports(workspace: Workspace, year: int, held: tuple[SessionState, ...]) -> StageProgress:
    ended = [state for state in held if _ended(state)]
    if not ended:
        return StageProgress(YearStage.REPORTS, StageStatus.EMPTY, "等待计票")
    issued = SheetStore(workspace).newest(year)
    form = tally_report.FORM
    missing = tuple(
        f"签发{state.session.title}{form.name}"
        for state in ended
        if (form.code, state.session.uuid) not in issued
    )
    words = f"{form.name}已签发{len(ended) - len(missing)}/{len(ended)}份"
    return StageProgress(YearStage.REPORTS, StageStatus.PARTIAL, words, missing)


def _ended(state: SessionState) -> bool:
    return state.session.stage is Stage.TALLIED
