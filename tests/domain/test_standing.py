"""Who stands where, and when a tie must be decided."""

from dataclasses import replace

import pytest

from gaoxin_vote.domain.assessment import assess
from gaoxin_vote.domain.contest import Grade
from gaoxin_vote.domain.inputs import AssessmentInputs
from gaoxin_vote.domain.record import BlockerKind

from .cases import toml_scheme
from .factory import blocked, count, decide, event, manual, only_blocker, printed, small_year

EXCELLENT, GOOD, PASS, FAIL = Grade


def grades(inputs: AssessmentInputs) -> list[Grade | None]:
    """The grades in unit order."""
    return [one.grade for one in assess(inputs).outcomes]


def order(inputs: AssessmentInputs) -> list[str]:
    """The units, best first."""
    return [one.unit.code for one in assess(inputs).ranked]


def tied(patch: dict[str, object] | None = None) -> AssessmentInputs:
    """Four units for 1 place of 优秀 and 1 of 良好; the first two are equal in every figure."""
    scheme = toml_scheme({**manual(机关部门=(1, 1)), **(patch or {})})
    return small_year(["70", "70", "60", "55"], scheme=scheme)


def test_an_undecided_tie_for_a_grade_blocks() -> None:
    record = assess(tied())
    blocker = only_blocker(tied())
    assert blocker.kind is BlockerKind.TIE_UNDECIDED
    assert "A01" in blocker.message
    assert "A02" in blocker.message
    assert printed(tied())["summary"]["unresolved_ties_that_matter"] == [["A01", "A02"]]
    assert [one.standing.rank for one in record.ranked if one.standing] == [1, 1, 3, 4]


@pytest.mark.parametrize("decided", [("A01", "A02"), ("A02", "A01"), ("A02",)])
def test_a_decision_settles_the_tie(decided: tuple[str, ...]) -> None:
    record = assess(replace(tied(), tie_decisions=decide(*decided)))
    assert record.blockers == ()
    assert record.ranked[0].unit.code == decided[0]
    assert [one.grade for one in record.ranked] == [EXCELLENT, GOOD, PASS, PASS]
    assert [one.standing.rank for one in record.ranked if one.standing] == [1, 1, 3, 4]


@pytest.mark.parametrize(
    "patch", [{"ties.use_decisions": False}, {"ties.order": ["indicator", "leader", "peer"]}]
)
def test_without_tie_decisions_the_same_year_is_blocked(patch: dict[str, object]) -> None:
    """The switch `use_tie_decisions`, and an order of keys without the decision, on a case that bites."""
    decisions = decide("A02", "A01")
    assert order(replace(tied(), tie_decisions=decisions))[0] == "A02"
    inputs = replace(tied(patch), tie_decisions=decisions)
    assert only_blocker(inputs).kind is BlockerKind.TIE_UNDECIDED
    assert order(inputs)[0] == "A01"


def test_a_decision_never_beats_a_figure() -> None:
    inputs = small_year(["70", "65", "60", "55"])
    assert order(replace(inputs, tie_decisions=decide("A04", "A03", "A02", "A01"))) == order(inputs)


def three_tied(*decided: str) -> AssessmentInputs:
    """Three units equal in every figure, for one place of 优秀 and one of 良好."""
    inputs = small_year(["70", "70", "70", "55"], scheme=toml_scheme(manual(机关部门=(1, 1))))
    return replace(inputs, tie_decisions=decide(*decided))


@pytest.mark.parametrize("decided", [("A02", "A03", "A01"), ("A03", "A02")])
def test_a38_a_decision_places_all_or_all_but_the_last(decided: tuple[str, ...]) -> None:
    inputs = three_tied(*decided)
    assert blocked(inputs) == []
    assert order(inputs)[: len(decided)] == list(decided)


def test_a38_a_decision_that_places_too_few_blocks() -> None:
    blocker = only_blocker(three_tied("A03"))
    assert blocker.kind is BlockerKind.TIE_HALF_DECIDED
    assert all(code in blocker.message for code in ("A01", "A02", "A03"))


def test_a38_two_places_alike_decide_nothing() -> None:
    decisions = tuple(replace(each, priority=1) for each in decide("A01", "A02", "A03"))
    inputs = replace(three_tied(), tie_decisions=decisions)
    assert only_blocker(inputs).kind is BlockerKind.TIE_HALF_DECIDED


def test_a_tie_within_one_grade_does_not_block() -> None:
    def with_places(excellent: int) -> AssessmentInputs:
        return small_year(["70", "60", "60", "50"], scheme=toml_scheme(manual(机关部门=(excellent, 0))))

    assert blocked(with_places(1)) == []
    assert blocked(with_places(2)) != []
    assert blocked(with_places(3)) == []


def test_a_tie_for_the_last_place_blocks_though_all_grades_are_equal() -> None:
    inputs = small_year(["70", "65", "60", "50", "50"])
    blocker = only_blocker(inputs)
    assert blocker.kind is BlockerKind.TIE_UNDECIDED
    assert "A05" in blocker.message
    assert blocked(replace(inputs, tie_decisions=decide("A05", "A04"))) == []
    last = [one.unit.code for one in assess(inputs).outcomes if one.standing and one.standing.is_last]
    assert last == ["A05"]


def test_a_barred_unit_takes_no_place_from_the_one_it_ties_with() -> None:
    assert blocked(replace(tied(), events=(event("A02", "D5"),))) == []
    vacant = replace(tied({"quota.vacancy": "vacant"}), events=(event("A02", "D5"),))
    assert only_blocker(vacant).kind is BlockerKind.TIE_UNDECIDED
    both = replace(vacant, events=(event("A01", "D5"), event("A02", "D5", 1)))
    assert blocked(both) == []


def test_a_tie_between_classes_decides_no_grade() -> None:
    scheme = toml_scheme(manual(甲=(1, 0), 乙=(0, 1)))
    inputs = small_year(["70", "70", "60", "55"], scheme=scheme, classes=["甲", "乙", "甲", "乙"])
    assert blocked(inputs) == []
    assert grades(inputs) == [EXCELLENT, GOOD, PASS, PASS]


def test_a_tie_of_two_classes_leaves_the_last_of_neither_open() -> None:
    scheme = toml_scheme({**manual(甲=(1, 0), 乙=(1, 0)), "accountability.last_scope": "per_class"})
    inputs = small_year(["70", "50", "70", "50"], scheme=scheme, classes=["甲", "甲", "乙", "乙"])
    assert blocked(inputs) == []
    same_class = small_year(["70", "70", "50", "50"], scheme=scheme, classes=["甲", "乙", "乙", "乙"])
    assert only_blocker(same_class).kind is BlockerKind.TIE_UNDECIDED


def test_undecided_units_stand_by_code_wherever_they_are_listed() -> None:
    inputs = tied()
    assert order(replace(inputs, units=inputs.units[::-1])) == order(inputs) == ["A01", "A02", "A03", "A04"]


def test_each_key_decides_in_its_turn() -> None:
    """All composites are 88: the order comes from the keys alone, here one after the other."""
    inputs = small_year(
        ["72.00", "71.50", "71.50", "71.50"],
        leaders={1: (0, 9, 0, 0), 2: (3, 3, 3, 0), 3: (2, 7, 0, 0)},
        peers={0: (0, 3, 0, 0)},
    )
    tally = inputs.tallies[1]
    rows = [count("A01", (0, 3, 0, 0)), count("A02", (0, 3, 0, 0)), count("A03", (0, 3, 0, 0))]
    inputs = replace(inputs, tallies=(inputs.tallies[0], replace(tally, counts=(*rows, tally.counts[3]))))
    assert order(inputs) == ["A01", "A04", "A03", "A02"]
    by_indicator_only = replace(inputs, scheme=toml_scheme({"ties.order": ["indicator"]}))
    assert order(by_indicator_only) == ["A01", "A04", "A02", "A03"]


def test_the_order_of_keys_is_the_schemes() -> None:
    """Equal composites: A01 has more indicator points, A02 more from the leaders."""
    inputs = small_year(["71", "70"], leaders={0: (0, 9, 0, 0), 1: (9, 0, 0, 0)}, peers={0: (0, 1, 0, 0)})
    lower = replace(
        inputs, scores=(inputs.scores[0], replace(inputs.scores[1], score=inputs.scores[0].score - 2))
    )
    assert order(lower) == ["A01", "A02"]
    leaders_first = toml_scheme({"ties.order": ["leader", "indicator"]})
    assert order(replace(lower, scheme=leaders_first)) == ["A02", "A01"]


def test_places_pass_down_or_stay_vacant() -> None:
    places = manual(机关部门=(1, 1))
    bars = [(0, "D5")]
    down = small_year(["70", "65", "60", "55"], scheme=toml_scheme(places), bars=bars)
    assert grades(down) == [PASS, EXCELLENT, GOOD, PASS]
    vacant = replace(down, scheme=toml_scheme({**places, "quota.vacancy": "vacant"}))
    assert grades(vacant) == [PASS, GOOD, PASS, PASS]


def test_a_failed_unit_keeps_its_rank_and_counts_in_the_class() -> None:
    inputs = small_year(["70", "65", "60", "55"], bars=[(0, "D1"), (0, "D3"), (0, "D5")])
    record = assess(inputs)
    first = record.outcomes[0]
    assert first.grade is FAIL
    assert first.standing is not None
    assert first.standing.rank == 1
    assert record.quotas[0].size == 4


def test_a_class_rank_is_a_competition_rank_too() -> None:
    inputs = small_year(["70", "70", "65", "60"], classes=["甲", "乙", "甲", "甲"])
    standings = [one.standing for one in assess(inputs).outcomes]
    assert [(one.rank, one.class_rank, one.class_order) for one in standings if one] == [
        (1, 1, 1),
        (1, 1, 1),
        (3, 2, 2),
        (4, 3, 3),
    ]
