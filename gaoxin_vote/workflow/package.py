"""What goes into the record package that anybody can check on another PC?

Nothing in it is secret: archives, the scheme, all inputs of the computation, its record, the sheets and the
audit log; a manifest with their digests, signed with the certificate of the key ceremony. Session secrets,
sealed units and slips never get here: they are erased when a session closes.
"""

import hashlib
import io
import shutil
import zipfile
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from gaoxin_vote.documents.certification import sign_bytes
from gaoxin_vote.documents.tally_report import figures
from gaoxin_vote.domain.codec import Json, canonical_json, to_json
from gaoxin_vote.domain.contest import Contest
from gaoxin_vote.domain.session import SessionId, SlipMode, Stage, VotingSession
from gaoxin_vote.domain.tally import Reconciliation
from gaoxin_vote.domain.units import UnitCode
from gaoxin_vote.errors import Refused
from gaoxin_vote.spreadsheets.folder import assessment_files
from gaoxin_vote.spreadsheets.naming import UnitNames
from gaoxin_vote.storage.audit import AuditLog
from gaoxin_vote.storage.ceremony import CeremonyStore
from gaoxin_vote.storage.evidence import EvidenceStore
from gaoxin_vote.storage.sessions import SessionStore
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.storage.year import YearStore
from gaoxin_vote.workflow.files import write_durably, writing_to
from gaoxin_vote.workflow.progress import Progress, silent
from gaoxin_vote.workflow.reports import tally_report, tally_report_pdf
from gaoxin_vote.workflow.results import inputs, is_final
from gaoxin_vote.workflow.session import elector_unit
from gaoxin_vote.workflow.session_state import session_state
from gaoxin_vote.workflow.setup import scheme

KIND = "gaoxin-vote record package"
VERSION = 1
MANIFEST, SIGNATURE, CERTIFICATE = "manifest.json", "manifest.sig", "certificate.pem"
SESSIONS, RECORD, SCHEME, CEREMONY, AUDIT = (
    "sessions.json",
    "record.json",
    "scheme.toml",
    "ceremony.json",
    "audit.json",
)
INPUTS, ARCHIVES, SHEETS = "inputs", "archives", "sheets"


class PackageReason(Enum):
    """Why no package is made."""

    NOT_FINAL = "not final"
    EXISTS = "exists"


@dataclass(frozen=True, slots=True)
class PackagedSession:
    """What a package says of one session beside its archive."""

    contest: Contest
    group: str
    number: int
    units: tuple[UnitCode, ...]
    slip_mode: SlipMode
    stage: Stage
    void_reason: str
    reconciliation: Reconciliation
    issued_units: tuple[UnitCode, ...]
    """The units whose delegates were handed a slip, as the roll says; empty for the leadership rating."""
    archive: str
    """Path within the package; empty where the session was not tallied."""

    def session(self) -> VotingSession:
        """The session these facts speak of."""
        return VotingSession(
            id=SessionId(0),
            contest=self.contest,
            group=self.group,
            number=self.number,
            units=self.units,
            slip_mode=self.slip_mode,
            stage=self.stage,
            void_reason=self.void_reason,
        )


def write_package(workspace: Workspace, year: int, path: Path, progress: Progress = silent) -> Path:
    """Write the record package of a finalised year: a zip file where `path` ends so, else a folder.

    Raises `Refused` before the year is final or when `path` exists, `Unavailable` when the medium fails;
    then nothing stays behind.
    """
    if not is_final(workspace, year):
        raise Refused(PackageReason.NOT_FINAL, f"{year}年度考核尚未定稿，不能生成记录包。")
    if path.exists():
        raise Refused(PackageReason.EXISTS, f"已存在同名文件或文件夹，不覆盖：{path}。请另选位置。")
    files = package_files(workspace, year, progress)
    if path.suffix.lower() == ".zip":
        write_durably(path, zipped(files), replace=False)
    else:
        _write_folder(path, files)
    digest = hashlib.sha256(files[MANIFEST]).hexdigest()
    AuditLog(workspace).append("生成记录包", {"package": path.name, "record": digest}, year=year)
    return path


def package_files(workspace: Workspace, year: int, progress: Progress = silent) -> dict[str, bytes]:
    """Every file of the package by its path within it, the manifest and its signature included."""
    store = SessionStore(workspace)
    sessions = store.sessions(year)
    total = len(sessions) + 2
    files: dict[str, bytes] = {}
    packaged: list[PackagedSession] = []
    for done, session in enumerate(sessions):
        progress(done, total, f"整理{session.title}")
        one = _packaged(workspace, session)
        packaged.append(one)
        if one.archive:
            stem = Path(one.archive).stem
            files[one.archive] = EvidenceStore(workspace).archive(session.id)
            files[f"{SHEETS}/{stem}.pdf"] = tally_report_pdf(workspace, session.id)
            files[f"{SHEETS}/{stem}.json"] = canonical_json(
                figures(tally_report(workspace, session.id))
            ).encode()
    progress(len(sessions), total, "整理考核数据")
    ceremony = CeremonyStore(workspace).ceremony(year)
    files[SESSIONS] = _json([to_json(one) for one in packaged])
    files[RECORD] = YearStore(workspace).record_json(year).encode()
    files[SCHEME] = YearStore(workspace).scheme_text(year).encode()
    files[CEREMONY] = ceremony.facts.encode()
    files[CERTIFICATE] = ceremony.certificate.encode()
    files[AUDIT] = _json([to_json(entry) for entry in AuditLog(workspace).entries()])
    files |= _input_files(workspace, year)
    progress(len(sessions) + 1, total, "签名")
    manifest: dict[str, Json] = {
        "kind": KIND,
        "version": VERSION,
        "office": workspace.office,
        "workspace": workspace.identity,
        "year": year,
        "title": scheme(workspace, year).title,
        "ceremony": ceremony.ceremony,
        "audit_head": AuditLog(workspace).head(),
        "files": [
            {"path": name, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
            for name, content in sorted(files.items())
        ],
    }
    files[MANIFEST] = _json(manifest)
    files[SIGNATURE] = sign_bytes(ceremony.certificate_key.encode(), files[MANIFEST]).encode()
    progress(total, total, "签名")
    return files


def zipped(files: dict[str, bytes]) -> bytes:
    """The files as a zip, in the order of their names and without times."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(name), files[name], zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _packaged(workspace: Workspace, session: VotingSession) -> PackagedSession:
    state = session_state(workspace, session.id)
    tallied = session.stage is Stage.TALLIED
    group = f"-{session.group}" if session.group else ""
    name = f"{session.contest.name.lower()}{group}-{session.number}"
    peer = session.contest is Contest.PEER
    return PackagedSession(
        contest=session.contest,
        group=session.group,
        number=session.number,
        units=session.units,
        slip_mode=session.slip_mode,
        stage=session.stage,
        void_reason=session.void_reason,
        reconciliation=state.reconciliation,
        issued_units=tuple(elector_unit(e.code) for e in state.roll.electors if e.issued and peer),
        archive=f"{ARCHIVES}/{name}.bel" if tallied else "",
    )


def _input_files(workspace: Workspace, year: int) -> dict[str, bytes]:
    given = inputs(workspace, year)
    tables = assessment_files(given, UnitNames(given.units, given.scheme.aliases))
    return {f"{INPUTS}/{stem}.csv": content for stem, content in tables.items()}


def _write_folder(path: Path, files: dict[str, bytes]) -> None:
    part = path.with_name(path.name + ".part")
    with writing_to(path):
        shutil.rmtree(part, ignore_errors=True)
        try:
            for name, content in files.items():
                target = part / name
                target.parent.mkdir(parents=True, exist_ok=True)
                write_durably(target, content)
            part.rename(path)
        finally:
            shutil.rmtree(part, ignore_errors=True)


def _json(value: Json) -> bytes:
    return canonical_json(value).encode()
