"""Can whoever holds an open workspace do nothing with it but hand it to the workflow, or close it?"""

from datetime import UTC, datetime
from pathlib import Path

from gaoxin_vote.domain.scheme_file import shipped_scheme_text
from gaoxin_vote.workflow.setup.open_workspace import OpenWorkspace
from gaoxin_vote.workflow.setup.workspaces import create_workspace, open_workspace, today
from gaoxin_vote.workflow.setup.years import add_year, years
from tests.stretching import CHEAP_COSTS

_PASSPHRASE = "officer passphrase 1"


def _clock() -> datetime:
    return datetime(2018, 1, 20, 9, 30, tzinfo=UTC)


def test_it_is_handed_over_and_closed_and_shows_nothing(tmp_path: Path) -> None:
    path = tmp_path / "w.gxv"
    held = OpenWorkspace(create_workspace(path, _PASSPHRASE, "考核办", _clock, CHEAP_COSTS))
    assert held.call(add_year, scheme_text=shipped_scheme_text("2017")) == 2017
    assert held.call(years) == (2017,)
    assert held.call(today) == _clock().date()
    assert {name for name in dir(held) if not name.startswith("_")} == {"call", "close"}
    held.close()
    held.close()
    open_workspace(path, _PASSPHRASE, _clock, CHEAP_COSTS).close()
