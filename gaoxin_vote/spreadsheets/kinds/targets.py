"""Which targets and indicators does a file set for each unit?"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from gaoxin_vote.domain.indicator import Indicator
from gaoxin_vote.domain.spelling import code_key
from gaoxin_vote.spreadsheets.catalogue import Catalogue
from gaoxin_vote.spreadsheets.cells import matching
from gaoxin_vote.spreadsheets.context import Context
from gaoxin_vote.spreadsheets.kind import (
    Kind,
    ReadRow,
    WrittenRow,
    each_indicator,
    values_of,
    written,
)
from gaoxin_vote.spreadsheets.kinds.indicators import (
    FULL_SCORE,
    INDICATOR_CODE,
    INDICATOR_NAME,
    uneven_weights,
)
from gaoxin_vote.spreadsheets.layout import UNIT_CODE, UNIT_NAME, Column, Layout
from gaoxin_vote.spreadsheets.naming import UnitNames
from gaoxin_vote.spreadsheets.problems import Finding
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
            least=0,
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


def _read(row: Row, context: Context) -> Indicator | None:
    common = not row.text("unit_code") and matching(row.text("unit_name")) == EVERY_UNIT
    unit = None if common else row.unit(context.names)
    code, name = row.text("indicator_code"), row.text("indicator_name")
    full = row.number_or_none("full_score")
    target, criterion = row.text("target"), row.text("criterion")
    if code and (common or unit):
        owner = unit.code if unit else ""
        row.identify("unit_code+indicator_code", f"{owner}/{code_key(code)}", f"指标{code}")
    if row.failed or full is None:
        return None
    return Indicator(
        unit=unit.code if unit else None,
        code=code,
        name=name,
        full=full,
        target=target,
        criterion=criterion,
    )


def _check_weights(rows: Sequence[ReadRow], context: Context) -> Iterator[Finding]:
    """The weights of every unit sum to the scheme's full indicator score."""
    if any(row.failed for row in rows):
        return
    catalogue = Catalogue(values_of(rows))
    full = {
        unit.code: sum((indicator.full for indicator in catalogue.of_unit(unit.code)), Decimal(0))
        for unit in context.names.units
    }
    yield from uneven_weights(full, context)


def _cells(target: Indicator, names: UnitNames) -> tuple[WrittenRow, ...]:
    return written(
        TARGET_LAYOUT,
        target,
        names,
        unit_code=target.unit or "",
        unit_name=names.name_of(target.unit) if target.unit else EVERY_UNIT,
        indicator_code=target.code,
        indicator_name=target.name,
        full_score=target.full,
    )


TARGETS = Kind(
    code="targets",
    label="考核指标表",
    meaning="各单位的指标与分值（通知附件）",
    value=Indicator,
    layout=TARGET_LAYOUT,
    read=_read,
    key=lambda target: f"{target.unit or EVERY_UNIT}/{target.code}",
    cells=_cells,
    check=_check_weights,
    context=lambda context, targets: replace(context, catalogue=Catalogue(targets)) if targets else context,
    inputs="targets",
    prefilled=each_indicator,
)
