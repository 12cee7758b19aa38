"""What lies in a record package, under which names, and how is one read without trusting it?"""

import hashlib
import io
import json
import lzma
import zipfile
import zlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from gaoxin_vote.domain.codec import Json, canonical_json, from_json
from gaoxin_vote.domain.contest import Contest
from gaoxin_vote.domain.minutes import SessionMinutes
from gaoxin_vote.domain.scheme import AssessmentScheme
from gaoxin_vote.domain.session import SessionId, SlipMode, Stage, VotingSession
from gaoxin_vote.domain.tally import Reconciliation
from gaoxin_vote.domain.units import UnitCode
from gaoxin_vote.errors import EvidenceBroken, Refused
from gaoxin_vote.files import reading_from
from gaoxin_vote.spreadsheets.kind_list import kinds
from gaoxin_vote.workflow.record.package_flaw import PackageFlaw, PackageReason, as_evidence

MANIFEST, SIGNATURE, CERTIFICATE = "manifest.json", "manifest.sig", "certificate.pem"
SESSIONS, RECORD, SCHEME = "sessions.json", "record.json", "scheme.toml"
CEREMONIES, AUDIT = "ceremonies.json", "audit.json"
CERTIFICATE_FILE = "sheets/certificate.cer"
"""The same as a .cer file (DER), for PDF programs."""
_FIXED = frozenset(
    {CERTIFICATE_FILE, MANIFEST, SIGNATURE, CERTIFICATE, SESSIONS, RECORD, SCHEME, CEREMONIES, AUDIT}
)
_LARGEST = 512 * 2**20
"""Bytes of all files of a package together; a year of 25 units has about 5 MB."""

_MOST_FILES = 10_000
"""A year has some tens; each of a million would be looked at."""

Files = dict[str, bytes]
"""The files of a package by their path within it."""


@dataclass(frozen=True, slots=True)
class PackagedCeremony:
    """What a package says of one key ceremony: as it stands in the audit log."""

    ceremony: str
    reason: str
    """Why keys were made anew; empty for the first of the year."""
    held_on: date
    threshold: int
    names: tuple[str, ...]
    trustees_fingerprint: str
    """SHA-256, 64 hex digits; so the next, which is the same at every ceremony of the year."""
    certificate_fingerprint: str


@dataclass(frozen=True, slots=True)
class PackagedSession:
    """What a package says of one session beside its archive."""

    uuid: str
    """Of its election; what acts, archive and sheets name it by."""
    contest: Contest
    group: str
    number: int
    units: tuple[UnitCode, ...]
    slip_mode: SlipMode
    stage: Stage
    void_reason: str
    reconciliation: Reconciliation
    spoiled: int
    lost: int
    added: int
    handed_units: tuple[UnitCode, ...]
    """The unit of each delegate whose slip may be in the box, as the roll says; empty where no units vote."""
    minutes: SessionMinutes

    @property
    def session(self) -> VotingSession:
        """The session these facts speak of."""
        return VotingSession(
            id=SessionId(0),
            uuid=self.uuid,
            contest=self.contest,
            group=self.group,
            number=self.number,
            units=self.units,
            slip_mode=self.slip_mode,
            stage=self.stage,
            void_reason=self.void_reason,
        )

    @property
    def title(self) -> str:
        """Such as 领导评议 or 部门互评（第2次）."""
        return self.session.title

    @property
    def archive(self) -> str:
        """Path of the ballot archive."""
        return f"archives/{file_stem(self.uuid)}.bel"

    @property
    def bindings(self) -> str:
        """Path of the second proofs of the archive's partial decryptions, by the trustee's number."""
        return f"archives/{file_stem(self.uuid)}.json"


@dataclass(frozen=True, slots=True)
class PackagedSheet:
    """What a manifest says of one issued sheet."""

    form: str
    """Code of the form, such as F5."""
    key: str
    """Of what: of a session (its uuid), of the year (2017), of a unit (U01)."""
    edition: int
    version: int
    """Of the form's drawing."""

    @property
    def pdf(self) -> str:
        """Path of the certified sheet."""
        return f"sheets/{self._stem}.pdf"

    @property
    def figures(self) -> str:
        """Path of the sheet's figures."""
        return f"sheets/{self._stem}.json"

    @property
    def _stem(self) -> str:
        return f"{file_stem(self.form)}-{file_stem(self.key)}"


def file_stem(key: str) -> str:
    """`key` as part of a file's name on every system; two keys never get the same one."""
    return "".join(sign if sign.isalnum() or sign in "-_" else f"%{ord(sign):02X}" for sign in key)


def packaged_sheets(manifest: dict[str, Any]) -> tuple[PackagedSheet, ...]:
    """The sheets that a manifest lists. Raises `EvidenceBroken` for a list that is none, or a sheet twice."""
    with as_evidence(MANIFEST):
        sheets = tuple(from_json(PackagedSheet, entry, where="sheets") for entry in manifest["sheets"])
    if len({sheet.pdf for sheet in sheets}) != len(sheets):
        raise EvidenceBroken(PackageFlaw.SHEET, "清单上有一份报表列了两次。")
    return sheets


def manifest_of(files: Files, **facts: Json) -> bytes:
    """The manifest of `files` (itself and its signature left out) with these facts, in its one spelling."""
    listed: list[Json] = [
        {"path": name, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in sorted(files.items())
        if name not in (MANIFEST, SIGNATURE)
    ]
    head: dict[str, Json] = {"kind": "gaoxin-vote record package", "version": 1}
    return canonical_json(head | facts | {"files": listed}).encode()


def read_package(path: Path) -> Files:
    """All files of the package at `path` (folder or zip).

    Raises `Refused` when it is none, `EvidenceBroken` when it holds what no package has.
    """
    with reading_from(path):
        return _read_folder(path) if path.is_dir() else _read_zip(path)


def input_files(scheme: AssessmentScheme) -> dict[str, str]:
    """Every table of inputs that a package under this scheme may carry: the name of its kind by its path."""
    return {f"inputs/{stem}.csv": stem for stem in kinds(scheme.contests)}


def require_known_files(
    files: Files,
    tallied: tuple[PackagedSession, ...],
    sheets: tuple[PackagedSheet, ...],
    scheme: AssessmentScheme,
) -> None:
    """Raise `EvidenceBroken` for a file that no package of these sessions and sheets has."""
    known = _FIXED | input_files(scheme).keys()
    known |= {name for session in tallied for name in (session.archive, session.bindings)}
    known |= {name for sheet in sheets for name in (sheet.pdf, sheet.figures)}
    for name in sorted(files.keys() - known):
        raise EvidenceBroken(PackageFlaw.UNKNOWN_FILE, f"考核档案包中有不应有的文件：{name[:100]}。")


def content_of(files: Files, name: str) -> bytes:
    """The content of a file that every package has."""
    if name not in files:
        raise EvidenceBroken(PackageFlaw.INCOMPLETE, f"考核档案包缺少文件：{name}。")
    return files[name]


def json_of(files: Files, name: str) -> Any:
    """The JSON value of a file; raises `EvidenceBroken` unless it is spelled in the one way it can be."""
    content = content_of(files, name)
    with as_evidence(name):
        value = json.loads(content)
        if canonical_json(value).encode() != content:
            raise EvidenceBroken(PackageFlaw.MALFORMED, f"{name}不是规范格式，可能已被改动。")
        return value


def _read_folder(path: Path) -> Files:
    if not (path / MANIFEST).is_file():
        raise _no_package("文件夹")
    found = sorted(file for file in path.rglob("*") if file.is_symlink() or not file.is_dir())
    for file in found:
        if file.is_symlink() or not file.is_file():
            raise EvidenceBroken(
                PackageFlaw.UNKNOWN_FILE, f"考核档案包中有不应有的链接或特殊文件：{file.name}。"
            )
    if len(found) > _MOST_FILES or sum(file.stat().st_size for file in found) > _LARGEST:
        raise EvidenceBroken(PackageFlaw.MALFORMED, "文件夹过大，不像是考核档案包。")
    return {file.relative_to(path).as_posix(): file.read_bytes() for file in found}


def _read_zip(path: Path) -> Files:
    if path.stat().st_size > _LARGEST:
        raise _no_package("压缩包")
    content = path.read_bytes()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            names = [entry.filename for entry in entries]
            if MANIFEST not in names:
                raise _no_package("压缩包")
            if sum(entry.file_size for entry in entries) > _LARGEST or len(set(names)) != len(names):
                raise EvidenceBroken(PackageFlaw.MALFORMED, "压缩包过大，或其中有重名文件。")
            # What is packed may say any size and be another: it is not even unpacked.
            if any(entry.compress_type != zipfile.ZIP_STORED for entry in entries):
                raise _other_zip()
            files = {entry.filename: archive.read(entry) for entry in entries}
    except (
        zipfile.BadZipFile,
        zlib.error,
        lzma.LZMAError,
        OSError,
        RuntimeError,
        EOFError,
        ValueError,
    ) as error:
        raise EvidenceBroken(PackageFlaw.MALFORMED, "压缩包已损坏，无法读取。") from error
    if zipped(files) != content:
        raise _other_zip()
    return files


def _other_zip() -> EvidenceBroken:
    return EvidenceBroken(
        PackageFlaw.MALFORMED,
        "压缩包不是原样（可能重新压缩过，也可能夹带了别的内容）。请用原文件，或解压后核验文件夹。",
    )


def _no_package(kind: str) -> Refused:
    words = f"这个{kind}不是考核档案包。请指明其中的选票档案、考核档案包或已签发的报表。"
    return Refused(PackageReason.UNKNOWN, words)


def zipped(files: Files) -> bytes:
    """The files as a zip, in the order of their names, stored as they are and without times: one spelling."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(name), files[name])
    return target.getvalue()
