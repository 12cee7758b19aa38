"""A scheme finds its contests and clauses, counts its spare slips and tells who cannot vote under it."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from gaoxin_vote.domain.contest import ContestCode
from gaoxin_vote.domain.scheme import (
    Clause,
    SchemeReason,
    SpareRules,
    check_raters,
    check_roster,
    rater_faults,
    roster_faults,
)
from gaoxin_vote.domain.scheme_file import load_scheme, shipped_scheme_text
from gaoxin_vote.domain.units import Leader, Rater
from gaoxin_vote.errors import Refused
from tests.contests import LEADERSHIP, PEER

from .cases import toml_scheme

WEIGHTED = load_scheme(shipped_scheme_text("weighted"))
LEADERS = [Leader(f"L{i}", f"职务{i}", "主要领导" if i < 2 else "其他领导") for i in range(9)]
COMMON: dict[str, object] = {
    "raters": "persons",
    "full": 5,
    "labels": ["好", "较好", "一般", "较差"],
    "slips": "drawn",
    "weights": {"甲": "0.5", "乙": "0.5"},
}
PERSONS = toml_scheme(
    {
        "contests": [
            COMMON | {"code": "people", "title": "代表评议"},
            COMMON | {"code": "firms", "title": "企业评议"},
        ],
        "ties.order": ["indicator"],
    }
)


def raters(contest: str, first: int, second: int) -> list[Rater]:
    groups = "甲" * first + "乙" * second
    return [Rater(ContestCode(contest), f"P{i}", f"{contest}{i}", group) for i, group in enumerate(groups, 1)]


def test_a_contest_is_found_by_its_code_or_refused_by_name() -> None:
    assert toml_scheme({}).contest(PEER.code).contest == PEER
    with pytest.raises(Refused, match="“crowd”") as refused:
        toml_scheme({}).contest(ContestCode("crowd"))
    assert refused.value.reason is SchemeReason.NO_CONTEST


def test_a_year_needs_a_session_of_each_weight_group() -> None:
    assert [(rules.contest, group) for rules, group in WEIGHTED.polls] == [
        (LEADERSHIP, "主要领导"),
        (LEADERSHIP, "其他领导"),
        (PEER, ""),
    ]


def test_a_clause_that_the_scheme_does_not_cite_is_empty() -> None:
    cited = toml_scheme({"clauses.money": "第八条"})
    assert cited.clause(Clause.MONEY) == "第八条"
    assert replace(cited, clauses=()).clause(Clause.MONEY) == ""


@pytest.mark.parametrize(("electors", "spares"), [(1, 3), (9, 3), (15, 3), (16, 4), (25, 5), (26, 6)])
def test_spare_slips(electors: int, spares: int) -> None:
    assert SpareRules(3, Decimal("0.2")).spares(electors) == spares


def test_a_group_of_two_leaders_would_name_its_voters() -> None:
    (fault,) = roster_faults(WEIGHTED, LEADERS)
    assert "“主要领导”只有2人" in fault
    assert roster_faults(WEIGHTED, [*LEADERS, Leader("L9", "职务9", "主要领导")]) == ()
    stray = roster_faults(WEIGHTED, [*LEADERS, Leader("L9", "职务9")])
    assert [("职务9" in fault, "主要领导" in fault) for fault in stray] == [(True, True), (False, True)]
    assert roster_faults(toml_scheme({}), LEADERS[:1]) == ()


def test_each_contest_counts_the_persons_of_its_own_roster() -> None:
    full = [*raters("people", 3, 3), *raters("firms", 3, 3)]
    assert rater_faults(PERSONS, full) == ()
    (fault,) = rater_faults(PERSONS, full[:-1])
    assert "“乙”只有2人" in fault
    (stray,) = rater_faults(PERSONS, [*full, Rater(ContestCode("firms"), "P9", "丁", "丙")])
    assert stray.startswith("企业评议评议人丁的组别“丙”") and "甲、乙" in stray
    assert len(rater_faults(PERSONS, [])) == 4
    assert rater_faults(WEIGHTED, []) == roster_faults(PERSONS, []) == ()


def test_a_roster_entered_one_by_one_may_be_incomplete_as_it_was_but_not_fall_apart() -> None:
    grown = [*LEADERS, Leader("L9", "职务9", "主要领导")]
    assert roster_faults(WEIGHTED, LEADERS, before=LEADERS[:-1]) == ()
    assert len(roster_faults(WEIGHTED, LEADERS, before=grown)) == 1
    assert len(roster_faults(WEIGHTED, [Leader("L1", "书记", "无此组")], before=[])) == 1
    people, firms = raters("people", 3, 3), raters("firms", 1, 0)
    assert rater_faults(PERSONS, [*people, *firms], before=people) == ()
    (fault,) = rater_faults(PERSONS, [*people[1:], *firms], before=[*people, *firms])
    assert "“甲”只有2人" in fault


@pytest.mark.parametrize(
    ("check", "faults", "title"),
    [
        (lambda before: check_roster(WEIGHTED, [], before), roster_faults(WEIGHTED, []), "班子成员名单"),
        (lambda before: check_raters(PERSONS, [], before), rater_faults(PERSONS, []), "评议人名单"),
    ],
)
def test_a_roster_that_does_not_fit_is_refused_with_every_fault(
    check: Callable[[list[object] | None], None], faults: tuple[str, ...], title: str
) -> None:
    with pytest.raises(Refused, match=title) as refused:
        check(None)
    assert refused.value.reason is SchemeReason.ROSTER
    assert refused.value.details == faults
    check([])
