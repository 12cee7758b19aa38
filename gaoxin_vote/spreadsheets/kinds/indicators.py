"""Which indicator scores does a file hold, one to a row?"""

from collections.abc import Iterator
from decimal import Decimal

from gaoxin_vote.domain.indicator import Indicator, IndicatorScore
from gaoxin_vote.domain.rounding import round_half_up
from gaoxin_vote.domain.scheme import AssessmentScheme
from gaoxin_vote.domain.units import Unit, UnitCode
from gaoxin_vote.spreadsheets.cells import matching
from gaoxin_vote.spreadsheets.kind import Kind, Seen, Written, note_missing_units, shortened
from gaoxin_vote.spreadsheets.kinds.catalogue import Catalogue
from gaoxin_vote.spreadsheets.kinds.wide import wide_lines
from gaoxin_vote.spreadsheets.layout import UNIT_CODE, UNIT_NAME, Column, Format, Layout
from gaoxin_vote.spreadsheets.locating import rows_of
from gaoxin_vote.spreadsheets.naming import UnitNames
from gaoxin_vote.spreadsheets.problems import Findings, ImportResult, Level, Problem, Spot
from gaoxin_vote.spreadsheets.reading.spreadsheet import SpreadsheetFile, Worksheet, read_workbook
from gaoxin_vote.spreadsheets.row import Row
from gaoxin_vote.spreadsheets.table import Line

INDICATOR_CODE = Column(
    "indicator_code",
    "指标编号",
    "指标表中的编号，如 Z1；可以不填，由指标名称认出",
    synonyms=("指标代码", "指标编码", "指标序号", "考核指标编号"),
)
INDICATOR_NAME = Column(
    "indicator_name",
    "指标名称",
    "指标表中的名称",
    synonyms=("指标", "考核指标", "考核内容", "指标项目", "评估指标"),
)
FULL_SCORE = Column(
    "full_score",
    "分值",
    "该指标的满分",
    Format.NUMBER,
    synonyms=("满分", "权重", "标准分", "指标分值", "基准分", "权重分"),
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
    guidance=(
        "每个单位的每项指标占一行；也可以每个单位一行、每项指标一列，列名写指标编号或名称，并注明分值，"
        "如“Z1 年度重点目标任务(40分)”。",
        "每个单位都要有得分；没有得分的格子不能空着，也不能填0代替。",
        "得分写成百分数时，按占该指标分值的比例计算。",
    ),
)


def _score_rows(score: IndicatorScore, names: UnitNames) -> tuple[tuple[Written, ...], ...]:
    return (
        (
            score.unit,
            names.name_of(score.unit),
            score.indicator,
            score.name,
            score.full,
            score.score,
            score.basis,
            score.completion,
            score.scorer,
            score.scorer_unit,
            "、".join(score.recused),
        ),
    )


SCORES: Kind[IndicatorScore] = Kind(
    SCORE_LAYOUT, lambda score: f"{score.unit}/{score.indicator}", _score_rows
)


def import_scores(
    file: SpreadsheetFile,
    names: UnitNames,
    scheme: AssessmentScheme,
    catalogue: tuple[Indicator, ...] = (),
) -> ImportResult[IndicatorScore]:
    """The indicator scores of a file, from long or wide tables, in its order.

    `catalogue` are the targets, or the indicators of the first file (`catalogue_of`); without one this file
    is the first, and must only agree with itself. Raises `Refused` when the file cannot be read at all.
    """
    findings = Findings(file.name)
    reader = _Scores(names, scheme, Catalogue(catalogue), findings)

    def wide(sheet: Worksheet) -> Iterator[Line] | None:
        return wide_lines(sheet, SCORE_LAYOUT, reader.catalogue, findings)

    for row in rows_of(read_workbook(file), SCORE_LAYOUT, findings, names, wide):
        reader.read(row)
    reader.check_whole()
    return findings.result(lambda: reader.scores)


_Suspect = tuple[Row, UnitCode, Problem, str]
"""A row that may be wrong, its unit, and what would then be said of it."""


class _Scores:
    """Reads the rows of one file and then looks at the whole."""

    def __init__(
        self, names: UnitNames, scheme: AssessmentScheme, catalogue: Catalogue, findings: Findings
    ) -> None:
        self.catalogue = catalogue
        self.scores: list[IndicatorScore] = []
        self._names = names
        # Scores are kept as they were given, also where the scheme prints fewer decimals: only sums round.
        self._decimals = max(2, scheme.decimals)
        self._indicator_full = scheme.indicator_full
        self._findings = findings
        self._seen = Seen()
        self._fulls: dict[tuple[str, str], tuple[Decimal, int]] = {}
        self._weights: dict[UnitCode, Decimal] = {}
        self._differing: list[_Suspect] = []
        self._owners: dict[tuple[str, str], _Suspect | None] = {}

    def read(self, row: Row) -> None:
        unit = row.unit(self._names)
        if unit and row.is_wide and row.is_empty("score") and not self._has(unit, row):
            return
        indicator = self._indicator(row, unit)
        full = self._full(row, unit, indicator)
        score = self._score(row, full)
        texts = row.text("basis"), row.text("completion"), row.text("scorer")
        scorer_unit = row.other_unit("scorer_unit", self._names)
        recused = row.words("recused")
        if row.failed or unit is None or indicator is None or full is None or score is None:
            return
        key = f"{unit.code}/{matching(indicator.code)}"
        words = f"{unit.code}{unit.name}的指标{indicator.code}"
        if self._seen.is_new(key, row, "unit_code+indicator_code", words):
            own = None if scorer_unit is None else scorer_unit.code
            self.scores.append(
                IndicatorScore(unit.code, indicator.code, indicator.name, full, score, *texts, own, recused)
            )

    def _has(self, unit: Unit, row: Row) -> bool:
        """Whether the unit has the indicator of a wide table's column; without a catalogue all have all."""
        code, name = row.text("indicator_code"), row.text("indicator_name")
        catalogue = self.catalogue
        known = catalogue.by_code(unit.code, code) if code else catalogue.by_name(unit.code, name)
        return not catalogue or known is not None

    def check_whole(self) -> None:
        """Every unit has rows; once the rows are clean, every unit has every indicator of its table."""
        self._check_fulls()
        found: dict[UnitCode, dict[str, Decimal]] = {}
        for score in self.scores:
            found.setdefault(score.unit, {})[matching(score.indicator)] = score.full
        note_missing_units(self._names, found, self._findings)
        if self._findings.failed:
            return
        if self.catalogue:
            self._check_indicators(found)
        else:
            self._check_weights(found)

    def _check_fulls(self) -> None:
        """Without a catalogue: where a unit's table does not add up, say which of its rows is unlike others.

        Such a row gives another full score than other units have, or an indicator that no other unit has.
        """
        suspects = list(self._differing)
        if None in self._owners.values():
            suspects += [owner for owner in self._owners.values() if owner is not None]
        wrong = set()
        for row, unit, problem, words in suspects:
            if self._weights[unit] != self._indicator_full:
                unknown = problem is Problem.UNKNOWN_INDICATOR
                row.error(problem, words, "indicator_code" if unknown else "full_score")
                wrong.add(unit)
        self.scores = [score for score in self.scores if score.unit not in wrong]

    def _check_indicators(self, found: dict[UnitCode, dict[str, Decimal]]) -> None:
        missing = [
            (
                unit,
                [
                    indicator.code
                    for indicator in self.catalogue.of_unit(unit.code)
                    if matching(indicator.code) not in codes
                ],
            )
            for unit in self._names.units
            if (codes := found[unit.code]) is not None
        ]
        lacking = [f"{unit.code}{unit.name}缺{'、'.join(codes)}" for unit, codes in missing if codes]
        if lacking:
            self._findings.add(
                Level.ERROR,
                Problem.INDICATOR_MISSING,
                f"以下单位有指标没有得分：{shortened(lacking)}。每项指标都要有得分。",
                Spot(field="indicator_code"),
                value="；".join(lacking),
            )

    def _check_weights(self, found: dict[UnitCode, dict[str, Decimal]]) -> None:
        wrong = [
            f"{unit.code}{unit.name}合计{sum(found[unit.code].values()):f}分"
            for unit in self._names.units
            if sum(found[unit.code].values()) != self._indicator_full
        ]
        if wrong:
            self._findings.add(
                Level.ERROR,
                Problem.WEIGHTS_NOT_FULL,
                f"每个单位各项指标的分值合计应为{self._indicator_full:f}分：{shortened(wrong)}。",
                Spot(field="full_score"),
                value="；".join(wrong),
            )

    def _indicator(self, row: Row, unit: Unit | None) -> Indicator | None:
        """The indicator of the row as the catalogue has it; as the row has it while there is no catalogue."""
        code, name = row.text("indicator_code"), row.text("indicator_name")
        if unit is None:
            return None
        if not code and not name:
            row.error(Problem.VALUE_MISSING, "没有填写指标，应填指标编号或指标名称。", "indicator_code")
            return None
        if not self.catalogue:
            # The code alone, or the name alone, then stands for both.
            return Indicator(unit.code, code or name, name or code, Decimal(0))
        known = self.catalogue.by_code(unit.code, code) if code else self.catalogue.by_name(unit.code, name)
        if known is None:
            has = "、".join(
                f"{indicator.code}{indicator.name}" for indicator in self.catalogue.of_unit(unit.code)[:20]
            )
            field = "indicator_code" if code else "indicator_name"
            row.error(
                Problem.UNKNOWN_INDICATOR,
                f"“{code or name}”不在{unit.name}的指标表中，指标表有：{has or '（没有）'}。",
                field,
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
                f"指标{code}在指标表中叫“{known.name}”，这里写着“{name}”，请核对。",
                "indicator_name",
            )
        return known

    def _full(self, row: Row, unit: Unit | None, indicator: Indicator | None) -> Decimal | None:
        """The full score, which must be that of the catalogue."""
        full = row.number_or_none("full_score", negative=False)
        if unit is None or indicator is None:
            return full
        if self.catalogue:
            if full is not None and full != indicator.full:
                row.error(
                    Problem.FULL_SCORE_DIFFERS,
                    f"指标{indicator.code}的分值应为{indicator.full:f}，这里写着{full:f}。",
                    "full_score",
                )
            return indicator.full
        if full is None:
            if row.is_empty("full_score"):
                row.error(Problem.FULL_SCORE_MISSING, "没有填写分值，也没有导入过指标表。", "full_score")
            return None
        key = matching(indicator.code), matching(indicator.name)
        first, number = self._fulls.setdefault(key, (full, row.number))
        self._weights[unit.code] = self._weights.get(unit.code, Decimal(0)) + full
        if full != first:
            words = f"指标{indicator.code}的分值在第{number}行是{first:f}，这里写着{full:f}。"
            self._differing.append((row, unit.code, Problem.FULL_SCORE_DIFFERS, words))
        if key not in self._owners:
            words = f"别的单位都没有指标{indicator.code}，而{unit.name}的分值合计不对，请核对指标编号。"
            self._owners[key] = (row, unit.code, Problem.UNKNOWN_INDICATOR, words)
        elif (owner := self._owners[key]) is not None and owner[1] != unit.code:
            self._owners[key] = None
        return full

    def _score(self, row: Row, full: Decimal | None) -> Decimal | None:
        if row.is_merged("score"):
            row.error(Problem.SCORE_MERGED, "得分与上一行合并在一格，应每行各填得分。", "score")
            return None
        share = row.share("score")
        if share is not None and full is not None:
            score: Decimal | None = share * full
        else:
            score = row.number_or_none(
                "score",
                negative=False,
                missing=Problem.SCORE_MISSING,
                wrong=Problem.SCORE_NOT_NUMBER,
                below=Problem.SCORE_NEGATIVE,
            )
        if score is None:
            return None
        if full is not None and not 0 <= score <= full:
            problem = Problem.SCORE_OVER_FULL if score > full else Problem.SCORE_NEGATIVE
            row.error(problem, f"得分{score:f}应在0至分值{full:f}之间。", "score")
            return None
        if share is None:
            return row.rounded("score", score, self._decimals)
        rounded = round_half_up(score, self._decimals)
        row.note(
            Level.WARNING,
            Problem.SCORE_IS_SHARE,
            f"得分是百分数，按占分值{full:f}的比例折算为{rounded}分，请核对。",
            "score",
            f"{rounded:f}",
        )
        return rounded
