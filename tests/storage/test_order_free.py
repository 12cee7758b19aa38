"""Does anything on disk tell in which order the ballots were cast?"""

import json
import random
import shutil
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from gaoxin_vote.belenios.ballot import largest_ballot, seal_ballot
from gaoxin_vote.belenios.credential import credential_from_number, credential_order, public_credential
from gaoxin_vote.belenios.election import Election
from gaoxin_vote.domain.session import VotingSession
from gaoxin_vote.storage.ballot_box import BallotBox
from gaoxin_vote.storage.encrypted_file import connect, create_empty
from gaoxin_vote.storage.passphrase import derive_key
from gaoxin_vote.storage.workspace import Workspace
from tests.stretching import CHEAP_COSTS

from .conftest import PASSPHRASE
from .pages import Pages, Place

SLOTS = 25
BOUND = 92_000
"""About the bound of a ballot on 25 units."""


@pytest.fixture
def key(path: Path, workspace: Workspace) -> bytes:
    return derive_key(PASSPHRASE, path.read_bytes()[:16], CHEAP_COSTS.workspace)


@pytest.fixture
def slot_root(workspace: Workspace) -> int:
    with workspace.transaction() as connection:
        found = connection.exec_driver_sql("SELECT rootpage FROM sqlite_schema WHERE name = 'slot'")
        return int(found.scalar_one())


@pytest.fixture
def box(workspace: Workspace, session: VotingSession) -> BallotBox:
    made = BallotBox(workspace, session.id)
    made.open_slots([(f"{place:064x}", bytes(60)) for place in range(SLOTS)], BOUND)
    return made


def text_of(chance: random.Random) -> str:
    """Random text of ballot size: 78 to 85 kB, so that some differ by a page."""
    return chance.randbytes(chance.randrange(39_000, 42_500)).hex()


def without_change_counter(page: bytes) -> bytes:
    """Page 1 without the file change counter and its copy.

    SQLCipher makes it from encrypted bytes, so that it is random and does not even count.
    """
    return page[:24] + page[28:92] + page[96:]


def shape(pages: Pages, root: int) -> tuple[dict[int, Place], tuple[int, ...], int]:
    return pages.places(root), pages.freelist, len(pages)


@pytest.mark.parametrize("seed", range(3))
def test_a_cast_moves_no_page(path: Path, key: bytes, slot_root: int, box: BallotBox, seed: int) -> None:
    chance = random.Random(seed)
    before = shape(Pages(path, key), slot_root)
    assert len(before[0]) == SLOTS
    assert all(len(place.chain) > 20 for place in before[0].values())
    for credential in chance.sample(box.credentials(), SLOTS):
        box.cast(credential, text_of(chance))
        assert shape(Pages(path, key), slot_root) == before


def test_real_ballots_move_no_page(
    workspace: Workspace, session: VotingSession, path: Path, key: bytes, slot_root: int
) -> None:
    chance = random.Random(8)
    answers = ["优秀", "良好", "合格", "不合格"]
    question = {"answers": answers, "blank": True, "min": 1, "max": 1}
    parts = {
        "version": 1,
        "description": "部门互评",
        "name": "部门互评",
        "group": "Ed25519",
        "public_key": "66" * 31 + "58",  # the generator: nobody will open these
        "questions": [{**question, "question": f"U{unit:02}"} for unit in range(1, SLOTS + 1)],
        "uuid": "hmoRBLU8TcgFE3",
    }
    election = Election.parse(json.dumps(parts, ensure_ascii=False, separators=(",", ":")))
    slips = [credential_from_number(chance.getrandbits(128)) for _ in range(SLOTS)]
    public = {public_credential(election.uuid, slip): slip for slip in slips}
    box = BallotBox(workspace, session.id)
    listed = sorted(public, key=credential_order)
    box.open_slots([(credential, bytes(60)) for credential in listed], largest_ballot(election))
    before = shape(Pages(path, key), slot_root)
    cast: dict[str, str] = {}
    for credential in chance.sample(listed, SLOTS):
        marks = tuple(
            tuple(int(mark == place) for place in range(5)) for mark in chance.choices(range(5), k=25)
        )
        cast[credential] = seal_ballot(election, public[credential], marks)
        box.cast(credential, cast[credential])
        assert shape(Pages(path, key), slot_root) == before
    assert len({len(ballot) for ballot in cast.values()}) > 1  # padding had something to hide
    assert list(box.ballots()) == [cast[credential] for credential in listed]


def test_a_cast_changes_its_own_slot_and_nothing_else(
    path: Path, key: bytes, slot_root: int, box: BallotBox
) -> None:
    chance = random.Random(4)
    places = Pages(path, key).places(slot_root)
    by_credential = dict(zip(box.credentials(), sorted(places), strict=True))
    for credential in chance.sample(box.credentials(), 5):
        before = Pages(path, key)
        box.cast(credential, text_of(chance))
        after = Pages(path, key)
        own = places[by_credential[credential]]
        for number in range(1, len(after) + 1):
            if number in own.chain:
                continue
            expected, found = before.plain(number), after.plain(number)
            if number == own.leaf:
                end = own.offset + own.size
                expected = expected[: own.offset] + found[own.offset : end] + expected[end:]
            if number == 1:
                expected, found = without_change_counter(expected), without_change_counter(found)
            assert found == expected, f"page {number}"


def test_the_file_is_the_same_whatever_the_order(
    tmp_path: Path,
    clock: Callable[[], datetime],
    path: Path,
    key: bytes,
    workspace: Workspace,
    box: BallotBox,
) -> None:
    chance = random.Random(5)
    ballots = [(credential, text_of(chance)) for credential in box.credentials()[:20]]
    voided = box.credentials()[20]
    workspace.close()
    images = set()
    for order in range(4):
        copy = tmp_path / f"{order}.gxv"
        shutil.copy(path, copy)
        chance.shuffle(ballots)
        with Workspace.open(copy, PASSPHRASE, clock=clock, costs=CHEAP_COSTS) as other:
            again = BallotBox(other, box._session)
            for credential, ballot in ballots:
                again.cast(credential, ballot)
            again.spoil(voided)
        first, *others = Pages(copy, key).all_plain()
        images.add((without_change_counter(first), *others))
    assert len(images) == 1


def test_the_file_is_the_same_whichever_slots_were_added(
    tmp_path: Path,
    clock: Callable[[], datetime],
    path: Path,
    key: bytes,
    workspace: Workspace,
    session: VotingSession,
) -> None:
    """Once they are laid in order; until then their places tell."""
    chance = random.Random(9)
    listed = [f"{chance.getrandbits(256):064x}" for _ in range(SLOTS)]
    ballots = {credential: text_of(chance) for credential in listed[:20]}
    workspace.close()
    images, before = set(), set()
    for late in ({0, 3}, {23, 24}, {7, 12}, {1, 21}):
        copy = tmp_path / f"{min(late)}.gxv"
        shutil.copy(path, copy)
        with Workspace.open(copy, PASSPHRASE, clock=clock, costs=CHEAP_COSTS) as other:
            box = BallotBox(other, session.id)
            by_order = sorted(listed, key=credential_order)
            first = [(each, bytes(60)) for number, each in enumerate(by_order) if number not in late]
            box.open_slots(first, BOUND)
            box.add_slots([(by_order[number], bytes(60)) for number in sorted(late)])
            for credential, ballot in ballots.items():
                box.cast(credential, ballot)
            before.add(box.credentials())
            box.lay_in_order(credential_order)
            assert box.credentials() == tuple(by_order)
        head, *others = Pages(copy, key).all_plain()
        images.add((without_change_counter(head), *others))
    assert (len(before), len(images)) == (4, 1)


def test_voiding_and_sealing_a_spare_move_no_page(
    path: Path, key: bytes, slot_root: int, box: BallotBox
) -> None:
    first, second, *_ = box.credentials()
    before = shape(Pages(path, key), slot_root)
    box.spoil(first)
    assert shape(Pages(path, key), slot_root) == before
    box.set_sealed_unit(second, b"x" * 60)
    assert shape(Pages(path, key), slot_root) == before
    box.erase_sealed_units()
    assert shape(Pages(path, key), slot_root) == before


# The walker must be able to see what it looks for: two boxes that leave a trace.


class UnpaddedBox:
    """What the ballot box must not be: ballots of their own length replace placeholders."""

    def __init__(self, path: Path, placeholders: Sequence[int]) -> None:
        self.path = path
        self.key, salt = bytes(range(32)), bytes(range(16))
        create_empty(path)
        self.connection: dbapi2.Connection = connect(path, self.key, salt)
        self.connection.execute("CREATE TABLE slot (id INTEGER PRIMARY KEY, ballot BLOB)")
        rows = [(place, bytes(size)) for place, size in enumerate(placeholders)]
        self.connection.execute("BEGIN IMMEDIATE")
        self.connection.executemany("INSERT INTO slot VALUES (?, ?)", rows)
        self.connection.execute("COMMIT")

    def cast(self, place: int, ballot: str) -> None:
        self.connection.execute("UPDATE slot SET ballot = ? WHERE id = ?", (ballot.encode(), place))

    def places(self) -> dict[int, Place]:
        query = "SELECT rootpage FROM sqlite_schema WHERE name = 'slot'"
        return Pages(self.path, self.key).places(self.connection.execute(query).fetchone()[0])


def kendall(first: Sequence[int], second: Sequence[int]) -> float:
    """Rank correlation: 1 for the same order, −1 for the reverse, near 0 for none."""
    pairs = [(a, b) for a in range(len(first)) for b in range(a)]
    signs = [(first[a] - first[b]) * (second[a] - second[b]) for a, b in pairs]
    return sum((sign > 0) - (sign < 0) for sign in signs) / len(pairs)


def test_the_walker_sees_the_order_in_an_empty_box_that_grows(tmp_path: Path) -> None:
    chance = random.Random(6)
    box = UnpaddedBox(tmp_path / "grows", [0] * SLOTS)
    order = chance.sample(range(SLOTS), SLOTS)
    for place in order:
        box.cast(place, text_of(chance))
    places = box.places()
    assert abs(kendall(range(SLOTS), order)) < 0.3  # the slots themselves stand in no telling order …
    assert sorted(places, key=lambda place: min(places[place].chain)) == order  # … their pages do


def test_the_walker_sees_the_order_in_reused_pages(tmp_path: Path) -> None:
    """Placeholders about as long as ballots, unpadded: each takes the pages that the one before freed."""
    chance = random.Random(7)
    box = UnpaddedBox(tmp_path / "reuses", [BOUND] * SLOTS)
    owner = {page: place for place, found in box.places().items() for page in found.chain}
    order = chance.sample(range(SLOTS), SLOTS)
    for place in order:
        box.cast(place, "x" * (BOUND - chance.randrange(1, 300)))  # real ballots differ by some digits
    places = box.places()
    firsts = [min(places[place].chain) for place in order]
    assert abs(kendall(range(SLOTS), firsts)) < 0.3  # page numbers against casts: nothing to be seen
    before = {place: owner.get(places[place].chain[0]) for place in places}
    (first,) = (place for place in places if before[place] is None)
    after = {earlier: later for later, earlier in before.items()}
    rebuilt = [first]
    while rebuilt[-1] in after:
        rebuilt.append(after[rebuilt[-1]])
    assert rebuilt == order
    box.connection.close()
