"""How does an act on a session reach the audit log?"""

from gaoxin_vote.domain.acts import Act
from gaoxin_vote.domain.codec import Json
from gaoxin_vote.domain.session import VotingSession
from gaoxin_vote.storage.audit import AuditLog
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.workflow.session.held import HeldSession


def note_act(workspace: Workspace, held: HeldSession, act: Act, *, timed: bool = True, **more: Json) -> None:
    """Append an act on a session; between open and close only suspend, resume and close carry a time.

    Casts, check-ins and exchanged slips are never noted.
    """
    content = {**session_fields(held.session), **more}
    AuditLog(workspace).append(act, content, year=held.year, timed=timed)


def session_fields(session: VotingSession) -> dict[str, Json]:
    """What every act on a session says first."""
    return {
        "session": session.uuid,
        "contest": session.contest.code,
        "contest_title": session.contest.title,
        "group": session.group,
        "number": session.number,
    }
