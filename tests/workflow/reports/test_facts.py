"""Of what are there sheets in each scope, and what are they called?"""

from gaoxin_vote.documents.forms.form import Scope
from gaoxin_vote.storage.sessions import SessionStore
from gaoxin_vote.workflow.record.sample import SampleRun
from gaoxin_vote.workflow.reports.facts import subjects
from gaoxin_vote.workflow.reports.reading import year_facts


def test_each_scope_has_its_subjects(sample_year: SampleRun) -> None:
    year = year_facts(sample_year.workspace, 2017)
    sessions = subjects(year, Scope.SESSION)
    assert [(subject.key, subject.title) for subject in sessions] == [
        (session.uuid, title)
        for session, title in zip(
            SessionStore(sample_year.workspace).sessions(2017), ("领导评议", "部门互评"), strict=True
        )
    ]
    (whole,) = subjects(year, Scope.YEAR)
    assert (whole.key, whole.title) == ("2017", "2017年度")
    units = subjects(year, Scope.UNIT)
    assert len(units) == 25
    assert (units[2].key, units[2].title) == ("U03", "机关党委")
    assert year.record is not None and year.record.blockers == ()
