"""What would importing a file change, and how is it taken over, whole or not at all?"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum
from itertools import zip_longest
from pathlib import Path
from typing import Any

from gaoxin_vote.domain.acts import Act
from gaoxin_vote.domain.codec import Json, plain
from gaoxin_vote.domain.indicator import Indicator
from gaoxin_vote.domain.labelled import Labelled
from gaoxin_vote.errors import Refused
from gaoxin_vote.spreadsheets.catalogue import Catalogue, catalogue_of
from gaoxin_vote.spreadsheets.changes import ImportChanges, changes, merged
from gaoxin_vote.spreadsheets.changes import ImportMode as ImportMode
from gaoxin_vote.spreadsheets.importing import read_file
from gaoxin_vote.spreadsheets.kind import Kind, Written, shortened
from gaoxin_vote.spreadsheets.kinds.indicators import SCORES
from gaoxin_vote.spreadsheets.kinds.units import UNITS
from gaoxin_vote.spreadsheets.naming import UnitNames
from gaoxin_vote.spreadsheets.problems import FaultyFile as FaultyFile
from gaoxin_vote.spreadsheets.problems import ImportProblem as ImportProblem
from gaoxin_vote.spreadsheets.problems import by_gravity, require_clean, told
from gaoxin_vote.spreadsheets.reading.spreadsheet import PASTED as PASTED
from gaoxin_vote.spreadsheets.reading.spreadsheet import SpreadsheetFile, read_workbook
from gaoxin_vote.spreadsheets.reading.spreadsheet import Workbook as Workbook
from gaoxin_vote.spreadsheets.reading.spreadsheet import read_pasted as read_pasted
from gaoxin_vote.storage.audit import AuditLog
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.workflow.results.entering import reading_context, require_fitting, require_open
from gaoxin_vote.workflow.results.own_headings import (
    Headings,
    keep_own_headings,
    own_headings,
    used_headings,
)
from gaoxin_vote.workflow.setup.register import first_catalogue, keep, keep_catalogue, kept
from gaoxin_vote.workflow.setup.roster import units
from gaoxin_vote.workflow.setup.years import require_no_session


class IntakeReason(Enum):
    """Why what was looked at is not taken over."""

    NOT_CONFIRMED = "not confirmed"
    CHANGED_MEANWHILE = "changed meanwhile"


class Fate(Labelled):
    """What an import does to a row."""

    REMOVED = "removed", "删除"
    OVERWRITTEN = "overwritten", "被覆盖"
    """Its key stays, but speaks of something else from then on."""
    ADDED = "added", "新增"
    CHANGED = "changed", "修改"
    SAME = "same", "不变"

    @property
    def goes(self) -> bool:
        """Whether what the row says is lost."""
        return self in (Fate.REMOVED, Fate.OVERWRITTEN)


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """One row of a preview."""

    fate: Fate
    cells: tuple[str, ...]
    """What there will be; of a row that goes, what there is."""
    before: tuple[str, ...] = ()
    """What a row that changes says now."""


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What a file would change; nothing is changed yet."""

    kind: Kind[Any]
    file: str
    """The name of the file, or what stands for it where a block was pasted."""
    mode: ImportMode
    before: tuple[Any, ...]
    """What was kept when the file was looked at."""
    values: tuple[Any, ...]
    """What would be kept afterwards."""
    changes: ImportChanges[Any]
    read: int
    """How many rows the file has."""
    notes: tuple[str, ...]
    """What is to be said of the import as a whole."""
    problems: tuple[ImportProblem, ...]
    """What somebody should look at in the file, the gravest first."""
    headings: Headings
    """What the office calls columns; remembered once the file is imported."""
    used: Headings
    """Those of them that stand in the file."""
    columns: tuple[str, ...]
    catalogue: tuple[Indicator, ...]
    """The indicators that hold from then on; empty where they stay as they are."""
    lines: tuple[PreviewLine, ...]
    """First what would go, then what would be new or different, then the rest of the file."""

    @property
    def warnings(self) -> tuple[str, ...]:
        """All that is to be said, in lines."""
        return (*self.notes, *told(self.problems))


def open_book(path: Path) -> Workbook:
    """The sheets of a file; asks no workspace, so that it can be done in a process of its own."""
    return read_workbook(SpreadsheetFile.at(path))


def preview_import(
    workspace: Workspace,
    year: int,
    kind: Kind[Any],
    source: Path | Workbook,
    mode: ImportMode = ImportMode.ADD,
    headings: Headings | None = None,
) -> ImportPreview:
    """Read a file and compare it with what is kept; nothing is changed.

    A `Workbook` was read before, in a process of its own for instance, or pasted. `headings` are what the
    office calls columns, None: as it did before.
    Raises `FaultyFile` with every error of the file (file, sheet, row, column, value, what is expected).
    """
    require_open(workspace, year, kind)
    now = kept(workspace, year, kind)
    context = reading_context(workspace, year)
    book = source if isinstance(source, Workbook) else open_book(source)
    own = own_headings(workspace, kind) if headings is None else headings
    reader, used = kind.called(own), used_headings(book, own)
    result = read_file(reader, book, context, now if mode is ImportMode.ADD else ())
    notes = [f"按本单位的列名对照读入：{_meant(kind, text, field)}。" for text, field in used.items()]
    catalogue: tuple[Indicator, ...] = ()
    if kind is SCORES and result.errors and context.catalogue.is_first_file and context.catalogue:
        # Nobody has set the weights: the first file may have been wrong, and this one right.
        anew = read_file(reader, book, replace(context, catalogue=Catalogue(())))
        if not anew.errors:
            result, mode, catalogue = anew, ImportMode.REPLACE, catalogue_of(anew.values)
            notes.append(_weights_in_words(context.catalogue.indicators, catalogue))
    require_clean(result, with_warnings=True)
    file = result.values
    values = merged(kind, now, file, mode)
    require_fitting(workspace, year, kind, values)
    changed = changes(kind, now, values)
    names = UnitNames((*now, *file) if kind is UNITS else units(workspace, year))

    def rows(value: Any) -> list[tuple[str, ...]]:
        return [tuple(_shown(cell) for cell in cells) for cells in kind.rows(value, names)]

    return ImportPreview(
        kind=kind,
        file=book.file,
        mode=mode,
        before=now,
        values=values,
        changes=changed,
        read=sum(len(kind.cells(value, names)) for value in file),
        notes=tuple(notes),
        problems=by_gravity(result.warnings),
        headings=own,
        used=used,
        columns=("变动", *(column.heading for column in kind.layout.columns)),
        catalogue=catalogue,
        lines=tuple(_lines(kind, file, changed, rows)),
    )


def _weights_in_words(before: tuple[Indicator, ...], after: tuple[Indicator, ...]) -> str:
    """What becomes of the weights of the first file, for which nobody has set targets."""
    old = {(indicator.unit, indicator.code): indicator.full for indicator in before}
    new = {(indicator.unit, indicator.code): indicator.full for indicator in after}
    changed = [
        f"{code}由{plain(old[unit, code])}改为{plain(full)}"
        for (unit, code), full in new.items()
        if old.get((unit, code), full) != full
    ]
    words = f"（{shortened(changed)}）" if changed else ""
    return f"指标或分值与先前导入的得分表不同{words}：导入后以这个文件为准，先前的得分全部替换。"


def _lines(
    kind: Kind[Any],
    file: tuple[Any, ...],
    changed: ImportChanges[Any],
    rows: Callable[[Any], list[tuple[str, ...]]],
) -> Iterator[PreviewLine]:
    """The preview of the values of a file, each shown as `rows`."""
    for value in changed.removed:
        yield from (PreviewLine(Fate.REMOVED, cells) for cells in rows(value))
    for before, after in changed.overwritten:
        yield from (PreviewLine(Fate.OVERWRITTEN, cells) for cells in rows(before))
        yield from _changed_lines(rows(before), rows(after))
    overwritten = {kind.key(after) for _, after in changed.overwritten}
    earlier = {kind.key(after): before for before, after in changed.changed}
    new = {kind.key(value) for value in changed.added}
    same = []
    for value in file:
        key = kind.key(value)
        if key in new:
            yield from (PreviewLine(Fate.ADDED, cells) for cells in rows(value))
        elif key not in earlier:
            same.append(value)
        elif key not in overwritten:
            yield from _changed_lines(rows(earlier[key]), rows(value))
    yield from (PreviewLine(Fate.SAME, cells) for value in same for cells in rows(value))


def _changed_lines(before: list[tuple[str, ...]], after: list[tuple[str, ...]]) -> Iterator[PreviewLine]:
    for old, new in zip_longest(before, after, fillvalue=()):
        if not new:
            yield PreviewLine(Fate.REMOVED, old)
        elif not old:
            yield PreviewLine(Fate.ADDED, new)
        else:
            yield PreviewLine(Fate.SAME if old == new else Fate.CHANGED, new, old)


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


def apply_import(workspace: Workspace, year: int, preview: ImportPreview, confirmed: bool = False) -> None:
    """Take over what the preview showed, in one step; the same values again change nothing.

    Raises `Refused` where something would go and that was not `confirmed`, and where what is kept is no
    longer what the file was compared with.
    """
    kind, going = preview.kind, preview.changes.going
    if going and not confirmed:
        raise Refused(
            IntakeReason.NOT_CONFIRMED,
            f"导入后有{len(going)}项现有内容将被删除或覆盖，确认后才能导入。",
            details=tuple(kind.key(value) for value in going),
        )
    with workspace.transaction():
        if kind.is_roster:
            require_no_session(workspace, year)
        if kept(workspace, year, kind) != preview.before:
            raise Refused(
                IntakeReason.CHANGED_MEANWHILE, f"{kind.label}在查看文件之后有了改动，请重新选择文件。"
            )
        is_first = kind is SCORES and not first_catalogue(workspace, year)
        kept_now = keep(workspace, year, kind, preview.values)
        if not kept_now:
            return
        if kind is SCORES and (preview.catalogue or is_first):
            keep_catalogue(workspace, year, preview.catalogue or catalogue_of(preview.values))
        keep_own_headings(workspace, year, kind, preview.headings)
        content: dict[str, Json] = {
            "kind": kind.code,
            "file": preview.file,
            "import_mode": preview.mode.value,
            "added": len(kept_now.added),
            "changed": len(kept_now.changed),
            "removed": len(kept_now.removed),
            "gone": [kind.key(value) for value in going],
        }
        if preview.used:
            content["headings"] = [_meant(kind, text, field) for text, field in preview.used.items()]
        AuditLog(workspace).append(Act.IMPORT, content, year=year)


def _meant(kind: Kind[Any], text: str, field: str) -> str:
    """What one of the office's own headings means."""
    return f"“{text}”是“{kind.layout.by_field[field].heading}”"


def _shown(cell: Written) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    return plain(cell) if isinstance(cell, Decimal) else str(cell)
