"""Which encrypted file does the office work in?"""

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlcipher3 import dbapi2

from gaoxin_vote.domain.session import SessionId, Stage, VotingSession
from gaoxin_vote.errors import EvidenceBroken, Refused, Unavailable
from gaoxin_vote.storage import workspace as workspace_module
from gaoxin_vote.storage.encrypted_file import connect
from gaoxin_vote.storage.failures import StorageReason
from gaoxin_vote.storage.passphrase import derive_key
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.storage.year import YearStore

from .conftest import PASSPHRASE, YEAR

Clock = Callable[[], datetime]


@pytest.fixture
def closed(workspace: Workspace, path: Path) -> Path:
    """The file of a workspace that nobody has open."""
    workspace.close()
    return path


def driver(workspace: Workspace) -> dbapi2.Connection:
    transactions = workspace._transactions
    assert transactions is not None
    return transactions.driver


def scheme_is_writable(workspace: Workspace) -> bool:
    YearStore(workspace).set_scheme_text(YEAR, "新方案")
    return YearStore(workspace).scheme_text(YEAR) == "新方案"


class TestCreate:
    def test_what_is_made_can_be_opened(self, closed: Path, clock: Clock) -> None:
        with Workspace.open(closed, PASSPHRASE, clock=clock) as again:
            assert again.path == closed
            assert again.office == "考核办公室"
            assert YearStore(again).years() == (YEAR,)

    def test_the_salt_is_drawn_first_and_heads_the_file(self, path: Path, clock: Clock) -> None:
        drawn: list[int] = []

        def random_bytes(size: int) -> bytes:
            drawn.append(size)
            return bytes([len(drawn)]) * size

        Workspace.create(path, PASSPHRASE, office="办", clock=clock, random_bytes=random_bytes).close()
        assert drawn == [16, 16]
        assert path.read_bytes()[:16] == b"\1" * 16
        key = derive_key(PASSPHRASE, b"\1" * 16)
        connect(path, key, b"\1" * 16).close()

    @pytest.mark.parametrize("name", ["a b%20c?mode=ro&x#y.gxv", "考核'\"；.gxv", "~$a", "C:x"])
    def test_any_file_name_will_do(self, tmp_path: Path, clock: Clock, name: str) -> None:
        if os.name != "posix":
            pytest.skip("names that only POSIX allows")
        Workspace.create(tmp_path / name, PASSPHRASE, office="办", clock=clock).close()
        Workspace.open(tmp_path / name, PASSPHRASE, clock=clock).close()
        assert [entry.name for entry in tmp_path.iterdir()] == [name]

    def test_two_workspaces_differ_in_salt_and_identity(self, tmp_path: Path, clock: Clock) -> None:
        heads, identities = set(), set()
        for name in ("a", "b"):
            with Workspace.create(tmp_path / name, PASSPHRASE, office="办", clock=clock) as made:
                identities.add(made.identity)
            heads.add((tmp_path / name).read_bytes()[:16])
        assert len(heads) == len(identities) == 2

    @pytest.mark.skipif(os.name != "posix", reason="file modes are a POSIX thing")
    def test_only_the_owner_may_read_it(self, workspace: Workspace) -> None:
        assert workspace.path.stat().st_mode & 0o777 == 0o600

    def test_an_existing_file_stays(self, closed: Path, clock: Clock) -> None:
        before = closed.read_bytes()
        with pytest.raises(Refused) as caught:
            Workspace.create(closed, PASSPHRASE, office="办", clock=clock)
        assert caught.value.reason is StorageReason.EXISTS
        assert closed.read_bytes() == before

    def test_an_empty_passphrase_is_refused(self, path: Path, clock: Clock) -> None:
        with pytest.raises(Refused) as caught:
            Workspace.create(path, "", office="办", clock=clock)
        assert caught.value.reason is StorageReason.EMPTY_PASSPHRASE
        assert list(path.parent.iterdir()) == []

    def test_a_missing_folder_is_told(self, tmp_path: Path, clock: Clock) -> None:
        with pytest.raises(Unavailable) as caught:
            Workspace.create(tmp_path / "U盘" / "a.gxv", PASSPHRASE, office="办", clock=clock)
        assert caught.value.reason is StorageReason.UNREACHABLE
        assert "U盘" in caught.value.message

    def test_nothing_is_left_when_it_fails(
        self, path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(connection: object) -> None:
            raise OSError("the medium is gone")

        monkeypatch.setattr(workspace_module, "migrate", fail)
        with pytest.raises(OSError, match="gone"):
            Workspace.create(path, PASSPHRASE, office="办", clock=clock)
        assert list(path.parent.iterdir()) == []

    def test_the_rest_of_a_creation_that_was_cut_short_does_not_hinder(
        self, path: Path, clock: Clock
    ) -> None:
        path.with_name(path.name + ".part").write_bytes(b"half")
        Workspace.create(path, PASSPHRASE, office="办", clock=clock).close()
        assert [entry.name for entry in path.parent.iterdir()] == [path.name]


class TestOpen:
    def test_full_width_passphrase_opens(self, closed: Path, clock: Clock) -> None:
        Workspace.open(closed, "一号　口令　Ｎｏ．１", clock=clock).close()

    def test_a_wrong_passphrase_is_refused(self, closed: Path, clock: Clock) -> None:
        before = closed.read_bytes()
        with pytest.raises(Refused) as caught:
            Workspace.open(closed, "别的口令", clock=clock)
        assert caught.value.reason is StorageReason.WRONG_PASSPHRASE
        assert "口令不正确" in caught.value.message
        assert closed.read_bytes() == before
        assert list(closed.parent.iterdir()) == [closed]
        Workspace.open(closed, PASSPHRASE, clock=clock).close()

    def test_a_missing_file_is_told(self, path: Path, clock: Clock) -> None:
        with pytest.raises(Unavailable) as caught:
            Workspace.open(path, PASSPHRASE, clock=clock)
        assert caught.value.reason is StorageReason.MISSING
        assert list(path.parent.iterdir()) == []

    def test_a_missing_folder_is_told(self, path: Path, clock: Clock) -> None:
        with pytest.raises(Unavailable) as caught:
            Workspace.open(path / "x" / "y.gxv", PASSPHRASE, clock=clock)
        assert caught.value.reason is StorageReason.MISSING

    @pytest.mark.parametrize(
        "content",
        [b"", b"PK\x03\x04", b"SQLite format 3\0" + bytes(4080), "说明.txt".encode()],
        ids=["empty", "short", "plain SQLite", "text"],
    )
    def test_a_foreign_file_is_refused(self, path: Path, clock: Clock, content: bytes) -> None:
        path.write_bytes(content)
        with pytest.raises(Refused) as caught:
            Workspace.open(path, PASSPHRASE, clock=clock)
        assert caught.value.reason is StorageReason.NOT_A_WORKSPACE
        assert path.read_bytes() == content
        assert list(path.parent.iterdir()) == [path]

    @pytest.mark.parametrize("size", [16, 100, 4096, 10_000])
    def test_random_bytes_look_like_a_wrong_passphrase(self, path: Path, clock: Clock, size: int) -> None:
        content = bytes(range(1, 251)) * 40
        path.write_bytes(content[:size])
        with pytest.raises(Refused) as caught:
            Workspace.open(path, PASSPHRASE, clock=clock)
        assert caught.value.reason in (StorageReason.WRONG_PASSPHRASE, StorageReason.NOT_A_WORKSPACE)
        assert path.read_bytes() == content[:size]

    def test_a_folder_is_refused(self, tmp_path: Path, clock: Clock) -> None:
        with pytest.raises(Refused) as caught:
            Workspace.open(tmp_path, PASSPHRASE, clock=clock)
        assert caught.value.reason is StorageReason.NOT_A_WORKSPACE

    def test_a_file_of_another_program_is_refused(self, path: Path, clock: Clock) -> None:
        salt = bytes(range(16))
        path.touch()
        other = connect(path, derive_key(PASSPHRASE, salt), salt)
        other.execute("CREATE TABLE alembic_version AS SELECT '0001' AS version_num")
        other.close()
        with pytest.raises(Refused) as caught:
            Workspace.open(path, PASSPHRASE, clock=clock)
        assert caught.value.reason is StorageReason.NOT_A_WORKSPACE

    def test_the_settings_are_as_decided(self, workspace: Workspace) -> None:
        names = ("journal_mode", "synchronous", "secure_delete", "foreign_keys", "temp_store", "locking_mode")
        found = {name: driver(workspace).execute(f"PRAGMA {name}").fetchone()[0] for name in names}
        assert found == {
            "journal_mode": "delete",
            "synchronous": 3,
            "secure_delete": 1,
            "foreign_keys": 1,
            "temp_store": 2,
            "locking_mode": "normal",
        }

    @pytest.mark.parametrize(
        ("pragma", "setting"),
        [
            ("journal_mode", ("PERSIST", "delete")),
            ("synchronous", ("NORMAL", 3)),
            ("secure_delete", ("OFF", 1)),
        ],
    )
    def test_a_setting_that_did_not_take_stops_the_program(
        self,
        closed: Path,
        clock: Clock,
        monkeypatch: pytest.MonkeyPatch,
        pragma: str,
        setting: tuple[str, object],
    ) -> None:
        monkeypatch.setitem(connect.__globals__["_SETTINGS"], pragma, setting)
        with pytest.raises(RuntimeError, match=pragma):
            Workspace.open(closed, PASSPHRASE, clock=clock)

    def test_nothing_is_written_to_the_terminal(
        self, closed: Path, clock: Clock, capfd: pytest.CaptureFixture[str]
    ) -> None:
        with pytest.raises(Refused):
            Workspace.open(closed, "别的口令", clock=clock)
        assert capfd.readouterr() == ("", "")


class TestDamage:
    """Every page is read when the file is opened."""

    def test_a_flipped_bit_anywhere_is_noticed(self, closed: Path, clock: Clock) -> None:
        whole = closed.read_bytes()
        for page in range(1, len(whole) // 4096):
            content = bytearray(whole)
            content[page * 4096 + (page * 997) % 4096] ^= 1 << page % 8
            closed.write_bytes(content)
            with pytest.raises(EvidenceBroken) as caught:
                Workspace.open(closed, PASSPHRASE, clock=clock)
            assert caught.value.reason is StorageReason.DAMAGED
            assert str(closed) in caught.value.message

    @pytest.mark.parametrize("at", [0, 15, 16, 100, 4016, 4095])
    def test_a_flipped_bit_in_the_first_page_looks_like_a_wrong_passphrase(
        self, closed: Path, clock: Clock, at: int
    ) -> None:
        content = bytearray(closed.read_bytes())
        content[at] ^= 1
        closed.write_bytes(content)
        with pytest.raises(Refused) as caught:
            Workspace.open(closed, PASSPHRASE, clock=clock)
        assert caught.value.reason is StorageReason.WRONG_PASSPHRASE
        assert "损坏" in caught.value.message

    @pytest.mark.parametrize("missing", [1, 4095, 4096, 4097, 10 * 4096])
    def test_a_truncated_file_is_noticed(self, closed: Path, clock: Clock, missing: int) -> None:
        closed.write_bytes(closed.read_bytes()[:-missing])
        with pytest.raises(EvidenceBroken) as caught:
            Workspace.open(closed, PASSPHRASE, clock=clock)
        assert caught.value.reason is StorageReason.DAMAGED

    def test_swapped_pages_are_noticed(self, closed: Path, clock: Clock) -> None:
        content = closed.read_bytes()
        pages = [content[at : at + 4096] for at in range(0, len(content), 4096)]
        pages[3], pages[4] = pages[4], pages[3]
        closed.write_bytes(b"".join(pages))
        with pytest.raises(EvidenceBroken):
            Workspace.open(closed, PASSPHRASE, clock=clock)

    def test_appended_bytes_are_noticed(self, closed: Path, clock: Clock) -> None:
        closed.write_bytes(closed.read_bytes() + bytes(4096))
        with pytest.raises(EvidenceBroken):
            Workspace.open(closed, PASSPHRASE, clock=clock)

    def test_trees_that_do_not_fit_are_noticed(self, workspace: Workspace, path: Path, clock: Clock) -> None:
        """Every page is authentic, and yet an index lacks what its table has."""
        driver(workspace).execute("PRAGMA writable_schema = ON")
        driver(workspace).execute(
            "UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = "
            "'sqlite_autoindex_slot_1') WHERE name = 'sqlite_autoindex_elector_1'"
        )
        workspace.close()
        with pytest.raises(EvidenceBroken) as caught:
            Workspace.open(path, PASSPHRASE, clock=clock)
        assert caught.value.details

    def test_damage_while_it_is_open_is_noticed(self, workspace: Workspace, path: Path) -> None:
        content = path.read_bytes()
        path.write_bytes(content[:4096] + bytes(len(content) - 4096))
        driver(workspace).execute("PRAGMA shrink_memory")
        with pytest.raises(EvidenceBroken) as caught:
            scheme_is_writable(workspace)
        assert caught.value.reason is StorageReason.DAMAGED


class TestExclusiveUse:
    def test_a_second_window_is_told(self, workspace: Workspace, path: Path, clock: Clock) -> None:
        with pytest.raises(Unavailable) as caught:
            Workspace.open(path, PASSPHRASE, clock=clock)
        assert caught.value.reason is StorageReason.IN_USE
        assert scheme_is_writable(workspace)

    def test_the_same_file_by_another_name_is_the_same_file(
        self, workspace: Workspace, path: Path, clock: Clock
    ) -> None:
        link = path.parent / "捷径.gxv"
        link.symlink_to(path)
        with pytest.raises(Unavailable) as caught:
            Workspace.open(link, PASSPHRASE, clock=clock)
        assert caught.value.reason is StorageReason.IN_USE
        assert workspace.path == path

    def test_another_program_is_told_and_let_in_afterwards(
        self, workspace: Workspace, path: Path, clock: Clock
    ) -> None:
        program = (
            "import sys; from datetime import datetime; from pathlib import Path\n"
            "from gaoxin_vote.errors import Unavailable; from gaoxin_vote.storage import passphrase\n"
            "from gaoxin_vote.storage.workspace import Workspace\n"
            "passphrase.MEMORY_KIB, passphrase.ITERATIONS = 64, 1\n"
            "try: Workspace.open(Path(sys.argv[1]), sys.argv[2], clock=datetime.now).close()\n"
            "except Unavailable as failure: print(failure.reason.name)\n"
            "else: print('opened')\n"
        )
        command = [sys.executable, "-c", program, str(path), PASSPHRASE]
        first = subprocess.run(command, capture_output=True, text=True, check=True)
        workspace.close()
        second = subprocess.run(command, capture_output=True, text=True, check=True)
        assert (first.stdout, second.stdout) == ("IN_USE\n", "opened\n")

    def test_a_lock_file_left_behind_does_not_hinder(self, closed: Path, clock: Clock) -> None:
        closed.with_name(closed.name + ".lock").touch()
        Workspace.open(closed, PASSPHRASE, clock=clock).close()
        assert list(closed.parent.iterdir()) == [closed]

    def test_a_program_that_does_not_know_our_lock_is_told_apart(
        self, workspace: Workspace, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        driver(workspace).execute("PRAGMA busy_timeout = 0")
        salt = path.read_bytes()[:16]
        other = connect(path, derive_key(PASSPHRASE, salt), salt)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Unavailable) as caught:
            scheme_is_writable(workspace)
        assert caught.value.reason is StorageReason.LOCKED
        other.execute("ROLLBACK")
        other.close()
        assert scheme_is_writable(workspace)

    def test_close_twice(self, workspace: Workspace, path: Path, clock: Clock) -> None:
        workspace.close()
        workspace.close()
        with pytest.raises(RuntimeError, match="closed"), workspace.transaction():
            pass
        Workspace.open(path, PASSPHRASE, clock=clock).close()

    def test_it_lives_on_its_thread(self, workspace: Workspace) -> None:
        caught: list[BaseException] = []

        def read() -> None:
            for act in (YearStore(workspace).years, workspace.close):
                try:
                    act()
                except RuntimeError as error:
                    caught.append(error)

        thread = threading.Thread(target=read)
        thread.start()
        thread.join()
        assert len(caught) == 2
        assert scheme_is_writable(workspace)


class TestTransaction:
    def years(self, workspace: Workspace) -> tuple[int, ...]:
        return YearStore(workspace).years()

    def test_an_exception_undoes_everything(self, workspace: Workspace) -> None:
        with pytest.raises(KeyError), workspace.transaction():
            YearStore(workspace).add(2018, "")
            raise KeyError
        assert self.years(workspace) == (YEAR,)

    def test_new_tables_are_undone_too(self, workspace: Workspace) -> None:
        with pytest.raises(KeyError), workspace.transaction() as connection:
            connection.execute(text("CREATE TABLE extra (a)"))
            raise KeyError
        with workspace.transaction() as connection:
            found = connection.execute(text("SELECT count(*) FROM sqlite_schema WHERE name = 'extra'"))
            assert found.scalar_one() == 0

    def test_an_inner_one_joins(self, workspace: Workspace) -> None:
        with pytest.raises(KeyError), workspace.transaction() as outer:
            with workspace.transaction() as inner:
                assert inner is outer
                YearStore(workspace).add(2018, "")
            raise KeyError
        assert self.years(workspace) == (YEAR,)

    def test_an_inner_failure_undoes_the_inner_part(self, workspace: Workspace) -> None:
        with workspace.transaction():
            YearStore(workspace).add(2018, "")
            with pytest.raises(KeyError), workspace.transaction():
                YearStore(workspace).add(2019, "")
                raise KeyError
            YearStore(workspace).add(2020, "")
        assert self.years(workspace) == (YEAR, 2018, 2020)

    def test_it_takes_the_write_lock_at_once(self, workspace: Workspace, path: Path) -> None:
        salt = path.read_bytes()[:16]
        other = connect(path, derive_key(PASSPHRASE, salt), salt)
        other.execute("PRAGMA busy_timeout = 0")
        with workspace.transaction(), pytest.raises(dbapi2.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        other.close()

    def test_a_mistake_of_ours_passes_as_a_bug(self, workspace: Workspace) -> None:
        with pytest.raises(IntegrityError), workspace.transaction() as connection:
            connection.execute(text("INSERT INTO year (year, scheme, state) VALUES (2017, '', '')"))

    def test_no_journal_stays(self, workspace: Workspace, path: Path) -> None:
        assert scheme_is_writable(workspace)
        assert not path.with_name(path.name + "-journal").exists()


class TestSurroundings:
    def test_a_full_disk_changes_nothing(self, workspace: Workspace, path: Path) -> None:
        driver(workspace).execute("PRAGMA max_page_count = 30")
        before = path.read_bytes()
        with pytest.raises(Unavailable) as caught:
            YearStore(workspace).set_scheme_text(YEAR, "长" * 100_000)
        assert caught.value.reason is StorageReason.FULL
        assert "磁盘空间不足" in caught.value.message
        assert path.read_bytes() == before
        assert YearStore(workspace).scheme_text(YEAR) == "方案文本"
        assert scheme_is_writable(workspace)

    def test_a_full_disk_inside_a_transaction_undoes_all_of_it(self, workspace: Workspace) -> None:
        driver(workspace).execute("PRAGMA max_page_count = 30")
        with pytest.raises(Unavailable), workspace.transaction():
            YearStore(workspace).add(2018, "")
            YearStore(workspace).add(2019, "长" * 100_000)
        assert YearStore(workspace).years() == (YEAR,)

    def test_going_on_after_a_full_disk_inside_a_transaction_is_a_bug(self, workspace: Workspace) -> None:
        """SQLite has undone all of it by then: what follows would be stored on its own."""
        with pytest.raises(RuntimeError, match="undone"), workspace.transaction():
            driver(workspace).execute("ROLLBACK")
            YearStore(workspace).add(2018, "")
        with pytest.raises(RuntimeError, match="undone"), workspace.transaction():
            driver(workspace).execute("ROLLBACK")
        assert YearStore(workspace).years() == (YEAR,)

    def test_a_file_that_was_removed_is_told(self, workspace: Workspace, path: Path) -> None:
        path.unlink()
        with pytest.raises(Unavailable) as caught:
            scheme_is_writable(workspace)
        assert caught.value.reason is StorageReason.READ_ONLY
        assert "移走" in caught.value.message

    def test_a_file_that_may_not_be_written_is_told(self, workspace: Workspace) -> None:
        driver(workspace).execute("PRAGMA query_only = ON")
        with pytest.raises(Unavailable) as caught:
            scheme_is_writable(workspace)
        assert caught.value.reason is StorageReason.READ_ONLY

    @pytest.mark.skipif(os.name != "posix", reason="file size limits are a POSIX thing")
    def test_a_medium_that_fails_when_it_is_written_is_told(self, closed: Path) -> None:
        program = (
            "import resource, sys; from datetime import datetime; from pathlib import Path\n"
            "from gaoxin_vote.errors import Unavailable; from gaoxin_vote.storage import passphrase\n"
            "from gaoxin_vote.storage.workspace import Workspace\n"
            "from gaoxin_vote.storage.year import YearStore\n"
            "passphrase.MEMORY_KIB, passphrase.ITERATIONS = 64, 1\n"
            "workspace = Workspace.open(Path(sys.argv[1]), sys.argv[2], clock=datetime.now)\n"
            "resource.setrlimit(resource.RLIMIT_FSIZE, (120_000, resource.RLIM_INFINITY))\n"
            "try: YearStore(workspace).set_scheme_text(2017, 'x' * 500_000)\n"
            "except Unavailable as failure: print(failure.reason.name)\n"
            "print(YearStore(workspace).scheme_text(2017))\n"
            "resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, resource.RLIM_INFINITY))\n"
            "try: workspace.copy_to(Path(sys.argv[1] + '.copy'))\n"
            "except Unavailable as failure: print(failure.reason.name)\n"
            "resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))\n"
            "YearStore(workspace).set_scheme_text(2017, 'x' * 500_000)\n"
            "print(len(YearStore(workspace).scheme_text(2017)))\n"
        )
        command = [sys.executable, "-X", "utf8", "-c", program, str(closed), PASSPHRASE]
        told = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
        assert told.stdout.splitlines() == ["UNREACHABLE", "方案文本", "UNREACHABLE", "500000"]
        assert not list(closed.parent.glob("*.copy*"))


class TestSecrecy:
    MARKER = "绝密标记MARKER"

    def test_neither_file_nor_journal_holds_a_readable_word(self, workspace: Workspace, path: Path) -> None:
        forms = [self.MARKER.encode(), self.MARKER.encode("utf-16-le"), b"MARKER", PASSPHRASE.encode()]
        forms += [b"sqlite_", b"CREATE TABLE", b"ballot"]
        YearStore(workspace).set_scheme_text(YEAR, self.MARKER * 2000)
        journal = path.with_name(path.name + "-journal")
        driver(workspace).execute("PRAGMA cache_size = 2")  # so that the old pages reach the journal at once
        with workspace.transaction():
            YearStore(workspace).set_scheme_text(YEAR, "后来的方案")
            assert journal.stat().st_size > 10 * 4096
            found = path.read_bytes() + journal.read_bytes()
        found += path.read_bytes()
        assert not [form for form in forms if form in found]

    def test_what_was_overwritten_is_gone_even_with_the_key(self, workspace: Workspace, path: Path) -> None:
        from .pages import Pages

        YearStore(workspace).set_scheme_text(YEAR, self.MARKER * 2000)
        key = derive_key(PASSPHRASE, path.read_bytes()[:16])
        assert any(b"MARKER" in page for page in Pages(path, key).all_plain())
        YearStore(workspace).set_scheme_text(YEAR, "后来的方案")
        assert not any(b"MARKER" in page for page in Pages(path, key).all_plain())

    def test_a_wrong_passphrase_does_no_harm_to_a_file_that_needs_recovery(
        self, workspace: Workspace, path: Path, tmp_path: Path, clock: Clock
    ) -> None:
        """The state after a power cut: half-written pages in the file, the old ones in the journal."""
        YearStore(workspace).set_scheme_text(YEAR, "旧" * 20_000)
        (tmp_path / "断电").mkdir()
        crashed = tmp_path / "断电" / path.name
        driver(workspace).execute("PRAGMA cache_size = 2")
        before = path.read_bytes()
        with workspace.transaction():
            YearStore(workspace).set_scheme_text(YEAR, "新" * 20_000)
            for name in (path.name, path.name + "-journal"):
                shutil.copy(path.with_name(name), crashed.with_name(name))
        assert crashed.read_bytes() != before
        with pytest.raises(Refused) as caught:
            Workspace.open(crashed, "别的口令", clock=clock)
        assert caught.value.reason is StorageReason.WRONG_PASSPHRASE
        with Workspace.open(crashed, PASSPHRASE, clock=clock) as again:
            assert YearStore(again).scheme_text(YEAR) == "旧" * 20_000

    def test_messages_and_representations_hold_no_passphrase(
        self, workspace: Workspace, path: Path, clock: Clock
    ) -> None:
        with pytest.raises(Refused) as caught:
            workspace.check_passphrase("不对的口令")
        assert "不对的口令" not in str(caught.value)
        assert PASSPHRASE not in repr(workspace)


class TestPassphrase:
    def test_check(self, workspace: Workspace) -> None:
        workspace.check_passphrase(PASSPHRASE)
        with pytest.raises(Refused) as caught:
            workspace.check_passphrase(PASSPHRASE + "x")
        assert caught.value.reason is StorageReason.WRONG_PASSPHRASE

    def test_change(self, workspace: Workspace, path: Path, clock: Clock) -> None:
        salt = path.read_bytes()[:16]
        workspace.change_passphrase(PASSPHRASE, "二号口令")
        assert path.read_bytes()[:16] != salt
        workspace.check_passphrase("二号口令")
        assert scheme_is_writable(workspace)
        with pytest.raises(Unavailable):
            Workspace.open(path, "二号口令", clock=clock)
        workspace.close()
        assert list(path.parent.iterdir()) == [path]
        with pytest.raises(Refused):
            Workspace.open(path, PASSPHRASE, clock=clock)
        with Workspace.open(path, "二号口令", clock=clock) as again:
            assert YearStore(again).scheme_text(YEAR) == "新方案"

    def test_a_wrong_old_or_empty_new_one_changes_nothing(self, workspace: Workspace, path: Path) -> None:
        before = path.read_bytes()
        for old, new in (("不对", "二号口令"), (PASSPHRASE, "")):
            with pytest.raises(Refused):
                workspace.change_passphrase(old, new)
        assert path.read_bytes() == before

    def test_a_failure_half_way_leaves_the_old_one(
        self, workspace: Workspace, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        replace = Path.replace

        def fail(part: Path, target: Path) -> Path:
            if target == path:
                raise OSError(28, "No space left on device")
            return replace(part, target)

        before = path.read_bytes()
        with monkeypatch.context() as patch, pytest.raises(Unavailable):
            patch.setattr(Path, "replace", fail)
            workspace.change_passphrase(PASSPHRASE, "二号口令")
        assert path.read_bytes() == before
        workspace.check_passphrase(PASSPHRASE)
        assert scheme_is_writable(workspace)
        workspace.close()
        assert list(path.parent.iterdir()) == [path]

    def test_a_failure_after_the_move_leaves_the_new_one(
        self, workspace: Workspace, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(synced: Path) -> None:
            if synced == path:
                raise OSError(5, "Input/output error")

        with monkeypatch.context() as patch, pytest.raises(Unavailable):
            patch.setattr(workspace_module, "sync_file", fail)
            workspace.change_passphrase(PASSPHRASE, "二号口令")
        workspace.check_passphrase("二号口令")
        assert scheme_is_writable(workspace)

    @pytest.mark.parametrize("stage", [Stage.OPEN, Stage.SUSPENDED])
    def test_not_while_people_vote(self, workspace: Workspace, session: VotingSession, stage: Stage) -> None:
        set_stage(workspace, session.id, stage)
        with pytest.raises(Refused) as caught:
            workspace.change_passphrase(PASSPHRASE, "二号口令")
        assert caught.value.reason is StorageReason.VOTING


def set_stage(workspace: Workspace, session: SessionId, stage: Stage) -> None:
    with workspace.transaction() as connection:
        connection.execute(text("UPDATE session SET stage = :stage"), {"stage": stage.name})


class TestCopy:
    def test_a_copy_is_the_whole_workspace(self, workspace: Workspace, tmp_path: Path, clock: Clock) -> None:
        YearStore(workspace).add(2018, "长" * 50_000)
        copy = tmp_path / "备份" / "b.gxv"
        copy.parent.mkdir()
        workspace.copy_to(copy)
        assert list(copy.parent.iterdir()) == [copy]
        with Workspace.open(copy, PASSPHRASE, clock=clock) as again:
            assert YearStore(again).scheme_text(2018) == "长" * 50_000
            assert again.identity == workspace.identity
        assert scheme_is_writable(workspace)

    def test_it_is_on_the_medium_before_it_has_its_name(
        self, workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        steps: list[str] = []
        replace, sync = Path.replace, workspace_module.sync_file

        def noted_replace(part: Path, target: Path) -> Path:
            steps.append(f"{part.name} becomes {target.name}")
            return replace(part, target)

        def noted_sync(path: Path) -> None:
            steps.append(f"sync {path.name}")
            sync(path)

        monkeypatch.setattr(Path, "replace", noted_replace)
        monkeypatch.setattr(workspace_module, "sync_file", noted_sync)
        workspace.copy_to(tmp_path / "b")
        assert steps == ["sync b.part", "b.part becomes b", "sync b"]

    def test_it_overwrites_nothing(self, workspace: Workspace, tmp_path: Path) -> None:
        other = tmp_path / "other"
        other.write_bytes(b"precious")
        with pytest.raises(Refused) as caught:
            workspace.copy_to(other)
        assert caught.value.reason is StorageReason.EXISTS
        assert other.read_bytes() == b"precious"

    def test_a_missing_folder_is_told(self, workspace: Workspace, tmp_path: Path) -> None:
        with pytest.raises(Unavailable) as caught:
            workspace.copy_to(tmp_path / "U盘" / "b.gxv")
        assert caught.value.reason is StorageReason.UNREACHABLE

    @pytest.mark.parametrize("stage", [Stage.OPEN, Stage.SUSPENDED])
    def test_not_while_people_vote(
        self, workspace: Workspace, session: VotingSession, tmp_path: Path, stage: Stage
    ) -> None:
        """Copies taken between casts would tell their order."""
        set_stage(workspace, session.id, stage)
        with pytest.raises(Refused) as caught:
            workspace.copy_to(tmp_path / "b.gxv")
        assert caught.value.reason is StorageReason.VOTING
        assert not (tmp_path / "b.gxv").exists()

    def test_not_inside_a_transaction(self, workspace: Workspace, tmp_path: Path) -> None:
        with pytest.raises(RuntimeError), workspace.transaction():
            workspace.copy_to(tmp_path / "b.gxv")
        assert not (tmp_path / "b.gxv").exists()
