"""What does the program make a guess cost?"""

import inspect

import pytest

from gaoxin_vote import bootstrap
from gaoxin_vote.gui.shell.presenter import ShellPresenter
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.stretching import FULL_COSTS, Stretching
from gaoxin_vote.workflow.record.sample import create_sample, run_sample
from gaoxin_vote.workflow.setup.workspaces import create_workspace, open_workspace


def test_the_costs_are_those_of_the_file_format_and_the_protocol() -> None:
    assert FULL_COSTS.workspace == Stretching(memory_kib=256 * 1024, iterations=3, lanes=4)
    assert FULL_COSTS.share == Stretching(memory_kib=256 * 1024, iterations=3, lanes=4)
    assert FULL_COSTS.slip == Stretching(memory_kib=64 * 1024, iterations=3, lanes=4)


@pytest.mark.parametrize(
    "door",
    [
        Workspace.create,
        Workspace.open,
        create_workspace,
        open_workspace,
        create_sample,
        run_sample,
        ShellPresenter,
        bootstrap.make_window,
    ],
)
def test_whoever_says_nothing_pays_the_full_cost(door: object) -> None:
    assert callable(door)
    assert inspect.signature(door).parameters["costs"].default is FULL_COSTS
