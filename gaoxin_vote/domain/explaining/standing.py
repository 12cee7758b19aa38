"""How is a unit's standing told: its neighbours, its place and its grade?"""

from collections import defaultdict
from decimal import Decimal
from fractions import Fraction

from gaoxin_vote.domain.codec import plain
from gaoxin_vote.domain.contest import Grade
from gaoxin_vote.domain.explaining.explanation import GradePart, KeyLine, OrderPart, PlacePart
from gaoxin_vote.domain.explaining.parts import percent
from gaoxin_vote.domain.inputs import AssessmentInputs
from gaoxin_vote.domain.quota import GradePlaces, QuotaMode, ScopeQuota, Vacancy
from gaoxin_vote.domain.record import AssessmentRecord, UnitOutcome
from gaoxin_vote.domain.rounding import round_half_up
from gaoxin_vote.domain.scheme import Clause, RoundStage
from gaoxin_vote.domain.standing import DECISION, Standing
from gaoxin_vote.domain.units import UnitCode

_GRADE_CLAUSES = {
    Grade.EXCELLENT: Clause.EXCELLENT,
    Grade.GOOD: Clause.GOOD,
    Grade.PASS: Clause.PASS,
    Grade.FAIL: Clause.FAIL,
}
_MODES = {
    QuotaMode.FIXED_TOTAL: "固定总数按最大余数法分配",
    QuotaMode.FLOOR: "按比例计算，舍去小数",
    QuotaMode.ROUND: "按比例计算，四舍五入",
    QuotaMode.MANUAL: "方案逐类指定",
}


class StandingExplainer:
    """Tells the standings of one record; walks them once to see who takes which place."""

    def __init__(self, inputs: AssessmentInputs, record: AssessmentRecord) -> None:
        """`record` must be what `assess(inputs)` gave."""
        self._scheme = inputs.scheme
        self._quotas = {quota.scope: quota for quota in record.quotas}
        self._ranked = record.ranked
        self._decisions = {decision.unit: decision.reason for decision in inputs.tie_decisions}
        self._barred: dict[str, list[UnitOutcome]] = defaultdict(list)
        self._nth: dict[UnitCode, int] = {}
        self._give_places()

    def order(self, standing: Standing) -> OrderPart:
        """Its places in the order, and what sets it apart from its neighbours."""
        index = standing.order - 1
        above = self._ranked[index - 1].standing if index > 0 else None
        below = self._ranked[index + 1].standing if index + 1 < len(self._ranked) else None
        unit = standing.contender.unit
        rows = [self._keys(neighbour) if neighbour else {} for neighbour in (above, standing, below)]
        return OrderPart(
            rank=standing.rank,
            order=standing.order,
            class_rank=standing.class_rank,
            class_order=standing.class_order,
            above=above.contender.unit if above else None,
            below=below.contender.unit if below else None,
            keys=tuple(KeyLine(key, rows[0].get(key), own, rows[2].get(key)) for key, own in rows[1].items()),
            decided_above=self._decided(above, standing) if above else "",
            decided_below=self._decided(standing, below) if below else "",
            tied_with=standing.tied_with,
            decision=self._decisions.get(unit, "") if self._scheme.ties.decides else "",
        )

    def _keys(self, standing: Standing) -> dict[str, str]:
        """Every key with its printed value."""
        contender = standing.contender
        digits = self._scheme.decimals + (0 if self._scheme.round_stage is RoundStage.COMPONENT else 2)
        keys = {"综合得分": str(contender.composite)}
        for key, figure in zip(self._scheme.ties.figures, contender.figures, strict=True):
            keys[key.label] = str(round_half_up(figure, 0 if key.counted else digits))
        if self._scheme.ties.decides:
            keys[DECISION.label] = "—" if contender.priority is None else f"第{contender.priority}"
        return keys

    def _decided(self, better: Standing, worse: Standing) -> str:
        """The key that sets two neighbours apart."""
        upper, lower = better.contender, worse.contender
        if upper.composite != lower.composite:
            return "综合得分"
        pairs = zip(self._scheme.ties.figures, upper.figures, lower.figures, strict=True)
        for key, figure, rival in pairs:
            if figure != rival:
                return key.label
        if self._scheme.ties.decides and upper.priority != lower.priority:
            return DECISION.label
        return "未决（各项相同）"

    def _give_places(self) -> None:
        """Who takes which place, and who is barred, scope by scope in the strict order."""
        given: dict[tuple[str, Grade], int] = defaultdict(int)
        for outcome in self._ranked:
            standing = outcome.standing
            assert standing is not None
            barred = standing.contender.ceiling is not None
            if not barred or self._scheme.quota.vacancy is Vacancy.VACANT:
                given[standing.scope, standing.reached] += 1
                self._nth[outcome.unit.code] = given[standing.scope, standing.reached]
            if barred and standing.reached is not Grade.PASS:
                self._barred[standing.scope].append(outcome)

    def places(self, standing: Standing) -> PlacePart:
        """The places it competes for, and which one its score reaches."""
        quota = self._quotas[standing.scope]
        takes = standing.reached is not Grade.PASS
        barred = []
        for outcome in self._barred.get(standing.scope, ()):
            if outcome.standing is None or outcome.standing.order >= standing.order:
                break
            barred.append(outcome.unit.code)
        down = self._scheme.quota.vacancy is Vacancy.PASS_DOWN
        return PlacePart(
            scope=quota.scope,
            size=quota.size,
            excellent=quota.excellent.places,
            good=quota.good.places,
            formula=self._quota_formula(quota),
            reached=standing.reached,
            nth=self._nth.get(standing.contender.unit) if takes else None,
            barred_above=tuple(barred),
            vacancy="名额由下一单位递补" if down else "名额空缺，不递补",
        )

    def _quota_formula(self, quota: ScopeQuota) -> str:
        rules = self._scheme.quota

        def told(grade: Grade, ratio: Decimal, share: GradePlaces) -> str:
            if rules.mode is QuotaMode.MANUAL:
                return f"{grade.label}{share.places}个"
            exact = plain(round_half_up(share.exact, 2))
            if share.exact != Fraction(ratio) * quota.size:
                return f"{grade.label}按单位数分得{exact}，取{share.places}个"
            return f"{grade.label}{quota.size}×{percent(ratio)}＝{exact}，取{share.places}个"

        words = (
            told(Grade.EXCELLENT, rules.excellent_ratio, quota.excellent),
            told(Grade.GOOD, rules.good_ratio, quota.good),
        )
        return f"{'；'.join(words)}（{_MODES[rules.mode]}）"

    def grade(self, outcome: UnitOutcome, standing: Standing) -> GradePart:
        """Its grade, and how it follows."""
        final = outcome.grade or standing.grade
        barred = standing.contender.ceiling is Grade.PASS
        clause = Clause.BAR if barred and standing.grade is Grade.PASS else _GRADE_CLAUSES[standing.grade]
        return GradePart(
            computed=standing.grade,
            final=final,
            kinds=outcome.barring.kinds,
            reason=outcome.grade_reason,
            words=self._grade_words(outcome, standing),
            clause=self._scheme.clause(clause),
        )

    def _grade_words(self, outcome: UnitOutcome, standing: Standing) -> str:
        where = f"{standing.scope}中按综合得分排第{self._scope_order(standing)}"
        if standing.contender.ceiling is not None:
            return f"{where}；{'；'.join(self._bars(outcome, standing))}，等次为{standing.grade.label}"
        if standing.grade in (Grade.EXCELLENT, Grade.GOOD):
            nth = self._nth[outcome.unit.code]
            return f"{where}，取得{standing.grade.label}第{nth}个名额"
        line = plain(self._scheme.pass_line)
        return f"{where}，未取得优秀、良好名额，综合得分不低于{line}分，等次为合格"

    def _bars(self, outcome: UnitOutcome, standing: Standing) -> tuple[str, ...]:
        """What keeps the unit from the place its score reaches, whatever the leading group decided."""
        low = standing.contender.composite < self._scheme.pass_line
        line = f"综合得分{outcome.composite}低于{plain(self._scheme.pass_line)}分"
        return (*((line,) if low else ()), *outcome.barring.reasons)

    def _scope_order(self, standing: Standing) -> int:
        return standing.class_order if self._scheme.quota.by_class else standing.order
