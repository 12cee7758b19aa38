"""Who recuses in a contest, and which slips can serve it."""

from dataclasses import replace
from decimal import Decimal

import pytest

from gaoxin_vote.domain.codec import from_json, to_json
from gaoxin_vote.domain.contest_rules import AbstainMode, ContestRules, Raters, SelfRating, WeightGroup
from gaoxin_vote.domain.session import SlipMode
from tests.contests import LEADER_RULES, PEER_RULES


def test_a_contest_without_groups_holds_one_session_without_a_name() -> None:
    assert LEADER_RULES.group_names == ("",)
    groups = (WeightGroup("主要领导", Decimal("0.6")), WeightGroup("其他领导", Decimal("0.4")))
    assert replace(LEADER_RULES, groups=groups).group_names == ("主要领导", "其他领导")


@pytest.mark.parametrize("raters", Raters)
@pytest.mark.parametrize("self_rating", SelfRating)
def test_only_units_recuse_and_only_where_they_may_not_rate_themselves(
    raters: Raters, self_rating: SelfRating
) -> None:
    rules = replace(PEER_RULES, raters=raters, self_rating=self_rating)
    assert rules.recuses is ((raters, self_rating) == (Raters.UNITS, SelfRating.EXCLUDE))


@pytest.mark.parametrize("raters", Raters)
def test_only_a_units_slip_can_be_named(raters: Raters) -> None:
    fault = replace(PEER_RULES, raters=raters).slip_fault(SlipMode.NAMED)
    assert (fault is None) is (raters is Raters.UNITS)
    assert fault is None or ("部门互评" in fault and "不能按单位发放" in fault)


@pytest.mark.parametrize("abstain", AbstainMode)
@pytest.mark.parametrize("self_rating", SelfRating)
def test_drawn_slips_do_not_serve_where_an_abstention_is_a_zero_and_a_recusal_is_none(
    abstain: AbstainMode, self_rating: SelfRating
) -> None:
    rules = replace(PEER_RULES, abstain=abstain, self_rating=self_rating)
    fault = rules.slip_fault(SlipMode.DRAWN)
    assert (fault is not None) is ((abstain, self_rating) == (AbstainMode.COUNT_AS_ZERO, SelfRating.EXCLUDE))
    assert fault is None or "须按单位发放" in fault
    assert rules.slip_fault(SlipMode.NAMED) is None
    assert replace(rules, raters=Raters.LEADERS).slip_fault(SlipMode.DRAWN) is None


def test_the_rules_are_read_back_by_their_codes() -> None:
    rules = replace(PEER_RULES, max_excellent=3, groups=(WeightGroup("甲", Decimal(1)),))
    obj = to_json(rules)
    assert isinstance(obj, dict)
    assert (obj["raters"], obj["self_rating"], obj["void_scope"]) == ("units", "exclude", "row")
    assert obj["min_turnout"] == "2/3"
    assert from_json(ContestRules, obj) == rules
