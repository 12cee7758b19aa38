"""May keys be made anew, and do the earlier ones stay with what was counted under them?"""

from pathlib import Path

import pytest

from gaoxin_vote.domain.acts import Act
from gaoxin_vote.errors import Refused
from gaoxin_vote.storage.audit import AuditLog
from gaoxin_vote.storage.ceremony import CeremonyStore, HeldKeysReason
from gaoxin_vote.storage.sessions import SessionStore
from gaoxin_vote.storage.year import YearReason
from gaoxin_vote.workflow.ceremony.held_ceremonies import (
    RenewalReason,
    ceremonies,
    ceremony_facts,
    ceremony_of,
    renewal_obstacles,
)
from gaoxin_vote.workflow.ceremony.trustee_keys import begin_ceremony
from gaoxin_vote.workflow.record.sample import SampleRun
from gaoxin_vote.workflow.session.preparation import SessionPlan, prepare_session
from gaoxin_vote.workflow.session.running import open_session, suspend_session, void_session
from gaoxin_vote.workflow.session.slip_making import make_slips
from tests.contests import LEADERSHIP, PEER
from tests.workflow.conftest import TRUSTEES, Office, refused, renewed
from tests.workflow.tally.closing import closed, count_all

WHY = "区纪委的密钥文件遗失"


def test_keys_that_a_session_needs_are_not_replaced(office: Office) -> None:
    workspace, year = office.workspace, office.year
    prepared = prepare_session(workspace, year, SessionPlan(PEER))
    assert renewal_obstacles(workspace, year) == ()  # without slips it is bound to no keys
    make_slips(workspace, prepared)
    _refused(office, "部门互评已用现在的密钥生成票码条", "先作废这场会议")
    open_session(workspace, prepared)
    _refused(office, "部门互评进行中", "只能作废")
    suspend_session(workspace, prepared)
    _refused(office, "部门互评暂停", "只能作废")
    void_session(workspace, prepared, "试投")
    waiting = closed(office)
    _refused(office, "已封箱，尚未计票：请先开箱计票", "只能作废")
    void_session(workspace, waiting, "密钥遗失，无法开箱")
    assert renewal_obstacles(workspace, year) == ()


def test_not_without_a_reason(office: Office) -> None:
    with refused(office.workspace, RenewalReason.REASON_MISSING, "写明原因"):
        begin_ceremony(office.workspace, office.year, TRUSTEES, 2, reason=" ")


def test_the_keys_of_a_finalised_year_stay(sample_year: SampleRun) -> None:
    with refused(sample_year.workspace, YearReason.FINALISED):
        begin_ceremony(sample_year.workspace, 2017, TRUSTEES, 2, reason=WHY)


def test_a_session_that_began_meanwhile_forbids_the_new_keys(office: Office, tmp_path: Path) -> None:
    workspace, year = office.workspace, office.year
    session_id = prepare_session(workspace, year, SessionPlan(PEER))
    ceremony = begin_ceremony(workspace, year, ("甲", "乙"), 2, reason=WHY)
    for index in range(2):
        ceremony.hand_over(index, f"trustee {index} secret", tmp_path / f"{index}.gxk")
    make_slips(workspace, session_id)
    with refused(workspace, HeldKeysReason.IN_USE, "还有测评会议要用现在的密钥"):
        ceremony.complete()
    void_session(workspace, session_id, "试投")
    ceremony.abandon()


def test_what_was_counted_keeps_its_keys_and_what_follows_gets_the_new_ones(office: Office) -> None:
    workspace, year = office.workspace, office.year
    counted = closed(office, LEADERSHIP)
    count_all(office, counted)
    first = ceremony_facts(workspace, year)
    assert first is not None
    again = renewed(office, WHY)
    second = ceremony_facts(workspace, year)
    assert second is not None
    assert (second.number, second.reason, second.names) == (2, WHY, TRUSTEES)
    assert ceremonies(workspace, year) == (first, second)
    assert second.trustees_fingerprint != first.trustees_fingerprint
    # What was signed stays signed with the year's certificate.
    assert second.certificate_fingerprint == first.certificate_fingerprint
    keys = {kept.secret_key for kept in CeremonyStore(workspace).ceremonies(year)}
    assert len(keys) == 2
    later, _, _ = again.open(PEER)
    store = SessionStore(workspace)
    for session_id, facts in ((counted, first), (later, second)):
        election = store.kept(session_id).election
        assert election is not None
        found = ceremony_of(workspace, year, election.trustees)
        assert found is not None and found[1] == facts
    told = [e.content for e in AuditLog(workspace).entries(year) if e.act == Act.HOLD_CEREMONY.value]
    assert WHY not in told[0] and WHY in told[1]
    assert ceremony_of(workspace, year, "[]") is None
    void_session(workspace, later, "试投")


def _refused(office: Office, *words: str) -> None:
    with pytest.raises(Refused) as error:
        begin_ceremony(office.workspace, office.year, TRUSTEES, 2, reason=WHY)
    assert error.value.reason is HeldKeysReason.IN_USE
    (told,) = error.value.details
    assert all(word in told for word in words)
