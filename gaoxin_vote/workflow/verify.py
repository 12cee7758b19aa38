"""Does everything hold, from the ballots to the last grade? No passphrase, no workspace.

A ballot archive, a record package (folder or zip) and a certified sheet are told apart by their content.
"""

from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from gaoxin_vote.belenios.verification import ArchiveReport, verify_archive
from gaoxin_vote.documents.certification import SheetReport, check_sheet
from gaoxin_vote.errors import EvidenceBroken, Refused
from gaoxin_vote.workflow.files import read_whole, reading_from
from gaoxin_vote.workflow.progress import Progress, silent
from gaoxin_vote.workflow.verify_package import PackageReport, verify_package

_ZIP, _PDF = b"PK\x03\x04", b"%PDF-"
FINGERPRINT_DIGITS = 32


class VerifyReason(Enum):
    """Why a file is refused."""

    MISSING = "missing"
    UNKNOWN = "unknown"
    BAD_EXPECTATION = "bad expectation"
    OTHER_TRUSTEES = "other trustees"
    OTHER_CERTIFICATE = "other certificate"


@dataclass(frozen=True, slots=True)
class Verification:
    """What was verified, and what it says."""

    path: Path
    found: ArchiveReport | PackageReport | SheetReport
    expected: bool
    """Whether the fingerprints were compared with those of a ceremony record."""

    @property
    def trustees_fingerprint(self) -> str:
        """SHA-256 of the public trustees text; empty for a sheet, which does not carry it."""
        return "" if isinstance(self.found, SheetReport) else self.found.trustees_fingerprint

    @property
    def certificate_fingerprint(self) -> str:
        """SHA-256 of the signing certificate; empty for an archive, which has none."""
        return "" if isinstance(self.found, ArchiveReport) else self.found.certificate_fingerprint


def verify_path(
    path: Path, *, expect: str | None = None, progress: Progress = silent, processes: int = 1
) -> Verification:
    """Verify one file or folder; `expect` is the fingerprint of the ceremony record.

    Raises `EvidenceBroken` with the first broken thing, `Refused` for a missing file, an unknown kind of
    file or a malformed expectation, `Unavailable` when the medium fails.
    """
    wanted = _expectation(expect)
    found = _verified(path, progress, processes)
    verification = Verification(path, found, expect is not None)
    if wanted is not None:
        _compare(verification, wanted)
    return verification


def _verified(path: Path, progress: Progress, processes: int) -> ArchiveReport | PackageReport | SheetReport:
    with reading_from(path):
        if not path.exists():
            raise Refused(VerifyReason.MISSING, f"没有这个文件或文件夹：{path}。")
        if path.is_dir():
            return verify_package(path, progress, processes)
        with path.open("rb") as file:
            head = file.read(512)
    if head.startswith(_ZIP):
        return verify_package(path, progress, processes)
    if head.startswith(_PDF):
        return check_sheet(read_whole(path))
    if path.suffix.lower() == ".bel" or head.startswith(b"BELENIOS\0"):
        return verify_archive(path, progress=progress, processes=processes)
    raise Refused(
        VerifyReason.UNKNOWN,
        f"不认识这种文件：{path.name}。可核验的有选票档案（.bel）、记录包、签章报表（PDF）。",
    )


def _expectation(expect: str | None) -> tuple[str, str] | None:
    """The two halves of a fingerprint as printed on the ceremony record, blanks ignored."""
    if expect is None:
        return None
    trustees, _, certificate = "".join(expect.split()).lower().partition("-")
    if any(
        len(half) != FINGERPRINT_DIGITS or set(half) - set("0123456789abcdef")
        for half in (trustees, certificate)
    ):
        raise Refused(
            VerifyReason.BAD_EXPECTATION,
            "指纹格式不对：应为密钥仪式记录上的两组各32位十六进制数字，中间一个“-”。",
        )
    return trustees, certificate


def _compare(verification: Verification, wanted: tuple[str, str]) -> None:
    trustees, certificate = verification.trustees_fingerprint, verification.certificate_fingerprint
    if trustees and trustees[:FINGERPRINT_DIGITS] != wanted[0]:
        raise EvidenceBroken(
            VerifyReason.OTHER_TRUSTEES,
            f"监票密钥指纹与密钥仪式记录不符：文件中为{trustees[:FINGERPRINT_DIGITS]}，记录上为{wanted[0]}。",
        )
    if certificate and certificate[:FINGERPRINT_DIGITS] != wanted[1]:
        raise EvidenceBroken(
            VerifyReason.OTHER_CERTIFICATE,
            f"签章证书指纹与密钥仪式记录不符：文件中为{certificate[:FINGERPRINT_DIGITS]}，记录上为{wanted[1]}。",
        )
