"""How is a sealed session counted, by the officer and enough trustees together?

Every partial decryption is bound to the hash of the one EncryptedTally event that the seal has fixed;
no single ballot is ever opened.
"""

from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from gaoxin_vote.belenios.group import Scalar
from gaoxin_vote.belenios.tally import (
    bind_share,
    partial_decryption,
)
from gaoxin_vote.domain.acts import Act
from gaoxin_vote.domain.session import SessionId, Stage, VotingSession
from gaoxin_vote.errors import EvidenceBroken
from gaoxin_vote.progress import Progress, silent
from gaoxin_vote.storage.evidence import EvidenceStore
from gaoxin_vote.storage.sessions import SessionStore
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.workflow.ceremony.held_ceremonies import ceremony_of
from gaoxin_vote.workflow.ceremony.share_check import require_ceremony
from gaoxin_vote.workflow.ceremony.share_file import TallyUse, read_share, use_share
from gaoxin_vote.workflow.session.acts import note_act
from gaoxin_vote.workflow.session.held import held_session
from gaoxin_vote.workflow.session.turnout import SessionState, session_state
from gaoxin_vote.workflow.tally.sealed import SealedTally, sealed_tally

OFFICER = 1
"""Trustee number of the workspace's own key; trustee *i* of the ceremony has number 1 + *i*."""


class TallyReason(Enum):
    """Why the tally refuses a step."""

    WRONG_KEY = "wrong key"


@dataclass(frozen=True, slots=True)
class TrusteeTurn:
    """One trustee and whether the share was given."""

    name: str
    given: bool


@dataclass(frozen=True, slots=True)
class TallyState:
    """Where the tally of a session stands."""

    state: SessionState
    tally_hash: str
    """SHA-256 of the EncryptedTally event that will be opened, 64 hex digits."""
    officer_given: bool
    trustees: tuple[TrusteeTurn, ...]
    needed: int

    @property
    def session(self) -> VotingSession:
        """The session."""
        return self.state.session

    @property
    def problems(self) -> tuple[str, ...]:
        """票数核对: what does not agree; nothing is opened while it does not."""
        return self.state.problems

    @property
    def given(self) -> int:
        """How many trustees have given their share."""
        return sum(trustee.given for trustee in self.trustees)

    @property
    def ready(self) -> bool:
        """Whether everybody needed has acted and the count may begin."""
        return self.officer_given and self.given >= self.needed and not self.problems


def tally_state(workspace: Workspace, session_id: SessionId) -> TallyState:
    """Where the tally stands. Raises `Refused` before the session is sealed."""
    with workspace.reading():
        return tally_state_of(workspace, session_state(workspace, session_id))


def tally_state_of(workspace: Workspace, state: SessionState) -> TallyState:
    """The same for a session that was read already."""
    session_id = state.session.id
    state.session.require(Stage.SEALED, Stage.TALLIED)
    with workspace.reading():
        made = state.held.election.trustees
        found = ceremony_of(workspace, state.held.year, made)
        evidence = EvidenceStore(workspace)
        given = {owner for owner, _ in evidence.decryptions(session_id)}
        tally_hash = evidence.tally_hash(session_id) or ""
    facts = found[1] if found else None
    names = facts.names if facts else ()
    return TallyState(
        state=state,
        tally_hash=tally_hash,
        officer_given=OFFICER in given,
        trustees=tuple(TrusteeTurn(name, OFFICER + number in given) for number, name in enumerate(names, 1)),
        needed=facts.threshold if facts else 0,
    )


def give_officer_key(
    workspace: Workspace, session_id: SessionId, passphrase: str, progress: Progress = silent
) -> TallyState:
    """Give the workspace's own partial decryption; it can be given again until the count.

    Raises as `sealed_tally`, before the passphrase is looked at; then `Refused` for a wrong one.
    """
    sealed = sealed_tally(workspace, session_state(workspace, session_id), progress)
    progress(0, 2, "核对口令")
    workspace.check_passphrase(passphrase)
    progress(1, 2, "部分解密")
    _keep_share(workspace, sealed, OFFICER, Scalar.parse(sealed.ceremony.secret_key))
    progress(2, 2, "部分解密")
    return tally_state(workspace, session_id)


def give_share(
    workspace: Workspace, session_id: SessionId, share: Path, passphrase: str, progress: Progress = silent
) -> TallyState:
    """Give a trustee's partial decryption from the share file; it can be given again until the count.

    Raises as `sealed_tally`, before the share file is looked at. The use is on the trustee's medium before
    the share is used. Raises `Refused` for a wrong passphrase or another ceremony's file; `EvidenceBroken`
    when the file has opened another tally of this session; `Unavailable` when the medium fails.
    """
    sealed = sealed_tally(workspace, session_state(workspace, session_id), progress)
    progress(0, 2, "核对口令与密钥文件")
    use = TallyUse(sealed.election.uuid, sealed.tally_hash)
    cost = workspace.costs.share
    require_ceremony(workspace, share, read_share(share, cost), sealed.ceremony.ceremony)
    index, secret = use_share(share, passphrase, cost, ceremony=sealed.ceremony.ceremony, use=use)
    progress(1, 2, "部分解密")
    _keep_share(workspace, sealed, OFFICER + index, secret.decryption_key)
    progress(2, 2, "部分解密")
    return tally_state(workspace, session_id)


def require_sound(workspace: Workspace, session_id: SessionId, progress: Progress = silent) -> None:
    """Verify what would be opened, before anybody is asked for a passphrase; raises as `sealed_tally`."""
    sealed_tally(workspace, session_state(workspace, session_id), progress)


@dataclass(frozen=True, slots=True)
class ShareHistory:
    """What a share file says of itself before it is unlocked."""

    name: str
    """Of the trustee."""
    opened: tuple[str, ...]
    """What it has opened so far, in Chinese."""


def share_history(workspace: Workspace, session_id: SessionId, share: Path) -> ShareHistory:
    """What the file has opened so far, so that the trustee sees it before the passphrase is typed.

    Raises `Refused` when the file is no share, is damaged or is of another ceremony than the session's keys,
    `Unavailable` when the medium fails.
    """
    read = read_share(share, workspace.costs.share)
    store = SessionStore(workspace)
    held = held_session(workspace, session_id)
    if found := ceremony_of(workspace, held.year, held.election.trustees):
        require_ceremony(workspace, share, read, found[0].ceremony)
    with workspace.reading():
        known = {kept.election.uuid: kept for kept in store.kept_of_all_years() if kept.election}
        now = store.kept(session_id).election
        tally_hash = EvidenceStore(workspace).tally_hash(session_id)

    def words(use: TallyUse) -> str:
        kept = known.get(use.election)
        title = f"{kept.year}年度{kept.session.title}" if kept else "另一工作区的会议"
        if now is not None and use.election == now.uuid:
            title = "本场" if use.tally_hash == tally_hash else "本场的另一份汇总密文（请停止开箱）"
        return f"{title}（{use.tally_hash[:8].upper()}…）"

    return ShareHistory(read.owner.name, tuple(map(words, read.used)))


def _keep_share(workspace: Workspace, sealed: SealedTally, owner: int, secret: Scalar) -> None:
    """Store a partial decryption in place of an earlier one, once both of its proofs hold."""
    share = partial_decryption(sealed.election, sealed.tally_text, secret)
    binding = bind_share(sealed.tally.grid, sealed.tally_hash, share, secret)
    name = sealed.name(owner)
    try:
        sealed.share_factors(owner, share, binding)
    except EvidenceBroken as error:
        raise EvidenceBroken(
            TallyReason.WRONG_KEY, f"{name}的密钥与发放时所定的不符，部分解密没有保存。请换用备份。"
        ) from error
    with workspace.transaction():
        EvidenceStore(workspace).keep_decryption(sealed.held.session.id, owner, share, binding)
        note_act(workspace, sealed.held, Act.GIVE_SHARE, trustee=name, encrypted_tally=sealed.tally_hash)
