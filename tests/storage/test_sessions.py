"""Which sessions does a year have, and what does each need while it runs?"""

from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from gaoxin_vote.domain.contest import Contest
from gaoxin_vote.domain.session import SessionId, SessionReason, SlipMode, Stage, VotingSession
from gaoxin_vote.domain.units import UnitCode
from gaoxin_vote.errors import Refused
from gaoxin_vote.storage.ballot_box import BallotBox
from gaoxin_vote.storage.passphrase import derive_key
from gaoxin_vote.storage.sessions import NewSession, SessionElection, SessionStore, SessionStoreReason
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.storage.year import YearReason, YearStore
from tests.contests import LEADERSHIP, PEER
from tests.stretching import CHEAP_COSTS

from .conftest import PASSPHRASE, YEAR
from .pages import Pages

ELECTION = SessionElection("hmoRBLU8TcgFE3", '{"version":1}', '[["Single",{}]]')
UUIDS = map("{:014}".format, count())
SECRET = bytes(range(100, 132))


@pytest.fixture
def store(workspace: Workspace) -> SessionStore:
    return SessionStore(workspace)


def test_a_new_session(store: SessionStore, session: VotingSession) -> None:
    assert session == VotingSession(
        id=session.id,
        uuid="hmoRBLU8TcgFE3",
        contest=PEER,
        group="",
        number=1,
        units=(UnitCode("U01"), UnitCode("U02")),
        slip_mode=SlipMode.NAMED,
        stage=Stage.SETUP,
    )
    assert store.session(session.id) == session
    assert store.kept(session.id).year == YEAR


def _new(contest: Contest = PEER, group: str = "", spares: int = 0) -> NewSession:
    return NewSession(next(UUIDS), contest, (), SlipMode.DRAWN, group, spares)


def test_a_number_is_one_more_than_were_opened_before(
    store: SessionStore, session: VotingSession, workspace: Workspace
) -> None:
    """By contest and weight group; a session that is voided before it opens uses up no number."""

    def add(contest: Contest, group: str, *, opened: bool) -> int:
        added = store.add(YEAR, _new(contest, group))
        if opened:
            BallotBox(workspace, added.id).open_slots([("c", b"")], 10)
        store.put(replace(added, stage=Stage.VOIDED))
        return added.number

    assert [add(PEER, "", opened=opened) for opened in (False, True, True, False)] == [1, 1, 2, 3]
    assert [add(PEER, "甲", opened=True), add(LEADERSHIP, "", opened=True)] == [1, 1]
    assert [add(PEER, "", opened=True), add(PEER, "甲", opened=False)] == [3, 2]
    assert [found.number for found in store.sessions(YEAR)] == [1, 1, 1, 2, 3, 1, 1, 3, 2]
    assert store.sessions(2018) == ()


def test_no_two_sessions_share_a_uuid(store: SessionStore, session: VotingSession) -> None:
    with pytest.raises(IntegrityError):
        store.add(YEAR, replace(_new(), uuid=session.uuid))


def test_a_session_goes_its_way(store: SessionStore, session: VotingSession) -> None:
    taken_back = (Stage.OPEN, Stage.CLOSED)
    for stage in (Stage.OPEN, Stage.SUSPENDED, *taken_back, *taken_back, Stage.SEALED, Stage.TALLIED):
        store.put(replace(session, stage=stage))
        assert store.session(session.id).stage is stage


@pytest.mark.parametrize(
    "way",
    [(), (Stage.OPEN,), (Stage.OPEN, Stage.CLOSED), (Stage.OPEN, Stage.CLOSED, Stage.SEALED)],
)
def test_a_session_can_be_voided_from_wherever_it_is(
    store: SessionStore, session: VotingSession, way: tuple[Stage, ...]
) -> None:
    for stage in way:
        store.put(replace(session, stage=stage))
    store.put(replace(session, stage=Stage.VOIDED, void_reason="人数不符"))
    assert store.session(session.id).void_reason == "人数不符"
    assert store.session(session.id).stage is Stage.VOIDED


def test_no_stage_is_skipped(store: SessionStore, session: VotingSession) -> None:
    with pytest.raises(Refused) as caught:
        store.put(replace(session, stage=Stage.TALLIED))
    assert caught.value.reason is SessionReason.WRONG_STAGE
    assert store.session(session.id).stage is Stage.SETUP


def test_units_and_slip_mode_change(store: SessionStore, session: VotingSession) -> None:
    other = replace(session, units=(UnitCode("U09"),), slip_mode=SlipMode.DRAWN)
    store.put(other)
    assert store.session(session.id) == other


def test_an_unknown_session_is_told(store: SessionStore, session: VotingSession) -> None:
    unknown = SessionId(99)
    for act in (
        lambda: store.session(unknown),
        lambda: store.put(replace(session, id=unknown)),
        lambda: store.set_facts(unknown, "{}"),
        lambda: store.note_added(unknown, spares=1, slips=0),
        lambda: store.set_election(unknown, ELECTION, SECRET),
        lambda: store.secret(unknown),
    ):
        with pytest.raises(Refused) as caught:
            act()
        assert caught.value.reason is SessionStoreReason.UNKNOWN


def test_a_finalised_year_gets_no_session(
    store: SessionStore, session: VotingSession, workspace: Workspace
) -> None:
    YearStore(workspace).finalise(YEAR, "{}")
    for act in (
        lambda: store.add(YEAR, _new()),
        lambda: store.put(replace(session, stage=Stage.VOIDED)),
    ):
        with pytest.raises(Refused) as caught:
            act()
        assert caught.value.reason is YearReason.FINALISED


def test_facts_and_spares(store: SessionStore, session: VotingSession) -> None:
    assert (store.kept(session.id).facts, store.kept(session.id).spares) == ("{}", 0)
    store.set_facts(session.id, '{"place":"会议室"}')
    store.set_spares(session.id, 5)
    assert (store.kept(session.id).facts, store.kept(session.id).spares) == ('{"place":"会议室"}', 5)
    other = store.add(YEAR, _new(spares=3))
    store.set_facts(other.id, '{"chair":"王"}')
    assert (store.kept(other.id).facts, store.kept(other.id).spares) == ('{"chair":"王"}', 3)


def test_added_slips_are_counted(store: SessionStore, session: VotingSession) -> None:
    store.set_spares(session.id, 4)
    store.note_added(session.id, spares=2, slips=1)
    store.note_added(session.id, spares=0, slips=3)
    assert (store.kept(session.id).spares, store.kept(session.id).added) == (6, 6)


def test_the_election_comes_once(store: SessionStore, session: VotingSession) -> None:
    assert store.kept(session.id).election is None
    store.set_election(session.id, ELECTION, SECRET)
    assert store.kept(session.id).election == ELECTION
    with pytest.raises(ValueError):
        store.set_election(session.id, replace(ELECTION, uuid="other"), SECRET)
    with pytest.raises(Refused) as caught:
        store.set_election(session.id, replace(ELECTION, election="{}"), SECRET)
    assert caught.value.reason is SessionStoreReason.HAS_ELECTION
    assert store.kept(session.id).election == ELECTION


def test_a_year_is_read_at_once(store: SessionStore, session: VotingSession) -> None:
    other = store.add(YEAR, _new())
    assert store.kept_of_year(YEAR) == (store.kept(session.id), store.kept(other.id))
    assert store.kept_of_year(2018) == ()


def test_the_secret_is_erased(
    store: SessionStore, session: VotingSession, workspace: Workspace, path: Path
) -> None:
    with pytest.raises(Refused):
        store.secret(session.id)
    store.set_election(session.id, ELECTION, SECRET)
    assert store.secret(session.id) == SECRET
    key = derive_key(PASSPHRASE, path.read_bytes()[:16], CHEAP_COSTS.workspace)
    assert any(SECRET in page for page in Pages(path, key).all_plain())
    store.erase_secret(session.id)
    assert not any(SECRET in page for page in Pages(path, key).all_plain())
    with pytest.raises(Refused) as caught:
        store.secret(session.id)
    assert caught.value.reason is SessionStoreReason.NO_SECRET
    store.erase_secret(session.id)
