"""How is a closed session counted, by the officer and enough trustees together?

Every partial decryption is bound to the hash of the one EncryptedTally event that the close has fixed;
no single ballot is ever opened.
"""

import io
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path

from gaoxin_vote.belenios.archive import ArchiveBuilder, EventType, read_board, read_text
from gaoxin_vote.belenios.election import Election
from gaoxin_vote.belenios.group import Scalar
from gaoxin_vote.belenios.tally import (
    EncryptedTally,
    bind_share,
    check_shares,
    open_tally,
    partial_decryption,
    result_text,
)
from gaoxin_vote.belenios.trustees import Trustees
from gaoxin_vote.belenios.verification import verify_archive
from gaoxin_vote.domain.acts import Act
from gaoxin_vote.domain.session import SessionId, Stage, VotingSession
from gaoxin_vote.domain.tally import SessionTally
from gaoxin_vote.errors import EvidenceBroken, Refused
from gaoxin_vote.files import write_durably
from gaoxin_vote.progress import Progress, silent
from gaoxin_vote.storage.ceremony import Ceremony, CeremonyStore
from gaoxin_vote.storage.evidence import EvidenceStore
from gaoxin_vote.storage.sessions import SessionStore
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.workflow.ceremony.share_file import TallyUse, use_share
from gaoxin_vote.workflow.ceremony.trustee_keys import ceremony_facts
from gaoxin_vote.workflow.session.acts import note_act
from gaoxin_vote.workflow.session.election import recusals, unit_counts
from gaoxin_vote.workflow.session.turnout import session_rules, session_state

OFFICER = 1
"""Trustee number of the workspace's own key; trustee *i* of the ceremony has number 1 + *i*."""


class TallyReason(Enum):
    """Why the tally refuses a step."""

    NOT_RECONCILED = "numbers do not agree"
    NOT_READY = "not ready"
    ALREADY_GIVEN = "already given"
    TALLY_CHANGED = "tally changed"
    RESULT_DIFFERS = "result differs"


@dataclass(frozen=True, slots=True)
class TrusteeTurn:
    """One trustee and whether the share was given."""

    name: str
    given: bool


@dataclass(frozen=True, slots=True)
class TallyState:
    """Where the tally of a session stands."""

    session: VotingSession
    tally_hash: str
    """SHA-256 of the EncryptedTally event that will be opened, 64 hex digits."""
    officer_given: bool
    trustees: tuple[TrusteeTurn, ...]
    needed: int
    problems: tuple[str, ...]
    """票数核对: what does not agree; nothing is opened while it does not."""
    tally: SessionTally | None
    """The counts, once the session is tallied."""

    @property
    def given(self) -> int:
        """How many trustees have given their share."""
        return sum(trustee.given for trustee in self.trustees)

    @property
    def ready(self) -> bool:
        """Whether everybody needed has acted and the count may begin."""
        return self.officer_given and self.given >= self.needed and not self.problems


def tally_state(workspace: Workspace, session_id: SessionId) -> TallyState:
    """Where the tally stands. Raises `Refused` before the session is closed."""
    store = SessionStore(workspace)
    session = store.session(session_id)
    session.require(Stage.CLOSED, Stage.TALLIED)
    facts = ceremony_facts(workspace, store.year(session_id))
    evidence = EvidenceStore(workspace)
    given = {owner for owner, _ in evidence.decryptions(session_id)}
    names = facts.names if facts else ()
    return TallyState(
        session=session,
        tally_hash=evidence.tally_hash(session_id) or "",
        officer_given=OFFICER in given,
        trustees=tuple(TrusteeTurn(name, OFFICER + number in given) for number, name in enumerate(names, 1)),
        needed=facts.threshold if facts else 0,
        problems=session_state(workspace, session_id).problems,
        tally=session_tally(workspace, session_id) if session.stage is Stage.TALLIED else None,
    )


def give_officer_key(
    workspace: Workspace, session_id: SessionId, passphrase: str, progress: Progress = silent
) -> TallyState:
    """Give the workspace's own partial decryption. Raises `Refused` for a wrong passphrase."""
    progress(0, 2, "核对口令")
    workspace.check_passphrase(passphrase)
    sealed = _sealed_tally(workspace, session_id)
    progress(1, 2, "部分解密")
    _keep_share(workspace, sealed, OFFICER, Scalar.parse(sealed.ceremony.secret_key))
    progress(2, 2, "部分解密")
    return tally_state(workspace, session_id)


def give_share(
    workspace: Workspace, session_id: SessionId, share: Path, passphrase: str, progress: Progress = silent
) -> TallyState:
    """Give a trustee's partial decryption from the share file.

    The use is on the trustee's medium before the share is used. Raises `Refused` for a wrong passphrase,
    another ceremony's file or a trustee who has given already; `EvidenceBroken` when the file has opened
    another tally of this session; `Unavailable` when the medium fails.
    """
    progress(0, 2, "核对口令与密钥文件")
    sealed = _sealed_tally(workspace, session_id)
    use = TallyUse(sealed.election.uuid, sealed.tally_hash)
    cost = workspace.costs.share
    index, secret = use_share(share, passphrase, cost, ceremony=sealed.ceremony.ceremony, use=use)
    given = {owner for owner, _ in EvidenceStore(workspace).decryptions(session_id)}
    if OFFICER + index in given:
        name = sealed.trustees.names[index]
        raise Refused(TallyReason.ALREADY_GIVEN, f"{name}已经到场开票，请换另一位监票密钥人。")
    progress(1, 2, "部分解密")
    _keep_share(workspace, sealed, OFFICER + index, secret.decryption_key)
    progress(2, 2, "部分解密")
    return tally_state(workspace, session_id)


def count(workspace: Workspace, session_id: SessionId, progress: Progress = silent) -> TallyState:
    """Combine the shares into the counts, complete the archive and verify it independently.

    Raises `Refused` while somebody is missing or the numbers do not agree, `EvidenceBroken` when the
    archive just made does not verify; then nothing is stored.
    """
    state = tally_state(workspace, session_id)
    state.session.require(Stage.CLOSED)
    sealed = _sealed_tally(workspace, session_id)
    if not state.ready:
        raise Refused(
            TallyReason.NOT_READY,
            f"尚未到齐：考核办{'已到' if state.officer_given else '未到'}，"
            f"监票密钥人已到{state.given}/{state.needed}。",
        )
    shares = EvidenceStore(workspace).decryptions(session_id)
    progress(0, 1, "合并解密")
    valid = check_shares(sealed.election, sealed.trustees, sealed.tally.grid, shares)
    counts = open_tally(sealed.trustees, sealed.tally, valid)
    archive = io.BytesIO(EvidenceStore(workspace).archive(session_id))
    builder = ArchiveBuilder.reopen(archive)
    for owner, share in shares:
        builder.partial_decryption(owner, share)
    builder.result(result_text(counts))
    content = archive.getvalue()
    bindings = EvidenceStore(workspace).bindings(session_id)
    report = verify_archive(content, progress=progress, bindings=bindings)
    if report.result != counts or report.tally_fingerprint != state.tally_hash:
        raise EvidenceBroken(TallyReason.RESULT_DIFFERS, "独立核验的结果与计票结果不一致，请停止操作并报告。")
    store = SessionStore(workspace)
    with workspace.transaction():
        EvidenceStore(workspace).keep_archive(session_id, content)
        EvidenceStore(workspace).keep_result(session_id, result_text(counts))
        store.put(replace(state.session, stage=Stage.TALLIED))
        opened_by = [trustee.name for trustee in state.trustees if trustee.given]
        note_act(workspace, state.session, Act.COUNT, trustees=[*opened_by], board=report.board_fingerprint)
    return tally_state(workspace, session_id)


def session_tally(workspace: Workspace, session_id: SessionId) -> SessionTally:
    """The counts of a tallied session. Raises `Refused` before the count."""
    session = SessionStore(workspace).session(session_id)
    session.require(Stage.TALLIED)
    state = session_state(workspace, session_id)
    known = recusals(
        session, session_rules(workspace, session_id), state.reconciliation, state.roll.issued_units
    )
    return SessionTally(
        contest=session.contest,
        group=session.group,
        number=session.number,
        reconciliation=state.reconciliation,
        counts=unit_counts(session, EvidenceStore(workspace).result(session_id), known),
    )


def archive(workspace: Workspace, session_id: SessionId) -> bytes:
    """The session's archive (.bel) as far as it goes. Raises `Refused` before the close."""
    return EvidenceStore(workspace).archive(session_id)


def save_archive(workspace: Workspace, session_id: SessionId, path: Path) -> None:
    """Write the archive to `path`, whole or not at all."""
    write_durably(path, archive(workspace, session_id))


@dataclass(frozen=True, slots=True)
class _SealedTally:
    session: VotingSession
    ceremony: Ceremony
    election: Election
    trustees: Trustees
    tally_text: str
    tally: EncryptedTally
    tally_hash: str


def _sealed_tally(workspace: Workspace, session_id: SessionId) -> _SealedTally:
    """What is to be opened, read back from the archive; `EvidenceBroken` if the close fixed another."""
    store = SessionStore(workspace)
    session = store.session(session_id)
    session.require(Stage.CLOSED)
    if problems := session_state(workspace, session_id).problems:
        raise Refused(TallyReason.NOT_RECONCILED, "票数核对不符，不能开票。", details=problems)
    stored = store.election(session_id)
    stream = io.BytesIO(EvidenceStore(workspace).archive(session_id))
    (event,) = read_board(stream).of(EventType.ENCRYPTED_TALLY)
    if event.digest != EvidenceStore(workspace).tally_hash(session_id):
        raise EvidenceBroken(
            TallyReason.TALLY_CHANGED, "待开的汇总密文与结束投票时确定的不一致，请停止操作并报告监票人。"
        )
    tally_text, sized_text = (read_text(stream, record) for record in event.records)
    election = Election.parse(stored.election)
    return _SealedTally(
        session=session,
        ceremony=CeremonyStore(workspace).ceremony(store.year(session_id)),
        election=election,
        trustees=Trustees.parse(stored.trustees),
        tally_text=tally_text,
        tally=EncryptedTally.parse(election, tally_text, sized_text),
        tally_hash=event.digest,
    )


def _keep_share(workspace: Workspace, sealed: _SealedTally, owner: int, secret: Scalar) -> None:
    share = partial_decryption(sealed.election, sealed.tally_text, secret)
    binding = bind_share(sealed.tally.grid, sealed.tally_hash, share, secret)
    name = sealed.trustees.names[owner - 1] or ""
    with workspace.transaction():
        EvidenceStore(workspace).keep_decryption(sealed.session.id, owner, share, binding)
        note_act(workspace, sealed.session, Act.GIVE_SHARE, trustee=name, encrypted_tally=sealed.tally_hash)
