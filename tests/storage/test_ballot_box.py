"""Which sealed ballots lie in the box of a session?"""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from gaoxin_vote.domain.session import SlipMode, VotingSession
from gaoxin_vote.errors import Refused, Unavailable
from gaoxin_vote.storage.ballot_box import BallotBox, SlotCounts, SlotReason, SlotState
from gaoxin_vote.storage.sessions import NewSession, SessionStore
from gaoxin_vote.storage.workspace import Workspace
from tests.contests import PEER

from .conftest import YEAR

BOUND = 5000
LIST = tuple((f"c{place}", bytes([place + 1]) * 60) for place in (3, 1, 4, 0, 2))


@pytest.fixture
def box(workspace: Workspace, session: VotingSession) -> BallotBox:
    made = BallotBox(workspace, session.id)
    made.open_slots(LIST, BOUND)
    return made


def lengths(workspace: Workspace) -> set[tuple[int, int, int, str]]:
    query = "SELECT length(state), length(sealed_unit), length(ballot), typeof(state) FROM slot"
    with workspace.transaction() as connection:
        return {tuple(row) for row in connection.execute(text(query))}


def test_a_new_box_is_empty(box: BallotBox) -> None:
    assert box.counts() == SlotCounts(5, 0, 0)
    assert box.credentials() == ("c3", "c1", "c4", "c0", "c2")
    assert list(box.ballots()) == []
    assert box.state("c1") is SlotState.UNUSED


def test_ballots_lie_in_the_order_of_the_list(box: BallotBox, workspace: Workspace) -> None:
    for credential in ("c2", "c4", "c3"):
        box.cast(credential, f"选票 {credential}")
    assert list(box.ballots()) == ["选票 c3", "选票 c4", "选票 c2"]
    assert box.counts() == SlotCounts(2, 3, 0)
    assert box.state("c4") is SlotState.USED
    assert lengths(workspace) == {(1, 60, BOUND + 4, "blob")}


def test_slots_are_added_behind_and_laid_in_order_at_the_end(box: BallotBox, workspace: Workspace) -> None:
    box.cast("c4", "先")
    box.add_slots([("b7", bytes(60)), ("d1", bytes(60))])
    assert box.credentials() == ("c3", "c1", "c4", "c0", "c2", "b7", "d1")
    assert box.counts() == SlotCounts(6, 1, 0)
    assert lengths(workspace) == {(1, 60, BOUND + 4, "blob")}
    box.cast("b7", "追加的")
    box.cast("c1", "后")
    assert list(box.ballots()) == ["后", "先", "追加的"]
    box.spoil("c2")
    sealed = {credential: box.sealed_unit(credential) for credential in box.credentials()}
    box.lay_in_order(lambda credential: credential[::-1].encode())
    assert box.credentials() == ("c0", "c1", "d1", "c2", "c3", "c4", "b7")
    assert list(box.ballots()) == ["后", "先", "追加的"]
    assert box.counts() == SlotCounts(3, 3, 1) and box.state("c2") is SlotState.SPOILED
    assert {credential: box.sealed_unit(credential) for credential in box.credentials()} == sealed
    assert lengths(workspace) == {(1, 60, BOUND + 4, "blob")}


@pytest.mark.parametrize("slots", [[], [("x", bytes(59))], [("x", bytes(60)), ("y", bytes(61))]])
def test_an_added_slot_is_like_the_others(box: BallotBox, slots: list[tuple[str, bytes]]) -> None:
    with pytest.raises(ValueError):
        box.add_slots(slots)
    assert len(box.credentials()) == 5


def test_no_slot_is_added_twice_or_before_the_opening(
    box: BallotBox, workspace: Workspace, session: VotingSession
) -> None:
    with pytest.raises(IntegrityError):
        box.add_slots([("x", bytes(60)), ("c1", bytes(60))])
    assert len(box.credentials()) == 5
    unopened = SessionStore(workspace).add(YEAR, NewSession("y" * 14, PEER, (), SlipMode.DRAWN))
    with pytest.raises(ValueError):
        BallotBox(workspace, unopened.id).add_slots([("x", bytes(60))])


def test_a_box_that_was_not_opened(workspace: Workspace, session: VotingSession) -> None:
    box = BallotBox(workspace, session.id)
    assert (box.counts(), box.credentials(), list(box.ballots())) == (SlotCounts(), (), [])


def test_each_refusal_has_its_own_sentence(box: BallotBox) -> None:
    box.cast("c1", "一")
    box.spoil("c2")
    sentences = {}
    for credential in ("c1", "c2", "nobody"):
        for act in (lambda c: box.cast(c, "二"), box.spoil, lambda c: box.set_sealed_unit(c, bytes(60))):
            with pytest.raises(Refused) as caught:
                act(credential)
            sentences[caught.value.reason] = caught.value.message
    assert list(sentences) == [SlotReason.USED, SlotReason.SPOILED, SlotReason.UNKNOWN]
    assert len(set(sentences.values())) == 3
    assert list(box.ballots()) == ["一"]
    assert box.counts() == SlotCounts(3, 1, 1)
    assert box.state("nobody") is None


def test_the_longest_ballot_fits_and_no_longer_one(box: BallotBox) -> None:
    box.cast("c1", "x" * BOUND)
    assert list(box.ballots()) == ["x" * BOUND]
    with pytest.raises(ValueError, match="over the bound"):
        box.cast("c2", "x" * (BOUND + 1))
    with pytest.raises(ValueError, match="over the bound"):
        box.cast("c2", "票" * (BOUND // 3 + 1))
    assert box.state("c2") is SlotState.UNUSED


def test_a_cast_that_fails_leaves_the_slot_unused(box: BallotBox, workspace: Workspace) -> None:
    with pytest.raises(KeyError), workspace.transaction():
        box.cast("c1", "一")
        raise KeyError
    assert box.counts() == SlotCounts(5, 0, 0)
    box.cast("c1", "再")
    assert list(box.ballots()) == ["再"]


def test_a_cast_on_a_locked_file_leaves_the_slot_unused(box: BallotBox, workspace: Workspace) -> None:
    transactions = workspace._transactions
    assert transactions is not None
    transactions.driver.execute("PRAGMA query_only = ON")
    with pytest.raises(Unavailable):
        box.cast("c1", "一")
    transactions.driver.execute("PRAGMA query_only = OFF")
    assert box.state("c1") is SlotState.UNUSED
    box.cast("c1", "一")


def test_sessions_have_boxes_of_their_own(box: BallotBox, workspace: Workspace) -> None:
    again = SessionStore(workspace).add(YEAR, NewSession("y" * 14, PEER, (), SlipMode.DRAWN))
    other = BallotBox(workspace, again.id)
    other.open_slots([("c1", b""), ("x", b"")], 10)
    other.cast("c1", "另一场")
    box.cast("c3", "这一场")
    other.spoil("x")
    other.erase_sealed_units()
    assert (box.counts(), other.counts()) == (SlotCounts(4, 1, 0), SlotCounts(0, 1, 1))
    assert (list(box.ballots()), list(other.ballots())) == (["这一场"], ["另一场"])
    assert box.state("x") is None
    assert box.sealed_unit("c1") == bytes([2]) * 60


def test_sealed_units(box: BallotBox, workspace: Workspace) -> None:
    assert box.sealed_unit("c4") == bytes([5]) * 60
    box.set_sealed_unit("c4", b"s" * 60)
    assert box.sealed_unit("c4") == b"s" * 60
    with pytest.raises(ValueError, match="length"):
        box.set_sealed_unit("c4", b"s" * 59)
    with pytest.raises(Refused):
        box.sealed_unit("nobody")
    box.cast("c4", "一")
    box.erase_sealed_units()
    assert {box.sealed_unit(credential) for credential in box.credentials()} == {bytes(60)}
    assert list(box.ballots()) == ["一"]
    assert lengths(workspace) == {(1, 60, BOUND + 4, "blob")}


@pytest.mark.parametrize("slots", [[], [("a", b"1"), ("b", b"12")]])
def test_slots_are_all_alike(
    workspace: Workspace, session: VotingSession, slots: list[tuple[str, bytes]]
) -> None:
    with pytest.raises(ValueError, match="slots"):
        BallotBox(workspace, session.id).open_slots(slots, 10)


def test_a_box_opens_once_and_each_credential_has_one_slot(
    box: BallotBox, workspace: Workspace, session: VotingSession
) -> None:
    for slots in ([("new", bytes(60))], [("a", b""), ("a", b"")]):
        with pytest.raises(IntegrityError):
            box.open_slots(slots, BOUND)
    assert box.counts() == SlotCounts(5, 0, 0)


def test_a_state_can_never_be_an_integer(box: BallotBox, workspace: Workspace) -> None:
    with pytest.raises(IntegrityError), workspace.transaction() as connection:
        connection.execute(text("UPDATE slot SET state = 1"))


def test_the_slot_s_number_is_its_place_in_the_list(box: BallotBox, workspace: Workspace) -> None:
    with workspace.transaction() as connection:
        rows = connection.execute(text("SELECT id, session, credential FROM slot ORDER BY id")).all()
    first = rows[0].session << 20
    assert [(row.id, row.credential) for row in rows] == [
        (first + place, credential) for place, (credential, _) in enumerate(LIST)
    ]
