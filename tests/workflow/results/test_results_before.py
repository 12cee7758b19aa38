"""Are the results of the years before taken over later, once they are final?"""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from gaoxin_vote.domain.acts import Act
from gaoxin_vote.domain.consequence import HistoryEntry
from gaoxin_vote.domain.contest import Grade
from gaoxin_vote.domain.units import UnitCode
from gaoxin_vote.spreadsheets.kinds.standings import HISTORY
from gaoxin_vote.spreadsheets.kinds.units import UNITS
from gaoxin_vote.storage.audit import AuditLog
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.storage.year import YearReason
from gaoxin_vote.workflow.results.entering import EnteringReason
from gaoxin_vote.workflow.results.next_year import begin_next_year, next_year
from gaoxin_vote.workflow.results.results_before import (
    ResultsBefore,
    history_until,
    results_before,
    take_results,
    year_before,
)
from gaoxin_vote.workflow.setup.register import keep, kept
from tests.workflow.conftest import refused

Bare = tuple[Workspace, int, Path]


@pytest.fixture
def begun(finished: Workspace) -> Workspace:
    """The finished 2017 and a 2018 that has its lists and no history."""
    begin_next_year(finished, next_year(finished))
    keep(finished, 2018, HISTORY, ())
    return finished


def test_what_is_missing_is_offered_taken_over_once_and_noted(begun: Workspace) -> None:
    assert results_before(begun, 2018) == ResultsBefore(2017, True, 50)
    assert take_results(begun, 2018) == 50
    assert kept(begun, 2018, HISTORY) == history_until(begun, 2017, 2018)
    entry = AuditLog(begun).entries()[-1]
    assert (entry.act, entry.year) == (Act.TAKE_RESULTS.value, 2018)
    assert json.loads(entry.content) == {"source": 2017, "years": [2016, 2017], "added": 50, "changed": 0}
    assert results_before(begun, 2018) is None
    assert take_results(begun, 2018) == 0
    assert AuditLog(begun).entries()[-1] == entry


def test_what_was_typed_goes_by_the_finalised_record_and_the_rest_stays(begun: Workspace) -> None:
    right = {entry.unit: entry for entry in history_until(begun, 2017, 2018) if entry.year == 2017}
    wrong = replace(right[UnitCode("U01")], rank=24, grade=Grade.FAIL)
    gone = HistoryEntry(2017, UnitCode("Z9"), 26, Grade.PASS, False)
    older = HistoryEntry(2012, UnitCode("U01"), 3, Grade.GOOD, False)
    keep(begun, 2018, HISTORY, (older, wrong, gone))
    assert results_before(begun, 2018) == ResultsBefore(2017, True, 50)
    take_results(begun, 2018)
    now: tuple[HistoryEntry, ...] = kept(begun, 2018, HISTORY)
    assert older in now and gone in now and wrong not in now and right[UnitCode("U01")] in now
    assert len(now) == 52
    assert json.loads(AuditLog(begun).entries()[-1].content)["changed"] == 1


def test_what_was_told_of_a_year_that_is_final_here_is_not_handed_on(begun: Workspace) -> None:
    right = history_until(begun, 2017, 2019)
    keep(
        begun,
        2018,
        HISTORY,
        (replace(right[0], rank=24), HistoryEntry(2016, UnitCode("U01"), 1, Grade.GOOD, False)),
    )
    assert history_until(begun, 2018, 2019) == right


def test_only_as_far_as_the_years_in_a_row_reach(begun: Workspace) -> None:
    assert {entry.year for entry in history_until(begun, 2017, 2019)} == {2017}
    assert history_until(begun, 2017, 2020) == ()
    assert year_before(begun, 2018) == 2017
    assert year_before(begun, 2017) is None


def test_not_before_the_year_before_is_final(bare: Bare) -> None:
    workspace, year, _ = bare
    assert results_before(workspace, year) is None
    begin_next_year(workspace, next_year(workspace))
    assert results_before(workspace, 2018) == ResultsBefore(year, False, 0)
    with refused(workspace, YearReason.NOT_FINALISED, "2017年度尚未定稿，结果还不能接续"):
        take_results(workspace, 2018)
    begin_next_year(workspace, next_year(workspace, 2021))
    assert results_before(workspace, 2021) is None


def test_not_without_a_year_before_nor_units_nor_into_a_final_year(begun: Workspace, bare: Bare) -> None:
    with refused(bare[0], YearReason.UNKNOWN, "没有2017年度以前的考核"):
        take_results(bare[0], 2017)
    with refused(begun, YearReason.FINALISED):
        take_results(begun, 2017)
    assert results_before(begun, 2017) is None
    keep(begun, 2018, UNITS, ())
    with refused(begun, EnteringReason.NO_UNITS):
        take_results(begun, 2018)
