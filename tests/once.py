"""How do several test processes share what takes long to make?"""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

_LONGEST = 600
"""Seconds for which a process waits until another has made something."""


def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all processes of one test run have in common, and no other run has."""
    own = tmp_path_factory.getbasetemp()
    # The processes of pytest-xdist have folders beside each other, in that of the run.
    shared = (own.parent if own.name.startswith("popen-") else own) / "shared"
    shared.mkdir(exist_ok=True)
    return shared


def made_once(path: Path, make: Callable[[Path], object]) -> Path:
    """The file or folder `path`, made by `make` where no process of this run has made it before.

    `make` gets a place to make it at, and the result is moved to `path` when it is whole: what a process
    that failed or was killed had begun is never seen, and the next one makes it anew.
    """
    with _alone(path):
        if not path.exists():
            making = path.with_name(f"making-{path.name}")
            shutil.rmtree(making, ignore_errors=True)
            making.unlink(missing_ok=True)
            make(making)
            making.rename(path)
    return path


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Only one process at a time; a killed one lets go by itself.

    The lock is SQLite's: the same on every system, and it knows how to wait.
    """
    lock = path.with_name(f"{path.name}.lock")
    with closing(sqlite3.connect(lock, timeout=_LONGEST, isolation_level=None)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        yield
        connection.execute("ROLLBACK")
