"""Which keys did the key ceremonies of a year leave with the office?"""

from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from gaoxin_vote.domain.session import Stage, VotingSession
from gaoxin_vote.errors import Refused
from gaoxin_vote.storage.ceremony import Ceremony, CeremonyStore, HeldKeysReason
from gaoxin_vote.storage.sessions import SessionElection, SessionStore
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.storage.year import YearReason, YearStore

from .conftest import YEAR

_REPLACE = (
    "INSERT OR REPLACE INTO ceremony SELECT year, number, 'c3', '[]', secret_key, certificate, "
    "certificate_key, facts FROM ceremony"
)
CEREMONY = Ceremony("c1", "[公钥]", "12345", "-----BEGIN CERTIFICATE", "-----BEGIN PRIVATE KEY", "{}")
SECOND = replace(CEREMONY, ceremony="c2", trustees="[新公钥]", secret_key="67890")


@pytest.fixture
def store(workspace: Workspace) -> CeremonyStore:
    return CeremonyStore(workspace)


def test_what_is_kept_comes_back(store: CeremonyStore) -> None:
    assert store.find(YEAR) is None
    store.keep(YEAR, CEREMONY)
    assert store.find(YEAR) is not None
    assert store.ceremony(YEAR) == CEREMONY


def test_without_ceremony_the_next_step_is_told(store: CeremonyStore) -> None:
    with pytest.raises(Refused) as caught:
        store.ceremony(YEAR)
    assert caught.value.reason is HeldKeysReason.NOT_HELD
    assert store.ceremonies(YEAR) == ()


def test_another_one_follows_and_the_first_stays(store: CeremonyStore) -> None:
    store.keep(YEAR, CEREMONY)
    store.keep(YEAR, SECOND)
    assert store.ceremony(YEAR) == store.find(YEAR) == SECOND
    assert store.ceremonies(YEAR) == (CEREMONY, SECOND)
    assert store.of_all_years() == ((YEAR, 1, CEREMONY), (YEAR, 2, SECOND))
    with pytest.raises(IntegrityError):
        store.keep(YEAR, SECOND)


@pytest.mark.parametrize("change", ["UPDATE ceremony SET trustees = '[]'", "DELETE FROM ceremony", _REPLACE])
def test_what_is_kept_is_never_changed(store: CeremonyStore, workspace: Workspace, change: str) -> None:
    store.keep(YEAR, CEREMONY)
    with pytest.raises(IntegrityError, match="append-only"), workspace.transaction() as connection:
        connection.execute(text(change))
    assert store.ceremonies(YEAR) == (CEREMONY,)


def test_keys_that_a_session_needs_are_not_replaced(
    store: CeremonyStore, workspace: Workspace, session: VotingSession
) -> None:
    sessions = SessionStore(workspace)
    store.keep(YEAR, CEREMONY)
    assert store.using(YEAR) == ()
    sessions.set_election(session.id, SessionElection(session.uuid, "{}", "[]"), b"s")
    for stage in (Stage.SETUP, Stage.OPEN, Stage.SUSPENDED, Stage.CLOSED, Stage.SEALED):
        if stage is not Stage.SETUP:
            sessions.put(replace(session, stage=stage))
        with pytest.raises(Refused, match="部门互评") as caught:
            store.keep(YEAR, SECOND)
        assert caught.value.reason is HeldKeysReason.IN_USE
    assert store.ceremonies(YEAR) == (CEREMONY,)
    sessions.put(replace(session, stage=Stage.TALLIED))
    store.keep(YEAR, SECOND)
    assert store.ceremony(YEAR) == SECOND


def test_a_finalised_year_gets_no_other_keys(store: CeremonyStore, workspace: Workspace) -> None:
    store.keep(YEAR, CEREMONY)
    YearStore(workspace).finalise(YEAR, "{}")
    with pytest.raises(Refused) as caught:
        store.keep(YEAR, SECOND)
    assert caught.value.reason is YearReason.FINALISED
    assert store.ceremonies(YEAR) == (CEREMONY,)


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
