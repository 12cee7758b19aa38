"""How does everything that came in become the record of a year?"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import TypeVar

from gaoxin_vote.domain.adjustment import Adjustment, adjust
from gaoxin_vote.domain.blockers import blockers
from gaoxin_vote.domain.codec import plain
from gaoxin_vote.domain.consequence import LOOK_BACK, HistoryEntry, consequence, staff_cap
from gaoxin_vote.domain.contest import ContestCode, Grade
from gaoxin_vote.domain.decision import Override
from gaoxin_vote.domain.event import Barring, barring
from gaoxin_vote.domain.inputs import AssessmentInputs
from gaoxin_vote.domain.notes import notes
from gaoxin_vote.domain.rating import Rating, rate
from gaoxin_vote.domain.record import AssessmentRecord, UnitOutcome
from gaoxin_vote.domain.rounding import round_half_up
from gaoxin_vote.domain.scheme import AssessmentScheme, RoundStage
from gaoxin_vote.domain.standing import (
    BONUS,
    INDICATOR,
    INTERNAL,
    Contender,
    OrderKey,
    Ranking,
    Standing,
    excellent_key,
    rank,
    score_key,
)
from gaoxin_vote.domain.tally import UnitCount
from gaoxin_vote.domain.units import Unit, UnitCode, by_unit
from gaoxin_vote.errors import Refused

Entry = TypeVar("Entry")


class AssessmentReason(Enum):
    """Why inputs cannot be assessed at all."""

    REPEATED_UNIT = "repeated unit"


@dataclass(frozen=True, slots=True)
class UnitScore:
    """What one unit got, before anybody is compared."""

    unit: Unit
    indicator: Fraction | None
    """Exact sum of the indicator scores."""
    ratings: tuple[Rating, ...]
    """In the order of the scheme's contests."""
    adjustment: Adjustment
    barring: Barring
    figures: Mapping[OrderKey, Fraction | None]
    """Every part as it enters sums and comparisons: rounded, or exact (A18)."""
    composite: Decimal | None


def assess(inputs: AssessmentInputs) -> AssessmentRecord:
    """The record that follows from `inputs`, and from nothing else (R5–R31).

    Never fails for what is missing or unsettled: that is listed in `blockers`, and a unit without a
    composite stands outside the ranking. Raises `Refused` when two units carry the same code.
    """
    codes = Counter(unit.code for unit in inputs.units)
    if repeated := [code for code, times in codes.items() if times > 1]:
        raise Refused(AssessmentReason.REPEATED_UNIT, f"单位代码重复：{'、'.join(repeated)}。")
    scores = _scores(inputs)
    ranking = _rank(inputs, scores)
    outcomes = _outcomes(inputs, scores, ranking)
    staff_total = sum(unit.staff for unit in inputs.units)
    scheme = inputs.scheme
    cap = staff_cap(scheme.consequence, staff_total)
    return AssessmentRecord(
        year=scheme.year,
        decimals=scheme.decimals,
        contests=scheme.contests,
        last_scope=scheme.consequence.last_scope,
        outcomes=outcomes,
        quotas=ranking.quotas,
        undecided=ranking.undecided,
        staff_total=staff_total,
        staff_cap=cap,
        blockers=blockers(inputs, outcomes, ranking),
        notes=notes(inputs, outcomes, ranking.quotas, cap),
    )


def counts_that_hold(inputs: AssessmentInputs) -> dict[tuple[ContestCode, UnitCode], dict[str, UnitCount]]:
    """For each contest and unit, the count of each weight group in the last session that had the unit."""
    counts: dict[tuple[ContestCode, UnitCode], dict[str, UnitCount]] = defaultdict(dict)
    for tally in sorted(inputs.tallies, key=lambda tally: tally.number):
        for count in tally.counts:
            counts[tally.contest.code, count.unit][tally.group] = count
    return counts


def _scores(inputs: AssessmentInputs) -> list[UnitScore]:
    scheme = inputs.scheme
    counts = counts_that_hold(inputs)
    indicators: dict[UnitCode, Fraction] = {}
    for score in inputs.scores:
        indicators[score.unit] = indicators.get(score.unit, Fraction(0)) + Fraction(score.score)
    claims = by_unit((claim.unit, claim) for claim in inputs.claims)
    events = by_unit((event.unit, event) for event in inputs.events)
    late = {acceptance.claim_id: acceptance for acceptance in inputs.late_acceptances}
    scores = []
    for unit in inputs.units:
        indicator = indicators.get(unit.code)
        ratings = tuple(
            rate(rules, counts.get((rules.contest.code, unit.code), {}), scheme.decimals)
            for rules in scheme.contests
        )
        adjustment = adjust(scheme.bonus, claims.get(unit.code, ()), late, decimals=scheme.decimals)
        figures = _figures(scheme, indicator, ratings, adjustment)
        parts = (figures[INDICATOR], figures[INTERNAL], figures[BONUS])
        scores.append(
            UnitScore(
                unit=unit,
                indicator=indicator,
                ratings=ratings,
                adjustment=adjustment,
                barring=barring(scheme.barring, events.get(unit.code, ())),
                figures=figures,
                composite=_rounded(scheme, _sum(parts)),
            )
        )
    return scores


def _figures(
    scheme: AssessmentScheme,
    indicator: Fraction | None,
    ratings: tuple[Rating, ...],
    adjustment: Adjustment,
) -> dict[OrderKey, Fraction | None]:
    """Every part as it enters sums and comparisons: rounded by itself, or exact (R11, A18)."""
    own: Fraction | None = indicator
    parts = tuple(rating.exact for rating in ratings)
    if scheme.round_stage is RoundStage.COMPONENT:
        own, *rounded = map(_exact, (_rounded(scheme, indicator), *(rating.score for rating in ratings)))
        parts = tuple(rounded)
    figures: dict[OrderKey, Fraction | None] = {
        INDICATOR: own,
        INTERNAL: _sum(parts),
        BONUS: Fraction(adjustment.net),
    }
    for rules, rating, part in zip(scheme.contests, ratings, parts, strict=True):
        figures[score_key(rules)] = part
        figures[excellent_key(rules)] = Fraction(rating.grades[0])
    return figures


def _exact(score: Decimal | None) -> Fraction | None:
    return None if score is None else Fraction(score)


def _rounded(scheme: AssessmentScheme, exact: Fraction | None) -> Decimal | None:
    return None if exact is None else round_half_up(exact, scheme.decimals)


def _sum(parts: Sequence[Fraction | None]) -> Fraction | None:
    known = [part for part in parts if part is not None]
    return sum(known, Fraction(0)) if len(known) == len(parts) else None


def _rank(inputs: AssessmentInputs, scores: Sequence[UnitScore]) -> Ranking:
    scheme = inputs.scheme
    priorities = {decision.unit: decision.priority for decision in inputs.tie_decisions}
    keys = scheme.ties.figures
    contenders = []
    for score in scores:
        composite = score.composite
        if composite is None:
            continue
        contenders.append(
            Contender(
                unit=score.unit.code,
                unit_class=score.unit.unit_class,
                composite=composite,
                figures=tuple(figure for key in keys if (figure := score.figures[key]) is not None),
                ceiling=Grade.FAIL if composite < scheme.pass_line else score.barring.ceiling,
                priority=priorities.get(score.unit.code),
            )
        )
    official = sorted(inputs.units, key=lambda unit: unit.code)
    sizes = tuple(Counter(unit.unit_class for unit in official).items())
    decided = {(decision.scope, decision.grade): decision.priority for decision in inputs.place_decisions}
    return rank(scheme.ties, scheme.quota, scheme.consequence.last_scope, contenders, sizes, decided)


def _outcomes(
    inputs: AssessmentInputs, scores: Sequence[UnitScore], ranking: Ranking
) -> tuple[UnitOutcome, ...]:
    standings = {standing.contender.unit: standing for standing in ranking.standings}
    overrides = {override.unit: override for override in inputs.overrides}
    changed = {change.unit: change.places for change in inputs.staff_adjustments}
    history = {(entry.unit, entry.year): entry for entry in inputs.history}
    outcomes = []
    for score in scores:
        unit = score.unit
        earlier = [history.get((unit.code, inputs.scheme.year - back)) for back in LOOK_BACK]
        outcome = _outcome(inputs.scheme, score, standings.get(unit.code), overrides.get(unit.code), earlier)
        places = changed.get(unit.code, outcome.staff_places)
        outcomes.append(replace(outcome, staff_places=places if outcome.standing else None))
    return tuple(outcomes)


def _outcome(
    scheme: AssessmentScheme,
    score: UnitScore,
    standing: Standing | None,
    override: Override | None,
    earlier: Sequence[HistoryEntry | None],
) -> UnitOutcome:
    outcome = UnitOutcome(
        unit=score.unit,
        indicator=_rounded(scheme, score.indicator),
        ratings=score.ratings,
        internal=_rounded(scheme, score.figures[INTERNAL]),
        adjustment=score.adjustment,
        composite=score.composite,
        barring=score.barring,
        standing=standing,
        grade=None,
        grade_reason="",
        consequence=None,
        staff_places=None,
    )
    if standing is None:
        return outcome
    grade = standing.grade if override is None else override.grade
    follows = consequence(scheme.consequence, grade, score.unit.staff, standing.is_last, earlier)
    return replace(
        outcome,
        grade=grade,
        grade_reason=_reason(scheme, score, standing, override),
        consequence=follows,
        staff_places=follows.staff_places,
    )


def _reason(scheme: AssessmentScheme, score: UnitScore, standing: Standing, override: Override | None) -> str:
    """The remark beside the grade: what failed or barred the unit, or the leading group's reason."""
    if override is not None:
        return f"领导小组决定（计算等次为{standing.grade.label}）：{override.reason}"
    failing = standing.contender.composite < scheme.pass_line
    barred = score.barring.reasons if score.barring.ceiling is Grade.FAIL or not failing else ()
    low = (f"综合得分低于{plain(scheme.pass_line)}分",) if failing else ()
    return "；".join((*low, *barred))
