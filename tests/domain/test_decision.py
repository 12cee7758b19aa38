"""When a decision of the leading group settles what is equal."""

from datetime import date

import pytest

from gaoxin_vote.domain.codec import from_json, to_json
from gaoxin_vote.domain.contest import Grade
from gaoxin_vote.domain.decision import Override, PlaceDecision, TieDecision, settles
from gaoxin_vote.domain.units import UnitCode
from gaoxin_vote.errors import Refused


@pytest.mark.parametrize("priorities", [[], [1, 2], [2, 1, 3], [4, 9]])
def test_all_that_is_equal_is_placed_by_different_numbers_whichever(priorities: list[int | None]) -> None:
    assert settles(priorities)


@pytest.mark.parametrize("priorities", [[None], [1, None], [None, 2, 1]])
def test_what_is_not_named_comes_last_behind_the_first_and_second(priorities: list[int | None]) -> None:
    assert settles(priorities)


@pytest.mark.parametrize(
    "priorities",
    [
        [1, 1],
        [1, 2, 2],
        [None, None],
        [1, None, None],
        [2, None],
        [None, 2, 3],
        [1, 3, None],
        [1, 1, None],
        [0, 1, None],
    ],
)
def test_too_few_two_alike_or_a_gap_settle_nothing(priorities: list[int | None]) -> None:
    assert not settles(priorities)


def test_a_decision_may_lack_its_day_but_not_its_reason() -> None:
    assert from_json(TieDecision, {"unit": "A01", "priority": 1, "reason": "会议决定"}).decided_on is None
    with pytest.raises(Refused, match="reason"):
        from_json(TieDecision, {"unit": "A01", "priority": 1})


def test_decisions_on_grades_keep_the_code_of_the_grade() -> None:
    override = Override(UnitCode("A01"), Grade.PASS, "会议决定", date(2018, 1, 20))
    assert to_json(override) == {
        "unit": "A01",
        "grade": "pass",
        "reason": "会议决定",
        "decided_on": "2018-01-20",
    }
    place = PlaceDecision("机关部门", Grade.GOOD, 1, "会议决定")
    assert from_json(PlaceDecision, to_json(place)) == place
    assert from_json(Override, to_json(override)) == override
