"""What does a folder of files say of a whole assessment, and how is one written?"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from gaoxin_vote.domain.config import load_config
from gaoxin_vote.domain.inputs import AssessmentInputs
from gaoxin_vote.domain.minutes import SessionMinutes
from gaoxin_vote.domain.scheme import AssessmentScheme
from gaoxin_vote.domain.scheme_file import load_scheme, shipped_scheme_text
from gaoxin_vote.domain.tally import SessionTally
from gaoxin_vote.errors import Unavailable
from gaoxin_vote.spreadsheets.exporting import write_csv
from gaoxin_vote.spreadsheets.kind import Kind
from gaoxin_vote.spreadsheets.kinds.adjustments import ACCEPTANCES, CLAIMS, import_acceptances, import_claims
from gaoxin_vote.spreadsheets.kinds.decisions import (
    OVERRIDES,
    REFERRALS,
    STAFF_ADJUSTMENTS,
    TIES,
    import_overrides,
    import_referrals,
    import_staff_adjustments,
    import_tie_decisions,
)
from gaoxin_vote.spreadsheets.kinds.indicators import SCORES, import_scores
from gaoxin_vote.spreadsheets.kinds.raters import RATERS, import_raters
from gaoxin_vote.spreadsheets.kinds.self_assessments import SELF_ASSESSMENTS, import_self_assessments
from gaoxin_vote.spreadsheets.kinds.sessions import SESSIONS, SessionLine, import_sessions, session_tallies
from gaoxin_vote.spreadsheets.kinds.standings import EVENTS, HISTORY, import_events, import_history
from gaoxin_vote.spreadsheets.kinds.supervision import (
    LEDGER,
    SITE_NOTES,
    import_ledger,
    import_site_notes,
)
from gaoxin_vote.spreadsheets.kinds.tallies import TallyLine, import_tally, tally_kind, tally_stem
from gaoxin_vote.spreadsheets.kinds.targets import TARGETS, import_targets
from gaoxin_vote.spreadsheets.kinds.units import LEADERS, UNITS, import_leaders, import_units
from gaoxin_vote.spreadsheets.naming import UnitNames
from gaoxin_vote.spreadsheets.problems import (
    Findings,
    ImportProblem,
    ImportResult,
    Level,
    Problem,
    require_clean,
)
from gaoxin_vote.spreadsheets.reading.encoding import decode
from gaoxin_vote.spreadsheets.reading.spreadsheet import ReadingReason, SpreadsheetFile

T = TypeVar("T")

OPTIONAL = ("bonus_claims", "events", "history", "tie_decisions")


def required(scheme: AssessmentScheme) -> tuple[str, ...]:
    """The files that a folder must have: among them the count table of each contest."""
    return ("units", *_tally_stems(scheme), "session", "indicators")


def _tally_stems(scheme: AssessmentScheme) -> tuple[str, ...]:
    return tuple(tally_stem(rules.contest) for rules in scheme.contests)


@dataclass(frozen=True, slots=True)
class AssessmentFolder:
    """What a folder holds."""

    inputs: AssessmentInputs
    problems: tuple[ImportProblem, ...]
    """Warnings and notes; there is no error among them."""


def folder_scheme(folder: Path) -> AssessmentScheme:
    """The scheme of the folder's ``config.json``, else that of 2017. Raises `Refused` for a faulty one."""
    path = folder / "config.json"
    if path.is_file():
        text, _ = decode(path.name, SpreadsheetFile.at(path).content)
        return load_config(text)
    return load_scheme(shipped_scheme_text())


def read_assessment_folder(
    folder: Path, scheme: AssessmentScheme | None = None, *, complete: bool = False
) -> AssessmentFolder:
    """The inputs of an assessment from the files of a folder, each ``.csv``, else ``.xlsx``.

    Read are the `required` and the `OPTIONAL` files (a missing one of these is empty) and nothing else. With
    `complete`, only the units are required, and all other kinds of file are read too: that is the folder
    which `write_assessment_folder` makes. Raises `Refused` with the errors of all files as detail lines.
    """
    scheme = folder_scheme(folder) if scheme is None else scheme
    return _read(_Reader(partial(_file_in, folder), scheme, complete), scheme)


def read_assessment_files(files: Mapping[str, bytes], scheme: AssessmentScheme) -> AssessmentFolder:
    """The inputs of an assessment from CSV files by names without ending: what `assessment_files` gives.

    Only the units are required. Raises `Refused` with the errors of all files as detail lines.
    """

    def find(stem: str) -> SpreadsheetFile | None:
        return SpreadsheetFile(f"{stem}.csv", files[stem]) if stem in files else None

    return _read(_Reader(find, scheme, complete=True), scheme)


def _file_in(folder: Path, stem: str) -> SpreadsheetFile | None:
    paths = (folder / f"{stem}{ending}" for ending in (".csv", ".xlsx"))
    return next((SpreadsheetFile.at(path) for path in paths if path.is_file()), None)


def _read(reader: "_Reader", scheme: AssessmentScheme) -> AssessmentFolder:
    units = reader.read("units", import_units)
    sessions = reader.read("session", partial(import_sessions, contests=scheme.contests))
    if not units:
        # Without the list of units every row of the other files would be a stranger.
        require_clean(*reader.results)
    names = UnitNames(units, scheme.aliases)
    for rules in scheme.contests:
        reader.read(tally_stem(rules.contest), partial(import_tally, names=names, rules=rules))
    targets = reader.read("targets", lambda file: import_targets(file, names, scheme))
    scores = reader.read("indicators", lambda file: import_scores(file, names, scheme, targets))
    claims = reader.read("bonus_claims", lambda file: import_claims(file, names, scheme))
    inputs = AssessmentInputs(
        scheme,
        units,
        reader.tallies(),
        scores,
        claims,
        reader.read("late_acceptances", lambda file: import_acceptances(file, claims)),
        reader.read("events", lambda file: import_events(file, names, scheme)),
        reader.read("history", lambda file: import_history(file, names)),
        reader.read("tie_decisions", lambda file: import_tie_decisions(file, names)),
        reader.read("overrides", lambda file: import_overrides(file, names)),
        reader.read("staff_adjustments", lambda file: import_staff_adjustments(file, names)),
        reader.read("referrals", lambda file: import_referrals(file, names)),
        reader.read("leaders", import_leaders),
        reader.read("raters", partial(import_raters, contests=scheme.contests)),
        tuple(line.minutes for line in sessions if line.minutes != _blank_minutes(line.minutes)),
        targets,
        reader.read("ledger", lambda file: import_ledger(file, names)),
        reader.read("self_assessments", lambda file: import_self_assessments(file, names)),
        reader.read("site_notes", lambda file: import_site_notes(file, names)),
    )
    require_clean(*reader.results)
    return AssessmentFolder(inputs, tuple(p for result in reader.results for p in result.problems))


@dataclass(slots=True)
class _Reader:
    """Reads the files of an assessment and keeps what is to be said of them."""

    find: Callable[[str], SpreadsheetFile | None]
    scheme: AssessmentScheme
    complete: bool
    results: list[ImportResult[Any]] = field(default_factory=list)
    _by_stem: dict[str, ImportResult[Any]] = field(default_factory=dict)

    def read(self, stem: str, take: Callable[[SpreadsheetFile], ImportResult[T]]) -> tuple[T, ...]:
        """The values of one file; none where it may be missing, or is faulty."""
        needed = stem in required(self.scheme)
        if not self.complete and not needed and stem not in OPTIONAL:
            return ()
        file = self.find(stem)
        if file is not None:
            result = take(file)
        elif stem == "units" or (needed and not self.complete):
            findings = Findings(f"{stem}.csv")
            findings.add(
                Level.ERROR, Problem.FILE_MISSING, f"文件夹中没有 {stem}.csv，也没有 {stem}.xlsx，请补上。"
            )
            result = ImportResult(findings.file, (), findings.problems)
        else:
            return ()
        self.results.append(result)
        self._by_stem[stem] = result
        return result.values

    def tallies(self) -> tuple[SessionTally, ...]:
        """The tallies of all sessions; none while a file they need is missing or faulty."""
        needed = [self._by_stem.get(stem) for stem in ("session", *_tally_stems(self.scheme))]
        sessions, *counts = (result or ImportResult("session.csv", (), ()) for result in needed)
        if any(result.errors for result in (sessions, *counts)):
            return ()
        joined = session_tallies(sessions, tuple(counts))
        self.results.append(joined)
        return joined.values


def write_assessment_folder(inputs: AssessmentInputs, folder: Path) -> None:
    """Write all inputs but the scheme as CSV files that `read_assessment_folder(complete=True)` reads back.

    A kind without values is left out. Minutes belong to a tally: others, and blank ones, are not kept.
    Raises `Unavailable` when the folder cannot be written.
    """
    names = UnitNames(inputs.units, inputs.scheme.aliases)
    for stem, content in assessment_files(inputs, names).items():
        try:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"{stem}.csv").write_bytes(content)
        except OSError as error:
            raise Unavailable(
                ReadingReason.UNREADABLE, f"文件 {stem}.csv 写不进去，请检查磁盘空间和权限后重试。"
            ) from error


def assessment_files(inputs: AssessmentInputs, names: UnitNames) -> dict[str, bytes]:
    """The CSV files of an assessment by their names without ending; kinds without values are left out."""
    minutes = {(held.contest, held.group, held.number): held for held in inputs.minutes}
    sessions = [
        SessionLine(
            tally.reconciliation,
            minutes.get(
                (tally.contest, tally.group, tally.number),
                SessionMinutes(tally.contest, tally.group, tally.number),
            ),
        )
        for tally in inputs.tallies
    ]
    lines = [
        TallyLine(tally.contest, tally.group, tally.number, count)
        for tally in inputs.tallies
        for count in tally.counts
    ]
    tables: list[tuple[Kind[Any], Sequence[Any]]] = [
        (UNITS, inputs.units),
        (LEADERS, inputs.leaders),
        (RATERS, inputs.raters),
        (SESSIONS, sessions),
        *(
            (tally_kind(rules), [line for line in lines if line.contest == rules.contest])
            for rules in inputs.scheme.contests
        ),
        (TARGETS, inputs.targets),
        (SCORES, inputs.scores),
        (CLAIMS, inputs.claims),
        (ACCEPTANCES, inputs.late_acceptances),
        (EVENTS, inputs.events),
        (HISTORY, inputs.history),
        (TIES, inputs.tie_decisions),
        (OVERRIDES, inputs.overrides),
        (STAFF_ADJUSTMENTS, inputs.staff_adjustments),
        (REFERRALS, inputs.referrals),
        (LEDGER, inputs.ledger),
        (SELF_ASSESSMENTS, inputs.self_assessments),
        (SITE_NOTES, inputs.site_notes),
    ]
    return {kind.layout.stem: write_csv(kind, values, names) for kind, values in tables if values}


def _blank_minutes(minutes: SessionMinutes) -> SessionMinutes:
    return SessionMinutes(minutes.contest, minutes.group, minutes.number)
