"""Which sheets were issued, in which editions, and what are their bytes?"""

import hashlib
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, insert, select

from gaoxin_vote.errors import EvidenceBroken, Refused
from gaoxin_vote.storage import schema
from gaoxin_vote.storage.workspace import Workspace

_sheet = schema.sheet.c
_FACTS = (
    _sheet.form,
    _sheet.key,
    _sheet.edition,
    _sheet.version,
    _sheet.issued,
    _sheet.reason,
    _sheet.digest,
)


class SheetStoreReason(Enum):
    """Why a sheet cannot be had."""

    NOT_ISSUED = "not issued"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class IssuedSheet:
    """One edition of a sheet; its bytes are asked for apart."""

    form: str
    """Code of the form, such as F5."""
    key: str
    """Of what: of a session, by its uuid, of the year, such as 2017, or of a unit, such as U01."""
    edition: int
    """1 for the first."""
    version: int
    """Of the form's drawing."""
    issued: str
    """When, ISO 8601."""
    reason: str
    """Why it was issued again; empty for the first edition."""
    digest: str
    """SHA-256 of the bytes, 64 hex digits."""


@dataclass(frozen=True, slots=True)
class NewSheet:
    """A sheet as it is issued."""

    form: str
    key: str
    edition: int
    version: int
    issued: str
    reason: str
    figures: str = field(repr=False)
    """Canonical JSON of what it prints."""
    content: bytes = field(repr=False)
    """The signed PDF."""


class SheetStore:
    """The issued sheets 报表 of a workspace: every edition is kept as it was, for good."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def add(self, year: int, sheet: NewSheet) -> IssuedSheet:
        """Keep the next edition of a sheet."""
        digest = hashlib.sha256(sheet.content).hexdigest()
        row = {name: getattr(sheet, name) for name in sheet.__slots__}
        with self._workspace.transaction() as connection:
            connection.execute(insert(schema.sheet), {"year": year, "digest": digest, **row})
        return IssuedSheet(
            sheet.form, sheet.key, sheet.edition, sheet.version, sheet.issued, sheet.reason, digest
        )

    def newest(self, year: int) -> dict[tuple[str, str], IssuedSheet]:
        """The newest edition of every sheet of the year, by form and key, in one reading."""
        query: Select[Any] = select(*_FACTS).where(_sheet.year == year).order_by(_sheet.edition)
        with self._workspace.reading() as connection:
            return {(row.form, row.key): _issued(row) for row in connection.execute(query)}

    def editions(self, year: int, form: str, key: str) -> tuple[IssuedSheet, ...]:
        """Every edition of one sheet, the first one first; empty before it is issued."""
        query: Select[Any] = select(*_FACTS).where(_where(year, form, key)).order_by(_sheet.edition)
        with self._workspace.reading() as connection:
            return tuple(_issued(row) for row in connection.execute(query))

    def content(self, year: int, form: str, key: str, edition: int) -> tuple[bytes, str]:
        """The bytes of one edition and the canonical JSON of its figures.

        Raises `Refused` where there is none, `EvidenceBroken` when the bytes are not those of the digest.
        """
        mine = and_(_where(year, form, key), _sheet.edition == edition)
        query = select(_sheet.content, _sheet.figures, _sheet.digest).where(mine)
        with self._workspace.reading() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            raise Refused(SheetStoreReason.NOT_ISSUED, "此表尚未签发。")
        if hashlib.sha256(row.content).hexdigest() != row.digest:
            raise EvidenceBroken(
                SheetStoreReason.CHANGED, "工作区中保存的报表与签发时的摘要不符，请停止操作，报告总监票人。"
            )
        return bytes(row.content), row.figures


def _where(year: int, form: str, key: str) -> ColumnElement[bool]:
    return and_(_sheet.year == year, _sheet.form == form, _sheet.key == key)


def _issued(row: Row[Any]) -> IssuedSheet:
    return IssuedSheet(row.form, row.key, row.edition, row.version, row.issued, row.reason, row.digest)
