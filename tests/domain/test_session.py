"""The stages of a session."""

from dataclasses import replace

import pytest

from gaoxin_vote.domain.session import SessionId, SlipMode, Stage, VotingSession
from gaoxin_vote.errors import Refused
from tests.contests import LEADERSHIP, PEER

SESSION = VotingSession(SessionId(1), "x" * 22, PEER, "", 1, (), SlipMode.NAMED, Stage.SETUP)
WAYS = {
    (Stage.SETUP, Stage.OPEN),
    (Stage.OPEN, Stage.SUSPENDED),
    (Stage.SUSPENDED, Stage.OPEN),
    (Stage.OPEN, Stage.CLOSED),
    (Stage.SUSPENDED, Stage.CLOSED),
    (Stage.CLOSED, Stage.OPEN),
    (Stage.CLOSED, Stage.SEALED),
    (Stage.SEALED, Stage.TALLIED),
    *((stage, Stage.VOIDED) for stage in Stage if stage is not Stage.VOIDED),
}


@pytest.mark.parametrize("before", Stage)
@pytest.mark.parametrize("after", Stage)
def test_a_session_goes_only_the_known_ways(before: Stage, after: Stage) -> None:
    session = replace(SESSION, stage=before)
    if (before, after) in WAYS:
        session.require_next(after)
    else:
        with pytest.raises(Refused, match=before.label):
            session.require_next(after)


def test_a_step_needs_its_stage() -> None:
    SESSION.require(Stage.SETUP, Stage.OPEN)
    with pytest.raises(Refused, match="部门互评会议现为“筹备”"):
        SESSION.require(Stage.OPEN)


def test_titles() -> None:
    assert replace(SESSION, number=2).title == "部门互评（第2次）"
    assert replace(SESSION, contest=LEADERSHIP, group="甲").title == "领导评议·甲"
