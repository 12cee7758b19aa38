"""Which results of the years before does a year take over into its history 历年考核结果?

The years in a row (R31) reach `LOOK_BACK` years back: what was finalised in this workspace, and for the other
years what the year before had been told.
"""

from dataclasses import dataclass

from gaoxin_vote.domain.acts import Act
from gaoxin_vote.domain.codec import Json
from gaoxin_vote.domain.consequence import LOOK_BACK, HistoryEntry
from gaoxin_vote.errors import Refused
from gaoxin_vote.spreadsheets.changes import ImportMode, changes, merged
from gaoxin_vote.spreadsheets.kinds.standings import HISTORY
from gaoxin_vote.storage.audit import AuditLog
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.storage.year import YearReason, YearState, YearStore
from gaoxin_vote.workflow.results.assessing import own_history
from gaoxin_vote.workflow.results.entering import require_open
from gaoxin_vote.workflow.setup.register import keep, kept


@dataclass(frozen=True, slots=True)
class ResultsBefore:
    """What a year can still take over of the results before it."""

    source: int
    """The year before it in the workspace."""
    final: bool
    """Whether that one is finalised; else nothing can be taken over yet."""
    missing: int
    """How many results are not in the year's history, or stand there otherwise."""


def year_before(workspace: Workspace, year: int) -> int | None:
    """The newest year of the workspace before `year`, None where there is none."""
    return max((known for known in YearStore(workspace).years() if known < year), default=None)


def results_before(workspace: Workspace, year: int) -> ResultsBefore | None:
    """What `year` can still take over; None where nothing is missing, or nothing can be changed any more."""
    with workspace.reading():
        store = YearStore(workspace)
        source = year_before(workspace, year)
        if source is None or store.state(year) is YearState.FINALISED:
            return None
        if store.state(source) is not YearState.FINALISED:
            return ResultsBefore(source, False, 0) if _reaches(source, year) else None
        now = kept(workspace, year, HISTORY)
        difference = changes(HISTORY, now, _together(now, history_until(workspace, source, year)))
        missing = len(difference.added) + len(difference.changed)
        return ResultsBefore(source, True, missing) if missing else None


def history_until(workspace: Workspace, source: int, year: int) -> tuple[HistoryEntry, ...]:
    """What the years up to `source` say of the years that `year` looks back on, oldest first."""
    own = own_history(workspace, year)
    covered = {entry.year for entry in own}
    told: tuple[HistoryEntry, ...] = kept(workspace, source, HISTORY)
    every = (*(entry for entry in told if entry.year not in covered), *own)
    needed = (entry for entry in every if _reaches(entry.year, year))
    return tuple(sorted(needed, key=lambda entry: entry.year))


def take_results(workspace: Workspace, year: int) -> int:
    """Take over the results before `year`; how many entries that changed. The same again changes nothing.

    Entries of other years and of units that are no more stay. Raises `Refused` for a finalised year, without
    a year before it, while that one is not finalised, and without units.
    """
    with workspace.transaction():
        require_open(workspace, year, HISTORY)
        source = year_before(workspace, year)
        if source is None:
            raise Refused(YearReason.UNKNOWN, f"工作区中没有{year}年度以前的考核，没有结果可以接续。")
        if YearStore(workspace).state(source) is not YearState.FINALISED:
            raise Refused(
                YearReason.NOT_FINALISED, f"{source}年度尚未定稿，结果还不能接续；{source}年度定稿后再接续。"
            )
        taken = history_until(workspace, source, year)
        done = keep(workspace, year, HISTORY, _together(kept(workspace, year, HISTORY), taken))
        changed = (*done.added, *done.changed)
        if changed:
            content: dict[str, Json] = {
                "source": source,
                "years": years_of(taken),
                "added": len(done.added),
                "changed": len(done.changed),
            }
            AuditLog(workspace).append(Act.TAKE_RESULTS, content, year=year)
        return len(changed)


def years_of(entries: tuple[HistoryEntry, ...]) -> list[Json]:
    """The years of these results, oldest first."""
    return [*sorted({entry.year for entry in entries})]


def _together(now: tuple[HistoryEntry, ...], taken: tuple[HistoryEntry, ...]) -> tuple[HistoryEntry, ...]:
    return merged(HISTORY, now, taken, ImportMode.ADD)


def _reaches(earlier: int, year: int) -> bool:
    return year - earlier in LOOK_BACK
