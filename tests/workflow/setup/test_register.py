"""Do values come back from the register as they were kept, each kind by itself?"""

from pathlib import Path

from gaoxin_vote.domain.units import Leader
from gaoxin_vote.spreadsheets.kinds.units import LEADERS, UNITS
from gaoxin_vote.storage.register import Changes
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.workflow.setup.register import keep, kept

Bare = tuple[Workspace, int, Path]


def test_what_is_kept_comes_back_in_its_order(bare: Bare) -> None:
    workspace, year, _ = bare
    before = kept(workspace, year, UNITS)
    people = (Leader("L9", "主席", group="甲组"), Leader("L1", "书记"))
    assert keep(workspace, year, LEADERS, people)
    assert kept(workspace, year, LEADERS) == people
    assert kept(workspace, year, UNITS) == before


def test_the_same_again_changes_nothing(bare: Bare) -> None:
    workspace, year, _ = bare
    people = kept(workspace, year, LEADERS)
    assert keep(workspace, year, LEADERS, people) == Changes()
    assert keep(workspace, year, LEADERS, people[::-1]) == Changes(reordered=True)
