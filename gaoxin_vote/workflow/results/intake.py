"""What would importing a file change, and how is it taken over, whole or not at all?"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any

from gaoxin_vote.domain.acts import Act
from gaoxin_vote.domain.codec import plain
from gaoxin_vote.domain.consequence import HistoryEntry
from gaoxin_vote.domain.scheme import check_raters, check_roster
from gaoxin_vote.errors import Refused
from gaoxin_vote.spreadsheets.catalogue import Catalogue, catalogue_of
from gaoxin_vote.spreadsheets.changes import ImportChanges, changes
from gaoxin_vote.spreadsheets.context import Context
from gaoxin_vote.spreadsheets.importing import read_file
from gaoxin_vote.spreadsheets.kind import Kind, Written
from gaoxin_vote.spreadsheets.kind_list import context_after
from gaoxin_vote.spreadsheets.kinds.indicators import SCORES
from gaoxin_vote.spreadsheets.kinds.raters import RATERS
from gaoxin_vote.spreadsheets.kinds.standings import HISTORY
from gaoxin_vote.spreadsheets.kinds.units import LEADERS, UNITS
from gaoxin_vote.spreadsheets.naming import UnitNames
from gaoxin_vote.spreadsheets.reading.spreadsheet import SpreadsheetFile
from gaoxin_vote.storage.audit import AuditLog
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.storage.year import YearStore
from gaoxin_vote.workflow.results.assessing import own_history
from gaoxin_vote.workflow.setup.register import first_catalogue, keep, keep_catalogue, kept
from gaoxin_vote.workflow.setup.roster import units
from gaoxin_vote.workflow.setup.years import require_no_session, scheme


class IntakeReason(Enum):
    """Why a file is not taken over."""

    NO_UNITS = "no units"
    HISTORY_DIFFERS = "history differs"


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What a file would change; nothing is changed yet."""

    kind: Kind[Any]
    path: Path
    values: tuple[Any, ...]
    added: int
    changed: int
    removed: int
    warnings: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    """The values as a table: first those that would be new or different, marked in the first column."""

    @property
    def changes(self) -> bool:
        """Whether applying it would change anything."""
        return bool(self.added or self.changed or self.removed)


def preview_import(workspace: Workspace, year: int, kind: Kind[Any], path: Path) -> ImportPreview:
    """Read a file and compare it with what is kept; nothing is changed.

    Raises `Refused` with every error of the file (file, sheet, row, column, value, what is expected).
    """
    YearStore(workspace).require_draft(year)
    if kind.is_roster:
        require_no_session(workspace, year)
    if kind not in (UNITS, LEADERS) and not units(workspace, year):
        raise Refused(IntakeReason.NO_UNITS, "请先导入单位名单，再导入其他文件。")
    result = read_file(kind, SpreadsheetFile.at(path), reading_context(workspace, year))
    values = result.require_clean()
    if kind is HISTORY:
        _require_same_history(workspace, year, values)
    if kind is LEADERS:
        check_roster(scheme(workspace, year), values)
    if kind is RATERS:
        check_raters(scheme(workspace, year), values)
    changed = changes(kind, kept(workspace, year, kind), values)
    marks = _marks(changed, kind.key, values)
    names = UnitNames(values if kind is UNITS else units(workspace, year))
    rows = [
        (mark, *(_shown(cell) for cell in cells))
        for value, mark in sorted(zip(values, marks, strict=True), key=lambda pair: pair[1] == "")
        for cells in kind.rows(value, names)
    ]
    return ImportPreview(
        kind=kind,
        path=path,
        values=values,
        added=len(changed.added),
        changed=len(changed.changed),
        removed=len(changed.removed),
        warnings=tuple(warning.line for warning in result.warnings),
        columns=("变动", *(column.heading for column in kind.layout.columns)),
        rows=tuple(rows),
    )


@dataclass(frozen=True, slots=True)
class KeptTable:
    """What is kept of a kind, as a table."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def kept_table(workspace: Workspace, year: int, kind: Kind[Any]) -> KeptTable:
    """What is kept of a kind, in the columns of its files."""
    names = UnitNames(units(workspace, year))
    return KeptTable(
        tuple(column.heading for column in kind.layout.columns),
        tuple(
            tuple(_shown(cell) for cell in cells)
            for value in kept(workspace, year, kind)
            for cells in kind.rows(value, names)
        ),
    )


def apply_import(workspace: Workspace, year: int, preview: ImportPreview) -> None:
    """Take over what the preview showed, in one step; the same values again change nothing."""
    with workspace.transaction():
        if preview.kind.is_roster:
            require_no_session(workspace, year)
        kept_now = keep(workspace, year, preview.kind, preview.values)
        if not kept_now:
            return
        if preview.kind is SCORES and not first_catalogue(workspace, year):
            keep_catalogue(workspace, year, catalogue_of(preview.values))
        AuditLog(workspace).append(
            Act.IMPORT,
            {
                "kind": preview.kind.code,
                "file": preview.path.name,
                "added": len(kept_now.added),
                "changed": len(kept_now.changed),
                "removed": len(kept_now.removed),
            },
            year=year,
        )


_NEW, _CHANGED = "新增", "修改"


def _marks(changed: ImportChanges[Any], key: Callable[[Any], str], values: tuple[Any, ...]) -> list[str]:
    """For each value whether it is new, different, or (empty) the same as now."""
    new = {key(value) for value in changed.added}
    different = {key(after) for _, after in changed.changed}
    return [_NEW if key(v) in new else _CHANGED if key(v) in different else "" for v in values]


def reading_context(workspace: Workspace, year: int) -> Context:
    """What a row of the year is read against."""
    start = Context(scheme(workspace, year))
    context = context_after(start, lambda kind: kept(workspace, year, kind))
    return (
        context
        if context.catalogue
        else replace(context, catalogue=Catalogue(first_catalogue(workspace, year)))
    )


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
                f"本工作区已定稿为第{known.rank}名、{known.grade.label}{'、末位' if known.is_last else ''}；"
                f"文件中为第{entry.rank}名、{entry.grade.label}{'、末位' if entry.is_last else ''}。"
            )
    if details:
        raise Refused(
            IntakeReason.HISTORY_DIFFERS,
            "文件中的历年结果与本工作区已定稿的结果不一致，没有导入任何内容。",
            details=tuple(details),
        )


def _shown(cell: Written) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    return plain(cell) if isinstance(cell, Decimal) else str(cell)
