"""What belongs to one voter at the booth, and to one thing that is done for the voter?"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from gaoxin_vote.domain.units import UnitCode
from gaoxin_vote.errors import GaoxinVoteError
from gaoxin_vote.gui.booth.code_entry import CodeEntry
from gaoxin_vote.gui.booth.draft import BallotDraft
from gaoxin_vote.gui.booth.state import BoothState


@dataclass(frozen=True, slots=True, repr=False)
class Work:
    """Something for the worker thread, and what to do with the outcome in the window's thread.

    It carries a slip code, a ballot or a passphrase, so it never says what it is.
    """

    call: Callable[[], Any]
    done: Callable[[Any], BoothState]
    failed: Callable[[BaseException], BoothState]


@dataclass(slots=True)
class Visit:
    """Everything of one voter, from the first digit to the tracker."""

    code: CodeEntry = field(default_factory=CodeEntry)
    draft: BallotDraft | None = None
    own: UnitCode | None = None
    own_named: bool = False
    slip: bytes = b""
    """By which the slip of this voter is known again; not its code."""
    next_code: str = ""
    """The code of another slip that was scanned over the ballot."""
    discarding: bool = False
    """Whether to discard the ballot is being asked."""
    asked: float = 0
    """When the question began that covers the ballot."""
    message: str = ""
    details: tuple[str, ...] = ()
    tracker: tuple[str, ...] = ()


def ask_staff(error: BaseException, otherwise: str) -> str:
    """What the voter reads of `error`; `otherwise` of one that nobody expected."""
    words = error.message if isinstance(error, GaoxinVoteError) else otherwise
    return words if "工作人员" in words else f"{words}请联系工作人员。"
