"""How do the counts and everything entered become scores, ranks, grades and consequences?"""

import json

from gaoxin_vote.domain.assessment import assess
from gaoxin_vote.domain.consequence import HistoryEntry
from gaoxin_vote.domain.contest import Grade
from gaoxin_vote.domain.explaining.derivation import Explainer
from gaoxin_vote.domain.explaining.explanation import Explanation
from gaoxin_vote.domain.inputs import AssessmentInputs
from gaoxin_vote.domain.record import AssessmentRecord
from gaoxin_vote.domain.session import Stage
from gaoxin_vote.domain.units import UnitCode
from gaoxin_vote.spreadsheets.kind_list import ENTERED
from gaoxin_vote.spreadsheets.kinds.standings import HISTORY
from gaoxin_vote.storage.evidence import EvidenceStore
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.storage.year import YearState, YearStore
from gaoxin_vote.workflow.session.held import held_sessions
from gaoxin_vote.workflow.session.turnout import SessionState, states
from gaoxin_vote.workflow.setup.assessment_year import AssessmentYear, read_year
from gaoxin_vote.workflow.tally.counting import tally_of


def inputs(workspace: Workspace, year: int) -> AssessmentInputs:
    """Everything that the year's results rest on, as it stands now."""
    with workspace.reading():
        now = read_year(workspace, year)
        return inputs_of(workspace, now, states(workspace, held_sessions(workspace, year, now.scheme)))


def inputs_of(
    workspace: Workspace, year: AssessmentYear, sessions: tuple[SessionState, ...]
) -> AssessmentInputs:
    """The same of a year and its sessions that were read already."""
    tallied = tuple(state for state in sessions if state.session.stage is Stage.TALLIED)
    results = EvidenceStore(workspace).results(tuple(state.session.id for state in tallied))
    entered = {kind.inputs: year.kept(kind) for kind in ENTERED}
    return AssessmentInputs(
        scheme=year.scheme,
        tallies=tuple(tally_of(state, results) for state in tallied),
        minutes=tuple(state.minutes for state in tallied),
        **entered | {HISTORY.inputs: _history(workspace, year)},
    )


def assessment(workspace: Workspace, year: int) -> AssessmentRecord:
    """The year's results as they stand now, with what still blocks them."""
    return assess(inputs(workspace, year))


def explanation(workspace: Workspace, year: int, unit: UnitCode) -> Explanation:
    """Why the unit got what it got: the complete derivation, to be shown or printed as it is."""
    return explained(workspace, year)[1].explain(unit)


def explained(workspace: Workspace, year: int) -> tuple[AssessmentRecord, Explainer]:
    """The year's results as they stand now, and what tells of any of its units why it got what it got."""
    given = inputs(workspace, year)
    record = assess(given)
    return record, Explainer(given, record)


def is_final(workspace: Workspace, year: int) -> bool:
    """Whether the year is finalised."""
    return YearStore(workspace).state(year) is YearState.FINALISED


def own_history(workspace: Workspace, year: int) -> tuple[HistoryEntry, ...]:
    """What the years finalised in this workspace before `year` say."""
    entries: list[HistoryEntry] = []
    for earlier, text in YearStore(workspace).finalised_before(year):
        record = json.loads(text)
        last = record["summary"]["last"]
        lasts = set(last.values()) if isinstance(last, dict) else {last}
        entries.extend(
            HistoryEntry(
                year=earlier,
                unit=UnitCode(unit["code"]),
                rank=unit["rank"],
                grade=Grade.by_label()[unit["grade"]],
                is_last=unit["code"] in lasts,
            )
            for unit in record["units"]
        )
    return tuple(entries)


def _history(workspace: Workspace, year: AssessmentYear) -> tuple[HistoryEntry, ...]:
    """Earlier years: those finalised in this workspace, and what was imported for the others."""
    own = own_history(workspace, year.number)
    covered = {entry.year for entry in own}
    imported: tuple[HistoryEntry, ...] = year.kept(HISTORY)
    return (*(entry for entry in imported if entry.year not in covered), *own)
