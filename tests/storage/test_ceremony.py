"""Which keys did the key ceremony of a year leave with the office?"""

import pytest

from gaoxin_vote.domain.session import VotingSession
from gaoxin_vote.errors import Refused
from gaoxin_vote.storage.ceremony import Ceremony, CeremonyStore, HeldKeysReason
from gaoxin_vote.storage.sessions import SessionElection, SessionStore
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.storage.year import YearReason, YearStore

from .conftest import YEAR

CEREMONY = Ceremony("c1", "[公钥]", "12345", "-----BEGIN CERTIFICATE", "-----BEGIN PRIVATE KEY", "{}")


@pytest.fixture
def store(workspace: Workspace) -> CeremonyStore:
    return CeremonyStore(workspace)


def test_what_is_kept_comes_back(store: CeremonyStore) -> None:
    assert store.find(YEAR) is None
    store.keep(YEAR, CEREMONY)
    assert store.find(YEAR) is not None
    assert store.ceremony(YEAR) == CEREMONY


def test_without_ceremony_the_next_step_is_told(store: CeremonyStore) -> None:
    for act in (store.ceremony, store.discard):
        with pytest.raises(Refused) as caught:
            act(YEAR)
        assert caught.value.reason is HeldKeysReason.NOT_HELD


def test_it_is_held_once(store: CeremonyStore) -> None:
    store.keep(YEAR, CEREMONY)
    with pytest.raises(Refused) as caught:
        store.keep(YEAR, CEREMONY)
    assert caught.value.reason is HeldKeysReason.HELD


def test_it_can_be_held_again_before_any_voting(store: CeremonyStore) -> None:
    store.keep(YEAR, CEREMONY)
    store.discard(YEAR)
    assert store.find(YEAR) is None
    store.keep(YEAR, CEREMONY)


def test_keys_in_use_stay(store: CeremonyStore, workspace: Workspace, session: VotingSession) -> None:
    store.keep(YEAR, CEREMONY)
    SessionStore(workspace).set_election(session.id, SessionElection("u", "{}", "[]"), b"s")
    with pytest.raises(Refused) as caught:
        store.discard(YEAR)
    assert caught.value.reason is HeldKeysReason.IN_USE
    assert store.ceremony(YEAR) == CEREMONY


def test_keys_of_a_finalised_year_stay(store: CeremonyStore, workspace: Workspace) -> None:
    store.keep(YEAR, CEREMONY)
    YearStore(workspace).finalise(YEAR, "{}")
    with pytest.raises(Refused) as caught:
        store.discard(YEAR)
    assert caught.value.reason is YearReason.FINALISED
    assert store.ceremony(YEAR) == CEREMONY


def test_each_year_has_its_own(store: CeremonyStore, workspace: Workspace) -> None:
    YearStore(workspace).add(2018, "")
    store.keep(2018, CEREMONY)
    assert store.find(YEAR) is None
    with pytest.raises(Refused) as caught:
        store.keep(1999, CEREMONY)
    assert caught.value.reason is YearReason.UNKNOWN


def test_secrets_do_not_show() -> None:
    assert "12345" not in repr(CEREMONY)
    assert "PRIVATE" not in repr(CEREMONY)
