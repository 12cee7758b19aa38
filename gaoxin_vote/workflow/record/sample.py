"""How does the whole year run on the sample data, through exactly the functions that windows use?"""

import csv
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from gaoxin_vote.domain.ballot import Mark, MarkedBallot
from gaoxin_vote.domain.contest import Contest
from gaoxin_vote.domain.minutes import SessionMinutes
from gaoxin_vote.domain.record import AssessmentRecord
from gaoxin_vote.domain.scheme_file import shipped_scheme_text
from gaoxin_vote.domain.session import SessionId
from gaoxin_vote.domain.units import UnitCode
from gaoxin_vote.errors import Refused
from gaoxin_vote.progress import Progress, silent
from gaoxin_vote.resources import resource
from gaoxin_vote.spreadsheets.kind import Kind
from gaoxin_vote.spreadsheets.kinds.adjustments import CLAIMS
from gaoxin_vote.spreadsheets.kinds.indicators import SCORES
from gaoxin_vote.spreadsheets.kinds.standings import EVENTS, HISTORY
from gaoxin_vote.spreadsheets.kinds.units import LEADERS, UNITS
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.stretching import FULL_COSTS, StretchingCosts
from gaoxin_vote.workflow.ceremony.trustee_keys import begin_ceremony
from gaoxin_vote.workflow.record.package import write_package
from gaoxin_vote.workflow.reports.printing import save_pdf
from gaoxin_vote.workflow.reports.sheets import (
    ceremony_record_name,
    issue_sheet,
    issued_pdf,
    paper,
    tally_report_name,
)
from gaoxin_vote.workflow.results.finalising import finalise
from gaoxin_vote.workflow.results.intake import apply_import, preview_import
from gaoxin_vote.workflow.session.casting import Admission, admit, cast
from gaoxin_vote.workflow.session.meeting import set_meeting
from gaoxin_vote.workflow.session.preparation import SessionPlan, prepare_session
from gaoxin_vote.workflow.session.running import close_session, open_session
from gaoxin_vote.workflow.session.sealing import seal_session
from gaoxin_vote.workflow.session.slip_code import SlipReason
from gaoxin_vote.workflow.session.slip_desk import issue_slip
from gaoxin_vote.workflow.session.slip_making import make_slips
from gaoxin_vote.workflow.session.turnout import session_state
from gaoxin_vote.workflow.setup.workspaces import Clock, create_workspace
from gaoxin_vote.workflow.setup.years import add_year, mark_sample, scheme
from gaoxin_vote.workflow.tally.counting import count, save_archive
from gaoxin_vote.workflow.tally.opening import give_officer_key, give_share

_FILES: dict[Kind[Any], str] = {
    SCORES: "indicators.csv",
    CLAIMS: "bonus_claims.csv",
    EVENTS: "events.csv",
    HISTORY: "history.csv",
}


@dataclass(frozen=True, slots=True)
class Sample:
    """The made-up facts of the sample year (`demo.toml`)."""

    office: str
    place: str
    chair: str
    chief_scrutineer: str
    scrutineers: tuple[str, ...]
    tellers: tuple[str, ...]
    held_on: date
    trustees: tuple[str, ...]
    threshold: int
    decision: str
    passphrase: str
    trustee_passphrases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SampleRun:
    """What a run left behind."""

    workspace: Workspace
    record: AssessmentRecord
    archives: tuple[Path, ...]
    sheets: tuple[Path, ...]
    package: Path
    fingerprint: str
    """What the ceremony record says, for `verify --expect`."""


def sample_folder() -> Path:
    """Where the sample data of 2017 lie."""
    return resource("samples/2017")


def sample_facts() -> Sample:
    """The made-up facts of the sample year."""
    table: dict[str, Any] = tomllib.loads((sample_folder() / "demo.toml").read_text(encoding="utf-8"))
    facts: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in table.items()
    }
    return Sample(**facts)


def create_sample(
    path: Path,
    passphrase: str,
    clock: Clock,
    progress: Progress = silent,
    costs: StretchingCosts = FULL_COSTS,
) -> Workspace:
    """A finished sample workspace at `path`, for looking around; its shares lie in a folder beside it.

    Raises like `create_workspace`; a cancelled or failed run leaves no workspace behind.
    """
    folder = path.with_name(path.stem + "-资料")
    return run_sample(path, folder, clock, progress, passphrase=passphrase, costs=costs).workspace


def run_sample(
    path: Path,
    folder: Path,
    clock: Clock,
    progress: Progress = silent,
    *,
    passphrase: str = "",
    costs: StretchingCosts = FULL_COSTS,
) -> SampleRun:
    """Run the year 2017 from nothing to the record package; everything made lies in `folder`.

    `path` is the new workspace file. The workspace stays open. When anything fails or is cancelled, the
    workspace file is removed again.
    """
    facts = sample_facts()
    officer = passphrase or facts.passphrase
    for sub in ("密钥文件", "票码条", "选票档案", "报表"):
        (folder / sub).mkdir(parents=True, exist_ok=True)
    progress(0, 1, "建立加密工作区")
    workspace = create_workspace(path, officer, facts.office, clock, costs)
    try:
        year = add_year(workspace, shipped_scheme_text("2017"))
        mark_sample(workspace, year)
        _take(workspace, year, UNITS, "units.csv")
        _take(workspace, year, LEADERS, "leaders.csv")
        shares, fingerprint = _hold_ceremony(workspace, year, facts, folder, progress)
        archives, sheets = [], [folder / "报表" / "密钥发放记录.pdf"]
        save_pdf(paper(workspace, year, ceremony_record_name(year)), sheets[0])
        for contest in (rules.contest for rules in scheme(workspace, year).contests):
            session_id = _hold_session(workspace, year, contest, facts, folder, progress)
            _tally(workspace, session_id, officer, shares, facts, progress)
            archives.append(folder / "选票档案" / f"{contest.title}.bel")
            save_archive(workspace, session_id, archives[-1])
            sheets.append(folder / "报表" / f"{contest.title}计票结果报告单.pdf")
            report = tally_report_name(session_state(workspace, session_id).session)
            issue_sheet(workspace, year, report, progress)
            save_pdf(issued_pdf(workspace, year, report), sheets[-1])
        for number, (kind, name) in enumerate(_FILES.items(), 1):
            progress(number, len(_FILES), f"导入{kind.label}")
            _take(workspace, year, kind, name)
        record = finalise(workspace, year, facts.decision)
        package = write_package(workspace, year, folder / "考核档案包.zip", progress)
    except BaseException:
        workspace.close()
        path.unlink(missing_ok=True)
        raise
    return SampleRun(workspace, record, tuple(archives), tuple(sheets), package, fingerprint)


def _take(workspace: Workspace, year: int, kind: Kind[Any], name: str) -> None:
    apply_import(workspace, year, preview_import(workspace, year, kind, sample_folder() / name))


def _hold_ceremony(
    workspace: Workspace, year: int, facts: Sample, folder: Path, progress: Progress
) -> tuple[list[Path], str]:
    ceremony = begin_ceremony(workspace, year, facts.trustees, facts.threshold, progress)
    shares = []
    for index, (name, passphrase) in enumerate(zip(facts.trustees, facts.trustee_passphrases, strict=True)):
        progress(index, len(facts.trustees), f"{name}领取密钥文件")
        shares.append(folder / "密钥文件" / f"开箱密钥-{name}.gxk")
        ceremony.hand_over(index, passphrase, shares[-1])
    return shares, ceremony.complete().fingerprint


def _hold_session(
    workspace: Workspace,
    year: int,
    contest: Contest,
    facts: Sample,
    folder: Path,
    progress: Progress,
) -> SessionId:
    session_id = prepare_session(workspace, year, SessionPlan(contest))
    set_meeting(
        workspace,
        session_id,
        SessionMinutes(
            contest=contest,
            held_on=facts.held_on,
            place=facts.place,
            chair=facts.chair,
            chief_scrutineer=facts.chief_scrutineer,
            scrutineers=facts.scrutineers,
            tellers=facts.tellers,
        ),
    )
    slips = make_slips(workspace, session_id, progress)
    save_pdf(slips, folder / "票码条" / f"{contest.title}.pdf")
    open_session(workspace, session_id)
    for elector in session_state(workspace, session_id).roll.electors:
        issue_slip(workspace, session_id, elector.code, True)
    marks = _ballots(sample_folder() / f"{contest.code}_ballots.csv")
    anybody = iter(marks.values())
    for done, admission in enumerate(_admissions(workspace, session_id, printed_codes(slips)), 1):
        own = admission.own_unit
        chosen = next(anybody) if own is None else marks[own] | {own: Mark.RECUSE}
        cast(workspace, admission, MarkedBallot(contest, tuple(chosen.items())))
        progress(done, len(marks), f"{contest.title}投票")
    close_session(workspace, session_id)
    seal_session(workspace, session_id, progress=progress)
    return session_id


def printed_codes(slips: bytes) -> tuple[str, ...]:
    """The codes on printed slips, read off the paper as delegates do: the program has forgotten them."""

    from gaoxin_vote.documents.preview import text

    return tuple(re.findall(r"\d{4} \d{4} \d{4} \d{4}", text(slips)))


def _admissions(workspace: Workspace, session_id: SessionId, codes: tuple[str, ...]) -> Iterator[Admission]:
    """Everybody who comes to the booth with a slip that was handed out; spares lie in the drawer."""
    for code in codes:
        try:
            yield admit(workspace, session_id, code)
        except Refused as refusal:
            if refusal.reason is not SlipReason.SPARE_NOT_ISSUED:
                raise


def _ballots(path: Path) -> dict[str, dict[UnitCode, Mark]]:
    """The marks of each voter of a sample file, by voter."""
    marks: dict[str, dict[UnitCode, Mark]] = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            voter = row.get("voter") or row["voter_unit"]
            marks.setdefault(voter, {})[UnitCode(row["target"])] = _WORDS[row["mark"]]
    return marks


_WORDS = {mark.label: mark for mark in Mark} | {"及格": Mark.PASS, "不及格": Mark.FAIL}


def _tally(
    workspace: Workspace,
    session_id: SessionId,
    passphrase: str,
    shares: list[Path],
    facts: Sample,
    progress: Progress,
) -> None:
    give_officer_key(workspace, session_id, passphrase, progress)
    for share, secret in list(zip(shares, facts.trustee_passphrases, strict=True))[: facts.threshold]:
        give_share(workspace, session_id, share, secret, progress)
    count(workspace, session_id, progress)
