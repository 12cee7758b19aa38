"""What does a verification say to a machine?"""

import json
from pathlib import Path

from gaoxin_vote.domain.tracker import as_base64
from gaoxin_vote.errors import EvidenceBroken
from gaoxin_vote.workflow.record.package_flaw import PackageFlaw
from gaoxin_vote.workflow.record.sample import SampleRun
from gaoxin_vote.workflow.verify.any_file import verify_path
from gaoxin_vote.workflow.verify.as_json import failure, success


def test_an_archive_says_its_counts_and_a_sheet_its_number(sample_year: SampleRun) -> None:
    said = success(verify_path(sample_year.archives[0]))
    assert (said["ok"], said["exit"], said["kind"], said["complete"]) == (True, 0, "archive", True)
    assert said["ballots"] == said["counted"] == 9
    assert isinstance(said["result"], list) and len(said["result"]) == 25
    assert said["certificate_fingerprint"] is None
    assert len(set(said["trackers_respelled"])) == 9
    assert [*map(as_base64, said["trackers_respelled"])] == said["trackers"]
    sheet = success(verify_path(sample_year.sheets[1]))
    assert (sheet["kind"], sheet["form"], sheet["edition"]) == ("sheet", "F5", 1)
    assert str(sheet["record_id"]).startswith("2017-leader-1-")
    json.dumps([said, sheet])


def test_what_fails_says_the_reason_by_its_name() -> None:
    error = EvidenceBroken(PackageFlaw.COUNTS, "票数不符。", details=("U01",))
    assert failure(Path("x.zip"), 1, error) == {
        "path": "x.zip",
        "ok": False,
        "exit": 1,
        "error": "EvidenceBroken",
        "reason": "COUNTS",
        "message": "票数不符。",
        "details": ["U01"],
    }
