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
    LEADERSHIP = "领导评议"
    PEER = "互评"
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
    rows = (_cells(record, outcome) for outcome in (*ranked, *rest))
    return (
        tuple(column.value for column in columns),
        *(tuple(NOTHING if row[column] is None else str(row[column]) for column in columns) for row in rows),
    )


def _cells(record: AssessmentRecord, outcome: UnitOutcome) -> dict[RankingColumn, object]:
    standing, consequence = outcome.standing, outcome.consequence
    return {
        RankingColumn.RANK: None if standing is None else standing.rank,
        RankingColumn.UNIT: outcome.unit.name,
        RankingColumn.UNIT_CLASS: outcome.unit.unit_class,
        RankingColumn.INDICATOR: record.score_text(outcome.indicator),
        RankingColumn.LEADERSHIP: record.score_text(outcome.leadership.score),
        RankingColumn.PEER: record.score_text(outcome.peer.score),
        RankingColumn.ADJUSTMENT: record.score_text(outcome.adjustment.net),
        RankingColumn.COMPOSITE: record.score_text(outcome.composite),
        RankingColumn.GRADE: None if outcome.grade is None else outcome.grade.label,
        RankingColumn.STAFF_PLACES: outcome.staff_places,
        RankingColumn.ACCOUNTABILITY: None if consequence is None else consequence.accountability.words,
    }
