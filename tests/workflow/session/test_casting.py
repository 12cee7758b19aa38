"""Sessions on a real workspace: every refusal in its own words, nothing kept that must not be."""

import json

import pytest

from gaoxin_vote.belenios.verification import verify_archive
from gaoxin_vote.domain.ballot import BallotReason, Mark, MarkedBallot
from gaoxin_vote.domain.session import SlipMode, Stage
from gaoxin_vote.domain.units import UnitCode
from gaoxin_vote.errors import Refused
from gaoxin_vote.storage.audit import AuditLog
from gaoxin_vote.storage.ballot_box import BallotBox
from gaoxin_vote.storage.pending_slips import PendingSlips
from gaoxin_vote.storage.sessions import SessionStore
from gaoxin_vote.workflow.session.casting import admit, cast
from gaoxin_vote.workflow.session.preparation import PreparationReason, SessionPlan, prepare_session
from gaoxin_vote.workflow.session.running import (
    SessionStepReason,
    close_session,
    open_session,
    resume_session,
    suspend_session,
    void_session,
)
from gaoxin_vote.workflow.session.slip_code import SlipReason, new_code
from gaoxin_vote.workflow.session.slip_desk import (
    SlipDeskReason,
    check_in,
    issue_slip,
    replace_lost,
    replace_spoiled,
)
from gaoxin_vote.workflow.session.slip_making import make_slips, set_slips
from gaoxin_vote.workflow.session.turnout import session_state
from gaoxin_vote.workflow.tally.counting import archive
from tests.contests import LEADERSHIP, PEER
from tests.workflow.conftest import Office, same_mark


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


def test_every_wrong_code_has_its_own_sentence(office: Office) -> None:
    workspace = office.workspace
    peer, peer_codes, peer_spares = office.open(PEER)
    leaders, leader_codes, _ = office.open(LEADERSHIP)
    office.vote(peer, peer_codes[0])
    replace_spoiled(workspace, peer, peer_codes[1], peer_spares[0])
    cases = {
        "1234": SlipReason.MISTYPED,
        new_code(): SlipReason.UNKNOWN,
        peer_codes[0]: SlipReason.USED,
        peer_codes[1]: SlipReason.SPOILED,
        leader_codes[0]: SlipReason.OTHER_SESSION,
        peer_spares[1]: SlipReason.SPARE_NOT_ISSUED,
    }
    sentences = set()
    for code, reason in cases.items():
        with pytest.raises(Refused) as error:
            admit(workspace, peer, code)
        assert _reason(error) is reason
        sentences.add(error.value.message)
    assert len(sentences) == len(cases)
    void_session(workspace, peer, "试投")
    void_session(workspace, leaders, "试投")


def test_named_slips_enforce_the_recusal_and_drawn_ones_let_the_delegate_name_it(office: Office) -> None:
    workspace = office.workspace
    session_id, live, _ = office.open(PEER)
    admission = admit(workspace, session_id, live[2])
    assert (admission.own_unit, admission.choose_own) == ("U03", False)
    everybody = MarkedBallot(PEER, tuple((unit.code, Mark.GOOD) for unit in admission.units))
    wrong = MarkedBallot(
        PEER,
        tuple((u.code, Mark.RECUSE if u.code == "U01" else Mark.GOOD) for u in admission.units),
    )
    short = MarkedBallot(PEER, same_mark(admission, Mark.GOOD).marks[:-1])
    for ballot, reason in (
        (everybody, BallotReason.RECUSAL),
        (wrong, BallotReason.RECUSAL),
        (short, BallotReason.UNIT_MISSING),
    ):
        with pytest.raises(Refused) as error:
            cast(workspace, admission, ballot)
        assert _reason(error) is reason
    assert session_state(workspace, session_id).returned == 0
    cast(workspace, admission, same_mark(admission, Mark.PASS))
    void_session(workspace, session_id, "试投")

    session_id, live, _ = office.open(PEER, slip_mode=SlipMode.DRAWN)
    admission = admit(workspace, session_id, live[0])
    assert (admission.own_unit, admission.choose_own) == (None, True)
    assert admission.credential not in repr(admission)
    assert not admission.own_may_be_absent
    with pytest.raises(Refused):  # every unit is on the ballot, so one of them is the delegate's own
        cast(workspace, admission, everybody)
    cast(workspace, admission, wrong)
    void_session(workspace, session_id, "试投")


def test_leadership_ballots_show_their_own_labels_and_recuse_nobody(office: Office) -> None:
    session_id, live, _ = office.open(LEADERSHIP)
    admission = admit(office.workspace, session_id, live[0])
    assert admission.labels == ("优秀", "良好", "及格", "不及格")
    assert (admission.own_unit, admission.choose_own) == (None, False)
    with pytest.raises(Refused):
        marks = ((UnitCode("U01"), Mark.RECUSE), *same_mark(admission, Mark.GOOD).marks[1:])
        cast(office.workspace, admission, MarkedBallot(LEADERSHIP, marks))
    void_session(office.workspace, session_id, "试投")


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


def test_a_close_with_missing_slips_needs_a_reason_and_one_without_ballots_is_refused(office: Office) -> None:
    workspace = office.workspace
    session_id, live, _ = office.open(PEER)
    with pytest.raises(Refused) as error:
        close_session(workspace, session_id)
    assert _reason(error) is SessionStepReason.NO_BALLOTS
    for code in live[:4]:
        office.vote(session_id, code)
    with pytest.raises(Refused) as error:
        close_session(workspace, session_id)
    assert _reason(error) is SessionStepReason.REASON_MISSING
    assert session_state(workspace, session_id).session.stage is Stage.OPEN
    close_session(workspace, session_id, "一名代表中途离场，票未交回")
    entry = AuditLog(workspace).entries()[-1]
    assert "中途离场" in entry.content
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
    added = AuditLog(workspace).entries()[opened:]
    assert [entry.act for entry in added] == ["session.suspend", "session.resume", "session.close"]
    content = json.loads(added[-1].content)
    assert (content["spoiled"], content["lost"], content["returned"]) == (1, 1, 5)
    assert content["decisions"] == ["同意补发"]
    void_session(workspace, session_id, "试投")


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


def test_slots_lie_in_the_order_of_the_credential_list(office: Office) -> None:
    session_id, live, _ = office.open(PEER)
    credentials = BallotBox(office.workspace, session_id).credentials()
    assert list(credentials) == sorted(credentials, key=lambda enc: bytes.fromhex(enc)[::-1])
    for code in reversed(live):
        office.vote(session_id, code)
    close_session(office.workspace, session_id)
    report = verify_archive(archive(office.workspace, session_id))
    assert report.credentials == credentials
    void_session(office.workspace, session_id, "试投")
