"""How do the shares become counts, and are these what the archive proves?"""

import io
from dataclasses import replace
from enum import Enum
from pathlib import Path

from gaoxin_vote.belenios.archive import ArchiveBuilder
from gaoxin_vote.belenios.tally import (
    check_shares,
    open_tally,
    result_text,
)
from gaoxin_vote.belenios.verification import verify_archive
from gaoxin_vote.domain.acts import Act
from gaoxin_vote.domain.session import SessionId, Stage
from gaoxin_vote.domain.tally import SessionTally
from gaoxin_vote.errors import EvidenceBroken, Refused
from gaoxin_vote.files import write_durably
from gaoxin_vote.progress import Progress, silent
from gaoxin_vote.storage.evidence import EvidenceStore
from gaoxin_vote.storage.sessions import SessionStore
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.workflow.session.acts import note_act
from gaoxin_vote.workflow.session.election import recusals, unit_counts
from gaoxin_vote.workflow.session.turnout import SessionState, session_state
from gaoxin_vote.workflow.tally.opening import sealed_tally, tally_state


class CountReason(Enum):
    """Why a session is not counted."""

    NOT_READY = "not ready"
    RESULT_DIFFERS = "result differs"


def count(workspace: Workspace, session_id: SessionId, progress: Progress = silent) -> SessionTally:
    """Combine the shares, complete the archive, verify it independently; returns the counts.

    Raises `Refused` while somebody is missing or the numbers do not agree, `EvidenceBroken` when the
    archive just made does not verify; then nothing is stored.
    """
    state = tally_state(workspace, session_id)
    sealed = sealed_tally(workspace, state.state)
    if not state.ready:
        raise Refused(
            CountReason.NOT_READY,
            f"尚未到齐：考核办{'已到' if state.officer_given else '未到'}，"
            f"监票密钥人已到{state.given}/{state.needed}。",
        )
    evidence = EvidenceStore(workspace)
    shares = evidence.decryptions(session_id)
    progress(0, 1, "合并解密")
    valid = check_shares(sealed.election, sealed.trustees, sealed.tally.grid, shares)
    counts = open_tally(sealed.trustees, sealed.tally, valid)
    archive = io.BytesIO(sealed.archive)
    builder = ArchiveBuilder.reopen(archive)
    for owner, share in shares:
        builder.partial_decryption(owner, share)
    builder.result(result_text(counts))
    content = archive.getvalue()
    report = verify_archive(content, progress=progress, bindings=evidence.bindings(session_id))
    if report.result != counts or report.tally_fingerprint != state.tally_hash:
        raise EvidenceBroken(CountReason.RESULT_DIFFERS, "独立核验的结果与计票结果不一致，请停止操作并报告。")
    with workspace.transaction():
        evidence.keep_archive(session_id, content)
        evidence.keep_result(session_id, result_text(counts))
        SessionStore(workspace).put(replace(state.session, stage=Stage.TALLIED))
        opened_by = [trustee.name for trustee in state.trustees if trustee.given]
        note_act(workspace, sealed.held, Act.COUNT, trustees=[*opened_by], board=report.board_fingerprint)
    return session_tally(workspace, session_id)


def session_tally(workspace: Workspace, session_id: SessionId) -> SessionTally:
    """The counts of a tallied session. Raises `Refused` before the count."""
    return tally_of(session_state(workspace, session_id), EvidenceStore(workspace).results((session_id,)))


def tally_of(state: SessionState, results: dict[SessionId, str]) -> SessionTally:
    """The counts of a tallied session, whose result is among `results`. Raises `Refused` before the count."""
    session = state.session
    session.require(Stage.TALLIED)
    numbers = state.reconciliation
    known = recusals(session, state.held.rules, numbers, state.roll.issued_units)
    return SessionTally(
        contest=session.contest,
        group=session.group,
        number=session.number,
        reconciliation=numbers,
        counts=unit_counts(session, results[session.id], known),
    )


def archive(workspace: Workspace, session_id: SessionId) -> bytes:
    """The session's archive (.bel) as far as it goes. Raises `Refused` before the seal."""
    return EvidenceStore(workspace).archive(session_id)


def save_archive(workspace: Workspace, session_id: SessionId, path: Path) -> None:
    """Write the archive to `path`, whole or not at all."""
    write_durably(path, archive(workspace, session_id))
