"""What stands fixed of a voting session while an act runs?"""

from gaoxin_vote.domain.units import UnitCode
from gaoxin_vote.workflow.session.held import HeldReason, held_session, held_sessions
from gaoxin_vote.workflow.session.preparation import SessionPlan, prepare_session
from gaoxin_vote.workflow.session.running import void_session
from gaoxin_vote.workflow.setup.roster import units
from tests.contests import PEER
from tests.workflow.conftest import Office, refused


def test_a_session_is_read_with_the_scheme_of_its_year(office: Office) -> None:
    workspace = office.workspace
    codes = (UnitCode("U02"), UnitCode("U04"))
    session_id = prepare_session(workspace, office.year, SessionPlan(PEER, units=codes))
    held = held_session(workspace, session_id)
    assert held.year == office.year
    assert held.rules == held.scheme.contest(PEER.code)
    assert held.full_title == f"{held.scheme.title} {held.session.title}"
    assert [unit.code for unit in held.rated(units(workspace, office.year))] == list(codes)
    with refused(workspace, HeldReason.NO_ELECTION):
        _ = held.election
    office.codes(session_id)
    made = held_session(workspace, session_id)
    assert made.election == made.made
    assert made in held_sessions(workspace, office.year, held.scheme)
    void_session(workspace, session_id, "试投")
