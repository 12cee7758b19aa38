"""How many processes pay?"""

import os

import pytest

from gaoxin_vote.workflow.verify.processes import paying_processes


@pytest.mark.parametrize(("size", "most"), [(0, 1), (2**20 - 1, 1), (2**20, 2), (5 * 2**20, 6)])
def test_one_more_for_each_megabyte_as_far_as_there_are_processors(size: int, most: int) -> None:
    assert paying_processes(size) == min(most, os.cpu_count() or 1)


def test_never_more_than_windows_can_wait_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 500)
    assert paying_processes(2**40) == 60
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert paying_processes(2**40) == 1
