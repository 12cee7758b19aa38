"""The keys of the scheme itself give it a title, a year, and scores that a sheet can show."""

import pytest

from gaoxin_vote.domain.scheme_key import Until
from gaoxin_vote.domain.scheme_keys.scores import SCORE, TOP
from tests.domain.cases import toml_scheme
from tests.domain.scheme_faults import bounds_faults, faulty_keys


@pytest.mark.parametrize(
    ("key", "low", "high", "step"),
    [
        ("year", 2000, 2999, "1"),
        ("score.decimals", 1, 4, "1"),
        ("score.indicator_full", 0, 1000, "0.01"),
        ("score.pass_line", 0, 100, "0.01"),
    ],
)
def test_a_number_lies_within_its_bounds(key: str, low: int, high: int, step: str) -> None:
    assert bounds_faults(key, low, high, step) == [[key], [], [], [key]]


def test_a_scheme_has_a_title_but_may_follow_no_document() -> None:
    assert faulty_keys({"title": " "}) == ["title"]
    assert toml_scheme({"document": ""}).document == ""


@pytest.mark.parametrize("key", ["score.indicator_full", "score.pass_line"])
def test_a_line_has_no_more_decimals_than_the_score_that_is_held_against_it(key: str) -> None:
    assert faulty_keys({key: "59.55"}) == []
    assert faulty_keys({key: "59.55", "score.decimals": 1}) == [key]


def test_the_year_is_set_once_and_what_is_computed_until_the_end() -> None:
    until = {key.name: key.until for key in TOP.keys}
    assert [name for name in until if until[name] is Until.BEGUN] == ["year"]
    assert {key.until for key in SCORE.keys} == {Until.FINALISED}
