"""How are the slips of a session made? Their codes are printed once and forgotten."""

import secrets
from dataclasses import dataclass, replace
from enum import Enum

from gaoxin_vote.belenios.credential import credential_order, public_credential
from gaoxin_vote.belenios.trustees import Trustees
from gaoxin_vote.domain.acts import Act
from gaoxin_vote.domain.fingerprint import grouped
from gaoxin_vote.domain.roll import Elector
from gaoxin_vote.domain.session import SessionId, SlipMode, Stage
from gaoxin_vote.domain.units import UnitCode
from gaoxin_vote.errors import Refused
from gaoxin_vote.progress import Progress, silent
from gaoxin_vote.storage.ceremony import CeremonyStore
from gaoxin_vote.storage.pending_slips import PendingSlips
from gaoxin_vote.storage.roll import RollStore
from gaoxin_vote.storage.sessions import SessionElection, SessionStore
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.workflow.session.acts import note_act
from gaoxin_vote.workflow.session.election import build_election
from gaoxin_vote.workflow.session.held import HeldSession, held_session
from gaoxin_vote.workflow.session.preparation import require_slip_mode, require_spares
from gaoxin_vote.workflow.session.slip_code import (
    SECRET_BYTES,
    new_code,
    nothing_sealed,
    seal_unit,
    slip_keys,
)
from gaoxin_vote.workflow.session.turnout import SessionState, session_state
from gaoxin_vote.workflow.setup.roster import units
from gaoxin_vote.workflow.setup.years import is_sample

NOBODY = UnitCode("")
"""What a drawn slip carries in place of a unit: it is live, but belongs to nobody."""


class SlipMakingReason(Enum):
    """Why a step about printed slips is refused."""

    NO_SLIPS = "no slips"


@dataclass(frozen=True, slots=True)
class DrawnSlip:
    """A slip that was just drawn. Holds its code, so it lives in memory only, and not for long."""

    code: str
    credential: str
    """Public."""
    sealed_unit: bytes
    elector: Elector | None
    """Whose it is; None for a spare."""

    def __repr__(self) -> str:
        return "DrawnSlip(…)"


def set_slips(
    workspace: Workspace, session_id: SessionId, *, slip_mode: SlipMode, spares: int
) -> SessionState:
    """Choose how slips reach the voters. Slips made before become worthless. Only before the opening."""
    require_spares(spares)
    store = SessionStore(workspace)
    with workspace.transaction():
        held = held_session(workspace, session_id)
        held.session.require(Stage.SETUP)
        require_slip_mode(held.rules, slip_mode)
        if (held.session.slip_mode, held.spares) != (slip_mode, spares):
            PendingSlips(workspace, session_id).put(())
        store.put(replace(held.session, slip_mode=slip_mode))
        store.set_spares(session_id, spares)
    return session_state(workspace, session_id)


def make_slips(workspace: Workspace, session_id: SessionId, progress: Progress = silent) -> bytes:
    """Draw the codes and return the PDF that carries them, one slip per elector plus the spares.

    The codes are forgotten; only public credentials are kept. Slips made before become worthless.
    Raises `Refused` once the session is open, and before the key ceremony.
    """
    held = held_session(workspace, session_id)
    held.session.require(Stage.SETUP)
    if held.made is None:
        _make_election(workspace, held)
    electors = RollStore(workspace).roll(session_id).electors
    drawn = draw_slips(workspace, held, (*electors, *(None,) * held.spares), progress)
    pdf = slips_paper(workspace, held, drawn)
    with workspace.transaction():
        SessionStore(workspace).session(session_id).require(Stage.SETUP)
        PendingSlips(workspace, session_id).put(in_list_order(drawn))
        mode = str(held.session.slip_mode.value)
        note_act(workspace, held, Act.PRINT_SLIPS, slips=len(electors), spares=held.spares, mode=mode)
    return pdf


def note_slips_out(workspace: Workspace, session_id: SessionId) -> SessionState:
    """Note that the slips were printed or saved; before that nobody can hold one."""
    with workspace.transaction():
        state = session_state(workspace, session_id)
        state.session.require(Stage.SETUP)
        if not state.slips_made:
            raise Refused(SlipMakingReason.NO_SLIPS, f"{state.session.title}还没有生成票码条。")
        PendingSlips(workspace, session_id).note_out()
    return session_state(workspace, session_id)


def draw_slips(
    workspace: Workspace,
    held: HeldSession,
    holders: tuple[Elector | None, ...],
    progress: Progress,
    taken: frozenset[str] = frozenset(),
) -> tuple[DrawnSlip, ...]:
    """A slip for each holder, None for a spare; no two share a credential, nor has one a `taken` one."""
    uuid = held.session.uuid
    secret = SessionStore(workspace).secret(held.session.id)
    named = held.session.slip_mode is SlipMode.NAMED
    drawn: dict[str, DrawnSlip] = {}
    while len(drawn) < len(holders):
        code, elector = new_code(held.session.id), holders[len(drawn)]
        keys = slip_keys(code, uuid, secret, workspace.costs.slip)
        credential = public_credential(uuid, keys.credential)
        if credential in drawn or credential in taken:
            continue
        if elector is None:
            sealed = nothing_sealed()
        else:
            sealed = seal_unit(keys, uuid, elector.unit if named and elector.unit else NOBODY)
        drawn[credential] = DrawnSlip(grouped(code), credential, sealed, elector)
        progress(len(drawn), len(holders), "生成票码条")
    return tuple(drawn.values())


def slips_paper(workspace: Workspace, held: HeldSession, drawn: tuple[DrawnSlip, ...]) -> bytes:
    """The PDF that carries the codes: the one place where they go."""
    from gaoxin_vote.documents.forms.slips import SlipPrint, render_slips

    named = held.session.slip_mode is SlipMode.NAMED
    prints = [
        SlipPrint(
            code=slip.code, label=slip.elector.label if slip.elector and named else "", spare=not slip.elector
        )
        for slip in drawn
    ]
    return render_slips(prints, title=held.full_title, watermark="演示" if is_sample(workspace) else "")


def in_list_order(drawn: tuple[DrawnSlip, ...]) -> tuple[tuple[str, bytes], ...]:
    """Public credential and sealed unit of each slip, in the order of the election's list.

    That says nothing of who holds which.
    """
    listed = sorted(drawn, key=lambda slip: credential_order(slip.credential))
    return tuple((slip.credential, slip.sealed_unit) for slip in listed)


def _make_election(workspace: Workspace, held: HeldSession) -> None:
    """Give the session its election and its secret when the first slips are made."""
    ceremony = CeremonyStore(workspace).ceremony(held.year)
    election = build_election(
        uuid=held.session.uuid,
        office=workspace.office,
        title=held.full_title,
        rules=held.rules,
        units=held.rated(units(workspace, held.year)),
        trustees=Trustees.parse(ceremony.trustees),
    )
    stored = SessionElection(election.uuid, election.text, ceremony.trustees)
    SessionStore(workspace).set_election(held.session.id, stored, secrets.token_bytes(SECRET_BYTES))
