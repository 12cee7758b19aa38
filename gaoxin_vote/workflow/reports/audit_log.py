"""What was done in the workspace, in words for a screen, and is the log untouched?"""

import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from gaoxin_vote.documents.forms.catalogue import FORMS
from gaoxin_vote.domain.acts import Act
from gaoxin_vote.domain.audit import AuditEntry
from gaoxin_vote.domain.codec import Json
from gaoxin_vote.domain.contest import Contest, ContestCode, Grade, session_title
from gaoxin_vote.domain.labelled import Labelled
from gaoxin_vote.domain.session import SlipMode
from gaoxin_vote.spreadsheets.changes import ImportMode
from gaoxin_vote.spreadsheets.kind import Kind
from gaoxin_vote.spreadsheets.kind_list import ENTERED
from gaoxin_vote.storage.audit import AuditLog
from gaoxin_vote.storage.workspace import Workspace

_CODES: dict[str, type[Labelled]] = {"grades": Grade, "mode": SlipMode, "import_mode": ImportMode}
"""The fields whose values are codes, shown by their labels."""
_FORMS: dict[str, Json] = {form.code: form.name for form in FORMS}
_KINDS: dict[str, Kind[Any]] = {kind.code: kind for kind in ENTERED}
_TITLE = ("contest", "contest_title", "group", "number")
_TRACES = frozenset(
    {
        "session",
        "ceremony",
        "encrypted_tally",
        "board",
        "sheet",
        "version",
        "trustees_fingerprint",
        "certificate_fingerprint",
    }
)
"""The fields by which a machine finds or compares something; shown where somebody asks for them."""
_TRACES_OF = {Act.WRITE_PACKAGE: _TRACES | {"record"}}


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One act as shown."""

    number: int
    year: int | None
    time_text: str
    """Empty for an act that carries no time."""
    day: date | None
    """When it was; of an act without time, the last day that is known before it."""
    act: str
    words: str
    traces: str
    """Numbers and digests of what the act was about."""
    hash: str


def entries(workspace: Workspace, year: int | None = None) -> tuple[AuditLine, ...]:
    """All acts, or those of a year and of the workspace as a whole, oldest first."""
    dated = _dated(AuditLog(workspace).entries())
    return tuple(_line(entry, day) for entry, day in dated if year is None or entry.year in (year, None))


def check(workspace: Workspace) -> int:
    """Recompute the chain; returns the number of entries. Raises `EvidenceBroken` naming the first bad."""
    AuditLog(workspace).verify()
    return len(AuditLog(workspace).entries())


def _dated(found: Iterable[AuditEntry]) -> Iterator[tuple[AuditEntry, date | None]]:
    day: date | None = None
    for entry in found:
        with suppress(ValueError):  # a log that was touched
            day = date.fromisoformat(entry.time[:10]) if entry.time else day
        yield entry, day


def _line(entry: AuditEntry, day: date | None) -> AuditLine:
    time = entry.time.replace("T", " ")[:19]
    try:
        act, content = Act(entry.act), json.loads(entry.content)
        label = act.label
        if "kind" in act.fields:
            kind = _KINDS[content.pop("kind")]
            label += kind.label
            content = {name: _with_headings(value, kind) for name, value in content.items()}
        words, traces = _words(act, content)
    except (
        ValueError,
        KeyError,
    ):  # a log that was touched is shown as it stands; `check` says what it is worth
        label, words, traces = entry.act, entry.content, ""
    return AuditLine(entry.number, entry.year, time, day, label, words, traces, entry.hash)


def _words(act: Act, content: dict[str, Json]) -> tuple[str, str]:
    """What is told at once, and the traces; each in the order in which the act names its fields."""
    shown: list[tuple[str, str]] = []
    traces: list[tuple[str, str]] = []
    hidden = _TRACES_OF.get(act, _TRACES)
    if all(name in content for name in _TITLE):
        code, name, group, number = (str(content.pop(name)) for name in _TITLE)
        title = session_title(Contest(ContestCode(code), name), group, int(number))
        shown.append(("会议", title))
    if content.get("key") == content.get("session"):
        content.pop("key", None)  # a sheet of a session: its uuid is told once
    if "form" in content:
        content["form"] = _FORMS.get(str(content["form"]), content["form"])
    for name in sorted(content, key=[*act.fields].index):
        if content[name]:
            told = traces if name in hidden else shown
            told.append((act.fields[name], _text(content[name], _CODES.get(name))))
    return _joined(shown), _joined(traces)


def _joined(pairs: list[tuple[str, str]]) -> str:
    return "；".join(f"{name}：{text}" for name, text in pairs)


def _with_headings(value: Json, kind: Kind[Any]) -> Json:
    """The rows of an entry by the headings of its columns; anything else as it is."""
    if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
        return value
    headings = {column.field: column.heading for column in kind.layout.columns}
    return [
        {headings.get(field, field): text for field, text in row.items()}
        for row in value
        if isinstance(row, dict)
    ]


def _text(value: Json, codes: type[Labelled] | None) -> str:
    if isinstance(value, list):
        return "、".join(_text(item, codes) for item in value)
    if isinstance(value, dict):
        return "、".join(f"{name} {_text(item, codes)}" for name, item in value.items())
    return codes(str(value)).label if codes else str(value)
