"""How marks become a score."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from gaoxin_vote.domain.contest_rules import AbstainMode, WeightGroup
from gaoxin_vote.domain.rating import exact_score, kept_marks, rate, session_score
from gaoxin_vote.domain.tally import UnitCount
from tests.contests import LEADER_RULES as RULES
from tests.contests import LEADERSHIP, PEER_RULES

from .factory import count

ZERO = replace(RULES, abstain=AbstainMode.COUNT_AS_ZERO)
GROUPED = replace(RULES, groups=(WeightGroup("甲", Decimal("0.6")), WeightGroup("乙", Decimal("0.4"))))


def kept(trim: int, row: UnitCount, *, zero: bool = False) -> list[int] | None:
    """How many marks of each value are left, best first."""
    marks = kept_marks(replace(ZERO if zero else RULES, trim=trim), row)
    return None if marks is None else [times for _, times in marks]


def test_as_many_of_the_highest_as_of_the_lowest_marks_are_left_out() -> None:
    row = count("A01", (1, 3, 1, 1))
    assert [kept(trim, row) for trim in (0, 1, 2, 3)] == [[1, 3, 1, 1], [0, 3, 1, 0], [0, 2, 0, 0], [0] * 4]
    marks = kept_marks(RULES, row)
    assert marks == ((100, 1), (80, 3), (60, 1), (40, 1))


def test_an_abstention_that_is_a_zero_is_the_lowest_mark_and_trimmed_first() -> None:
    row = count("A01", (2, 1, 0, 2), abstained=1)
    assert kept(0, row, zero=True) == [2, 1, 0, 2, 1]
    assert kept(1, row, zero=True) == [1, 1, 0, 2, 0]
    assert kept(2, row, zero=True) == [0, 1, 0, 1, 0]
    assert kept(1, row) == [1, 1, 0, 1]


def test_abstentions_must_be_known_only_where_they_count() -> None:
    unknown = replace(count("A01", (1, 1, 0, 0), abstained=2), recusals=None)
    assert kept(0, unknown, zero=True) is None
    assert exact_score(ZERO, unknown) is None
    assert exact_score(RULES, unknown) == 9


def test_the_score_is_the_mean_of_the_marks_unrounded() -> None:
    row = count("A01", (1, 1, 1, 0), abstained=5, void=4)
    assert exact_score(RULES, row) == 8
    assert exact_score(replace(RULES, full=Decimal(20)), row) == 16
    assert exact_score(RULES, count("A01", (2, 1, 0, 0))) == Fraction(28, 3)
    assert exact_score(ZERO, count("A01", (2, 1, 0, 0), abstained=1)) == 7


@pytest.mark.parametrize(
    ("trim", "row"),
    [(0, count("A01", (0, 0, 0, 0), abstained=9, void=2)), (2, count("A01", (2, 2, 0, 0)))],
)
def test_without_a_mark_that_counts_there_is_no_score(trim: int, row: UnitCount) -> None:
    rules = replace(RULES, trim=trim)
    assert exact_score(rules, row) is None
    assert session_score(rules, row, 2) is None
    assert rate(rules, {"": row}, 2).score is None


def test_a_score_is_rounded_half_up_once() -> None:
    row = count("A01", (9, 7, 0, 0))
    assert exact_score(RULES, row) == Fraction("9.125")
    assert session_score(RULES, row, 2) == rate(RULES, {"": row}, 2).score == Decimal("9.13")
    rating = rate(GROUPED, {"甲": row, "乙": row}, 2)
    assert (rating.exact, rating.score) == (Fraction("9.125"), Decimal("9.13"))


def test_groups_weigh_what_the_scheme_gives_them_and_none_may_lack() -> None:
    first, second = count("A01", (3, 0, 0, 0)), count("A01", (0, 0, 0, 1))
    rating = rate(GROUPED, {"甲": first, "乙": second}, 2)
    assert [group.exact for group in rating.groups] == [10, 4]
    assert rating.score == Decimal("7.60")
    for lacking in ({"甲": first}, {"甲": first, "乙": count("A01", (0, 0, 0, 0))}):
        rating = rate(GROUPED, lacking, 2)
        assert (rating.exact, rating.score, rating.groups[0].exact) == (None, None, 10)


def test_the_counts_are_those_of_all_groups_that_met() -> None:
    first = UnitCount(count("A01", (1, 2, 3, 4)).unit, (1, 2, 3, 4), 5, recusals=2, void=1)
    rating = rate(GROUPED, {"甲": first, "乙": count("A01", (1, 0, 0, 1), abstained=1, void=2)}, 2)
    assert rating.contest == LEADERSHIP
    assert (rating.grades, rating.blanks, rating.abstained, rating.void) == ((2, 2, 3, 5), 6, 4, 3)
    unknown = replace(first, recusals=None)
    assert rate(GROUPED, {"甲": unknown, "乙": first}, 2).abstained is None
    alone = rate(GROUPED, {"甲": first}, 2)
    assert (alone.grades, alone.abstained) == ((1, 2, 3, 4), 3)
    nothing = rate(PEER_RULES, {}, 2)
    assert (nothing.grades, nothing.blanks, nothing.abstained, nothing.void) == ((0, 0, 0, 0), 0, 0, 0)
