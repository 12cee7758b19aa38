"""Which assessment years does the workspace hold, and which of them are frozen?"""

from dataclasses import dataclass
from enum import Enum
from typing import Any

from sqlalchemy import Row, insert, select, update

from gaoxin_vote.errors import Refused
from gaoxin_vote.storage import schema
from gaoxin_vote.storage.workspace import Workspace


class YearState(Enum):
    """Where an assessment stands: DRAFT → FINALISED, and never back; the value is what is stored."""

    DRAFT = "draft"
    FINALISED = "finalised"


class YearReason(Enum):
    """Why a year refuses a step."""

    EXISTS = "exists"
    UNKNOWN = "unknown"
    FINALISED = "finalised"
    NOT_FINALISED = "not finalised"


@dataclass(frozen=True, slots=True)
class KeptYear:
    """A year without its entries and its record."""

    year: int
    scheme_text: str
    """The scheme 方案 as it was stored (TOML)."""
    state: YearState


class YearStore:
    """The years of one workspace, each with its scheme and, once finalised, its record."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def add(self, year: int, scheme_text: str) -> None:
        """Begin `year` as a draft. Raises `Refused` when the workspace has it already."""
        with self._workspace.transaction() as connection:
            if year in self.years():
                raise Refused(YearReason.EXISTS, f"工作区中已有{year}年度的考核。")
            row = {"year": year, "scheme": scheme_text, "state": YearState.DRAFT.value}
            connection.execute(insert(schema.year), row)

    def years(self) -> tuple[int, ...]:
        """All years, oldest first."""
        with self._workspace.reading() as connection:
            return tuple(connection.scalars(select(schema.year.c.year).order_by(schema.year.c.year)))

    def finalised(self) -> frozenset[int]:
        """The years that are finalised."""
        query = select(schema.year.c.year).where(schema.year.c.state == YearState.FINALISED.value)
        with self._workspace.reading() as connection:
            return frozenset(connection.scalars(query))

    def kept(self, year: int) -> KeptYear:
        """What is kept of `year`, in one reading. Raises `Refused` for an unknown year."""
        row = self._row(year)
        return KeptYear(year, str(row.scheme), YearState(row.state))

    def finalised_before(self, year: int) -> tuple[tuple[int, str], ...]:
        """(year, frozen record) of every finalised year before `year`, oldest first."""
        query = (
            select(schema.year.c.year, schema.year.c.record)
            .where(schema.year.c.year < year, schema.year.c.state == YearState.FINALISED.value)
            .order_by(schema.year.c.year)
        )
        with self._workspace.reading() as connection:
            return tuple((earlier, str(record)) for earlier, record in connection.execute(query))

    def scheme_text(self, year: int) -> str:
        """The scheme 方案 of `year` as it was stored (TOML). Raises `Refused` for an unknown year."""
        return str(self._row(year).scheme)

    def set_scheme_text(self, year: int, scheme_text: str) -> None:
        """Store another scheme. Raises `Refused` for an unknown or finalised year."""
        with self._workspace.transaction() as connection:
            self.require_draft(year)
            mine = schema.year.c.year == year
            connection.execute(update(schema.year).where(mine).values(scheme=scheme_text))

    def state(self, year: int) -> YearState:
        """Where `year` stands. Raises `Refused` for an unknown year."""
        return YearState(self._row(year).state)

    def finalise(self, year: int, record_json: str) -> None:
        """Freeze `year` with its record. Raises `Refused` for an unknown year or one frozen already."""
        with self._workspace.transaction() as connection:
            self.require_draft(year)
            frozen = {"state": YearState.FINALISED.value, "record": record_json}
            connection.execute(update(schema.year).where(schema.year.c.year == year).values(**frozen))

    def record_json(self, year: int) -> str:
        """The frozen record, as it was handed to `finalise`. Raises `Refused` before that."""
        row = self._row(year)
        if row.record is None:
            raise Refused(YearReason.NOT_FINALISED, f"{year}年度考核尚未定稿，没有考核记录。")
        return str(row.record)

    def require_draft(self, year: int) -> None:
        """Raise `Refused` unless `year` is known and not yet finalised."""
        if self.state(year) is not YearState.DRAFT:
            raise Refused(YearReason.FINALISED, f"{year}年度考核已定稿，不能修改。")

    def _row(self, year: int) -> Row[Any]:
        with self._workspace.reading() as connection:
            row = connection.execute(select(schema.year).where(schema.year.c.year == year)).one_or_none()
        if row is None:
            raise Refused(YearReason.UNKNOWN, f"工作区中没有{year}年度的考核。")
        return row
