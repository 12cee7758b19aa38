"""The whole year 2017, from an empty file to the verified record package: this program in one test."""

import json
from pathlib import Path
from typing import Any

import pytest

from gaoxin_vote.domain.session import Stage
from gaoxin_vote.domain.units import UnitCode
from gaoxin_vote.errors import Refused
from gaoxin_vote.storage.year import YearStore
from gaoxin_vote.workflow.audit import check, entries
from gaoxin_vote.workflow.intake import preview_import
from gaoxin_vote.workflow.overview import StageStatus, year_progress
from gaoxin_vote.workflow.register import InputKind
from gaoxin_vote.workflow.results import assessment, explanation, finalise, is_final, own_history
from gaoxin_vote.workflow.sample import SampleRun, sample_folder
from gaoxin_vote.workflow.session_state import sessions
from gaoxin_vote.workflow.setup import is_sample
from gaoxin_vote.workflow.verify import verify_path

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
    for path in (*sample_year.archives, *certified, sample_year.package):
        assert verify_path(path, expect=sample_year.fingerprint).expected
    with pytest.raises(Exception, match="没有电子签章"):
        verify_path(record)


def test_sessions_and_log_are_complete(sample_year: SampleRun) -> None:
    held = sessions(sample_year.workspace, YEAR)
    assert [(state.session.stage, state.returned, state.problems) for state in held] == [
        (Stage.TALLIED, 9, ()),
        (Stage.TALLIED, 25, ()),
    ]
    assert check(sample_year.workspace) == len(entries(sample_year.workspace))
    acts = [line.act for line in entries(sample_year.workspace)]
    assert acts[:3] == ["建立工作区", "建立年度", "导入单位名单"]
    assert acts.count("计票") == 2 and "定稿" in acts
    assert is_sample(sample_year.workspace)


def test_the_rail_says_that_all_is_done(sample_year: SampleRun) -> None:
    progress = year_progress(sample_year.workspace, YEAR)
    assert [stage.stage for stage in progress.stages] == [
        "setup",
        "ceremony",
        "session",
        "tally",
        "results",
        "standing",
        "reports",
        "audit",
    ]
    assert progress.final
    done = [stage.stage for stage in progress.stages if stage.status is StageStatus.DONE]
    assert {"setup", "ceremony", "session", "tally", "results", "standing"} <= set(done)
    assert not any(stage.missing for stage in progress.stages)


def test_a_finalised_year_is_frozen_and_becomes_history(sample_year: SampleRun) -> None:
    assert is_final(sample_year.workspace, YEAR)
    with pytest.raises(Refused):
        finalise(sample_year.workspace, YEAR, "再来一次")
    with pytest.raises(Refused):
        preview_import(sample_year.workspace, YEAR, InputKind.CLAIMS, sample_folder() / "bonus_claims.csv")
    history = {entry.unit: entry for entry in own_history(sample_year.workspace, YEAR + 1)}
    assert len(history) == 25
    assert [unit for unit, entry in history.items() if entry.is_last] == ["U22"]
    assert (history["U07"].rank, history["U07"].grade.value) == (1, "优秀")  # type: ignore[index]
