"""How is the derivation of a unit's result put together from the inputs and the record?"""

from typing import TypeVar

from gaoxin_vote.domain.codec import plain
from gaoxin_vote.domain.consequence import LOOK_BACK, HistoryEntry
from gaoxin_vote.domain.explaining.explanation import (
    ConsequenceLine,
    EventStory,
    Explanation,
    IndicatorPart,
    IndicatorStory,
)
from gaoxin_vote.domain.explaining.parts import adjustment_part, composite_formula, rating_part
from gaoxin_vote.domain.explaining.standing import StandingExplainer
from gaoxin_vote.domain.indicator import Indicator
from gaoxin_vote.domain.inputs import AssessmentInputs
from gaoxin_vote.domain.record import AssessmentRecord, UnitOutcome
from gaoxin_vote.domain.rounding import round_half_up
from gaoxin_vote.domain.scheme import Clause
from gaoxin_vote.domain.units import UnitCode, by_unit

Entry = TypeVar("Entry")


class Explainer:
    """Explains the units of one record; sorts the inputs by unit once, for any number of questions."""

    def __init__(self, inputs: AssessmentInputs, record: AssessmentRecord) -> None:
        """`record` must be what `assess(inputs)` gave."""
        self._scheme = inputs.scheme
        self._years = tuple(inputs.scheme.year - back for back in LOOK_BACK)
        self._outcomes = {outcome.unit.code: outcome for outcome in record.outcomes}
        self._scores = by_unit((score.unit, score) for score in inputs.scores)
        self._events = by_unit((event.unit, event) for event in inputs.events)
        self._ledger = by_unit((entry.unit, entry) for entry in inputs.ledger)
        self._site_notes = by_unit((note.unit, note) for note in inputs.site_notes)
        self._targets = by_unit((target.unit, target) for target in inputs.targets)
        self._self = {report.unit: report for report in inputs.self_assessments}
        self._history = {(entry.unit, entry.year): entry for entry in inputs.history}
        self._referrals = by_unit((referral.unit, referral.note) for referral in inputs.referrals)
        self._blockers = by_unit((blocker.unit, blocker.message) for blocker in record.blockers)
        self._notes = by_unit((note.unit, note.message) for note in record.notes)
        self._standings = StandingExplainer(inputs, record)

    def explain(self, unit: UnitCode) -> Explanation:
        """The complete derivation for this unit, which must be one of the record's (`KeyError`)."""
        outcome = self._outcomes[unit]
        scheme = self._scheme
        return Explanation(
            unit=outcome.unit,
            indicator=self._indicator(outcome),
            ratings=tuple(
                rating_part(scheme, rules, rating)
                for rules, rating in zip(scheme.contests, outcome.ratings, strict=True)
            ),
            adjustment=adjustment_part(scheme, outcome.adjustment),
            composite=outcome.composite,
            composite_formula=composite_formula(scheme, outcome),
            composite_clause=scheme.clause(Clause.COMPOSITE),
            order=None if outcome.standing is None else self._standings.order(outcome.standing),
            places=None if outcome.standing is None else self._standings.places(outcome.standing),
            events=self._event_stories(unit),
            grade=None if outcome.standing is None else self._standings.grade(outcome, outcome.standing),
            history=self._earlier(unit),
            consequences=self._consequences(outcome),
            blockers=tuple(self._blockers.get(unit, ())),
            notes=tuple(self._notes.get(unit, ())),
        )

    def _indicator(self, outcome: UnitOutcome) -> IndicatorPart:
        unit = outcome.unit.code
        scores = {score.indicator: score for score in self._scores.get(unit, ())}
        targets: dict[str, Indicator] = {
            target.code: target for target in (*self._targets.get(None, ()), *self._targets.get(unit, ()))
        }
        report = self._self.get(unit)
        declared = {entry.indicator: entry for entry in report.declared} if report else {}
        ledger, notes = self._ledger.get(unit, ()), self._site_notes.get(unit, ())
        codes = tuple(dict.fromkeys((*targets, *scores)))
        return IndicatorPart(
            indicators=tuple(
                IndicatorStory(
                    score=scores.get(code),
                    target=targets.get(code),
                    declared=declared.get(code),
                    ledger=tuple(entry for entry in ledger if entry.indicator == code),
                    site_notes=tuple(note for note in notes if note.indicator == code),
                )
                for code in codes
            ),
            total=outcome.indicator,
            full=self._scheme.indicator_full,
            self_assessment=report,
            ledger=tuple(entry for entry in ledger if entry.indicator not in codes),
            clause=self._scheme.clause(Clause.INDICATOR),
        )

    def _event_stories(self, unit: UnitCode) -> tuple[EventStory, ...]:
        stories = []
        for event in self._events.get(unit, ()):
            kind = self._scheme.barring.kind(event.kind)
            text = kind.text if kind else "方案中没有这种情形"
            stories.append(EventStory(event, text, kind.clause if kind else ""))
        return tuple(stories)

    def _earlier(self, unit: UnitCode) -> tuple[HistoryEntry, ...]:
        found = (self._history.get((unit, year)) for year in self._years)
        return tuple(entry for entry in found if entry is not None)

    def _consequences(self, outcome: UnitOutcome) -> tuple[ConsequenceLine, ...]:
        follows, grade = outcome.consequence, outcome.grade
        if follows is None or grade is None:
            return ()
        clause = self._scheme.clause
        basis = f"等次为{grade.label}"
        exact = plain(round_half_up(follows.staff_exact, 2))
        changed = outcome.staff_places != follows.staff_places
        adjusted = f"，调整为{outcome.staff_places}名" if changed else ""
        answer = follows.accountability
        triggers = "、".join(trigger.value for trigger in answer.triggers)
        known = {entry.year for entry in self._earlier(outcome.unit.code)}
        gaps = [f"{year}年度" for year in self._years if year not in known]
        unknown = f"；{'、'.join(gaps)}缺考核结果，暂按未排名最后、未评为不合格计算" if gaps else ""
        lines = [
            ConsequenceLine(
                "工作人员年度考核优秀名额",
                f"{outcome.staff_places}名",
                f"{basis}，{outcome.unit.staff}人按比例计{exact}，取{follows.staff_places}名{adjusted}",
                clause(Clause.STAFF),
            ),
            ConsequenceLine(
                "部门负责人年度考核",
                "可评为优秀" if follows.head_may_be_excellent else "不能评优",
                basis,
                clause(Clause.HEAD),
            ),
            ConsequenceLine(
                "部门负责人其他奖励项目评选",
                "可以参加" if follows.head_other_awards else "不得参加",
                basis,
                clause(Clause.HEAD),
            ),
            ConsequenceLine(
                "奖金",
                "按市绩效考核相关文件发给" if follows.bonus_money_eligible else "不发给",
                basis,
                clause(Clause.MONEY),
            ),
            ConsequenceLine(
                "对部门主要负责人的行政问责",
                answer.words,
                (f"触发情形：{triggers}" if triggers else "没有触发情形") + unknown,
                clause(Clause.ACCOUNTABILITY),
            ),
        ]
        lines += [
            ConsequenceLine("移交区纪委追究责任", note, "严重失职渎职", clause(Clause.ACCOUNTABILITY))
            for note in self._referrals.get(outcome.unit.code, ())
        ]
        return tuple(lines)


def explain(inputs: AssessmentInputs, record: AssessmentRecord, unit: UnitCode) -> Explanation:
    """The complete derivation for one unit; for many units of one record keep an `Explainer`."""
    return Explainer(inputs, record).explain(unit)
