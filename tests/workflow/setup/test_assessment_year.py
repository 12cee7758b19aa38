"""Is a year read at once, and does it stay what it was when it was read?"""

from pathlib import Path

import pytest

from gaoxin_vote.domain.units import UnitCode
from gaoxin_vote.errors import Refused
from gaoxin_vote.spreadsheets.kinds.adjustments import CLAIMS
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.storage.year import YearReason
from gaoxin_vote.workflow.setup.assessment_year import read_year
from gaoxin_vote.workflow.setup.roster import leaders, rename_unit, units


def test_it_holds_everything_of_the_year(bare: tuple[Workspace, int, Path]) -> None:
    workspace, year, _ = bare
    now = read_year(workspace, year)
    assert (now.number, now.final) == (year, False)
    assert now.units == units(workspace, year)
    assert now.leaders == leaders(workspace, year)
    assert now.kept(CLAIMS) == ()
    assert now.scheme.year == year
    rename_unit(workspace, year, UnitCode("U01"), "党政办")
    assert now.units[0].name == "办公室"
    assert read_year(workspace, year).units[0].name == "党政办"


def test_an_unknown_year_is_refused(bare: tuple[Workspace, int, Path]) -> None:
    with pytest.raises(Refused) as error:
        read_year(bare[0], 1999)
    assert error.value.reason is YearReason.UNKNOWN
