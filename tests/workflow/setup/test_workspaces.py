"""How is a workspace file made, and who may open it?"""

from pathlib import Path

import pytest

from gaoxin_vote.errors import Refused
from gaoxin_vote.workflow.setup.passphrase import PassphraseReason
from gaoxin_vote.workflow.setup.workspaces import check_passphrase, create_workspace
from gaoxin_vote.workflow.setup.years import SetupReason
from tests.stretching import CHEAP_COSTS
from tests.workflow.conftest import PASSPHRASE, Clock


@pytest.mark.parametrize(
    ("passphrase", "reason"),
    [("short", PassphraseReason.TOO_SHORT), ("aaaabbbbb", PassphraseReason.TOO_SIMPLE)],
)
def test_a_weak_passphrase_makes_no_file(tmp_path: Path, passphrase: str, reason: PassphraseReason) -> None:
    with pytest.raises(Refused) as refused:
        create_workspace(tmp_path / "w.gxv", passphrase, "考核办", Clock(), CHEAP_COSTS)
    assert refused.value.reason is reason
    assert list(tmp_path.iterdir()) == []


def test_a_workspace_belongs_to_an_office(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        create_workspace(tmp_path / "w.gxv", PASSPHRASE, "  ", Clock(), CHEAP_COSTS)
    assert refused.value.reason is SetupReason.NO_OFFICE
    assert list(tmp_path.iterdir()) == []


def test_the_officer_is_known_by_the_passphrase(tmp_path: Path) -> None:
    workspace = create_workspace(tmp_path / "w.gxv", PASSPHRASE, " 考核办 ", Clock(), CHEAP_COSTS)
    assert workspace.office == "考核办"
    check_passphrase(workspace, PASSPHRASE)
    with pytest.raises(Refused):
        check_passphrase(workspace, PASSPHRASE + "x")
    workspace.close()
