"""Where does a session stand: who came, what was issued, what came back?"""

from gaoxin_vote.workflow.session.casting import admit
from gaoxin_vote.workflow.session.preparation import SessionPlan, prepare_session
from gaoxin_vote.workflow.session.running import void_session
from gaoxin_vote.workflow.session.slip_desk import check_in, issue_slip, replace_lost, replace_spoiled
from gaoxin_vote.workflow.session.slip_making import make_slips
from gaoxin_vote.workflow.session.turnout import session_state, sessions, year_sessions
from tests.contests import LEADERSHIP, PEER
from tests.workflow.conftest import Office


def test_slips_are_made_then_open_then_used(office: Office) -> None:
    workspace = office.workspace
    prepared = prepare_session(workspace, office.year, SessionPlan(LEADERSHIP, spares=1))
    state = session_state(workspace, prepared)
    assert (state.slips_made, state.unused, state.returned, state.spoiled) == (False, 0, 0, 0)
    make_slips(workspace, prepared)
    assert session_state(workspace, prepared).slips_made
    void_session(workspace, prepared, "试")


def test_the_numbers_follow_what_happens(office: Office) -> None:
    workspace = office.workspace
    session_id, live, spares = office.open(PEER, spares=3)
    state = session_state(workspace, session_id)
    assert (state.unused, state.returned) == (8, 0)
    assert (state.reconciliation.should_attend, state.reconciliation.issued) == (5, 5)
    office.vote(session_id, live[0])
    replace_spoiled(workspace, session_id, live[1], spares[0])
    replace_lost(workspace, session_id, "U03", "总监票人同意", spares[1])
    state = session_state(workspace, session_id)
    assert (state.unused, state.returned, state.spoiled, state.lost) == (6, 1, 1, 1)
    assert state.reconciliation.returned == state.reconciliation.valid == 1
    assert state.roll.issued == 6
    assert admit(workspace, session_id, spares[0]).own_unit == "U02"
    void_session(workspace, session_id, "试")


def test_presence_is_noted_beside_the_slips(office: Office) -> None:
    workspace = office.workspace
    session_id = prepare_session(workspace, office.year, SessionPlan(PEER))
    assert check_in(workspace, session_id, "U04", True).roll.attended == 1
    assert issue_slip(workspace, session_id, "U05", True).roll.attended == 2
    found = {state.session.id: state for state in sessions(workspace, office.year)}
    assert found[session_id].roll.issued == 1
    void_session(workspace, session_id, "试")


def test_a_year_tells_its_sessions_and_what_is_missing(office: Office) -> None:
    year = year_sessions(office.workspace, office.year)
    assert year.states == sessions(office.workspace, office.year)
    assert year.keys_made
    assert year.missing == ()
    assert year.scheme.year == office.year
