"""Persons on an own roster: imported like leaders, locked like leaders, voters of their contest."""

from pathlib import Path
from typing import Any

import pytest

from gaoxin_vote.domain.contest import Contest, ContestCode
from gaoxin_vote.domain.scheme import SchemeReason
from gaoxin_vote.domain.scheme_file import shipped_scheme_text
from gaoxin_vote.domain.units import Rater
from gaoxin_vote.errors import Refused
from gaoxin_vote.spreadsheets.kind import Kind
from gaoxin_vote.spreadsheets.kinds.raters import RATERS
from gaoxin_vote.spreadsheets.kinds.units import UNITS
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.workflow.results.assessing import inputs
from gaoxin_vote.workflow.results.intake import apply_import, preview_import
from gaoxin_vote.workflow.session.preparation import PreparationReason, SessionPlan, prepare_session
from gaoxin_vote.workflow.session.running import void_session
from gaoxin_vote.workflow.session.turnout import session_state, year_sessions
from gaoxin_vote.workflow.setup.roster import missing_lists
from gaoxin_vote.workflow.setup.years import SetupReason, add_year, set_scheme
from tests.contests import LEADERSHIP
from tests.workflow.conftest import refused

DEPUTIES = Contest(ContestCode("deputies"), "代表评议")
Bare = tuple[Workspace, int, Path]


def scheme_text(year: int, weights: str = "{}") -> str:
    """The scheme of 2018 in which deputies rate in place of the leaders."""
    text = shipped_scheme_text("plain").replace("year = 2018", f"year = {year}")
    text = text.replace('code = "leader"', 'code = "deputies"').replace('"领导评议"', '"代表评议"')
    text = text.replace('raters = "leaders"', 'raters = "persons"').replace(
        "weights = {}", f"weights = {weights}"
    )
    return text.replace('"leader", "peer"', '"deputies", "peer"')


def take(bare: Bare, year: int, kind: Kind[Any], rows: str) -> None:
    workspace, _, folder = bare
    path = folder / f"{kind.value}-{year}.csv"
    path.write_text(rows, encoding="utf-8")
    apply_import(workspace, year, preview_import(workspace, year, kind, path))


def begun(bare: Bare, year: int, weights: str = "{}") -> None:
    add_year(bare[0], scheme_text(year, weights))
    apply_import(bare[0], year, preview_import(bare[0], year, UNITS, bare[2] / "units.csv"))


PERSONS = "测评项目,代码,姓名\n代表评议,P1,甲\n代表评议,P2,乙\ndeputies,P3,丙\n"


def test_persons_are_the_roll_of_their_contest(bare: Bare) -> None:
    workspace = bare[0]
    begun(bare, 2031)
    assert missing_lists(workspace, 2031) == (RATERS,)
    with pytest.raises(Refused, match="评议人名单") as error:
        prepare_session(workspace, 2031, SessionPlan(DEPUTIES))
    assert error.value.reason is PreparationReason.NO_ELECTORS
    take(bare, 2031, RATERS, PERSONS)
    assert year_sessions(workspace, 2031).missing == ()
    session_id = prepare_session(workspace, 2031, SessionPlan(DEPUTIES))
    roll = session_state(workspace, session_id).roll
    assert [(one.code, one.label, one.unit) for one in roll.electors] == [
        ("P1", "甲", None),
        ("P2", "乙", None),
        ("P3", "丙", None),
    ]
    assert inputs(workspace, 2031).raters[0] == Rater(DEPUTIES.code, "P1", "甲")
    with pytest.raises(Refused) as locked:
        take(bare, 2031, RATERS, PERSONS.replace("甲", "丁"))
    assert locked.value.reason is SetupReason.IN_USE


def test_weight_groups_of_persons_need_three_each(bare: Bare) -> None:
    begun(bare, 2032, '{ "人大" = 0.5, "政协" = 0.5 }')
    rows = "测评项目,代码,姓名,组别\n" + "".join(
        f"代表评议,{group}{number},{group}{number},{group}\n"
        for group in ("人大", "政协")
        for number in (1, 2, 3)
    )
    with pytest.raises(Refused) as error:
        take(bare, 2032, RATERS, rows.removesuffix("代表评议,政协3,政协3,政协\n"))
    assert error.value.reason is SchemeReason.ROSTER
    assert "“政协”只有2人" in "".join(error.value.details)
    take(bare, 2032, RATERS, rows)
    session_id = prepare_session(bare[0], 2032, SessionPlan(DEPUTIES, group="政协"))
    assert session_state(bare[0], session_id).roll.should_attend == 3
    assert session_state(bare[0], session_id).session.title == "代表评议·政协"


def test_a_contest_that_had_a_session_stays_in_the_scheme(bare: Bare) -> None:
    workspace = bare[0]
    begun(bare, 2033)
    take(bare, 2033, RATERS, PERSONS)
    void_session(workspace, prepare_session(workspace, 2033, SessionPlan(DEPUTIES)), "名单有误")
    other = shipped_scheme_text("plain").replace("year = 2018", "year = 2033")
    with pytest.raises(Refused, match="须保留“代表评议”") as error:
        set_scheme(workspace, 2033, other)
    assert error.value.reason is SetupReason.IN_USE
    assert set_scheme(workspace, 2033, scheme_text(2033)).contests[0].contest == DEPUTIES
    with pytest.raises(Refused) as unknown:
        prepare_session(workspace, 2033, SessionPlan(LEADERSHIP))
    assert unknown.value.reason is SchemeReason.NO_CONTEST


def test_persons_who_do_not_fit_a_later_scheme_do_not_vote(bare: Bare) -> None:
    """A scheme that is chosen after the persons may have weight groups of which some persons are none."""
    begun(bare, 2034, '{ "人大" = 0.5, "政协" = 0.5 }')
    rows = "测评项目,代码,姓名,组别\n" + "".join(
        f"代表评议,{group}{number},{group}{number},{group}\n"
        for group in ("人大", "政协")
        for number in (1, 2, 3)
    )
    take(bare, 2034, RATERS, rows)
    set_scheme(bare[0], 2034, scheme_text(2034, '{ "人大" = 0.5, "群众" = 0.5 }'))
    with refused(bare[0], SchemeReason.ROSTER):
        prepare_session(bare[0], 2034, SessionPlan(DEPUTIES, group="人大"))
