"""Which keys did the key ceremony of a year leave with the office?"""

from dataclasses import dataclass, field
from enum import Enum

from sqlalchemy import delete, insert, select

from gaoxin_vote.errors import Refused
from gaoxin_vote.storage import schema
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.storage.year import YearStore


class HeldKeysReason(Enum):
    """Why the keys of a year cannot be had or changed."""

    HELD = "held"
    NOT_HELD = "not held"
    IN_USE = "in use"


@dataclass(frozen=True, slots=True)
class Ceremony:
    """What the workspace keeps of one key ceremony 密钥仪式."""

    ceremony: str
    """Id that the share files carry too."""
    trustees: str
    """Public JSON text of the trustees, octet for octet as it enters every archive of the year."""
    secret_key: str = field(repr=False)
    """The workspace's own mandatory key."""
    certificate: str
    """Signing certificate, PEM."""
    certificate_key: str = field(repr=False)
    """Its private key, PKCS #8 PEM; protected by this file's encryption alone."""
    facts: str
    """Public facts as JSON text: names of the trustees, threshold, fingerprints, place …"""


class CeremonyStore:
    """The key ceremony of each year."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._years = YearStore(workspace)

    def keep(self, year: int, ceremony: Ceremony) -> None:
        """Store the outcome. Raises `Refused` when the year has one, is unknown or finalised."""
        with self._workspace.transaction() as connection:
            self._years.require_draft(year)
            if self.find(year) is not None:
                raise Refused(HeldKeysReason.HELD, f"{year}年度的密钥仪式已经举行，不能重复。")
            row = {
                "year": year,
                "ceremony": ceremony.ceremony,
                "trustees": ceremony.trustees,
                "secret_key": ceremony.secret_key,
                "certificate": ceremony.certificate,
                "certificate_key": ceremony.certificate_key,
                "facts": ceremony.facts,
            }
            connection.execute(insert(schema.ceremony), row)

    def ceremony(self, year: int) -> Ceremony:
        """The outcome. Raises `Refused` when there was no ceremony."""
        found = self.find(year)
        if found is None:
            raise Refused(HeldKeysReason.NOT_HELD, f"{year}年度尚未举行密钥仪式，请先完成“监票密钥”一步。")
        return found

    def find(self, year: int) -> Ceremony | None:
        """The outcome, None where there was no ceremony."""
        query = select(schema.ceremony).where(schema.ceremony.c.year == year)
        with self._workspace.reading() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            return None
        return Ceremony(
            ceremony=row.ceremony,
            trustees=row.trustees,
            secret_key=row.secret_key,
            certificate=row.certificate,
            certificate_key=row.certificate_key,
            facts=row.facts,
        )

    def discard(self, year: int) -> None:
        """Forget the outcome so that the ceremony can be held again (a share was lost before any voting).

        Raises `Refused` when a session of the year uses these keys, or there is nothing to forget.
        """
        with self._workspace.transaction() as connection:
            self._years.require_draft(year)
            self.ceremony(year)
            used = select(schema.session.c.id).where(
                schema.session.c.year == year, schema.session.c.uuid.is_not(None)
            )
            if connection.execute(used).first() is not None:
                raise Refused(
                    HeldKeysReason.IN_USE, f"{year}年度已有投票会议使用这套密钥，不能重新举行密钥仪式。"
                )
            connection.execute(delete(schema.ceremony).where(schema.ceremony.c.year == year))
