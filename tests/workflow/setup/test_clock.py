"""Is a clock that cannot be right told, and one that is far ahead asked about?"""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from gaoxin_vote.workflow.setup.clock import clock_doubt, clock_words
from gaoxin_vote.workflow.setup.workspaces import create_workspace
from tests.stretching import CHEAP_COSTS
from tests.workflow.conftest import PASSPHRASE

MADE = datetime(2018, 1, 17, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("later", "behind", "words"),
    [
        (timedelta(seconds=-1), True, "不能办理"),
        (timedelta(days=366, seconds=1), False, "一年以上"),
    ],
)
def test_a_clock_that_does_not_fit(tmp_path: Path, later: timedelta, behind: bool, words: str) -> None:
    with create_workspace(tmp_path / "w.gxv", PASSPHRASE, "考核办", lambda: MADE, CHEAP_COSTS) as workspace:
        workspace.clock = lambda: MADE + later
        doubt = clock_doubt(workspace)
        assert doubt is not None
        assert doubt.behind is behind
        assert words in doubt.words and "2018年1月17日09时00分" in doubt.words


def test_a_clock_that_fits(tmp_path: Path) -> None:
    with create_workspace(tmp_path / "w.gxv", PASSPHRASE, "考核办", lambda: MADE, CHEAP_COSTS) as workspace:
        for later in (timedelta(0), timedelta(days=366)):
            workspace.clock = lambda later=later: MADE + later
            assert clock_doubt(workspace) is None
        assert clock_words(workspace) == "2019年1月18日09时00分（UTC+0，不是北京时间）"
