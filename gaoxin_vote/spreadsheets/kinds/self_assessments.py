"""Which self-assessments does a file hold?"""

from dataclasses import dataclass, field
from datetime import date

from gaoxin_vote.domain.supervision import DeclaredCompletion, SelfAssessment
from gaoxin_vote.domain.units import UnitCode
from gaoxin_vote.spreadsheets.cells import matching
from gaoxin_vote.spreadsheets.kind import Kind, Seen, Written
from gaoxin_vote.spreadsheets.kinds.indicators import INDICATOR_CODE
from gaoxin_vote.spreadsheets.layout import UNIT_CODE, UNIT_NAME, Column, Format, Layout
from gaoxin_vote.spreadsheets.locating import rows_of
from gaoxin_vote.spreadsheets.naming import UnitNames
from gaoxin_vote.spreadsheets.problems import Findings, ImportResult, Level, Problem
from gaoxin_vote.spreadsheets.reading.spreadsheet import SpreadsheetFile, read_workbook
from gaoxin_vote.spreadsheets.row import Row

_PARTS = ("completion", "practice", "effect", "problems")
SELF_LAYOUT = Layout(
    "self_assessments",
    "自评报告",
    (
        UNIT_CODE,
        UNIT_NAME,
        Column("submitted_on", "报送日期", "如 2018-01-05", Format.DATE, synonyms=("日期", "报送时间")),
        Column("completion", "任务完成情况", "自评报告第一部分", synonyms=("目标任务完成情况",)),
        Column("practice", "主要做法", "自评报告第二部分", synonyms=("做法",)),
        Column(
            "effect",
            "实际效果与业绩",
            "自评报告第三部分",
            synonyms=("效果与业绩", "实际效果", "实际效果和业绩"),
        ),
        Column(
            "problems",
            "存在的问题及改进措施",
            "自评报告第四部分",
            synonyms=("存在问题及改进措施", "存在的问题"),
        ),
        Column(
            "indicator_code", "指标编号", "逐项申报完成情况的行填写，如 Z1", synonyms=INDICATOR_CODE.synonyms
        ),
        Column(
            "completed",
            "是否完成",
            "有指标编号的行填是或否",
            Format.WORD,
            synonyms=("完成与否",),
            words=("是", "否"),
        ),
        Column("declared", "指标完成情况", "该项指标的完成情况", synonyms=("申报完成情况", "完成情况")),
        Column("reason", "未完成原因", "没有完成的须填写", synonyms=("原因",)),
        Column("remedy", "整改措施", "没有完成的须填写", synonyms=("措施",)),
    ),
    guidance=(
        "每个单位先占一行，填报告的四个部分，指标编号不填；再每项指标占一行，填完成情况，四个部分不填。",
        "没有完成的指标，要填写未完成原因和整改措施。",
    ),
)
_COMPLETED_WORDS = {"完成": True, "已完成": True, "未完成": False, "部分完成": False, "没有完成": False}


def _self_rows(report: SelfAssessment, names: UnitNames) -> tuple[tuple[Written, ...], ...]:
    name = names.name_of(report.unit)
    parts = (report.completion, report.practice, report.effect, report.problems)
    first: tuple[Written, ...] = (report.unit, name, report.submitted_on, *parts, "", "", "", "", "")
    declared: list[tuple[Written, ...]] = [
        (
            report.unit,
            name,
            None,
            "",
            "",
            "",
            "",
            declared.indicator,
            declared.completed,
            declared.completion,
            declared.reason,
            declared.remedy,
        )
        for declared in report.declared
    ]
    return (first, *declared)


SELF_ASSESSMENTS: Kind[SelfAssessment] = Kind(SELF_LAYOUT, lambda report: report.unit, _self_rows)


_FILLED_IN = ("submitted_on", *_PARTS, "completed", "declared", "reason", "remedy")
"""Where all of these are empty, a row is one that the form had already and nobody filled in."""


@dataclass(slots=True)
class _Report:
    """The rows of one unit while they are gathered."""

    row: Row
    parts: dict[str, str] = field(default_factory=dict)
    submitted_on: date | None = None
    declared: list[DeclaredCompletion] = field(default_factory=list)


def import_self_assessments(file: SpreadsheetFile, names: UnitNames) -> ImportResult[SelfAssessment]:
    """The self-assessments of a file: one row with the four parts, and one for each declared indicator.

    Rows that nobody filled in are passed over. Raises `Refused` when the file cannot be read at all.
    """
    findings = Findings(file.name)
    reports: dict[UnitCode, _Report] = {}
    seen = Seen()
    for row in rows_of(read_workbook(file), SELF_LAYOUT, findings, names):
        unit = row.unit(names)
        if unit is None:
            continue
        code = row.text("indicator_code")
        if not row.failed and all(row.is_empty(name) for name in _FILLED_IN):
            continue
        report = reports.setdefault(unit.code, _Report(row))
        _take_parts(row, report)
        if code:
            words = f"{unit.name}的指标{code}"
            seen.is_new(f"{unit.code}/{matching(code)}", row, "unit_code+indicator_code", words)
            _take_declared(row, code, report)
    for code, report in reports.items():
        missing = [SELF_LAYOUT.by_field[part].heading for part in _PARTS if part not in report.parts]
        if missing:
            words = "、".join(f"“{part}”" for part in missing)
            report.row.note(
                Level.WARNING,
                Problem.VALUE_MISSING,
                f"{names.name_of(code)}的自评报告缺少{words}。",
                "completion",
            )
    return findings.result(
        lambda: [
            SelfAssessment(
                code,
                report.parts.get("completion", ""),
                report.parts.get("practice", ""),
                report.parts.get("effect", ""),
                report.parts.get("problems", ""),
                report.submitted_on,
                tuple(report.declared),
            )
            for code, report in reports.items()
        ]
    )


def _take_parts(row: Row, report: _Report) -> None:
    """The four parts may stand on any row of the unit, but must not contradict each other."""
    for part in _PARTS:
        text = row.text(part)
        if text and report.parts.setdefault(part, text) != text:
            row.error(
                Problem.CONTRADICTION,
                f"“{SELF_LAYOUT.by_field[part].heading}”与第{report.row.number}行所填的不同，只能有一种。",
                part,
            )
    submitted_on = row.day("submitted_on")
    if submitted_on and report.submitted_on not in (None, submitted_on):
        row.error(Problem.CONTRADICTION, f"报送日期与前面填的{report.submitted_on}不同。", "submitted_on")
    report.submitted_on = report.submitted_on or submitted_on


def _take_declared(row: Row, code: str, report: _Report) -> None:
    completed = row.decision("completed", _COMPLETED_WORDS)
    if completed is None:
        if row.is_empty("completed"):
            row.error(Problem.VALUE_MISSING, "“是否完成”没有填写，应为“是”或“否”。", "completed")
        return
    reason, remedy = row.text("reason"), row.text("remedy")
    if not completed and not (reason and remedy):
        missing = "reason" if not reason else "remedy"
        row.note(
            Level.WARNING,
            Problem.REASON_MISSING,
            f"指标{code}没有完成，应写明未完成原因和整改措施。",
            missing,
        )
    report.declared.append(DeclaredCompletion(code, completed, row.text("declared"), reason, remedy))
