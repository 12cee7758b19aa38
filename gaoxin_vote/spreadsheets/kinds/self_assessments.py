"""Which self-assessments does a file hold?"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from gaoxin_vote.domain.spelling import code_key
from gaoxin_vote.domain.supervision import DeclaredCompletion, SelfAssessment
from gaoxin_vote.domain.units import Unit, UnitCode
from gaoxin_vote.spreadsheets.context import Context
from gaoxin_vote.spreadsheets.kind import (
    Kind,
    ReadRow,
    RowPart,
    WrittenRow,
    each_indicator,
    each_unit,
)
from gaoxin_vote.spreadsheets.kinds.indicators import INDICATOR_CODE
from gaoxin_vote.spreadsheets.layout import UNIT_CODE, UNIT_NAME, Column, Format, Layout
from gaoxin_vote.spreadsheets.naming import UnitNames
from gaoxin_vote.spreadsheets.problems import Finding, Level, Problem
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


_FILLED_IN = ("submitted_on", *_PARTS, "completed", "declared", "reason", "remedy")
"""Where all of these are empty, a row is one that the form had already and nobody filled in."""


@dataclass(frozen=True, slots=True)
class _ReportRow(RowPart):
    """What one row says of a unit's report: some of its four parts, or one indicator."""

    unit: Unit
    parts: tuple[tuple[str, str], ...]
    submitted_on: date | None
    declared: DeclaredCompletion | None


def _read_row(row: Row, context: Context) -> _ReportRow | None:
    """One row has the four parts, and one each declared indicator; those nobody filled in are passed over."""
    unit = row.unit(context.names)
    if unit is None:
        return None
    code = row.text("indicator_code")
    if not row.failed and all(row.is_empty(name) for name in _FILLED_IN):
        return None
    parts = tuple((part, text) for part in _PARTS if (text := row.text(part)))
    submitted_on = row.day("submitted_on")
    declared = None
    if code:
        words = f"{unit.name}的指标{code}"
        row.identify("unit_code+indicator_code", f"{unit.code}/{code_key(code)}", words)
        declared = _declared(row, code)
    return _ReportRow(unit, parts, submitted_on, declared)


def _declared(row: Row, code: str) -> DeclaredCompletion | None:
    completed = row.decision("completed", _COMPLETED_WORDS)
    if completed is None:
        if row.is_empty("completed"):
            row.error(Problem.VALUE_MISSING, "“是否完成”没有填写，应为“是”或“否”。", "completed")
        return None
    reason, remedy = row.text("reason"), row.text("remedy")
    if not completed and not (reason and remedy):
        missing = "reason" if not reason else "remedy"
        row.note(
            Level.WARNING,
            Problem.REASON_MISSING,
            f"指标{code}没有完成，应写明未完成原因和整改措施。",
            missing,
        )
    return DeclaredCompletion(
        indicator=code, completed=completed, completion=row.text("declared"), reason=reason, remedy=remedy
    )


def _check(rows: Sequence[ReadRow], context: Context) -> Iterator[Finding]:
    """The four parts may stand on any row of the unit, but must not contradict each other, nor lack."""
    first: dict[UnitCode, int] = {}
    parts: dict[tuple[UnitCode, str], str] = {}
    submitted: dict[UnitCode, date] = {}
    for place, read in enumerate(rows):
        if not isinstance(read.value, _ReportRow):
            continue
        code = read.value.unit.code
        start = rows[first.setdefault(code, place)].cells
        for part, text in read.value.parts:
            if parts.setdefault((code, part), text) != text:
                words = f"“{SELF_LAYOUT.by_field[part].heading}”与{start.place}所填的不同，只能有一种。"
                yield Finding(Level.ERROR, Problem.CONTRADICTION, words, part, text, place)
        day = read.value.submitted_on
        if day and (earlier := submitted.setdefault(code, day)) != day:
            words = f"报送日期与前面填的{earlier}不同。"
            shown = read.cells.shown("submitted_on")
            yield Finding(Level.ERROR, Problem.CONTRADICTION, words, "submitted_on", shown, place)
    for code, place in first.items():
        lacking = [SELF_LAYOUT.by_field[part].heading for part in _PARTS if (code, part) not in parts]
        if lacking:
            words = "、".join(f"“{part}”" for part in lacking)
            said = f"{context.names.name_of(code)}的自评报告缺少{words}。"
            shown = rows[place].cells.shown("completion")
            yield Finding(Level.WARNING, Problem.VALUE_MISSING, said, "completion", shown, place)


def _gather(parts: Iterable[_ReportRow]) -> tuple[SelfAssessment, ...]:
    """The reports, in the order of their first rows."""
    reports: dict[UnitCode, list[_ReportRow]] = {}
    for part in parts:
        reports.setdefault(part.unit.code, []).append(part)
    return tuple(_report(unit, rows) for unit, rows in reports.items())


def _report(unit: UnitCode, rows: Sequence[_ReportRow]) -> SelfAssessment:
    parts = dict(part for row in rows for part in row.parts)
    return SelfAssessment(
        unit=unit,
        completion=parts.get("completion", ""),
        practice=parts.get("practice", ""),
        effect=parts.get("effect", ""),
        problems=parts.get("problems", ""),
        submitted_on=next((row.submitted_on for row in rows if row.submitted_on), None),
        declared=tuple(row.declared for row in rows if row.declared),
    )


def _cells(report: SelfAssessment, names: UnitNames) -> tuple[WrittenRow, ...]:
    about = {"unit_code": report.unit, "unit_name": names.name_of(report.unit)}
    parts = {part: getattr(report, part) for part in _PARTS}
    declared = (
        {
            **about,
            "indicator_code": declared.indicator,
            "completed": declared.completed,
            "declared": declared.completion,
            "reason": declared.reason,
            "remedy": declared.remedy,
        }
        for declared in report.declared
    )
    return ({**about, "submitted_on": report.submitted_on, **parts}, *declared)


def _prefilled(context: Context) -> Iterator[WrittenRow]:
    """A row for the parts of each unit's report, and one for each of its indicators."""
    indicators = list(each_indicator(context))
    for row in each_unit(context):
        yield row
        own = (each for each in indicators if each["unit_code"] == row["unit_code"])
        yield from (each for each in own if "indicator_code" in each)


SELF_ASSESSMENTS = Kind(
    code="self_assessments",
    label="年终自评",
    meaning="年终自评四部分",
    value=SelfAssessment,
    layout=SELF_LAYOUT,
    read=_read_row,
    key=lambda report: report.unit,
    cells=_cells,
    check=_check,
    gather=_gather,
    inputs="self_assessments",
    prefilled=_prefilled,
)
