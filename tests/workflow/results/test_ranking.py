"""Does the table of the ranking follow the record?"""

from dataclasses import replace

from gaoxin_vote.domain.assessment import assess
from gaoxin_vote.workflow.results.ranking import EVERY, SHORT, RankingColumn, ranking
from tests.domain.factory import valid


def test_the_best_comes_first_with_its_figures() -> None:
    record = assess(valid())
    heads, *rows = ranking(record)
    assert heads == tuple(column.value for column in EVERY)
    assert [row[0] for row in rows] == [
        str(outcome.standing.rank) for outcome in record.ranked if outcome.standing
    ]
    best = record.ranked[0]
    assert best.grade is not None
    first = dict(zip(EVERY, rows[0], strict=True))
    assert first[RankingColumn.UNIT] == best.unit.name
    assert first[RankingColumn.COMPOSITE] == record.score_text(best.composite)
    assert first[RankingColumn.GRADE] == best.grade.label


def test_a_unit_without_a_score_comes_last_with_dashes() -> None:
    record = assess(valid())
    ranked = record.ranked
    unknown = replace(ranked[0], standing=None, composite=None, grade=None)
    without = replace(
        record,
        outcomes=tuple(unknown if outcome is ranked[0] else outcome for outcome in record.outcomes),
    )
    rows = ranking(without, SHORT)
    assert rows[-1] == ("—", unknown.unit.name, "—", "—")
    assert len(rows) == 1 + len(record.outcomes)
