"""What is broken in a record package, and how is whatever stops its reading made evidence of that?"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum

from gaoxin_vote.errors import EvidenceBroken, GaoxinVoteError, Unavailable


class PackageReason(Enum):
    """Why no package is written, or why a file is not read as one."""

    NOT_FINAL = "not final"
    EXISTS = "exists"
    UNKNOWN = "unknown"


class PackageFlaw(Enum):
    """What is broken in a package."""

    INCOMPLETE = "incomplete"
    MALFORMED = "malformed"
    UNKNOWN_FILE = "unknown file"
    DIGEST = "digest"
    TRUSTEES = "trustees"
    SESSIONS = "sessions"
    QUESTIONS = "questions"
    SHARES = "shares"
    NUMBERS = "numbers"
    COUNTS = "counts"
    FIGURE = "figure"
    SHEET = "sheet"
    AUDIT = "audit"
    CEREMONY = "ceremony"


@contextmanager
def described(what: str) -> Iterator[None]:
    """Whatever something cannot be read for is evidence that breaks, with its name.

    What a reader says to whoever fills in a table is cut down to what it found: here nothing can be mended.
    """
    try:
        yield
    except (EvidenceBroken, Unavailable):
        raise
    except GaoxinVoteError as error:
        found = re.split("[，。；](?:请|可导入)", (*error.details, error.message)[0])[0].rstrip("。")
        raise EvidenceBroken(PackageFlaw.MALFORMED, f"{what}不成立：{found}。") from error
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise EvidenceBroken(PackageFlaw.MALFORMED, f"{what}格式不符，可能已被改动。") from error


@contextmanager
def about(what: str) -> Iterator[None]:
    """Put before what is broken the thing that it is part of."""
    try:
        yield
    except EvidenceBroken as error:
        raise EvidenceBroken(error.reason, f"{what}：{error.message}", details=error.details) from error
