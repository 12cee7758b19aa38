"""Is a spoiled or lost slip replaced by a spare, and by nothing else?"""

import pytest

from gaoxin_vote.documents.typeface import TypefaceReason
from gaoxin_vote.domain.session import SessionReason
from gaoxin_vote.errors import Refused
from gaoxin_vote.storage.roll import RollStore
from gaoxin_vote.workflow.session.casting import admit
from gaoxin_vote.workflow.session.preparation import SessionPlan, prepare_session
from gaoxin_vote.workflow.session.running import (
    close_session,
    void_session,
)
from gaoxin_vote.workflow.session.slip_code import SlipReason, new_code
from gaoxin_vote.workflow.session.slip_desk import (
    SlipDeskReason,
    check_in,
    check_in_all,
    issue_slip,
    note_who_came,
    replace_lost,
    replace_spoiled,
)
from gaoxin_vote.workflow.session.turnout import session_state
from tests.contests import PEER
from tests.workflow.conftest import Office, refused


def _reason(error: pytest.ExceptionInfo[Refused]) -> object:
    return error.value.reason


def test_a_spoiled_slip_gives_way_to_a_spare_with_the_same_unit(office: Office) -> None:
    workspace = office.workspace
    session_id, live, spares = office.open(PEER)
    state = replace_spoiled(workspace, session_id, live[3], spares[0])
    assert (state.spoiled, state.roll.issued) == (1, 5)
    assert admit(workspace, session_id, spares[0]).own_unit == "U04"
    with pytest.raises(Refused) as error:  # the spare is in somebody's hand now
        replace_spoiled(workspace, session_id, live[0], spares[0])
    assert _reason(error) is SlipDeskReason.SPARE_IN_USE
    assert admit(workspace, session_id, live[0]).own_unit == "U01"  # nothing half-done
    office.vote(session_id, live[0])
    with pytest.raises(Refused):  # a used slip cannot be voided
        replace_spoiled(workspace, session_id, live[0], spares[1])
    for code in (*live[1:3], live[4], spares[0]):
        office.vote(session_id, code)
    state = close_session(workspace, session_id)
    assert (state.returned, state.spoiled, state.problems) == (5, 1, ())
    void_session(workspace, session_id, "试投")


def test_a_lost_slip_stays_live_and_returns_are_held_against_those_present(office: Office) -> None:
    workspace = office.workspace
    session_id, live, spares = office.open(PEER)
    with pytest.raises(Refused) as error:
        replace_lost(workspace, session_id, "U02", "  ", spares[0])
    assert _reason(error) is SlipDeskReason.DECISION_MISSING
    state = replace_lost(workspace, session_id, "U02", "总监票人同意补发一张", spares[0])
    assert (state.lost, state.roll.issued) == (1, 6)
    for code in (*live, spares[0]):  # the lost slip turns up after all: one vote too many
        office.vote(session_id, code)
    state = session_state(workspace, session_id)
    assert state.returned == 6
    assert any("实到" in problem for problem in state.problems)
    void_session(workspace, session_id, "收回多于实到")


def test_who_holds_a_slip_is_present(office: Office) -> None:
    workspace = office.workspace
    session_id = prepare_session(workspace, office.year, SessionPlan(PEER))
    assert issue_slip(workspace, session_id, "U01", True).roll.attended == 1
    with refused(workspace, SlipDeskReason.HOLDS_SLIP):
        check_in(workspace, session_id, "U01", False)
    issue_slip(workspace, session_id, "U01", False)
    assert check_in(workspace, session_id, "U01", False).roll.attended == 0
    void_session(workspace, session_id, "试投")


def test_no_tick_goes_below_what_came_back(office: Office) -> None:
    workspace = office.workspace
    session_id, live, _ = office.open(PEER)
    for code in live[:4]:
        office.vote(session_id, code)
    issue_slip(workspace, session_id, "U01", False)
    with refused(workspace, SlipDeskReason.BELOW_RETURNED):
        issue_slip(workspace, session_id, "U02", False)
    check_in(workspace, session_id, "U01", False)
    assert session_state(workspace, session_id).roll.attended == 4
    RollStore(workspace).set_issued(session_id, "U02", False)
    with refused(workspace, SlipDeskReason.BELOW_RETURNED):
        check_in(workspace, session_id, "U02", False)
    roll = session_state(workspace, session_id).roll
    assert (roll.attended, roll.electors[1].attended) == (4, True)
    void_session(workspace, session_id, "试投")


def test_a_tick_taken_back_once_ballots_came_stays_on_the_roll_as_such(office: Office) -> None:
    """Whose ballot that is can no longer be told; before the first ballot it was nobody's (A42)."""
    workspace = office.workspace
    session_id, live, _ = office.open(PEER)

    def handed() -> tuple[int, str]:
        roll = session_state(workspace, session_id).roll
        return roll.issued, " ".join(roll.handed_units)

    issue_slip(workspace, session_id, "U05", False)
    assert handed() == (4, "U01 U02 U03 U04")
    office.vote(session_id, live[0])
    issue_slip(workspace, session_id, "U01", False)
    issue_slip(workspace, session_id, "U05", False)
    assert handed() == (3, "U01 U02 U03 U04")
    issue_slip(workspace, session_id, "U01", True)
    assert handed() == (4, "U01 U02 U03 U04")
    assert not any(elector.taken_back for elector in session_state(workspace, session_id).roll.electors)
    void_session(workspace, session_id, "试投")


def test_a_lost_slip_that_votes_beside_its_spare_is_seen_though_somebody_took_none(office: Office) -> None:
    workspace = office.workspace
    session_id, live, spares = office.open(PEER)
    issue_slip(workspace, session_id, "U05", False)  # present, but without a slip
    replace_lost(workspace, session_id, "U02", "总监票人同意补发一张", spares[0])
    for code in live[:4]:
        office.vote(session_id, code)
    state = session_state(workspace, session_id)
    assert state.problems == (state.too_few,)  # one of the four may be a second ballot
    office.vote(session_id, spares[0])
    state = session_state(workspace, session_id)
    assert (state.returned, state.roll.issued, state.roll.attended) == (5, 5, 5)
    (problem,) = state.problems
    assert problem.startswith("收回5张，多于领票的4人")
    assert state.mending[0].startswith("可能漏登“票码条”（领票）")
    void_session(workspace, session_id, "有人投了两次")


def test_a_tick_taken_back_from_somebody_with_a_spare_leaves_the_spare_in_a_hand(office: Office) -> None:
    """The slip is lost, so that nobody can have given it back: the spare votes, and nobody voted twice."""
    workspace = office.workspace
    session_id, live, spares = office.open(PEER)
    replace_lost(workspace, session_id, "U02", "总监票人同意补发一张", spares[0])
    roll = issue_slip(workspace, session_id, "U02", False).roll
    assert "U02" in roll.handed_units and not roll.electors[1].issued
    for code in (spares[0], live[0], *live[2:]):
        office.vote(session_id, code)
    assert session_state(workspace, session_id).problems == ()
    void_session(workspace, session_id, "试投")


def test_everybody_present_and_who_came(office: Office) -> None:
    workspace = office.workspace
    session_id = prepare_session(workspace, office.year, SessionPlan(PEER))
    check_in(workspace, session_id, "U02", True)
    assert check_in_all(workspace, session_id).roll.attended == 5
    roll = note_who_came(workspace, session_id, "U03", " 受委托人 张三 ").roll
    assert [elector.came for elector in roll.electors] == ["", "", "受委托人 张三", "", ""]
    with refused(workspace, TypefaceReason.NO_GLYPH):
        note_who_came(workspace, session_id, "U03", "受委托人 \U0002a6a5")
    void_session(workspace, session_id, "试投")
    with refused(workspace, SessionReason.WRONG_STAGE):
        note_who_came(workspace, session_id, "U03", "")
    with refused(workspace, SessionReason.WRONG_STAGE):
        check_in(workspace, session_id, "U03", False)


def test_who_was_handed_no_slip_has_lost_none(office: Office) -> None:
    workspace = office.workspace
    session_id, _, spares = office.open(PEER)
    issue_slip(workspace, session_id, "U02", False)
    for elector in ("U02", "U99"):
        with refused(workspace, SlipDeskReason.NOT_ISSUED):
            replace_lost(workspace, session_id, elector, "同意补发", spares[0])
    void_session(workspace, session_id, "试投")


def test_only_slips_of_the_session_are_exchanged(office: Office) -> None:
    workspace = office.workspace
    session_id, live, spares = office.open(PEER)
    for spoiled, spare in ((new_code(session_id), spares[0]), (live[0], new_code(session_id))):
        with refused(workspace, SlipReason.UNKNOWN):
            replace_spoiled(workspace, session_id, spoiled, spare)
    assert session_state(workspace, session_id).spoiled == 0
    void_session(workspace, session_id, "试投")
