"""Are the sheets of a package those that its manifest lists, each once, in a drawing that is known?"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gaoxin_vote import cli
from gaoxin_vote.documents.forms.catalogue import FormReason
from gaoxin_vote.domain.codec import canonical_json
from gaoxin_vote.errors import EvidenceBroken, Refused
from gaoxin_vote.workflow.record.package_files import MANIFEST, PackagedSheet, file_stem, zipped
from gaoxin_vote.workflow.record.package_flaw import PackageFlaw
from gaoxin_vote.workflow.record.sample import SampleRun
from gaoxin_vote.workflow.reports.reading import subject_of
from gaoxin_vote.workflow.reports.report import Readiness
from gaoxin_vote.workflow.reports.report_list import report_of
from gaoxin_vote.workflow.verify.any_file import verify_path
from gaoxin_vote.workflow.verify.package_sheets import _checked
from tests.contests import LEADERSHIP
from tests.workflow.conftest import Clock
from tests.workflow.packages import Files, Repair, broken, edit_json, report_sheet

pytestmark = pytest.mark.usefixtures("proofs_once")


def _leader(files: Files) -> PackagedSheet:
    return report_sheet(files, LEADERSHIP)


def _listed(files: Files, **changes: object) -> Files:
    """The manifest says something else of the first sheet."""
    return edit_json(files, MANIFEST, lambda manifest: manifest["sheets"][0].update(changes))


def _told(files: Files, **changes: object) -> Files:
    """The figures beside the sheet say something else."""
    return edit_json(files, _leader(files).figures, lambda figures: figures.update(changes))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"version": 2}, "版式，表内为1，清单所载为2"),
        ({"edition": 2}, "版次，表内为1，清单所载为2"),
        ({"version": 0}, "版式，表内为1，清单所载为0"),
    ],
)
def test_a_sheet_of_another_version_than_the_manifest_names_is_broken(
    package: Files, tmp_path: Path, repaired: Repair, no_proofs: None, changes: dict[str, object], words: str
) -> None:
    error = broken(repaired(_listed(package, **changes)), tmp_path)
    assert error.reason is PackageFlaw.SHEET and words in error.message


@pytest.mark.parametrize("changes", [{"version": 2}, {"version": 0}, {"form": "F99"}, {"form": "F3"}])
def test_a_version_that_no_release_had_is_broken(
    package: Files, tmp_path: Path, repaired: Repair, no_proofs: None, changes: dict[str, object]
) -> None:
    files = _listed(_told(package, **changes), **changes)
    leader = _leader(package)
    named = replace(leader, form=str(changes.get("form", "F5")))
    moved = {leader.pdf: named.pdf, leader.figures: named.figures}
    error = broken(repaired({moved.get(name, name): content for name, content in files.items()}), tmp_path)
    assert error.reason is FormReason.UNKNOWN


def test_another_version_than_the_manifest_names_is_broken_whatever_program_printed_it(
    package: Files, tmp_path: Path, repaired: Repair, no_proofs: None
) -> None:
    error = broken(repaired(_told(package, version=2, program="9.0.0")), tmp_path)
    assert error.reason is PackageFlaw.SHEET


def test_a_sheet_of_a_newer_program_is_not_supported(
    package: Files, tmp_path: Path, repaired: Repair, no_proofs: None, capsys: pytest.CaptureFixture[str]
) -> None:
    files = repaired(_told(_listed(package, version=2), version=2, program="0.3.0"))
    path = tmp_path / "newer.zip"
    path.write_bytes(zipped(files))
    with pytest.raises(Refused, match=r"请用高新投票0\.3\.0或以后的版本核验") as error:
        verify_path(path)
    assert error.value.reason is FormReason.NEWER
    assert cli.main(["verify", str(path)], Clock()) == 2
    captured = capsys.readouterr()
    assert "无法受理" in captured.out + captured.err and "0.3.0" in captured.out + captured.err


def _without_sheet(manifest: Any) -> None:
    manifest["sheets"] = manifest["sheets"][1:]


def test_a_sheet_that_a_package_must_have_is_missed(package: Files, tmp_path: Path, repaired: Repair) -> None:
    files = edit_json(package, MANIFEST, _without_sheet)
    unlisted = repaired(files)
    assert broken(unlisted, tmp_path).reason is PackageFlaw.UNKNOWN_FILE
    leader = _leader(package)
    files = {name: files[name] for name in files if name not in (leader.pdf, leader.figures)}
    error = broken(repaired(files), tmp_path)
    assert (error.reason, error.message) == (
        PackageFlaw.INCOMPLETE,
        "考核档案包缺少领导评议的计票结果报告单。",
    )


@pytest.mark.parametrize("key", ["leader-2", "2017", "U01"])
def test_a_sheet_of_nothing_in_the_package_is_broken(
    package: Files, tmp_path: Path, repaired: Repair, key: str
) -> None:
    other = PackagedSheet("F5", key, 1, 1)
    files = edit_json(
        package, MANIFEST, lambda manifest: manifest["sheets"].append({**manifest["sheets"][0], "key": key})
    )
    leader = _leader(package)
    files |= {other.pdf: package[leader.pdf], other.figures: package[leader.figures]}
    error = broken(repaired(files), tmp_path)
    assert error.reason is PackageFlaw.SHEET and f"{other.pdf}不属于考核档案包中的" in error.message


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda manifest: manifest["sheets"].append(manifest["sheets"][0]), PackageFlaw.SHEET),
        (lambda manifest: manifest.update(sheets=[{}]), PackageFlaw.MALFORMED),
        (lambda manifest: manifest.update(sheets=1), PackageFlaw.MALFORMED),
        (lambda manifest: manifest.pop("sheets"), PackageFlaw.MALFORMED),
        (lambda manifest: manifest["sheets"][0].update(edition=True), PackageFlaw.MALFORMED),
    ],
)
def test_a_list_that_is_none_is_told(
    package: Files,
    tmp_path: Path,
    repaired: Repair,
    no_proofs: None,
    change: Callable[[Any], object],
    reason: PackageFlaw,
) -> None:
    assert broken(repaired(edit_json(package, MANIFEST, change)), tmp_path).reason is reason


def test_figures_that_are_no_figures_are_told(
    package: Files, tmp_path: Path, repaired: Repair, no_proofs: None
) -> None:
    files = repaired(package | {_leader(package).figures: canonical_json([]).encode()})
    assert broken(files, tmp_path).reason is PackageFlaw.MALFORMED


def test_every_key_has_a_file_name_of_its_own() -> None:
    keys = ("leader-1", "leader-甲组-1", "a/b", "a_b", "a%2Fb", "../x", "A B", "a:b")
    stems = [file_stem(key) for key in keys]
    assert len(set(stems)) == len(keys)
    assert stems[:2] == ["leader-1", "leader-甲组-1"]
    assert not any(sign in stem for stem in stems for sign in '/\\:*?"<>| ')
    assert PackagedSheet("F9", "2017", 1, 1).pdf == "sheets/F9-2017.pdf"


def test_a_sheet_that_could_not_have_been_drawn_yet_is_no_sheet(
    package: Files, sample_year: SampleRun
) -> None:
    report = report_of("F5")
    early = replace(report, readiness=lambda _subject: Readiness(waiting="尚未计票"))
    leader = _leader(package)
    subject = subject_of(sample_year.workspace, 2017, report.form, leader.key)
    with pytest.raises(EvidenceBroken, match="领导评议的计票结果报告单不应存在：尚未计票") as error:
        _checked(package, leader, early, subject, "0" * 64)
    assert error.value.reason is PackageFlaw.SHEET
