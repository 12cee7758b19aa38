"""Which workbooks are handed out: the empty form of a kind, and what a year keeps of it?"""

import re
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from gaoxin_vote.domain.contest import ContestCode
from gaoxin_vote.errors import Refused
from gaoxin_vote.files import write_durably
from gaoxin_vote.spreadsheets.exporting import write_xlsx
from gaoxin_vote.spreadsheets.folder import counted_tables
from gaoxin_vote.spreadsheets.kind import Kind
from gaoxin_vote.spreadsheets.kinds.tallies import tally_kind
from gaoxin_vote.spreadsheets.templates import write_template
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.workflow.results.assessing import inputs
from gaoxin_vote.workflow.results.entering import reading_context
from gaoxin_vote.workflow.setup.register import kept
from gaoxin_vote.workflow.setup.years import is_sample, scheme

_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\s]')


class HandingReason(Enum):
    """Why no workbook can be handed out."""

    NOTHING_KEPT = "nothing kept"


@dataclass(frozen=True, slots=True)
class HandedOut:
    """One workbook, and the name that is offered for it."""

    name: str
    content: bytes

    def save(self, path: Path) -> Path:
        """Write it to `path`, whole or not at all; returns `path`. Raises `Unavailable` where that fails."""
        write_durably(path, self.content)
        return path


def empty_form(workspace: Workspace, year: int, kind: Kind[Any]) -> HandedOut:
    """The form of a kind, with the units and words of the year; filled in, it is imported as it is."""
    content = write_template(kind, reading_context(workspace, year))
    return HandedOut(_name(f"{kind.layout.title}模板"), content)


def kept_workbook(workspace: Workspace, year: int, kind: Kind[Any]) -> HandedOut:
    """What the year keeps of a kind, to be printed, sorted, gone on with, and imported again.

    Raises `Refused` where nothing is kept of it.
    """
    return _written(workspace, year, kind, kept(workspace, year, kind))


def counts_workbook(workspace: Workspace, year: int, contest: ContestCode) -> HandedOut:
    """The counts of all sessions of a contest that were counted. Raises `Refused` where none was."""
    tables = counted_tables(inputs(workspace, year))
    rules = next(rules for rules in scheme(workspace, year).contests if rules.contest.code == contest)
    stem = tally_kind(rules).code
    kind, values = next(table for table in tables if table[0].code == stem)
    return _written(workspace, year, kind, tuple(values))


def sessions_workbook(workspace: Workspace, year: int) -> HandedOut:
    """The numbers of all sessions that were counted. Raises `Refused` where none was."""
    (kind, values), *_ = counted_tables(inputs(workspace, year))
    return _written(workspace, year, kind, tuple(values))


def sample_mark(workspace: Workspace) -> str:
    """What stands on every page of a workbook of sample data; empty for any other."""
    return "演示数据" if is_sample(workspace) else ""


def _written(workspace: Workspace, year: int, kind: Kind[Any], values: tuple[Any, ...]) -> HandedOut:
    if not values:
        raise Refused(HandingReason.NOTHING_KEPT, f"{year}年的{kind.label}还没有内容，没有可以导出的。")
    names = reading_context(workspace, year).names
    return HandedOut(
        _name(f"{year}年{kind.layout.title}"), write_xlsx(kind, values, names, sample_mark(workspace))
    )


def _name(title: str) -> str:
    return f"{_NOT_IN_NAMES.sub('', title)}.xlsx"
