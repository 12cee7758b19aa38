"""Which figures stand on 计票结果报告单, and when is it ready?"""

from dataclasses import replace

from gaoxin_vote.domain.session import Stage
from gaoxin_vote.workflow.record.sample import SampleRun
from gaoxin_vote.workflow.reports.reading import subject_of
from gaoxin_vote.workflow.reports.tally_report import REPORT, tally_figures
from tests.contests import PEER
from tests.workflow.conftest import session_of


def test_the_figures_follow_from_the_count(sample_year: SampleRun) -> None:
    subject = subject_of(
        sample_year.workspace, 2017, REPORT.form, session_of(sample_year.workspace, PEER).uuid
    )
    figures = tally_figures(subject)
    assert figures.title == "高新区2017年度目标任务考核部门互评"
    assert figures.record_id.startswith("2017-peer-1-")
    assert [row.number for row in figures.rows] == list(range(1, 26))
    assert figures.rows[6].name == "招商合作局"
    assert figures.rows[6].count.grades == (14, 10, 0, 0)
    assert figures.sample


def test_it_waits_for_the_count_and_lacks_what_is_not_entered(sample_year: SampleRun) -> None:
    subject = subject_of(
        sample_year.workspace, 2017, REPORT.form, session_of(sample_year.workspace, PEER).uuid
    )
    assert REPORT.readiness(subject).words == ""
    held = subject.held
    open_session = replace(subject, session=replace(held, session=replace(held.session, stage=Stage.OPEN)))
    assert REPORT.readiness(open_session).waiting == "尚未计票"
    without = replace(subject, session=replace(held, minutes=replace(held.minutes, place="")))
    assert REPORT.readiness(without).lacking and REPORT.readiness(without).where
