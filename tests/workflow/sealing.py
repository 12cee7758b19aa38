"""How does a test come to a sealed session?"""

from gaoxin_vote.domain.session import SessionId
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.workflow.session.running import close_session
from gaoxin_vote.workflow.session.sealing import seal_session


def close_and_seal(workspace: Workspace, session_id: SessionId, reason: str = "") -> None:
    """Close the session and seal its box at once; `reason` where slips are missing."""
    close_session(workspace, session_id, reason)
    seal_session(workspace, session_id)
