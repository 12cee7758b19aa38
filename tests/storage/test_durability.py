"""Is a ballot that was acknowledged still there when the program is killed at once?"""

import random
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from gaoxin_vote.domain.session import VotingSession
from gaoxin_vote.storage.ballot_box import BallotBox, SlotState
from gaoxin_vote.storage.workspace import Workspace
from tests.stretching import CHEAP_COSTS

from .conftest import PASSPHRASE

_ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("seed", range(5))
def test_every_acknowledged_ballot_survives(
    workspace: Workspace, session: VotingSession, path: Path, clock: Callable[[], datetime], seed: int
) -> None:
    box = BallotBox(workspace, session.id)
    box.open_slots([(f"{place:010d}", bytes(60)) for place in range(200)], 85_000)
    workspace.close()
    command = [sys.executable, "-m", "tests.storage.casting", str(path), PASSPHRASE, str(session.id)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=_ROOT) as child:
        assert child.stdout is not None
        told = [child.stdout.readline().strip() for _ in range(random.Random(seed).randrange(5, 60))]
        child.kill()
        told += child.stdout.read().split()
    assert all(told)
    assert len(told) < 200, "the child was done before it was killed"
    with Workspace.open(path, PASSPHRASE, clock=clock, costs=CHEAP_COSTS) as again:
        found = BallotBox(again, session.id)
        counts = found.counts()
        used = counts.used
        assert used - len(told) in (0, 1)  # one may be durable and not yet told
        assert (counts.unused + used, counts.spoiled) == (200, 0)
        assert all(found.state(credential) is SlotState.USED for credential in told)
        stored = list(found.ballots())
        assert stored[: len(told)] == [credential * 8000 for credential in told]
        rest = found.credentials()[used]
        found.cast(rest, "接着投")  # the meeting goes on
        assert not path.with_name(path.name + "-journal").exists()
