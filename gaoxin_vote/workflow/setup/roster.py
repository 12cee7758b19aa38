"""Who is assessed and who leads: the year's units and leaders, and how is a name corrected?"""

from dataclasses import replace
from typing import Any

from gaoxin_vote.domain.acts import Act
from gaoxin_vote.domain.contest_rules import Raters
from gaoxin_vote.domain.scheme import AssessmentScheme
from gaoxin_vote.domain.units import Leader, Rater, Unit, UnitCode
from gaoxin_vote.errors import Refused
from gaoxin_vote.spreadsheets.kind import Kind
from gaoxin_vote.spreadsheets.kinds.raters import RATERS
from gaoxin_vote.spreadsheets.kinds.units import LEADERS, UNITS
from gaoxin_vote.storage.audit import AuditLog
from gaoxin_vote.storage.register import Register
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.workflow.setup.printable import require_printable
from gaoxin_vote.workflow.setup.register import keep, kept
from gaoxin_vote.workflow.setup.years import SetupReason, require_no_session, scheme


def units(workspace: Workspace, year: int) -> tuple[Unit, ...]:
    """The year's units in the official order."""
    return kept(workspace, year, UNITS)


def leaders(workspace: Workspace, year: int) -> tuple[Leader, ...]:
    """The year's leaders in the official order."""
    return kept(workspace, year, LEADERS)


def raters(workspace: Workspace, year: int) -> tuple[Rater, ...]:
    """The persons on the own rosters of the year's contests."""
    return kept(workspace, year, RATERS)


def needed_lists(rules: AssessmentScheme) -> tuple[Kind[Any], ...]:
    """The lists without which nobody can vote under this scheme."""
    rosters: dict[Raters, Kind[Any]] = {Raters.LEADERS: LEADERS, Raters.PERSONS: RATERS}
    voting = {contest.raters for contest in rules.contests}
    return (UNITS, *(kind for who, kind in rosters.items() if who in voting))


def missing_lists(workspace: Workspace, year: int) -> tuple[Kind[Any], ...]:
    """Those that the year still lacks."""
    return lacking(scheme(workspace, year), Register(workspace).kinds(year))


def lacking(rules: AssessmentScheme, there: frozenset[str]) -> tuple[Kind[Any], ...]:
    """The needed lists that are not among the kinds of which there are entries."""
    return tuple(kind for kind in needed_lists(rules) if kind.code not in there)


def rename_unit(workspace: Workspace, year: int, code: UnitCode, name: str) -> None:
    """Correct the name of a unit; the old one stays as an alias for imports."""
    if not name.strip():
        raise Refused(SetupReason.NO_NAME, "单位名称不能为空。")
    require_printable(name.strip())
    with workspace.transaction():
        require_no_session(workspace, year)
        everybody = units(workspace, year)
        if any(unit.name == name.strip() and unit.code != code for unit in everybody):
            raise Refused(SetupReason.NO_NAME, f"已有名为“{name.strip()}”的单位。")
        changed = tuple(
            replace(unit, name=name.strip(), aliases=tuple(dict.fromkeys((*unit.aliases, unit.name))))
            if unit.code == code and unit.name != name.strip()
            else unit
            for unit in everybody
        )
        if keep(workspace, year, UNITS, changed):
            AuditLog(workspace).append(Act.RENAME_UNIT, {"unit": code, "name": name.strip()}, year=year)


def rename_leader(workspace: Workspace, year: int, code: str, title: str) -> None:
    """Correct the title of a leader."""
    if not title.strip():
        raise Refused(SetupReason.NO_NAME, "职务不能为空。")
    require_printable(title.strip())
    with workspace.transaction():
        require_no_session(workspace, year)
        changed = tuple(
            replace(leader, title=title.strip()) if leader.code == code else leader
            for leader in leaders(workspace, year)
        )
        if keep(workspace, year, LEADERS, changed):
            AuditLog(workspace).append(Act.RENAME_LEADER, {"leader": code, "title": title.strip()}, year=year)
