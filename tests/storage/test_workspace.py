"""Which encrypted file does the office work in?"""

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlcipher3 import dbapi2

from gaoxin_vote.errors import Refused, Unavailable
from gaoxin_vote.storage import workspace as workspace_module
from gaoxin_vote.storage.encrypted_file import connect
from gaoxin_vote.storage.failures import StorageReason
from gaoxin_vote.storage.passphrase import derive_key
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.storage.year import YearStore
from tests.stretching import CHEAP_COSTS

from .conftest import PASSPHRASE, YEAR, driver, scheme_is_writable

Clock = Callable[[], datetime]


class TestCreate:
    def test_what_is_made_can_be_opened(self, closed: Path, clock: Clock) -> None:
        with Workspace.open(closed, PASSPHRASE, clock=clock, costs=CHEAP_COSTS) as again:
            assert again.path == closed
            assert again.office == "考核办公室"
            assert YearStore(again).years() == (YEAR,)

    def test_the_salt_is_drawn_first_and_heads_the_file(self, path: Path, clock: Clock) -> None:
        drawn: list[int] = []

        def random_bytes(size: int) -> bytes:
            drawn.append(size)
            return bytes([len(drawn)]) * size

        Workspace.create(
            path, PASSPHRASE, office="办", clock=clock, costs=CHEAP_COSTS, random_bytes=random_bytes
        ).close()
        assert drawn == [16, 16]
        assert path.read_bytes()[:16] == b"\1" * 16
        key = derive_key(PASSPHRASE, b"\1" * 16, CHEAP_COSTS.workspace)
        connect(path, key, b"\1" * 16).close()

    @pytest.mark.parametrize("name", ["a b%20c?mode=ro&x#y.gxv", "考核'\"；.gxv", "~$a", "C:x"])
    def test_any_file_name_will_do(self, tmp_path: Path, clock: Clock, name: str) -> None:
        if os.name != "posix":
            pytest.skip("names that only POSIX allows")
        Workspace.create(tmp_path / name, PASSPHRASE, office="办", clock=clock, costs=CHEAP_COSTS).close()
        Workspace.open(tmp_path / name, PASSPHRASE, clock=clock, costs=CHEAP_COSTS).close()
        assert [entry.name for entry in tmp_path.iterdir()] == [name]

    def test_two_workspaces_differ_in_salt_and_identity(self, tmp_path: Path, clock: Clock) -> None:
        heads, identities = set(), set()
        for name in ("a", "b"):
            with Workspace.create(
                tmp_path / name, PASSPHRASE, office="办", clock=clock, costs=CHEAP_COSTS
            ) as made:
                identities.add(made.identity)
            heads.add((tmp_path / name).read_bytes()[:16])
        assert len(heads) == len(identities) == 2

    @pytest.mark.skipif(os.name != "posix", reason="file modes are a POSIX thing")
    def test_only_the_owner_may_read_it(self, workspace: Workspace) -> None:
        assert workspace.path.stat().st_mode & 0o777 == 0o600

    def test_an_existing_file_stays(self, closed: Path, clock: Clock) -> None:
        before = closed.read_bytes()
        with pytest.raises(Refused) as caught:
            Workspace.create(closed, PASSPHRASE, office="办", clock=clock, costs=CHEAP_COSTS)
        assert caught.value.reason is StorageReason.EXISTS
        assert closed.read_bytes() == before

    def test_an_empty_passphrase_is_refused(self, path: Path, clock: Clock) -> None:
        with pytest.raises(Refused) as caught:
            Workspace.create(path, "", office="办", clock=clock, costs=CHEAP_COSTS)
        assert caught.value.reason is StorageReason.EMPTY_PASSPHRASE
        assert list(path.parent.iterdir()) == []

    def test_a_missing_folder_is_told(self, tmp_path: Path, clock: Clock) -> None:
        with pytest.raises(Unavailable) as caught:
            Workspace.create(
                tmp_path / "U盘" / "a.gxv", PASSPHRASE, office="办", clock=clock, costs=CHEAP_COSTS
            )
        assert caught.value.reason is StorageReason.UNREACHABLE
        assert "U盘" in caught.value.message

    def test_nothing_is_left_when_it_fails(
        self, path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(connection: object) -> None:
            raise OSError("the medium is gone")

        monkeypatch.setattr(workspace_module, "migrate", fail)
        with pytest.raises(OSError, match="gone"):
            Workspace.create(path, PASSPHRASE, office="办", clock=clock, costs=CHEAP_COSTS)
        assert list(path.parent.iterdir()) == []

    def test_the_rest_of_a_creation_that_was_cut_short_does_not_hinder(
        self, path: Path, clock: Clock
    ) -> None:
        path.with_name(path.name + ".part").write_bytes(b"half")
        Workspace.create(path, PASSPHRASE, office="办", clock=clock, costs=CHEAP_COSTS).close()
        assert [entry.name for entry in path.parent.iterdir()] == [path.name]


class TestOpen:
    def test_full_width_passphrase_opens(self, closed: Path, clock: Clock) -> None:
        Workspace.open(closed, "一号　口令　Ｎｏ．１", clock=clock, costs=CHEAP_COSTS).close()

    def test_a_wrong_passphrase_is_refused(self, closed: Path, clock: Clock) -> None:
        before = closed.read_bytes()
        with pytest.raises(Refused) as caught:
            Workspace.open(closed, "别的口令", clock=clock, costs=CHEAP_COSTS)
        assert caught.value.reason is StorageReason.WRONG_PASSPHRASE
        assert "口令不正确" in caught.value.message
        assert closed.read_bytes() == before
        assert list(closed.parent.iterdir()) == [closed]
        Workspace.open(closed, PASSPHRASE, clock=clock, costs=CHEAP_COSTS).close()

    def test_a_missing_file_is_told(self, path: Path, clock: Clock) -> None:
        with pytest.raises(Unavailable) as caught:
            Workspace.open(path, PASSPHRASE, clock=clock, costs=CHEAP_COSTS)
        assert caught.value.reason is StorageReason.MISSING
        assert list(path.parent.iterdir()) == []

    def test_a_missing_folder_is_told(self, path: Path, clock: Clock) -> None:
        with pytest.raises(Unavailable) as caught:
            Workspace.open(path / "x" / "y.gxv", PASSPHRASE, clock=clock, costs=CHEAP_COSTS)
        assert caught.value.reason is StorageReason.MISSING

    @pytest.mark.parametrize(
        "content",
        [b"", b"PK\x03\x04", b"SQLite format 3\0" + bytes(4080), "说明.txt".encode()],
        ids=["empty", "short", "plain SQLite", "text"],
    )
    def test_a_foreign_file_is_refused(self, path: Path, clock: Clock, content: bytes) -> None:
        path.write_bytes(content)
        with pytest.raises(Refused) as caught:
            Workspace.open(path, PASSPHRASE, clock=clock, costs=CHEAP_COSTS)
        assert caught.value.reason is StorageReason.NOT_A_WORKSPACE
        assert path.read_bytes() == content
        assert list(path.parent.iterdir()) == [path]

    @pytest.mark.parametrize("size", [16, 100, 4096, 10_000])
    def test_random_bytes_look_like_a_wrong_passphrase(self, path: Path, clock: Clock, size: int) -> None:
        content = bytes(range(1, 251)) * 40
        path.write_bytes(content[:size])
        with pytest.raises(Refused) as caught:
            Workspace.open(path, PASSPHRASE, clock=clock, costs=CHEAP_COSTS)
        assert caught.value.reason in (StorageReason.WRONG_PASSPHRASE, StorageReason.NOT_A_WORKSPACE)
        assert path.read_bytes() == content[:size]

    def test_an_empty_file_is_told(self, path: Path, clock: Clock) -> None:
        path.touch()
        with pytest.raises(Refused, match="文件是空的"):
            Workspace.open(path, PASSPHRASE, clock=clock)

    @pytest.mark.skipif(os.name != "posix", reason="elsewhere a file below a file is just missing")
    def test_a_file_out_of_reach_is_told(self, closed: Path, clock: Clock) -> None:
        with pytest.raises(Unavailable) as caught:
            Workspace.open(closed / "a.gxv", PASSPHRASE, clock=clock)
        assert caught.value.reason is StorageReason.UNREACHABLE

    def test_a_folder_is_refused(self, tmp_path: Path, clock: Clock) -> None:
        with pytest.raises(Refused) as caught:
            Workspace.open(tmp_path, PASSPHRASE, clock=clock, costs=CHEAP_COSTS)
        assert caught.value.reason is StorageReason.NOT_A_WORKSPACE

    def test_a_file_of_another_program_is_refused(self, path: Path, clock: Clock) -> None:
        salt = bytes(range(16))
        path.touch()
        other = connect(path, derive_key(PASSPHRASE, salt, CHEAP_COSTS.workspace), salt)
        other.execute("CREATE TABLE alembic_version AS SELECT '0001' AS version_num")
        other.close()
        with pytest.raises(Refused) as caught:
            Workspace.open(path, PASSPHRASE, clock=clock, costs=CHEAP_COSTS)
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
            Workspace.open(closed, PASSPHRASE, clock=clock, costs=CHEAP_COSTS)

    def test_nothing_is_written_to_the_terminal(
        self, closed: Path, clock: Clock, capfd: pytest.CaptureFixture[str]
    ) -> None:
        with pytest.raises(Refused):
            Workspace.open(closed, "别的口令", clock=clock, costs=CHEAP_COSTS)
        assert capfd.readouterr() == ("", "")


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
        other = connect(path, derive_key(PASSPHRASE, salt, CHEAP_COSTS.workspace), salt)
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
