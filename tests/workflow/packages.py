"""How is a record package tampered with in a test?"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gaoxin_vote.domain.codec import canonical_json, from_json
from gaoxin_vote.domain.contest import Contest
from gaoxin_vote.errors import EvidenceBroken
from gaoxin_vote.workflow.record.package_files import (
    SESSIONS,
    PackagedSession,
    PackagedSheet,
    zipped,
)
from gaoxin_vote.workflow.verify.any_file import verify_path

Files = dict[str, bytes]
Repair = Callable[[Files], Files]


def broken(files: Files, tmp_path: Path) -> EvidenceBroken:
    """Why the package of these files does not verify."""
    path = tmp_path / "package.zip"
    path.write_bytes(zipped(files))
    with pytest.raises(EvidenceBroken) as error:
        verify_path(path)
    return error.value


def packaged(files: Files, contest: Contest) -> PackagedSession:
    """The first session of the contest, which a package names by its uuid."""
    sessions = (from_json(PackagedSession, value, where=SESSIONS) for value in json.loads(files[SESSIONS]))
    return next(session for session in sessions if session.contest == contest)


def report_sheet(files: Files, contest: Contest) -> PackagedSheet:
    """The report of the first session of the contest."""
    return PackagedSheet("F5", packaged(files, contest).uuid, 1, 1)


def edit_json(files: Files, name: str, change: Callable[[Any], object]) -> Files:
    """The files with one JSON value changed in place."""
    value = json.loads(files[name])
    change(value)
    return files | {name: canonical_json(value).encode()}
