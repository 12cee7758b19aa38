"""Which keys did the key ceremonies of a year leave with the office?"""

from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from sqlalchemy import Row, insert, select

from gaoxin_vote.domain.session import Stage
from gaoxin_vote.errors import Refused
from gaoxin_vote.storage import schema
from gaoxin_vote.storage.sessions import KeptSession, SessionStore
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.storage.year import YearStore

_ceremony = schema.ceremony.c
_DONE_WITH_KEYS = (Stage.TALLIED, Stage.VOIDED)


class HeldKeysReason(Enum):
    """Why the keys of a year cannot be had or made anew."""

    NOT_HELD = "not held"
    IN_USE = "in use"


@dataclass(frozen=True, slots=True)
class Ceremony:
    """What the workspace keeps of one key ceremony 密钥发放."""

    ceremony: str
    """Id that the share files carry too."""
    trustees: str
    """Public JSON text of the trustees, octet for octet as it enters every archive under these keys."""
    secret_key: str = field(repr=False)
    """The workspace's own mandatory key."""
    certificate: str
    """Signing certificate, PEM; the same at every ceremony of the year."""
    certificate_key: str = field(repr=False)
    """Its private key, PKCS #8 PEM; protected by this file's encryption alone."""
    facts: str
    """Public facts as JSON text: names of the trustees, threshold, fingerprints, reason …"""


class CeremonyStore:
    """The key ceremonies of each year, numbered from 1; each one is kept for good."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._years = YearStore(workspace)

    def keep(self, year: int, ceremony: Ceremony) -> None:
        """Store the outcome: from now on its keys are the year's.

        Raises `Refused` when the year is unknown or finalised, or while a session needs the keys so far.
        """
        with self._workspace.transaction() as connection:
            self._years.require_draft(year)
            if waiting := self.using(year):
                titles = "、".join(kept.session.title for kept in waiting)
                raise Refused(
                    HeldKeysReason.IN_USE, f"{titles}还要用现在的密钥，不能重新发放{year}年度的密钥。"
                )
            row = {
                "year": year,
                "number": len(self.ceremonies(year)) + 1,
                "ceremony": ceremony.ceremony,
                "trustees": ceremony.trustees,
                "secret_key": ceremony.secret_key,
                "certificate": ceremony.certificate,
                "certificate_key": ceremony.certificate_key,
                "facts": ceremony.facts,
            }
            connection.execute(insert(schema.ceremony), row)

    def ceremony(self, year: int) -> Ceremony:
        """The newest, whose keys new sessions get. Raises `Refused` when there was none."""
        found = self.find(year)
        if found is None:
            raise Refused(HeldKeysReason.NOT_HELD, f"{year}年度尚未发放密钥，请先完成“密钥发放”一步。")
        return found

    def find(self, year: int) -> Ceremony | None:
        """The newest, None where there was none."""
        held = self.ceremonies(year)
        return held[-1] if held else None

    def ceremonies(self, year: int) -> tuple[Ceremony, ...]:
        """All of the year, in the order in which they were held."""
        query = select(schema.ceremony).where(_ceremony.year == year).order_by(_ceremony.number)
        with self._workspace.reading() as connection:
            return tuple(_from_row(row) for row in connection.execute(query))

    def of_all_years(self) -> tuple[tuple[int, int, Ceremony], ...]:
        """(year, number within the year, ceremony) of every one."""
        query = select(schema.ceremony).order_by(_ceremony.year, _ceremony.number)
        with self._workspace.reading() as connection:
            return tuple((row.year, row.number, _from_row(row)) for row in connection.execute(query))

    def using(self, year: int) -> tuple[KeptSession, ...]:
        """The sessions that still need the newest keys: slips were made under them, and it is not counted."""
        return tuple(
            kept
            for kept in SessionStore(self._workspace).kept_of_year(year)
            if kept.election is not None and kept.session.stage not in _DONE_WITH_KEYS
        )


def _from_row(row: Row[Any]) -> Ceremony:
    return Ceremony(
        ceremony=row.ceremony,
        trustees=row.trustees,
        secret_key=row.secret_key,
        certificate=row.certificate,
        certificate_key=row.certificate_key,
        facts=row.facts,
    )
