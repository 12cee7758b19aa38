"""Are names corrected, and are those refused that would be taken for others?"""

from pathlib import Path

import pytest

from gaoxin_vote.domain.units import UnitCode
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.workflow.setup.roster import leaders, rename_leader, rename_unit, units
from gaoxin_vote.workflow.setup.years import SetupReason
from tests.workflow.conftest import refused

Bare = tuple[Workspace, int, Path]


@pytest.mark.parametrize(
    ("name", "words"), [("  ", "不能为空"), ("财政局", "已有名为“财政局”的单位"), (" 财政局 ", "财政局")]
)
def test_a_unit_has_a_name_of_its_own(bare: Bare, name: str, words: str) -> None:
    workspace, year, _ = bare
    with refused(workspace, SetupReason.NO_NAME, words):
        rename_unit(workspace, year, UnitCode("U01"), name)


def test_a_leader_has_a_title(bare: Bare) -> None:
    workspace, year, _ = bare
    with refused(workspace, SetupReason.NO_NAME, "职务不能为空"):
        rename_leader(workspace, year, "L1", "")


def test_a_corrected_name_keeps_the_old_one_as_an_alias(bare: Bare) -> None:
    workspace, year, _ = bare
    rename_unit(workspace, year, UnitCode("U01"), " 党政办公室 ")
    unit = units(workspace, year)[0]
    assert (unit.name, unit.aliases) == ("党政办公室", ("办公室",))
    rename_leader(workspace, year, "L1", "书记")
    assert leaders(workspace, year)[0].title == "书记"
