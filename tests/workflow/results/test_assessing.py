"""What do the results of a year rest on, as it stands?"""

from pathlib import Path

from gaoxin_vote.domain.units import UnitCode
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.workflow.record.sample import SampleRun
from gaoxin_vote.workflow.results.assessing import assessment, explanation, inputs, is_final, own_history


def test_a_year_that_has_only_its_lists_is_blocked_and_computed_all_the_same(
    bare: tuple[Workspace, int, Path],
) -> None:
    workspace, year, _ = bare
    given = inputs(workspace, year)
    assert (len(given.units), len(given.leaders), given.tallies, given.scores) == (5, 3, (), ())
    record = assessment(workspace, year)
    assert record.blockers and all(outcome.composite is None for outcome in record.outcomes)
    assert not is_final(workspace, year)


def test_the_finalised_year_is_history_of_the_next(sample_year: SampleRun) -> None:
    workspace = sample_year.workspace
    assert own_history(workspace, 2017) == ()
    entries = {entry.unit: entry for entry in own_history(workspace, 2018)}
    assert len(entries) == 25
    for outcome in sample_year.record.outcomes:
        assert outcome.standing is not None
        entry = entries[outcome.unit.code]
        assert (entry.year, entry.rank, entry.grade) == (2017, outcome.standing.rank, outcome.grade)
        assert entry.is_last is outcome.standing.is_last


def test_the_explanation_tells_the_same_figures(sample_year: SampleRun) -> None:
    told = explanation(sample_year.workspace, 2017, UnitCode("U01"))
    assert told.composite is not None
    assert sample_year.record.outcomes[0].unit.code == "U01"
