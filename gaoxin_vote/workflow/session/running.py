"""How does a voting session run, from its opening to the close?"""

from dataclasses import replace
from enum import Enum

from gaoxin_vote.belenios.ballot import largest_ballot
from gaoxin_vote.belenios.election import Election
from gaoxin_vote.domain.acts import Act
from gaoxin_vote.domain.session import SessionId, Stage
from gaoxin_vote.errors import Refused
from gaoxin_vote.storage.ballot_box import BallotBox
from gaoxin_vote.storage.pending_slips import PendingSlips
from gaoxin_vote.storage.sessions import SessionStore
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.workflow.session.acts import note_act
from gaoxin_vote.workflow.session.held import held_session
from gaoxin_vote.workflow.session.preparation import require_slip_mode
from gaoxin_vote.workflow.session.sealing import erase_secrets, require_ended
from gaoxin_vote.workflow.session.turnout import SessionState, session_state


class SessionStepReason(Enum):
    """Why a session that is prepared refuses a step."""

    NO_SLIPS = "no slips"
    REASON_MISSING = "reason missing"


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
        PendingSlips(workspace, session_id).clear()
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
        raise Refused(SessionStepReason.REASON_MISSING, "作废测评会议必须写明原因。")
    held = held_session(workspace, session_id)
    session = held.session
    session.require_next(Stage.VOIDED)
    with workspace.transaction():
        SessionStore(workspace).put(replace(session, stage=Stage.VOIDED, void_reason=reason.strip()))
        erase_secrets(workspace, session_id)
        if session.stage is Stage.SETUP:
            PendingSlips(workspace, session_id).clear()
        note_act(workspace, held, Act.VOID_SESSION, reason=reason.strip())
    return session_state(workspace, session_id)


def close_session(workspace: Workspace, session_id: SessionId, reason: str = "") -> SessionState:
    """Admit no more slips. Nothing is erased: the close can be taken back until the session is sealed.

    Raises `Refused` for what would forbid the count (`require_ended`).
    """
    with workspace.transaction():
        state = session_state(workspace, session_id)
        state.session.require(Stage.OPEN, Stage.SUSPENDED)
        require_ended(state, reason)
        told = "" if state.returned == state.roll.issued else reason.strip()
        SessionStore(workspace).put(replace(state.session, stage=Stage.CLOSED, close_reason=told))
        note_act(workspace, state.held, Act.CLOSE_SESSION, reason=told)
    return session_state(workspace, session_id)


def reopen_session(workspace: Workspace, session_id: SessionId) -> SessionState:
    """Take the close back: slips are admitted again."""
    return _step(workspace, session_id, Stage.CLOSED, Stage.OPEN, Act.REOPEN_SESSION)


def _step(workspace: Workspace, session_id: SessionId, before: Stage, after: Stage, act: Act) -> SessionState:
    with workspace.transaction():
        held = held_session(workspace, session_id)
        held.session.require(before)
        SessionStore(workspace).put(replace(held.session, stage=after, close_reason=""))
        note_act(workspace, held, act)
    return session_state(workspace, session_id)
