"""What goes into the record package that anybody can check on another PC?

Nothing in it is secret: archives, the scheme, all inputs of the computation, its record, the sheets and the
audit log; a manifest with their digests, signed with the certificate of the key ceremony. Session secrets,
sealed units and slips never get here: they are erased when the box is sealed.
"""

import hashlib
import json
import secrets
import shutil
from pathlib import Path

from gaoxin_vote.documents.certification import certificate_der, sign_bytes
from gaoxin_vote.domain.acts import Act
from gaoxin_vote.domain.codec import Json, canonical_json, to_json
from gaoxin_vote.domain.inputs import AssessmentInputs
from gaoxin_vote.domain.session import Stage
from gaoxin_vote.errors import Refused
from gaoxin_vote.files import write_durably, writing_to
from gaoxin_vote.progress import Progress, silent
from gaoxin_vote.spreadsheets.folder import assessment_files
from gaoxin_vote.spreadsheets.naming import UnitNames
from gaoxin_vote.storage.audit import AuditLog
from gaoxin_vote.storage.ceremony import Ceremony, CeremonyStore
from gaoxin_vote.storage.evidence import EvidenceStore
from gaoxin_vote.storage.sheets import IssuedSheet, SheetStore
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.storage.year import YearStore
from gaoxin_vote.workflow.record.package_files import (
    AUDIT,
    CEREMONIES,
    CERTIFICATE,
    CERTIFICATE_FILE,
    MANIFEST,
    RECORD,
    SCHEME,
    SESSIONS,
    SIGNATURE,
    Files,
    PackagedSession,
    PackagedSheet,
    manifest_of,
    zipped,
)
from gaoxin_vote.workflow.record.package_flaw import PackageReason
from gaoxin_vote.workflow.reports.report_list import report_of
from gaoxin_vote.workflow.reports.sheets import outdated, sheet_lines
from gaoxin_vote.workflow.results.assessing import inputs_of
from gaoxin_vote.workflow.session.held import held_sessions
from gaoxin_vote.workflow.session.turnout import SessionState, states
from gaoxin_vote.workflow.setup.assessment_year import AssessmentYear, read_year
from gaoxin_vote.workflow.setup.years import is_sample


def write_package(workspace: Workspace, year: int, path: Path, progress: Progress = silent) -> Path:
    """Write the record package of a finalised year: a zip file where `path` ends so, else a folder.

    Raises `Refused` before the year is final, before every sheet that it needs is issued, or when `path`
    exists, `Unavailable` when the medium fails;
    then nothing stays behind, neither on the medium nor in the audit log.
    """
    now = read_year(workspace, year)
    if not now.final:
        raise Refused(PackageReason.NOT_FINAL, f"{year}年度考核尚未定稿，不能生成考核档案包。")
    with workspace.transaction():
        files = _package_files(workspace, now, progress)
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


def _package_files(workspace: Workspace, year: AssessmentYear, progress: Progress) -> Files:
    """Every file of the package by its path within it, the manifest and its signature included."""
    held = states(workspace, held_sessions(workspace, year.number, year.scheme))
    ended = [state for state in held if state.session.stage in (Stage.TALLIED, Stage.VOIDED)]
    total = len(ended) + 2
    files: Files = {}
    sessions: list[PackagedSession] = []
    for done, state in enumerate(ended):
        session, packaged = state.session, _packaged(state)
        progress(done, total, f"整理{session.title}")
        sessions.append(packaged)
        if packaged.stage is Stage.TALLIED:
            files[packaged.archive] = EvidenceStore(workspace).archive(session.id)
            bindings = EvidenceStore(workspace).bindings(session.id)
            files[packaged.bindings] = _json(
                {str(owner): json.loads(text) for owner, text in bindings.items()}
            )
    progress(len(ended), total, "整理报表和考核数据")
    sheets = _sheets(workspace, year.number)
    files |= _sheet_files(workspace, year.number, sheets)
    ceremony, held_ceremonies = _ceremonies(workspace, year.number)
    files[SESSIONS] = _json([to_json(session) for session in sessions])
    files[RECORD] = YearStore(workspace).record_json(year.number).encode()
    files[SCHEME] = year.scheme_text.encode()
    files[CEREMONIES] = _json(held_ceremonies)
    files[CERTIFICATE] = ceremony.certificate.encode()
    files[CERTIFICATE_FILE] = certificate_der(files[CERTIFICATE])
    files[AUDIT] = _json([to_json(entry) for entry in AuditLog(workspace).entries()])
    files |= _input_files(inputs_of(workspace, year, held))
    progress(len(ended) + 1, total, "签名")
    files[MANIFEST] = manifest_of(
        files,
        office=workspace.office,
        workspace=workspace.identity,
        year=year.number,
        title=year.scheme.title,
        audit_head=AuditLog(workspace).head(),
        sheets=[
            to_json(PackagedSheet(sheet.form, sheet.key, sheet.edition, sheet.version)) for sheet in sheets
        ],
        sample=is_sample(workspace),
    )
    files[SIGNATURE] = sign_bytes(ceremony.certificate_key.encode(), files[MANIFEST]).encode()
    progress(total, total, "签名")
    return files


def _ceremonies(workspace: Workspace, year: int) -> tuple[Ceremony, list[Json]]:
    """The newest ceremony, whose certificate is that of them all, and what is public of each."""
    held = CeremonyStore(workspace).ceremonies(year)
    facts: list[Json] = [{"ceremony": each.ceremony, **json.loads(each.facts)} for each in held]
    return CeremonyStore(workspace).ceremony(year), facts


def _sheets(workspace: Workspace, year: int) -> tuple[IssuedSheet, ...]:
    """The newest edition of every issued sheet of the year.

    Raises `Refused` when one that has to be there was never issued, or prints what is not so any more.
    """
    lines = sheet_lines(workspace, year)
    missing = [
        line.title
        for line in lines
        if report_of(line.form.code).required and not line.readiness.waiting and line.issued is None
    ]
    if missing:
        raise Refused(
            PackageReason.NOT_ISSUED,
            f"还有{len(missing)}份报表没有签发，不能生成考核档案包。请先在“报表”中签发。",
            details=tuple(missing),
        )
    issued = tuple(line.issued for line in lines if line.issued is not None)
    old = outdated(workspace, year, issued)
    if old:
        raise Refused(
            PackageReason.OUTDATED,
            f"有{len(old)}份报表签发后数据又有变动，不能生成考核档案包。请先在“报表”中改版。",
            details=tuple(line.title for line in lines if line.issued in old),
        )
    return issued


def _sheet_files(workspace: Workspace, year: int, sheets: tuple[IssuedSheet, ...]) -> Files:
    files: Files = {}
    for sheet in sheets:
        named = PackagedSheet(sheet.form, sheet.key, sheet.edition, sheet.version)
        content, figures = SheetStore(workspace).content(year, sheet.form, sheet.key, sheet.edition)
        files |= {named.pdf: content, named.figures: figures.encode()}
    return files


def _packaged(state: SessionState) -> PackagedSession:
    session = state.session
    return PackagedSession(
        uuid=session.uuid,
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
        added=state.held.added,
        handed_units=state.roll.handed_units,
        minutes=state.minutes,
    )


def _input_files(given: AssessmentInputs) -> Files:
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
