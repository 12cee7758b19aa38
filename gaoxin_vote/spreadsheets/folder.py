"""What does a folder of files say of a whole assessment, and how is one written?"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from gaoxin_vote.domain.config import load_config
from gaoxin_vote.domain.inputs import AssessmentInputs
from gaoxin_vote.domain.minutes import SessionMinutes
from gaoxin_vote.domain.scheme import AssessmentScheme
from gaoxin_vote.domain.scheme_file import load_scheme, shipped_scheme_text
from gaoxin_vote.domain.tally import SessionTally
from gaoxin_vote.errors import Unavailable
from gaoxin_vote.files import SMALL, read_whole
from gaoxin_vote.reading_process import FileReading, in_process
from gaoxin_vote.spreadsheets.context import Context
from gaoxin_vote.spreadsheets.exporting import write_csv
from gaoxin_vote.spreadsheets.folder_listing import FolderListing
from gaoxin_vote.spreadsheets.importing import read_file
from gaoxin_vote.spreadsheets.kind import InFolder, Kind
from gaoxin_vote.spreadsheets.kind_list import ENTERED, GROUNDS, counted, kinds
from gaoxin_vote.spreadsheets.kinds.sessions import SESSIONS, SessionLine, session_tallies
from gaoxin_vote.spreadsheets.kinds.tallies import TallyLine, tally_kind
from gaoxin_vote.spreadsheets.kinds.units import UNITS
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
from gaoxin_vote.spreadsheets.reading.spreadsheet import ReadingReason, SpreadsheetFile, read_workbook

T = TypeVar("T")

OPTIONAL = tuple(kind.layout.stem for kind in ENTERED if kind.folder is InFolder.OPTIONAL)


def required(scheme: AssessmentScheme) -> tuple[str, ...]:
    """The files that a folder must have: among them the count table of each contest."""
    every = kinds(scheme.contests).items()
    return tuple(stem for stem, kind in every if kind.folder is InFolder.REQUIRED)


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
        text, _ = decode(path.name, read_whole(path, SMALL))
        return load_config(text)
    return load_scheme(shipped_scheme_text())


def read_assessment_folder(
    folder: Path,
    scheme: AssessmentScheme | None = None,
    *,
    complete: bool = False,
    reading: FileReading = in_process,
) -> AssessmentFolder:
    """The inputs of an assessment from the files of a folder, each with one of the endings of `FORMATS`.

    Read are the `required` and the `OPTIONAL` files (a missing one of these is empty, which is said) and
    nothing else; what looks like one of them and is none is named. With `complete`, only the units are
    required, and all other kinds of file are read too: that is the folder which `write_assessment_folder`
    makes. Raises `Refused` with the errors of all files as detail lines.
    """
    scheme = folder_scheme(folder) if scheme is None else scheme
    listing = FolderListing.of(folder, kinds(scheme.contests).values())
    read = _read(_Reader(listing.file, scheme, complete, listing.lookalikes, reading), scheme)
    taken = {kind.layout.stem for kind in kinds(scheme.contests).values()}
    if not complete:
        taken -= {kind.layout.stem for kind in ENTERED if kind.folder is InFolder.COMPLETE}
    findings = Findings(folder.name)
    for name, why in listing.unread(taken):
        findings.add(Level.WARNING, Problem.FILE_NOT_READ, f"文件夹中的“{name}”没有读入：{why}。")
    absent = [] if complete else [kind for kind in ENTERED if _is_absent(kind, listing)]
    if absent:
        words = "、".join(f"{kind.layout.title}（{kind.layout.stem}）" for kind in absent)
        findings.add(Level.WARNING, Problem.FILE_NOT_READ, f"文件夹中没有{words}，按没有这些内容计算。")
    return AssessmentFolder(read.inputs, (*read.problems, *findings.problems))


def _is_absent(kind: Kind[Any], listing: FolderListing) -> bool:
    return kind.folder is InFolder.OPTIONAL and kind.layout.stem not in listing.by_stem


def read_assessment_files(files: Mapping[str, bytes], scheme: AssessmentScheme) -> AssessmentFolder:
    """The inputs of an assessment from CSV files by names without ending: what `assessment_files` gives.

    Only the units are required. Raises `Refused` with the errors of all files as detail lines.
    """

    def find(stem: str) -> SpreadsheetFile | None:
        return SpreadsheetFile(f"{stem}.csv", files[stem]) if stem in files else None

    return _read(_Reader(find, scheme, complete=True), scheme)


def _read(reader: "_Reader", scheme: AssessmentScheme) -> AssessmentFolder:
    context = Context(scheme)
    sessions = reader.read(SESSIONS, context)
    for kind in GROUNDS:
        values = reader.read(kind, context)
        if kind is UNITS and not values:
            # Without the list of units every row of the other files would be a stranger.
            reader.require_clean()
        if kind.context is not None:
            context = kind.context(context, values)
    for kind in counted(scheme.contests):
        reader.read(kind, context)
    entered = {kind.inputs: reader.read(kind, context) for kind in ENTERED}
    inputs = AssessmentInputs(
        scheme=scheme,
        tallies=reader.tallies(),
        minutes=tuple(line.minutes for line in sessions if line.minutes != _blank_minutes(line.minutes)),
        **entered,
    )
    reader.require_clean()
    return AssessmentFolder(inputs, tuple(p for result in reader.results for p in result.problems))


@dataclass(slots=True)
class _Reader:
    """Reads the files of an assessment, each once, and keeps what is to be said of them."""

    find: Callable[[str], SpreadsheetFile | None]
    scheme: AssessmentScheme
    complete: bool
    lookalikes: Callable[[str], tuple[str, ...]] = lambda stem: ()
    """The files of the folder that may be meant by a stem, but are not called so."""
    reading: FileReading = in_process
    _by_stem: dict[str, ImportResult[Any]] = field(default_factory=dict)
    _joined: list[ImportResult[Any]] = field(default_factory=list)

    def read(self, kind: Kind[T], context: Context) -> tuple[T, ...]:
        """The values of one file; none where it may be missing, or is faulty."""
        stem = kind.layout.stem
        if stem not in self._by_stem:
            result = self._result(kind, context)
            if result is None:
                return ()
            self._by_stem[stem] = result
        values: tuple[T, ...] = self._by_stem[stem].values
        return values

    def _result(self, kind: Kind[T], context: Context) -> ImportResult[T] | None:
        stem = kind.layout.stem
        if not self.complete and kind.folder is InFolder.COMPLETE:
            return None
        file = self.find(stem)
        if file is not None:
            return read_file(kind, self.reading(file.name, read_workbook, file), context)
        if kind is not UNITS and (self.complete or kind.folder is not InFolder.REQUIRED):
            return None
        findings = Findings(f"{stem}.csv")
        others = "、".join(f"“{name}”" for name in self.lookalikes(stem))
        meant = f"{others}像是这个文件，请改名。" if others else ""
        findings.add(
            Level.ERROR, Problem.FILE_MISSING, f"文件夹中没有 {stem}.csv，也没有 {stem}.xlsx，请补上。{meant}"
        )
        return ImportResult(findings.file, (), findings.problems)

    @property
    def results(self) -> tuple[ImportResult[Any], ...]:
        """What the files gave, in the order of the kinds, whatever order they were read in."""
        stems = (stem for stem in kinds(self.scheme.contests) if stem in self._by_stem)
        return (*(self._by_stem[stem] for stem in stems), *self._joined)

    def require_clean(self) -> None:
        """Raise `Refused` with the errors of all files."""
        require_clean(*self.results)

    def tallies(self) -> tuple[SessionTally, ...]:
        """The tallies of all sessions; none while a file they need is missing or faulty."""
        needed = (self._by_stem.get(kind.layout.stem) for kind in counted(self.scheme.contests))
        sessions, *counts = (result or ImportResult("session.csv", (), ()) for result in needed)
        if any(result.errors for result in (sessions, *counts)):
            return ()
        joined = session_tallies(sessions, tuple(counts))
        self._joined.append(joined)
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
    tables = (*counted_tables(inputs), *((kind, getattr(inputs, kind.inputs)) for kind in ENTERED))
    return {kind.layout.stem: write_csv(kind, values, names) for kind, values in tables if values}


def counted_tables(inputs: AssessmentInputs) -> tuple[tuple[Kind[Any], Sequence[Any]], ...]:
    """What the sessions of an assessment gave: their reports, and the counts of each contest."""
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
    return (
        (SESSIONS, sessions),
        *(
            (tally_kind(rules), [line for line in lines if line.contest == rules.contest])
            for rules in inputs.scheme.contests
        ),
    )


def _blank_minutes(minutes: SessionMinutes) -> SessionMinutes:
    return SessionMinutes(minutes.contest, minutes.group, minutes.number)
