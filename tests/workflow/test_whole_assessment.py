"""The whole year 2017, from an empty file to the verified record package: this program in one test."""

import json
from pathlib import Path
from typing import Any

import pytest

from gaoxin_vote.domain.session import Stage
from gaoxin_vote.domain.units import UnitCode
from gaoxin_vote.errors import Refused
from gaoxin_vote.spreadsheets.kinds.adjustments import CLAIMS
from gaoxin_vote.stages import StageStatus, YearStage
from gaoxin_vote.storage.year import YearStore
from gaoxin_vote.workflow.record.sample import SampleRun, sample_folder
from gaoxin_vote.workflow.reports.audit_log import check, entries
from gaoxin_vote.workflow.reports.overview import year_progress
from gaoxin_vote.workflow.results.assessing import assessment, explanation, is_final, own_history
from gaoxin_vote.workflow.results.finalising import finalise
from gaoxin_vote.workflow.results.intake import preview_import
from gaoxin_vote.workflow.session.turnout import sessions
from gaoxin_vote.workflow.setup.years import is_sample
from gaoxin_vote.workflow.verify.any_file import verify_path
from gaoxin_vote.workflow.verify.as_json import success
from gaoxin_vote.workflow.verify.as_text import described

pytestmark = pytest.mark.usefixtures("proofs_once")

YEAR = 2017


@pytest.fixture
def expected() -> dict[str, Any]:
    path = Path(__file__).parent.parent / "data" / "cases" / "2017" / "expected.json"
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def test_the_year_comes_out_to_the_last_digit(sample_year: SampleRun, expected: dict[str, Any]) -> None:
    result = assessment(sample_year.workspace, YEAR).as_json()
    assert result["units"] == expected["units"]
    assert result["summary"] == expected["summary"]
    assert json.loads(YearStore(sample_year.workspace).record_json(YEAR)) == result


def test_any_unit_can_be_explained_from_its_parts_to_its_consequences(sample_year: SampleRun) -> None:
    story = explanation(sample_year.workspace, YEAR, UnitCode("U16"))
    assert story.unit.name == "安全生产监督管理局"
    text = repr(story)
    for word in ("E2", "A14", "调整工作岗位", "五（三）"):
        assert word in text


def test_everything_made_verifies_against_the_ceremony_record(sample_year: SampleRun) -> None:
    record, *certified = sample_year.sheets
    for path in sample_year.archives:
        assert verify_path(path, expect=sample_year.fingerprint).comparison.compared == ("trustees",)
    for path in (*certified, sample_year.package):
        assert verify_path(path, expect=sample_year.fingerprint).comparison.compared == (
            "trustees",
            "certificate",
        )
    with pytest.raises(Exception, match="没有校验签名"):
        verify_path(record)


def test_a_verification_can_be_laid_beside_the_paper(
    sample_year: SampleRun, expected: dict[str, Any]
) -> None:
    _, sheet, other = sample_year.sheets
    trustees, _, certificate = sample_year.fingerprint.partition("-")
    spelled = [" ".join(half[at : at + 4] for at in range(0, 32, 4)) for half in (trustees, certificate)]
    verifications = [verify_path(path) for path in (sample_year.package, sheet, other)]
    for verification in verifications:
        lines = [line.strip() for line in described(verification)]
        assert "演示数据，不能作为凭据。" in lines
        assert f"核对指纹：{spelled[0]} -" in lines and spelled[1] in lines
        assert lines[-1] == "核验通过：文件自身一致，尚未核对指纹，请与《密钥发放记录》逐位核对。"
        plain = success(verification)
        assert json.loads(json.dumps(plain)) == plain and plain["sample"] is True
    package, leaders, peers = map(described, verifications)
    row = next(line for line in leaders if " 办公室 " in line)
    assert row.split() == ["1", "办公室", "7", "2", "0", "0", "0", "0", "9", "9.56"]
    # The unit's own ballot is a recusal, which the paper does not count as an abstention.
    row = next(line for line in peers if " 机关党委 " in line)
    assert row.split() == ["3", "机关党委", "10", "5", "7", "1", "1", "0", "23", "8.09"]
    assert next(line for line in peers if " 组织人事局 " in line).endswith(" 9.00")
    assert set(leaders[5:]) - set(leaders[-9:]) <= set(package)
    first = expected["summary"]["order"][0]
    (winner,) = (unit for unit in expected["units"] if unit["code"] == first)
    assert ["1", winner["name"], winner["composite"], winner["grade"]] in [line.split() for line in package]
    assert any(line.strip().startswith("不在核验之列：指标得分、加减分") for line in package)


def test_sessions_and_log_are_complete(sample_year: SampleRun) -> None:
    held = sessions(sample_year.workspace, YEAR)
    assert [(state.session.stage, state.returned, state.problems) for state in held] == [
        (Stage.TALLIED, 9, ()),
        (Stage.TALLIED, 25, ()),
    ]
    assert check(sample_year.workspace) == len(entries(sample_year.workspace))
    acts = [line.act for line in entries(sample_year.workspace)]
    assert acts[:3] == ["新建工作区", "设立年度", "导入单位名单"]
    assert acts.count("计票") == 2 and "定稿" in acts
    assert is_sample(sample_year.workspace)


def test_the_rail_says_that_all_is_done(sample_year: SampleRun) -> None:
    stands = year_progress(sample_year.workspace, YEAR)
    assert [progress.stage for progress in stands.stages] == list(YearStage)
    assert stands.final
    done = {progress.stage for progress in stands.stages if progress.status is StageStatus.DONE}
    assert done == set(YearStage) - {YearStage.REPORTS}
    assert not any(progress.missing for progress in stands.stages)


def test_a_finalised_year_is_frozen_and_becomes_history(sample_year: SampleRun) -> None:
    assert is_final(sample_year.workspace, YEAR)
    with pytest.raises(Refused):
        finalise(sample_year.workspace, YEAR, "再来一次")
    with pytest.raises(Refused):
        preview_import(sample_year.workspace, YEAR, CLAIMS, sample_folder() / "bonus_claims.csv")
    history = {entry.unit: entry for entry in own_history(sample_year.workspace, YEAR + 1)}
    assert len(history) == 25
    assert [unit for unit, entry in history.items() if entry.is_last] == ["U22"]
    assert (history["U07"].rank, history["U07"].grade.label) == (1, "优秀")  # type: ignore[index]
