"""What does a slip admit to, and how does a ballot get into the box?

`cast` is the one place where a slip and the voter's marks meet; neither is kept with the other.
"""

from dataclasses import dataclass, field

from gaoxin_vote.belenios.ballot import seal_ballot, tracker, verify_ballot
from gaoxin_vote.belenios.credential import public_credential
from gaoxin_vote.belenios.election import Election
from gaoxin_vote.domain.ballot import BallotReason, Mark, MarkedBallot
from gaoxin_vote.domain.contest import Contest
from gaoxin_vote.domain.session import SessionId, SlipMode, Stage
from gaoxin_vote.domain.units import UnitCode
from gaoxin_vote.errors import Refused
from gaoxin_vote.storage.ballot_box import WORDS, BallotBox, SlotReason, SlotState
from gaoxin_vote.storage.pending_slips import PendingSlips
from gaoxin_vote.storage.sessions import SessionStore
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.workflow.session.held import HeldSession, held_session, held_sessions
from gaoxin_vote.workflow.session.slip_code import (
    SlipKeys,
    SlipReason,
    can_be_of,
    parse_code,
    slip_keys,
    unsealed_unit,
)
from gaoxin_vote.workflow.setup.roster import units


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
    """The delegate names the own unit (drawn slips where units rate)."""
    own_may_be_absent: bool
    """The session rates some units only, so that the delegate's own may not be among them."""
    max_excellent: int | None
    credential: str = field(repr=False)


def admit(workspace: Workspace, session_id: SessionId, code: str) -> Admission:
    """What the slip with this code (16 digits, typed or scanned) admits to.

    Raises `Refused` with a `SlipReason`, each with its own sentence: mistyped, unknown, used, spoiled, of
    another session, of one that is not open yet, spare that was not issued.
    """
    digits = parse_code(code)
    held = held_session(workspace, session_id)
    session, rules, uuid = held.session, held.rules, held.election.uuid
    session.require(Stage.OPEN)
    if not can_be_of(session_id, digits):
        raise _no_slip_of_this(workspace, held, digits)
    keys = _keys(workspace, held, digits)
    credential = public_credential(uuid, keys.credential)
    slot = BallotBox(workspace, session_id).slot(credential)
    if slot is None:
        if PendingSlips(workspace, session_id).is_withdrawn(credential):
            raise Refused(SlipReason.SPOILED, "这张票码条是重新打印以前的，已经作废，请找工作人员领取新的。")
        raise _no_slip_of_this(workspace, held, digits)
    if slot.state is not SlotState.UNUSED:
        told, reason = _SPENT[slot.state]
        raise Refused(reason, WORDS[told])
    own_unit = unsealed_unit(keys, uuid, slot.sealed_unit)
    everybody = units(workspace, held.year)
    rated = held.rated(everybody)
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
        own_may_be_absent=len(rated) < len(everybody),
        max_excellent=rules.max_excellent,
        credential=keys.credential,
    )


def cast(workspace: Workspace, admission: Admission, ballot: MarkedBallot) -> str:
    """Seal the marks and put the ballot into its slot; returns the tracker once it is on the disk.

    Nothing of it is logged and nothing carries a time. Raises `Refused` for an incomplete ballot, a wrong
    recusal, a slip used meanwhile or a session that is not open; `Unavailable` when the disk fails: then
    the slip is still unused.
    """
    held = held_session(workspace, admission.session_id)
    session = held.session
    session.require(Stage.OPEN)
    _require_recusal(admission, ballot)
    election = Election.parse(held.election.election)
    sealed = seal_ballot(election, admission.credential, ballot.choices(session.units))
    verify_ballot(election, sealed)  # a faulty ballot must not wait for the count to be noticed
    public = public_credential(election.uuid, admission.credential)
    with workspace.transaction():
        SessionStore(workspace).session(session.id).require(Stage.OPEN)
        BallotBox(workspace, session.id).cast(public, sealed)
    return tracker(sealed)


_SPENT = {
    SlotState.USED: (SlotReason.USED, SlipReason.USED),
    SlotState.SPOILED: (SlotReason.SPOILED, SlipReason.SPOILED),
}


_HAVE_SLOTS = (Stage.OPEN, Stage.SUSPENDED, Stage.CLOSED)
"""Where the secret of the slips is there, and a number is asked for in the box."""


def _keys(workspace: Workspace, held: HeldSession, digits: str) -> SlipKeys:
    secret = SessionStore(workspace).secret(held.session.id)
    return slip_keys(digits, held.election.uuid, secret, workspace.costs.slip)


def _no_slip_of_this(workspace: Workspace, held: HeldSession, digits: str) -> Refused:
    """Whose slip it is instead; told by the first digit alone where the box is not open or not any more."""
    others = [
        other
        for other in held_sessions(workspace, held.year, held.scheme)
        if other.session.id != held.session.id and other.made and can_be_of(other.session.id, digits)
    ]
    for other in others:
        if other.session.stage in _HAVE_SLOTS:
            uuid, keys = other.election.uuid, _keys(workspace, other, digits)
            slot = BallotBox(workspace, other.session.id).slot(public_credential(uuid, keys.credential))
            if slot is not None:
                return Refused(
                    SlipReason.OTHER_SESSION, f"这是“{other.session.title}”的票码条，本场会议不能使用。"
                )
    others = [other for other in others if other.session.stage not in _HAVE_SLOTS]
    prepared = [other for other in others if other.session.stage is Stage.SETUP]
    if others and not can_be_of(held.session.id, digits):
        titles = "或".join(f"“{other.session.title}”" for other in prepared or others)
        if prepared:
            return Refused(
                SlipReason.NOT_OPEN_YET, f"这是{titles}的票码条，那场会议尚未开始投票，请届时使用。"
            )
        return Refused(SlipReason.OTHER_SESSION, f"这是{titles}的票码条，那场会议已经结束，不能再使用。")
    return Refused(SlipReason.UNKNOWN, "没有这个票码，请核对后重新输入；仍不成功请联系工作人员。")


def _require_recusal(admission: Admission, ballot: MarkedBallot) -> None:
    if ballot.contest != admission.contest:
        raise Refused(BallotReason.UNIT_UNKNOWN, f"这不是“{admission.title}”的选票。")
    recused = tuple(unit for unit, mark in ballot.marks if mark is Mark.RECUSE)
    if admission.own_unit is not None:
        right = recused == (admission.own_unit,)
    else:
        least = 0 if admission.own_may_be_absent else 1
        right = least <= len(recused) <= 1 if admission.choose_own else not recused
    if not right:
        raise Refused(BallotReason.RECUSAL, "回避单位有误。只能回避本单位，请返回核对。")
    excellent = sum(mark is Mark.EXCELLENT for _, mark in ballot.marks)
    if admission.max_excellent is not None and excellent > admission.max_excellent:
        raise Refused(
            BallotReason.TOO_MANY_EXCELLENT,
            f"{admission.labels[0]}最多评{admission.max_excellent}个，现为{excellent}个。",
        )
