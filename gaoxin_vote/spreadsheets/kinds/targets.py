"""Which targets and indicators does a file set for each unit?"""

from decimal import Decimal

from gaoxin_vote.domain.indicator import Indicator
from gaoxin_vote.domain.scheme import AssessmentScheme
from gaoxin_vote.domain.units import UnitCode
from gaoxin_vote.spreadsheets.cells import matching
from gaoxin_vote.spreadsheets.kind import Kind, Seen, Written, shortened
from gaoxin_vote.spreadsheets.kinds.catalogue import Catalogue
from gaoxin_vote.spreadsheets.kinds.indicators import FULL_SCORE, INDICATOR_CODE, INDICATOR_NAME
from gaoxin_vote.spreadsheets.layout import UNIT_CODE, UNIT_NAME, Column, Layout
from gaoxin_vote.spreadsheets.locating import rows_of
from gaoxin_vote.spreadsheets.naming import UnitNames
from gaoxin_vote.spreadsheets.problems import Findings, ImportResult, Level, Problem, Spot
from gaoxin_vote.spreadsheets.reading.spreadsheet import SpreadsheetFile, read_workbook
from gaoxin_vote.spreadsheets.row import Row

EVERY_UNIT = "全部单位"
"""Stands in the column of the unit's name for an indicator of every unit."""

TARGET_LAYOUT = Layout(
    "targets",
    "目标任务考核指标表",
    (
        UNIT_CODE,
        UNIT_NAME,
        Column(
            "indicator_code",
            "指标编号",
            "如 Z1，同一单位内不重复",
            required=True,
            synonyms=INDICATOR_CODE.synonyms,
        ),
        Column("indicator_name", "指标名称", "指标的名称", required=True, synonyms=INDICATOR_NAME.synonyms),
        Column(
            "full_score",
            "分值",
            "该指标的满分；每个单位合计等于指标评估总分",
            FULL_SCORE.format,
            required=True,
            synonyms=FULL_SCORE.synonyms,
        ),
        Column(
            "target",
            "目标任务",
            "要完成的任务",
            synonyms=("目标", "工作目标", "任务", "年度目标", "目标值", "任务内容"),
        ),
        Column(
            "criterion",
            "评分标准",
            "怎样扣分",
            synonyms=("评分办法", "计分办法", "考核标准", "评分细则", "扣分标准"),
        ),
    ),
    guidance=(f"各单位共同的指标，单位名称填“{EVERY_UNIT}”，只写一行。",),
)


def _target_rows(target: Indicator, names: UnitNames) -> tuple[tuple[Written, ...], ...]:
    name = names.name_of(target.unit) if target.unit else EVERY_UNIT
    return (
        (target.unit or "", name, target.code, target.name, target.full, target.target, target.criterion),
    )


TARGETS: Kind[Indicator] = Kind(
    TARGET_LAYOUT, lambda target: f"{target.unit or EVERY_UNIT}/{target.code}", _target_rows
)


def import_targets(
    file: SpreadsheetFile, names: UnitNames, scheme: AssessmentScheme
) -> ImportResult[Indicator]:
    """The targets of a file; the weights of every unit sum to the scheme's full indicator score.

    Raises `Refused` when the file cannot be read at all.
    """
    findings = Findings(file.name)
    targets: list[Indicator] = []
    seen = Seen()
    for row in rows_of(read_workbook(file), TARGET_LAYOUT, findings, names):
        common = not row.text("unit_code") and matching(row.text("unit_name")) == EVERY_UNIT
        unit = None if common else row.unit(names)
        code, name = row.text("indicator_code"), row.text("indicator_name")
        full = _full(row)
        texts = row.text("target"), row.text("criterion")
        if code and (common or unit):
            owner = unit.code if unit else ""
            seen.is_new(f"{owner}/{matching(code)}", row, "unit_code+indicator_code", f"指标{code}")
        if not row.failed and full is not None:
            targets.append(Indicator(unit.code if unit else None, code, name, full, *texts))
    if not findings.failed:
        _check_weights(targets, names, scheme.indicator_full, findings)
    return findings.result(lambda: targets)


def _full(row: Row) -> Decimal | None:
    if row.is_merged("full_score"):
        row.error(Problem.CELL_MERGED, "分值与上一行合并在一格，应每行各填分值。", "full_score")
        return None
    return row.number_or_none("full_score", negative=False)


def _check_weights(
    targets: list[Indicator], names: UnitNames, indicator_full: Decimal, findings: Findings
) -> None:
    catalogue = Catalogue(targets)
    sums: list[tuple[UnitCode, str, Decimal]] = [
        (
            unit.code,
            unit.name,
            sum((indicator.full for indicator in catalogue.of_unit(unit.code)), Decimal(0)),
        )
        for unit in names.units
    ]
    wrong = [f"{code}{name}合计{total:f}分" for code, name, total in sums if total != indicator_full]
    if wrong:
        findings.add(
            Level.ERROR,
            Problem.WEIGHTS_NOT_FULL,
            f"每个单位各项指标的分值合计应为{indicator_full:f}分：{shortened(wrong)}。",
            Spot(field="full_score"),
            value="；".join(wrong),
        )
