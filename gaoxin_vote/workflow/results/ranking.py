"""Which table of the ranking does a terminal show?"""

from enum import Enum

from gaoxin_vote.documents.page import NOTHING
from gaoxin_vote.domain.record import AssessmentRecord, UnitOutcome


class RankingColumn(Enum):
    """What can stand in a column; the value is its heading."""

    RANK = "名次"
    UNIT = "单位"
    UNIT_CLASS = "类别"
    INDICATOR = "指标"
    RATINGS = "各项评议"
    """One column for each contest of the scheme, headed by its title."""
    ADJUSTMENT = "加减分"
    COMPOSITE = "综合得分"
    GRADE = "等次"
    STAFF_PLACES = "优秀名额"
    ACCOUNTABILITY = "问责"


EVERY = tuple(RankingColumn)
SHORT = (RankingColumn.RANK, RankingColumn.UNIT, RankingColumn.COMPOSITE, RankingColumn.GRADE)


def ranking(
    record: AssessmentRecord, columns: tuple[RankingColumn, ...] = EVERY
) -> tuple[tuple[str, ...], ...]:
    """The headings, then a row for each unit: best first, last those whose score is not known yet."""
    ranked = record.ranked
    rest = tuple(outcome for outcome in record.outcomes if outcome.standing is None)
    heads: dict[RankingColumn, tuple[str, ...]] = {column: (column.value,) for column in columns}
    heads[RankingColumn.RATINGS] = tuple(rules.contest.title for rules in record.contests)
    rows = (heads, *(_cells(record, outcome) for outcome in (*ranked, *rest)))
    return tuple(tuple(cell for column in columns for cell in row[column]) for row in rows)


def _cells(record: AssessmentRecord, outcome: UnitOutcome) -> dict[RankingColumn, tuple[str, ...]]:
    standing, consequence = outcome.standing, outcome.consequence
    ratings = tuple(record.score_text(rating.score) for rating in outcome.ratings)
    cells: dict[RankingColumn, object] = {
        RankingColumn.RANK: None if standing is None else standing.rank,
        RankingColumn.UNIT: outcome.unit.name,
        RankingColumn.UNIT_CLASS: outcome.unit.unit_class,
        RankingColumn.INDICATOR: record.score_text(outcome.indicator),
        RankingColumn.ADJUSTMENT: record.score_text(outcome.adjustment.net),
        RankingColumn.COMPOSITE: record.score_text(outcome.composite),
        RankingColumn.GRADE: None if outcome.grade is None else outcome.grade.label,
        RankingColumn.STAFF_PLACES: outcome.staff_places,
        RankingColumn.ACCOUNTABILITY: None if consequence is None else consequence.accountability.words,
    }
    shown = {column: (_shown(cell),) for column, cell in cells.items()}
    return shown | {RankingColumn.RATINGS: tuple(map(_shown, ratings))}


def _shown(cell: object) -> str:
    return NOTHING if cell is None else str(cell)
