"""How does a year begin where the one before it ended?

It takes over the scheme, moved to its year, the units, leaders and raters, and the finalised results as
history: one act, all of it or nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from gaoxin_vote.domain.acts import Act
from gaoxin_vote.domain.codec import Json
from gaoxin_vote.domain.consequence import HistoryEntry
from gaoxin_vote.domain.scheme_carried import CarriedScheme, carried
from gaoxin_vote.domain.scheme_keys.scores import YEARS
from gaoxin_vote.domain.scheme_writer import scheme_text
from gaoxin_vote.domain.units import Leader, Rater, Unit
from gaoxin_vote.errors import Refused
from gaoxin_vote.spreadsheets.kinds.standings import HISTORY
from gaoxin_vote.storage.audit import AuditLog
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.storage.year import YearReason, YearStore
from gaoxin_vote.workflow.results.results_before import history_until, year_before, years_of
from gaoxin_vote.workflow.setup.assessment_year import AssessmentYear, read_year
from gaoxin_vote.workflow.setup.printable import require_printable
from gaoxin_vote.workflow.setup.register import LEADERS, RATERS, UNITS, keep


class NextYearReason(Enum):
    """Why a year does not go on from another."""

    NO_YEAR = "no year"
    CHANGED_MEANWHILE = "changed meanwhile"


@dataclass(frozen=True, slots=True)
class NextYear:
    """What a new year would take over; nothing is begun yet."""

    year: int
    source: int
    """The newest year of the workspace before it."""
    final: bool
    """Whether that one is finalised; else its results cannot be taken over yet."""
    scheme: CarriedScheme
    units: tuple[Unit, ...]
    leaders: tuple[Leader, ...]
    raters: tuple[Rater, ...]
    history: tuple[HistoryEntry, ...]
    doubts: tuple[str, ...]
    """What the office should look at in the new year, a sentence each."""


def next_year(workspace: Workspace, year: int | None = None) -> NextYear:
    """What `year` would take over; the year after the newest one where it is not given.

    Raises `Refused` for a year that exists, that is no year, or that has none before it.
    """
    with workspace.reading():
        known = YearStore(workspace).years()
        if year is None:
            year = max(known, default=0) + 1
        if year in known:
            raise Refused(YearReason.EXISTS, f"工作区中已有{year}年度的考核。")
        source = year_before(workspace, year)
        if source is None:
            raise Refused(YearReason.UNKNOWN, "工作区中没有更早的年度可以接续。")
        if year not in YEARS:
            raise Refused(NextYearReason.NO_YEAR, f"年度应为{YEARS[0]}至{YEARS[-1]}。")
        before = read_year(workspace, source)
        scheme = carried(before.scheme, year)
        return NextYear(
            year=year,
            source=source,
            final=before.final,
            scheme=scheme,
            units=before.units,
            leaders=before.leaders,
            raters=before.raters,
            history=history_until(workspace, source, year) if before.final else (),
            doubts=(*scheme.doubts, *_doubts(before, year)),
        )


def begin_next_year(workspace: Workspace, shown: NextYear) -> int:
    """Begin the year with everything that was `shown`; its number.

    Raises `Refused` as `next_year` does, where the year before has changed since, and for what cannot be
    printed; nothing is begun then.
    """
    with workspace.transaction():
        if next_year(workspace, shown.year) != shown:
            raise Refused(
                NextYearReason.CHANGED_MEANWHILE, f"{shown.source}年度有了改动，请重新打开“新建年度”。"
            )
        require_printable(shown.scheme.scheme)
        YearStore(workspace).add(shown.year, scheme_text(shown.scheme.scheme))
        keep(workspace, shown.year, UNITS, shown.units)
        keep(workspace, shown.year, LEADERS, shown.leaders)
        keep(workspace, shown.year, RATERS, shown.raters)
        keep(workspace, shown.year, HISTORY, shown.history)
        content: dict[str, Json] = {
            "scheme": shown.scheme.scheme.title,
            "source": shown.source,
            "units": len(shown.units),
            "leaders": len(shown.leaders),
            "raters": len(shown.raters),
            "history": len(shown.history),
            "years": years_of(shown.history),
        }
        AuditLog(workspace).append(Act.CONTINUE_YEAR, content, year=shown.year)
    return shown.year


def _doubts(before: AssessmentYear, year: int) -> Iterator[str]:
    changed = [unit.name for unit in before.units if unit.head_changed]
    if changed:
        yield f"{'、'.join(changed)}仍标为更换过负责人，请按本年度的情况核对。"
    if year - 1 != before.number:
        yield (
            f"工作区中没有{year - 1}年度的考核，从{before.number}年度接续；"
            f"{year - 1}年度的结果请另行导入历年考核结果。"
        )
