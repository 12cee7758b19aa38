"""How often is the file asked? An act reads a year or a session once and passes on what it read.

Every statement counts that reaches the database, the beginning of a transaction included.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from gaoxin_vote.domain import scheme_file
from gaoxin_vote.domain.ballot import Mark
from gaoxin_vote.spreadsheets.kinds.units import UNITS
from gaoxin_vote.workflow.record.package import write_package
from gaoxin_vote.workflow.record.sample import SampleRun
from gaoxin_vote.workflow.reports.overview import year_progress
from gaoxin_vote.workflow.reports.sheets import SheetName, sheet_line, sheet_lines
from gaoxin_vote.workflow.results.assessing import assessment
from gaoxin_vote.workflow.results.intake import apply_import, preview_import
from gaoxin_vote.workflow.session.casting import admit, cast
from gaoxin_vote.workflow.session.preparation import SessionPlan, prepare_session
from gaoxin_vote.workflow.session.running import (
    close_session,
    open_session,
    resume_session,
    suspend_session,
    void_session,
)
from gaoxin_vote.workflow.session.sealing import seal_session
from gaoxin_vote.workflow.session.slip_desk import check_in, issue_slip
from gaoxin_vote.workflow.session.slip_making import make_slips
from gaoxin_vote.workflow.session.turnout import year_sessions
from gaoxin_vote.workflow.tally.counting import count
from gaoxin_vote.workflow.tally.opening import give_officer_key, give_share
from tests.contests import LEADERSHIP, PEER
from tests.workflow.conftest import PASSPHRASE, Office, same_mark, session_of

Statements = list[str]


@contextmanager
def counted() -> Iterator[Statements]:
    """The statements that are run inside the block."""
    seen: Statements = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(Engine, "before_cursor_execute", note)


@pytest.fixture
def no_toml(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From the call on, no scheme may be parsed."""

    def parsed(*_: object, **__: object) -> None:
        raise AssertionError("a scheme was parsed")

    return lambda: monkeypatch.setattr(scheme_file.tomllib, "loads", parsed)


def within(most: int, act: Callable[[], object]) -> None:
    with counted() as seen:
        act()
    assert 0 < len(seen) <= most, "\n".join(seen)


def test_an_assessment(sample_year: SampleRun) -> None:
    within(12, lambda: assessment(sample_year.workspace, 2017))
    within(12, lambda: year_progress(sample_year.workspace, 2017))


def test_the_sheets_and_the_package(sample_year: SampleRun, tmp_path: Path) -> None:
    workspace = sample_year.workspace
    within(16, lambda: sheet_lines(workspace, 2017))
    sheet = SheetName("F5", session_of(workspace, PEER).uuid)
    within(20, lambda: sheet_line(workspace, 2017, sheet))
    within(65, lambda: write_package(workspace, 2017, tmp_path / "2017"))


def test_an_import_and_a_session_before_its_opening(office: Office, tmp_path: Path) -> None:
    workspace, year, file = office.workspace, office.year, tmp_path / "units.csv"
    file.write_text((office.folder / "units.csv").read_text().replace(",28", ",29"))
    within(20, lambda: preview_import(workspace, year, UNITS, file))
    preview = preview_import(workspace, year, UNITS, file)
    within(16, lambda: apply_import(workspace, year, preview))
    within(26, lambda: prepare_session(workspace, year, SessionPlan(LEADERSHIP)))
    session = year_sessions(workspace, year).states[-1].session.id
    within(32, lambda: make_slips(workspace, session))
    within(35, lambda: open_session(workspace, session))
    void_session(workspace, session, "试投")


def test_a_session_from_the_opening_to_the_count(office: Office, no_toml: Callable[[], None]) -> None:
    workspace = office.workspace
    leaders, codes, _ = office.open(LEADERSHIP)
    peer, live, _ = office.open(PEER)
    elector = "U01"
    no_toml()
    within(8, lambda: year_sessions(workspace, office.year))
    within(14, lambda: check_in(workspace, peer, elector, True))
    within(16, lambda: issue_slip(workspace, peer, elector, True))
    admission = admit(workspace, peer, live[0])
    within(10, lambda: admit(workspace, peer, live[0]))
    within(12, lambda: cast(workspace, admission, same_mark(admission, Mark.GOOD)))
    for code in live[1:]:
        office.vote(peer, code)
    within(20, lambda: suspend_session(workspace, peer))
    within(20, lambda: resume_session(workspace, peer))
    within(22, lambda: close_session(workspace, peer))
    within(55, lambda: seal_session(workspace, peer))
    within(40, lambda: give_officer_key(workspace, peer, PASSPHRASE))
    for number in range(2):
        passphrase = f"trustee {number} secret"
        give_share(workspace, peer, office.shares[number], passphrase)
    within(50, lambda: count(workspace, peer))
    within(8, lambda: year_sessions(workspace, office.year))
    for session in (leaders, peer):
        void_session(workspace, session, "试投")
    assert codes
