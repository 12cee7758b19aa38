"""The keys of a contest keep its election secret, and belong to the raters that can use them."""

from dataclasses import fields
from typing import Any

import pytest

from gaoxin_vote.domain.contest_rules import ContestRules, Raters, SelfRating
from gaoxin_vote.domain.scheme_key import Until
from gaoxin_vote.domain.scheme_keys.contests import CONTEST, RATING, SLIPS
from tests.contests import peer
from tests.domain.cases import toml_scheme
from tests.domain.scheme_faults import bounds_faults, faulty_keys

OWN: dict[str, Any] = {"weights": {}, "self_rating": "include", "ballots_per_unit": 1, "ballots": 30}
COMMON = {
    "code": "other",
    "title": "另评",
    "full": 5,
    "labels": ["好", "较好", "一般", "差"],
    "slips": "drawn",
}
TAKEN = {
    Raters.LEADERS: {"weights"},
    Raters.PERSONS: {"weights"},
    Raters.UNITS: {"self_rating", "ballots_per_unit"},
    Raters.ANONYMOUS: {"ballots"},
}


def of(raters: Raters, **own: object) -> dict[str, object]:
    """The patch by which such a contest is the only one."""
    return {"contests": [COMMON | {"raters": raters.value} | own], "ties.order": ["indicator"]}


@pytest.mark.parametrize(
    ("key", "low", "high", "step"),
    [
        ("rating.trim", 0, 99, "1"),
        ("rating.max_excellent", 0, 9999, "1"),
        ("slips.spare_least", 0, 999, "1"),
        ("slips.spare_share", 0, 1, "0.0001"),
        ("rating.grade_values.优秀", 80, 100, "0.01"),
        ("rating.grade_values.不合格", 0, 60, "0.01"),
    ],
)
def test_a_number_lies_within_its_bounds(key: str, low: int, high: int, step: str) -> None:
    below, *inside, above = bounds_faults(key, low, high, step)
    assert inside == [[], []]
    assert all(key.startswith(*found) and len(found) == 1 for found in (below, above))


def test_the_numbers_of_one_contest_lie_within_bounds() -> None:
    for key, low, high, step in (("full", 0, 1000, "0.01"), ("ballots_per_unit", 1, 99, "1")):
        fault = [f"contests[2].{key}"]
        assert bounds_faults(f"peer.{key}", low, high, step) == [fault, [], [], fault]


def test_too_few_slips_without_names_would_tell_who_voted_what() -> None:
    fault = ["contests[1].ballots"]
    found = [faulty_keys(of(Raters.ANONYMOUS, ballots=ballots)) for ballots in (2, 3, 999, 1000)]
    assert found == [fault, [], [], fault]


@pytest.mark.parametrize("raters", Raters)
def test_a_contest_has_the_keys_of_its_raters_and_must_have_them(raters: Raters) -> None:
    own = {key: value for key, value in OWN.items() if key in TAKEN[raters]}
    assert faulty_keys(of(raters, **own)) == []
    for key in OWN:
        others = {other: value for other, value in own.items() if other != key}
        changed = others if key in own else own | {key: OWN[key]}
        assert faulty_keys(of(raters, **changed)) == [f"contests[1].{key}"]


def test_where_no_unit_rates_nobody_recuses_and_everybody_has_one_ballot() -> None:
    (rules,) = toml_scheme(of(Raters.ANONYMOUS, ballots=30)).contests
    assert (rules.self_rating, rules.ballots_per_unit, rules.groups) == (SelfRating.INCLUDE, 1, ())
    assert peer(toml_scheme({})).ballots == 0


def test_a_ballot_has_four_words_and_a_contest_a_title() -> None:
    three = ["优秀", "良好", "合格"]
    assert faulty_keys({"peer.labels": three}) == ["contests[2].labels"]
    assert faulty_keys({"peer.labels": [*three, "不合格", "差"]}) == ["contests[2].labels"]
    assert faulty_keys({"peer.title": " "}) == ["contests[2].title"]


def test_a_contest_has_no_rule_without_a_key() -> None:
    told = {key.attribute.partition(".")[0] for key in (*CONTEST.keys, *RATING.keys)}
    assert told == {field.name for field in fields(ContestRules)}


def test_only_what_a_mark_is_worth_may_change_once_the_slips_are_printed() -> None:
    keys = (*RATING.keys, *CONTEST.keys, *SLIPS.keys)
    later = {key.name for key in keys if key.until is Until.FINALISED}
    assert later == {"grade_values", "trim", "full"}
