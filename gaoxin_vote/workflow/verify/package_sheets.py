"""Are the sheets of a record package those that its manifest lists, and do their figures follow from it?"""

import json
from typing import Any

from gaoxin_vote.belenios.evidence import found_at
from gaoxin_vote.documents.forms.catalogue import form_printed
from gaoxin_vote.documents.forms.form import figures_in
from gaoxin_vote.domain.codec import canonical_json, to_json
from gaoxin_vote.errors import EvidenceBroken
from gaoxin_vote.workflow.record.package_files import Files, PackagedSheet, content_of, json_of
from gaoxin_vote.workflow.record.package_flaw import PackageFlaw
from gaoxin_vote.workflow.reports.facts import Subject, YearFacts, subjects
from gaoxin_vote.workflow.reports.report import Report
from gaoxin_vote.workflow.reports.report_list import REPORTS
from gaoxin_vote.workflow.verify.differences import json_differences
from gaoxin_vote.workflow.verify.sheet import VerifiedSheet, verify_sheet


def check_listed(files: Files, sheets: tuple[PackagedSheet, ...]) -> None:
    """Every sheet is of the form, drawing and edition that the manifest names, and this program can draw it.

    Asked before anything is recomputed. Raises `Refused` for a sheet that only a newer program can draw,
    `EvidenceBroken` otherwise.
    """
    for sheet in sheets:
        printed = json_of(files, sheet.figures)
        if not isinstance(printed, dict):
            raise EvidenceBroken(PackageFlaw.MALFORMED, f"{sheet.figures}格式不符，可能已被改动。")
        listed = {"form": sheet.form, "version": sheet.version, "edition": sheet.edition}
        named: dict[str, Any] = {name: printed.get(name) for name in listed}
        for found in json_differences(named, listed):
            raise EvidenceBroken(
                PackageFlaw.SHEET,
                f"{sheet.pdf}的{found.where()}，表内为{found.given}，清单所载为{found.computed}。",
            )
        form_printed(printed)


def check_sheets(
    files: Files, sheets: tuple[PackagedSheet, ...], year: YearFacts, fingerprint: str
) -> tuple[tuple[str, VerifiedSheet], ...]:
    """Each sheet with the title of what it is of, in the order of the list of reports.

    `fingerprint` is that of the year's certificate. Raises `EvidenceBroken` for a sheet that does not hold,
    that is missing, or that speaks of nothing in the package.
    """
    listed = {(sheet.form, sheet.key): sheet for sheet in sheets}
    held: list[tuple[str, VerifiedSheet]] = []
    for report in REPORTS:
        for subject in subjects(year, report.form.scope) if report.form.certified else ():
            sheet = listed.pop((report.form.code, subject.key), None)
            if sheet is not None:
                held.append((subject.title, _checked(files, sheet, report, subject, fingerprint)))
            elif report.required and not report.readiness(subject).waiting:
                raise EvidenceBroken(
                    PackageFlaw.INCOMPLETE, f"考核档案包缺少{subject.title}的{report.form.name}。"
                )
    for sheet in listed.values():
        raise EvidenceBroken(PackageFlaw.SHEET, f"{sheet.pdf}不属于考核档案包中的任何会议、年度或单位。")
    return tuple(held)


def _checked(
    files: Files, sheet: PackagedSheet, report: Report[Any], subject: Subject, fingerprint: str
) -> VerifiedSheet:
    """The sheet is certified with the year's certificate and prints what follows from the package."""
    name = f"{subject.title}的{report.form.name}"
    if waiting := report.readiness(subject).waiting:
        raise EvidenceBroken(PackageFlaw.SHEET, f"{name}不应存在：{waiting}。")
    printed = json_of(files, sheet.figures)
    expected = json.loads(canonical_json(to_json(report.figures(subject))))
    for found in json_differences(figures_in(printed), expected):
        raise EvidenceBroken(
            PackageFlaw.SHEET, f"{name}数据（{found.where()}）为{found.given}，应为{found.computed}。"
        )
    with found_at(name):
        verified = verify_sheet(content_of(files, sheet.pdf))
    if verified.report.certificate_fingerprint != fingerprint:
        raise EvidenceBroken(PackageFlaw.SHEET, f"{name}不是用本年度的证书签名的。")
    if verified.printed != printed:
        raise EvidenceBroken(PackageFlaw.SHEET, f"{name}内附带的数据与选票档案不一致。")
    return verified
