"""When is a record package written, and what stays behind when it is not?"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from gaoxin_vote.errors import Refused
from gaoxin_vote.storage.audit import AuditLog
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.workflow.record.package import write_package
from gaoxin_vote.workflow.record.package_flaw import PackageReason
from gaoxin_vote.workflow.record.sample import SampleRun, sample_facts
from tests.stretching import CHEAP_COSTS
from tests.workflow.conftest import Clock, refused


@pytest.fixture
def year(sample_year: SampleRun, tmp_path: Path) -> Iterator[Workspace]:
    """A copy of the finished sample year."""
    own = tmp_path / "own.gxv"
    with sample_year.workspace.reading():
        shutil.copy(sample_year.workspace.path, own)
    with Workspace.open(own, sample_facts().passphrase, clock=Clock(20), costs=CHEAP_COSTS) as workspace:
        yield workspace


def test_a_year_that_is_not_final_has_no_record(bare: tuple[Workspace, int, Path], tmp_path: Path) -> None:
    workspace, year, _ = bare
    with refused(workspace, PackageReason.NOT_FINAL, "尚未定稿"):
        write_package(workspace, year, tmp_path / "考核档案包.zip")
    assert list(tmp_path.iterdir()) == []


def test_no_file_is_overwritten_and_nothing_is_noted(year: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "考核档案包.zip"
    path.write_bytes(b"another one")
    entries = len(AuditLog(year).entries())
    with pytest.raises(Refused) as error:
        write_package(year, 2017, path)
    assert error.value.reason is PackageReason.EXISTS
    assert path.read_bytes() == b"another one"
    assert len(AuditLog(year).entries()) == entries


def test_a_sheet_that_no_longer_says_what_is_kept_is_not_packed(year: Workspace, tmp_path: Path) -> None:
    """Nothing of the program changes these figures after the issue; whoever writes to the file can."""
    with year.transaction() as connection:
        connection.execute(text("UPDATE elector SET attended = x'00' WHERE position = 0"))
    with pytest.raises(Refused) as error:
        write_package(year, 2017, tmp_path / "考核档案包.zip")
    assert error.value.reason is PackageReason.OUTDATED
    assert len(error.value.details) == 2
    assert not (tmp_path / "考核档案包.zip").exists()
