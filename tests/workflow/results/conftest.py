"""What do the tests of results share?"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.workflow.record.sample import SampleRun, sample_facts
from tests.stretching import CHEAP_COSTS
from tests.workflow.conftest import Clock


@pytest.fixture
def finished(sample_year: SampleRun, tmp_path: Path) -> Iterator[Workspace]:
    """A copy of the finished sample of 2017, to go on with."""
    path = Path(shutil.copy(sample_year.workspace.path, tmp_path / "2017.gxv"))
    with Workspace.open(path, sample_facts().passphrase, clock=Clock(19), costs=CHEAP_COSTS) as workspace:
        yield workspace
