"""Who may be handed a slip in a session, and was it?"""

from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from gaoxin_vote.domain.roll import Elector, ElectoralRoll
from gaoxin_vote.domain.session import VotingSession
from gaoxin_vote.domain.units import UnitCode
from gaoxin_vote.errors import Refused
from gaoxin_vote.storage.passphrase import derive_key
from gaoxin_vote.storage.roll import LostSlip, RollReason, RollStore
from gaoxin_vote.storage.workspace import Workspace
from tests.stretching import CHEAP_COSTS

from .conftest import PASSPHRASE
from .pages import Pages

ROLL = ElectoralRoll(
    (Elector("U02", "经发局"), Elector("U01", "办公室", True, True, 2), Elector("U03", "财政局"))
)


@pytest.fixture
def store(workspace: Workspace, session: VotingSession) -> RollStore:
    made = RollStore(workspace)
    made.put(session.id, ROLL)
    return made


def test_the_roll_comes_back(store: RollStore, session: VotingSession) -> None:
    assert store.roll(session.id) == ROLL
    store.put(session.id, ElectoralRoll(ROLL.electors[:1]))
    assert store.roll(session.id).should_attend == 1


def test_further_electors_stand_at_the_end(store: RollStore, session: VotingSession) -> None:
    store.append(
        session.id, (Elector("+4", "统计局", unit=UnitCode("U04"), came="张三"), Elector("+5", "甲"))
    )
    store.append(session.id, (Elector("+6", "乙"),))
    codes = [elector.code for elector in store.roll(session.id).electors]
    assert codes == ["U02", "U01", "U03", "+4", "+5", "+6"]
    assert store.roll(session.id).electors[3].came == "张三"
    with pytest.raises(IntegrityError):
        store.append(session.id, (Elector("U01", "办公室"),))
    assert store.roll(session.id).should_attend == 6


def test_attendance_and_issue(store: RollStore, session: VotingSession) -> None:
    store.set_attended(session.id, "U02", True)
    store.set_issued(session.id, "U02", True)
    store.set_issued(session.id, "U01", False)
    first, second, third = store.roll(session.id).electors
    assert (first.attended, first.issued) == (True, True)
    assert (second.attended, second.issued, second.replacements) == (True, False, 2)
    assert third == ROLL.electors[2]


def test_a_lost_slip_is_replaced_on_a_decision(store: RollStore, session: VotingSession) -> None:
    assert store.replace_lost(session.id, "U03", "当场核实，同意补发") == LostSlip(
        "U03", 1, "当场核实，同意补发"
    )
    store.replace_lost(session.id, "U01", "再次遗失")
    store.replace_lost(session.id, "U03", "又遗失")
    assert [(found.elector, found.number) for found in store.lost_slips(session.id)] == [
        ("U01", 3),
        ("U03", 1),
        ("U03", 2),
    ]
    assert [elector.replacements for elector in store.roll(session.id).electors] == [0, 3, 2]


def test_an_unknown_elector_is_told(store: RollStore, session: VotingSession) -> None:
    for act in (
        lambda: store.set_attended(session.id, "U99", True),
        lambda: store.set_issued(session.id, "U99", True),
        lambda: store.replace_lost(session.id, "U99", ""),
    ):
        with pytest.raises(Refused) as caught:
            act()
        assert caught.value.reason is RollReason.UNKNOWN
    assert store.roll(session.id) == ROLL
    assert store.lost_slips(session.id) == ()


def test_one_byte_counts_no_further_than_255(store: RollStore, session: VotingSession) -> None:
    store.put(session.id, ElectoralRoll((Elector("U01", "办公室", replacements=255),)))
    with pytest.raises(Refused) as caught:
        store.replace_lost(session.id, "U01", "")
    assert caught.value.reason is RollReason.TOO_MANY


def test_checking_in_moves_nothing(
    store: RollStore, session: VotingSession, workspace: Workspace, path: Path
) -> None:
    key = derive_key(PASSPHRASE, path.read_bytes()[:16], CHEAP_COSTS.workspace)
    with workspace.transaction() as connection:
        query = "SELECT rootpage FROM sqlite_schema WHERE name = 'elector'"
        root = connection.exec_driver_sql(query).scalar_one()

    def shape() -> object:
        pages = Pages(path, key)
        return pages.places(root), pages.freelist, len(pages)

    before = shape()
    for code in ("U03", "U01", "U02"):
        store.set_attended(session.id, code, True)
        store.set_issued(session.id, code, True)
        assert shape() == before
