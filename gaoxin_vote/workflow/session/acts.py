"""How does an act on a session reach the audit log?"""

from gaoxin_vote.domain.acts import Act
from gaoxin_vote.domain.codec import Json
from gaoxin_vote.domain.session import VotingSession
from gaoxin_vote.storage.audit import AuditLog
from gaoxin_vote.storage.sessions import SessionStore
from gaoxin_vote.storage.workspace import Workspace


def note_act(
    workspace: Workspace, session: VotingSession, act: Act, *, timed: bool = True, **more: Json
) -> None:
    """Append an act on `session`; between open and close only suspend, resume and close carry a time.

    Casts, check-ins and exchanged slips are never noted.
    """
    content: dict[str, Json] = {
        "session": session.id,
        "contest": session.contest.value,
        "group": session.group,
        "number": session.number,
        **more,
    }
    AuditLog(workspace).append(act, content, year=SessionStore(workspace).year(session.id), timed=timed)
