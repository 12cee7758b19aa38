"""A folder of files is a whole assessment."""

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from gaoxin_vote.domain.adjustment import LateAcceptance
from gaoxin_vote.domain.contest import Grade
from gaoxin_vote.domain.decision import Override, PlaceDecision, Referral, StaffAdjustment, TieDecision
from gaoxin_vote.domain.inputs import AssessmentInputs
from gaoxin_vote.domain.scheme import AssessmentScheme
from gaoxin_vote.domain.scheme_file import load_scheme, shipped_scheme_text
from gaoxin_vote.errors import Refused, Unavailable
from gaoxin_vote.spreadsheets.exporting import write_xlsx
from gaoxin_vote.spreadsheets.folder import (
    OPTIONAL,
    folder_scheme,
    read_assessment_folder,
    required,
    write_assessment_folder,
)
from gaoxin_vote.spreadsheets.kinds.indicators import SCORES
from gaoxin_vote.spreadsheets.naming import UnitNames

REQUIRED = required(load_scheme(shipped_scheme_text()))


@pytest.fixture
def folder(sample: Path, tmp_path: Path) -> Path:
    """A copy of the files of the sample that are read."""
    for stem in (*REQUIRED, *OPTIONAL):
        if (sample / f"{stem}.csv").exists():
            shutil.copy(sample / f"{stem}.csv", tmp_path)
    return tmp_path


def test_no_other_files_are_read(folder: Path, sample: Path, scheme: AssessmentScheme) -> None:
    alone = read_assessment_folder(folder, scheme).inputs
    for path in sample.iterdir():
        shutil.copy(path, folder)
    (folder / "leaders.csv").write_bytes(b"\xff\x00 no table at all")
    (folder / "targets.csv").write_text("单位,分值\n", encoding="utf-8")
    (folder / "late_acceptances.csv").write_text("编号,理由\nA19,晚了\n", encoding="utf-8")
    (folder / "units.ods").write_bytes(b"")
    assert read_assessment_folder(folder, scheme).inputs == alone
    assert (alone.leaders, alone.targets, alone.late_acceptances) == ((), (), ())


def test_csv_goes_before_xlsx(
    folder: Path, inputs: AssessmentInputs, names: UnitNames, scheme: AssessmentScheme
) -> None:
    halved = tuple(replace(score, score=score.score / 2) for score in inputs.scores)
    (folder / "indicators.xlsx").write_bytes(write_xlsx(SCORES, halved, names))
    assert read_assessment_folder(folder, scheme).inputs.scores == inputs.scores
    (folder / "indicators.csv").unlink()
    assert read_assessment_folder(folder, scheme).inputs.scores[0].score == inputs.scores[0].score / 2


def test_optional_files_may_be_missing(folder: Path, scheme: AssessmentScheme) -> None:
    for stem in OPTIONAL:
        (folder / f"{stem}.csv").unlink(missing_ok=True)
    inputs = read_assessment_folder(folder, scheme).inputs
    assert (inputs.claims, inputs.events, inputs.history, inputs.tie_decisions) == ((), (), (), ())


def test_a_place_decision_is_read(folder: Path, scheme: AssessmentScheme) -> None:
    text = "类别,等次,先后,理由,决定日期\n街道（办事处）,优秀,1,领导小组决定,2018-01-20\n"
    (folder / "place_decisions.csv").write_text(text, encoding="utf-8")
    (decision,) = read_assessment_folder(folder, scheme).inputs.place_decisions
    assert (decision.grade, decision.priority) == (Grade.EXCELLENT, 1)


@pytest.mark.parametrize("stem", REQUIRED)
def test_required_files_may_not(stem: str, folder: Path, scheme: AssessmentScheme) -> None:
    (folder / f"{stem}.csv").unlink()
    with pytest.raises(Refused) as refused:
        read_assessment_folder(folder, scheme)
    assert f"{stem}.csv：文件夹中没有 {stem}.csv，也没有 {stem}.xlsx，请补上。" in refused.value.details


def test_the_errors_of_all_files_are_told_together(
    folder: Path, faulty: Path, scheme: AssessmentScheme
) -> None:
    shutil.copy(faulty / "indicators_bad.csv", folder / "indicators.csv")
    (folder / "events.csv").write_text("event_id,unit_code,kind\nE1,U01,D9\n", encoding="utf-8")
    text = (folder / "session.csv").read_text(encoding="utf-8-sig")
    (folder / "session.csv").write_text(text.replace("部门互评,25", "部门互评,"), encoding="utf-8")
    with pytest.raises(Refused) as refused:
        read_assessment_folder(folder, scheme)
    files = {line.split(" ")[0].split("：")[0] for line in refused.value.details}
    assert files == {"indicators.csv", "events.csv", "session.csv"}


def test_without_units_only_their_own_faults_are_told(folder: Path, scheme: AssessmentScheme) -> None:
    (folder / "units.csv").write_text("code,name,class,staff\nU01,办公室,机关,多\n", encoding="utf-8")
    with pytest.raises(Refused) as refused:
        read_assessment_folder(folder, scheme)
    assert {line.split(" ")[0].split("：")[0] for line in refused.value.details} == {"units.csv"}


def test_warnings_are_handed_on(folder: Path, scheme: AssessmentScheme) -> None:
    text = (folder / "indicators.csv").read_text(encoding="utf-8-sig")
    (folder / "indicators.csv").write_text(text.replace("37.14", "37.141"), encoding="utf-8")
    found = read_assessment_folder(folder, scheme)
    assert [problem.value for problem in found.problems if problem.row] == ["37.14"]


def test_the_scheme_of_the_folder(folder: Path, shared: Path) -> None:
    assert folder_scheme(folder).decimals == 2
    config = (shared / "cases" / "2017" / "config.json").read_text(encoding="utf-8")
    (folder / "config.json").write_text(
        config.replace('"decimals": 2', '"decimals": 3'), encoding="utf-8-sig"
    )
    assert folder_scheme(folder).decimals == 3
    assert read_assessment_folder(folder).inputs.scheme.decimals == 3
    (folder / "config.json").write_text("{", encoding="utf-8")
    with pytest.raises(Refused):
        folder_scheme(folder)


def test_what_is_written_is_read_back(inputs: AssessmentInputs, tmp_path: Path) -> None:
    first, second, third = inputs.units[:3]
    full = replace(
        inputs,
        late_acceptances=(LateAcceptance("A19", "情况特殊", date(2018, 1, 18)),),
        tie_decisions=(TieDecision(first.code, 1, "先"),),
        place_decisions=(PlaceDecision(first.unit_class, Grade.EXCELLENT, 1, "余数相同"),),
        overrides=(Override(second.code, Grade.PASS, "=审定", date(2018, 1, 18)),),
        staff_adjustments=(StaffAdjustment(third.code, 0, "理由"),),
        referrals=(Referral(third.code, "移送\n两人"),),
    )
    for given in (
        full,
        inputs,
        replace(inputs, minutes=inputs.minutes[:1]),
        AssessmentInputs(inputs.scheme, inputs.units),
    ):
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        write_assessment_folder(given, folder)
        assert read_assessment_folder(folder, inputs.scheme, complete=True).inputs == given
    names = {path.name for path in (tmp_path / "0").iterdir()}
    assert names >= {f"{stem}.csv" for stem in (*REQUIRED, *OPTIONAL)} | {"referrals.csv", "targets.csv"}


def test_the_written_folder_is_one_for_assess(
    inputs: AssessmentInputs, sample: Path, tmp_path: Path, scheme: AssessmentScheme
) -> None:
    write_assessment_folder(inputs, tmp_path)
    again = read_assessment_folder(tmp_path, scheme).inputs
    assert again == read_assessment_folder(sample, scheme).inputs
    for path in tmp_path.iterdir():
        assert path.read_bytes() == (sample / path.name).read_bytes(), path.name


def test_a_folder_that_cannot_be_written_changes_nothing(inputs: AssessmentInputs, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way", encoding="utf-8")
    with pytest.raises(Unavailable):
        write_assessment_folder(inputs, blocked)
    assert blocked.read_text(encoding="utf-8") == "in the way"
