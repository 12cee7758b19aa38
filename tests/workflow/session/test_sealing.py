"""Is what would forbid the count told while it can be mended, and erased only what is sealed?"""

import json

import pytest

from gaoxin_vote.domain.contest import Contest
from gaoxin_vote.errors import Refused
from gaoxin_vote.progress import Cancelled
from gaoxin_vote.storage.audit import AuditLog
from gaoxin_vote.storage.evidence import EvidenceStore
from gaoxin_vote.storage.roll import RollStore
from gaoxin_vote.storage.sessions import SessionStore
from gaoxin_vote.workflow.session.running import close_session, reopen_session, void_session
from gaoxin_vote.workflow.session.sealing import SealReason, seal_session
from gaoxin_vote.workflow.session.slip_desk import check_in, issue_slip, replace_lost
from gaoxin_vote.workflow.session.turnout import session_state
from tests.contests import LEADERSHIP, PEER
from tests.workflow.conftest import Office, refused


def test_a_forgotten_tick_is_named_before_anything_is_lost(office: Office) -> None:
    """Five ballots in the box, four slips ticked, and a reason given: the box stays as it is."""
    workspace = office.workspace
    session_id, live, _ = office.open(PEER)
    issue_slip(workspace, session_id, "U03", False)
    check_in(workspace, session_id, "U03", False)
    for code in live:
        office.vote(session_id, code)
    with refused(workspace, SealReason.NOT_RECONCILED):
        close_session(workspace, session_id, "不知何故")
    with pytest.raises(Refused) as error:
        close_session(workspace, session_id, "不知何故")
    told = "\n".join(error.value.details)
    assert "收回5张，多于发出4张" in told
    assert "“票码条”（领票）：统计局" in told
    assert "“签到”：统计局" in told
    issue_slip(workspace, session_id, "U03", True)
    assert session_state(workspace, session_id).mending == ()
    close_session(workspace, session_id)
    void_session(workspace, session_id, "试投")


def test_the_roll_is_mended_between_close_and_seal(office: Office) -> None:
    workspace = office.workspace
    session_id, live, _ = office.open(PEER)
    for code in live[:4]:
        office.vote(session_id, code)
    issue_slip(workspace, session_id, "U05", False)
    close_session(workspace, session_id)
    issue_slip(workspace, session_id, "U05", True)  # it was handed out after all
    with refused(workspace, SealReason.REASON_MISSING, "发出5张，收回4张"):
        seal_session(workspace, session_id)
    for elector in ("U04", "U05"):  # the desk would refuse: fewer than came back
        RollStore(workspace).set_issued(session_id, elector, False)
    with refused(workspace, SealReason.NOT_RECONCILED):
        seal_session(workspace, session_id, "何故")
    issue_slip(workspace, session_id, "U04", True)
    issue_slip(workspace, session_id, "U05", True)
    state = seal_session(workspace, session_id, "U05的票码条带走了")
    assert state.session.close_reason == "U05的票码条带走了"
    content = json.loads(AuditLog(workspace).entries()[-1].content)
    assert (content["issued"], content["returned"], content["reason"]) == (5, 4, "U05的票码条带走了")
    assert content["encrypted_tally"] == EvidenceStore(workspace).tally_hash(session_id)
    void_session(workspace, session_id, "试投")


def test_what_was_told_at_the_close_need_not_be_told_again(office: Office) -> None:
    workspace = office.workspace
    session_id, live, _ = office.open(PEER)
    for code in live[:4]:
        office.vote(session_id, code)
    close_session(workspace, session_id, "一张封存")
    assert seal_session(workspace, session_id).session.close_reason == "一张封存"
    void_session(workspace, session_id, "试投")


def test_a_roll_mended_after_the_close_leaves_nothing_to_be_explained(office: Office) -> None:
    workspace = office.workspace
    session_id, live, _ = office.open(PEER)
    for code in live[:4]:
        office.vote(session_id, code)
    close_session(workspace, session_id, "一张未收回")
    issue_slip(workspace, session_id, "U05", False)  # none was handed out
    assert seal_session(workspace, session_id, "一张未收回").session.close_reason == ""
    assert json.loads(AuditLog(workspace).entries()[-1].content)["reason"] == ""
    void_session(workspace, session_id, "试投")


def test_a_seal_that_is_cancelled_erases_nothing(office: Office) -> None:
    workspace = office.workspace
    session_id, live, _ = office.open(PEER)
    for code in live:
        office.vote(session_id, code)
    close_session(workspace, session_id)
    secret = SessionStore(workspace).secret(session_id)

    def cancel(*_: object) -> None:
        raise Cancelled

    before = workspace.path.read_bytes()
    with pytest.raises(Cancelled):
        seal_session(workspace, session_id, progress=cancel)
    assert workspace.path.read_bytes() == before
    assert SessionStore(workspace).secret(session_id) == secret
    reopen_session(workspace, session_id)
    void_session(workspace, session_id, "试投")


@pytest.mark.parametrize(("contest", "least"), [(LEADERSHIP, 3), (PEER, 4)])
def test_too_few_ballots_are_never_summed(office: Office, contest: Contest, least: int) -> None:
    """Each unit's sum holds three votes at least: where the own unit is left out, four ballots are needed."""
    workspace = office.workspace
    session_id, live, _ = office.open(contest)
    roll = RollStore(workspace)
    electors = [elector.code for elector in roll.roll(session_id).electors]
    for code in live[:least]:
        office.vote(session_id, code)
    for elector in electors[least:]:
        roll.set_issued(session_id, elector, False)
    close_session(workspace, session_id)
    assert session_state(workspace, session_id).problems == ()
    void_session(workspace, session_id, "试投")
    session_id, live, _ = office.open(contest)
    for code in live[: least - 1]:
        office.vote(session_id, code)
    with refused(workspace, SealReason.TOO_FEW_BALLOTS, f"收回{least - 1}张，少于{least}张.*恢复投票"):
        close_session(workspace, session_id, "其余未收回")
    void_session(workspace, session_id, "收回太少")


@pytest.mark.parametrize(("contest", "least"), [(LEADERSHIP, 3), (PEER, 4)])
def test_who_votes_with_a_lost_slip_too_leaves_nobody_alone(
    office: Office, contest: Contest, least: int
) -> None:
    """Ballots of one person are no three votes: with another's alone beside them, that one would be told."""
    workspace = office.workspace
    session_id, live, spares = office.open(contest, spares=3)
    (first, *_) = session_state(workspace, session_id).roll.electors
    replace_lost(workspace, session_id, first.code, "总监票人同意", spares[0])
    for code in (live[0], spares[0], *live[1 : least - 1]):
        office.vote(session_id, code)
    assert session_state(workspace, session_id).returned == least
    words = f"收回{least}张，少于{least + 1}张（1张遗失补发的"
    assert words in session_state(workspace, session_id).too_few
    with refused(workspace, SealReason.TOO_FEW_BALLOTS, "各投了一次.*恢复投票"):
        close_session(workspace, session_id, "一张未收回")
    void_session(workspace, session_id, "收回太少")
