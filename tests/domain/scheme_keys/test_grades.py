"""The keys of places and ties cannot ask for more than there is, nor put the decision before a figure."""

from decimal import Decimal

import pytest

from tests.domain.cases import toml_scheme
from tests.domain.factory import manual
from tests.domain.scheme_faults import bounds_faults, faulty_keys


@pytest.mark.parametrize(
    ("key", "high", "step", "beside"),
    [
        ("quota.excellent_ratio", 1, "0.0001", {"quota.good_ratio": 0}),
        ("quota.good_ratio", 1, "0.0001", {"quota.excellent_ratio": 0}),
        ("quota.excellent_total", 99999, "1", {}),
        ("quota.good_total", 99999, "1", {}),
        ("quota.excellent_min", 1000, "0.01", {}),
        ("quota.good_min", 1000, "0.01", {"quota.excellent_min": 1000}),
    ],
)
def test_a_number_lies_within_its_bounds(key: str, high: int, step: str, beside: dict[str, object]) -> None:
    assert bounds_faults(key, 0, high, step, beside) == [[key], [], [], [key]]


def test_a_least_score_has_no_more_decimals_than_a_score() -> None:
    least = dict.fromkeys(("quota.excellent_min", "quota.good_min"), "80.005")
    assert faulty_keys(least) == list(least)
    assert faulty_keys(least | {"score.decimals": 3}) == []


def test_an_upper_grade_is_never_below_the_pass_line() -> None:
    least = toml_scheme({"score.pass_line": 50, "quota.excellent_min": 49, "quota.good_min": 0}).quota
    assert (least.excellent_min, least.good_min) == (50, 50)
    assert toml_scheme({"quota.excellent_min": "60.01"}).quota.excellent_min == Decimal("60.01")


def test_places_by_hand_must_be_given_only_where_they_are_used() -> None:
    assert toml_scheme({}).quota.manual == ()
    assert faulty_keys({"quota.mode": "manual"}) == ["quota.manual"]
    assert faulty_keys(manual(机关部门=(2, 3))) == []


def test_the_decision_comes_after_every_figure() -> None:
    key = "ties.order"
    assert faulty_keys({key: ["indicator", "peer", "decision"]}) == []
    assert faulty_keys({key: ["indicator", "decision", "peer"]}) == [key]
    assert faulty_keys({key: ["indicator", "indicator"]}) == [key]
    assert faulty_keys({key: ["crowd"]}) == [key]
