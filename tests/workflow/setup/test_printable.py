"""Is a name that cannot be printed told when it is entered, wherever names are entered?"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gaoxin_vote.documents.typeface import TypefaceReason
from gaoxin_vote.domain.minutes import SessionMinutes
from gaoxin_vote.domain.scheme_file import shipped_scheme_text
from gaoxin_vote.domain.units import UnitCode
from gaoxin_vote.errors import Refused
from gaoxin_vote.spreadsheets.kind import Kind
from gaoxin_vote.spreadsheets.kinds.standings import EVENTS
from gaoxin_vote.spreadsheets.kinds.units import LEADERS, UNITS
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.workflow.ceremony.trustee_keys import begin_ceremony
from gaoxin_vote.workflow.results.entering import require_fitting
from gaoxin_vote.workflow.results.intake import preview_import
from gaoxin_vote.workflow.session.meeting import set_meeting
from gaoxin_vote.workflow.setup.printable import require_printable
from gaoxin_vote.workflow.setup.roster import rename_leader, rename_unit, units
from gaoxin_vote.workflow.setup.workspaces import create_workspace
from gaoxin_vote.workflow.setup.years import add_year, set_scheme
from tests.contests import LEADERSHIP
from tests.stretching import CHEAP_COSTS
from tests.workflow.conftest import PASSPHRASE, Clock, Office, refused

UNDRAWN = "李\U0002a6a5"
"""A hanzi of four dragons that no bundled face has."""
Entering = Callable[[Workspace, int], object]


def test_a_name_with_rare_characters_may_stand() -> None:
    require_printable(SessionMinutes(LEADERSHIP, chief_scrutineer="王𠮷", scrutineers=("李昞", "两\n行")))


@pytest.mark.parametrize(
    "entering",
    [
        lambda workspace, year: rename_unit(workspace, year, UnitCode("U01"), UNDRAWN),
        lambda workspace, year: rename_leader(workspace, year, "L1", UNDRAWN),
        lambda workspace, year: set_scheme(workspace, year, _scheme(year)),
        lambda workspace, _year: add_year(workspace, _scheme(2052)),
        lambda workspace, year: begin_ceremony(workspace, year, ("甲", "乙", UNDRAWN), 2),
        lambda workspace, year: require_fitting(
            workspace,
            year,
            UNITS,
            (*units(workspace, year)[1:], replace(units(workspace, year)[0], name=UNDRAWN)),
        ),
    ],
    ids=["unit", "leader", "scheme", "year", "trustee", "file"],
)
def test_a_name_that_no_face_draws_is_told_when_it_is_entered(
    bare: tuple[Workspace, int, Path], entering: Entering
) -> None:
    workspace, year, _ = bare
    with refused(workspace, TypefaceReason.NO_GLYPH, "U\\+2A6A5"):
        entering(workspace, year)


@pytest.mark.parametrize(
    ("kind", "rows", "place"),
    [
        (
            UNITS,
            ("code,name,class,staff", "U01,办公室,机关部门,28", f"U02,{UNDRAWN},机关部门,21"),
            "第3行B列",
        ),
        (LEADERS, ("code,title", f"L1,{UNDRAWN}", "L2,管委会主任"), "第2行B列"),
        (
            EVENTS,
            (
                "event_id,unit_code,kind,area,description,evidence,decided_on",
                f"E1,U01,D5,,虚报,考核办〔2018〕1号{UNDRAWN},2018-01-16",
            ),
            "第2行F列",
        ),
    ],
    ids=["units", "leaders", "events"],
)
def test_a_file_says_in_which_cell(
    bare: tuple[Workspace, int, Path], tmp_path: Path, kind: Kind[Any], rows: tuple[str, ...], place: str
) -> None:
    workspace, year, _ = bare
    (tmp_path / "表.csv").write_text("\n".join(rows), "utf-8")
    with pytest.raises(Refused) as caught:
        preview_import(workspace, year, kind, tmp_path / "表.csv")
    (line, *_) = caught.value.details
    assert line.startswith(f"表.csv {place}：") and "U+2A6A5" in line and "不在打印字库中" in line


def test_so_are_the_people_of_a_meeting(office: Office) -> None:
    session_id, _, _ = office.open(LEADERSHIP)
    with refused(office.workspace, TypefaceReason.NO_GLYPH, "U\\+2A6A5"):
        set_meeting(office.workspace, session_id, SessionMinutes(LEADERSHIP, tellers=("甲", UNDRAWN)))


def test_so_is_the_office(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="U\\+2A6A5"):
        create_workspace(tmp_path / "w.gxv", PASSPHRASE, UNDRAWN, Clock(), CHEAP_COSTS)
    assert list(tmp_path.iterdir()) == []


def _scheme(year: int) -> str:
    text = shipped_scheme_text("2017").replace("year = 2017", f"year = {year}")
    return text.replace("领导评议", f"{UNDRAWN}评议")
