"""Does only one program at a time work in a workspace?"""

import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from gaoxin_vote.errors import Unavailable
from gaoxin_vote.storage.encrypted_file import connect
from gaoxin_vote.storage.failures import StorageReason
from gaoxin_vote.storage.passphrase import derive_key
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.storage.year import YearStore
from tests.stretching import CHEAP_COSTS

from .conftest import PASSPHRASE, driver, scheme_is_writable

_ROOT = Path(__file__).parents[2]

Clock = Callable[[], datetime]


class TestExclusiveUse:
    def test_a_second_window_is_told(self, workspace: Workspace, path: Path, clock: Clock) -> None:
        with pytest.raises(Unavailable) as caught:
            Workspace.open(path, PASSPHRASE, clock=clock, costs=CHEAP_COSTS)
        assert caught.value.reason is StorageReason.IN_USE
        assert scheme_is_writable(workspace)

    def test_the_same_file_by_another_name_is_the_same_file(
        self, workspace: Workspace, path: Path, clock: Clock
    ) -> None:
        link = path.parent / "捷径.gxv"
        link.symlink_to(path)
        with pytest.raises(Unavailable) as caught:
            Workspace.open(link, PASSPHRASE, clock=clock, costs=CHEAP_COSTS)
        assert caught.value.reason is StorageReason.IN_USE
        assert workspace.path == path

    def test_another_program_is_told_and_let_in_afterwards(
        self, workspace: Workspace, path: Path, clock: Clock
    ) -> None:
        program = (
            "import sys; from datetime import datetime; from pathlib import Path\n"
            "from gaoxin_vote.errors import Unavailable\n"
            "from gaoxin_vote.storage.workspace import Workspace\n"
            "from tests.stretching import CHEAP_COSTS\n"
            "path, words = Path(sys.argv[1]), sys.argv[2]\n"
            "try: Workspace.open(path, words, clock=datetime.now, costs=CHEAP_COSTS).close()\n"
            "except Unavailable as failure: print(failure.reason.name)\n"
            "else: print('opened')\n"
        )
        command = [sys.executable, "-c", program, str(path), PASSPHRASE]
        first = subprocess.run(command, capture_output=True, text=True, check=True, cwd=_ROOT)
        workspace.close()
        second = subprocess.run(command, capture_output=True, text=True, check=True, cwd=_ROOT)
        assert (first.stdout, second.stdout) == ("IN_USE\n", "opened\n")

    def test_a_lock_file_left_behind_does_not_hinder(self, closed: Path, clock: Clock) -> None:
        closed.with_name(closed.name + ".lock").touch()
        Workspace.open(closed, PASSPHRASE, clock=clock, costs=CHEAP_COSTS).close()
        assert list(closed.parent.iterdir()) == [closed]

    def test_a_program_that_does_not_know_our_lock_is_told_apart(
        self, workspace: Workspace, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        driver(workspace).execute("PRAGMA busy_timeout = 0")
        salt = path.read_bytes()[:16]
        other = connect(path, derive_key(PASSPHRASE, salt, CHEAP_COSTS.workspace), salt)
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
        Workspace.open(path, PASSPHRASE, clock=clock, costs=CHEAP_COSTS).close()

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
