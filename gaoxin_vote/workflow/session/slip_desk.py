"""Who is present, who was handed a slip, and how is a spoiled one exchanged or a lost one replaced?"""

from enum import Enum

from gaoxin_vote.belenios.credential import public_credential
from gaoxin_vote.domain.contest_rules import Raters
from gaoxin_vote.domain.session import SessionId, SlipMode, Stage
from gaoxin_vote.domain.units import UnitCode
from gaoxin_vote.errors import Refused
from gaoxin_vote.storage.ballot_box import BallotBox, Slot, SlotState
from gaoxin_vote.storage.roll import RollStore
from gaoxin_vote.storage.sessions import SessionStore
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.workflow.session.held import HeldSession, held_session
from gaoxin_vote.workflow.session.slip_code import (
    SlipKeys,
    SlipReason,
    parse_code,
    seal_unit,
    slip_keys,
    unsealed_unit,
)
from gaoxin_vote.workflow.session.slip_making import NOBODY
from gaoxin_vote.workflow.session.turnout import SessionState, session_state
from gaoxin_vote.workflow.setup.printable import require_printable

MENDABLE = (Stage.SETUP, Stage.OPEN, Stage.SUSPENDED, Stage.CLOSED)
"""The stages in which ticks of the roll can be set and taken back."""


class SlipDeskReason(Enum):
    """Why the slip desk refuses a step."""

    SPARE_IN_USE = "spare in use"
    NOT_ISSUED = "not issued"
    HOLDS_SLIP = "holds a slip"
    NOBODY_NAMED = "nobody is named"
    DECISION_MISSING = "decision missing"
    BELOW_RETURNED = "below the number returned"


def check_in(workspace: Workspace, session_id: SessionId, elector: str, attended: bool) -> SessionState:
    """Note who is present 签到. No time is kept. Where nobody has a name, only slips are counted."""
    held = held_session(workspace, session_id)
    held.session.require(*MENDABLE)
    if held.rules.raters is Raters.ANONYMOUS:
        words = f"{held.session.title}不记名，不登记签到；登记发出的票码条，即计入实到。"
        raise Refused(SlipDeskReason.NOBODY_NAMED, words)
    with workspace.transaction():
        roll = RollStore(workspace).roll(session_id)
        holding = {entry.code for entry in roll.electors if entry.issued}
        if not attended and elector in holding:
            raise Refused(SlipDeskReason.HOLDS_SLIP, "该投票人已领票，请先取消领票登记，再取消签到。")
        RollStore(workspace).set_attended(session_id, elector, attended)
        if not attended:
            state = session_state(workspace, session_id)
            _require_returned(state, state.roll.attended * held.rules.ballots_per_unit)
    return session_state(workspace, session_id)


def issue_slip(workspace: Workspace, session_id: SessionId, elector: str, issued: bool) -> SessionState:
    """Note who was handed a slip 领票; who takes one is present. No time is kept.

    Where nobody has a name, a slip taken back is nobody who is present. A tick taken back once ballots are
    in the box, or from somebody who lost a slip and has a spare, stays on the roll as such: it can no longer
    be told whose ballots they are (A42).
    """
    held = held_session(workspace, session_id)
    held.session.require(*MENDABLE)
    with workspace.transaction():
        if issued or held.rules.raters is Raters.ANONYMOUS:
            RollStore(workspace).set_attended(session_id, elector, issued)
        if issued:
            RollStore(workspace).set_issued(session_id, elector, True)
        else:
            before = session_state(workspace, session_id)
            held_one = next((entry for entry in before.roll.handed if entry.code == elector), None)
            taken_back = held_one is not None and (before.returned > 0 or held_one.replacements > 0)
            RollStore(workspace).set_issued(session_id, elector, False, taken_back=taken_back)
            state = session_state(workspace, session_id)
            _require_returned(state, state.roll.issued)
    return session_state(workspace, session_id)


def check_in_all(workspace: Workspace, session_id: SessionId) -> SessionState:
    """Note that everybody on the roll is present 全部签到."""
    with workspace.transaction():
        for elector in RollStore(workspace).roll(session_id).electors:
            if not elector.attended:
                check_in(workspace, session_id, elector.code, True)
    return session_state(workspace, session_id)


def note_who_came(workspace: Workspace, session_id: SessionId, elector: str, words: str) -> SessionState:
    """Note who came for an elector, such as 受委托人 张三; empty takes it back.

    Raises `Refused` where nobody has a name, and for a name that cannot be printed.
    """
    held = held_session(workspace, session_id)
    held.session.require(*MENDABLE)
    if held.rules.raters is Raters.ANONYMOUS:
        raise Refused(SlipDeskReason.NOBODY_NAMED, f"{held.session.title}不记名，不登记谁到会。")
    require_printable(words)
    RollStore(workspace).set_came(session_id, elector, words.strip())
    return session_state(workspace, session_id)


def _require_returned(state: SessionState, most: int) -> None:
    """Raise `Refused` where a tick taken back leaves fewer slips or people than ballots in the box."""
    if state.returned > most:
        raise Refused(
            SlipDeskReason.BELOW_RETURNED,
            f"已收回{state.returned}张，发出和实到不能少于收回，不能取消这项登记。如登记错了人，请先补登另一人，再取消。",
        )


def replace_spoiled(workspace: Workspace, session_id: SessionId, code: str, spare_code: str) -> SessionState:
    """Take a spoiled slip out by entering it, and let a spare take its place.

    Raises `Refused` when the slip is not an unused one of this session, or the spare is in use.
    """
    held = held_session(workspace, session_id)
    held.session.require(Stage.OPEN, Stage.SUSPENDED)
    keys, credential, slot = _entered(workspace, held, code)
    unit = unsealed_unit(keys, held.election.uuid, slot.sealed_unit)
    with workspace.transaction():
        BallotBox(workspace, session_id).spoil(credential)
        _issue_spare(workspace, held, spare_code, unit)
    return session_state(workspace, session_id)


def replace_lost(
    workspace: Workspace, session_id: SessionId, elector: str, decision: str, spare_code: str
) -> SessionState:
    """Hand a spare to somebody who lost the slip, on the chief scrutineer's recorded decision.

    The lost slip stays live, so 收回 ≤ 实到 is checked at the end. Raises `Refused` without a decision, for
    an elector who was not handed a slip, or when the spare is in use.
    """
    held = held_session(workspace, session_id)
    held.session.require(Stage.OPEN, Stage.SUSPENDED)
    if not decision.strip():
        raise Refused(SlipDeskReason.DECISION_MISSING, "遗失补发须有总监票人的决定，请写明决定内容。")
    known = {entry.code: entry for entry in RollStore(workspace).roll(session_id).electors}
    if elector not in known or not known[elector].issued:
        raise Refused(SlipDeskReason.NOT_ISSUED, "该投票人尚未领票，不能补发，请先登记领票。")
    named = held.session.slip_mode is SlipMode.NAMED
    with workspace.transaction():
        RollStore(workspace).replace_lost(session_id, elector, decision.strip())
        _issue_spare(workspace, held, spare_code, (known[elector].unit if named else None) or NOBODY)
    return session_state(workspace, session_id)


def _issue_spare(workspace: Workspace, held: HeldSession, code: str, unit: UnitCode) -> None:
    keys, credential, slot = _entered(workspace, held, code)
    uuid = held.election.uuid
    if slot.state is not SlotState.UNUSED or _is_sealed(keys, uuid, slot.sealed_unit):
        raise Refused(SlipDeskReason.SPARE_IN_USE, "换发的不是未用过的备用票码条，请另取一张。")
    BallotBox(workspace, held.session.id).set_sealed_unit(credential, seal_unit(keys, uuid, unit))


def _is_sealed(keys: SlipKeys, uuid: str, sealed: bytes) -> bool:
    try:
        unsealed_unit(keys, uuid, sealed)
    except Refused:
        return False
    return True


def _entered(workspace: Workspace, held: HeldSession, code: str) -> tuple[SlipKeys, str, Slot]:
    """Keys, public credential and slot of a code of this session; raises `Refused` where there is none."""
    uuid, secret = held.election.uuid, SessionStore(workspace).secret(held.session.id)
    keys = slip_keys(parse_code(code), uuid, secret, workspace.costs.slip)
    credential = public_credential(uuid, keys.credential)
    slot = BallotBox(workspace, held.session.id).slot(credential)
    if slot is None:
        raise Refused(SlipReason.UNKNOWN, "本场会议没有这个票码，请核对票码条后重新输入。")
    return keys, credential, slot
