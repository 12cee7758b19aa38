"""What proves the count of a session: archive, the one tally that may be opened, shares, result?"""

from enum import Enum

from sqlalchemy import Table, delete, insert, select

from gaoxin_vote.domain.session import SessionId
from gaoxin_vote.errors import EvidenceBroken, Refused
from gaoxin_vote.storage import schema
from gaoxin_vote.storage.workspace import Workspace

_decryption = schema.partial_decryption.c


class EvidenceReason(Enum):
    """Why evidence cannot be had or kept."""

    NO_ARCHIVE = "no archive"
    SECOND_TALLY = "second tally"
    NO_RESULT = "no result"
    SECOND_RESULT = "second result"


class EvidenceStore:
    """The evidence of each session."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def keep_archive(self, session_id: SessionId, archive: bytes) -> None:
        """Store the archive (`.bel`) as far as it goes, in place of an earlier, shorter one."""
        self._put(schema.archive, session_id, archive)

    def archive(self, session_id: SessionId) -> bytes:
        """The archive. Raises `Refused` before there is one."""
        with self._workspace.reading() as connection:
            content = connection.scalar(
                select(schema.archive.c.content).where(schema.archive.c.session == session_id)
            )
        if content is None:
            raise Refused(EvidenceReason.NO_ARCHIVE, "本场会议尚无存档，请先封箱。")
        return bytes(content)

    def fix_tally(self, session_id: SessionId, tally_hash: str) -> None:
        """Bind the session for good to the EncryptedTally event of this hash; the same again changes nothing.

        Raises `EvidenceBroken` for a different one: were two tallies opened that differ by one ballot, the
        difference of the counts would be that ballot.
        """
        with self._workspace.transaction() as connection:
            fixed = self.tally_hash(session_id)
            if fixed is None:
                row = {"session": session_id, "hash": tally_hash}
                connection.execute(insert(schema.encrypted_tally), row)
            elif fixed != tally_hash:
                raise EvidenceBroken(
                    EvidenceReason.SECOND_TALLY,
                    "本场会议的汇总密文已经确定，与现在的不一致，不能开箱。请停止操作，报告总监票人。",
                    details=(f"已确定：{fixed}", f"本次：{tally_hash}"),
                )

    def tally_hash(self, session_id: SessionId) -> str | None:
        """The hash fixed by `fix_tally`, None before."""
        query = select(schema.encrypted_tally.c.hash).where(schema.encrypted_tally.c.session == session_id)
        with self._workspace.reading() as connection:
            return connection.scalar(query)

    def keep_decryption(self, session_id: SessionId, owner: int, content: str, binding: str) -> None:
        """Store a partial decryption and its second proof; `owner` is the 1-based trustee number.

        It replaces an earlier one of the same trustee.
        """
        mine = (_decryption.session == session_id) & (_decryption.owner == owner)
        row = {"session": session_id, "owner": owner, "content": content, "binding": binding}
        with self._workspace.transaction() as connection:
            connection.execute(delete(schema.partial_decryption).where(mine))
            connection.execute(insert(schema.partial_decryption), row)

    def drop_decryption(self, session_id: SessionId, owner: int) -> None:
        """Forget the partial decryption of a trustee: it does not hold, or is not needed."""
        mine = (_decryption.session == session_id) & (_decryption.owner == owner)
        with self._workspace.transaction() as connection:
            connection.execute(delete(schema.partial_decryption).where(mine))

    def shares(self, session_id: SessionId) -> dict[int, tuple[str, str]]:
        """Each partial decryption and its second proof, by owner, in one reading."""
        query = (
            select(schema.partial_decryption)
            .where(_decryption.session == session_id)
            .order_by(_decryption.owner)
        )
        with self._workspace.reading() as connection:
            return {row.owner: (row.content, row.binding) for row in connection.execute(query)}

    def decryptions(self, session_id: SessionId) -> tuple[tuple[int, str], ...]:
        """(owner, partial decryption), by owner."""
        query = (
            select(_decryption.owner, _decryption.content)
            .where(_decryption.session == session_id)
            .order_by(_decryption.owner)
        )
        with self._workspace.reading() as connection:
            return tuple((owner, content) for owner, content in connection.execute(query))

    def bindings(self, session_id: SessionId) -> dict[int, str]:
        """The second proof of each partial decryption, by owner."""
        query = select(_decryption.owner, _decryption.binding).where(_decryption.session == session_id)
        with self._workspace.reading() as connection:
            return {row.owner: row.binding for row in connection.execute(query)}

    def keep_result(self, session_id: SessionId, result: str) -> None:
        """Store the result. Raises `EvidenceBroken` when another one is stored: counts cannot change."""
        with self._workspace.transaction():
            if self.has_result(session_id) and self.result(session_id) != result:
                raise EvidenceBroken(
                    EvidenceReason.SECOND_RESULT,
                    "本场会议已有计票结果，与现在的不一致。请停止操作，报告总监票人。",
                )
            self._put(schema.result, session_id, result)

    def has_result(self, session_id: SessionId) -> bool:
        """Whether the session is counted."""
        return self._result(session_id) is not None

    def results(self, sessions: tuple[SessionId, ...]) -> dict[SessionId, str]:
        """The results of those of `sessions` that are counted, in one reading."""
        query = select(schema.result).where(schema.result.c.session.in_(sessions))
        with self._workspace.reading() as connection:
            return {SessionId(row.session): row.content for row in connection.execute(query)}

    def result(self, session_id: SessionId) -> str:
        """The result. Raises `Refused` before the count."""
        content = self._result(session_id)
        if content is None:
            raise Refused(EvidenceReason.NO_RESULT, "本场会议尚未计票，没有结果。")
        return content

    def _result(self, session_id: SessionId) -> str | None:
        query = select(schema.result.c.content).where(schema.result.c.session == session_id)
        with self._workspace.reading() as connection:
            return connection.scalar(query)

    def _put(self, table: Table, session_id: SessionId, content: bytes | str) -> None:
        with self._workspace.transaction() as connection:
            connection.execute(delete(table).where(table.c.session == session_id))
            connection.execute(insert(table), {"session": session_id, "content": content})
