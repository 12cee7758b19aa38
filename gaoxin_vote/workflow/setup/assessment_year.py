"""What does a year say, all of it at once? An act reads it once and passes it on."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from gaoxin_vote.domain.scheme import AssessmentScheme
from gaoxin_vote.domain.scheme_file import load_scheme
from gaoxin_vote.domain.units import Leader, Rater, Unit
from gaoxin_vote.spreadsheets.kind import Kind
from gaoxin_vote.spreadsheets.kinds.raters import RATERS
from gaoxin_vote.spreadsheets.kinds.units import LEADERS, UNITS
from gaoxin_vote.storage.register import Register
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.storage.year import YearState, YearStore
from gaoxin_vote.workflow.setup.register import stored_values

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class AssessmentYear:
    """A year as it stood when it was read: scheme, state and every entry."""

    number: int
    """Such as 2017."""
    scheme: AssessmentScheme
    scheme_text: str
    final: bool
    rows: Mapping[str, tuple[tuple[str, str], ...]]
    """(key, canonical JSON) of every entry, by the stored value of its kind."""

    def kept(self, kind: Kind[T]) -> tuple[T, ...]:
        """All values of a kind, in their order."""
        return stored_values(kind, self.rows.get(kind.code, ()))

    @property
    def units(self) -> tuple[Unit, ...]:
        """The units in the official order."""
        return self.kept(UNITS)

    @property
    def leaders(self) -> tuple[Leader, ...]:
        """The leaders in the official order."""
        return self.kept(LEADERS)

    @property
    def raters(self) -> tuple[Rater, ...]:
        """The persons on the own rosters of contests."""
        return self.kept(RATERS)


def read_year(workspace: Workspace, year: int) -> AssessmentYear:
    """The year as it stands, in two readings. Raises `Refused` for an unknown one."""
    with workspace.reading():
        kept, rows = YearStore(workspace).kept(year), Register(workspace).rows_of_year(year)
    return AssessmentYear(
        number=year,
        scheme=load_scheme(kept.scheme_text),
        scheme_text=kept.scheme_text,
        final=kept.state is YearState.FINALISED,
        rows=rows,
    )
