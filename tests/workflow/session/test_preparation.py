"""Which sessions can be prepared?"""

import pytest

from gaoxin_vote.domain.session import SlipMode, Stage
from gaoxin_vote.errors import Refused
from gaoxin_vote.workflow.session.preparation import PreparationReason, SessionPlan, prepare_session
from gaoxin_vote.workflow.session.running import (
    void_session,
)
from tests.contests import LEADERSHIP
from tests.workflow.conftest import Office


def _reason(error: pytest.ExceptionInfo[Refused]) -> object:
    return error.value.reason


def test_leadership_slips_are_never_named_and_one_session_of_a_contest_runs_at_a_time(office: Office) -> None:
    workspace = office.workspace
    with pytest.raises(Refused) as error:
        prepare_session(workspace, office.year, SessionPlan(LEADERSHIP, slip_mode=SlipMode.NAMED))
    assert _reason(error) is PreparationReason.SLIP_MODE
    session_id = prepare_session(workspace, office.year, SessionPlan(LEADERSHIP))
    with pytest.raises(Refused) as error:
        prepare_session(workspace, office.year, SessionPlan(LEADERSHIP))
    assert _reason(error) is PreparationReason.RUNNING
    with pytest.raises(Refused):
        void_session(workspace, session_id, " ")
    state = void_session(workspace, session_id, "人员未到")
    assert (state.session.stage, state.session.void_reason) == (Stage.VOIDED, "人员未到")
