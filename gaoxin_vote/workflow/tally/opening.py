"""How is a sealed session counted, by the officer and enough trustees together?

Every partial decryption is bound to the hash of the one EncryptedTally event that the seal has fixed;
no single ballot is ever opened.
"""

import io
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from gaoxin_vote.belenios.archive import EventType, read_board, read_text
from gaoxin_vote.belenios.election import Election
from gaoxin_vote.belenios.group import Scalar
from gaoxin_vote.belenios.tally import (
    EncryptedTally,
    bind_share,
    partial_decryption,
)
from gaoxin_vote.belenios.trustees import Trustees
from gaoxin_vote.domain.acts import Act
from gaoxin_vote.domain.session import SessionId, Stage, VotingSession
from gaoxin_vote.errors import EvidenceBroken, Refused
from gaoxin_vote.progress import Progress, silent
from gaoxin_vote.storage.ceremony import Ceremony, CeremonyStore
from gaoxin_vote.storage.evidence import EvidenceStore
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.workflow.ceremony.share_file import TallyUse, use_share
from gaoxin_vote.workflow.ceremony.trustee_keys import ceremony_facts
from gaoxin_vote.workflow.session.acts import note_act
from gaoxin_vote.workflow.session.held import HeldSession
from gaoxin_vote.workflow.session.turnout import SessionState, session_state

OFFICER = 1
"""Trustee number of the workspace's own key; trustee *i* of the ceremony has number 1 + *i*."""


class TallyReason(Enum):
    """Why the tally refuses a step."""

    NOT_RECONCILED = "numbers do not agree"
    ALREADY_GIVEN = "already given"
    TALLY_CHANGED = "tally changed"


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
        facts = ceremony_facts(workspace, state.held.year)
        evidence = EvidenceStore(workspace)
        given = {owner for owner, _ in evidence.decryptions(session_id)}
        tally_hash = evidence.tally_hash(session_id) or ""
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
    """Give the workspace's own partial decryption. Raises `Refused` for a wrong passphrase."""
    progress(0, 2, "核对口令")
    workspace.check_passphrase(passphrase)
    sealed = sealed_tally(workspace, session_state(workspace, session_id))
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
    sealed = sealed_tally(workspace, session_state(workspace, session_id))
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


@dataclass(frozen=True, slots=True)
class SealedTally:
    """The sum that is to be opened, read back from the archive."""

    held: HeldSession
    ceremony: Ceremony
    election: Election
    trustees: Trustees
    tally_text: str
    tally: EncryptedTally
    tally_hash: str
    archive: bytes
    """As it stood at the seal."""


def sealed_tally(workspace: Workspace, state: SessionState) -> SealedTally:
    """What is to be opened, read back from the archive.

    Raises `Refused` unless the session is sealed and its numbers agree, `EvidenceBroken` if the seal fixed
    another sum.
    """
    held, session_id = state.held, state.session.id
    held.session.require(Stage.SEALED)
    if state.problems:
        raise Refused(TallyReason.NOT_RECONCILED, "票数核对不符，不能开票。", details=state.problems)
    evidence = EvidenceStore(workspace)
    archive = evidence.archive(session_id)
    stream = io.BytesIO(archive)
    (event,) = read_board(stream).of(EventType.ENCRYPTED_TALLY)
    if event.digest != evidence.tally_hash(session_id):
        raise EvidenceBroken(
            TallyReason.TALLY_CHANGED, "待开的汇总密文与封箱时确定的不一致，请停止操作并报告监票人。"
        )
    tally_text, sized_text = (read_text(stream, record) for record in event.records)
    election = Election.parse(held.election.election)
    return SealedTally(
        held=held,
        ceremony=CeremonyStore(workspace).ceremony(held.year),
        election=election,
        trustees=Trustees.parse(held.election.trustees),
        tally_text=tally_text,
        tally=EncryptedTally.parse(election, tally_text, sized_text),
        tally_hash=event.digest,
        archive=archive,
    )


def _keep_share(workspace: Workspace, sealed: SealedTally, owner: int, secret: Scalar) -> None:
    share = partial_decryption(sealed.election, sealed.tally_text, secret)
    binding = bind_share(sealed.tally.grid, sealed.tally_hash, share, secret)
    name = sealed.trustees.names[owner - 1] or ""
    with workspace.transaction():
        EvidenceStore(workspace).keep_decryption(sealed.held.session.id, owner, share, binding)
        note_act(workspace, sealed.held, Act.GIVE_SHARE, trustee=name, encrypted_tally=sealed.tally_hash)
