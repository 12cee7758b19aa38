"""What events leave a unit of its grade."""

from dataclasses import replace

import pytest

from gaoxin_vote.domain.contest import Grade
from gaoxin_vote.domain.event import BarringEvent, BarringKind, Effect, barring

from .cases import toml_scheme
from .factory import event

RULES = toml_scheme({}).barring
"""D1 to D6 bar, F1 fails; three kinds that bar fail too."""
FAILING = RULES.kinds[-1]


def events(*kinds: str) -> list[BarringEvent]:
    return [event("A01", kind, number) for number, kind in enumerate(kinds)]


def test_an_event_is_used_once_its_kind_is_known_and_a_failing_one_is_found() -> None:
    words = RULES.fault(event("A01", "D9"))
    assert words is not None and "D9" in words
    assert RULES.kind("D9") is None
    words = RULES.fault(event("A01", "F1", decided=False))
    assert words is not None and "尚未经领导小组认定" in words
    assert RULES.fault(event("A01", "F1")) is None
    assert RULES.fault(event("A01", "D1", decided=False)) is None


def test_an_event_with_a_fault_does_nothing_yet() -> None:
    undecided = [event("A01", "F1", decided=False), event("A01", "D9")]
    assert barring(RULES, undecided) == barring(RULES, [])
    assert barring(RULES, []).ceiling is None


@pytest.mark.parametrize(
    ("kinds", "ceiling"),
    [
        (("D1",), Grade.PASS),
        (("D1", "D1", "D1"), Grade.PASS),
        (("D1", "D2"), Grade.PASS),
        (("D1", "D2", "D3"), Grade.FAIL),
        (("D1", "D2", "D3", "D4"), Grade.FAIL),
        (("F1",), Grade.FAIL),
    ],
)
def test_kinds_are_counted_not_events(kinds: tuple[str, ...], ceiling: Grade) -> None:
    assert barring(RULES, events(*kinds)).ceiling is ceiling


def test_the_kinds_stand_in_the_order_of_the_scheme_and_in_the_remark() -> None:
    result = barring(RULES, events("D3", "D1"))
    assert result.kinds == ("D1", "D3")
    assert result.reasons == (
        "取消优秀、良好资格：工作未落实被党中央、国务院通报批评；部门负责人发生重大腐败案件",
    )


def test_whatever_fails_is_named_once() -> None:
    result = barring(RULES, events("F1", "D4", "F1", "D2", "D1"))
    assert result.reasons == (FAILING.text, "具有3种及以上取消优良资格情形")
    assert result.kinds == ("D1", "D2", "D4")


@pytest.mark.parametrize(
    ("separate", "kinds"), [(False, ("D2",)), (True, ("D2", "D2:安全生产", "D2:计划生育"))]
)
def test_fields_of_a_veto_count_by_themselves_where_the_scheme_says_so(
    separate: bool, kinds: tuple[str, ...]
) -> None:
    rules = replace(RULES, veto_areas_count_separately=separate)
    found = events("D2:安全生产", "D2:计划生育", "D2", "D2:安全生产")
    assert barring(rules, found).kinds == kinds
    assert barring(rules, events("D1:安全生产", "D1")).kinds == ("D1",)


def test_a_kind_may_count_as_one_with_another() -> None:
    rules = replace(RULES, kinds=(*RULES.kinds, BarringKind("D7", "新情形", Effect.BAR, counts_as="D1")))
    assert barring(rules, events("D7", "D2")).kinds == ("D1", "D2")
    assert barring(rules, events("D1", "D7", "D2")).ceiling is Grade.PASS
