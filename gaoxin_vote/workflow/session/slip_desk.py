"""How do slips reach the voters: printed, handed out, exchanged when spoiled, replaced when lost?"""

import secrets
from dataclasses import replace
from enum import Enum

from gaoxin_vote.belenios.credential import credential_order, public_credential
from gaoxin_vote.belenios.election import new_uuid
from gaoxin_vote.belenios.trustees import Trustees
from gaoxin_vote.domain.acts import Act
from gaoxin_vote.domain.session import SessionId, SlipMode, Stage, VotingSession
from gaoxin_vote.domain.units import UnitCode
from gaoxin_vote.errors import Refused
from gaoxin_vote.progress import Progress, silent
from gaoxin_vote.storage.ballot_box import BallotBox, SlotState
from gaoxin_vote.storage.ceremony import CeremonyStore
from gaoxin_vote.storage.pending_slips import PendingSlips
from gaoxin_vote.storage.roll import RollStore
from gaoxin_vote.storage.sessions import SessionElection, SessionStore
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.workflow.session.acts import note_act
from gaoxin_vote.workflow.session.election import build_election
from gaoxin_vote.workflow.session.preparation import require_slip_mode, require_spares
from gaoxin_vote.workflow.session.slip_code import (
    SECRET_BYTES,
    SlipKeys,
    SlipReason,
    group_code,
    new_code,
    nothing_sealed,
    parse_code,
    seal_unit,
    slip_keys,
    unsealed_unit,
)
from gaoxin_vote.workflow.session.turnout import (
    SessionState,
    session_rules,
    session_state,
    session_units,
)
from gaoxin_vote.workflow.setup.years import is_sample, scheme

_NOBODY = UnitCode("")
"""What a drawn slip carries in place of a unit: it is live, but belongs to nobody."""


class SlipDeskReason(Enum):
    """Why the slip desk refuses a step."""

    SPARE_IN_USE = "spare in use"
    NOT_ISSUED = "not issued"
    HOLDS_SLIP = "holds a slip"
    DECISION_MISSING = "decision missing"


def set_slips(
    workspace: Workspace, session_id: SessionId, *, slip_mode: SlipMode, spares: int
) -> SessionState:
    """Choose how slips reach the voters. Slips made before become worthless. Only before the opening."""
    require_spares(spares)
    store = SessionStore(workspace)
    with workspace.transaction():
        session = store.session(session_id)
        session.require(Stage.SETUP)
        require_slip_mode(session_rules(workspace, session_id), slip_mode)
        if (session.slip_mode, store.spares(session_id)) != (slip_mode, spares):
            PendingSlips(workspace, session_id).put(())
        store.put(replace(session, slip_mode=slip_mode))
        store.set_spares(session_id, spares)
    return session_state(workspace, session_id)


def make_slips(workspace: Workspace, session_id: SessionId, progress: Progress = silent) -> bytes:
    """Draw the codes and return the PDF that carries them, one slip per elector plus the spares.

    The codes are forgotten; only public credentials are kept. Slips made before become worthless.
    Raises `Refused` once the session is open, and before the key ceremony.
    """
    from gaoxin_vote.documents.forms.slips import SlipPrint, render_slips

    store = SessionStore(workspace)
    session = store.session(session_id)
    session.require(Stage.SETUP)
    year = store.year(session_id)
    _ensure_election(workspace, session)
    uuid, secret = store.election(session_id).uuid, store.secret(session_id)
    named = session.slip_mode is SlipMode.NAMED
    electors = RollStore(workspace).roll(session_id).electors
    total = len(electors) + store.spares(session_id)
    slots: dict[str, bytes] = {}
    prints: list[SlipPrint] = []
    while len(slots) < total:
        code = new_code()
        keys = slip_keys(code, uuid, secret, workspace.costs.slip)
        credential = public_credential(uuid, keys.credential)
        if credential in slots:
            continue
        elector = electors[len(slots)] if len(slots) < len(electors) else None
        if elector is None:
            slots[credential] = nothing_sealed()
        else:
            unit = (elector.unit if named else None) or _NOBODY
            slots[credential] = seal_unit(keys, uuid, unit)
        label = elector.label if elector is not None and named else ""
        prints.append(SlipPrint(code=group_code(code), label=label, spare=elector is None))
        progress(len(slots), total, "生成票码条")
    title = f"{scheme(workspace, year).title} {session.title}"
    pdf = render_slips(prints, title=title, watermark="演示" if is_sample(workspace) else "")
    slips = tuple((credential, slots[credential]) for credential in sorted(slots, key=credential_order))
    with workspace.transaction():
        store.session(session_id).require(Stage.SETUP)
        PendingSlips(workspace, session_id).put(slips)
        spares = total - len(electors)
        mode = str(session.slip_mode.value)
        note_act(workspace, session, Act.PRINT_SLIPS, slips=len(electors), spares=spares, mode=mode)
    return pdf


def check_in(workspace: Workspace, session_id: SessionId, elector: str, attended: bool) -> SessionState:
    """Note who is present 签到. No time is kept."""
    SessionStore(workspace).session(session_id).require(Stage.SETUP, Stage.OPEN, Stage.SUSPENDED)
    with workspace.transaction():
        holding = {one.code for one in RollStore(workspace).roll(session_id).electors if one.issued}
        if not attended and elector in holding:
            raise Refused(SlipDeskReason.HOLDS_SLIP, "该投票人已领票，请先取消领票登记，再取消签到。")
        RollStore(workspace).set_attended(session_id, elector, attended)
    return session_state(workspace, session_id)


def issue_slip(workspace: Workspace, session_id: SessionId, elector: str, issued: bool) -> SessionState:
    """Note who was handed a slip 领票; who takes one is present. No time is kept."""
    SessionStore(workspace).session(session_id).require(Stage.SETUP, Stage.OPEN, Stage.SUSPENDED)
    with workspace.transaction():
        if issued:
            RollStore(workspace).set_attended(session_id, elector, True)
        RollStore(workspace).set_issued(session_id, elector, issued)
    return session_state(workspace, session_id)


def void_slip(workspace: Workspace, session_id: SessionId, code: str, spare_code: str) -> SessionState:
    """Void a spoiled slip by entering it, and let a spare take its place.

    Raises `Refused` when the slip is not an unused one of this session, or the spare is in use.
    """
    SessionStore(workspace).session(session_id).require(Stage.OPEN, Stage.SUSPENDED)
    uuid = SessionStore(workspace).election(session_id).uuid
    spoiled, spoiled_credential = _keys(workspace, session_id, code)
    box = BallotBox(workspace, session_id)
    unit = unsealed_unit(spoiled, uuid, box.sealed_unit(spoiled_credential))
    with workspace.transaction():
        box.void(spoiled_credential)
        _issue_spare(workspace, session_id, spare_code, unit)
    return session_state(workspace, session_id)


def replace_lost(
    workspace: Workspace, session_id: SessionId, elector: str, decision: str, spare_code: str
) -> SessionState:
    """Hand a spare to somebody who lost the slip, on the chief scrutineer's recorded decision.

    The lost slip stays live, so 收回 ≤ 实到 is checked at the end. Raises `Refused` without a decision, for
    an elector who was not handed a slip, or when the spare is in use.
    """
    session = SessionStore(workspace).session(session_id)
    session.require(Stage.OPEN, Stage.SUSPENDED)
    if not decision.strip():
        raise Refused(SlipDeskReason.DECISION_MISSING, "遗失补发须有总监票人的决定，请写明决定内容。")
    known = {entry.code: entry for entry in RollStore(workspace).roll(session_id).electors}
    if elector not in known or not known[elector].issued:
        raise Refused(SlipDeskReason.NOT_ISSUED, "该投票人尚未领票，不能补发，请先登记发票。")
    unit = (known[elector].unit if session.slip_mode is SlipMode.NAMED else None) or _NOBODY
    with workspace.transaction():
        RollStore(workspace).replace_lost(session_id, elector, decision.strip())
        _issue_spare(workspace, session_id, spare_code, unit)
    return session_state(workspace, session_id)


def _issue_spare(workspace: Workspace, session_id: SessionId, code: str, unit: UnitCode) -> None:
    keys, credential = _keys(workspace, session_id, code)
    box = BallotBox(workspace, session_id)
    uuid = SessionStore(workspace).election(session_id).uuid
    if box.state(credential) is not SlotState.UNUSED or _is_sealed(keys, uuid, box.sealed_unit(credential)):
        raise Refused(SlipDeskReason.SPARE_IN_USE, "换发的不是未用过的备用条，请另取一张备用条。")
    box.set_sealed_unit(credential, seal_unit(keys, uuid, unit))


def _is_sealed(keys: SlipKeys, uuid: str, sealed: bytes) -> bool:
    try:
        unsealed_unit(keys, uuid, sealed)
    except Refused:
        return False
    return True


def _keys(workspace: Workspace, session_id: SessionId, code: str) -> tuple[SlipKeys, str]:
    """The keys and the public credential of a code of this session; raises `Refused` where there is none."""
    store = SessionStore(workspace)
    uuid = store.election(session_id).uuid
    keys = slip_keys(parse_code(code), uuid, store.secret(session_id), workspace.costs.slip)
    credential = public_credential(uuid, keys.credential)
    if BallotBox(workspace, session_id).state(credential) is None:
        raise Refused(SlipReason.UNKNOWN, "本场会议没有这个票码，请核对票码条后重新输入。")
    return keys, credential


def _ensure_election(workspace: Workspace, session: VotingSession) -> None:
    """Give the session its election and its secret when the first slips are made."""
    store = SessionStore(workspace)
    year = store.year(session.id)
    if store.has_election(session.id):
        return
    ceremony = CeremonyStore(workspace).ceremony(year)
    election = build_election(
        uuid=new_uuid(),
        office=workspace.office,
        title=f"{scheme(workspace, year).title} {session.title}",
        rules=session_rules(workspace, session.id),
        units=session_units(workspace, session),
        trustees=Trustees.parse(ceremony.trustees),
    )
    stored = SessionElection(election.uuid, election.text, ceremony.trustees)
    store.set_election(session.id, stored, secrets.token_bytes(SECRET_BYTES))
