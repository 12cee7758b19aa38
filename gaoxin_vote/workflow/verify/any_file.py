"""Does everything hold, from the ballots to the last grade? No passphrase, no workspace.

A ballot archive, a record package (folder or zip) and a certified sheet are told apart by their content.
"""

import hashlib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Union

from gaoxin_vote.belenios.evidence import Flaw
from gaoxin_vote.belenios.verification import ArchiveReport, verify_archive
from gaoxin_vote.domain.fingerprint import CHECK_DIGITS
from gaoxin_vote.errors import EvidenceBroken, Refused
from gaoxin_vote.files import read_whole, reading_from
from gaoxin_vote.progress import Progress, silent
from gaoxin_vote.workflow.verify.processes import paying_processes
from gaoxin_vote.workflow.verify.reason import VerifyReason

if TYPE_CHECKING:
    from gaoxin_vote.workflow.verify.package import PackageReport
    from gaoxin_vote.workflow.verify.sheet import VerifiedSheet

_ZIP, _PDF = b"PK\x03\x04", b"%PDF-"
_DASHES = "‐‑‒–—―−﹣－"


@dataclass(frozen=True, slots=True)
class Verification:
    """What was verified, and what it says."""

    path: Path
    found: Union[ArchiveReport, "PackageReport", "VerifiedSheet"]
    trustees_fingerprints: tuple[str, ...]
    """SHA-256 of the public trustees text, 64 hex digits: one of each key ceremony in a package, one in an
    archive, one or none in a sheet."""
    certificate_fingerprint: str
    """SHA-256 of the signing certificate; empty for an archive, which has none."""
    digest: str
    """SHA-256 of the file; empty for a folder. Of an archive it stands on the sheet as 选票档案摘要."""
    compared: tuple[str, ...]
    """Which of ``trustees`` and ``certificate`` were compared with a ceremony record."""
    matched: tuple[str, ...] = ()
    """Those of `trustees_fingerprints` that stand on a ceremony record that was given."""
    whole_year: bool = False
    """Whether it is a record package: every ceremony record of the year is about it."""

    @property
    def trustees_fingerprint(self) -> str:
        """The newest of them; empty without any."""
        return self.trustees_fingerprints[-1] if self.trustees_fingerprints else ""


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
    return _compared(verification, wanted) if wanted else verification


def expectations(expect: str | Sequence[str] | None) -> tuple[tuple[str, str], ...]:
    """The two halves of each 核对指纹 that is given. Raises `Refused` like `expectation`."""
    if expect is None:
        return ()
    return tuple(map(expectation, (expect,) if isinstance(expect, str) else expect))


def expectation(expect: str) -> tuple[str, str]:
    """The two halves of a 核对指纹 as copied from paper: blanks, dashes and wide digits do not matter.

    Raises `Refused` unless each has `CHECK_DIGITS` digits, or they are the two whole fingerprints.
    """
    plain = unicodedata.normalize("NFKC", "".join(expect.split()).strip("\"'“”‘’")).lower()
    halves = plain.translate(dict.fromkeys(map(ord, _DASHES), "-")).split("-")
    if len(halves) != 2 or any(
        len(half) not in (CHECK_DIGITS, 2 * CHECK_DIGITS) or set(half) - set("0123456789abcdef")
        for half in halves
    ):
        raise Refused(
            VerifyReason.BAD_EXPECTATION,
            "指纹格式不对：请照抄密钥仪式记录上的“核对指纹”"
            f"（两组各{CHECK_DIGITS}位，中间一个“-”；有空格时整体加引号）。",
        )
    return halves[0], halves[1]


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
        return Verification(path, report, (report.trustees.fingerprint,), "", digest, ())
    raise Refused(
        VerifyReason.UNKNOWN,
        f"不认识这种文件：{path.name}。可核验的有选票档案（.bel）、记录包、已签发的报表（PDF）。",
    )


def _package(path: Path, progress: Progress, processes: int) -> Verification:
    # The tables, the scores and the sheets bring heavy libraries: not for a ballot archive.
    from gaoxin_vote.workflow.verify.package import verify_package

    found = verify_package(path, progress, processes)
    trustees = tuple(ceremony.facts.trustees_fingerprint for ceremony in found.ceremonies)
    return Verification(path, found, trustees, found.certificate_fingerprint, "", (), whole_year=True)


def _sheet(path: Path) -> Verification:
    from gaoxin_vote.workflow.verify.sheet import verify_sheet

    content = read_whole(path)
    found = verify_sheet(content)
    trustees = tuple(filter(None, (str(found.printed.get("trustees_fingerprint", "")),)))
    digest = hashlib.sha256(content).hexdigest()
    return Verification(path, found, trustees, found.report.certificate_fingerprint, digest, ())


def _compared(verification: Verification, wanted: tuple[tuple[str, str], ...]) -> Verification:
    """Every record that is given belongs to a package; to an archive or a sheet one of them does."""
    trustees, certificate = verification.trustees_fingerprints, verification.certificate_fingerprint
    flaws = [_strange(verification, right) for right in wanted]
    if any(flaws) if verification.whole_year else all(flaws):
        raise next(flaw for flaw in flaws if flaw is not None)
    compared = ("trustees",) * bool(trustees) + ("certificate",) * bool(certificate)
    own = [half for (half, _), flaw in zip(wanted, flaws, strict=True) if flaw is None]
    matched = tuple(found for found in trustees if any(map(found.startswith, own)))
    return replace(verification, compared=compared, matched=matched)


def _strange(verification: Verification, wanted: tuple[str, str]) -> EvidenceBroken | None:
    """Why this ceremony record is not that of the file; None where it is."""
    certificate = verification.certificate_fingerprint
    for words, found, right, reason in (
        ("监票密钥", verification.trustees_fingerprints, wanted[0], VerifyReason.OTHER_TRUSTEES),
        ("签名证书", (certificate,) * bool(certificate), wanted[1], VerifyReason.OTHER_CERTIFICATE),
    ):
        if found and not any(each.startswith(right) for each in found):
            shown = "、".join(each[: len(right)] for each in found)
            return EvidenceBroken(
                reason, f"{words}指纹与密钥仪式记录不符：文件中为{shown}，记录上为{right}。"
            )
    return None
