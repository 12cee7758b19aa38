"""Is a package read without trusting it: its size, its names, what lies in it?"""

import io
import os
import warnings
import zipfile
from pathlib import Path

import pytest

from gaoxin_vote.errors import EvidenceBroken, Refused
from gaoxin_vote.workflow.record import package_files
from gaoxin_vote.workflow.record.package_files import MANIFEST, read_package
from gaoxin_vote.workflow.record.package_flaw import PackageFlaw, PackageReason

HALF_A_GIGABYTE = 512 * 2**20


def huge(path: Path) -> Path:
    """A file that takes no room on the disk and is larger than any package."""
    path.touch()
    os.truncate(path, HALF_A_GIGABYTE + 1)
    return path


def test_a_folder_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    (tmp_path / MANIFEST).write_text("{}")
    huge(tmp_path / "record.json")
    with pytest.raises(EvidenceBroken, match="文件夹过大") as broken:
        read_package(tmp_path)
    assert broken.value.reason is PackageFlaw.MALFORMED


def test_a_zip_that_is_too_large_is_no_package(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="这个压缩包不是考核档案包") as refused:
        read_package(huge(tmp_path / "package.zip"))
    assert refused.value.reason is PackageReason.UNKNOWN


def test_a_name_stands_once_in_a_zip(tmp_path: Path) -> None:
    content = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(content, "w") as archive:
        warnings.simplefilter("ignore")  # the library warns of what is made on purpose
        archive.writestr(MANIFEST, "{}")
        archive.writestr(MANIFEST, "{}")
    path = tmp_path / "package.zip"
    path.write_bytes(content.getvalue())
    with pytest.raises(EvidenceBroken, match="重名文件") as broken:
        read_package(path)
    assert broken.value.reason is PackageFlaw.MALFORMED


def test_a_packed_member_is_not_even_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Its size may be a lie: a few kilobytes that say 100 bytes and are gigabytes.
    def never(*_: object) -> bytes:
        raise AssertionError("unpacked")

    path = tmp_path / "lying.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(MANIFEST, bytes(1000))
    monkeypatch.setattr(zipfile.ZipFile, "read", never)
    with pytest.raises(EvidenceBroken, match="可能重新压缩过"):
        read_package(path)


def test_a_folder_of_countless_files_is_no_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package_files, "_MOST_FILES", 3)
    (tmp_path / MANIFEST).write_bytes(b"{}")
    for number in range(2):
        (tmp_path / f"{number}").write_bytes(b"")
    assert len(read_package(tmp_path)) == 3
    (tmp_path / "more").write_bytes(b"")
    with pytest.raises(EvidenceBroken, match="文件夹过大"):
        read_package(tmp_path)
