"""Files are taken by their names, and what only looks like an input is named."""

import shutil
from pathlib import Path

import pytest

from gaoxin_vote.domain.scheme import AssessmentScheme
from gaoxin_vote.errors import Refused
from gaoxin_vote.spreadsheets.folder import read_assessment_folder
from gaoxin_vote.spreadsheets.folder_listing import FolderListing
from gaoxin_vote.spreadsheets.kind_list import kinds
from tests.spreadsheets.workbooks import xls_file

EVENT = "编号,单位代码,情形代码\nE1,U08,D5\n"


@pytest.fixture
def folder(sample: Path, tmp_path: Path) -> Path:
    for stem in ("units", "leader_tally", "peer_tally", "session", "indicators"):
        shutil.copy(sample / f"{stem}.csv", tmp_path)
    return tmp_path


def told(folder: Path, scheme: AssessmentScheme) -> str:
    return "\n".join(problem.line for problem in read_assessment_folder(folder, scheme).problems)


@pytest.mark.parametrize("name", ["events.csv", "Events.csv", "EVENTS.CSV", "events.Csv"])
def test_capitals_are_no_other_name(folder: Path, scheme: AssessmentScheme, name: str) -> None:
    (folder / name).write_text(EVENT, encoding="utf-8")
    assert len(read_assessment_folder(folder, scheme).inputs.events) == 1


@pytest.mark.parametrize("ending", ["xls", "et", "XLS"])
def test_every_format_that_is_read_is_taken(folder: Path, scheme: AssessmentScheme, ending: str) -> None:
    rows = [["编号", "单位代码", "情形代码"], ["E1", "U08", "D5"]]
    (folder / f"events.{ending}").write_bytes(xls_file(rows).content)
    assert len(read_assessment_folder(folder, scheme).inputs.events) == 1


@pytest.mark.parametrize(
    "name",
    [
        "events(1).csv",
        "events - 副本.csv",
        "events.csv.txt",
        "event.csv",
        "取消优良资格情形登记表.csv",
        "2017取消优良资格情形.xlsx",
    ],
)
def test_what_looks_like_an_input_is_named(folder: Path, scheme: AssessmentScheme, name: str) -> None:
    (folder / name).write_text(EVENT, encoding="utf-8")
    words = told(folder, scheme)
    assert f"“{name}”没有读入：文件名应为 events.csv" in words
    assert "没有取消优良资格情形登记表（events）" in words.replace("加减分申报表（bonus_claims）、", "")


def test_two_files_of_one_kind_and_one_that_is_not_used_are_named(
    folder: Path, scheme: AssessmentScheme
) -> None:
    (folder / "events.csv").write_text(EVENT, encoding="utf-8")
    (folder / "events.xlsx").write_bytes(b"")
    (folder / "overrides.csv").write_text("单位代码,等次,理由\n", encoding="utf-8")
    words = told(folder, scheme)
    assert "“events.xlsx”没有读入：已读入“events.csv”" in words
    assert "“overrides.csv”没有读入" in words


def test_other_files_are_nobodys_business(folder: Path, scheme: AssessmentScheme) -> None:
    for name in ("README.txt", "2017.csv", "~$events.xlsx", ".events.csv", "unitsold.csv"):
        (folder / name).write_text("x", encoding="utf-8")
    (folder / "events").mkdir()
    listing = FolderListing.of(folder, kinds(scheme.contests).values())
    assert listing.others == {}
    assert [name for names in listing.by_stem.values() for name in names if "events" in name] == []


def test_a_required_file_that_is_called_otherwise_is_named(folder: Path, scheme: AssessmentScheme) -> None:
    (folder / "indicators.csv").rename(folder / "indicators(1).csv")
    with pytest.raises(Refused) as error:
        read_assessment_folder(folder, scheme)
    assert "“indicators(1).csv”像是这个文件，请改名" in "".join(error.value.details)
