"""What comes of a verification, and in which words and codes is it told?"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from gaoxin_vote.errors import EvidenceBroken, GaoxinVoteError, Unavailable
from gaoxin_vote.terminal import visible


class Outcome(Enum):
    """What is known of a file after it was looked at; the value is the exit code of the command."""

    _value_: int
    label: str
    """Beside the name of the file."""
    heading: str
    """Above what is said of it."""

    HELD = 0, "通过", "核验通过"
    BROKEN = 1, "未通过", "核验未通过"
    NOT_VERIFIED = 2, "无法受理", "无法受理"
    UNDECIDED = 3, "核验中断", "核验中断"

    def __new__(cls, code: int, label: str, heading: str) -> "Outcome":
        """A member whose value is `code` alone."""
        member = object.__new__(cls)
        member._value_, member.label, member.heading = code, label, heading
        return member


_GRAVITY = (Outcome.HELD, Outcome.NOT_VERIFIED, Outcome.UNDECIDED, Outcome.BROKEN)


@dataclass(frozen=True, slots=True)
class Failure:
    """Why nothing is said of a file; every text in one line, fit to be shown."""

    outcome: Outcome
    message: str
    details: tuple[str, ...] = ()

    def lines(self, path: Path) -> tuple[str, ...]:
        """What is told of the file at `path`."""
        words = (f"{self.outcome.heading}：{self.message}", *self.details)
        return (visible(str(path)), *(f"  {line}" for line in words))


def shown_name(path: Path) -> str:
    """How the file or folder at `path` is called, in one line and without what steers a screen."""
    return visible(path.name or str(path))


def outcome_of(error: GaoxinVoteError) -> Outcome:
    """Evidence that breaks is told apart from a call that is wrong and from a computer that fails."""
    if isinstance(error, EvidenceBroken):
        return Outcome.BROKEN
    return Outcome.UNDECIDED if isinstance(error, Unavailable) else Outcome.NOT_VERIFIED


def failure_of(error: GaoxinVoteError) -> Failure:
    """Why `error` leaves nothing to say of a file; names out of files cannot look like lines of ours."""
    return Failure(outcome_of(error), visible(error.message), tuple(map(visible, error.details)))


def gravest(outcomes: Sequence[Outcome]) -> Outcome:
    """The one that is told of several files together."""
    return max(outcomes, key=_GRAVITY.index)


def told_together(outcomes: Sequence[Outcome]) -> str:
    """How many files came to which outcome, in a sentence."""
    given = [f"{outcome.label}{outcomes.count(outcome)}个" for outcome in Outcome if outcomes.count(outcome)]
    return f"共{len(outcomes)}个文件：{'，'.join(given)}。"
