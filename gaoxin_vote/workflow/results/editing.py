"""How is a single entry of a year added, changed, removed or moved by hand?

Each is an act with what was before and what is after. It is refused with the same findings as a file would
be, and then nothing has changed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from gaoxin_vote.domain.acts import Act
from gaoxin_vote.domain.codec import Json
from gaoxin_vote.errors import Refused
from gaoxin_vote.spreadsheets.context import Context
from gaoxin_vote.spreadsheets.exporting import cell_words
from gaoxin_vote.spreadsheets.importing import is_read_back
from gaoxin_vote.spreadsheets.kind import Kind, kept_cells, read_rows, values_of
from gaoxin_vote.spreadsheets.problems import Finding, ImportReason, Level, Problem
from gaoxin_vote.spreadsheets.row import RowCells
from gaoxin_vote.storage.audit import AuditLog
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.workflow.results.entering import reading_context, require_fitting, require_open
from gaoxin_vote.workflow.setup.register import keep, kept

Typed = Sequence[Mapping[str, str]]
"""What was typed: the row, or rows, of an entry, each the texts of its cells by the names of the columns."""


class EditingReason(Enum):
    """Why an entry cannot be edited."""

    UNKNOWN = "unknown"
    NOT_ONE = "not one"
    NO_PLACE = "no place"


@dataclass(frozen=True, slots=True)
class TypedEntry:
    """What was typed, read among what is kept; nothing is changed yet."""

    value: Any
    """The entry; None where there is an error."""
    findings: tuple[Finding, ...]
    """What is to be said of its cells, then of all entries together; `Finding.row` counts the typed rows."""

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What keeps it from being taken over."""
        return tuple(finding for finding in self.findings if finding.level is Level.ERROR)


def read_typed(
    workspace: Workspace, year: int, kind: Kind[Any], typed: Typed, key: str | None = None
) -> TypedEntry:
    """What a window may say of cells while they are typed: for a new entry, or instead of that with `key`."""
    now = kept(workspace, year, kind)
    return _read(kind, reading_context(workspace, year), now, _place(kind, now, key), typed)


def add_entry(workspace: Workspace, year: int, kind: Kind[Any], typed: Typed) -> tuple[Finding, ...]:
    """Add an entry after all others; returns what is to be said of it. Raises `Refused` with every error."""
    with workspace.transaction():
        require_open(workspace, year, kind)
        now, context = kept(workspace, year, kind), reading_context(workspace, year)
        entry = _required(kind, _read(kind, context, now, None, typed))
        after = (*now, entry.value)
        _keep(workspace, year, kind, after)
        content: dict[str, Json] = {"key": kind.key(entry.value), "after": _told(kind, entry.value, context)}
        _note(workspace, year, Act.ADD_ENTRY, kind, content)
        return entry.findings


def change_entry(
    workspace: Workspace, year: int, kind: Kind[Any], key: str, typed: Typed
) -> tuple[Finding, ...]:
    """Put what was typed in the place of the entry with this key; the same again changes nothing.

    Returns what is to be said of it. Raises `Refused` with every error.
    """
    with workspace.transaction():
        require_open(workspace, year, kind)
        now, context = kept(workspace, year, kind), reading_context(workspace, year)
        place = _place(kind, now, key)
        assert place is not None
        entry = _required(kind, _read(kind, context, now, place, typed))
        if _keep(workspace, year, kind, (*now[:place], entry.value, *now[place + 1 :])):
            before, after = _differing(_told(kind, now[place], context), _told(kind, entry.value, context))
            content: dict[str, Json] = {"key": key, "before": before, "after": after}
            _note(workspace, year, Act.CHANGE_ENTRY, kind, content)
        return entry.findings


def remove_entry(workspace: Workspace, year: int, kind: Kind[Any], key: str) -> None:
    """Remove the entry with this key. Raises `Refused` where the others cannot do without it."""
    with workspace.transaction():
        require_open(workspace, year, kind)
        now, context = kept(workspace, year, kind), reading_context(workspace, year)
        place = _place(kind, now, key)
        assert place is not None
        _required(kind, _read(kind, context, now, place, ()))
        _keep(workspace, year, kind, (*now[:place], *now[place + 1 :]))
        content: dict[str, Json] = {"key": key, "before": _told(kind, now[place], context)}
        _note(workspace, year, Act.REMOVE_ENTRY, kind, content)


def move_entry(workspace: Workspace, year: int, kind: Kind[Any], key: str, place: int) -> None:
    """Let the entry with this key stand at `place`, counted from 1. Raises `Refused` where there is none."""
    with workspace.transaction():
        require_open(workspace, year, kind)
        now = kept(workspace, year, kind)
        if not 1 <= place <= len(now):
            raise Refused(EditingReason.NO_PLACE, f"{kind.label}只有{len(now)}项，没有第{place}位。")
        old = _place(kind, now, key)
        assert old is not None
        others = (*now[:old], *now[old + 1 :])
        if _keep(workspace, year, kind, (*others[: place - 1], now[old], *others[place - 1 :])):
            content: dict[str, Json] = {"key": key, "before": old + 1, "after": place}
            _note(workspace, year, Act.MOVE_ENTRY, kind, content)


def _place(kind: Kind[Any], now: Sequence[Any], key: str | None) -> int | None:
    """Where the entry with this key stands; None without a key."""
    if key is None:
        return None
    for place, value in enumerate(now):
        if kind.key(value) == key:
            return place
    raise Refused(EditingReason.UNKNOWN, f"{kind.label}中没有“{key}”这一项，可能已被删除。")


def _read(
    kind: Kind[Any], context: Context, now: Sequence[Any], place: int | None, typed: Typed
) -> TypedEntry:
    """What was typed, read together with all entries but the one at `place`.

    What is wrong with all entries together does not count where it was wrong before: a table that is not yet
    complete can be entered row by row.
    """
    others = kept_cells(kind, [value for at, value in enumerate(now) if at != place], context.names)
    own = [
        RowCells({field: text.strip() for field, text in row.items()}, len(others) + number)
        for number, row in enumerate(typed, 1)
    ]
    readings = read_rows(kind, [*others, *own], context)
    rows = readings.rows[len(others) :]
    whole: Iterable[Finding] = readings.whole
    if _is_incomplete(whole) and _is_incomplete(_whole(kind, now, context)):
        whole = [finding for finding in whole if finding.level is not Level.ERROR]
    own_findings = (replace(each, row=at) for at, row in enumerate(rows) for each in row.findings)
    findings = (*own_findings, *whole)
    if any(finding.level is Level.ERROR for finding in findings) or not typed:
        return TypedEntry(None, findings)
    values = kind.gather(values_of(rows))
    if len(values) != 1:
        raise Refused(EditingReason.NOT_ONE, f"应填写{kind.label}的一项，这里有{len(values)}项。")
    if not is_read_back(kind, values, context):
        words = "这样填写，存成表格后会被当作合计、签字或表头，读不回来，请换一种写法。"
        return TypedEntry(None, (*findings, Finding(Level.ERROR, Problem.NOT_READ_BACK, words)))
    return TypedEntry(values[0], findings)


def _whole(kind: Kind[Any], now: Sequence[Any], context: Context) -> tuple[Finding, ...]:
    """What is to be said of all entries together."""
    return read_rows(kind, kept_cells(kind, now, context.names), context).whole


def _is_incomplete(whole: Iterable[Finding]) -> bool:
    return any(finding.level is Level.ERROR for finding in whole)


def _required(kind: Kind[Any], entry: TypedEntry) -> TypedEntry:
    """The entry. Raises `Refused` with each of its errors."""
    if not entry.errors:
        return entry
    raise Refused(
        ImportReason.FAULTY,
        f"{kind.label}的这一项有{len(entry.errors)}处错误，没有作任何改动。请逐处改正。",
        details=tuple(_line(kind, finding) for finding in entry.errors),
    )


def _line(kind: Kind[Any], finding: Finding) -> str:
    """A finding with the heading of its column."""
    column = kind.layout.by_field.get(finding.field.partition("+")[0])
    if column is None or finding.row is None or finding.message.startswith(f"“{column.heading}”"):
        return finding.message
    return f"“{column.heading}”：{finding.message}"


def _keep(workspace: Workspace, year: int, kind: Kind[Any], values: tuple[Any, ...]) -> bool:
    """Keep these values; whether that changed anything."""
    require_fitting(workspace, year, kind, values, kept(workspace, year, kind))
    return bool(keep(workspace, year, kind, values))


def _note(workspace: Workspace, year: int, act: Act, kind: Kind[Any], content: dict[str, Json]) -> None:
    AuditLog(workspace).append(act, {"kind": kind.code, **content}, year=year)


def _told(kind: Kind[Any], value: Any, context: Context) -> list[Json]:
    """The rows of an entry for the log: what is not empty, by the names of the columns."""
    return [
        {field: text for field in kind.layout.fields if (text := cell_words(row.get(field)))}
        for row in kind.cells(value, context.names)
    ]


def _differing(before: list[Json], after: list[Json]) -> tuple[list[Json], list[Json]]:
    """Only the columns that differ, where both have as many rows."""
    if len(before) != len(after):
        return before, after
    pairs = list(zip(before, after, strict=True))
    return [_less(old, new) for old, new in pairs], [_less(new, old) for old, new in pairs]


def _less(row: Json, other: Json) -> Json:
    assert isinstance(row, dict) and isinstance(other, dict)
    return {field: text for field, text in row.items() if other.get(field) != text}
