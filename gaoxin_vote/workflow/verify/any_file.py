"""Does everything hold, from the ballots to the last grade? No passphrase, no workspace.

A ballot archive, a record package (folder or zip) and a certified sheet are told apart by their content.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Union

from gaoxin_vote.belenios.evidence import Flaw
from gaoxin_vote.belenios.verification import ArchiveReport, verify_archive
from gaoxin_vote.errors import EvidenceBroken, Refused
from gaoxin_vote.files import read_whole, reading_from
from gaoxin_vote.progress import Progress, silent
from gaoxin_vote.workflow.verify.comparing import NOTHING_COMPARED, Comparison, Prints, compare, expectations
from gaoxin_vote.workflow.verify.processes import paying_processes
from gaoxin_vote.workflow.verify.reason import VerifyReason

if TYPE_CHECKING:
    from gaoxin_vote.workflow.verify.package import PackageReport
    from gaoxin_vote.workflow.verify.sheet import VerifiedSheet

_ZIP, _PDF = b"PK\x03\x04", b"%PDF-"


@dataclass(frozen=True, slots=True)
class Verification:
    """What was verified, and what it says."""

    path: Path
    found: Union[ArchiveReport, "PackageReport", "VerifiedSheet"]
    prints: Prints
    digest: str
    """SHA-256 of the file; empty for a folder. Of an archive it stands on the sheet as 选票档案摘要."""
    comparison: Comparison = NOTHING_COMPARED

    @property
    def trustees_fingerprint(self) -> str:
        """The newest of them; empty without any."""
        return self.prints.trustees[-1] if self.prints.trustees else ""


def verify_path(
    path: Path,
    *,
    expect: str | Sequence[str] | None = None,
    progress: Progress = silent,
    processes: int = 1,
) -> Verification:
    """Verify one file or folder; `expect` is the 核对指纹 of the ceremony record, 0 `processes` are a few.

    Of a year whose keys were made anew there are several records. Each that is given must belong to a
    package; to an archive or a sheet one of them.

    Raises `EvidenceBroken` with the first broken thing, `Refused` for a missing file, an unknown kind of
    file or a malformed expectation, `Unavailable` when the medium fails.
    """
    wanted = expectations(expect)
    verification = _verified(path, progress, processes)
    return replace(verification, comparison=compare(verification.prints, wanted))


def _verified(path: Path, progress: Progress, processes: int) -> Verification:
    with reading_from(path):
        if not path.exists():
            raise Refused(VerifyReason.MISSING, f"没有这个文件或文件夹：{path}。")
        if not (path.is_file() or path.is_dir()):
            raise Refused(VerifyReason.UNKNOWN, f"这不是普通文件（是管道或设备），不能核验：{path}。")
        head = b""
        if path.is_file():
            with path.open("rb") as file:
                head = file.read(512)
            if not head:
                raise EvidenceBroken(Flaw.INCOMPLETE, f"文件是空的，可能没有拷贝完整：{path.name}。")
    if path.is_dir() or head.startswith(_ZIP):
        return _package(path, progress, processes)
    if head.startswith(_PDF):
        return _sheet(path)
    if path.is_file() and (path.suffix.lower() == ".bel" or head.startswith(b"BELENIOS\0")):
        with reading_from(path), path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            processes = processes or paying_processes(file.tell())
        report = verify_archive(path, progress=progress, processes=processes)
        return Verification(path, report, Prints((report.trustees.fingerprint,), ""), digest)
    raise Refused(
        VerifyReason.UNKNOWN,
        f"不认识这种文件：{path.name}。可核验的有选票档案（.bel）、考核档案包、已签发的报表（PDF）。",
    )


def _package(path: Path, progress: Progress, processes: int) -> Verification:
    # The tables, the scores and the sheets bring heavy libraries: not for a ballot archive.
    from gaoxin_vote.workflow.verify.package import verify_package

    found = verify_package(path, progress, processes)
    trustees = tuple(ceremony.facts.trustees_fingerprint for ceremony in found.ceremonies)
    return Verification(path, found, Prints(trustees, found.certificate_fingerprint, whole_year=True), "")


def _sheet(path: Path) -> Verification:
    from gaoxin_vote.workflow.verify.sheet import verify_sheet

    content = read_whole(path)
    found = verify_sheet(content)
    trustees = tuple(filter(None, (str(found.printed.get("trustees_fingerprint", "")),)))
    digest = hashlib.sha256(content).hexdigest()
    return Verification(path, found, Prints(trustees, found.report.certificate_fingerprint), digest)
