"""Does the draft hold what was marked, refuse what may not be, and forget everything?"""

import pytest

from gaoxin_vote.domain.ballot import BallotReason, Mark
from gaoxin_vote.errors import Refused
from gaoxin_vote.gui.booth.draft import BallotDraft
from tests.gui.booth.scenes import leadership_admission, peer_admission, unit_code


def test_a_named_slip_recuses_by_itself() -> None:
    draft = BallotDraft(peer_admission(5, own=3))
    assert [row.own for row in draft.rows()] == [False, False, True, False, False]
    assert (draft.to_mark, draft.unmarked) == (4, 4)
    with pytest.raises(Refused) as refusal:
        draft.mark(unit_code(3), Mark.EXCELLENT)
    assert refusal.value.reason is BallotReason.RECUSAL
    assert draft.rows()[2].mark is Mark.RECUSE


def test_nobody_recuses_another_unit() -> None:
    draft = BallotDraft(leadership_admission(5))
    with pytest.raises(Refused):
        draft.mark(unit_code(2), Mark.RECUSE)
    assert draft.to_mark == 5


def test_naming_another_own_unit_frees_the_first_and_drops_the_mark_of_the_second() -> None:
    draft = BallotDraft(peer_admission(5, drawn=True))
    draft.mark(unit_code(4), Mark.GOOD)
    draft.recuse(unit_code(2))
    draft.recuse(unit_code(4))
    assert [row.mark for row in draft.rows()] == [None, None, None, Mark.RECUSE, None]
    draft.recuse(None)
    assert draft.to_mark == 5


def test_an_incomplete_ballot_is_not_made() -> None:
    draft = BallotDraft(peer_admission(3, own=1))
    draft.mark(unit_code(2), Mark.FAIL)
    with pytest.raises(ValueError, match="no mark"):
        draft.ballot()
    draft.abstain_rest()
    assert draft.ballot().marks == (
        (unit_code(1), Mark.RECUSE),
        (unit_code(2), Mark.FAIL),
        (unit_code(3), Mark.ABSTAIN),
    )


def test_the_most_excellent_marks() -> None:
    draft = BallotDraft(peer_admission(5, own=None, max_excellent=2))
    for number in (1, 2):
        draft.mark(unit_code(number), Mark.EXCELLENT)
    draft.mark(unit_code(2), Mark.EXCELLENT)
    with pytest.raises(Refused) as refusal:
        draft.mark(unit_code(3), Mark.EXCELLENT)
    assert refusal.value.reason is BallotReason.TOO_MANY_EXCELLENT
    assert "“优秀”最多2个，已满" in refusal.value.message
    assert draft.rows()[2].mark is None
    draft.mark(unit_code(1), Mark.GOOD)
    draft.mark(unit_code(3), Mark.EXCELLENT)


def test_wiping_overwrites_the_marks_where_they_lie() -> None:
    draft = BallotDraft(peer_admission(5, own=3))
    draft.mark(unit_code(1), Mark.EXCELLENT)
    held = draft._marks
    assert any(held)
    draft.wipe()
    assert held == bytearray(5)
