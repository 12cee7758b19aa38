"""How do the counts and everything entered become scores, ranks, grades and consequences, and are frozen?"""

import json
from enum import Enum

from gaoxin_vote.domain.acts import Act
from gaoxin_vote.domain.assessment import assess
from gaoxin_vote.domain.codec import Json, canonical_json
from gaoxin_vote.domain.consequence import HistoryEntry
from gaoxin_vote.domain.contest import Grade
from gaoxin_vote.domain.explaining.derivation import explain
from gaoxin_vote.domain.explaining.explanation import Explanation
from gaoxin_vote.domain.inputs import AssessmentInputs
from gaoxin_vote.domain.record import AssessmentRecord
from gaoxin_vote.domain.session import Stage
from gaoxin_vote.domain.units import UnitCode
from gaoxin_vote.errors import Refused
from gaoxin_vote.storage.audit import AuditLog
from gaoxin_vote.storage.sessions import SessionStore
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.storage.year import YearState, YearStore
from gaoxin_vote.workflow.session.turnout import session_state
from gaoxin_vote.workflow.setup.register import InputKind, kept
from gaoxin_vote.workflow.setup.roster import leaders, units
from gaoxin_vote.workflow.setup.years import scheme
from gaoxin_vote.workflow.tally.opening import session_tally


class ResultsReason(Enum):
    """Why an assessment cannot be finalised."""

    BLOCKED = "blocked"
    SESSION_RUNNING = "session running"
    NO_DECISION = "no decision"


def inputs(workspace: Workspace, year: int) -> AssessmentInputs:
    """Everything that the year's results rest on, as it stands now."""
    tallied = [s for s in SessionStore(workspace).sessions(year) if s.stage is Stage.TALLIED]
    return AssessmentInputs(
        scheme=scheme(workspace, year),
        units=units(workspace, year),
        tallies=tuple(session_tally(workspace, session.id) for session in tallied),
        scores=kept(workspace, year, InputKind.INDICATORS),
        claims=kept(workspace, year, InputKind.CLAIMS),
        late_acceptances=kept(workspace, year, InputKind.LATE_ACCEPTANCES),
        events=kept(workspace, year, InputKind.EVENTS),
        history=history(workspace, year),
        tie_decisions=kept(workspace, year, InputKind.TIE_DECISIONS),
        overrides=kept(workspace, year, InputKind.OVERRIDES),
        staff_adjustments=kept(workspace, year, InputKind.STAFF_ADJUSTMENTS),
        referrals=kept(workspace, year, InputKind.REFERRALS),
        leaders=leaders(workspace, year),
        minutes=tuple(session_state(workspace, session.id).minutes for session in tallied),
        targets=kept(workspace, year, InputKind.TARGETS),
        ledger=kept(workspace, year, InputKind.LEDGER),
        self_assessments=kept(workspace, year, InputKind.SELF_ASSESSMENTS),
        site_notes=kept(workspace, year, InputKind.SITE_NOTES),
    )


def assessment(workspace: Workspace, year: int) -> AssessmentRecord:
    """The year's results as they stand now, with what still blocks them."""
    return assess(inputs(workspace, year))


def explanation(workspace: Workspace, year: int, unit: UnitCode) -> Explanation:
    """Why the unit got what it got: the complete derivation, to be shown or printed as it is."""
    given = inputs(workspace, year)
    return explain(given, assess(given), unit)


def is_final(workspace: Workspace, year: int) -> bool:
    """Whether the year is finalised."""
    return YearStore(workspace).state(year) is YearState.FINALISED


def finalise(workspace: Workspace, year: int, decision: str) -> AssessmentRecord:
    """Freeze the year on the leading group's decision (its number or minutes, R33).

    Raises `Refused` with every blocker, while a session is under way, or without a decision.
    """
    if not decision.strip():
        raise Refused(ResultsReason.NO_DECISION, "请填写领导小组审定意见的文号或会议纪要。")
    for session in SessionStore(workspace).sessions(year):
        if session.stage in (Stage.OPEN, Stage.SUSPENDED, Stage.CLOSED):
            raise Refused(
                ResultsReason.SESSION_RUNNING,
                f"{session.title}会议现为“{session.stage.label}”，请先计票或作废后再定稿。",
            )
    record = assessment(workspace, year)
    if record.blockers:
        details = tuple(blocker.message for blocker in record.blockers)
        raise Refused(ResultsReason.BLOCKED, f"还有{len(details)}个问题须先解决，不能定稿。", details=details)
    with workspace.transaction():
        YearStore(workspace).finalise(year, canonical_json(record.as_json()))
        grades: dict[str, Json] = {one.unit.code: one.grade.value for one in record.outcomes if one.grade}
        AuditLog(workspace).append(Act.FINALISE, {"decision": decision.strip(), "grades": grades}, year=year)
    return record


def history(workspace: Workspace, year: int) -> tuple[HistoryEntry, ...]:
    """Earlier years: those finalised in this workspace, and what was imported for the others."""
    own = own_history(workspace, year)
    covered = {entry.year for entry in own}
    imported = kept(workspace, year, InputKind.HISTORY)
    return (*(entry for entry in imported if entry.year not in covered), *own)


def own_history(workspace: Workspace, year: int) -> tuple[HistoryEntry, ...]:
    """What the years finalised in this workspace before `year` say."""
    store = YearStore(workspace)
    entries: list[HistoryEntry] = []
    for earlier in store.years():
        if earlier < year and store.state(earlier) is YearState.FINALISED:
            record = json.loads(store.record_json(earlier))
            last = record["summary"]["last"]
            lasts = set(last.values()) if isinstance(last, dict) else {last}
            entries.extend(
                HistoryEntry(
                    year=earlier,
                    unit=UnitCode(unit["code"]),
                    rank=unit["rank"],
                    grade=Grade.by_label()[unit["grade"]],
                    is_last=unit["code"] in lasts,
                )
                for unit in record["units"]
            )
    return tuple(entries)
