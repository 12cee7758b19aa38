"""Does the key ceremony go in turn, refuse what cannot be, and leave nothing behind when given up?"""

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from gaoxin_vote.errors import Refused
from gaoxin_vote.gui.ceremony.flow import (
    CeremonyFlow,
    CeremonyStep,
    facts_pairs,
    quorum_risk,
    quorum_trouble,
    quorum_words,
)
from gaoxin_vote.progress import silent
from gaoxin_vote.workflow.ceremony.held_ceremonies import ceremony_facts
from gaoxin_vote.workflow.setup.open_workspace import OpenWorkspace
from gaoxin_vote.workflow.setup.workspaces import open_workspace
from tests.gui.office import PASSPHRASE, YEAR, clock, trustee_passphrase
from tests.stretching import CHEAP_COSTS

if TYPE_CHECKING:
    from tests.gui.office import Moments


@pytest.mark.parametrize(
    ("names", "threshold", "words"),
    [
        (("甲", "乙", "丙"), 2, ""),
        (("甲", "", "丙"), 2, "每位"),
        (("甲", "甲", "丙"), 2, "重复"),
        (("甲", "乙"), 3, "2至2"),
        (("甲", "乙", "丙"), 1, "2至3"),
    ],
)
def test_quorum(names: tuple[str, ...], threshold: int, words: str) -> None:
    trouble = quorum_trouble(names, threshold)
    assert (words in trouble) if words else not trouble
    assert quorum_trouble(("甲", "乙", "丙"), 3, risk_known=False) == "请减少开箱所需人数，或勾选已知悉风险。"
    assert (
        quorum_trouble(("甲", "乙", "丙"), 3) == quorum_trouble(("甲", "乙", "丙"), 2, risk_known=False) == ""
    )
    assert "日期和时间" in quorum_trouble(("甲", "乙", "丙"), 2, clock_confirmed=False)


def test_what_the_quorum_means() -> None:
    assert "任意2位" in quorum_words(3, 2)
    assert "有1位缺席" in quorum_words(3, 2)
    assert "任何一位缺席" in quorum_words(3, 3)
    assert "永远无法开箱" in quorum_risk(3, 3) and "3位中的2位" in quorum_risk(2, 2)
    assert quorum_risk(3, 2) == ""
    assert "不过半数" not in quorum_words(3, 2) + quorum_words(5, 3) + quorum_words(2, 2)
    for count, least in ((4, 3), (5, 3), (6, 4)):  # two groups without a member in common
        assert f"不知道已打开过哪一份，建议至少{least}位" in quorum_words(count, 2)


def test_trustees_in_turn_then_the_record(moments: "Moments", tmp_path: Path) -> None:
    workspace = _open(moments, tmp_path)
    flow = CeremonyFlow(workspace, YEAR)
    assert flow.state.step is CeremonyStep.QUORUM
    state = flow.begin(("区纪委", "机关党委"), 2, silent)
    assert (state.step, state.turn) == (CeremonyStep.TRUSTEE, 0)
    with pytest.raises(Refused, match="不一致"):
        flow.hand_over(trustee_passphrase(0), "别的口令-123", tmp_path / "0.gxk")
    with pytest.raises(Refused, match="存放位置"):
        flow.hand_over(trustee_passphrase(0), trustee_passphrase(0), None)
    state = flow.hand_over(trustee_passphrase(0), trustee_passphrase(0), tmp_path / "0.gxk")
    assert len(state.trustees[0].fingerprint) == 64
    assert state.turn == 0
    state = flow.next_trustee()
    assert state.turn == 1
    flow.hand_over(trustee_passphrase(1), trustee_passphrase(1), tmp_path / "1.gxk")
    state = flow.next_trustee()
    assert state.step is CeremonyStep.RECORD
    assert state.facts == workspace.call(ceremony_facts, YEAR)
    assert state.facts is not None
    shown = dict(facts_pairs(state.facts))
    assert shown["开箱密钥指纹"].replace(" ", "") == state.facts.trustees_fingerprint
    assert shown["核对指纹"].replace(" ", "") == state.facts.fingerprint
    workspace.close()


def _open(moments: "Moments", tmp_path: Path) -> OpenWorkspace:
    path = tmp_path / "w.gxv"
    shutil.copy(moments.lists, path)
    return OpenWorkspace(open_workspace(path, PASSPHRASE, clock, CHEAP_COSTS))
