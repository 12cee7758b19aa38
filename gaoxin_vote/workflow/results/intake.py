"""What would importing a file change, and how is it taken over, whole or not at all?"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any

from gaoxin_vote.domain.acts import Act
from gaoxin_vote.domain.codec import canonical_json, from_json, plain, to_json
from gaoxin_vote.domain.consequence import HistoryEntry
from gaoxin_vote.domain.indicator import Indicator
from gaoxin_vote.domain.scheme import check_raters, check_roster
from gaoxin_vote.errors import Refused
from gaoxin_vote.spreadsheets.changes import ImportChanges, changes
from gaoxin_vote.spreadsheets.kind import Written
from gaoxin_vote.spreadsheets.kinds.adjustments import import_acceptances, import_claims
from gaoxin_vote.spreadsheets.catalogue import catalogue_of
from gaoxin_vote.spreadsheets.kinds.decisions import (
    import_overrides,
    import_referrals,
    import_staff_adjustments,
    import_tie_decisions,
)
from gaoxin_vote.spreadsheets.kinds.indicators import import_scores
from gaoxin_vote.spreadsheets.kinds.raters import import_raters
from gaoxin_vote.spreadsheets.kinds.self_assessments import import_self_assessments
from gaoxin_vote.spreadsheets.kinds.standings import import_events, import_history
from gaoxin_vote.spreadsheets.kinds.supervision import import_ledger, import_site_notes
from gaoxin_vote.spreadsheets.kinds.targets import import_targets
from gaoxin_vote.spreadsheets.kinds.units import import_leaders, import_units
from gaoxin_vote.spreadsheets.naming import UnitNames
from gaoxin_vote.spreadsheets.problems import ImportResult
from gaoxin_vote.spreadsheets.reading.spreadsheet import SpreadsheetFile
from gaoxin_vote.storage.audit import AuditLog
from gaoxin_vote.storage.register import Register
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.storage.year import YearStore
from gaoxin_vote.workflow.results.assessing import own_history
from gaoxin_vote.workflow.setup.register import InputKind, OwnEntry, file_kind, keep, kept
from gaoxin_vote.workflow.setup.roster import units
from gaoxin_vote.workflow.setup.years import require_no_session, scheme

_ROSTERS = (InputKind.UNITS, InputKind.LEADERS, InputKind.RATERS)
"""Who is rated and who rates: fixed once a session is prepared."""


class IntakeReason(Enum):
    """Why a file is not taken over."""

    NO_UNITS = "no units"
    HISTORY_DIFFERS = "history differs"


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What a file would change; nothing is changed yet."""

    kind: InputKind
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


def preview_import(workspace: Workspace, year: int, kind: InputKind, path: Path) -> ImportPreview:
    """Read a file and compare it with what is kept; nothing is changed.

    Raises `Refused` with every error of the file (file, sheet, row, column, value, what is expected).
    """
    YearStore(workspace).require_draft(year)
    if kind in _ROSTERS:
        require_no_session(workspace, year)
    if kind not in (InputKind.UNITS, InputKind.LEADERS) and not units(workspace, year):
        raise Refused(IntakeReason.NO_UNITS, "请先导入单位名单，再导入其他文件。")
    result = _read(workspace, year, kind, SpreadsheetFile.at(path))
    values = result.require_clean()
    if kind is InputKind.HISTORY:
        _require_same_history(workspace, year, values)
    if kind is InputKind.LEADERS:
        check_roster(scheme(workspace, year), values)
    if kind is InputKind.RATERS:
        check_raters(scheme(workspace, year), values)
    form = file_kind(kind)
    changed = changes(form, kept(workspace, year, kind), values)
    marks = _marks(changed, form.key, values)
    names = UnitNames(values if kind is InputKind.UNITS else units(workspace, year))
    rows = [
        (mark, *(_shown(cell) for cell in cells))
        for value, mark in sorted(zip(values, marks, strict=True), key=lambda pair: pair[1] == "")
        for cells in form.rows(value, names)
    ]
    return ImportPreview(
        kind=kind,
        path=path,
        values=values,
        added=len(changed.added),
        changed=len(changed.changed),
        removed=len(changed.removed),
        warnings=tuple(warning.line for warning in result.warnings),
        columns=("变动", *(column.heading for column in form.layout.columns)),
        rows=tuple(rows),
    )


@dataclass(frozen=True, slots=True)
class KeptTable:
    """What is kept of a kind, as a table."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def kept_table(workspace: Workspace, year: int, kind: InputKind) -> KeptTable:
    """What is kept of a kind, in the columns of its files."""
    form = file_kind(kind)
    names = UnitNames(units(workspace, year))
    return KeptTable(
        tuple(column.heading for column in form.layout.columns),
        tuple(
            tuple(_shown(cell) for cell in cells)
            for value in kept(workspace, year, kind)
            for cells in form.rows(value, names)
        ),
    )


def apply_import(workspace: Workspace, year: int, preview: ImportPreview) -> None:
    """Take over what the preview showed, in one step; the same values again change nothing."""
    with workspace.transaction():
        if preview.kind in _ROSTERS:
            require_no_session(workspace, year)
        kept_now = keep(workspace, year, preview.kind, preview.values)
        if not kept_now:
            return
        if preview.kind is InputKind.INDICATORS and not _catalogue(workspace, year):
            catalogue = catalogue_of(preview.values)
            rows = [(f"{i.unit or '*'}/{i.code}", canonical_json(to_json(i))) for i in catalogue]
            Register(workspace).replace(year, OwnEntry.CATALOGUE, rows)
        AuditLog(workspace).append(
            Act.IMPORT,
            {
                "kind": str(preview.kind.value),
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


def _read(workspace: Workspace, year: int, kind: InputKind, file: SpreadsheetFile) -> ImportResult[Any]:
    if kind is InputKind.UNITS:
        return import_units(file)
    if kind is InputKind.LEADERS:
        return import_leaders(file)
    rules = scheme(workspace, year)
    if kind is InputKind.RATERS:
        return import_raters(file, rules.contests)
    names = UnitNames(units(workspace, year), rules.aliases)
    if kind is InputKind.INDICATORS:
        return import_scores(file, names, rules, _catalogue(workspace, year))
    if kind is InputKind.LATE_ACCEPTANCES:
        return import_acceptances(file, kept(workspace, year, InputKind.CLAIMS))
    with_scheme: dict[InputKind, Callable[..., ImportResult[Any]]] = {
        InputKind.CLAIMS: import_claims,
        InputKind.EVENTS: import_events,
        InputKind.TARGETS: import_targets,
    }
    if kind in with_scheme:
        return with_scheme[kind](file, names, rules)
    with_names: dict[InputKind, Callable[..., ImportResult[Any]]] = {
        InputKind.HISTORY: import_history,
        InputKind.TIE_DECISIONS: import_tie_decisions,
        InputKind.OVERRIDES: import_overrides,
        InputKind.STAFF_ADJUSTMENTS: import_staff_adjustments,
        InputKind.REFERRALS: import_referrals,
        InputKind.LEDGER: import_ledger,
        InputKind.SELF_ASSESSMENTS: import_self_assessments,
        InputKind.SITE_NOTES: import_site_notes,
    }
    return with_names[kind](file, names)


def _catalogue(workspace: Workspace, year: int) -> tuple[Indicator, ...]:
    """The targets; before they are imported, the indicators of the first indicator file."""
    targets: tuple[Indicator, ...] = kept(workspace, year, InputKind.TARGETS)
    if targets:
        return targets
    rows = Register(workspace).rows(year, OwnEntry.CATALOGUE)
    return tuple(from_json(Indicator, json.loads(content)) for _, content in rows)


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
