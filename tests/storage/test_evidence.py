"""What proves the count of a session?"""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from gaoxin_vote.domain.session import VotingSession
from gaoxin_vote.errors import EvidenceBroken, Refused
from gaoxin_vote.storage.evidence import EvidenceReason, EvidenceStore
from gaoxin_vote.storage.workspace import Workspace


@pytest.fixture
def store(workspace: Workspace) -> EvidenceStore:
    return EvidenceStore(workspace)


def test_the_archive_grows(store: EvidenceStore, session: VotingSession) -> None:
    with pytest.raises(Refused) as caught:
        store.archive(session.id)
    assert caught.value.reason is EvidenceReason.NO_ARCHIVE
    store.keep_archive(session.id, b"closed")
    store.keep_archive(session.id, bytes(300_000))
    assert store.archive(session.id) == bytes(300_000)


def test_only_one_tally(store: EvidenceStore, session: VotingSession) -> None:
    assert store.tally_hash(session.id) is None
    store.fix_tally(session.id, "aa")
    store.fix_tally(session.id, "aa")
    with pytest.raises(EvidenceBroken) as caught:
        store.fix_tally(session.id, "bb")
    assert caught.value.reason is EvidenceReason.SECOND_TALLY
    assert caught.value.details == ("已确定：aa", "本次：bb")
    assert store.tally_hash(session.id) == "aa"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE encrypted_tally SET hash = 'bb'",
        "DELETE FROM encrypted_tally",
        "REPLACE INTO encrypted_tally SELECT session, 'bb' FROM encrypted_tally",
    ],
)
def test_the_file_itself_refuses_another_tally(
    store: EvidenceStore, session: VotingSession, workspace: Workspace, statement: str
) -> None:
    store.fix_tally(session.id, "aa")
    with pytest.raises(IntegrityError, match="append-only"), workspace.transaction() as connection:
        connection.execute(text(statement))
    assert store.tally_hash(session.id) == "aa"


def test_decryptions_stand_by_owner(store: EvidenceStore, session: VotingSession) -> None:
    store.keep_decryption(session.id, 3, "c", "x")
    store.keep_decryption(session.id, 1, "a", "y")
    store.keep_decryption(session.id, 3, "C", "z")
    assert store.decryptions(session.id) == ((1, "a"), (3, "C"))
    assert store.bindings(session.id) == {1: "y", 3: "z"}
    assert store.shares(session.id) == {1: ("a", "y"), 3: ("C", "z")}
    store.drop_decryption(session.id, 3)
    assert store.shares(session.id) == {1: ("a", "y")}


def test_the_result_stays(store: EvidenceStore, session: VotingSession) -> None:
    assert not store.has_result(session.id)
    with pytest.raises(Refused) as caught:
        store.result(session.id)
    assert caught.value.reason is EvidenceReason.NO_RESULT
    store.keep_result(session.id, '{"result":[]}')
    store.keep_result(session.id, '{"result":[]}')
    with pytest.raises(EvidenceBroken) as broken:
        store.keep_result(session.id, '{"result":[[1]]}')
    assert broken.value.reason is EvidenceReason.SECOND_RESULT
    assert store.result(session.id) == '{"result":[]}'


def test_evidence_of_no_session_is_a_mistake(store: EvidenceStore) -> None:
    with pytest.raises(IntegrityError):
        store.fix_tally(99, "aa")  # type: ignore[arg-type]
