"""What follows from a folder of tables, without a workspace?"""

from pathlib import Path

from gaoxin_vote.domain.assessment import assess
from gaoxin_vote.domain.record import AssessmentRecord
from gaoxin_vote.domain.scheme_file import load_scheme
from gaoxin_vote.files import SMALL, read_whole, reading_from
from gaoxin_vote.reading_process import FileReading, in_process
from gaoxin_vote.spreadsheets.folder import read_assessment_folder
from gaoxin_vote.spreadsheets.problems import Level, by_gravity, told
from gaoxin_vote.spreadsheets.reading.encoding import decode


def recompute(
    folder: Path, scheme: Path | None = None, reading: FileReading = in_process
) -> tuple[AssessmentRecord, tuple[str, ...]]:
    """The record of the year in `folder`, and what should be looked at in its files.

    `scheme` is a TOML file; without it the folder's ``config.json`` holds, else the notice of 2017.
    Raises `Refused` with every fault of the scheme or every error of the files.
    """
    rules = None if scheme is None else load_scheme(decode(scheme.name, read_whole(scheme, SMALL))[0])
    with reading_from(folder):
        read = read_assessment_folder(folder, rules, reading=reading)
    warnings = told(by_gravity(problem for problem in read.problems if problem.level is Level.WARNING))
    record = assess(read.inputs)
    return record, (*warnings, *(note.message for note in record.notes))
