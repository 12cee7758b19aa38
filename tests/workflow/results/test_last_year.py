"""How did the units stand in the year before?"""

from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.workflow.record.sample import SampleRun
from gaoxin_vote.workflow.results.last_year import last_year
from gaoxin_vote.workflow.results.next_year import begin_next_year, next_year


def test_last_years_standings_are_those_of_its_record(finished: Workspace, sample_year: SampleRun) -> None:
    stood = last_year(finished, 2018)
    assert len(stood) == 25
    for outcome in sample_year.record.outcomes:
        assert outcome.standing is not None and outcome.grade is not None
        told = stood[outcome.unit.code]
        assert (told.composite, told.rank, told.class_rank, told.grade) == (
            sample_year.record.score_text(outcome.composite),
            outcome.standing.rank,
            outcome.standing.class_rank,
            outcome.grade.label,
        )
    assert last_year(finished, 2017) == {}


def test_no_standings_of_a_year_that_is_not_final_or_longer_ago(finished: Workspace) -> None:
    assert last_year(finished, 2019) == {}
    begin_next_year(finished, next_year(finished))
    begin_next_year(finished, next_year(finished))
    assert last_year(finished, 2019) == {}
