"""What is a damaged file, a full disk or a lost medium to a workspace?"""

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from gaoxin_vote.errors import EvidenceBroken, Refused, Unavailable
from gaoxin_vote.storage.failures import StorageReason
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.storage.year import YearStore
from tests.stretching import CHEAP_COSTS

from .conftest import PASSPHRASE, YEAR, driver, scheme_is_writable

_ROOT = Path(__file__).parents[2]
Clock = Callable[[], datetime]


class TestDamage:
    """Every page is read when the file is opened."""

    def test_a_flipped_bit_anywhere_is_noticed(self, closed: Path, clock: Clock) -> None:
        whole = closed.read_bytes()
        for page in range(1, len(whole) // 4096):
            content = bytearray(whole)
            content[page * 4096 + (page * 997) % 4096] ^= 1 << page % 8
            closed.write_bytes(content)
            with pytest.raises(EvidenceBroken) as caught:
                Workspace.open(closed, PASSPHRASE, clock=clock, costs=CHEAP_COSTS)
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
            Workspace.open(closed, PASSPHRASE, clock=clock, costs=CHEAP_COSTS)
        assert caught.value.reason is StorageReason.WRONG_PASSPHRASE
        assert "损坏" in caught.value.message

    @pytest.mark.parametrize("missing", [1, 4095, 4096, 4097, 10 * 4096])
    def test_a_truncated_file_is_noticed(self, closed: Path, clock: Clock, missing: int) -> None:
        closed.write_bytes(closed.read_bytes()[:-missing])
        with pytest.raises(EvidenceBroken) as caught:
            Workspace.open(closed, PASSPHRASE, clock=clock, costs=CHEAP_COSTS)
        assert caught.value.reason is StorageReason.DAMAGED

    def test_swapped_pages_are_noticed(self, closed: Path, clock: Clock) -> None:
        content = closed.read_bytes()
        pages = [content[at : at + 4096] for at in range(0, len(content), 4096)]
        pages[3], pages[4] = pages[4], pages[3]
        closed.write_bytes(b"".join(pages))
        with pytest.raises(EvidenceBroken) as caught:
            Workspace.open(closed, PASSPHRASE, clock=clock, costs=CHEAP_COSTS)
        assert caught.value.details == ("第4页校验不符", "第5页校验不符")

    def test_appended_bytes_are_noticed(self, closed: Path, clock: Clock) -> None:
        closed.write_bytes(closed.read_bytes() + bytes(4096))
        with pytest.raises(EvidenceBroken):
            Workspace.open(closed, PASSPHRASE, clock=clock, costs=CHEAP_COSTS)

    def test_trees_that_do_not_fit_are_noticed(self, workspace: Workspace, path: Path, clock: Clock) -> None:
        """Every page is authentic, and yet an index lacks what its table has."""
        driver(workspace).execute("PRAGMA writable_schema = ON")
        driver(workspace).execute(
            "UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = "
            "'sqlite_autoindex_slot_1') WHERE name = 'sqlite_autoindex_elector_1'"
        )
        workspace.close()
        with pytest.raises(EvidenceBroken) as caught:
            Workspace.open(path, PASSPHRASE, clock=clock, costs=CHEAP_COSTS)
        assert caught.value.details
        assert all(line.startswith("数据库的原话：") for line in caught.value.details)

    def test_a_copy_that_does_not_verify_is_not_kept(self, workspace: Workspace, path: Path) -> None:
        driver(workspace).execute("PRAGMA writable_schema = ON")
        driver(workspace).execute(
            "UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = "
            "'sqlite_autoindex_slot_1') WHERE name = 'sqlite_autoindex_elector_1'"
        )
        with pytest.raises(EvidenceBroken) as caught:
            workspace.copy_to(path.with_name("备份.gxv"))
        assert caught.value.reason is StorageReason.DAMAGED
        assert not list(path.parent.glob("备份*"))

    def test_damage_while_it_is_open_is_noticed(self, workspace: Workspace, path: Path) -> None:
        content = path.read_bytes()
        path.write_bytes(content[:4096] + bytes(len(content) - 4096))
        driver(workspace).execute("PRAGMA shrink_memory")
        with pytest.raises(EvidenceBroken) as caught:
            scheme_is_writable(workspace)
        assert caught.value.reason is StorageReason.DAMAGED


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

    def test_nothing_is_read_in_a_transaction_that_was_undone(self, workspace: Workspace) -> None:
        with pytest.raises(RuntimeError, match="undone"), workspace.transaction():
            driver(workspace).execute("ROLLBACK")
            with pytest.raises(RuntimeError, match="undone"):
                YearStore(workspace).years()

    def test_going_on_after_a_full_disk_inside_a_transaction_is_a_bug(self, workspace: Workspace) -> None:
        """SQLite has undone all of it by then: what follows would be stored on its own."""
        with pytest.raises(RuntimeError, match="undone"), workspace.transaction():
            driver(workspace).execute("ROLLBACK")
            YearStore(workspace).add(2018, "")
        with pytest.raises(RuntimeError, match="undone"), workspace.transaction():
            driver(workspace).execute("ROLLBACK")
        with (
            pytest.raises(RuntimeError, match="undone"),
            workspace.transaction(),
            pytest.raises(RuntimeError, match="undone"),
            workspace.transaction(),
        ):
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
            "from gaoxin_vote.errors import Unavailable\n"
            "from gaoxin_vote.storage.workspace import Workspace\n"
            "from gaoxin_vote.storage.year import YearStore\n"
            "from tests.stretching import CHEAP_COSTS\n"
            "path, words = Path(sys.argv[1]), sys.argv[2]\n"
            "workspace = Workspace.open(path, words, clock=datetime.now, costs=CHEAP_COSTS)\n"
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
        told = subprocess.run(command, capture_output=True, encoding="utf-8", check=True, cwd=_ROOT)
        assert told.stdout.splitlines() == ["UNREACHABLE", "方案文本", "UNREACHABLE", "500000"]
        assert not list(closed.parent.glob("*.copy*"))
