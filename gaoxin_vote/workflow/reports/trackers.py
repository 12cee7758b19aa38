"""Which ballots are in a sealed box, for whoever looks for one on the screen?"""

from gaoxin_vote.documents.forms.tracker_list import FORM
from gaoxin_vote.domain.session import SessionId, Stage
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.workflow.reports.reading import subject_of
from gaoxin_vote.workflow.reports.report_list import report_of
from gaoxin_vote.workflow.session.held import held_session


def trackers_listed(workspace: Workspace, session_id: SessionId) -> tuple[str, tuple[str, ...]]:
    """Title and trackers (Base64, in the order of their digests) as 查询码清单 prints them.

    Raises `Refused` before the box is sealed.
    """
    with workspace.reading():
        held = held_session(workspace, session_id)
        held.session.require(Stage.SEALED, Stage.TALLIED)
        subject = subject_of(workspace, held.year, FORM, held.session.uuid)
        return held.session.title, report_of(FORM.code).figures(subject).trackers
