"""Are the slips that were made last the only ones that count?"""

import pytest
from sqlalchemy import select

from gaoxin_vote.domain.session import SessionReason, SlipMode
from gaoxin_vote.errors import Refused
from gaoxin_vote.storage import schema
from gaoxin_vote.storage.pending_slips import PendingSlips
from gaoxin_vote.workflow.session.casting import admit
from gaoxin_vote.workflow.session.preparation import PreparationReason, SessionPlan, prepare_session
from gaoxin_vote.workflow.session.running import (
    SessionStepReason,
    open_session,
    void_session,
)
from gaoxin_vote.workflow.session.slip_code import NO_SLIPS, SlipReason
from gaoxin_vote.workflow.session.slip_making import SlipMakingReason, make_slips, note_slips_out, set_slips
from gaoxin_vote.workflow.session.turnout import session_state
from tests.contests import LEADERSHIP, PEER
from tests.workflow.conftest import Office, refused


def _reason(error: pytest.ExceptionInfo[Refused]) -> object:
    return error.value.reason


def test_slips_made_again_make_the_first_ones_worthless(office: Office) -> None:
    workspace = office.workspace
    session_id = prepare_session(workspace, office.year, SessionPlan(PEER))
    with pytest.raises(Refused) as error:
        open_session(workspace, session_id)
    assert _reason(error) is SessionStepReason.NO_SLIPS
    first = office.codes(session_id)
    set_slips(workspace, session_id, slip_mode=SlipMode.NAMED, spares=1)
    assert PendingSlips(workspace, session_id).slips() == ()
    second = office.codes(session_id)
    assert (len(first), len(second)) == (8, 6)
    open_session(workspace, session_id)
    with pytest.raises(Refused):
        admit(workspace, session_id, first[0])
    assert admit(workspace, session_id, second[0]).own_unit == "U01"
    with pytest.raises(Refused):
        make_slips(workspace, session_id)
    void_session(workspace, session_id, "试投")


def test_the_choice_of_slips_is_checked_before_anything_is_changed(office: Office) -> None:
    workspace = office.workspace
    session_id = prepare_session(workspace, office.year, SessionPlan(LEADERSHIP))
    office.codes(session_id)
    for spares in (-1, 501):
        with refused(workspace, PreparationReason.BAD_SPARES):
            set_slips(workspace, session_id, slip_mode=SlipMode.DRAWN, spares=spares)
    with refused(workspace, PreparationReason.SLIP_MODE):
        set_slips(workspace, session_id, slip_mode=SlipMode.NAMED, spares=1)
    assert session_state(workspace, session_id).slips_made
    void_session(workspace, session_id, "试投")


def test_a_session_that_is_opened_while_slips_are_made_keeps_those_it_was_opened_with(office: Office) -> None:
    workspace = office.workspace
    session_id = prepare_session(workspace, office.year, SessionPlan(PEER))
    first = office.codes(session_id)

    def opened_meanwhile(done: int, total: int, words: str) -> None:
        if done == 1:
            open_session(workspace, session_id)

    with pytest.raises(Refused) as error:
        make_slips(workspace, session_id, opened_meanwhile)
    assert _reason(error) is SessionReason.WRONG_STAGE
    assert PendingSlips(workspace, session_id).slips() == ()
    assert admit(workspace, session_id, first[0]).own_unit == "U01"
    void_session(workspace, session_id, "试投")


def test_a_slip_that_was_printed_before_the_others_is_told_as_void_and_is_no_guess(office: Office) -> None:
    workspace = office.workspace
    session_id = prepare_session(workspace, office.year, SessionPlan(PEER))
    unprinted = office.codes(session_id)[0]
    printed = office.codes(session_id)[0]
    note_slips_out(workspace, session_id)
    live = office.codes(session_id)[0]
    note_slips_out(workspace, session_id)
    open_session(workspace, session_id)
    assert admit(workspace, session_id, live).own_unit == "U01"
    with refused(workspace, SlipReason.SPOILED, "重新打印以前的，已经作废"):
        admit(workspace, session_id, printed)
    assert SlipReason.SPOILED not in NO_SLIPS
    with refused(workspace, SlipReason.UNKNOWN):  # nobody can hold one that never left the program
        admit(workspace, session_id, unprinted)
    void_session(workspace, session_id, "试投")
    credential = select(schema.withdrawn_slip.c.credential)
    with workspace.reading() as connection:
        assert connection.scalars(credential).all() == [], "kept until the secrets go, no longer"


def test_slips_leave_the_program_only_once_there_are_some(office: Office) -> None:
    workspace = office.workspace
    session_id = prepare_session(workspace, office.year, SessionPlan(PEER))
    with refused(workspace, SlipMakingReason.NO_SLIPS):
        note_slips_out(workspace, session_id)
    make_slips(workspace, session_id)
    assert not session_state(workspace, session_id).slips_out
    assert note_slips_out(workspace, session_id).slips_out
    make_slips(workspace, session_id)
    assert not session_state(workspace, session_id).slips_out
    void_session(workspace, session_id, "试投")
    with refused(workspace, SessionReason.WRONG_STAGE):
        note_slips_out(workspace, session_id)
