"""Are the trackers of a session had once its box is sealed, and not before?"""

from gaoxin_vote.belenios.verification import verify_archive
from gaoxin_vote.domain.session import SessionReason
from gaoxin_vote.domain.tracker import respelled
from gaoxin_vote.storage.evidence import EvidenceStore
from gaoxin_vote.workflow.reports.trackers import trackers_listed
from gaoxin_vote.workflow.session.running import close_session, void_session
from gaoxin_vote.workflow.session.sealing import seal_session
from tests.contests import PEER
from tests.workflow.conftest import Office, refused


def test_they_are_those_of_the_archive_in_an_order_that_tells_nothing(office: Office) -> None:
    workspace = office.workspace
    session_id, live, _ = office.open(PEER)
    seen = [office.vote(session_id, code) for code in live]
    with refused(workspace, SessionReason.WRONG_STAGE):
        trackers_listed(workspace, session_id)
    close_session(workspace, session_id)
    with refused(workspace, SessionReason.WRONG_STAGE):
        trackers_listed(workspace, session_id)
    seal_session(workspace, session_id)
    title, listed = trackers_listed(workspace, session_id)
    assert (title, [*listed]) == ("部门互评", sorted(seen, key=respelled))
    archive = verify_archive(EvidenceStore(workspace).archive(session_id))
    assert sorted(listed) == sorted(archive.trackers)
    void_session(workspace, session_id, "试")
