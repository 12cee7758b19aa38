"""The keys of bonus and barring take what the rules can use, and nothing that would give points unasked."""

from typing import Any

import pytest

from gaoxin_vote.domain.adjustment import ClaimCategory
from tests.domain.cases import toml_scheme
from tests.domain.scheme_faults import bounds_faults, faulty_keys

KIND: dict[str, Any] = {"code": "D1", "text": "甲", "effect": "bar"}


@pytest.mark.parametrize(
    ("key", "low", "high", "step"),
    [
        ("bonus.level_points.市级", 0, 100, "0.01"),
        ("bonus.city_item_points.不合格", -100, 100, "0.01"),
        ("bonus.cap", 0, 1000, "0.01"),
        ("bonus.season_days", 0, 366, "1"),
        ("barring.fail_kinds", 1, 99, "1"),
    ],
)
def test_a_number_lies_within_its_bounds(key: str, low: int, high: int, step: str) -> None:
    assert bounds_faults(key, low, high, step) == [[key], [], [], [key]]


def test_the_points_of_an_innovation_lie_within_bounds() -> None:
    key, beside = "bonus.innovation_min", {"bonus.innovation_max": 100}
    assert bounds_faults(key, 0, 100, "0.01", beside) == [[key], [], [], [key]]
    key, beside = "bonus.innovation_max", {"bonus.innovation_min": 0}
    assert bounds_faults(key, 0, 100, "0.01", beside) == [[key], [], [], [key]]


def test_points_have_no_more_decimals_than_a_score() -> None:
    keys = ["bonus.cap", "bonus.city_item_points.优秀", "bonus.innovation_max", "bonus.level_points.市级"]
    assert faulty_keys(dict.fromkeys(keys, "2.005")) == keys
    assert faulty_keys({"bonus.innovation_min": "1.005"}) == ["bonus.innovation_min"]


def test_one_matter_counts_once_in_every_category_but_the_citys_items() -> None:
    key = "bonus.same_matter_categories"
    labels = [category.label for category in ClaimCategory]
    city = ClaimCategory.CITY_ITEM.label
    assert faulty_keys({key: [label for label in labels if label != city]}) == []
    assert faulty_keys({key: [city]}) == [key]


def test_a_kind_of_event_needs_a_code_a_text_and_an_effect_and_stands_alone_unless_said() -> None:
    (kind,) = toml_scheme({"barring.kinds": [KIND]}).barring.kinds
    assert (kind.clause, kind.counts_as, kind.areas) == ("", "", ())
    for name in KIND:
        lacking = {key: value for key, value in KIND.items() if key != name}
        assert faulty_keys({"barring.kinds": [lacking]}) == [f"barring.kinds[1].{name}"]
    for name in ("code", "text"):
        assert faulty_keys({"barring.kinds": [KIND | {name: " "}]}) == [f"barring.kinds[1].{name}"]
    areas = {"areas": ["安全生产", "安全生产"]}
    assert faulty_keys({"barring.kinds": [KIND | areas]}) == ["barring.kinds[1].areas"]
