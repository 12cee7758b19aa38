"""Which sessions can be prepared?"""

import json
from pathlib import Path

import pytest

from gaoxin_vote.domain.scheme import SchemeReason
from gaoxin_vote.domain.scheme_file import load_scheme, shipped_scheme_text
from gaoxin_vote.domain.session import SlipMode, Stage
from gaoxin_vote.domain.units import UnitCode
from gaoxin_vote.errors import Refused
from gaoxin_vote.spreadsheets.kinds.units import UNITS
from gaoxin_vote.storage.audit import AuditLog
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.workflow.results.intake import apply_import, preview_import
from gaoxin_vote.workflow.session.held import held_session
from gaoxin_vote.workflow.session.preparation import PreparationReason, SessionPlan, prepare_session
from gaoxin_vote.workflow.session.running import (
    void_session,
)
from gaoxin_vote.workflow.setup.years import add_year, set_scheme
from tests.contests import LEADERSHIP, PEER, leadership
from tests.workflow.conftest import Office, another_year, refused


def _reason(error: pytest.ExceptionInfo[Refused]) -> object:
    return error.value.reason


def test_leadership_slips_are_never_named_and_one_session_of_a_contest_runs_at_a_time(office: Office) -> None:
    workspace = office.workspace
    with pytest.raises(Refused) as error:
        prepare_session(workspace, office.year, SessionPlan(LEADERSHIP, slip_mode=SlipMode.NAMED))
    assert _reason(error) is PreparationReason.SLIP_MODE
    session_id = prepare_session(workspace, office.year, SessionPlan(LEADERSHIP))
    with pytest.raises(Refused) as error:
        prepare_session(workspace, office.year, SessionPlan(LEADERSHIP))
    assert _reason(error) is PreparationReason.RUNNING
    with pytest.raises(Refused):
        void_session(workspace, session_id, " ")
    state = void_session(workspace, session_id, "人员未到")
    assert (state.session.stage, state.session.void_reason) == (Stage.VOIDED, "人员未到")


def test_a_session_that_never_opened_uses_up_no_number(office: Office) -> None:
    """Its slips had the title that the next one has; only an opening counts."""
    workspace = office.workspace
    unopened = prepare_session(workspace, office.year, SessionPlan(PEER))
    office.codes(unopened)
    first = held_session(workspace, unopened)
    void_session(workspace, unopened, "日期变更")
    opened, _, _ = office.open(PEER)
    second = held_session(workspace, opened)
    void_session(workspace, opened, "人数不足")
    third = held_session(workspace, prepare_session(workspace, office.year, SessionPlan(PEER)))
    assert [held.session.title for held in (first, second, third)] == [
        "部门互评",
        "部门互评",
        "部门互评（第2次）",
    ]
    uuids = {held.session.uuid for held in (first, second, third)}
    assert len(uuids) == 3 and first.election.uuid == first.session.uuid
    entries = AuditLog(workspace).entries()
    named = {json.loads(entry.content).get("session") for entry in entries if entry.year == office.year}
    assert uuids <= named
    void_session(workspace, third.session.id, "试")


def test_a_session_needs_units_and_people_who_rate_them(bare: tuple[Workspace, int, Path]) -> None:
    workspace, year, folder = bare
    with refused(workspace, PreparationReason.NO_UNITS, "单位名单中没有：U98、U99"):
        units = tuple(map(UnitCode, ("U01", "U99", "U98")))
        prepare_session(workspace, year, SessionPlan(PEER, units=units))
    with refused(workspace, PreparationReason.NO_UNITS, "没有被评议的单位"):
        prepare_session(workspace, year, SessionPlan(PEER, units=()))
    empty = add_year(workspace, shipped_scheme_text("2017").replace("year = 2017", "year = 2020"))
    with refused(workspace, PreparationReason.NO_UNITS, "没有被评议的单位"):
        prepare_session(workspace, empty, SessionPlan(PEER))
    apply_import(workspace, empty, preview_import(workspace, empty, UNITS, folder / "units.csv"))
    with refused(workspace, PreparationReason.NO_ELECTORS):
        prepare_session(workspace, empty, SessionPlan(LEADERSHIP))


@pytest.mark.parametrize("spares", [-1, 501])
def test_nobody_wants_so_many_spares(bare: tuple[Workspace, int, Path], spares: int) -> None:
    workspace, year, _ = bare
    with refused(workspace, PreparationReason.BAD_SPARES):
        prepare_session(workspace, year, SessionPlan(PEER, spares=spares))


def test_leaders_who_do_not_fit_the_scheme_do_not_vote(bare: tuple[Workspace, int, Path]) -> None:
    """A scheme that is chosen after the leaders may have weight groups that they do not know."""
    workspace = bare[0]
    weighted = shipped_scheme_text("weighted").replace("year = 2017", "year = 2025")
    groups = leadership(load_scheme(weighted)).group_names
    leaders = [f"{group}{number},{group}{number},{group}" for group in groups for number in range(3)]
    plain = shipped_scheme_text("2017").replace("year = 2017", "year = 2025")
    year = another_year(bare, plain, "\n".join(["code,title,group", *leaders, "X,书记,别的组"]) + "\n")
    set_scheme(workspace, year, weighted)
    with refused(workspace, SchemeReason.ROSTER):
        prepare_session(workspace, year, SessionPlan(LEADERSHIP, group=groups[0]))


def test_too_few_leaders_cannot_keep_a_secret(bare: tuple[Workspace, int, Path]) -> None:
    text = shipped_scheme_text("2017").replace("year = 2017", "year = 2026")
    year = another_year(bare, text, "code,title\nL1,甲\nL2,乙\n")
    with refused(bare[0], PreparationReason.TOO_FEW):
        prepare_session(bare[0], year, SessionPlan(LEADERSHIP))
