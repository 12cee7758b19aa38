"""What do the storage tests share?"""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from gaoxin_vote.domain.session import SlipMode, VotingSession
from gaoxin_vote.domain.units import UnitCode
from gaoxin_vote.storage.sessions import NewSession, SessionStore
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.storage.year import YearStore
from tests.contests import PEER
from tests.stretching import CHEAP_COSTS

PASSPHRASE = "一号 口令 No.1"
YEAR = 2017


@pytest.fixture
def clock() -> Callable[[], datetime]:
    """A clock that goes on by a minute each time it is read."""
    moments = iter(range(1_000_000))
    return lambda: datetime(2018, 1, 10, 9, 0, tzinfo=UTC) + timedelta(minutes=next(moments))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "考核 2017.gxv"


@pytest.fixture(scope="session")
def new_workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a new workspace, to be copied: making its tables takes ten times as long as opening it."""
    path = tmp_path_factory.mktemp("new") / "考核 2017.gxv"
    now = datetime(2018, 1, 10, 9, 0, tzinfo=UTC)
    with Workspace.create(
        path, PASSPHRASE, office="考核办公室", clock=lambda: now, costs=CHEAP_COSTS
    ) as made:
        YearStore(made).add(YEAR, "方案文本")
    return path


@pytest.fixture
def workspace(new_workspace: Path, path: Path, clock: Callable[[], datetime]) -> Iterator[Workspace]:
    """A new workspace with a draft of 2017."""
    shutil.copy(new_workspace, path)
    with Workspace.open(path, PASSPHRASE, clock=clock, costs=CHEAP_COSTS) as made:
        yield made


@pytest.fixture
def session(workspace: Workspace) -> VotingSession:
    """A peer rating of two units that is being prepared."""
    units = (UnitCode("U01"), UnitCode("U02"))
    return SessionStore(workspace).add(YEAR, NewSession("hmoRBLU8TcgFE3", PEER, units, SlipMode.NAMED))


@pytest.fixture
def closed(workspace: Workspace, path: Path) -> Path:
    """The file of a workspace that nobody has open."""
    workspace.close()
    return path


def driver(workspace: Workspace) -> dbapi2.Connection:
    """The connection beneath a workspace."""
    transactions = workspace._transactions
    assert transactions is not None
    return transactions.driver


def scheme_is_writable(workspace: Workspace) -> bool:
    """Whether something can be written and read back."""
    YearStore(workspace).set_scheme_text(YEAR, "新方案")
    return YearStore(workspace).scheme_text(YEAR) == "新方案"
