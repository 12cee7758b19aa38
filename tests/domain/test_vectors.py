"""All single-rule checks of `unit_vectors.json`."""

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from gaoxin_vote.domain.adjustment import CapMode, adjust
from gaoxin_vote.domain.consequence import AccountabilityMode, StaffRounding, accountability, staff_places
from gaoxin_vote.domain.contest import GRADES, Grade
from gaoxin_vote.domain.event import barring
from gaoxin_vote.domain.quota import share_places
from gaoxin_vote.domain.rating import session_score
from gaoxin_vote.domain.rounding import round_half_up
from gaoxin_vote.domain.tally import UnitCount
from gaoxin_vote.domain.units import UnitCode
from tests.contests import peer

from .cases import CASES, claim, config_scheme
from .factory import event

Check = dict[str, Any]


def check_session_score(check: Check) -> None:
    counts = check["counts"]
    excellent, good, passed, failed = (counts[grade.label] for grade in GRADES)
    count = UnitCount(
        UnitCode("U01"), (excellent, good, passed, failed), counts["弃权"], recusals=0, void=counts["废票"]
    )
    patches: dict[str, dict[str, object]] = {
        "default": {},
        "zero_for_fail_100_80_60_0": {"grade_values.不合格": 0},
        "abstain_as_zero": {"abstain": "count_as_zero"},
    }
    assert check["score"].keys() == patches.keys()
    for name, answer in check["score"].items():
        rules = peer(config_scheme({**patches[name], "peer_full": check["full"]}))
        score = session_score(rules, count, 2)
        assert (None if score is None else str(score)) == answer, name


def check_rounding(check: Check) -> None:
    assert str(round_half_up(Decimal(check["x"]), 2)) == check["y"]


def check_bonus(check: Check) -> None:
    assert check["net"].keys() == {mode.value for mode in CapMode}
    for mode, net in check["net"].items():
        rules = config_scheme({"bonus.cap_mode": mode}).bonus
        result = adjust(rules, [claim(row) for row in check["claims"]])
        assert _two(result.plus) == check["plus"]
        assert _two(result.minus) == check["minus"]
        assert _two(result.net) == net
        assert [_two(outcome.counted) for outcome in result.claims] == check["counted"]
        assert [outcome.reason.value for outcome in result.claims] == check["reasons"]


def check_quota(check: Check) -> None:
    patch: dict[str, object] = {"quota.mode": check["mode"]}
    if check["totals"]:
        patch |= {"quota.excellent_total": check["totals"][0], "quota.good_total": check["totals"][1]}
    shared = share_places(config_scheme(patch).quota, list(check["sizes"].items()), {})
    assert {one.scope: [one.excellent.places, one.good.places] for one in shared.quotas} == check["result"]


def check_staff(check: Check) -> None:
    for rounding in StaffRounding:
        rules = config_scheme({"staff_rounding": rounding.value}).consequence
        assert staff_places(rules, Grade.by_label()[check["grade"]], check["staff"]) == check[rounding.value]


def check_pass_line(check: Check) -> None:
    assert (Decimal(check["total"]) < config_scheme({}).pass_line) is check["fails"]


def check_disqualify(check: Check) -> None:
    rules = config_scheme({"veto_areas_count_separately": check["veto_separate"]}).barring
    ceiling = barring(rules, [event("U01", kind, index) for index, kind in enumerate(check["kinds"])]).ceiling
    assert (None if ceiling is None else ceiling.label) == check["ceiling"]


def check_accountability(check: Check) -> None:
    result = accountability(
        AccountabilityMode.HIGHEST_ONLY,
        [bool(year) for year in check["last"]],
        [bool(year) for year in check["fail"]],
    )
    assert result.words == check["measure"]
    assert [trigger.value for trigger in result.triggers] == check["triggers"]


RULES: dict[str, Callable[[Check], None]] = {
    "session_score": check_session_score,
    "round_half_up_2": check_rounding,
    "bonus": check_bonus,
    "quota": check_quota,
    "staff": check_staff,
    "pass_line": check_pass_line,
    "disqualify": check_disqualify,
    "accountability": check_accountability,
}
VECTORS: dict[str, list[Check]] = json.loads((CASES / "unit_vectors.json").read_text("utf-8"))


@pytest.mark.parametrize(
    ("rule", "number"), [(rule, number) for rule, checks in VECTORS.items() for number in range(len(checks))]
)
def test_rule(rule: str, number: int) -> None:
    RULES[rule](VECTORS[rule][number])


def test_all_of_them_are_here() -> None:
    assert VECTORS.keys() == RULES.keys()
    assert sum(len(checks) for checks in VECTORS.values()) == 194


def _two(value: Decimal) -> str:
    return str(round_half_up(value, 2))
