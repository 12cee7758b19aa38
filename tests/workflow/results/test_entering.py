"""Does entering wait for the units, stop at sessions and results, and refuse what contradicts them?"""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from gaoxin_vote.domain.contest import ContestCode, Grade
from gaoxin_vote.domain.indicator import Indicator
from gaoxin_vote.domain.scheme import SchemeReason
from gaoxin_vote.domain.scheme_file import shipped_scheme_text
from gaoxin_vote.domain.units import Leader, Rater, UnitCode
from gaoxin_vote.errors import Refused
from gaoxin_vote.spreadsheets.kinds.adjustments import CLAIMS
from gaoxin_vote.spreadsheets.kinds.raters import RATERS
from gaoxin_vote.spreadsheets.kinds.standings import HISTORY
from gaoxin_vote.spreadsheets.kinds.targets import TARGETS
from gaoxin_vote.spreadsheets.kinds.units import LEADERS, UNITS
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.storage.year import YearReason
from gaoxin_vote.workflow.record.sample import SampleRun
from gaoxin_vote.workflow.results.assessing import own_history
from gaoxin_vote.workflow.results.entering import (
    EnteringReason,
    reading_context,
    require_fitting,
    require_open,
)
from gaoxin_vote.workflow.session.preparation import SessionPlan, prepare_session
from gaoxin_vote.workflow.session.running import void_session
from gaoxin_vote.workflow.setup.register import keep, keep_catalogue
from gaoxin_vote.workflow.setup.roster import units
from gaoxin_vote.workflow.setup.years import SetupReason, add_year
from tests.contests import LEADERSHIP
from tests.workflow.conftest import refused
from tests.workflow.test_rosters import scheme_text

Bare = tuple[Workspace, int, Path]


def begun(workspace: Workspace, year: int, scheme: str = "2017") -> int:
    """A year without units."""
    text = shipped_scheme_text(scheme)
    return add_year(workspace, text.replace("year = 2017", f"year = {year}"))


def test_only_the_lists_of_units_and_leaders_may_come_before_the_units(bare: Bare) -> None:
    workspace, filled, _ = bare
    year = begun(workspace, 2051)
    for kind in (UNITS, LEADERS):
        require_open(workspace, year, kind)
    for kind in (RATERS, CLAIMS, TARGETS, HISTORY):
        with refused(workspace, EnteringReason.NO_UNITS):
            require_open(workspace, year, kind)
        require_open(workspace, filled, kind)


def test_a_session_closes_the_rosters_alone(bare: Bare) -> None:
    workspace, year, _ = bare
    session_id = prepare_session(workspace, year, SessionPlan(LEADERSHIP))
    for kind in (UNITS, LEADERS, RATERS):
        with refused(workspace, SetupReason.IN_USE):
            require_open(workspace, year, kind)
    for kind in (CLAIMS, TARGETS, HISTORY):
        require_open(workspace, year, kind)
    void_session(workspace, session_id, "试")
    require_open(workspace, year, LEADERS)


def test_a_finalised_year_is_closed_to_every_kind(sample_year: SampleRun) -> None:
    for kind in (UNITS, CLAIMS, HISTORY):
        with refused(sample_year.workspace, YearReason.FINALISED):
            require_open(sample_year.workspace, 2017, kind)


def test_rows_are_read_against_the_targets_and_before_them_against_the_first_scores(bare: Bare) -> None:
    workspace, year, _ = bare
    before = reading_context(workspace, year)
    assert before.scheme.year == year and before.names.units == units(workspace, year)
    assert not before.catalogue
    scored, target = (Indicator(None, code, "全部指标", Decimal(80)) for code in ("Z1", "T1"))
    keep_catalogue(workspace, year, (scored,))
    assert reading_context(workspace, year).catalogue.indicators == (scored,)
    keep(workspace, year, TARGETS, (target,))
    assert reading_context(workspace, year).catalogue.indicators == (target,)


def test_leaders_must_fit_the_weight_groups_but_may_be_entered_one_by_one(bare: Bare) -> None:
    workspace = bare[0]
    year = begun(workspace, 2052, "weighted")
    first, second = (tuple(Leader(f"{g}{n}", f"{g}{n}", g) for n in "123") for g in ("主要领导", "其他领导"))
    require_fitting(workspace, year, LEADERS, (*first, *second))
    with refused(workspace, SchemeReason.ROSTER):
        require_fitting(workspace, year, LEADERS, first)
    require_fitting(workspace, year, LEADERS, first, first[:2])
    with refused(workspace, SchemeReason.ROSTER):
        require_fitting(workspace, year, LEADERS, first, (*first, *second))


def test_persons_must_fit_the_weight_groups_but_may_be_entered_one_by_one(bare: Bare) -> None:
    workspace = bare[0]
    year = add_year(workspace, scheme_text(2053, '{ "人大" = 0.5, "政协" = 0.5 }'))
    contest = ContestCode("deputies")
    persons = tuple(Rater(contest, f"{g}{n}", f"{g}{n}", g) for g in ("人大", "政协") for n in "123")
    require_fitting(workspace, year, RATERS, persons)
    with refused(workspace, SchemeReason.ROSTER):
        require_fitting(workspace, year, RATERS, persons[:-1])
    require_fitting(workspace, year, RATERS, persons[:-1], persons[:-2])
    with refused(workspace, SchemeReason.ROSTER):
        require_fitting(workspace, year, RATERS, persons[:-1], persons)


def test_history_that_contradicts_a_finalised_year_is_refused_naming_both(finished: Workspace) -> None:
    workspace = finished
    year = begun(workspace, 2054)
    keep(workspace, year, UNITS, units(workspace, 2017))
    own = {entry.unit: entry for entry in own_history(workspace, year)}
    first, last = own[UnitCode("U07")], next(entry for entry in own.values() if entry.is_last)
    require_fitting(workspace, year, HISTORY, (first, last, replace(first, year=2016, rank=9)))
    wrong = (replace(first, rank=2, grade=Grade.GOOD), replace(last, is_last=False), own[UnitCode("U01")])
    with pytest.raises(Refused) as error:
        require_fitting(workspace, year, HISTORY, wrong)
    assert error.value.reason is EnteringReason.HISTORY_DIFFERS
    better, kept_last = error.value.details
    assert better == "2017年 招商合作局：本工作区已定稿为第1名、优秀；这里为第2名、良好。"
    assert kept_last.count("排名最后") == 1 and "、排名最后；这里为" in kept_last
