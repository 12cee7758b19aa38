"""Which stages does a voting session go through?"""

from dataclasses import dataclass
from enum import Enum
from typing import NewType

from gaoxin_vote.domain.contest import Contest, session_title
from gaoxin_vote.domain.labelled import Labelled
from gaoxin_vote.domain.units import UnitCode
from gaoxin_vote.errors import Refused

SessionId = NewType("SessionId", int)


class Stage(Labelled):
    """Where a session stands: SETUP → OPEN ⇄ SUSPENDED → CLOSED → SEALED → TALLIED, or VOIDED with a reason.

    CLOSED takes no more votes, but the roll can be mended and the close taken back; SEALED fixes what is
    counted and has erased the secrets of the slips.
    """

    SETUP = "setup", "筹备"
    OPEN = "open", "进行中"
    SUSPENDED = "suspended", "暂停"
    CLOSED = "closed", "已结束"
    SEALED = "sealed", "已封箱"
    TALLIED = "tallied", "已计票"
    VOIDED = "voided", "已作废"


class SlipMode(Labelled):
    """How slips reach the voters."""

    DRAWN = "drawn", "随机抽取"
    """Nobody knows whose is whose; at a peer ballot the delegate names the own unit."""
    NAMED = "named", "按单位发放"
    """The unit is sealed under the key from the code, so that recusal is enforced."""


class SessionReason(Enum):
    """Why a session refuses a step."""

    WRONG_STAGE = "wrong stage"


_NEXT: dict[Stage, frozenset[Stage]] = {
    Stage.SETUP: frozenset({Stage.OPEN, Stage.VOIDED}),
    Stage.OPEN: frozenset({Stage.SUSPENDED, Stage.CLOSED, Stage.VOIDED}),
    Stage.SUSPENDED: frozenset({Stage.OPEN, Stage.CLOSED, Stage.VOIDED}),
    Stage.CLOSED: frozenset({Stage.OPEN, Stage.SEALED, Stage.VOIDED}),
    Stage.SEALED: frozenset({Stage.TALLIED, Stage.VOIDED}),
    Stage.TALLIED: frozenset({Stage.VOIDED}),
    Stage.VOIDED: frozenset(),
}


@dataclass(frozen=True, slots=True)
class VotingSession:
    """One poll of one contest 测评会议."""

    id: SessionId
    uuid: str
    """Names it for good, in its election, in the audit log and in files: Base58, drawn at its preparation."""
    contest: Contest
    group: str
    """Weight group (A10); empty where all marks weigh the same."""
    number: int
    """1 + the polls of this contest and group that were opened before; fixed at its preparation.

    A session that was voided before it was opened shares its number with the one after it."""
    units: tuple[UnitCode, ...]
    """The units on the ballot, in the official order; fewer than all when it is re-held for some."""
    slip_mode: SlipMode
    stage: Stage
    void_reason: str = ""
    close_reason: str = ""
    """Why fewer slips came back than were handed out, as told at the close; empty when all came back."""

    @property
    def title(self) -> str:
        """Such as 领导评议 or 部门互评（第2次）."""
        return session_title(self.contest, self.group, self.number)

    def require(self, *stages: Stage) -> None:
        """Raise `Refused` unless the session is in one of `stages`."""
        if self.stage not in stages:
            allowed = "、".join(f"“{stage.label}”" for stage in stages)
            raise Refused(
                SessionReason.WRONG_STAGE,
                f"{self.title}会议现为“{self.stage.label}”，此操作只能在{allowed}时进行。",
            )

    def require_next(self, stage: Stage) -> None:
        """Raise `Refused` unless the session may go on to `stage`."""
        if stage not in _NEXT[self.stage]:
            raise Refused(
                SessionReason.WRONG_STAGE,
                f"{self.title}会议现为“{self.stage.label}”，不能变为“{stage.label}”。",
            )
