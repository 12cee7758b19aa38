"""Do honest keys open anything but the sum of the box that was sealed?

Somebody who has the workspace's passphrase can write rows of the file. Here that person tries to have this
evening's keys open ballots of an earlier one, or single ballots of this one.
"""

import io
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from gaoxin_vote.belenios.archive import ArchiveBuilder, EventType, read_board
from gaoxin_vote.belenios.ballot import Ballot, Ciphertext, seal_ballot
from gaoxin_vote.belenios.election import Election
from gaoxin_vote.belenios.group import Scalar
from gaoxin_vote.belenios.tally import EncryptedTally, encrypted_tally
from gaoxin_vote.belenios.threshold import new_seed
from gaoxin_vote.domain.audit import AuditReason
from gaoxin_vote.domain.ballot import Mark
from gaoxin_vote.domain.session import SessionId
from gaoxin_vote.errors import EvidenceBroken, GaoxinVoteError
from gaoxin_vote.storage.ballot_box import BallotBox
from gaoxin_vote.storage.evidence import EvidenceStore
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.workflow.ceremony.held_ceremonies import ceremony_facts
from gaoxin_vote.workflow.ceremony.share_file import (
    ShareOwner,
    ShareSecret,
    TallyUse,
    use_share,
    write_new_share,
)
from gaoxin_vote.workflow.session.casting import admit
from gaoxin_vote.workflow.session.held import held_session
from gaoxin_vote.workflow.session.running import void_session
from gaoxin_vote.workflow.tally.opening import (
    ShareHistory,
    TallyReason,
    give_officer_key,
    give_share,
    require_sound,
    share_history,
    tally_state,
)
from gaoxin_vote.workflow.tally.sealed import SealedReason
from tests.contests import PEER
from tests.stretching import CHEAP_COSTS
from tests.workflow.conftest import TRUSTEES, Office, same_mark
from tests.workflow.sealing import close_and_seal


class Evening:
    """An earlier session, whose ballots somebody wants to read, and tonight's, which waits for its keys."""

    def __init__(self, office: Office) -> None:
        self.office, self.workspace = office, office.workspace
        self.earlier, self.earlier_ballots = self._held(Mark.EXCELLENT)
        void_session(self.workspace, self.earlier, "从未开箱")
        self.tonight, self.ballots = self._held(Mark.GOOD)

    def _held(self, mark: Mark) -> tuple[SessionId, tuple[str, ...]]:
        session_id, live, _ = self.office.open(PEER)
        # A voter of the insider's, whose credential was kept, so that it could sign once more.
        credential = admit(self.workspace, session_id, live[0]).credential
        marks = same_mark(admit(self.workspace, session_id, live[0]), Mark.FAIL)
        for code in live:
            self.office.vote(session_id, code, mark)
        close_and_seal(self.workspace, session_id)
        units = held_session(self.workspace, session_id).session.units
        self.again = seal_ballot(self.election(session_id), credential, marks.choices(units))
        return session_id, tuple(BallotBox(self.workspace, session_id).ballots())

    def election(self, session_id: SessionId) -> Election:
        return Election.parse(held_session(self.workspace, session_id).election.election)

    def archive(self, ballots: Sequence[str], tally: EncryptedTally | None = None) -> bytes:
        """An archive of tonight's election in perfect order, with these ballots and sums."""
        held = held_session(self.workspace, self.tonight).election
        box = BallotBox(self.workspace, self.tonight)
        target = io.BytesIO()
        builder = ArchiveBuilder(target, 1)
        builder.setup(held.election, held.trustees, box.credentials())
        for ballot in ballots:
            builder.ballot(ballot)
        builder.end_ballots()
        tally = tally or encrypted_tally(Election.parse(held.election), ballots)
        builder.encrypted_tally(tally.text, tally.sized_text)
        return target.getvalue()

    def put(self, archive: bytes) -> None:
        """Write archive and hash into the file, as somebody who knows its tables would."""
        (event,) = read_board(io.BytesIO(archive)).of(EventType.ENCRYPTED_TALLY)
        EvidenceStore(self.workspace).keep_archive(self.tonight, archive)
        with self.workspace.transaction() as connection:
            connection.exec_driver_sql("DROP TRIGGER IF EXISTS encrypted_tally_no_update")
            connection.exec_driver_sql(
                "UPDATE encrypted_tally SET hash = ? WHERE session = ?", (event.digest, self.tonight)
            )

    def choices(self, ballot: str, session_id: SessionId) -> tuple[tuple[Ciphertext, ...], ...]:
        answers = Ballot.parse(self.election(session_id), ballot).answers
        return tuple(answer.choices for answer in answers)


@pytest.fixture(scope="module")
def evening(office: Office) -> Iterator[Evening]:
    yield Evening(office)


@pytest.fixture
def sealed(evening: Evening) -> Iterator[Evening]:
    """Whatever the test writes into the file is taken back."""
    evidence = EvidenceStore(evening.workspace)
    before = evidence.archive(evening.tonight)
    yield evening
    evening.put(before)


def _one_ballot(evening: Evening) -> bytes:
    """One ballot of the earlier session in place of the sums."""
    grid = evening.choices(evening.earlier_ballots[0], evening.earlier)
    return evening.archive(evening.ballots, EncryptedTally(grid, len(evening.ballots)))


def _a_whole_session(evening: Evening) -> bytes:
    """Π ctⱼ^(2ʲ): the digits of each count are then the ballots, all of them at one sitting."""
    tally = EncryptedTally.empty(evening.election(evening.earlier))
    for place, ballot in enumerate(evening.earlier_ballots):
        for _ in range(2**place):
            tally = tally.plus(evening.choices(ballot, evening.earlier))
    return evening.archive(evening.ballots, EncryptedTally(tally.grid, len(evening.ballots)))


def _fewer(evening: Evening) -> bytes:
    """An archive in which everything holds, with tonight's first ballot alone."""
    return evening.archive(evening.ballots[:1])


def _all_but_one(evening: Evening) -> bytes:
    """The same with one ballot missing: the difference to the true count would be that ballot."""
    return evening.archive(evening.ballots[1:])


def _voted_twice(evening: Evening) -> bytes:
    """An archive in which everything holds, but one ballot is replaced by a later one of its credential."""
    election = evening.election(evening.tonight)
    signer = Ballot.parse(election, evening.again).credential
    others = (text for text in evening.ballots if Ballot.parse(election, text).credential != signer)
    tally = encrypted_tally(election, (*others, evening.again))
    return evening.archive((*evening.ballots, evening.again), tally)


def _another_session(evening: Evening) -> bytes:
    """The earlier session's own archive, in which everything holds."""
    return EvidenceStore(evening.workspace).archive(evening.earlier)


ATTACKS: dict[Callable[[Evening], bytes], str] = {
    _one_ballot: "加密计票不等于应计选票之和",
    _a_whole_session: "加密计票不等于应计选票之和",
    _fewer: "选票档案有1张，计入1张，收回5张",
    _all_but_one: "选票与票箱中的不符",
    _voted_twice: "选票档案有6张，计入5张，收回5张",
    _another_session: "选票档案属于另一场选举",
}


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
def test_nothing_but_the_sealed_box_is_opened(sealed: Evening, attack: Callable[[Evening], bytes]) -> None:
    """Refused before the passphrase is looked at: a wrong one is not even told."""
    sealed.put(attack(sealed))
    share = sealed.office.shares[0]
    before = share.read_bytes(), sealed.workspace.path.read_bytes()
    for give in (
        lambda: require_sound(sealed.workspace, sealed.tonight),
        lambda: give_share(sealed.workspace, sealed.tonight, share, "not the passphrase"),
        lambda: give_share(sealed.workspace, sealed.tonight, share, "trustee 0 secret"),
        lambda: give_officer_key(sealed.workspace, sealed.tonight, "not the passphrase"),
    ):
        with pytest.raises(EvidenceBroken) as error:
            give()
        assert ATTACKS[attack] in "\n".join((error.value.message, *error.value.details))
    assert (share.read_bytes(), sealed.workspace.path.read_bytes()) == before
    assert EvidenceStore(sealed.workspace).decryptions(sealed.tonight) == ()


@contextmanager
def _written(workspace: Workspace, *changes: str) -> Iterator[None]:
    """These statements are carried out on the file, and the tables put back afterwards."""
    tables = ("slot", "session", "elector")
    with workspace.transaction() as connection:
        for table in tables:
            connection.exec_driver_sql(f"CREATE TABLE kept_{table} AS SELECT * FROM {table}")
        for change in changes:
            connection.exec_driver_sql(change)
    yield
    with workspace.transaction() as connection:
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        for table in tables:
            connection.exec_driver_sql(f"DELETE FROM {table}")
            connection.exec_driver_sql(f"INSERT INTO {table} SELECT * FROM kept_{table}")
            connection.exec_driver_sql(f"DROP TABLE kept_{table}")


def _refusal(evening: Evening) -> GaoxinVoteError:
    """Why a trustee who comes now is sent away, with whatever passphrase."""
    with pytest.raises(GaoxinVoteError) as error:
        give_share(evening.workspace, evening.tonight, evening.office.shares[0], "not the passphrase")
    return error.value


def test_a_box_made_smaller_to_fit_is_too_small_to_be_counted(sealed: Evening) -> None:
    """Slots, archive and hash all say one ballot: a sum of one is a vote."""
    sealed.put(_fewer(sealed))
    first = "SELECT min(id) FROM slot WHERE state = x'01' AND session = "
    smaller = f"UPDATE slot SET state = x'00' WHERE session = {{0}} AND id <> ({first}{{0}})"
    with _written(sealed.workspace, smaller.format(sealed.tonight)):
        error = _refusal(sealed)
    assert error.reason is SealedReason.NOT_RECONCILED
    assert any("收回1张，少于4张" in words for words in error.details)


def test_a_whole_earlier_session_does_not_pass_as_tonights(sealed: Evening) -> None:
    """Election, slots, archive and hash are those of the earlier session: its title is not tonight's."""
    tonight, earlier = sealed.tonight, sealed.earlier
    sealed.put(_another_session(sealed))
    columns = ", ".join(
        f"{name} = (SELECT {name} FROM kept_session WHERE id = {earlier})"
        for name in ("uuid", "election", "trustees")
    )
    with _written(
        sealed.workspace,
        f"UPDATE session SET uuid = 'gone' WHERE id = {earlier}",
        f"UPDATE session SET {columns} WHERE id = {tonight}",
        f"DELETE FROM slot WHERE session = {tonight}",
        f"UPDATE slot SET session = {tonight} WHERE session = {earlier}",
    ):
        error = _refusal(sealed)
    assert error.reason is SealedReason.ARCHIVE_DIFFERS
    assert error.details == (f"选票档案是“{sealed.election(earlier).name}”的",)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("UPDATE session SET trustees = replace(trustees, '区纪委', '张三') WHERE id = {}", "开箱密钥不是"),
        ("UPDATE session SET election = replace(election, 'zh', 'en') WHERE id = {}", "另一场选举"),
        ("DELETE FROM slot WHERE session = {} AND state = x'00'", "公开凭证与票箱不符"),
        (
            "UPDATE session SET units = replace(units, 'U01', 'U99') WHERE id = {}",
            "选票上的单位与本场会议的不符",
        ),
        (
            """UPDATE session SET units = replace(units, '"U01","U02"', '"U02","U01"') WHERE id = {}""",
            "选票上的单位与本场会议的不符",
        ),
    ],
)
def test_rows_that_do_not_fit_the_archive_open_nothing(sealed: Evening, change: str, words: str) -> None:
    with _written(sealed.workspace, change.format(sealed.tonight)):
        error = _refusal(sealed)
    assert error.reason is SealedReason.ARCHIVE_DIFFERS
    assert any(words in told for told in error.details)


def test_keys_that_no_ceremony_made_open_nothing(sealed: Evening) -> None:
    """Archive and session agree on them, but no ceremony of the year made them."""
    with _written(
        sealed.workspace,
        "DROP TRIGGER ceremony_no_update",
        "UPDATE ceremony SET trustees = replace(trustees, '区纪委', '张三')",
    ):
        error = _refusal(sealed)
        with sealed.workspace.transaction() as connection:
            connection.exec_driver_sql("UPDATE ceremony SET trustees = replace(trustees, '张三', '区纪委')")
    assert error.details == ("开箱密钥不是发放时所定的",)


def _one_exchanged(evening: Evening) -> tuple[bytes, str]:
    """An archive in which everything holds, one ballot exchanged for another of its credential, and the
    statement that does the same in the box: as whoever kept the slips could write it after the seal.
    """
    election = evening.election(evening.tonight)
    signer = Ballot.parse(election, evening.again).credential
    new = {signer: evening.again}
    ballots = [new.get(Ballot.parse(election, text).credential, text) for text in evening.ballots]
    size = f"(SELECT length(ballot) FROM slot WHERE credential = '{signer}')"
    put = len(evening.again).to_bytes(4, "big") + evening.again.encode()
    padded = f"CAST(x'{put.hex()}' || zeroblob({size} - {len(put)}) AS BLOB)"
    return evening.archive(ballots), f"UPDATE slot SET ballot = {padded} WHERE credential = '{signer}'"


def test_a_seal_that_the_log_does_not_tell_of_opens_nothing(sealed: Evening) -> None:
    """Archive, box and fixed hash agree in everything; what was sealed before witnesses was another sum."""
    archive, change = _one_exchanged(sealed)
    sealed.put(archive)
    with _written(sealed.workspace, change):
        error = _refusal(sealed)
    assert (error.reason, error.details) == (SealedReason.TALLY_CHANGED, ())
    assert "审计日志中封箱时的不一致" in error.message


def test_a_log_that_was_rewritten_opens_nothing(sealed: Evening) -> None:
    """The entry of the seal names the sum that is to be opened; the chain of the log does not hold."""
    entry = "UPDATE audit SET content = replace(content, '{}', '{}') WHERE act = 'session.seal'"
    evidence = EvidenceStore(sealed.workspace)
    archive, change = _one_exchanged(sealed)
    fixed = evidence.tally_hash(sealed.tonight)
    sealed.put(archive)
    other = evidence.tally_hash(sealed.tonight)
    with sealed.workspace.transaction() as connection:
        connection.exec_driver_sql("DROP TRIGGER audit_no_update")
        connection.exec_driver_sql(entry.format(fixed, other))
    with _written(sealed.workspace, change):
        error = _refusal(sealed)
    with sealed.workspace.transaction() as connection:
        connection.exec_driver_sql(entry.format(other, fixed))
    assert error.reason is AuditReason.CHAIN_BROKEN


def test_an_archive_that_the_seal_did_not_fix_is_not_opened(sealed: Evening) -> None:
    EvidenceStore(sealed.workspace).keep_archive(sealed.tonight, _all_but_one(sealed))
    assert _refusal(sealed).reason is SealedReason.TALLY_CHANGED


def test_a_key_that_is_not_the_ceremonys_gives_nothing(sealed: Evening, tmp_path: Path) -> None:
    """Right file, right passphrase, another secret: what it gives would spoil the count."""
    facts = ceremony_facts(sealed.workspace, sealed.office.year)
    assert facts is not None
    share = tmp_path / "other.gxk"
    secret = ShareSecret(new_seed(), Scalar.parse("12345"))
    owner = ShareOwner(facts.ceremony_id, 1, TRUSTEES[0])
    write_new_share(share, "trustee 0 secret", CHEAP_COSTS.share, owner, secret)
    with pytest.raises(EvidenceBroken) as error:
        give_share(sealed.workspace, sealed.tonight, share, "trustee 0 secret")
    assert error.value.reason is TallyReason.WRONG_KEY
    assert "考核办的密钥" in error.value.message
    assert tally_state(sealed.workspace, sealed.tonight).given == 0


def test_a_share_file_tells_what_it_has_opened(sealed: Evening, tmp_path: Path) -> None:
    workspace, tonight = sealed.workspace, sealed.tonight
    share = Path(shutil.copy(sealed.office.shares[2], tmp_path / "share.gxk"))
    facts = ceremony_facts(workspace, sealed.office.year)
    assert facts is not None
    assert share_history(workspace, tonight, share) == ShareHistory(TRUSTEES[2], ())
    earlier = sealed.election(sealed.earlier).uuid
    for uuid, digest in ((earlier, "a" * 64), ("elsewhere", "b" * 64)):
        use = TallyUse(uuid, digest)
        use_share(share, "trustee 2 secret", CHEAP_COSTS.share, ceremony=facts.ceremony_id, use=use)
    give_share(workspace, tonight, share, "trustee 2 secret")
    digest = EvidenceStore(workspace).tally_hash(tonight) or ""
    title = held_session(workspace, sealed.earlier).session.title
    assert share_history(workspace, tonight, share).opened == (
        f"2017年度{title}（AAAAAAAA…）",
        "另一工作区的会议（BBBBBBBB…）",
        f"本场（{digest[:8].upper()}…）",
    )
    sealed.put(_all_but_one(sealed))
    assert "另一份汇总密文（请停止开箱）" in share_history(workspace, tonight, share).opened[-1]
    EvidenceStore(workspace).drop_decryption(tonight, 4)
