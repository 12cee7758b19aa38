"""Which sheets are there, and how is one drafted, issued, issued again and had?

A sheet of a certified form is certified once: what was issued is kept, and these bytes are what is shown,
printed, saved and packed from then on.
"""

import json
from dataclasses import dataclass
from enum import Enum
from typing import Any

from gaoxin_vote.documents.forms.count_table import CountColumn, CountTable, count_table
from gaoxin_vote.documents.forms.form import Form, Imprint, Scope, figures_in
from gaoxin_vote.documents.forms.tally_report import FORM as TALLY_REPORT
from gaoxin_vote.domain.acts import Act
from gaoxin_vote.domain.codec import Json, canonical_json
from gaoxin_vote.domain.minutes import SessionMinutes
from gaoxin_vote.domain.session import SessionId, VotingSession
from gaoxin_vote.errors import Refused
from gaoxin_vote.progress import Progress, silent
from gaoxin_vote.storage.audit import AuditLog
from gaoxin_vote.storage.ceremony import CeremonyStore
from gaoxin_vote.storage.sheets import IssuedSheet, NewSheet, SheetStore
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.workflow.reports.facts import Subject, subjects
from gaoxin_vote.workflow.reports.reading import SheetSources, sheet_sources, subject_of, year_facts
from gaoxin_vote.workflow.reports.report import Readiness, Report
from gaoxin_vote.workflow.reports.report_list import REPORTS, report_of
from gaoxin_vote.workflow.reports.room_sheets import CEREMONY, OPENING, ROLL, TRACKERS
from gaoxin_vote.workflow.reports.tally_report import tally_figures
from gaoxin_vote.workflow.session.acts import session_fields
from gaoxin_vote.workflow.session.held import held_session
from gaoxin_vote.workflow.session.meeting import note_minutes

_ON_SCREEN = (
    CountColumn.NUMBER,
    CountColumn.UNIT,
    CountColumn.UNIT_CLASS,
    CountColumn.GRADES,
    CountColumn.BLANK,
    CountColumn.VALID,
    CountColumn.SCORE,
)


class SheetReason(Enum):
    """Why a sheet is not drawn or not issued."""

    NOT_READY = "not ready"
    INCOMPLETE = "incomplete"
    NOT_CERTIFIED = "not certified"
    ISSUED = "issued"
    NOT_ISSUED = "not issued"
    REASON_MISSING = "reason missing"


@dataclass(frozen=True, slots=True)
class SheetName:
    """Which sheet of a year is meant."""

    form: str
    """Code of the form, such as F5."""
    key: str
    """Of what: of a session (its uuid), of the year (2017), of a unit (U01)."""


def ceremony_record_name(year: int, number: int = 1) -> SheetName:
    """The record of the `number`-th key ceremony of the year."""
    return SheetName(CEREMONY.form.code, str(year) if number == 1 else f"{year}-{number}")


def tally_report_name(session: VotingSession) -> SheetName:
    """计票结果报告单 of a session."""
    return SheetName(TALLY_REPORT.code, session.uuid)


def tally_hash_name(session: VotingSession) -> SheetName:
    """What the trustees of a session sign before they act: the hash that is about to be opened."""
    return SheetName(OPENING.form.code, session.uuid)


def roll_sheet_name(session: VotingSession) -> SheetName:
    """签到与领票登记表 of a session."""
    return SheetName(ROLL.form.code, session.uuid)


def tracker_list_name(session: VotingSession) -> SheetName:
    """查询码清单 of a session."""
    return SheetName(TRACKERS.form.code, session.uuid)


@dataclass(frozen=True, slots=True)
class SheetLine:
    """Where one sheet stands."""

    name: SheetName
    title: str
    """Such as 领导评议 计票结果报告单."""
    form: Form[Any]
    purpose: str
    session: VotingSession | None
    """Its session, for a form of which there is one for each session."""
    minutes: SessionMinutes | None
    """The minutes of that session."""
    readiness: Readiness
    issued: IssuedSheet | None
    """Its newest edition."""


def sheet_lines(workspace: Workspace, year: int) -> tuple[SheetLine, ...]:
    """Every sheet that the year can have: of its ceremonies and of itself, of each session, of each unit."""
    with workspace.reading():
        facts, issued = year_facts(workspace, year), SheetStore(workspace).newest(year)
    return tuple(
        _line(report, subject, issued)
        for scope in (Scope.CEREMONY, Scope.YEAR, Scope.SESSION, Scope.UNIT)
        for subject in subjects(facts, scope)
        for report in REPORTS
        if report.form.scope is scope
    )


def sheet_line(workspace: Workspace, year: int, name: SheetName) -> SheetLine:
    """Where this sheet stands. Raises `Refused` where the year has no such sheet."""
    report = report_of(name.form)
    with workspace.reading():
        subject = subject_of(workspace, year, report.form, name.key)
        return _line(report, subject, SheetStore(workspace).newest(year))


def paper(workspace: Workspace, year: int, name: SheetName) -> bytes:
    """The sheet as it stands now, not signed and not kept: of a certified form a draft, marked as such.

    Raises `Refused` before it can be drawn.
    """
    report = report_of(name.form)
    subject = subject_of(workspace, year, report.form, name.key)
    _require_drawable(report, subject)
    return report.form.paper(report.figures(subject))


def issue_sheet(workspace: Workspace, year: int, name: SheetName, progress: Progress = silent) -> IssuedSheet:
    """签发: sign the sheet with the year's certificate and keep it.

    Raises `Refused` when it was issued before, before it can be drawn, and while anything that it prints is
    missing: then with a line for each missing thing, and where to enter it.
    """
    with workspace.transaction():
        if SheetStore(workspace).editions(year, name.form, name.key):
            raise Refused(
                SheetReason.ISSUED, "此表已经签发，以签发的为准；需要更正的，请用“改版”并写明原因。"
            )
        return _issue(workspace, year, name, "", progress)


def reissue_sheet(
    workspace: Workspace,
    year: int,
    name: SheetName,
    reason: str,
    minutes: SessionMinutes | None = None,
    progress: Progress = silent,
) -> IssuedSheet:
    """改版: issue the sheet again for a reason; the earlier editions stay recorded.

    `minutes` are corrected in the same act, for a sheet of a session. Raises `Refused` without a reason, and
    like `issue_sheet`.
    """
    if not reason.strip():
        raise Refused(SheetReason.REASON_MISSING, "改版必须写明原因。")
    with workspace.transaction():
        if not SheetStore(workspace).editions(year, name.form, name.key):
            raise Refused(SheetReason.NOT_ISSUED, "此表尚未签发，请直接签发。")
        if minutes is not None:
            session = subject_of(workspace, year, report_of(name.form).form, name.key).held.session
            note_minutes(workspace, held_session(workspace, session.id), minutes)
        return _issue(workspace, year, name, reason.strip(), progress)


def issued_pdf(workspace: Workspace, year: int, name: SheetName) -> bytes:
    """The newest edition, byte for byte as it was issued. Raises `Refused` before that."""
    editions = SheetStore(workspace).editions(year, name.form, name.key)
    newest = editions[-1].edition if editions else 0
    return SheetStore(workspace).content(year, name.form, name.key, newest)[0]


def outdated(workspace: Workspace, year: int, sheets: tuple[IssuedSheet, ...]) -> tuple[IssuedSheet, ...]:
    """Those of the year's issued `sheets` that print something else than would be printed now."""
    with workspace.reading():
        sources = sheet_sources(workspace, year)
        return tuple(sheet for sheet in sheets if not _is_up_to_date(workspace, sources, sheet))


def _is_up_to_date(workspace: Workspace, sources: SheetSources, sheet: IssuedSheet) -> bool:
    form, year = report_of(sheet.form).form, sources.facts.number
    subject = sources.subject(workspace, form, sheet.key)
    kept = json.loads(SheetStore(workspace).content(year, sheet.form, sheet.key, sheet.edition)[1])
    now = form.as_json(report_of(sheet.form).figures(subject), Imprint(sheet.edition))
    return figures_in(kept) == figures_in(json.loads(canonical_json(now)))


def counts_on_screen(workspace: Workspace, session_id: SessionId) -> CountTable:
    """The counts of a tallied session, a row per unit. Raises `Refused` before the count."""
    held = held_session(workspace, session_id)
    subject = subject_of(workspace, held.year, TALLY_REPORT, held.session.uuid)
    _require_drawable(report_of(TALLY_REPORT.code), subject)
    report = tally_figures(subject)
    return count_table(report.rows, report.labels, report.reconciliation.returned, _ON_SCREEN)


def _line(report: Report[Any], subject: Subject, issued: dict[tuple[str, str], IssuedSheet]) -> SheetLine:
    session = subject.session
    again = subject.ceremony is not None and subject.ceremony.number > 1
    return SheetLine(
        name=SheetName(report.form.code, subject.key),
        title=f"{subject.title} {report.form.name}" if session or again else report.form.name,
        form=report.form,
        purpose=report.purpose,
        session=session.session if session else None,
        minutes=session.minutes if session else None,
        readiness=report.readiness(subject),
        issued=issued.get((report.form.code, subject.key)),
    )


def _require_drawable(report: Report[Any], subject: Subject) -> None:
    waiting = report.readiness(subject).waiting
    if waiting:
        raise Refused(SheetReason.NOT_READY, f"{subject.title}的{report.form.name}还不能生成：{waiting}。")


def _issue(workspace: Workspace, year: int, name: SheetName, reason: str, progress: Progress) -> IssuedSheet:
    from gaoxin_vote.documents.certification import certify

    report = report_of(name.form)
    form = report.form
    subject = subject_of(workspace, year, form, name.key)
    _require_issuable(report, subject)
    progress(0, 2, f"生成{form.name}")
    store, ceremony, now = SheetStore(workspace), CeremonyStore(workspace).ceremony(year), workspace.clock()
    figures = report.figures(subject)
    imprint = Imprint(len(store.editions(year, name.form, name.key)) + 1)
    drawn = form.edition(figures, imprint)
    progress(1, 2, "签名")
    content = certify(
        drawn,
        certificate=ceremony.certificate.encode(),
        key=ceremony.certificate_key.encode(),
        reason=form.name,
        when=now,
    )
    printed = canonical_json(form.as_json(figures, imprint))
    sheet = store.add(
        year,
        NewSheet(
            form=name.form,
            key=name.key,
            edition=imprint.edition,
            version=form.version,
            issued=now.isoformat(timespec="seconds"),
            reason=reason,
            figures=printed,
            content=content,
        ),
    )
    _note(workspace, subject, sheet, str(json.loads(printed)["record_id"]))
    progress(2, 2, "签名")
    return sheet


def _require_issuable(report: Report[Any], subject: Subject) -> None:
    name, readiness = f"{subject.title}的{report.form.name}", report.readiness(subject)
    if not report.form.certified:
        raise Refused(SheetReason.NOT_CERTIFIED, f"{name}不经签发，打印后手签即可。")
    _require_drawable(report, subject)
    if readiness.lacking:
        raise Refused(
            SheetReason.INCOMPLETE,
            f"{name}所印内容还不完整，不能签发。{readiness.where}",
            details=tuple(f"缺{missing}" for missing in readiness.lacking),
        )


def _note(workspace: Workspace, subject: Subject, sheet: IssuedSheet, record_id: str) -> None:
    content: dict[str, Json] = {
        **(session_fields(subject.session.session) if subject.session else {}),
        "form": sheet.form,
        "key": sheet.key,
        "edition": sheet.edition,
        "version": sheet.version,
        "record": record_id,
        "sheet": sheet.digest,
    }
    if sheet.edition > 1:
        AuditLog(workspace).append(
            Act.REISSUE_SHEET, {**content, "reason": sheet.reason}, year=subject.year.number
        )
    else:
        AuditLog(workspace).append(Act.ISSUE_SHEET, content, year=subject.year.number)
