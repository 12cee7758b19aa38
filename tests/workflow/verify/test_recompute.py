"""What follows from a folder of tables alone?"""

import shutil
from pathlib import Path

import pytest

from gaoxin_vote.domain.scheme import SchemeReason
from gaoxin_vote.domain.scheme_file import shipped_scheme_text
from gaoxin_vote.errors import Refused
from gaoxin_vote.files import FileReason
from gaoxin_vote.spreadsheets.problems import ImportReason
from gaoxin_vote.workflow.verify.recompute import recompute

CASE = Path(__file__).parent.parent.parent / "data" / "cases" / "2017"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(CASE, tmp_path / "2017"))


def test_the_folder_s_own_rules_hold_unless_a_scheme_is_given(folder: Path, tmp_path: Path) -> None:
    record, notes = recompute(folder)
    assert record.blockers == () and record.year == 2017
    assert all(isinstance(note, str) for note in notes)
    scheme = tmp_path / "scheme.toml"
    scheme.write_text(shipped_scheme_text("2017").replace("cap = 10 ", "cap = 1 "), encoding="utf-8")
    stricter, _ = recompute(folder, scheme)
    assert stricter.as_json() != record.as_json()


def test_every_fault_of_the_scheme_and_every_error_of_the_files_is_told(folder: Path, tmp_path: Path) -> None:
    scheme = tmp_path / "scheme.toml"
    scheme.write_text(shipped_scheme_text("2017").replace("cap = 10 ", "cap = -1 "), encoding="utf-8")
    with pytest.raises(Refused) as error:
        recompute(folder, scheme)
    assert error.value.reason is SchemeReason.FAULTY
    units = folder / "units.csv"
    units.write_text(units.read_text("utf-8-sig").replace("U02", "U01", 1), encoding="utf-8")
    with pytest.raises(Refused) as error:
        recompute(folder)
    assert error.value.reason is ImportReason.FAULTY and error.value.details


def test_a_scheme_has_at_most_a_megabyte(folder: Path, tmp_path: Path) -> None:
    scheme = tmp_path / "scheme.toml"
    scheme.write_bytes(shipped_scheme_text("2017").encode().ljust(2**20 + 1, b"\n"))
    with pytest.raises(Refused) as error:
        recompute(folder, scheme)
    assert error.value.reason is FileReason.TOO_LARGE
    config = folder / "config.json"
    config.write_bytes((config.read_bytes() if config.exists() else b"{}").ljust(2**20 + 1))
    with pytest.raises(Refused) as error:
        recompute(folder)
    assert error.value.reason is FileReason.TOO_LARGE
