"""How do more slips come into an open session: further spares, and slips for people who were not on the roll?

They are drawn first and count only once they have left the program: then their slots are appended, the
electors put on the roll and the act noted. Nothing of them leads to the slips of others; at the seal the
slots are laid in order again (`sealing.erase_secrets`), so that no ballot can be told for one of them.
"""

from dataclasses import dataclass, field
from enum import Enum

from gaoxin_vote.domain.acts import Act
from gaoxin_vote.domain.contest_rules import Raters
from gaoxin_vote.domain.roll import Elector, ElectoralRoll
from gaoxin_vote.domain.session import SessionId, Stage
from gaoxin_vote.domain.spelling import matching
from gaoxin_vote.domain.units import Unit, UnitCode
from gaoxin_vote.errors import Refused
from gaoxin_vote.progress import Progress, silent
from gaoxin_vote.storage.ballot_box import BallotBox
from gaoxin_vote.storage.roll import RollStore
from gaoxin_vote.storage.sessions import SessionStore
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.workflow.session.acts import note_act
from gaoxin_vote.workflow.session.held import HeldSession, held_session
from gaoxin_vote.workflow.session.preparation import require_spares
from gaoxin_vote.workflow.session.slip_making import draw_slips, in_list_order, slips_paper
from gaoxin_vote.workflow.session.turnout import SessionState, session_state
from gaoxin_vote.workflow.setup.printable import require_printable
from gaoxin_vote.workflow.setup.roster import units

_MOST_LATE = 100


class SlipAddingReason(Enum):
    """Why no slips are added."""

    NOTHING = "nothing to add"
    TOO_MANY = "too many"
    REASON_MISSING = "reason missing"
    FIXED_NUMBER = "fixed number"
    NAME_MISSING = "name missing"
    ON_THE_ROLL = "on the roll"
    UNIT_FULL = "unit full"
    NO_UNITS = "no units"
    ROLL_CHANGED = "roll changed"


@dataclass(frozen=True, slots=True)
class LateElector:
    """Somebody who may vote and was not on the roll when the session was prepared."""

    name: str
    """Title or name; where units rate, that of the delegate, which may be left out."""
    unit: UnitCode | None = None
    """For which unit a delegate votes, where units rate; else None."""


@dataclass(frozen=True, slots=True)
class Addition:
    """What the officer adds to an open session."""

    spares: int
    late: tuple[LateElector, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class AddedSlips:
    """Slips that were drawn and do not count yet. The paper has the codes: it lives in memory only."""

    session_id: SessionId
    electors: tuple[Elector, ...]
    spares: int
    reason: str
    pdf: bytes = field(repr=False)
    slots: tuple[tuple[str, bytes], ...] = field(repr=False)
    """Public credential and sealed unit of each, in the order of the election's list."""


def free_places(held: HeldSession, roll: ElectoralRoll, everybody: tuple[Unit, ...]) -> tuple[Unit, ...]:
    """The units that have fewer electors on the roll than ballots; none where no units rate."""
    if held.rules.raters is not Raters.UNITS:
        return ()
    there = [elector.unit for elector in roll.electors]
    return tuple(unit for unit in everybody if there.count(unit.code) < held.rules.ballots_per_unit)


def draw_added_slips(
    workspace: Workspace, session_id: SessionId, addition: Addition, progress: Progress = silent
) -> AddedSlips:
    """Draw the slips of an addition. They admit nobody before `add_slips`; drawn anew, they are others.

    Raises `Refused` unless the session is open or suspended, without a reason, and for electors who cannot
    be on this roll.
    """
    with workspace.reading():
        held = held_session(workspace, session_id)
        held.session.require(Stage.OPEN, Stage.SUSPENDED)
        _require_sensible(held, addition)
        roll = RollStore(workspace).roll(session_id)
        electors = _electors(held, roll, units(workspace, held.year), addition.late)
        taken = frozenset(BallotBox(workspace, session_id).credentials())
    drawn = draw_slips(workspace, held, (*electors, *(None,) * addition.spares), progress, taken)
    return AddedSlips(
        session_id=session_id,
        electors=electors,
        spares=addition.spares,
        reason=addition.reason.strip(),
        pdf=slips_paper(workspace, held, drawn),
        slots=in_list_order(drawn),
    )


def add_slips(workspace: Workspace, added: AddedSlips) -> SessionState:
    """Let drawn slips count, now that they were printed or saved; the same again changes nothing.

    Raises `Refused` when the session was closed or voided meanwhile, or other electors were added: then the
    slips on paper are worthless.
    """
    with workspace.transaction():
        held, box = held_session(workspace, added.session_id), BallotBox(workspace, added.session_id)
        there = set(box.credentials())
        if not all(credential in there for credential, _ in added.slots):
            _require_voting(held)
            _require_same_roll(RollStore(workspace).roll(added.session_id), added)
            box.add_slots(added.slots)
            RollStore(workspace).append(added.session_id, added.electors)
            SessionStore(workspace).note_added(
                added.session_id, spares=added.spares, slips=len(added.electors)
            )
            note_act(
                workspace,
                held,
                Act.ADD_SLIPS,
                timed=False,
                slips=len(added.electors),
                spares=added.spares,
                electors=[elector.label for elector in added.electors],
                reason=added.reason,
            )
    return session_state(workspace, added.session_id)


def _require_voting(held: HeldSession) -> None:
    try:
        held.session.require(Stage.OPEN, Stage.SUSPENDED)
    except Refused as refusal:
        words = f"{refusal.message}刚才打印或保存的追加票码条因此无效，请收回销毁。"
        raise Refused(refusal.reason, words) from None


def _require_same_roll(roll: ElectoralRoll, added: AddedSlips) -> None:
    """Whom these electors were held against when their slips were drawn, stands on the roll alone."""
    if {elector.code for elector in roll.electors} & {elector.code for elector in added.electors}:
        raise Refused(
            SlipAddingReason.ROLL_CHANGED,
            "生成这些票码条以后，应到名单又增补了人，这些票码条不能生效。请销毁，并重新追加。",
        )


def _require_sensible(held: HeldSession, addition: Addition) -> None:
    require_spares(addition.spares)
    title = held.session.title
    if not addition.spares and not addition.late:
        raise Refused(SlipAddingReason.NOTHING, "请填写要追加的备用票码条张数，或者增补的投票人。")
    if len(addition.late) > _MOST_LATE:
        raise Refused(SlipAddingReason.TOO_MANY, f"一次最多增补{_MOST_LATE}位投票人。")
    if not addition.reason.strip():
        raise Refused(SlipAddingReason.REASON_MISSING, "追加票码条必须写明原因。")
    if addition.late and held.rules.raters is Raters.ANONYMOUS:
        words = f"{title}不记名，票数由方案定为{held.rules.ballots}张，只能追加备用票码条。"
        raise Refused(SlipAddingReason.FIXED_NUMBER, words)


def _electors(
    held: HeldSession, roll: ElectoralRoll, everybody: tuple[Unit, ...], late: tuple[LateElector, ...]
) -> tuple[Elector, ...]:
    """The entries that these people get at the end of the roll."""
    require_printable(*late)
    listed = list(roll.electors)
    for someone in late:
        code = f"+{len(listed) + 1}"
        if held.rules.raters is Raters.UNITS:
            listed.append(_delegate(held, tuple(listed), everybody, someone, code))
        else:
            listed.append(_person(tuple(listed), someone, code))
    return tuple(listed[len(roll.electors) :])


def _person(listed: tuple[Elector, ...], someone: LateElector, code: str) -> Elector:
    name = someone.name.strip()
    if not name:
        raise Refused(SlipAddingReason.NAME_MISSING, "增补的投票人须写明姓名或职务。")
    if someone.unit is not None:
        raise Refused(SlipAddingReason.NO_UNITS, f"本场不由单位投票，{name}不必填写单位。")
    if any(matching(elector.label) == matching(name) for elector in listed):
        words = f"应到名单中已有“{name}”。票码条遗失的，请用“遗失补发”；重名的，请加注职务或单位。"
        raise Refused(SlipAddingReason.ON_THE_ROLL, words)
    return Elector(code, name)


def _delegate(
    held: HeldSession,
    listed: tuple[Elector, ...],
    everybody: tuple[Unit, ...],
    someone: LateElector,
    code: str,
) -> Elector:
    unit = next((unit for unit in everybody if unit.code == someone.unit), None)
    if unit is None:
        raise Refused(SlipAddingReason.NO_UNITS, "本场由各单位投票，增补的投票人须写明名单中的单位。")
    most = held.rules.ballots_per_unit
    there = sum(elector.unit == unit.code for elector in listed)
    if there >= most:
        words = f"{unit.name}按方案投{most}票，都已在应到名单中，不能再增补；换人的，在“备注”登记谁到会即可。"
        raise Refused(SlipAddingReason.UNIT_FULL, words)
    label = unit.name if most == 1 else f"{unit.name}（第{there + 1}票）"
    return Elector(code, label, unit=unit.code, came=someone.name.strip())
