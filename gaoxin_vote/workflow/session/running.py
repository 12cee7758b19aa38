"""How does a voting session run, from its opening to the close?"""

import io
from dataclasses import replace
from enum import Enum

from gaoxin_vote.belenios.archive import ArchiveBuilder
from gaoxin_vote.belenios.ballot import largest_ballot
from gaoxin_vote.belenios.election import Election
from gaoxin_vote.belenios.tally import encrypted_tally
from gaoxin_vote.domain.acts import Act
from gaoxin_vote.domain.codec import canonical_json, to_json
from gaoxin_vote.domain.minutes import SessionMinutes
from gaoxin_vote.domain.session import SessionId, Stage
from gaoxin_vote.errors import Refused
from gaoxin_vote.progress import Progress, silent
from gaoxin_vote.storage.ballot_box import BallotBox
from gaoxin_vote.storage.evidence import EvidenceStore
from gaoxin_vote.storage.pending_slips import PendingSlips
from gaoxin_vote.storage.roll import RollStore
from gaoxin_vote.storage.sessions import SessionStore
from gaoxin_vote.storage.sheets import SheetStore
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.workflow.session.acts import note_act
from gaoxin_vote.workflow.session.held import HeldSession, held_session
from gaoxin_vote.workflow.session.preparation import require_slip_mode
from gaoxin_vote.workflow.session.turnout import SessionState, session_state


class SessionStepReason(Enum):
    """Why a session that is prepared refuses a step."""

    NO_SLIPS = "no slips"
    REASON_MISSING = "reason missing"
    NO_BALLOTS = "no ballots"
    SHEET_ISSUED = "sheet issued"


def set_meeting(workspace: Workspace, session_id: SessionId, minutes: SessionMinutes) -> SessionState:
    """Note place, chair, scrutineers and tellers; they stand on the result sheet.

    Raises `Refused` once the session is voided or a sheet of it is issued: what was signed is changed by
    issuing the sheet again, in the same act.
    """
    with workspace.transaction():
        held = held_session(workspace, session_id)
        session = held.session
        session.require(Stage.SETUP, Stage.OPEN, Stage.SUSPENDED, Stage.CLOSED, Stage.TALLIED)
        if any(key == session.key for _, key in SheetStore(workspace).newest(held.year)):
            raise Refused(
                SessionStepReason.SHEET_ISSUED,
                f"{session.title}的报表已经签发，会议信息不能单独修改。请在“报表”中选中该表，用“改版”一并更正。",
            )
        note_minutes(workspace, held, minutes)
    return session_state(workspace, session_id)


def note_minutes(workspace: Workspace, held: HeldSession, minutes: SessionMinutes) -> None:
    """Store the minutes and note the act; whether they may still change has been asked."""
    session = held.session
    whole = replace(minutes, contest=session.contest, group=session.group, number=session.number)
    with workspace.transaction():
        SessionStore(workspace).set_facts(session.id, canonical_json(to_json(whole)))
        voting = session.stage in (Stage.OPEN, Stage.SUSPENDED)
        note_act(workspace, held, Act.NOTE_MEETING, timed=not voting, chair=whole.chair, place=whole.place)


def open_session(workspace: Workspace, session_id: SessionId) -> SessionState:
    """Open the ballot box: one slot per public credential, in the order of the election's list.

    Raises `Refused` unless slips were made, and where the scheme forbids such slips.
    """
    held = held_session(workspace, session_id)
    session = held.session
    session.require(Stage.SETUP)
    require_slip_mode(held.rules, session.slip_mode)
    slips = PendingSlips(workspace, session_id).slips()
    if not slips:
        raise Refused(SessionStepReason.NO_SLIPS, f"{session.title}的票码条尚未打印，请先打印票码条。")
    bound = largest_ballot(Election.parse(held.election.election))
    with workspace.transaction():
        BallotBox(workspace, session_id).open_slots(slips, bound)
        PendingSlips(workspace, session_id).put(())
        SessionStore(workspace).put(replace(session, stage=Stage.OPEN))
        note_act(workspace, held, Act.OPEN_SESSION, slots=len(slips))
    return session_state(workspace, session_id)


def suspend_session(workspace: Workspace, session_id: SessionId) -> SessionState:
    """Stop admitting slips for a while."""
    return _step(workspace, session_id, Stage.OPEN, Stage.SUSPENDED, Act.SUSPEND_SESSION)


def resume_session(workspace: Workspace, session_id: SessionId) -> SessionState:
    """Admit slips again after a suspension."""
    return _step(workspace, session_id, Stage.SUSPENDED, Stage.OPEN, Act.RESUME_SESSION)


def void_session(workspace: Workspace, session_id: SessionId, reason: str) -> SessionState:
    """Void the session; its ballots are never counted, its secrets are erased.

    Raises `Refused` without a reason.
    """
    if not reason.strip():
        raise Refused(SessionStepReason.REASON_MISSING, "作废投票会议必须写明原因。")
    held = held_session(workspace, session_id)
    session = held.session
    session.require_next(Stage.VOIDED)
    with workspace.transaction():
        SessionStore(workspace).put(replace(session, stage=Stage.VOIDED, void_reason=reason.strip()))
        _erase_secrets(workspace, session_id)
        if session.stage is Stage.SETUP:
            PendingSlips(workspace, session_id).put(())
        note_act(workspace, held, Act.VOID_SESSION, reason=reason.strip())
    return session_state(workspace, session_id)


def close_session(
    workspace: Workspace, session_id: SessionId, reason: str = "", progress: Progress = silent
) -> SessionState:
    """Close the session: sum the sealed ballots, fix the hash of the sum, erase what ties slips to slots.

    Raises `Refused` when no ballot came back, or when some are missing and no reason is given.
    """
    state = session_state(workspace, session_id)
    session = state.session
    session.require(Stage.OPEN, Stage.SUSPENDED)
    if not state.returned:
        raise Refused(
            SessionStepReason.NO_BALLOTS, f"{session.title}没有收回选票，不能结束计票，只能作废本场会议。"
        )
    if (state.returned != state.roll.issued or state.problems) and not reason.strip():
        raise Refused(
            SessionStepReason.REASON_MISSING,
            f"{session.title}发出{state.roll.issued}张，收回{state.returned}张，请写明原因后再结束。",
            details=state.problems,
        )
    archive, tally_hash = _archive_up_to_tally(workspace, state.held, progress)
    with workspace.transaction():
        SessionStore(workspace).put(replace(session, stage=Stage.CLOSED))
        _erase_secrets(workspace, session_id)
        EvidenceStore(workspace).keep_archive(session_id, archive)
        EvidenceStore(workspace).fix_tally(session_id, tally_hash)
        note_act(
            workspace,
            state.held,
            Act.CLOSE_SESSION,
            issued=state.roll.issued,
            returned=state.returned,
            spoiled=state.spoiled,
            lost=state.lost,
            decisions=[slip.words for slip in RollStore(workspace).lost_slips(session_id)],
            reason=reason.strip(),
            encrypted_tally=tally_hash,
        )
    return session_state(workspace, session_id)


def _step(workspace: Workspace, session_id: SessionId, before: Stage, after: Stage, act: Act) -> SessionState:
    with workspace.transaction():
        held = held_session(workspace, session_id)
        held.session.require(before)
        SessionStore(workspace).put(replace(held.session, stage=after))
        note_act(workspace, held, act)
    return session_state(workspace, session_id)


def _archive_up_to_tally(workspace: Workspace, held: HeldSession, progress: Progress) -> tuple[bytes, str]:
    election, box = held.election, BallotBox(workspace, held.session.id)
    target = io.BytesIO()
    builder = ArchiveBuilder(target, int(workspace.clock().timestamp()))
    builder.setup(election.election, election.trustees, box.credentials())
    ballots = tuple(box.ballots())
    for number, ballot in enumerate(ballots, 1):
        progress(number, len(ballots) + 1, "封存选票")
        builder.ballot(ballot)
    builder.end_ballots()
    tally = encrypted_tally(Election.parse(election.election), ballots)
    tally_hash = builder.encrypted_tally(tally.text, tally.sized_text)
    progress(len(ballots) + 1, len(ballots) + 1, "汇总密文")
    return target.getvalue(), tally_hash


def _erase_secrets(workspace: Workspace, session_id: SessionId) -> None:
    SessionStore(workspace).erase_secret(session_id)
    BallotBox(workspace, session_id).erase_sealed_units()
