"""Does every edition of an issued sheet stay as it was?"""

import hashlib

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from gaoxin_vote.errors import EvidenceBroken, Refused
from gaoxin_vote.storage.sheets import NewSheet, SheetStore, SheetStoreReason
from gaoxin_vote.storage.workspace import Workspace

from .conftest import YEAR


def _sheet(edition: int, content: bytes, key: str = "leader-1") -> NewSheet:
    reason = "更正" if edition > 1 else ""
    return NewSheet("F5", key, edition, 1, "2018-01-17T09:00:00+08:00", reason, '{"a":1}', content)


@pytest.fixture
def store(workspace: Workspace) -> SheetStore:
    store = SheetStore(workspace)
    store.add(YEAR, _sheet(1, b"first"))
    store.add(YEAR, _sheet(2, b"second"))
    store.add(YEAR, _sheet(1, b"other", "peer-1"))
    return store


def test_every_edition_is_kept(store: SheetStore) -> None:
    first, second = store.editions(YEAR, "F5", "leader-1")
    assert (first.edition, first.reason, second.edition, second.reason) == (1, "", 2, "更正")
    assert first.digest == hashlib.sha256(b"first").hexdigest()
    assert store.content(YEAR, "F5", "leader-1", 1) == (b"first", '{"a":1}')
    assert store.content(YEAR, "F5", "leader-1", 2)[0] == b"second"
    assert {key: sheet.edition for key, sheet in store.newest(YEAR).items()} == {
        ("F5", "leader-1"): 2,
        ("F5", "peer-1"): 1,
    }
    assert store.newest(YEAR + 1) == {} and store.editions(YEAR, "F3", "leader-1") == ()


def test_what_was_never_issued_is_refused(store: SheetStore) -> None:
    for key, edition in (("leader-1", 3), ("leader-1", 0), ("leader-2", 1)):
        with pytest.raises(Refused) as error:
            store.content(YEAR, "F5", key, edition)
        assert error.value.reason is SheetStoreReason.NOT_ISSUED


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE sheet SET content = x'00'",
        "DELETE FROM sheet",
        "REPLACE INTO sheet SELECT year, form, key, edition, version, issued, reason, figures, 'x', content "
        "FROM sheet WHERE edition = 1",
    ],
)
def test_no_edition_is_changed_or_removed(store: SheetStore, workspace: Workspace, statement: str) -> None:
    with pytest.raises(IntegrityError, match="append-only"), workspace.transaction() as connection:
        connection.execute(text(statement))
    assert len(store.editions(YEAR, "F5", "leader-1")) == 2


@pytest.mark.parametrize("edition", [1, 2, 4])
def test_editions_follow_each_other(store: SheetStore, edition: int) -> None:
    with pytest.raises(IntegrityError, match="append-only"):
        store.add(YEAR, _sheet(edition, b"again"))


def test_bytes_that_are_not_those_of_the_digest_are_no_evidence(
    store: SheetStore, workspace: Workspace
) -> None:
    with workspace.transaction() as connection:
        connection.execute(text("DROP TRIGGER sheet_no_update"))
        connection.execute(text("UPDATE sheet SET content = x'00' WHERE edition = 2"))
    with pytest.raises(EvidenceBroken) as error:
        store.content(YEAR, "F5", "leader-1", 2)
    assert error.value.reason is SheetStoreReason.CHANGED
