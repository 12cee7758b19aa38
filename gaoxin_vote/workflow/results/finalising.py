"""How is a year frozen on the leading group's decision?"""

from enum import Enum

from gaoxin_vote.domain.acts import Act
from gaoxin_vote.domain.assessment import assess
from gaoxin_vote.domain.codec import Json, canonical_json
from gaoxin_vote.domain.inputs import AssessmentInputs
from gaoxin_vote.domain.record import AssessmentRecord
from gaoxin_vote.domain.session import Stage
from gaoxin_vote.errors import Refused
from gaoxin_vote.spreadsheets.folder import assessment_files, read_assessment_files
from gaoxin_vote.spreadsheets.kind_list import ENTERED
from gaoxin_vote.spreadsheets.naming import UnitNames
from gaoxin_vote.storage.audit import AuditLog
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.storage.year import YearStore
from gaoxin_vote.workflow.results.assessing import inputs_of
from gaoxin_vote.workflow.session.held import held_sessions
from gaoxin_vote.workflow.session.turnout import states
from gaoxin_vote.workflow.setup.assessment_year import read_year


class FinaliseReason(Enum):
    """Why an assessment cannot be finalised."""

    BLOCKED = "blocked"
    SESSION_RUNNING = "session running"
    NO_DECISION = "no decision"
    NOT_READ_BACK = "not read back"


def finalise(workspace: Workspace, year: int, decision: str) -> AssessmentRecord:
    """Freeze the year on the leading group's decision (its number or minutes, R33).

    Raises `Refused` with every blocker, while a session is under way, without a decision, or when the tables
    of the record package would not say the same.
    """
    if not decision.strip():
        raise Refused(FinaliseReason.NO_DECISION, "请填写领导小组审定意见的文号或会议纪要。")
    with workspace.reading():
        now = read_year(workspace, year)
        sessions = states(workspace, held_sessions(workspace, year, now.scheme))
    for session in (state.session for state in sessions):
        if session.stage in (Stage.OPEN, Stage.SUSPENDED, Stage.CLOSED, Stage.SEALED):
            raise Refused(
                FinaliseReason.SESSION_RUNNING,
                f"{session.title}会议现为“{session.stage.label}”，请先计票或作废后再定稿。",
            )
    inputs = inputs_of(workspace, now, sessions)
    record = assess(inputs)
    if record.blockers:
        details = tuple(blocker.message for blocker in record.blockers)
        words = f"尚有{len(details)}项须先解决，不能定稿。"
        raise Refused(FinaliseReason.BLOCKED, words, details=details)
    _require_read_back(inputs)
    with workspace.transaction():
        YearStore(workspace).finalise(year, canonical_json(record.as_json()))
        said: dict[str, Json] = {"decision": decision.strip(), "grades": record.grade_codes}
        AuditLog(workspace).append(Act.FINALISE, said, year=year)
    return record


def _require_read_back(inputs: AssessmentInputs) -> None:
    """The tables of the record package say what is frozen: nobody could check it otherwise."""
    words = "有内容写入考核档案包后读不回来，不能定稿，请先更正。"
    tables = assessment_files(inputs, UnitNames(inputs.units, inputs.scheme.aliases))
    try:
        read = read_assessment_files(tables, inputs.scheme).inputs
    except Refused as refused:
        raise Refused(FinaliseReason.NOT_READ_BACK, words, details=refused.details) from refused
    lost = tuple(
        f"{kind.label}：{kind.key(value)}"
        for kind in ENTERED
        for value in getattr(inputs, kind.inputs)
        if value not in getattr(read, kind.inputs)
    )
    if lost:
        raise Refused(FinaliseReason.NOT_READ_BACK, words, details=lost)
