"""How does a voting session run, from its opening to the close?"""

import json
from dataclasses import replace

import pytest

from gaoxin_vote.belenios.verification import verify_archive
from gaoxin_vote.domain.session import SlipMode, Stage
from gaoxin_vote.errors import Refused
from gaoxin_vote.storage.audit import AuditLog
from gaoxin_vote.storage.ballot_box import BallotBox
from gaoxin_vote.storage.pending_slips import PendingSlips
from gaoxin_vote.storage.sessions import SessionStore
from gaoxin_vote.workflow.session.casting import admit
from gaoxin_vote.workflow.session.preparation import PreparationReason, SessionPlan, prepare_session
from gaoxin_vote.workflow.session.running import (
    close_session,
    open_session,
    reopen_session,
    resume_session,
    suspend_session,
    void_session,
)
from gaoxin_vote.workflow.session.sealing import SealReason, seal_session
from gaoxin_vote.workflow.session.slip_code import SlipReason
from gaoxin_vote.workflow.session.slip_desk import (
    check_in,
    issue_slip,
    replace_lost,
    replace_spoiled,
)
from gaoxin_vote.workflow.session.turnout import session_state
from gaoxin_vote.workflow.tally.counting import archive
from tests.contests import LEADERSHIP, PEER
from tests.workflow.conftest import Office, refused
from tests.workflow.sealing import close_and_seal


def _reason(error: pytest.ExceptionInfo[Refused]) -> object:
    return error.value.reason


def test_a_session_from_slips_to_close(office: Office) -> None:
    workspace = office.workspace
    session_id, live, spares = office.open(PEER)
    assert (len(live), len(spares)) == (5, 3)
    assert PendingSlips(workspace, session_id).slips() == ()
    trackers = [office.vote(session_id, code) for code in live]
    state = session_state(workspace, session_id)
    assert (state.returned, state.unused, state.roll.issued, state.problems) == (5, 3, 5, ())
    with pytest.raises(Refused) as error:
        admit(workspace, session_id, live[0])
    assert _reason(error) is SlipReason.USED
    closed = close_session(workspace, session_id)
    assert closed.session.stage is Stage.CLOSED
    assert SessionStore(workspace).secret(session_id)  # nothing is erased yet
    assert seal_session(workspace, session_id).session.stage is Stage.SEALED
    report = verify_archive(archive(workspace, session_id))
    assert sorted(report.trackers) == sorted(trackers)
    assert report.result is None
    box = BallotBox(workspace, session_id)
    assert all(not any(box.sealed_unit(credential)) for credential in box.credentials())
    with pytest.raises(Refused):
        SessionStore(workspace).secret(session_id)
    with pytest.raises(Refused):
        admit(workspace, session_id, spares[0])
    void_session(workspace, session_id, "试投，不计")


def test_a_close_with_missing_slips_needs_a_reason_and_one_with_too_few_ballots_is_refused(
    office: Office,
) -> None:
    workspace = office.workspace
    session_id, live, _ = office.open(PEER)
    with pytest.raises(Refused) as error:
        close_session(workspace, session_id)
    assert _reason(error) is SealReason.TOO_FEW_BALLOTS
    for code in live[:4]:
        assert session_state(workspace, session_id).too_few
        office.vote(session_id, code)
    assert not session_state(workspace, session_id).too_few
    with pytest.raises(Refused) as error:
        close_session(workspace, session_id)
    assert _reason(error) is SealReason.REASON_MISSING
    assert session_state(workspace, session_id).session.stage is Stage.OPEN
    close_session(workspace, session_id, "一名代表中途离场，票未交回")
    entry = AuditLog(workspace).entries()[-1]
    assert "中途离场" in entry.content
    void_session(workspace, session_id, "试投")


def test_a_close_is_taken_back_and_nothing_was_lost(office: Office) -> None:
    workspace = office.workspace
    session_id, live, _ = office.open(PEER)
    for code in live[:4]:
        office.vote(session_id, code)
    close_session(workspace, session_id, "一张未收回")
    with pytest.raises(Refused):
        admit(workspace, session_id, live[4])
    state = reopen_session(workspace, session_id)
    assert (state.session.stage, state.session.close_reason) == (Stage.OPEN, "")
    office.vote(session_id, live[4])
    assert close_session(workspace, session_id, "全部收回，不必写").session.close_reason == ""
    assert [entry.act for entry in AuditLog(workspace).entries()[-3:]] == [
        "session.close",
        "session.reopen",
        "session.close",
    ]
    void_session(workspace, session_id, "试投")


def test_a_cast_leaves_no_entry_and_the_log_between_open_and_close_knows_only_pauses(office: Office) -> None:
    workspace = office.workspace
    session_id, live, spares = office.open(PEER)
    opened = len(AuditLog(workspace).entries())
    suspend_session(workspace, session_id)
    with pytest.raises(Refused):
        admit(workspace, session_id, live[0])
    resume_session(workspace, session_id)
    check_in(workspace, session_id, "U01", True)
    issue_slip(workspace, session_id, "U01", True)
    replace_spoiled(workspace, session_id, live[0], spares[0])
    replace_lost(workspace, session_id, "U02", "同意补发", spares[1])
    for code in (spares[0], *live[1:]):
        office.vote(session_id, code)
    close_session(workspace, session_id, "遗失一张")
    seal_session(workspace, session_id)
    added = AuditLog(workspace).entries()[opened:]
    acts = ["session.suspend", "session.resume", "session.close", "session.seal"]
    assert [entry.act for entry in added] == acts
    content = json.loads(added[-1].content)
    assert (content["spoiled"], content["lost"], content["returned"]) == (1, 1, 5)
    assert content["decisions"] == ["同意补发"]
    void_session(workspace, session_id, "试投")


def test_slots_lie_in_the_order_of_the_credential_list(office: Office) -> None:
    session_id, live, _ = office.open(PEER)
    credentials = BallotBox(office.workspace, session_id).credentials()
    assert list(credentials) == sorted(credentials, key=lambda enc: bytes.fromhex(enc)[::-1])
    for code in reversed(live):
        office.vote(session_id, code)
    close_and_seal(office.workspace, session_id)
    report = verify_archive(archive(office.workspace, session_id))
    assert report.credentials == credentials
    void_session(office.workspace, session_id, "试投")


def test_slips_that_the_scheme_forbids_open_nothing(office: Office) -> None:
    """Neither preparation nor the slip desk lets such a session arise: the box asks all the same."""
    workspace = office.workspace
    session_id = prepare_session(workspace, office.year, SessionPlan(LEADERSHIP))
    office.codes(session_id)
    store = SessionStore(workspace)
    store.put(replace(store.session(session_id), slip_mode=SlipMode.NAMED))
    with refused(workspace, PreparationReason.SLIP_MODE):
        open_session(workspace, session_id)
    void_session(workspace, session_id, "试投")
