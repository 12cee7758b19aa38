"""How is a closed session sealed 封箱: what is counted is fixed, what ties slips to slots is erased?

Until then the close can be taken back and the roll be mended; from then on nothing of the session changes
but its count.
"""

import io
from dataclasses import replace
from enum import Enum

from gaoxin_vote.belenios.archive import ArchiveBuilder
from gaoxin_vote.belenios.credential import credential_order
from gaoxin_vote.belenios.election import Election
from gaoxin_vote.belenios.tally import encrypted_tally
from gaoxin_vote.domain.acts import Act
from gaoxin_vote.domain.session import SessionId, Stage
from gaoxin_vote.errors import Refused
from gaoxin_vote.progress import Progress, silent
from gaoxin_vote.storage.ballot_box import BallotBox
from gaoxin_vote.storage.evidence import EvidenceStore
from gaoxin_vote.storage.pending_slips import PendingSlips
from gaoxin_vote.storage.roll import RollStore
from gaoxin_vote.storage.sessions import SessionStore
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.workflow.session.acts import note_act
from gaoxin_vote.workflow.session.held import HeldSession
from gaoxin_vote.workflow.session.turnout import SessionState, session_state


class SealReason(Enum):
    """Why a session is neither closed nor sealed."""

    TOO_FEW_BALLOTS = "too few ballots"
    NOT_RECONCILED = "numbers do not agree"
    REASON_MISSING = "reason missing"


def seal_session(
    workspace: Workspace, session_id: SessionId, reason: str = "", progress: Progress = silent
) -> SessionState:
    """Sum the sealed ballots, fix archive and hash of the sum, erase what ties slips to slots.

    Raises `Refused` unless the session is closed and `require_ended` holds; what was told at the close need
    not be told again.
    """
    with workspace.transaction():
        state = session_state(workspace, session_id)
        state.session.require(Stage.CLOSED)
        told = reason.strip() or state.session.close_reason
        require_ended(state, told)
        # A roll that was mended after the close may leave nothing to be explained.
        told = "" if state.returned == state.roll.issued else told
        erase_secrets(workspace, session_id)
        archive, tally_hash = _archive_up_to_tally(workspace, state.held, progress)
        SessionStore(workspace).put(replace(state.session, stage=Stage.SEALED, close_reason=told))
        EvidenceStore(workspace).keep_archive(session_id, archive)
        EvidenceStore(workspace).fix_tally(session_id, tally_hash)
        note_act(
            workspace,
            state.held,
            Act.SEAL_SESSION,
            issued=state.roll.issued,
            returned=state.returned,
            spoiled=state.spoiled,
            lost=state.lost,
            added=state.held.added,
            handed=[*state.roll.handed_units],
            decisions=[slip.words for slip in RollStore(workspace).lost_slips(session_id)],
            reason=told,
            encrypted_tally=tally_hash,
        )
    return session_state(workspace, session_id)


def require_ended(state: SessionState, reason: str) -> None:
    """Raise `Refused` unless these numbers may be counted; the details say what can be mended.

    What would forbid the count forbids the close already: afterwards the voters have gone home.
    """
    title, issued, returned = state.session.title, state.roll.issued, state.returned
    if state.too_few:
        raise Refused(SealReason.TOO_FEW_BALLOTS, f"{state.too_few}请恢复投票，或者作废本场会议。")
    if state.problems:
        raise Refused(
            SealReason.NOT_RECONCILED,
            f"{title}票数核对不一致，请先更正“签到与领票”的登记。",
            details=(*state.problems, *state.mending),
        )
    if returned != issued and not reason.strip():
        raise Refused(
            SealReason.REASON_MISSING, f"{title}发出{issued}张，收回{returned}张，请写明原因后再结束。"
        )


def erase_secrets(workspace: Workspace, session_id: SessionId) -> None:
    """Erase what leads from a slip's code to its slot, the units sealed in the slots, and which were added.

    From then on the slots lie in the order of the election's list, and so do the ballots of the archive.
    """
    SessionStore(workspace).erase_secret(session_id)
    PendingSlips(workspace, session_id).forget_withdrawn()
    box = BallotBox(workspace, session_id)
    box.erase_sealed_units()
    if SessionStore(workspace).kept(session_id).added:
        # Even where they lie in order by chance: that nothing was moved would tell which came last.
        box.lay_in_order(credential_order)


def _archive_up_to_tally(workspace: Workspace, held: HeldSession, progress: Progress) -> tuple[bytes, str]:
    election, box = held.election, BallotBox(workspace, held.session.id)
    target = io.BytesIO()
    builder = ArchiveBuilder(target, int(workspace.clock().timestamp()))
    builder.setup(election.election, election.trustees, box.credentials())
    ballots = tuple(box.ballots())
    for number, ballot in enumerate(ballots, 1):
        progress(number, len(ballots) + 1, "封存选票")
        builder.ballot(ballot)
    builder.end_ballots()
    tally = encrypted_tally(Election.parse(election.election), ballots)
    tally_hash = builder.encrypted_tally(tally.text, tally.sized_text)
    progress(len(ballots) + 1, len(ballots) + 1, "汇总密文")
    return target.getvalue(), tally_hash
