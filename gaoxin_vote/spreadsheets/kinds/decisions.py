"""Which decisions of the leading group does a file list?"""

from dataclasses import replace

from gaoxin_vote.domain.contest import GRADES, Grade
from gaoxin_vote.domain.decision import Override, Referral, StaffAdjustment, TieDecision
from gaoxin_vote.spreadsheets.kind import Kind, Seen, Written
from gaoxin_vote.spreadsheets.layout import DECIDED_ON, UNIT_CODE, UNIT_NAME, Column, Format, Layout
from gaoxin_vote.spreadsheets.locating import rows_of
from gaoxin_vote.spreadsheets.naming import UnitNames
from gaoxin_vote.spreadsheets.problems import Findings, ImportResult, Problem
from gaoxin_vote.spreadsheets.reading.spreadsheet import SpreadsheetFile, read_workbook

_REASON = Column("reason", "理由", "决定的理由", required=True, synonyms=("原因", "依据", "决定理由"))
GRADE = Column(
    "grade",
    "等次",
    "优秀、良好、合格、不合格之一",
    Format.WORD,
    required=True,
    synonyms=("考核等次", "审定等次", "等级"),
    words=tuple(grade.label for grade in GRADES),
)

TIE_LAYOUT = Layout(
    "tie_decisions",
    "同分排序决定",
    (
        UNIT_CODE,
        replace(UNIT_NAME, extra=True),
        Column(
            "priority",
            "先后",
            "各项完全相同的单位中排第几，1在最前",
            Format.WHOLE,
            required=True,
            synonyms=("顺序", "排序", "先后顺序"),
        ),
        _REASON,
        DECIDED_ON,
    ),
)


def _tie_rows(decision: TieDecision, names: UnitNames) -> tuple[tuple[Written, ...], ...]:
    # The usual file has no column of names.
    return ((decision.unit, "", decision.priority, decision.reason, decision.decided_on),)


TIES: Kind[TieDecision] = Kind(TIE_LAYOUT, lambda decision: decision.unit, _tie_rows)


def import_tie_decisions(file: SpreadsheetFile, names: UnitNames) -> ImportResult[TieDecision]:
    """The decided order of tied units. Raises `Refused` when the file cannot be read at all."""
    findings = Findings(file.name)
    decisions: list[TieDecision] = []
    seen = Seen()
    for row in rows_of(read_workbook(file), TIE_LAYOUT, findings, names):
        unit = row.unit(names)
        priority, reason, decided_on = row.whole("priority"), row.text("reason"), row.day("decided_on")
        if not priority and not row.failed:
            row.error(Problem.TOO_SMALL, "“先后”从1起编。", "priority")
        if unit:
            seen.is_new(unit.code, row, "unit_code", f"单位“{unit.name}”")
        if not row.failed and unit:
            decisions.append(TieDecision(unit.code, priority, reason, decided_on))
    return findings.result(lambda: decisions)


OVERRIDE_LAYOUT = Layout("overrides", "等次审定调整", (UNIT_CODE, UNIT_NAME, GRADE, _REASON, DECIDED_ON))


def _override_rows(override: Override, names: UnitNames) -> tuple[tuple[Written, ...], ...]:
    unit = override.unit
    return ((unit, names.name_of(unit), override.grade.label, override.reason, override.decided_on),)


OVERRIDES: Kind[Override] = Kind(OVERRIDE_LAYOUT, lambda override: override.unit, _override_rows)


def import_overrides(file: SpreadsheetFile, names: UnitNames) -> ImportResult[Override]:
    """The grades set by decision. Raises `Refused` when the file cannot be read at all."""
    findings = Findings(file.name)
    overrides: list[Override] = []
    seen = Seen()
    for row in rows_of(read_workbook(file), OVERRIDE_LAYOUT, findings, names):
        unit, grade = row.unit(names), row.word("grade", Grade)
        reason, decided_on = row.text("reason"), row.day("decided_on")
        if unit:
            seen.is_new(unit.code, row, "unit_code", f"单位“{unit.name}”")
        if not row.failed and unit and grade:
            overrides.append(Override(unit.code, grade, reason, decided_on))
    return findings.result(lambda: overrides)


STAFF_LAYOUT = Layout(
    "staff_adjustments",
    "优秀名额调整",
    (
        UNIT_CODE,
        UNIT_NAME,
        Column(
            "places",
            "名额",
            "调整后的优秀名额",
            Format.WHOLE,
            required=True,
            synonyms=("优秀名额", "调整后名额"),
        ),
        _REASON,
    ),
)


def _staff_rows(adjustment: StaffAdjustment, names: UnitNames) -> tuple[tuple[Written, ...], ...]:
    unit = adjustment.unit
    return ((unit, names.name_of(unit), adjustment.places, adjustment.reason),)


STAFF_ADJUSTMENTS: Kind[StaffAdjustment] = Kind(STAFF_LAYOUT, lambda adjustment: adjustment.unit, _staff_rows)


def import_staff_adjustments(file: SpreadsheetFile, names: UnitNames) -> ImportResult[StaffAdjustment]:
    """The numbers of staff set by the officer. Raises `Refused` when the file cannot be read at all."""
    findings = Findings(file.name)
    adjustments: list[StaffAdjustment] = []
    seen = Seen()
    for row in rows_of(read_workbook(file), STAFF_LAYOUT, findings, names):
        unit, places, reason = row.unit(names), row.whole("places"), row.text("reason")
        if unit:
            seen.is_new(unit.code, row, "unit_code", f"单位“{unit.name}”")
        if not row.failed and unit:
            adjustments.append(StaffAdjustment(unit.code, places, reason))
    return findings.result(lambda: adjustments)


REFERRAL_LAYOUT = Layout(
    "referrals",
    "移送区纪委情况",
    (
        UNIT_CODE,
        UNIT_NAME,
        Column("note", "说明", "移送的事由", required=True, synonyms=("事由", "情况", "备注")),
    ),
)


def _referral_rows(referral: Referral, names: UnitNames) -> tuple[tuple[Written, ...], ...]:
    return ((referral.unit, names.name_of(referral.unit), referral.note),)


REFERRALS: Kind[Referral] = Kind(
    REFERRAL_LAYOUT, lambda referral: f"{referral.unit}/{referral.note}", _referral_rows
)


def import_referrals(file: SpreadsheetFile, names: UnitNames) -> ImportResult[Referral]:
    """The notes on referrals. Raises `Refused` when the file cannot be read at all."""
    findings = Findings(file.name)
    referrals: list[Referral] = []
    for row in rows_of(read_workbook(file), REFERRAL_LAYOUT, findings, names):
        unit, note = row.unit(names), row.text("note")
        if not row.failed and unit:
            referrals.append(Referral(unit.code, note))
    return findings.result(lambda: referrals)
