"""How many places are there, and who decides where equal remainders leave one open? (R22, A12, A36, A37)"""

from dataclasses import replace
from fractions import Fraction

import pytest

from gaoxin_vote.domain.assessment import assess
from gaoxin_vote.domain.contest import Grade
from gaoxin_vote.domain.decision import PlaceDecision
from gaoxin_vote.domain.inputs import AssessmentInputs
from gaoxin_vote.domain.quota import largest_remainder
from gaoxin_vote.domain.record import BlockerKind
from tests.domain.factory import blocked, only_blocker, small_year, under


def halves(*decisions: PlaceDecision) -> AssessmentInputs:
    """甲 and 乙 with two units each: 0.6 places of 优秀 each and one in all, 0.8 of 良好 and two in all."""
    inputs = small_year(["70", "65", "60", "55"], classes=["甲", "甲", "乙", "乙"])
    inputs = under(inputs, quota__excellent_total=1, quota__good_total=2)
    return replace(inputs, place_decisions=decisions)


def places(inputs: AssessmentInputs) -> dict[str, int]:
    return {quota.scope: quota.excellent.places for quota in assess(inputs).quotas}


def kinds(inputs: AssessmentInputs) -> list[BlockerKind]:
    return [kind for kind, _ in blocked(inputs)]


def decision(scope: str, priority: int, reason: str = "甲类任务更重") -> PlaceDecision:
    return PlaceDecision(scope, Grade.EXCELLENT, priority, reason)


def test_a36_equal_remainders_are_for_the_leading_group_to_decide() -> None:
    for inputs in (halves(), replace(halves(), units=halves().units[::-1])):
        blocker = only_blocker(inputs)
        assert blocker.kind is BlockerKind.PLACES_UNDECIDED
        assert "甲、乙" in blocker.message and "领导小组" in blocker.message


@pytest.mark.parametrize("first", ["甲", "乙"])
def test_a36_a_decision_gives_the_place(first: str) -> None:
    inputs = halves(decision(first, 1))
    assert blocked(inputs) == []
    assert places(inputs) == {"甲": int(first == "甲"), "乙": int(first == "乙")}


def test_a36_of_both_classes_the_one_placed_first_gets_it() -> None:
    assert places(halves(decision("甲", 2), decision("乙", 1))) == {"甲": 0, "乙": 1}


def test_a36_a_decision_that_places_two_alike_decides_nothing() -> None:
    inputs = halves(decision("甲", 1), decision("乙", 1))
    assert only_blocker(inputs).kind is BlockerKind.PLACES_UNDECIDED


def test_a36_a_decision_needs_a_reason_and_comes_once() -> None:
    assert kinds(halves(decision("甲", 1, ""))) == [BlockerKind.REASON_MISSING]
    assert BlockerKind.REPEATED in kinds(halves(decision("甲", 1), decision("甲", 2)))


def test_a36_a_decision_names_a_class_and_a_grade_that_have_places() -> None:
    strange = PlaceDecision("丙", Grade.EXCELLENT, 1, "误填")
    assert kinds(halves(decision("甲", 1), strange)) == [BlockerKind.PLACES_UNDECIDED]
    lower = PlaceDecision("甲", Grade.PASS, 1, "误填")
    assert kinds(halves(decision("甲", 1), lower)) == [BlockerKind.PLACES_UNDECIDED]


def test_a36_only_the_equal_remainders_at_the_edge_are_open() -> None:
    thirds = [("甲", Fraction(5, 2)), ("乙", Fraction(3, 2)), ("丙", Fraction(5, 4))]
    shared, left = largest_remainder(thirds, 5, {})
    assert ([each.places for each in shared], left) == ([3, 1, 1], (("甲", "乙"), 1))
    shared, left = largest_remainder(thirds, 6, {})
    assert ([each.places for each in shared], left) == ([3, 2, 1], None)
    shared, left = largest_remainder(thirds, 5, {"乙": 1})
    assert ([each.places for each in shared], left) == ([2, 2, 1], None)


def test_a37_totals_meant_for_another_number_of_units_are_noted() -> None:
    def told(**totals: int) -> list[str]:
        inputs = under(small_year(["70", "65", "60", "55"]), **{f"quota__{k}": v for k, v in totals.items()})
        return [
            note.message
            for note in assess(inputs).notes
            if "请核对" in note.message or "多于单位数" in note.message
        ]

    # 4 units: 1.2 of 优秀, 1.6 of 良好.
    assert told(excellent_total=1, good_total=2) == []
    assert told(excellent_total=2, good_total=1) == []
    assert told(excellent_total=3, good_total=1) == ["优秀固定3个，而4个单位按比例为1.2个，请核对。"]
    assert len(told(excellent_total=3, good_total=2)) == 2  # and five places for four units
