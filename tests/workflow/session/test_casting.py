"""What does a slip admit to, and which ballots get into the box?"""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gaoxin_vote.belenios.ballot import seal_ballot, verify_ballot
from gaoxin_vote.belenios.election import Election
from gaoxin_vote.domain.ballot import BallotReason, Mark, MarkedBallot
from gaoxin_vote.domain.scheme_file import shipped_scheme_text
from gaoxin_vote.domain.session import SessionId, SessionReason, SlipMode
from gaoxin_vote.domain.units import UnitCode
from gaoxin_vote.errors import EvidenceBroken, Refused
from gaoxin_vote.storage.sessions import SessionStore
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.workflow.session import casting, slip_code
from gaoxin_vote.workflow.session.casting import admit, cast
from gaoxin_vote.workflow.session.preparation import SessionPlan, prepare_session
from gaoxin_vote.workflow.session.running import (
    open_session,
    suspend_session,
    void_session,
)
from gaoxin_vote.workflow.session.slip_code import SlipReason, new_code
from gaoxin_vote.workflow.session.slip_desk import (
    replace_spoiled,
)
from gaoxin_vote.workflow.session.turnout import session_state
from tests.contests import LEADERSHIP, PEER
from tests.workflow.conftest import Office, after_ceremony, another_year, refused, same_mark


def _reason(error: pytest.ExceptionInfo[Refused]) -> object:
    return error.value.reason


def test_every_wrong_code_has_its_own_sentence(office: Office) -> None:
    workspace = office.workspace
    peer, peer_codes, peer_spares = office.open(PEER)
    leaders, leader_codes, _ = office.open(LEADERSHIP)
    office.vote(peer, peer_codes[0])
    replace_spoiled(workspace, peer, peer_codes[1], peer_spares[0])
    cases = {
        "1234": SlipReason.MISTYPED,
        new_code(peer): SlipReason.UNKNOWN,
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


def _told(workspace: Workspace, session_id: SessionId, code: str) -> tuple[object, str]:
    with pytest.raises(Refused) as error:
        admit(workspace, session_id, code)
    return error.value.reason, error.value.message


def test_a_slip_of_a_session_that_is_not_open_is_told_by_its_first_digit(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = office.workspace
    peer, _, _ = office.open(PEER)
    other = prepare_session(workspace, office.year, SessionPlan(LEADERSHIP))
    prepared = new_code(other)
    assert _told(workspace, peer, prepared)[0] is SlipReason.UNKNOWN, "no slips are made for it"
    code = office.codes(other)[0]
    asked: list[SessionId] = []
    secret = SessionStore.secret
    monkeypatch.setattr(SessionStore, "secret", lambda store, of: asked.append(of) or secret(store, of))
    reason, words = _told(workspace, peer, code)
    title = session_state(workspace, other).session.title
    assert (reason, words) == (
        SlipReason.NOT_OPEN_YET,
        f"这是“{title}”的票码条，那场会议尚未开始投票，请届时使用。",
    )
    assert asked == [], "no secret is needed for that, and nothing is searched for"
    assert _told(workspace, peer, new_code(peer))[0] is SlipReason.UNKNOWN
    assert asked == [peer]
    open_session(workspace, other)
    assert _told(workspace, peer, code)[0] is SlipReason.OTHER_SESSION
    assert _told(workspace, peer, new_code(other))[0] is SlipReason.UNKNOWN, "its box does not have it"
    void_session(workspace, other, "试投")
    reason, words = _told(workspace, peer, code)
    assert reason is SlipReason.OTHER_SESSION
    assert f"“{title}”" in words
    assert "已经结束" in words
    void_session(workspace, peer, "试投")


def test_where_two_sessions_share_a_first_digit_it_says_nothing(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = office.workspace
    monkeypatch.setattr(slip_code, "_first_digit", lambda _session: "4")
    peer, live, _ = office.open(PEER)
    other = prepare_session(workspace, office.year, SessionPlan(LEADERSHIP))
    code = office.codes(other)[0]
    assert _told(workspace, peer, code)[0] is SlipReason.UNKNOWN
    open_session(workspace, other)
    assert _told(workspace, peer, code)[0] is SlipReason.OTHER_SESSION
    assert admit(workspace, peer, live[0]).session_id == peer
    for session_id in (peer, other):
        void_session(workspace, session_id, "试投")


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


def test_a_ballot_of_another_contest_is_refused(office: Office) -> None:
    workspace = office.workspace
    session_id, live, _ = office.open(PEER)
    admission = admit(workspace, session_id, live[0])
    ballot = replace(same_mark(admission, Mark.GOOD), contest=LEADERSHIP)
    with refused(workspace, BallotReason.UNIT_UNKNOWN, "这不是“部门互评.*”的选票"):
        cast(workspace, admission, ballot)
    void_session(workspace, session_id, "试投")


def test_no_more_excellent_marks_than_the_scheme_allows(bare: tuple[Workspace, int, Path]) -> None:
    text = shipped_scheme_text("2017").replace("year = 2017", "year = 2024")
    text = text.replace("max_excellent = 0", "max_excellent = 2")
    year = another_year(bare, text, "code,title\nL1,甲\nL2,乙\nL3,丙\n")
    office = after_ceremony(bare, year)
    session_id, live, _ = office.open(LEADERSHIP)
    admission = admit(office.workspace, session_id, live[0])
    codes = [unit.code for unit in admission.units]

    def ballot(excellent: int) -> MarkedBallot:
        marks = [Mark.EXCELLENT] * excellent + [Mark.GOOD] * (len(codes) - excellent)
        return MarkedBallot(LEADERSHIP, tuple(zip(codes, marks, strict=True)))

    with refused(office.workspace, BallotReason.TOO_MANY_EXCELLENT, "优秀最多评2个，现为3个"):
        cast(office.workspace, admission, ballot(3))
    cast(office.workspace, admission, ballot(2))
    assert session_state(office.workspace, session_id).returned == 1


def test_a_ballot_that_was_sealed_wrongly_does_not_wait_for_the_count(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = office.workspace
    session_id, live, _ = office.open(PEER)
    admission = admit(workspace, session_id, live[0])

    def faulty(*parts: Any) -> str:
        text = seal_ballot(*parts)
        place = text.index('"response":"') + len('"response":"')
        return text[:place] + ("2" if text[place] == "1" else "1") + text[place + 1 :]

    before = workspace.path.read_bytes()
    with monkeypatch.context() as patch, pytest.raises(EvidenceBroken):
        patch.setattr(casting, "seal_ballot", faulty)
        cast(workspace, admission, same_mark(admission, Mark.GOOD))
    assert workspace.path.read_bytes() == before
    cast(workspace, admission, same_mark(admission, Mark.GOOD))
    void_session(workspace, session_id, "试投")


def test_a_session_that_is_suspended_while_a_ballot_is_sealed_takes_it_no_more(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = office.workspace
    session_id, live, _ = office.open(PEER)
    admission = admit(workspace, session_id, live[0])

    def suspended_meanwhile(election: Election, text: str) -> None:
        verify_ballot(election, text)
        suspend_session(workspace, session_id)

    with monkeypatch.context() as patch, pytest.raises(Refused) as error:
        patch.setattr(casting, "verify_ballot", suspended_meanwhile)
        cast(workspace, admission, same_mark(admission, Mark.GOOD))
    assert _reason(error) is SessionReason.WRONG_STAGE
    assert session_state(workspace, session_id).returned == 0
    void_session(workspace, session_id, "试投")
