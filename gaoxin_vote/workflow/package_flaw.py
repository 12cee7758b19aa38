"""What is broken in a record package or sheet, and how is something unreadable made evidence of that?"""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum

from gaoxin_vote.errors import EvidenceBroken, GaoxinVoteError, Unavailable


class PackageFlaw(Enum):
    """What is broken in a package."""

    INCOMPLETE = "incomplete"
    MALFORMED = "malformed"
    UNKNOWN_FILE = "unknown file"
    DIGEST = "digest"
    SIGNATURE = "signature"
    TRUSTEES = "trustees"
    SESSIONS = "sessions"
    QUESTIONS = "questions"
    NUMBERS = "numbers"
    COUNTS = "counts"
    FIGURE = "figure"
    SHEET = "sheet"
    AUDIT = "audit"
    CEREMONY = "ceremony"


@contextmanager
def described(what: str) -> Iterator[None]:
    """Whatever something cannot be read for is evidence that breaks, with its name."""
    try:
        yield
    except (EvidenceBroken, Unavailable):
        raise
    except GaoxinVoteError as error:
        raise EvidenceBroken(
            PackageFlaw.MALFORMED, f"{what}无法读取：{error.message}", details=error.details
        ) from error
    except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError) as error:
        raise EvidenceBroken(PackageFlaw.MALFORMED, f"{what}格式不符，可能已被改动。") from error
