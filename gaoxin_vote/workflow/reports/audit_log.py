"""What was done in the workspace, in words for a screen, and is the log untouched?"""

import json
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One act as shown."""

    number: int
    year: int | None
    time_text: str
    act: str
    words: str
    hash: str


def entries(workspace: Workspace, year: int | None = None) -> tuple[AuditLine, ...]:
    """All acts, or those of a year and of the workspace as a whole, oldest first."""
    return tuple(
        _line(entry) for entry in AuditLog(workspace).entries() if year is None or entry.year in (year, None)
    )


def check(workspace: Workspace) -> int:
    """Recompute the chain; returns the number of entries. Raises `EvidenceBroken` naming the first bad."""
    AuditLog(workspace).verify()
    return len(AuditLog(workspace).entries())


def _line(entry: AuditEntry) -> AuditLine:
    time = entry.time.replace("T", " ")[:19]
    try:
        act, content = Act(entry.act), json.loads(entry.content)
        label = act.label
        if "kind" in act.fields:
            kind = _KINDS[content.pop("kind")]
            label += kind.label
            content = {name: _with_headings(value, kind) for name, value in content.items()}
        words = _words(act, content)
    except (
        ValueError,
        KeyError,
    ):  # a log that was touched is shown as it stands; `check` says what it is worth
        label, words = entry.act, entry.content
    return AuditLine(entry.number, entry.year, time, label, words, entry.hash)


def _words(act: Act, content: dict[str, Json]) -> str:
    shown: list[tuple[str, str]] = []
    if all(name in content for name in _TITLE):
        code, name, group, number = (str(content.pop(name)) for name in _TITLE)
        title = session_title(Contest(ContestCode(code), name), group, int(number))
        shown.append(("会议", title))
    if content.get("key") == content.get("session"):
        content.pop("key", None)  # a sheet of a session: its uuid is told once
    if "form" in content:
        content["form"] = _FORMS.get(str(content["form"]), content["form"])
    for name, value in content.items():
        if value:
            shown.append((act.fields.get(name, name), _text(value, _CODES.get(name))))
    return "；".join(f"{name}：{text}" for name, text in shown)


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
