"""What must hold before rows of a year are entered, by file or by hand, and what are they read against?"""

from dataclasses import replace
from enum import Enum
from typing import Any

from gaoxin_vote.domain.consequence import HistoryEntry
from gaoxin_vote.domain.scheme import check_raters, check_roster
from gaoxin_vote.errors import Refused
from gaoxin_vote.spreadsheets.catalogue import Catalogue
from gaoxin_vote.spreadsheets.context import Context
from gaoxin_vote.spreadsheets.kind import Kind
from gaoxin_vote.spreadsheets.kind_list import context_after
from gaoxin_vote.spreadsheets.kinds.raters import RATERS
from gaoxin_vote.spreadsheets.kinds.standings import HISTORY
from gaoxin_vote.spreadsheets.kinds.units import LEADERS, UNITS
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.storage.year import YearStore
from gaoxin_vote.workflow.results.assessing import own_history
from gaoxin_vote.workflow.setup.printable import require_printable, unprintable
from gaoxin_vote.workflow.setup.register import first_catalogue, kept
from gaoxin_vote.workflow.setup.roster import units
from gaoxin_vote.workflow.setup.years import require_no_session, scheme


class EnteringReason(Enum):
    """Why nothing can be entered."""

    NO_UNITS = "no units"
    HISTORY_DIFFERS = "history differs"


def require_open(workspace: Workspace, year: int, kind: Kind[Any]) -> None:
    """Raise `Refused` for a finalised year, for a roster that a session stands on, and without units."""
    YearStore(workspace).require_draft(year)
    if kind.is_roster:
        require_no_session(workspace, year)
    if kind not in (UNITS, LEADERS) and not units(workspace, year):
        raise Refused(EnteringReason.NO_UNITS, "请先导入单位名单，再导入其他文件。")


def reading_context(workspace: Workspace, year: int) -> Context:
    """What a row of the year is read against."""
    start = Context(scheme(workspace, year), unprintable=unprintable)
    context = context_after(start, lambda kind: kept(workspace, year, kind))
    if context.catalogue:
        return context
    return replace(context, catalogue=Catalogue(first_catalogue(workspace, year), is_first_file=True))


def require_fitting(
    workspace: Workspace,
    year: int,
    kind: Kind[Any],
    values: tuple[Any, ...],
    before: tuple[Any, ...] | None = None,
) -> None:
    """Raise `Refused` for values that contradict the scheme's weight groups or a year finalised here, and
    for texts that cannot be printed.

    By hand, a roster grows from what it was `before`: it may be incomplete until a session is prepared.
    """
    require_printable(values)
    if kind is HISTORY:
        _require_same_history(workspace, year, values)
    if kind is LEADERS:
        check_roster(scheme(workspace, year), values, before)
    if kind is RATERS:
        check_raters(scheme(workspace, year), values, before)


def _require_same_history(workspace: Workspace, year: int, values: tuple[HistoryEntry, ...]) -> None:
    """What this workspace has finalised itself is not open to a file that says otherwise."""
    own = {(entry.year, entry.unit): entry for entry in own_history(workspace, year)}
    names = {unit.code: unit.name for unit in units(workspace, year)}
    details = []
    for entry in values:
        known = own.get((entry.year, entry.unit))
        if known is not None and known != entry:
            details.append(
                f"{entry.year}年 {names.get(entry.unit, entry.unit)}："
                f"本工作区已定稿为{_spoken_result(known)}；"
                f"这里为{_spoken_result(entry)}。"
            )
    if details:
        raise Refused(
            EnteringReason.HISTORY_DIFFERS,
            "历年考核结果与本工作区已定稿的结果不一致，没有改动任何内容。",
            details=tuple(details),
        )


def _spoken_result(entry: HistoryEntry) -> str:
    last = "、排名最后" if entry.is_last else ""
    return f"第{entry.rank}名、{entry.grade.label}{last}"
