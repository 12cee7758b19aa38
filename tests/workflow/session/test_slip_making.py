"""Are the slips that were made last the only ones that count?"""

import pytest

from gaoxin_vote.domain.session import SlipMode
from gaoxin_vote.errors import Refused
from gaoxin_vote.storage.pending_slips import PendingSlips
from gaoxin_vote.workflow.session.casting import admit
from gaoxin_vote.workflow.session.preparation import SessionPlan, prepare_session
from gaoxin_vote.workflow.session.running import (
    SessionStepReason,
    open_session,
    void_session,
)
from gaoxin_vote.workflow.session.slip_making import make_slips, set_slips
from tests.contests import PEER
from tests.workflow.conftest import Office


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
