"""Why is a record package not written, not read, or not believed?"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum

from gaoxin_vote.errors import EvidenceBroken, GaoxinVoteError, Unavailable


class PackageReason(Enum):
    """Why no package is written, or why a file is not read as one."""

    NOT_FINAL = "not final"
    NOT_ISSUED = "not issued"
    OUTDATED = "outdated"
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
def as_evidence(what: str) -> Iterator[None]:
    """Turn every failure to read `what`, a part of a package, into `EvidenceBroken` that names it.

    The readers inside are written for people who fill in tables, and tell them how to mend what they typed.
    Nothing in a package can be mended, so that advice is cut off and only what was found is told. An error
    of Python's own, which would mean nothing to a scrutineer, becomes “格式不符，可能已被改动”.
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
