"""What does the run of the sample year leave behind when it does not come to its end?"""

from pathlib import Path

import pytest

from gaoxin_vote.errors import Refused
from gaoxin_vote.progress import Cancelled
from gaoxin_vote.workflow.record.sample import _admissions, run_sample
from gaoxin_vote.workflow.session.running import void_session
from gaoxin_vote.workflow.session.slip_code import SlipReason
from tests.contests import PEER
from tests.stretching import CHEAP_COSTS
from tests.workflow.conftest import Clock, Office


def test_a_cancelled_run_leaves_no_workspace(tmp_path: Path) -> None:
    def cancel(done: int, total: int, words: str) -> None:
        if (tmp_path / "2017.gxv").exists():
            raise Cancelled

    with pytest.raises(Cancelled):
        run_sample(tmp_path / "2017.gxv", tmp_path / "out", Clock(), cancel, costs=CHEAP_COSTS)
    assert not list(tmp_path.glob("2017.gxv*"))


def test_spares_stay_in_the_drawer_and_anything_else_is_told(office: Office) -> None:
    session_id, live, spares = office.open(PEER)
    admitted = list(_admissions(office.workspace, session_id, (*live[:2], *spares)))
    assert len(admitted) == 2
    with pytest.raises(Refused) as refused:
        list(_admissions(office.workspace, session_id, ("1234",)))
    assert refused.value.reason is SlipReason.MISTYPED
    void_session(office.workspace, session_id, "试投")
