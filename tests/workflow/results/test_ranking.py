"""Does the table of the ranking follow the record?"""

from dataclasses import replace

from gaoxin_vote.domain.assessment import assess
from gaoxin_vote.workflow.results.ranking import EVERY, SHORT, RankingColumn, ranking
from tests.domain.factory import valid


def test_the_best_comes_first_with_its_figures() -> None:
    record = assess(valid())
    heads, *rows = ranking(record)
    before, after = (
        (RankingColumn.RANK, RankingColumn.UNIT, RankingColumn.UNIT_CLASS, RankingColumn.INDICATOR),
        EVERY[5:],
    )
    titles = ("领导评议", "部门互评")
    assert heads == (*(c.value for c in before), *titles, *(c.value for c in after))
    assert len(before) + 1 + len(after) == len(EVERY)
    assert [row[0] for row in rows] == [
        str(outcome.standing.rank) for outcome in record.ranked if outcome.standing
    ]
    best = record.ranked[0]
    assert best.grade is not None
    first = dict(zip(heads, rows[0], strict=True))
    assert first[RankingColumn.UNIT.value] == best.unit.name
    assert first["部门互评"] == record.score_text(best.ratings[1].score)
    assert first[RankingColumn.COMPOSITE.value] == record.score_text(best.composite)
    assert first[RankingColumn.GRADE.value] == best.grade.label


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
