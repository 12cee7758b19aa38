"""The key ceremony: nothing before all have their share, nothing left when it is given up."""

from pathlib import Path

import pytest

from gaoxin_vote.documents.preview import text
from gaoxin_vote.errors import Refused, Unavailable
from gaoxin_vote.progress import Cancelled, silent
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.workflow.ceremony import trustee_keys
from gaoxin_vote.workflow.ceremony.held_ceremonies import ceremony_facts
from gaoxin_vote.workflow.ceremony.share_file import open_share
from gaoxin_vote.workflow.ceremony.trustee_keys import CeremonyReason, KeyCeremony, begin_ceremony
from gaoxin_vote.workflow.reports.sheets import ceremony_record_name, paper
from tests.workflow.conftest import TRUSTEES


@pytest.mark.parametrize(
    ("names", "threshold"),
    [(("甲",), 1), (("甲", "乙"), 1), (("甲", "乙"), 3), (("甲", "甲"), 2), (("甲", " "), 2)],
)
def test_a_quorum_that_protects_nothing_is_refused(
    bare: tuple[Workspace, int, Path], names: tuple[str, ...], threshold: int
) -> None:
    with pytest.raises(Refused):
        begin_ceremony(bare[0], bare[1], names, threshold)


def test_a_ceremony_cut_short_leaves_nothing(bare: tuple[Workspace, int, Path], tmp_path: Path) -> None:
    workspace, year, _ = bare

    def cancel(done: int, total: int, words: str) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        begin_ceremony(workspace, year, TRUSTEES, 2, cancel)
    ceremony = begin_ceremony(workspace, year, TRUSTEES, 2)
    ceremony.hand_over(0, "trustee 0 secret", tmp_path / "0.json")
    with pytest.raises(Refused) as error:
        ceremony.complete()
    assert error.value.reason is CeremonyReason.INCOMPLETE
    assert "区纪委" in error.value.message
    with pytest.raises(Refused):
        ceremony.hand_over(1, "short", tmp_path / "1.json")
    with pytest.raises(Unavailable):
        ceremony.hand_over(1, "trustee 1 secret", tmp_path / "no such medium" / "1.json")
    ceremony.abandon()
    assert list(tmp_path.iterdir()) == []
    assert ceremony_facts(workspace, year) is None


def test_the_record_of_a_ceremony_shows_the_fingerprints(
    bare: tuple[Workspace, int, Path], tmp_path: Path
) -> None:
    workspace, year, _ = bare
    ceremony = begin_ceremony(workspace, year, TRUSTEES, 3)  # all of them: t = n
    for index in range(3):
        receipt = ceremony.hand_over(index, f"trustee {index} secret", tmp_path / f"{index}.json")
        assert receipt.name == TRUSTEES[index]
    facts = ceremony.complete()
    assert facts == ceremony_facts(workspace, year)
    printed = "".join(text(paper(workspace, year, ceremony_record_name(year))).split())
    assert facts.trustees_fingerprint in printed
    assert facts.certificate_fingerprint in printed
    assert facts.fingerprint == f"{facts.trustees_fingerprint[:32]}-{facts.certificate_fingerprint[:32]}"


def test_a_share_is_handed_over_once_and_counts_only_when_it_was_read_back(
    bare: tuple[Workspace, int, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ceremony = KeyCeremony(bare[0], bare[1] + 1, TRUSTEES, 2)
    ceremony.draw_keys(silent)
    ceremony.hand_over(0, "trustee 0 secret", tmp_path / "0.json")
    with pytest.raises(Refused) as error:
        ceremony.hand_over(0, "trustee 0 secret", tmp_path / "again.json")
    assert error.value.reason is CeremonyReason.HANDED_OVER
    other = open_share(tmp_path / "0.json", "trustee 0 secret", bare[0].costs.share)
    monkeypatch.setattr(trustee_keys, "open_share", lambda *_: other)  # a medium that gives back other bytes
    with pytest.raises(AssertionError, match="differs"):
        ceremony.hand_over(1, "trustee 1 secret", tmp_path / "1.json")
    assert [path.name for path in tmp_path.iterdir()] == ["0.json"]
    assert ceremony.receipts[1] is None
    ceremony.abandon()
