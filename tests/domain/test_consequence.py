"""What follows for the staff and the head of a unit."""

from dataclasses import replace
from fractions import Fraction

import pytest

from gaoxin_vote.domain.consequence import (
    AccountabilityMode,
    HistoryEntry,
    Measure,
    StaffRounding,
    Trigger,
    accountability,
    consequence,
    staff_cap,
    staff_places,
)
from gaoxin_vote.domain.contest import Grade
from gaoxin_vote.domain.units import UnitCode

from .cases import toml_scheme

RULES = toml_scheme({}).consequence
"""20, 15, 10 and 0 percent of the staff by grade; 15 percent of all staff together."""
NEVER = (False, False, False)


def entry(grade: Grade = Grade.GOOD, *, is_last: bool = False) -> HistoryEntry:
    return HistoryEntry(2016, UnitCode("A01"), 5, grade, is_last)


@pytest.mark.parametrize(
    ("grade", "floored", "rounded"),
    [(Grade.EXCELLENT, 6, 6), (Grade.GOOD, 4, 5), (Grade.PASS, 3, 3), (Grade.FAIL, 0, 0)],
)
def test_the_share_of_the_staff_depends_on_the_grade_and_on_the_rounding(
    grade: Grade, floored: int, rounded: int
) -> None:
    assert staff_places(replace(RULES, staff_rounding=StaffRounding.FLOOR), grade, 30) == floored
    assert staff_places(replace(RULES, staff_rounding=StaffRounding.HALF_UP), grade, 30) == rounded


def test_the_limit_of_all_staff_is_never_rounded_up() -> None:
    rules = replace(RULES, staff_rounding=StaffRounding.HALF_UP)
    assert [staff_cap(rules, total) for total in (33, 39, 40)] == [4, 5, 6]


@pytest.mark.parametrize(
    ("last", "failed", "triggers"),
    [
        (NEVER, NEVER, ()),
        ((True, False, True), NEVER, (Trigger.LAST,)),
        ((False, True, True), (False, True, True), ()),
        ((True, True, False), NEVER, (Trigger.LAST, Trigger.LAST_TWICE)),
        ((True, True, True), NEVER, (Trigger.LAST, Trigger.LAST_TWICE, Trigger.LAST_THRICE)),
        (NEVER, (True, False, True), (Trigger.FAILED,)),
        (NEVER, (True, True, True), (Trigger.FAILED, Trigger.FAILED_TWICE)),
        ((True,), (True,), (Trigger.LAST, Trigger.FAILED)),
        ((True, True), (), (Trigger.LAST, Trigger.LAST_TWICE)),
    ],
)
def test_only_years_in_a_row_that_include_this_one_count(
    last: tuple[bool, ...], failed: tuple[bool, ...], triggers: tuple[Trigger, ...]
) -> None:
    assert accountability(AccountabilityMode.ALL, last, failed).triggers == triggers


def test_the_measures_apply_mildest_first_each_once_or_only_the_gravest() -> None:
    last, failed = (True, True, False), (True, False, False)
    every = accountability(AccountabilityMode.ALL, last, failed)
    assert every.measures == (Measure.TALK, Measure.ADMONITION)
    assert every.words == "约谈、诫勉谈话"
    gravest = accountability(AccountabilityMode.HIGHEST_ONLY, last, failed)
    assert gravest.words == "诫勉谈话"
    assert gravest.triggers == every.triggers == (Trigger.LAST, Trigger.LAST_TWICE, Trigger.FAILED)
    assert accountability(AccountabilityMode.HIGHEST_ONLY, NEVER, NEVER).words == "无"
    assert accountability(AccountabilityMode.HIGHEST_ONLY, (True,) * 3, NEVER).words == "调整工作岗位"
    assert accountability(AccountabilityMode.HIGHEST_ONLY, NEVER, (True,) * 3).words == "调整工作岗位"


@pytest.mark.parametrize(
    ("grade", "excellent", "awards"),
    [
        (Grade.EXCELLENT, True, True),
        (Grade.GOOD, True, True),
        (Grade.PASS, False, True),
        (Grade.FAIL, False, False),
    ],
)
def test_what_a_grade_leaves_the_head(grade: Grade, excellent: bool, awards: bool) -> None:
    follows = consequence(RULES, grade, 30, False, (None, None))
    assert follows.head_may_be_excellent is excellent
    assert follows.head_other_awards is follows.bonus_money_eligible is awards
    assert bool(follows.accountability.measures) is (grade is Grade.FAIL)


def test_a_year_without_data_breaks_the_row() -> None:
    gap = consequence(RULES, Grade.PASS, 30, True, (None, entry(is_last=True)))
    assert gap.accountability.triggers == (Trigger.LAST,)
    row = consequence(RULES, Grade.FAIL, 30, True, (entry(Grade.FAIL, is_last=True), entry()))
    assert row.accountability.triggers == (
        Trigger.LAST,
        Trigger.LAST_TWICE,
        Trigger.FAILED,
        Trigger.FAILED_TWICE,
    )


def test_the_share_is_kept_unrounded_beside_the_places() -> None:
    follows = consequence(RULES, Grade.GOOD, 23, False, (None, None))
    assert (follows.staff_exact, follows.staff_places) == (Fraction("3.45"), 3)
