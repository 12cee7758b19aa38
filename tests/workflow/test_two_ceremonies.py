"""A year whose keys were lost on the way: counted under one set, then under another, checked whole."""

import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gaoxin_vote import cli
from gaoxin_vote.documents.preview import text
from gaoxin_vote.domain.contest import Contest
from gaoxin_vote.domain.minutes import SessionMinutes
from gaoxin_vote.domain.session import SessionId
from gaoxin_vote.errors import EvidenceBroken, Refused
from gaoxin_vote.spreadsheets.kinds.indicators import SCORES
from gaoxin_vote.storage.ceremony import CeremonyStore
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.workflow.ceremony.held_ceremonies import CeremonyFacts, ceremonies
from gaoxin_vote.workflow.ceremony.share_file import ShareReason
from gaoxin_vote.workflow.record.package import write_package
from gaoxin_vote.workflow.record.package_files import CEREMONIES
from gaoxin_vote.workflow.reports.sheets import (
    ceremony_record_name,
    issue_sheet,
    issued_pdf,
    paper,
    sheet_lines,
    tally_hash_name,
    tally_report_name,
)
from gaoxin_vote.workflow.results.finalising import finalise
from gaoxin_vote.workflow.results.intake import apply_import, preview_import
from gaoxin_vote.workflow.session.meeting import set_meeting
from gaoxin_vote.workflow.session.turnout import session_state
from gaoxin_vote.workflow.tally.counting import archive, session_tally
from gaoxin_vote.workflow.tally.opening import give_share, share_history, tally_state
from gaoxin_vote.workflow.verify import any_file
from gaoxin_vote.workflow.verify.any_file import Verification, verify_path
from gaoxin_vote.workflow.verify.as_json import success
from gaoxin_vote.workflow.verify.as_text import described
from gaoxin_vote.workflow.verify.reason import VerifyReason
from tests.contests import LEADERSHIP, PEER
from tests.workflow.conftest import Clock, Office, after_ceremony, renewed
from tests.workflow.tally.closing import closed, count_all

WHY = "区纪委的密钥文件损坏，组织人事局忘记口令"
NAMES = ("办公室", "财政局", "统计局", "信访局", "华兴街道")
SCORED = "unit_code,unit_name,indicator_code,indicator_name,full_score,score,basis\n" + "".join(
    f"U0{number},{name},Z1,全部指标,80,{60 + 3 * number}.00,台账\n" for number, name in enumerate(NAMES, 1)
)


@dataclass(frozen=True)
class TwoKeys:
    """What the year left behind."""

    office: Office
    earlier: Office
    """With the shares of the first ceremony."""
    first: SessionId
    second: SessionId
    facts: tuple[CeremonyFacts, ...]
    package: Path


@pytest.fixture(scope="module")
def whole(bare: tuple[Workspace, int, Path]) -> Iterator[TwoKeys]:
    """领导评议 under the first keys, 部门互评 under the second."""
    earlier = after_ceremony(bare, bare[1])
    first = _counted(earlier, LEADERSHIP)
    later = renewed(earlier, WHY)
    second = closed(later, PEER)
    with pytest.raises(Refused) as error:  # a share of the first keys for a session under the second
        give_share(later.workspace, second, earlier.shares[1], "trustee 1 secret")
    assert error.value.reason is ShareReason.OTHER_CEREMONY
    assert "第1次密钥发放（2018年1月17日）的，现在要用的是2017年度第2次" in error.value.message
    with pytest.raises(Refused, match="第1次密钥发放"):  # told before the passphrase is typed
        share_history(later.workspace, second, earlier.shares[1])
    assert tally_state(later.workspace, second).given == 0
    count_all(later, second)
    _report(later, second, PEER)
    folder = bare[2]
    (folder / "scores.csv").write_text(SCORED, encoding="utf-8")
    workspace, year = later.workspace, later.year
    apply_import(workspace, year, preview_import(workspace, year, SCORES, folder / "scores.csv"))
    finalise(workspace, year, "会议纪要〔2018〕3号")
    package = write_package(workspace, year, folder / "package.zip")
    yield TwoKeys(later, earlier, first, second, ceremonies(workspace, year), package)


def _counted(office: Office, contest: Contest) -> SessionId:
    session_id = closed(office, contest)
    count_all(office, session_id)
    _report(office, session_id, contest)
    return session_id


def _report(office: Office, session_id: SessionId, contest: Contest) -> None:
    minutes = SessionMinutes(contest, "", 1, date(2018, 1, 17), "会议室", "主任", "甲", ("乙",), ("丙",))
    set_meeting(office.workspace, session_id, minutes)
    name = tally_report_name(session_state(office.workspace, session_id).session)
    issue_sheet(office.workspace, office.year, name)


@pytest.fixture(scope="module")
def found(whole: TwoKeys) -> Verification:
    """What the package says, compared with nothing."""
    return verify_path(whole.package)


@pytest.fixture
def read_once(found: Verification, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the package says does not change: only what it is compared with."""
    monkeypatch.setattr(any_file, "_verified", lambda *_: found)


def test_what_was_counted_keeps_its_keys(whole: TwoKeys) -> None:
    workspace, year = whole.office.workspace, whole.office.year
    for session_id, facts in ((whole.first, whole.facts[0]), (whole.second, whole.facts[1])):
        state = tally_state(workspace, session_id)
        assert [turn.given for turn in state.trustees] == [True, True, False]
        assert (state.needed, len(session_tally(workspace, session_id).counts)) == (2, 5)
        report = issued_pdf(workspace, year, tally_report_name(state.session))
        assert facts.trustees_fingerprint[:32] in "".join(text(report).split())
        assert "区纪委" in text(paper(workspace, year, tally_hash_name(state.session)))


def test_each_ceremony_has_its_record(whole: TwoKeys) -> None:
    workspace, year = whole.office.workspace, whole.office.year
    listed = [(line.title, line.name) for line in sheet_lines(workspace, year)][:2]
    assert listed == [
        ("密钥发放记录", ceremony_record_name(year)),
        ("第2次 密钥发放记录", ceremony_record_name(year, 2)),
    ]
    for number, facts in enumerate(whole.facts, 1):
        said = "".join(text(paper(workspace, year, ceremony_record_name(year, number))).split())
        assert facts.trustees_fingerprint in said and facts.certificate_fingerprint in said
        assert (WHY in said) == ("沿用原密钥" in said) == (number == 2)


def test_the_package_verifies_and_names_both_sets(whole: TwoKeys, found: Verification) -> None:
    said = "\n".join(described(found))
    assert "第1次密钥发放（2018年1月17日）：用于领导评议" in said
    assert f"第2次密钥发放（2018年1月17日）：重新发放的原因：{WHY}；用于部门互评" in said
    assert "核验通过：文件自身一致，尚未核对指纹，请与《密钥发放记录》逐位核对。" in said
    with zipfile.ZipFile(whole.package) as files:
        told = files.read(CEREMONIES).decode()
        assert len(json.loads(told)) == 2 and WHY in told
        names = set(files.namelist())
        for kept in CeremonyStore(whole.office.workspace).ceremonies(whole.office.year):
            for secret in (kept.secret_key, kept.certificate_key.splitlines()[1]):
                assert not any(secret.encode() in files.read(name) for name in names)


@pytest.mark.usefixtures("read_once")
def test_either_record_serves_and_both_serve_best(whole: TwoKeys) -> None:
    one, two = (facts.fingerprint for facts in whole.facts)
    for given, missing in ((one, "第2次密钥发放的指纹尚未比对"), (two, "第1次密钥发放的指纹尚未比对")):
        found = verify_path(whole.package, expect=given)
        said = "\n".join(described(found))
        assert missing in said and "开箱密钥指纹、签名证书指纹与给定的指纹相符" in said
        told: Any = success(found)["ceremonies"]
        assert [each["compared"] for each in told] == [given == one, given == two]
    both = verify_path(whole.package, expect=(one, two))
    assert "尚未比对" not in "\n".join(described(both))
    assert both.comparison.matched == both.prints.trustees


@pytest.mark.usefixtures("read_once")
def test_a_wrong_record_bites_also_beside_a_right_one(whole: TwoKeys) -> None:
    one, two = (facts.fingerprint for facts in whole.facts)
    certificate = one.partition("-")[2]
    for given in (f"{'0' * 32}-{certificate}", f"{one.partition('-')[0]}-{'0' * 32}"):
        for expect in (given, (one, given), (one, two, given)):
            with pytest.raises(EvidenceBroken) as error:
                verify_path(whole.package, expect=expect)
            assert error.value.reason in (VerifyReason.OTHER_TRUSTEES, VerifyReason.OTHER_CERTIFICATE)


def test_an_archive_and_a_sheet_belong_to_one_record(whole: TwoKeys, tmp_path: Path) -> None:
    workspace, year = whole.office.workspace, whole.office.year
    one, two = (facts.fingerprint for facts in whole.facts)
    for session_id, right, wrong in ((whole.first, one, two), (whole.second, two, one)):
        session = session_state(workspace, session_id).session
        for path, content in (
            (tmp_path / "box.bel", archive(workspace, session_id)),
            (tmp_path / "sheet.pdf", issued_pdf(workspace, year, tally_report_name(session))),
        ):
            path.write_bytes(content)
            assert verify_path(path, expect=(wrong, right)).comparison.compared
            with pytest.raises(EvidenceBroken) as error:
                verify_path(path, expect=wrong)
            assert error.value.reason is VerifyReason.OTHER_TRUSTEES


def test_the_command_takes_several_records(whole: TwoKeys, capsys: pytest.CaptureFixture[str]) -> None:
    one, two = (facts.fingerprint for facts in whole.facts)
    assert cli.main(["verify", str(whole.package), "--expect", one, "--expect", two], Clock(20)) == 0
    assert "尚未比对" not in capsys.readouterr().out
