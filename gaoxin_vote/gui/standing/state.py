"""What must be settled before the year can be finalised, and in which order do the units stand?"""

from dataclasses import dataclass
from decimal import Decimal

from gaoxin_vote.domain.contest import Grade
from gaoxin_vote.domain.quota import ALL_UNITS, ScopeQuota
from gaoxin_vote.domain.record import AssessmentRecord, UnitOutcome
from gaoxin_vote.workflow.results import settling

OpenMatter = settling.OpenMatter
WayOut = settling.WayOut


@dataclass(frozen=True, slots=True)
class ScoreParts:
    """What a composite is made of, to be drawn as a bar."""

    positive: tuple[Decimal, ...]
    """指标 and the contests, in order."""
    adjustment: Decimal


@dataclass(frozen=True, slots=True)
class RankingView:
    """One order in which the rows can stand."""

    title: str
    order: tuple[int, ...]
    """Places of the rows of the state, as they follow each other."""
    groups: tuple[int, ...]
    """In the same order, to which group a row belongs."""
    headings: tuple[tuple[int, str], ...]
    """(place in this order, what stands above it)."""
    lines: tuple[tuple[int, str], ...]
    """(place in this order, what stands on the line below it): where the places of a grade end."""


def score_parts(outcome: UnitOutcome) -> ScoreParts:
    """The parts of one unit, as far as they are known."""
    scores = (outcome.indicator, *(rating.score for rating in outcome.ratings))
    return ScoreParts(tuple(score or Decimal(0) for score in scores), outcome.adjustment.net)


def ranking_views(record: AssessmentRecord, outcomes: tuple[UnitOutcome, ...]) -> tuple[RankingView, ...]:
    """The orders of `outcomes` (best first): by class where there are several, and all together."""
    quotas = {quota.scope: quota for quota in record.quotas}
    classes = tuple(dict.fromkeys(outcome.unit.unit_class for outcome in record.outcomes))
    together = tuple(range(len(outcomes)))
    shared = quotas.get(ALL_UNITS) or (next(iter(quotas.values())) if len(quotas) == 1 else None)
    overall = RankingView("全部名次", together, (), (), _lines(shared, outcomes, together))
    if len(classes) < 2:
        return (overall,)
    order = tuple(sorted(together, key=lambda row: (classes.index(outcomes[row].unit.unit_class), row)))
    headings, lines = [], []
    for name in classes:
        rows = tuple(row for row in order if outcomes[row].unit.unit_class == name)
        first, quota = order.index(rows[0]), quotas.get(name)
        places = f"　优秀{quota.excellent.places}、良好{quota.good.places}" if quota else ""
        headings.append((first, f"{name}　{len(rows)}个单位{places}"))
        lines += [(first + place, words) for place, words in _lines(quota, outcomes, rows)]
    groups = tuple(classes.index(outcomes[row].unit.unit_class) for row in order)
    return (RankingView("按类别", order, groups, tuple(headings), tuple(lines)), overall)


def _lines(
    quota: ScopeQuota | None, outcomes: tuple[UnitOutcome, ...], rows: tuple[int, ...]
) -> tuple[tuple[int, str], ...]:
    """Below which of `rows` the places of 优秀 and 良好 end; by the grades that the scheme gives."""
    lines = []
    for grade, share in ((Grade.EXCELLENT, quota.excellent), (Grade.GOOD, quota.good)) if quota else ():
        got = [
            place
            for place, row in enumerate(rows)
            if (standing := outcomes[row].standing) is not None and standing.grade is grade
        ]
        if got:
            used = "到此为止" if len(got) >= share.places else f"只用{len(got)}个"
            lines.append((got[-1], f"{grade.label}名额{share.places}个{used}"))
    return tuple(lines)
