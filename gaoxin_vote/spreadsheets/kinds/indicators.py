"""Which indicator scores does a file hold, one to a row?"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from gaoxin_vote.domain.indicator import Indicator, IndicatorScore
from gaoxin_vote.domain.rounding import round_half_up
from gaoxin_vote.domain.spelling import code_key
from gaoxin_vote.domain.units import Unit, UnitCode
from gaoxin_vote.spreadsheets.cells import matching
from gaoxin_vote.spreadsheets.context import Context
from gaoxin_vote.spreadsheets.kind import (
    InFolder,
    Kind,
    ReadRow,
    RowPart,
    WrittenRow,
    each_indicator,
    note_missing_units,
    shortened,
    written,
)
from gaoxin_vote.spreadsheets.kinds.across import across_lines
from gaoxin_vote.spreadsheets.kinds.wide import wide_lines
from gaoxin_vote.spreadsheets.layout import UNIT_CODE, UNIT_NAME, Column, Format, Layout
from gaoxin_vote.spreadsheets.naming import UnitNames
from gaoxin_vote.spreadsheets.problems import Finding, Findings, Level, Problem
from gaoxin_vote.spreadsheets.reading.spreadsheet import Worksheet
from gaoxin_vote.spreadsheets.row import Row
from gaoxin_vote.spreadsheets.table import Line

INDICATOR_CODE = Column(
    "indicator_code",
    "指标编号",
    "考核指标表中的编号，如 Z1；可以不填，由指标名称认出",
    synonyms=("指标代码", "指标编码", "指标序号", "考核指标编号"),
)
INDICATOR_NAME = Column(
    "indicator_name",
    "指标名称",
    "考核指标表中的名称",
    synonyms=("指标", "考核指标", "考核内容", "指标项目", "评估指标"),
)
FULL_SCORE = Column(
    "full_score",
    "分值",
    "该指标的满分",
    Format.NUMBER,
    synonyms=("满分", "权重", "标准分", "指标分值", "基准分", "权重分"),
    least=0,
)
SCORE_LAYOUT = Layout(
    "indicators",
    "指标评估得分表",
    (
        UNIT_CODE,
        UNIT_NAME,
        INDICATOR_CODE,
        INDICATOR_NAME,
        FULL_SCORE,
        Column(
            "score",
            "得分",
            "不小于0，不超过分值，至多两位小数；没有评分的不能填0",
            Format.NUMBER,
            required=True,
            synonyms=("评估得分", "指标得分", "考核得分", "评分", "实得分", "最后得分", "核定得分"),
            least=0,
            most_of="full_score",
            decides=True,
            rivals="(?:得分|评分|分数|成绩|打分|考核分|核定分|最终分|终评|初评)值?$",
        ),
        Column(
            "basis",
            "评分依据",
            "扣分原因和依据",
            synonyms=("扣分原因", "依据", "扣分原因/依据", "扣分依据", "备注"),
        ),
        Column("completion", "完成情况", "评分人查实的完成情况", synonyms=("任务完成情况",), extra=True),
        Column("scorer", "评分人", "姓名", synonyms=("考核人", "打分人"), extra=True),
        Column(
            "scorer_unit",
            "评分人单位",
            "评分人所在单位也被考评时填写",
            synonyms=("评分人所在单位",),
            extra=True,
        ),
        Column(
            "recused", "回避人员", "因所在单位被考评而回避的人，用“、”隔开", synonyms=("回避人",), extra=True
        ),
    ),
    either=("indicator_code", "indicator_name"),
    guidance=(
        "每个单位的每项指标占一行；也可以每个单位一行、每项指标一列，列名写指标编号或名称，并注明分值，"
        "如“Z1 年度重点目标任务（40分）”。",
        "每个单位都要有得分；没有得分的格子不能空着，也不能填0代替。",
        "得分写成百分数时，按占该指标分值的比例计算。",
    ),
)


@dataclass(frozen=True, slots=True)
class _ScoreRow(RowPart):
    """What one row says of an indicator of a unit; without a score where it is faulty."""

    unit: Unit
    indicator: Indicator
    full: Decimal
    score: IndicatorScore | None


def _read(row: Row, context: Context) -> _ScoreRow | None:
    unit = row.unit(context.names)
    if unit and row.cells.is_wide and row.is_empty("score") and not _has(unit, row, context):
        return None
    indicator = _indicator(row, unit, context)
    full = _full(row, indicator, context)
    # Scores are kept as they were given, also where the scheme prints fewer decimals: only sums round.
    score = _score(row, full, max(2, context.scheme.decimals))
    basis, completion, scorer = row.text("basis"), row.text("completion"), row.text("scorer")
    scorer_unit, recused = row.other_unit("scorer_unit", context.names), row.words("recused")
    if unit is None or indicator is None or full is None:
        return None
    if row.failed or score is None:
        return _ScoreRow(unit, indicator, full, None)
    key, words = f"{unit.code}/{code_key(indicator.code)}", f"{unit.code}{unit.name}的指标{indicator.code}"
    row.identify("unit_code+indicator_code", key, words)
    made = IndicatorScore(
        unit=unit.code,
        indicator=indicator.code,
        name=indicator.name,
        full=full,
        score=score,
        basis=basis,
        completion=completion,
        scorer=scorer,
        scorer_unit=None if scorer_unit is None else scorer_unit.code,
        recused=recused,
    )
    return _ScoreRow(unit, indicator, full, made)


def _has(unit: Unit, row: Row, context: Context) -> bool:
    """Whether the unit has the indicator of a wide table's column; without a catalogue all have all."""
    code, name = row.text("indicator_code"), row.text("indicator_name")
    catalogue = context.catalogue
    known = catalogue.by_code(unit.code, code) if code else catalogue.by_name(unit.code, name)
    return not catalogue or known is not None


def _indicator(row: Row, unit: Unit | None, context: Context) -> Indicator | None:
    """The indicator of the row as the catalogue has it; as the row has it while there is no catalogue."""
    code, name = row.text("indicator_code"), row.text("indicator_name")
    if unit is None:
        return None
    if not code and not name:
        row.error(Problem.VALUE_MISSING, "没有填写指标，应填指标编号或指标名称。", "indicator_code")
        return None
    catalogue = context.catalogue
    if not catalogue:
        # The code alone, or the name alone, then stands for both.
        return Indicator(unit.code, code or name, name or code, Decimal(0))
    known = catalogue.by_code(unit.code, code) if code else catalogue.by_name(unit.code, name)
    if known is None:
        has = "、".join(f"{each.code}{each.name}" for each in catalogue.of_unit(unit.code)[:20])
        row.error(
            Problem.UNKNOWN_INDICATOR,
            f"“{code or name}”不在{unit.name}的考核指标表中，表中有：{has or '（没有）'}。",
            "indicator_code" if code else "indicator_name",
        )
    elif not code:
        row.note(
            Level.OK,
            Problem.INDICATOR_RESOLVED_BY_NAME,
            f"没有指标编号，按名称“{name}”认作{known.code}。",
            "indicator_code",
            known.code,
        )
    elif name and matching(name) != matching(known.name):
        row.note(
            Level.WARNING,
            Problem.INDICATOR_NAME_DIFFERS,
            f"指标{code}在考核指标表中叫“{known.name}”，这里写着“{name}”，请核对。",
            "indicator_name",
        )
    return known


def _full(row: Row, indicator: Indicator | None, context: Context) -> Decimal | None:
    """The full score, which must be that of the catalogue."""
    full = row.number_or_none("full_score")
    if indicator is None:
        return full
    if context.catalogue:
        if full is not None and full != indicator.full:
            row.error(
                Problem.FULL_SCORE_DIFFERS,
                f"指标{indicator.code}的分值应为{indicator.full:f}，这里写着{full:f}。{_origin(context)}",
                "full_score",
            )
        return indicator.full
    if full is None and row.is_empty("full_score"):
        row.error(Problem.FULL_SCORE_MISSING, "没有填写分值，也没有导入过考核指标表。", "full_score")
    return full


def _origin(context: Context) -> str:
    """Where a weight comes from that nobody has set, and how it is put right."""
    if not context.catalogue.is_first_file:
        return ""
    return "这是先前导入的得分表中的分值；要改，请导入分值正确的整张得分表，或先导入考核指标表。"


def _score(row: Row, full: Decimal | None, decimals: int) -> Decimal | None:
    share = row.share("score")
    if share is not None and full is not None:
        score = None if row.is_merged("score", Problem.SCORE_MERGED) else share * full
    else:
        score = row.number_or_none(
            "score",
            missing=Problem.SCORE_MISSING,
            wrong=Problem.SCORE_NOT_NUMBER,
            below=Problem.SCORE_NEGATIVE,
            merged=Problem.SCORE_MERGED,
        )
    if score is None:
        return None
    if full is not None and not 0 <= score <= full:
        problem = Problem.SCORE_OVER_FULL if score > full else Problem.SCORE_NEGATIVE
        row.error(problem, f"得分{score:f}应在0至分值{full:f}之间。", "score")
        return None
    if share is None:
        return row.rounded("score", score, decimals)
    rounded = round_half_up(score, decimals)
    row.note(
        Level.WARNING,
        Problem.SCORE_IS_SHARE,
        f"得分是百分数，按占分值{full:f}的比例折算为{rounded}分，请核对。",
        "score",
        f"{rounded:f}",
    )
    return rounded


def _check(rows: Sequence[ReadRow], context: Context) -> Iterator[Finding]:
    """Every unit has rows; once the rows are clean, every unit has every indicator of its table."""
    unlike = {} if context.catalogue else dict(_unlike_others(rows, context.scheme.indicator_full))
    yield from unlike.values()
    wrong = {rows[place].value.unit.code for place in unlike}
    found: dict[UnitCode, dict[str, Decimal]] = {}
    for row in rows:
        part = row.value
        if isinstance(part, _ScoreRow) and not row.failed and part.unit.code not in wrong:
            found.setdefault(part.unit.code, {})[code_key(part.indicator.code)] = part.full
    yield from note_missing_units(context.names, found)
    whole = all(unit.code in found for unit in context.names.units)
    if whole and not unlike and not any(row.failed for row in rows):
        if context.catalogue:
            yield from _lacking(found, context)
        else:
            full = {unit: sum(weights.values(), Decimal(0)) for unit, weights in found.items()}
            yield from uneven_weights(full, context)


def _unlike_others(rows: Sequence[ReadRow], wanted: Decimal) -> Iterator[tuple[int, Finding]]:
    """Without a catalogue: where a unit's table does not add up, say which of its rows is unlike others.

    Such a row gives another full score than other units have, or an indicator that no other unit has.
    """
    parts = {place: row.value for place, row in enumerate(rows) if isinstance(row.value, _ScoreRow)}
    weights: dict[UnitCode, Decimal] = {}
    first: dict[tuple[str, str], int] = {}
    owners: dict[tuple[str, str], int | None] = {}
    suspects: list[tuple[int, Problem, str]] = []
    for place, part in parts.items():
        unit, indicator = part.unit, part.indicator
        key = code_key(indicator.code), matching(indicator.name)
        weights[unit.code] = weights.get(unit.code, Decimal(0)) + part.full
        other = first.setdefault(key, place)
        if part.full != parts[other].full:
            there = f"在{rows[other].cells.place}是{parts[other].full:f}"
            words = f"指标{indicator.code}的分值{there}，这里写着{part.full:f}。"
            suspects.append((place, Problem.FULL_SCORE_DIFFERS, words))
        owner = owners.setdefault(key, place)
        if owner is not None and parts[owner].unit.code != unit.code:
            owners[key] = None
    if None in owners.values():
        for place in (owner for owner in owners.values() if owner is not None):
            unit, code = parts[place].unit, parts[place].indicator.code
            words = f"别的单位都没有指标{code}，而{unit.name}的分值合计不对，请核对指标编号。"
            suspects.append((place, Problem.UNKNOWN_INDICATOR, words))
    for place, problem, words in suspects:
        if weights[parts[place].unit.code] != wanted:
            field = "indicator_code" if problem is Problem.UNKNOWN_INDICATOR else "full_score"
            shown = rows[place].cells.shown(field)
            yield place, Finding(Level.ERROR, problem, words, field, shown, place)


def _lacking(found: dict[UnitCode, dict[str, Decimal]], context: Context) -> Iterator[Finding]:
    """Say which units lack a score for an indicator of their table."""
    lacking = []
    for unit in context.names.units:
        own = context.catalogue.of_unit(unit.code)
        codes = [each.code for each in own if code_key(each.code) not in found[unit.code]]
        if codes:
            lacking.append(f"{unit.code}{unit.name}缺{'、'.join(codes)}")
    if lacking:
        yield Finding(
            Level.ERROR,
            Problem.INDICATOR_MISSING,
            f"以下单位有指标没有得分：{shortened(lacking)}。每项指标都要有得分。",
            "indicator_code",
            "；".join(lacking),
        )


def uneven_weights(full: dict[UnitCode, Decimal], context: Context) -> Iterator[Finding]:
    """Say which units' weights, summed up in `full`, do not come to the scheme's full indicator score."""
    wanted = context.scheme.indicator_full
    wrong = [
        f"{unit.code}{unit.name}合计{full[unit.code]:f}分"
        for unit in context.names.units
        if full[unit.code] != wanted
    ]
    if wrong:
        yield Finding(
            Level.ERROR,
            Problem.WEIGHTS_NOT_FULL,
            f"每个单位各项指标的分值合计应为{wanted:f}分：{shortened(wrong)}。",
            "full_score",
            "；".join(wrong),
        )


def _gather(parts: Iterable[_ScoreRow]) -> tuple[IndicatorScore, ...]:
    return tuple(part.score for part in parts if part.score is not None)


def _cells(score: IndicatorScore, names: UnitNames) -> tuple[WrittenRow, ...]:
    return written(
        SCORE_LAYOUT,
        score,
        names,
        indicator_code=score.indicator,
        indicator_name=score.name,
        full_score=score.full,
    )


def _wide(sheet: Worksheet, layout: Layout, context: Context, findings: Findings) -> Iterator[Line] | None:
    lines = wide_lines(sheet, layout, context.catalogue, findings, context.names)
    return across_lines(sheet, layout, findings, context.names) if lines is None else lines


SCORES = Kind(
    code="indicators",
    label="指标得分",
    meaning="各单位每项指标的得分，合计为方案规定的满分；必须导入",
    value=IndicatorScore,
    layout=SCORE_LAYOUT,
    read=_read,
    key=lambda score: f"{score.unit}/{score.indicator}",
    cells=_cells,
    check=_check,
    gather=_gather,
    wide=_wide,
    inputs="scores",
    folder=InFolder.REQUIRED,
    prefilled=each_indicator,
)
