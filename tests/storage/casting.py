"""Casts one ballot after another and tells each credential when its ballot is durable; killed by the test."""

import sys
from datetime import UTC, datetime
from pathlib import Path

from gaoxin_vote.domain.session import SessionId
from gaoxin_vote.storage.ballot_box import BallotBox
from gaoxin_vote.storage.workspace import Workspace
from tests.stretching import CHEAP_COSTS


def main(path: str, words: str, session: str) -> None:
    """Cast in every slot of the session, in list order."""
    workspace = Workspace.open(Path(path), words, clock=lambda: datetime.now(UTC), costs=CHEAP_COSTS)
    box = BallotBox(workspace, SessionId(int(session)))
    for credential in box.credentials():
        box.cast(credential, credential * 8000)
        print(credential, flush=True)  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
