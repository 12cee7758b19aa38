"""What a ballot may hold."""

import pytest

from gaoxin_vote.domain.ballot import BallotReason, Mark, MarkedBallot
from gaoxin_vote.domain.contest import GRADES
from gaoxin_vote.domain.units import UnitCode
from gaoxin_vote.errors import Refused
from tests.contests import PEER

UNITS = (UnitCode("U01"), UnitCode("U02"), UnitCode("U03"))


def ballot(*marks: tuple[str, Mark]) -> MarkedBallot:
    return MarkedBallot(PEER, tuple((UnitCode(unit), mark) for unit, mark in marks))


def test_choices_follow_the_order_of_the_session() -> None:
    marks = ballot(("U03", Mark.FAIL), ("U01", Mark.EXCELLENT), ("U02", Mark.RECUSE))
    assert marks.choices(UNITS) == ((0, 1, 0, 0, 0), (1, 0, 0, 0, 0), (0, 0, 0, 0, 1))


def test_abstention_and_recusal_are_the_same_blank() -> None:
    one = (UnitCode("U01"),)
    assert ballot(("U01", Mark.ABSTAIN)).choices(one) == ballot(("U01", Mark.RECUSE)).choices(one)


@pytest.mark.parametrize("mark", Mark)
def test_every_mark_is_exactly_one_answer(mark: Mark) -> None:
    (vector,) = ballot(("U01", mark)).choices((UnitCode("U01"),))
    assert sum(vector) == 1
    assert len(vector) == len(GRADES) + 1
    assert (mark.grade is None) == (vector[0] == 1)
    assert mark.grade is None or GRADES[vector.index(1) - 1] is mark.grade


@pytest.mark.parametrize(
    ("marks", "reason"),
    [
        ((("U01", Mark.GOOD), ("U02", Mark.GOOD)), BallotReason.UNIT_MISSING),
        (
            (("U01", Mark.GOOD), ("U01", Mark.PASS), ("U02", Mark.GOOD), ("U03", Mark.GOOD)),
            BallotReason.UNIT_MISSING,
        ),
        ((("U01", Mark.GOOD), ("U02", Mark.GOOD), ("U04", Mark.GOOD)), BallotReason.UNIT_UNKNOWN),
    ],
)
def test_each_unit_is_marked_once(marks: tuple[tuple[str, Mark], ...], reason: BallotReason) -> None:
    with pytest.raises(Refused) as caught:
        ballot(*marks).choices(UNITS)
    assert caught.value.reason is reason
