"""Does a sheet's subject carry what its figures need, and nothing of sessions that do not exist?"""

import pytest

from gaoxin_vote.errors import Refused
from gaoxin_vote.workflow.record.sample import SampleRun
from gaoxin_vote.workflow.reports.reading import subject_of, year_facts
from gaoxin_vote.workflow.reports.report_list import report_of
from gaoxin_vote.workflow.reports.tally_report import REPORT
from gaoxin_vote.workflow.session.running import void_session
from tests.contests import LEADERSHIP, PEER
from tests.workflow.conftest import Office, session_of


def test_a_tallied_session_comes_with_its_count(sample_year: SampleRun) -> None:
    subject = subject_of(
        sample_year.workspace, 2017, report_of("F5").form, session_of(sample_year.workspace, LEADERSHIP).uuid
    )
    assert subject.held.counted is not None and subject.held.room is not None
    assert subject.held.counted.tally.reconciliation.returned == subject.held.room.returned == 9
    assert len(subject.held.counted.opened_by) == 2


def test_a_session_before_its_count_has_none(office: Office) -> None:
    session_id, _, _ = office.open(PEER)
    (session,) = year_facts(office.workspace, office.year).sessions
    subject = subject_of(office.workspace, office.year, REPORT.form, session.session.uuid)
    assert subject.held.counted is None
    assert REPORT.readiness(subject).waiting == "尚未计票"
    void_session(office.workspace, session_id, "试")
    assert year_facts(office.workspace, office.year).sessions == ()
    with pytest.raises(Refused):
        subject_of(office.workspace, office.year, REPORT.form, session.session.uuid)
