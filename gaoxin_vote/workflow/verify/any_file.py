"""Does everything hold, from the ballots to the last grade? No passphrase, no workspace.

A ballot archive, a record package (folder or zip) and a certified sheet are told apart by their content.
"""

import hashlib
import unicodedata
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
    trustees_fingerprint: str
    """SHA-256 of the public trustees text, 64 hex digits; empty for a sheet that does not carry it."""
    certificate_fingerprint: str
    """SHA-256 of the signing certificate; empty for an archive, which has none."""
    digest: str
    """SHA-256 of the file; empty for a folder. Of an archive it stands on the sheet as 选票档案摘要."""
    compared: tuple[str, ...]
    """Which of ``trustees`` and ``certificate`` were compared with a ceremony record."""


def verify_path(
    path: Path, *, expect: str | None = None, progress: Progress = silent, processes: int = 1
) -> Verification:
    """Verify one file or folder; `expect` is the 核对指纹 of the ceremony record, 0 `processes` are a few.

    Raises `EvidenceBroken` with the first broken thing, `Refused` for a missing file, an unknown kind of
    file or a malformed expectation, `Unavailable` when the medium fails.
    """
    wanted = expectation(expect)
    verification = _verified(path, progress, processes)
    return verification if wanted is None else _compared(verification, wanted)


def expectation(expect: str | None) -> tuple[str, str] | None:
    """The two halves of a 核对指纹 as copied from paper: blanks, dashes and wide digits do not matter.

    Raises `Refused` unless each has `CHECK_DIGITS` digits, or they are the two whole fingerprints.
    """
    if expect is None:
        return None
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
        return Verification(path, report, report.trustees.fingerprint, "", digest, ())
    raise Refused(
        VerifyReason.UNKNOWN,
        f"不认识这种文件：{path.name}。可核验的有选票档案（.bel）、记录包、已签发的报表（PDF）。",
    )


def _package(path: Path, progress: Progress, processes: int) -> Verification:
    # The tables, the scores and the sheets bring heavy libraries: not for a ballot archive.
    from gaoxin_vote.workflow.verify.package import verify_package

    found = verify_package(path, progress, processes)
    return Verification(path, found, found.trustees_fingerprint, found.certificate_fingerprint, "", ())


def _sheet(path: Path) -> Verification:
    from gaoxin_vote.workflow.verify.sheet import verify_sheet

    content = read_whole(path)
    found = verify_sheet(content)
    trustees = str(found.printed.get("trustees_fingerprint", ""))
    digest = hashlib.sha256(content).hexdigest()
    return Verification(path, found, trustees, found.report.certificate_fingerprint, digest, ())


def _compared(verification: Verification, wanted: tuple[str, str]) -> Verification:
    compared = list[str]()
    trustees, certificate = verification.trustees_fingerprint, verification.certificate_fingerprint
    for name, words, found, right, reason in (
        ("trustees", "监票密钥", trustees, wanted[0], VerifyReason.OTHER_TRUSTEES),
        ("certificate", "签名证书", certificate, wanted[1], VerifyReason.OTHER_CERTIFICATE),
    ):
        if found and not found.startswith(right):
            shown = found[: len(right)]
            raise EvidenceBroken(reason, f"{words}指纹与密钥仪式记录不符：文件中为{shown}，记录上为{right}。")
        if found:
            compared.append(name)
    return replace(verification, compared=tuple(compared))
