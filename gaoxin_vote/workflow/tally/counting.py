"""How do the shares become counts, and are these what the archive proves?"""

import io
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path

from gaoxin_vote.belenios.archive import ArchiveBuilder
from gaoxin_vote.belenios.tally import Factors, Shares, open_tally, result_text
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
from gaoxin_vote.workflow.session.election import HandedSlips, unit_counts
from gaoxin_vote.workflow.session.turnout import SessionState, session_state
from gaoxin_vote.workflow.tally.opening import OFFICER
from gaoxin_vote.workflow.tally.sealed import SealedTally, sealed_tally


class CountReason(Enum):
    """Why a session is not counted."""

    NOT_READY = "not ready"
    SHARE_BROKEN = "share broken"
    RESULT_DIFFERS = "result differs"


def count(workspace: Workspace, session_id: SessionId, progress: Progress = silent) -> SessionTally:
    """Combine the shares, complete the archive, verify it independently; returns the counts.

    Raises as `sealed_tally`; `Refused` while somebody is missing or a share that is needed does not hold,
    `EvidenceBroken` when the archive just made does not verify; then nothing is stored.
    """
    with workspace.reading():
        sealed = sealed_tally(workspace, session_state(workspace, session_id), progress)
        evidence = EvidenceStore(workspace)
        given = evidence.shares(session_id)
    arrived = len(given.keys() - {OFFICER})
    if OFFICER not in given or arrived < sealed.needed:
        raise Refused(
            CountReason.NOT_READY,
            f"尚未到齐：考核办{'已到' if OFFICER in given else '未到'}，"
            f"密钥保管人应到{sealed.needed}人，已到{arrived}人。",
        )
    progress(0, 1, "合并解密")
    shares = _used(workspace, sealed, given)
    used = Shares({owner: share.factors for owner, share in shares.items()}, ())
    counts = open_tally(sealed.trustees, sealed.tally, used)
    archive = io.BytesIO(sealed.archive)
    builder = ArchiveBuilder.reopen(archive)
    for owner, share in shares.items():
        builder.partial_decryption(owner, share.text)
    builder.result(result_text(counts))
    content = archive.getvalue()
    bindings = {owner: share.binding for owner, share in shares.items()}
    report = verify_archive(content, progress=progress, bindings=bindings)
    numbers = report.ballots == report.counted == sealed.returned
    if report.result != counts or report.tally_fingerprint != sealed.tally_hash or not numbers:
        raise EvidenceBroken(
            CountReason.RESULT_DIFFERS, "独立核验的结果与计票结果不一致，请停止操作，报告总监票人。"
        )
    with workspace.transaction():
        evidence.keep_archive(session_id, content)
        evidence.keep_result(session_id, result_text(counts))
        for owner in given.keys() - shares.keys():
            evidence.drop_decryption(session_id, owner)
        SessionStore(workspace).put(replace(sealed.held.session, stage=Stage.TALLIED))
        opened_by = [sealed.name(owner) for owner in shares if owner != OFFICER]
        note_act(workspace, sealed.held, Act.COUNT, trustees=[*opened_by], board=report.board_fingerprint)
    return session_tally(workspace, session_id)


@dataclass(frozen=True, slots=True)
class _Share:
    """A partial decryption whose proofs hold."""

    text: str
    binding: str
    factors: Factors


def _used(workspace: Workspace, sealed: SealedTally, given: dict[int, tuple[str, str]]) -> dict[int, _Share]:
    """The officer's share and those of the first needed trustees whose proofs hold, by owner.

    What does not hold is forgotten, so that it can be given again. Raises `Refused` when too few are left.
    """
    holding, broken = dict[int, _Share](), list[int]()
    for owner in (trustee.owner for trustee in sealed.trustees.members if trustee.owner in given):
        text, binding = given[owner]
        try:
            holding[owner] = _Share(text, binding, sealed.share_factors(owner, text, binding))
        except EvidenceBroken:
            broken.append(owner)
    used = {owner: holding[owner] for owner in sorted(holding)[: 1 + sealed.needed]}
    if OFFICER in used and len(used) == 1 + sealed.needed:
        return used
    with workspace.transaction():
        for owner in broken:
            EvidenceStore(workspace).drop_decryption(sealed.held.session.id, owner)
    names = "、".join(map(sealed.name, broken))
    raise Refused(CountReason.SHARE_BROKEN, f"{names}的部分解密无效，没有采用，请重新到场开箱。")


def session_tally(workspace: Workspace, session_id: SessionId) -> SessionTally:
    """The counts of a tallied session. Raises `Refused` before the count."""
    with workspace.reading():
        return tally_of(session_state(workspace, session_id), EvidenceStore(workspace).results((session_id,)))


def tally_of(state: SessionState, results: dict[SessionId, str]) -> SessionTally:
    """The counts of a tallied session, whose result is among `results`. Raises `Refused` before the count."""
    session = state.session
    session.require(Stage.TALLIED)
    numbers = state.reconciliation
    handed = HandedSlips(state.roll.handed_units, state.lost)
    return SessionTally(
        contest=session.contest,
        group=session.group,
        number=session.number,
        reconciliation=numbers,
        counts=unit_counts(session, state.held.rules, numbers, handed, results[session.id]),
    )


def archive(workspace: Workspace, session_id: SessionId) -> bytes:
    """The session's archive (.bel) as far as it goes. Raises `Refused` before the seal."""
    return EvidenceStore(workspace).archive(session_id)


def save_archive(workspace: Workspace, session_id: SessionId, path: Path) -> None:
    """Write the archive to `path`, whole or not at all."""
    write_durably(path, archive(workspace, session_id))
