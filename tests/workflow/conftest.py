"""A small office to work with: five units, three leaders, two of three trustees."""

import hashlib
import json
import pickle
import shutil
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from gaoxin_vote.belenios.verification import ArchiveReport, verify_archive
from gaoxin_vote.documents.certification import sign_bytes
from gaoxin_vote.domain.ballot import Mark, MarkedBallot
from gaoxin_vote.domain.contest import Contest
from gaoxin_vote.domain.record import AssessmentRecord
from gaoxin_vote.domain.scheme_file import shipped_scheme_text
from gaoxin_vote.domain.session import SessionId, VotingSession
from gaoxin_vote.errors import Refused
from gaoxin_vote.spreadsheets.kinds.units import LEADERS, UNITS
from gaoxin_vote.storage.ceremony import CeremonyStore
from gaoxin_vote.storage.sessions import SessionStore
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.workflow.ceremony.trustee_keys import begin_ceremony
from gaoxin_vote.workflow.record.package_files import (
    MANIFEST,
    SIGNATURE,
    manifest_of,
)
from gaoxin_vote.workflow.record.sample import SampleRun, printed_codes, run_sample, sample_facts
from gaoxin_vote.workflow.results.intake import apply_import, preview_import
from gaoxin_vote.workflow.session.casting import Admission, admit, cast
from gaoxin_vote.workflow.session.preparation import SessionPlan, prepare_session
from gaoxin_vote.workflow.session.running import open_session
from gaoxin_vote.workflow.session.slip_code import SlipReason
from gaoxin_vote.workflow.session.slip_desk import issue_slip
from gaoxin_vote.workflow.session.slip_making import make_slips
from gaoxin_vote.workflow.session.turnout import session_state
from gaoxin_vote.workflow.setup.workspaces import create_workspace
from gaoxin_vote.workflow.setup.years import add_year
from gaoxin_vote.workflow.verify import package as verify_package
from gaoxin_vote.workflow.verify import package_sheets
from tests.once import made_once, shared_folder
from tests.stretching import CHEAP_COSTS
from tests.workflow.packages import Files, Repair

PASSPHRASE = "officer passphrase 1"
TRUSTEES = ("考核办", "区纪委", "组织人事局")


class Clock:
    """A clock that moves on by a second whenever it is asked."""

    def __init__(self, day: int = 17) -> None:
        self.now = datetime(2018, 1, day, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@dataclass
class Office:
    """A workspace after the key ceremony, and the shares of its trustees."""

    workspace: Workspace
    year: int
    shares: tuple[Path, ...]
    folder: Path

    def codes(self, session_id: SessionId) -> tuple[str, ...]:
        """Make the slips and read their codes off the paper."""
        return printed_codes(make_slips(self.workspace, session_id))

    def open(self, contest: Contest, **choices: object) -> tuple[SessionId, tuple[str, ...], tuple[str, ...]]:
        """An open session with every slip handed out: its id, the live codes and those of the spares."""
        session_id = prepare_session(self.workspace, self.year, SessionPlan(contest, **choices))  # type: ignore[arg-type]
        codes = self.codes(session_id)
        open_session(self.workspace, session_id)
        electors = session_state(self.workspace, session_id).roll.electors
        for elector in electors:
            issue_slip(self.workspace, session_id, elector.code, True)
        return session_id, codes[: len(electors)], codes[len(electors) :]

    def vote(self, session_id: SessionId, code: str, mark: Mark = Mark.GOOD) -> str:
        """Cast the same mark for everybody; the own unit is recused. Returns the tracker."""
        admission = admit(self.workspace, session_id, code)
        return cast(self.workspace, admission, same_mark(admission, mark))


def same_mark(admission: Admission, mark: Mark) -> MarkedBallot:
    """A ballot with one mark for everybody but the own unit."""
    return MarkedBallot(
        admission.contest,
        tuple(
            (unit.code, Mark.RECUSE if unit.code == admission.own_unit else mark) for unit in admission.units
        ),
    )


@contextmanager
def refused(workspace: Workspace, reason: Enum, words: str | None = None) -> Iterator[None]:
    """The block is refused for this reason, and the workspace is what it was to the last byte."""
    before = workspace.path.read_bytes()
    with pytest.raises(Refused, match=words) as error:
        yield
    assert error.value.reason is reason
    assert workspace.path.read_bytes() == before


def refusal(error: pytest.ExceptionInfo[Refused]) -> SlipReason:
    """The reason of a refused slip."""
    reason = error.value.reason
    assert isinstance(reason, SlipReason)
    return reason


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workspace, int, Path]]:
    """A workspace with units and leaders, before the ceremony."""
    folder = tmp_path_factory.mktemp("office")
    workspace = create_workspace(folder / "w.gxv", PASSPHRASE, "高新区考核办", Clock(), CHEAP_COSTS)
    year = add_year(workspace, shipped_scheme_text("2017"))
    units = "code,name,class,staff\nU01,办公室,机关部门,28\nU02,财政局,机关部门,21\nU03,统计局,机关部门,8\n"
    (folder / "units.csv").write_text(units + "U04,信访局,机关部门,7\nU05,华兴街道,街道(办事处),46\n")
    (folder / "leaders.csv").write_text("code,title\nL1,党工委书记\nL2,管委会主任\nL3,纪工委书记\n")
    for kind, name in ((UNITS, "units.csv"), (LEADERS, "leaders.csv")):
        apply_import(workspace, year, preview_import(workspace, year, kind, folder / name))
    yield workspace, year, folder
    workspace.close()


@pytest.fixture(scope="module")
def office(bare: tuple[Workspace, int, Path]) -> Office:
    """The same after the ceremony."""
    return after_ceremony(bare, bare[1])


def after_ceremony(bare: tuple[Workspace, int, Path], year: int) -> Office:
    """The office when the keys of `year` are made."""
    return _with_keys(bare[0], year, bare[2])


def renewed(office: Office, reason: str) -> Office:
    """The office once the year's keys are made anew; its shares are the new ones."""
    return _with_keys(office.workspace, office.year, office.folder, reason)


def _with_keys(workspace: Workspace, year: int, folder: Path, reason: str = "") -> Office:
    ceremony = begin_ceremony(workspace, year, TRUSTEES, 2, reason=reason)
    turn = len(CeremonyStore(workspace).ceremonies(year)) + 1
    shares = tuple(folder / f"share-{year}-{turn}-{index}.json" for index in range(len(TRUSTEES)))
    for index, share in enumerate(shares):
        ceremony.hand_over(index, f"trustee {index} secret", share)
    ceremony.complete()
    return Office(workspace, year, shares, folder)


def another_year(bare: tuple[Workspace, int, Path], scheme_text: str, leaders: str) -> int:
    """The year of this scheme with the same units, and with leaders as they stand in a CSV file."""
    workspace, _, folder = bare
    year = add_year(workspace, scheme_text)
    (folder / "these.csv").write_text(leaders, encoding="utf-8")
    for kind, name in ((UNITS, "units.csv"), (LEADERS, "these.csv")):
        apply_import(workspace, year, preview_import(workspace, year, kind, folder / name))
    return year


@pytest.fixture(scope="session")
def sample_year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SampleRun]:
    """The whole year 2017, run once for all tests that look at it; the workspace is a copy of their own."""
    folder = made_once(shared_folder(tmp_path_factory) / "sample", _run_sample)
    own = tmp_path_factory.mktemp("sample") / "2017.gxv"
    shutil.copy(folder / "2017.gxv", own)
    kept: _Kept = pickle.loads((folder / "kept").read_bytes())
    with Workspace.open(own, sample_facts().passphrase, clock=Clock(18), costs=CHEAP_COSTS) as workspace:
        yield SampleRun(
            workspace,
            kept.record,
            tuple(folder / name for name in kept.archives),
            tuple(folder / name for name in kept.sheets),
            folder / kept.package,
            kept.fingerprint,
        )


def session_of(workspace: Workspace, contest: Contest, year: int = 2017) -> VotingSession:
    """The first session of the contest."""
    found = SessionStore(workspace).sessions(year)
    return next(session for session in found if session.contest == contest)


@dataclass(frozen=True)
class _Kept:
    """What a run left behind, for another process: names within the shared folder, and no open file."""

    record: AssessmentRecord
    archives: tuple[Path, ...]
    sheets: tuple[Path, ...]
    package: Path
    fingerprint: str


def _run_sample(folder: Path) -> None:
    folder.mkdir()
    run = run_sample(folder / "2017.gxv", folder / "out", Clock(), costs=CHEAP_COSTS)
    run.workspace.close()
    kept = _Kept(
        run.record,
        tuple(path.relative_to(folder) for path in run.archives),
        tuple(path.relative_to(folder) for path in run.sheets),
        run.package.relative_to(folder),
        run.fingerprint,
    )
    (folder / "kept").write_bytes(pickle.dumps(kept))


@pytest.fixture(scope="session")
def verify_once(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., ArchiveReport]:
    """Checks the proofs of an archive and its second proofs, and the next time says what they said."""
    shared = shared_folder(tmp_path_factory)
    known: dict[str, ArchiveReport] = {}

    def verify(content: bytes, *, bindings: dict[int, str], **options: Any) -> ArchiveReport:
        def check(path: Path) -> None:
            path.write_bytes(pickle.dumps(verify_archive(content, bindings=bindings, **options)))

        case = hashlib.sha256(content + json.dumps(bindings).encode()).hexdigest()
        if case not in known:
            known[case] = pickle.loads(made_once(shared / f"proofs-{case}", check).read_bytes())
        return known[case]

    return verify


@pytest.fixture(scope="module")
def proofs_once(verify_once: Callable[..., ArchiveReport]) -> Iterator[None]:
    """Each archive and each sheet of a package is checked once: tampered with is what follows from them."""

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(verify_package, "verify_archive", verify_once)
        patch.setattr(package_sheets, "verify_sheet", lru_cache(package_sheets.verify_sheet))
        yield


@pytest.fixture(scope="module")
def package(sample_year: SampleRun) -> Files:
    with zipfile.ZipFile(sample_year.package) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def office_key(sample_year: SampleRun) -> tuple[bytes, bytes]:
    """The certificate and key with which the office signs."""
    ceremony = CeremonyStore(sample_year.workspace).ceremony(2017)
    return ceremony.certificate.encode(), ceremony.certificate_key.encode()


@pytest.fixture
def no_proofs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing may be recomputed before the files are compared with the manifest."""

    def never(*_: object, **__: object) -> None:
        raise AssertionError("proofs were checked first")

    monkeypatch.setattr(verify_package, "verify_archive", never)
    monkeypatch.setattr(verify_package, "read_assessment_files", never)


@pytest.fixture
def repaired(office_key: tuple[bytes, bytes]) -> Repair:
    """Makes manifest and signature right again."""

    def repair(files: Files) -> Files:
        facts = json.loads(files[MANIFEST])
        for name in ("kind", "version", "files"):
            facts.pop(name)
        text = manifest_of(files, **facts)
        return files | {MANIFEST: text, SIGNATURE: sign_bytes(office_key[1], text).encode()}

    return repair
