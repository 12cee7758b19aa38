"""Counts, and when the numbers of a session agree."""

from dataclasses import replace

import pytest

from gaoxin_vote.domain.session import SlipMode
from gaoxin_vote.domain.tally import Reconciliation, UnitCount, recusals_known
from gaoxin_vote.domain.units import UnitCode
from tests.contests import LEADERSHIP, PEER, leadership, peer

from .cases import case_inputs, toml_scheme
from .factory import count, session

RULES = toml_scheme({})
FULL = Reconciliation(25, 25, 25, 25, 25, 0)


def test_abstentions_are_known_only_with_the_recusals() -> None:
    row = UnitCount(UnitCode("U01"), (20, 2, 0, 0), 3, recusals=1)
    assert (row.valid, row.abstained, row.total) == (22, 2, 25)
    assert replace(row, recusals=None).abstained is None


def test_the_case_reconciles() -> None:
    for tally in case_inputs().tallies:
        assert tally.problems(RULES.contest(tally.contest.code)) == ()


def test_a_slip_kept_back_is_no_fault() -> None:
    assert replace(FULL, returned=24, valid=24).problems(peer(RULES)) == ()


def test_a_count_of_encrypted_marks_holds_every_ballot() -> None:
    enforced = UnitCount(UnitCode("U01"), (20, 3, 0, 0), 2, recusals=1)
    unknown = replace(enforced, recusals=None)
    for row in (enforced, unknown):
        assert session(PEER, 25, [row]).problems(peer(RULES)) == ()


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (count("U01", (20, 3, 0, 0)), "合计23"),
        (count("U01", (20, 6, 0, 0)), "合计26"),
        (count("U01", (25, -1, 0, 0)), "不能为负"),
        (UnitCount(UnitCode("U01"), (20, 3, 0, 0), 2, recusals=2), "回避2"),
        (UnitCount(UnitCode("U01"), (20, 5, 0, 0), 0, recusals=1), "回避1"),
        (UnitCount(UnitCode("U01"), (20, 3, 0, 0), 2, recusals=None, own_ballots=2), "本单位票2"),
    ],
)
def test_a_row_that_does_not_agree(row: UnitCount, words: str) -> None:
    (problem,) = session(PEER, 25, [row]).problems(peer(RULES))
    assert problem.startswith("U01")
    assert words in problem


def test_nobody_recuses_in_the_leadership_rating() -> None:
    row = UnitCount(UnitCode("U01"), (8, 0, 0, 0), 1, recusals=1)
    assert len(session(LEADERSHIP, 9, [row]).problems(leadership(RULES))) == 1
    assert session(LEADERSHIP, 9, [replace(row, recusals=0)]).problems(leadership(RULES)) == ()


@pytest.mark.parametrize(
    ("mode", "returned", "handed", "lost", "known"),
    [
        (SlipMode.NAMED, 25, 25, 0, True),
        (SlipMode.NAMED, 24, 25, 0, False),
        (SlipMode.DRAWN, 25, 25, 0, False),
        (SlipMode.NAMED, 25, 26, 0, False),
        (SlipMode.NAMED, 25, 25, 1, False),
    ],
    ids=["all came back", "one is missing", "drawn", "a tick was taken back", "a lost one was replaced"],
)
def test_when_recusals_are_known(mode: SlipMode, returned: int, handed: int, lost: int, known: bool) -> None:
    numbers = replace(FULL, returned=returned, valid=returned)
    assert recusals_known(peer(RULES), mode, numbers, handed, lost) is known
    assert recusals_known(leadership(RULES), mode, numbers, handed, lost) is True
    included = toml_scheme({"peer.self_rating": "include"})
    assert recusals_known(peer(included), mode, numbers, handed, lost) is True


def test_titles() -> None:
    assert session(PEER, 25, []).title == "部门互评"
    assert session(PEER, 25, [], number=2).title == "部门互评（第2次）"
    assert session(LEADERSHIP, 3, [], group="主要领导").title == "领导评议·主要领导"
