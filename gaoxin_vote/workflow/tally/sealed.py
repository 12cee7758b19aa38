"""Is what is about to be opened the sum of the box that was sealed, and of nothing else?

A key raises whatever it is given: honest trustees would open any ciphertext that somebody with the passphrase
has put in place of the sums. So everything is verified here before anybody is asked for a passphrase.
"""

import hashlib
import io
import json
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache

from gaoxin_vote.belenios.archive import EventType, read_board, read_text
from gaoxin_vote.belenios.ballot import tracker
from gaoxin_vote.belenios.election import Election
from gaoxin_vote.belenios.tally import EncryptedTally, Factors, verify_binding, verify_share
from gaoxin_vote.belenios.trustees import Trustees
from gaoxin_vote.belenios.verification import ArchiveReport, verify_archive
from gaoxin_vote.domain.acts import Act
from gaoxin_vote.domain.session import Stage
from gaoxin_vote.domain.units import Unit
from gaoxin_vote.errors import EvidenceBroken, Refused
from gaoxin_vote.progress import Progress
from gaoxin_vote.storage.audit import AuditLog
from gaoxin_vote.storage.ballot_box import BallotBox
from gaoxin_vote.storage.ceremony import Ceremony
from gaoxin_vote.storage.evidence import EvidenceStore
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.workflow.ceremony.held_ceremonies import ceremony_of
from gaoxin_vote.workflow.session.election import question_text
from gaoxin_vote.workflow.session.held import HeldSession
from gaoxin_vote.workflow.session.turnout import SessionState
from gaoxin_vote.workflow.setup.roster import units


class SealedReason(Enum):
    """Why nothing is opened."""

    NOT_RECONCILED = "numbers do not agree"
    TALLY_CHANGED = "tally changed"
    ARCHIVE_DIFFERS = "archive differs"


@dataclass(frozen=True, slots=True)
class SealedTally:
    """The sum that is to be opened, read back from an archive in which everything holds."""

    held: HeldSession
    ceremony: Ceremony
    election: Election
    trustees: Trustees
    tally_text: str
    tally: EncryptedTally
    tally_hash: str
    archive: bytes
    """As it stood at the seal."""
    returned: int
    """How many ballots are in it."""
    needed: int
    """How many trustees have to come."""

    def name(self, owner: int) -> str:
        """The name of trustee number `owner`."""
        return self.trustees.names[owner - 1] or ""

    def share_factors(self, owner: int, share: str, binding: str) -> Factors:
        """The factors of a partial decryption. Raises `EvidenceBroken` unless both of its proofs hold."""
        public = self.trustees.members[owner - 1].key.public_key
        factors = verify_share(self.election, self.tally.grid, public, share)
        verify_binding(self.tally.grid, self.tally_hash, share, public, binding)
        return factors


def sealed_tally(workspace: Workspace, state: SessionState, progress: Progress) -> SealedTally:
    """What is to be opened, after everything about it was verified.

    Raises `Refused` unless the session is sealed and its numbers agree; `EvidenceBroken` when the archive
    does not verify, when it is not that of the session's election, trustees and ballot box with every ballot
    counted, or when the seal, or what the log tells of it, fixed another sum.
    """
    held, session_id = state.held, state.session.id
    held.session.require(Stage.SEALED)
    if state.problems:
        raise Refused(SealedReason.NOT_RECONCILED, "票数核对不符，不能开箱。", details=state.problems)
    evidence = EvidenceStore(workspace)
    with workspace.reading():
        archive = evidence.archive(session_id)
        report = _verified(_Archive(hashlib.sha256(archive).hexdigest(), archive, progress))
        if report.tally_fingerprint != evidence.tally_hash(session_id):
            raise EvidenceBroken(
                SealedReason.TALLY_CHANGED, "待开的汇总密文与封箱时确定的不一致，请停止操作，报告总监票人。"
            )
        found = ceremony_of(workspace, held.year, held.election.trustees)
        ceremony, facts = found or (None, None)
        everybody = units(workspace, held.year)
        _require_own(report, state, ceremony, BallotBox(workspace, session_id), everybody)
        _require_logged(workspace, held, report.tally_fingerprint)
    assert ceremony is not None
    assert facts is not None
    stream = io.BytesIO(archive)
    event = read_board(stream).events[-1]
    tally_text, sized_text = (read_text(stream, record) for record in event.records)
    return SealedTally(
        held=held,
        ceremony=ceremony,
        election=report.election,
        trustees=report.trustees,
        tally_text=tally_text,
        tally=EncryptedTally.parse(report.election, tally_text, sized_text),
        tally_hash=event.digest,
        archive=archive,
        returned=state.returned,
        needed=facts.threshold,
    )


def _require_own(
    report: ArchiveReport,
    state: SessionState,
    ceremony: Ceremony | None,
    box: BallotBox,
    everybody: tuple[Unit, ...],
) -> None:
    """The archive is that of this session: its election with the units and grades that the counts will name,
    its trustees, its slots, and all of its ballots.
    """
    election = state.held.election
    asked = [(question.question, question.answers) for question in report.election.questions]
    known, labels = {unit.code: unit for unit in everybody}, state.held.rules.labels
    rated = [(question_text(known[code]), labels) for code in state.session.units if code in known]
    same = (
        (report.stage is EventType.ENCRYPTED_TALLY, "选票档案已不止于汇总密文"),
        (report.election.text == election.election, "选票档案属于另一场选举"),
        (report.election.name == state.held.full_title, f"选票档案是“{report.election.name}”的"),
        (asked == rated, "选票上的单位与本场会议的不符"),
        (ceremony is not None and report.trustees.text == election.trustees, "开箱密钥不是发放时所定的"),
        (report.credentials == box.credentials(), "公开凭证与票箱不符"),
        (report.trackers == tuple(map(tracker, box.ballots())), "选票与票箱中的不符"),
        (
            report.ballots == report.counted == state.returned,
            f"选票档案有{report.ballots}张，计入{report.counted}张，收回{state.returned}张",
        ),
    )
    wrong = tuple(words for holds, words in same if not holds)
    if wrong:
        raise EvidenceBroken(
            SealedReason.ARCHIVE_DIFFERS,
            f"待开的选票档案不是{state.session.title}的票箱（{wrong[0]}），请停止操作，报告总监票人。",
            details=wrong,
        )


def _require_logged(workspace: Workspace, held: HeldSession, tally_hash: str | None) -> None:
    """The log, whose chain holds, tells of one seal of this session, over this sum."""
    log = AuditLog(workspace).verify()
    seals = (json.loads(entry.content) for entry in log if entry.act == Act.SEAL_SESSION.value)
    told = [seal["encrypted_tally"] for seal in seals if seal["session"] == held.session.uuid]
    if told != [tally_hash]:
        raise EvidenceBroken(
            SealedReason.TALLY_CHANGED, "待开的汇总密文与审计日志中封箱时的不一致，请停止操作，报告总监票人。"
        )


@dataclass(frozen=True, slots=True)
class _Archive:
    """An archive, known by its digest."""

    digest: str
    content: bytes = field(compare=False, repr=False)
    progress: Progress = field(compare=False, repr=False)


@lru_cache(maxsize=1)
def _verified(archive: _Archive) -> ArchiveReport:
    """What the archive says; the same bytes are verified once, though every trustee asks anew."""
    return verify_archive(archive.content, progress=archive.progress)
