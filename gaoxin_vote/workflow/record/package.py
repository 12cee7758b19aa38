"""What goes into the record package that anybody can check on another PC?

Nothing in it is secret: archives, the scheme, all inputs of the computation, its record, the sheets and the
audit log; a manifest with their digests, signed with the certificate of the key ceremony. Session secrets,
sealed units and slips never get here: they are erased when a session closes.
"""

import hashlib
import json
import secrets
import shutil
from pathlib import Path

from gaoxin_vote.documents.certification import sign_bytes
from gaoxin_vote.documents.forms.tally_report import figures
from gaoxin_vote.domain.acts import Act
from gaoxin_vote.domain.codec import Json, canonical_json, to_json
from gaoxin_vote.domain.session import Stage, VotingSession
from gaoxin_vote.errors import Refused
from gaoxin_vote.files import write_durably, writing_to
from gaoxin_vote.progress import Progress, silent
from gaoxin_vote.spreadsheets.folder import assessment_files
from gaoxin_vote.spreadsheets.naming import UnitNames
from gaoxin_vote.storage.audit import AuditLog
from gaoxin_vote.storage.ceremony import CeremonyStore
from gaoxin_vote.storage.evidence import EvidenceStore
from gaoxin_vote.storage.sessions import SessionStore
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.storage.year import YearStore
from gaoxin_vote.workflow.record.package_files import (
    AUDIT,
    CEREMONY,
    CERTIFICATE,
    MANIFEST,
    RECORD,
    SCHEME,
    SESSIONS,
    SIGNATURE,
    Files,
    PackagedSession,
    manifest_of,
    zipped,
)
from gaoxin_vote.workflow.record.package_flaw import PackageReason
from gaoxin_vote.workflow.reports.sheets import tally_report, tally_report_pdf
from gaoxin_vote.workflow.results.assessing import inputs, is_final
from gaoxin_vote.workflow.session.turnout import session_state
from gaoxin_vote.workflow.setup.years import is_sample, scheme


def write_package(workspace: Workspace, year: int, path: Path, progress: Progress = silent) -> Path:
    """Write the record package of a finalised year: a zip file where `path` ends so, else a folder.

    Raises `Refused` before the year is final or when `path` exists, `Unavailable` when the medium fails;
    then nothing stays behind, neither on the medium nor in the audit log.
    """
    if not is_final(workspace, year):
        raise Refused(PackageReason.NOT_FINAL, f"{year}年度考核尚未定稿，不能生成记录包。")
    with workspace.transaction():
        files = _package_files(workspace, year, progress)
        digest = hashlib.sha256(files[MANIFEST]).hexdigest()
        AuditLog(workspace).append(Act.WRITE_PACKAGE, {"package": path.name, "record": digest}, year=year)
        with writing_to(path):
            if path.exists():
                raise Refused(PackageReason.EXISTS, f"已存在同名文件或文件夹，不覆盖：{path}。请另选位置。")
        if path.suffix.lower() == ".zip":
            write_durably(path, zipped(files), replace=False)
        else:
            _write_folder(path, files)
    return path


def _package_files(workspace: Workspace, year: int, progress: Progress) -> Files:
    """Every file of the package by its path within it, the manifest and its signature included."""
    ended = [
        session
        for session in SessionStore(workspace).sessions(year)
        if session.stage in (Stage.TALLIED, Stage.VOIDED)
    ]
    total = len(ended) + 2
    files: Files = {}
    packaged: list[PackagedSession] = []
    for done, session in enumerate(ended):
        progress(done, total, f"整理{session.title}")
        one = _packaged(workspace, session)
        packaged.append(one)
        if one.stage is Stage.TALLIED:
            files[one.archive] = EvidenceStore(workspace).archive(session.id)
            bindings = EvidenceStore(workspace).bindings(session.id)
            files[one.bindings] = _json({str(owner): json.loads(text) for owner, text in bindings.items()})
            files[one.sheet] = tally_report_pdf(workspace, session.id)
            files[one.figures] = _json(figures(tally_report(workspace, session.id)))
    progress(len(ended), total, "整理考核数据")
    ceremony = CeremonyStore(workspace).ceremony(year)
    files[SESSIONS] = _json([to_json(one) for one in packaged])
    files[RECORD] = YearStore(workspace).record_json(year).encode()
    files[SCHEME] = YearStore(workspace).scheme_text(year).encode()
    files[CEREMONY] = ceremony.facts.encode()
    files[CERTIFICATE] = ceremony.certificate.encode()
    files[AUDIT] = _json([to_json(entry) for entry in AuditLog(workspace).entries()])
    files |= _input_files(workspace, year)
    progress(len(ended) + 1, total, "签名")
    files[MANIFEST] = manifest_of(
        files,
        office=workspace.office,
        workspace=workspace.identity,
        year=year,
        title=scheme(workspace, year).title,
        ceremony=ceremony.ceremony,
        audit_head=AuditLog(workspace).head(),
        sample=is_sample(workspace),
    )
    files[SIGNATURE] = sign_bytes(ceremony.certificate_key.encode(), files[MANIFEST]).encode()
    progress(total, total, "签名")
    return files


def _packaged(workspace: Workspace, session: VotingSession) -> PackagedSession:
    state = session_state(workspace, session.id)
    return PackagedSession(
        contest=session.contest,
        group=session.group,
        number=session.number,
        units=session.units,
        slip_mode=session.slip_mode,
        stage=session.stage,
        void_reason=session.void_reason,
        reconciliation=state.reconciliation,
        spoiled=state.spoiled,
        lost=state.lost,
        issued_units=state.roll.issued_units,
        minutes=state.minutes,
    )


def _input_files(workspace: Workspace, year: int) -> Files:
    given = inputs(workspace, year)
    tables = assessment_files(given, UnitNames(given.units, given.scheme.aliases))
    return {f"inputs/{stem}.csv": content for stem, content in tables.items()}


def _write_folder(path: Path, files: Files) -> None:
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    with writing_to(path):
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
