"""How does a voting session run, from its opening to the close?

`cast` is the one place where a slip and the voter's marks meet; neither is kept with the other.
"""

import io
from dataclasses import dataclass, field, replace
from enum import Enum

from gaoxin_vote.belenios.archive import ArchiveBuilder
from gaoxin_vote.belenios.ballot import largest_ballot, seal_ballot, tracker, verify_ballot
from gaoxin_vote.belenios.credential import public_credential
from gaoxin_vote.belenios.election import Election
from gaoxin_vote.belenios.tally import encrypted_tally
from gaoxin_vote.domain.ballot import BallotReason, Mark, MarkedBallot
from gaoxin_vote.domain.codec import canonical_json, to_json
from gaoxin_vote.domain.contest import Contest
from gaoxin_vote.domain.minutes import SessionMinutes
from gaoxin_vote.domain.session import SessionId, SlipMode, Stage
from gaoxin_vote.domain.units import UnitCode
from gaoxin_vote.errors import Refused
from gaoxin_vote.progress import Progress, silent
from gaoxin_vote.storage.ballot_box import BallotBox, SlotState
from gaoxin_vote.storage.evidence import EvidenceStore
from gaoxin_vote.storage.register import Register
from gaoxin_vote.storage.roll import RollStore
from gaoxin_vote.storage.sessions import SessionStore
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.workflow.session.acts import note_act
from gaoxin_vote.workflow.session.preparation import require_slip_mode
from gaoxin_vote.workflow.session.slip_code import SlipReason, parse_code, slip_keys, unsealed_unit
from gaoxin_vote.workflow.session.turnout import (
    SessionState,
    pending_kind,
    pending_slips,
    session_rules,
    session_state,
    session_units,
)
from gaoxin_vote.workflow.setup.years import units


class SessionStepReason(Enum):
    """Why a session that is prepared refuses a step."""

    NO_SLIPS = "no slips"
    REASON_MISSING = "reason missing"
    NO_BALLOTS = "no ballots"


@dataclass(frozen=True, slots=True)
class BallotUnit:
    """A row of the ballot."""

    code: UnitCode
    number: int
    """Place on the ballot, from 1."""
    name: str
    unit_class: str


@dataclass(frozen=True, slots=True)
class Admission:
    """What an admitted slip lets its bearer do. Holds the credential, so it lives in memory only."""

    session_id: SessionId
    contest: Contest
    title: str
    units: tuple[BallotUnit, ...]
    labels: tuple[str, str, str, str]
    own_unit: UnitCode | None
    """The unit that is recused by force (named slips); None otherwise."""
    choose_own: bool
    """The delegate names the own unit (drawn slips in the peer rating)."""
    own_may_be_absent: bool
    """The session rates some units only, so that the delegate's own may not be among them."""
    max_excellent: int | None
    credential: str = field(repr=False)


def set_meeting(workspace: Workspace, session_id: SessionId, minutes: SessionMinutes) -> SessionState:
    """Note place, chair, scrutineers and tellers; they stand on the result sheet.

    Raises `Refused` once the session is tallied or voided: what was signed is not changed any more.
    """
    store = SessionStore(workspace)
    with workspace.transaction():
        session = store.session(session_id)
        session.require(Stage.SETUP, Stage.OPEN, Stage.SUSPENDED, Stage.CLOSED)
        whole = replace(minutes, contest=session.contest, group=session.group, number=session.number)
        store.set_facts(session_id, canonical_json(to_json(whole)))
        voting = session.stage in (Stage.OPEN, Stage.SUSPENDED)
        note_act(workspace, session, "登记会议信息", timed=not voting, chair=whole.chair, place=whole.place)
    return session_state(workspace, session_id)


def open_session(workspace: Workspace, session_id: SessionId) -> SessionState:
    """Open the ballot box: one slot per public credential, in the order of the election's list.

    Raises `Refused` unless slips were made, and where the scheme forbids such slips.
    """
    store = SessionStore(workspace)
    session = store.session(session_id)
    session.require(Stage.SETUP)
    require_slip_mode(session_rules(workspace, session_id), session.slip_mode)
    slips = pending_slips(workspace, session_id)
    if not slips:
        raise Refused(SessionStepReason.NO_SLIPS, f"{session.title}的票码条尚未打印，请先打印票码条。")
    year = store.year(session_id)
    bound = largest_ballot(Election.parse(store.election(session_id).election))
    with workspace.transaction():
        BallotBox(workspace, session_id).open_slots(slips, bound)
        Register(workspace).replace(year, pending_kind(session_id), ())
        store.put(replace(session, stage=Stage.OPEN))
        note_act(workspace, session, "开始投票", slots=len(slips))
    return session_state(workspace, session_id)


def suspend_session(workspace: Workspace, session_id: SessionId) -> SessionState:
    """Stop admitting slips for a while."""
    SessionStore(workspace).session(session_id).require(Stage.OPEN)
    return _step(workspace, session_id, Stage.SUSPENDED, "暂停投票")


def resume_session(workspace: Workspace, session_id: SessionId) -> SessionState:
    """Admit slips again after a suspension."""
    SessionStore(workspace).session(session_id).require(Stage.SUSPENDED)
    return _step(workspace, session_id, Stage.OPEN, "恢复投票")


def void_session(workspace: Workspace, session_id: SessionId, reason: str) -> SessionState:
    """Void the session; its ballots are never counted, its secrets are erased.

    Raises `Refused` without a reason.
    """
    if not reason.strip():
        raise Refused(SessionStepReason.REASON_MISSING, "作废投票会议必须写明原因。")
    store = SessionStore(workspace)
    session = store.session(session_id)
    session.require_next(Stage.VOIDED)
    year = store.year(session_id)
    with workspace.transaction():
        store.put(replace(session, stage=Stage.VOIDED, void_reason=reason.strip()))
        _erase_secrets(workspace, session_id)
        if session.stage is Stage.SETUP:
            Register(workspace).replace(year, pending_kind(session_id), ())
        note_act(workspace, session, "作废投票会议", reason=reason.strip())
    return session_state(workspace, session_id)


def admit(workspace: Workspace, session_id: SessionId, code: str) -> Admission:
    """What the slip with this code (16 digits, typed or scanned) admits to.

    Raises `Refused` with a `SlipReason`, each with its own sentence: mistyped, unknown, used, void, of
    another session, spare that was not issued.
    """
    digits = parse_code(code)
    store = SessionStore(workspace)
    session = store.session(session_id)
    session.require(Stage.OPEN)
    uuid = store.election(session_id).uuid
    keys = slip_keys(digits, uuid, store.secret(session_id))
    box = BallotBox(workspace, session_id)
    public = public_credential(uuid, keys.credential)
    state = box.state(public)
    if state is None:
        raise _unknown_slip(workspace, session_id, digits)
    if state is not SlotState.UNUSED:
        words, reason = _SPENT[state]
        raise Refused(reason, words)
    own_unit = unsealed_unit(keys, uuid, box.sealed_unit(public))
    rules = session_rules(workspace, session_id)
    rated = session_units(workspace, session)
    return Admission(
        session_id=session_id,
        contest=session.contest,
        title=session.title,
        units=tuple(
            BallotUnit(unit.code, number, unit.name, unit.unit_class) for number, unit in enumerate(rated, 1)
        ),
        labels=rules.labels,
        own_unit=own_unit if rules.recuses and own_unit in session.units else None,
        choose_own=rules.recuses and session.slip_mode is SlipMode.DRAWN,
        own_may_be_absent=len(rated) < len(units(workspace, store.year(session_id))),
        max_excellent=rules.max_excellent,
        credential=keys.credential,
    )


def cast(workspace: Workspace, admission: Admission, ballot: MarkedBallot) -> str:
    """Seal the marks and put the ballot into its slot; returns the tracker once it is on the disk.

    Nothing of it is logged and nothing carries a time. Raises `Refused` for an incomplete ballot, a wrong
    recusal, a slip used meanwhile or a session that is not open; `Unavailable` when the disk fails: then
    the slip is still unused.
    """
    store = SessionStore(workspace)
    session = store.session(admission.session_id)
    session.require(Stage.OPEN)
    _require_recusal(admission, ballot)
    election = Election.parse(store.election(session.id).election)
    sealed = seal_ballot(election, admission.credential, ballot.choices(session.units))
    verify_ballot(election, sealed)  # a faulty ballot must not wait for the count to be noticed
    public = public_credential(election.uuid, admission.credential)
    with workspace.transaction():
        store.session(session.id).require(Stage.OPEN)
        BallotBox(workspace, session.id).cast(public, sealed)
    return tracker(sealed)


def close_session(
    workspace: Workspace, session_id: SessionId, reason: str = "", progress: Progress = silent
) -> SessionState:
    """Close the session: sum the sealed ballots, fix the hash of the sum, erase what ties slips to slots.

    Raises `Refused` when no ballot came back, or when some are missing and no reason is given.
    """
    state = session_state(workspace, session_id)
    session = state.session
    session.require(Stage.OPEN, Stage.SUSPENDED)
    if not state.used:
        raise Refused(
            SessionStepReason.NO_BALLOTS, f"{session.title}没有收回选票，不能结束计票，只能作废本场会议。"
        )
    if (state.used != state.roll.issued or state.problems) and not reason.strip():
        raise Refused(
            SessionStepReason.REASON_MISSING,
            f"{session.title}发出{state.roll.issued}张，收回{state.used}张，请写明原因后再结束。",
            details=state.problems,
        )
    store = SessionStore(workspace)
    archive, tally_hash = _archive_up_to_tally(workspace, session_id, progress)
    with workspace.transaction():
        store.put(replace(session, stage=Stage.CLOSED))
        _erase_secrets(workspace, session_id)
        EvidenceStore(workspace).keep_archive(session_id, archive)
        EvidenceStore(workspace).fix_tally(session_id, tally_hash)
        note_act(
            workspace,
            session,
            "结束投票",
            issued=state.roll.issued,
            returned=state.used,
            spoiled=state.void,
            lost=state.lost,
            decisions=[slip.words for slip in RollStore(workspace).lost_slips(session_id)],
            reason=reason.strip(),
            encrypted_tally=tally_hash,
        )
    return session_state(workspace, session_id)


def _step(workspace: Workspace, session_id: SessionId, stage: Stage, act: str) -> SessionState:
    store = SessionStore(workspace)
    session = store.session(session_id)
    with workspace.transaction():
        store.put(replace(session, stage=stage))
        note_act(workspace, session, act)
    return session_state(workspace, session_id)


_SPENT = {
    SlotState.USED: ("此票码已经投过票，每张票码条只能投一次。", SlipReason.USED),
    SlotState.VOID: ("此票码条已作废，请使用换发的票码条，或联系工作人员。", SlipReason.VOID),
}


def _unknown_slip(workspace: Workspace, session_id: SessionId, digits: str) -> Refused:
    store = SessionStore(workspace)
    for other in store.sessions(store.year(session_id)):
        if other.id == session_id or other.stage not in (Stage.OPEN, Stage.SUSPENDED):
            continue
        uuid = store.election(other.id).uuid
        credential = slip_keys(digits, uuid, store.secret(other.id)).credential
        if BallotBox(workspace, other.id).state(public_credential(uuid, credential)) is not None:
            return Refused(SlipReason.OTHER_SESSION, f"这是“{other.title}”的票码条，本场会议不能使用。")
    return Refused(SlipReason.UNKNOWN, "没有这个票码，请核对后重新输入；仍不成功请联系工作人员。")


def _require_recusal(admission: Admission, ballot: MarkedBallot) -> None:
    if ballot.contest is not admission.contest:
        raise Refused(BallotReason.UNIT_UNKNOWN, f"这不是“{admission.title}”的选票。")
    recused = tuple(unit for unit, mark in ballot.marks if mark is Mark.RECUSE)
    if admission.own_unit is not None:
        right = recused == (admission.own_unit,)
    else:
        least = 0 if admission.own_may_be_absent else 1
        right = least <= len(recused) <= 1 if admission.choose_own else not recused
    if not right:
        raise Refused(BallotReason.RECUSAL, "回避的单位不对：本单位须回避，其他单位不能回避。")
    excellent = sum(mark is Mark.EXCELLENT for _, mark in ballot.marks)
    if admission.max_excellent is not None and excellent > admission.max_excellent:
        raise Refused(
            BallotReason.TOO_MANY_EXCELLENT,
            f"{admission.labels[0]}最多评{admission.max_excellent}个，现为{excellent}个。",
        )


def _archive_up_to_tally(
    workspace: Workspace, session_id: SessionId, progress: Progress
) -> tuple[bytes, str]:
    election = SessionStore(workspace).election(session_id)
    box = BallotBox(workspace, session_id)
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


def _erase_secrets(workspace: Workspace, session_id: SessionId) -> None:
    SessionStore(workspace).erase_secret(session_id)
    BallotBox(workspace, session_id).erase_sealed_units()
