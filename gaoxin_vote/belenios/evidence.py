"""What can be wrong with public evidence, and where was it found?"""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum

from gaoxin_vote.errors import EvidenceBroken, Refused

Flaw = Enum(
    "Flaw",
    # shape; the file: its records, the links between them, the chain of events and its order
    "MALFORMED NOT_CANONICAL NOT_A_SCALAR NOT_A_MEMBER LENGTH TAR INCOMPLETE DIGEST LINK CHAIN EVENT_ORDER "
    # keys and credentials
    "TRUSTEE_PROOF TRUSTEE_SIGNATURE TRUSTEE_KEYS ELECTION_KEY SEALED_MESSAGE DUPLICATE_CREDENTIAL "
    # ballots
    "OTHER_ELECTION UNKNOWN_CREDENTIAL DUPLICATE_BALLOT INDIVIDUAL_PROOF BLANK_PROOF OVERALL_PROOF "
    # the signature of a ballot; tally; TALLY_SIZE are the numbers beside it
    "BALLOT_SIGNATURE TALLY TALLY_SIZE SHARE SHARE_BINDING SHARE_OWNER QUORUM RESULT",
)
"""Every reason for which an archive, a ballot or a message is not believed."""

Unsupported = Enum("Unsupported", "VERSION GROUP QUESTION WEIGHTS CERTIFICATE")
"""What this implementation cannot verify, though it may be in order: it says so and gives no verdict."""


_LONGEST = 300
"""characters of a message, which may quote what somebody else wrote"""


def require(holds: bool, reason: Enum, words: str) -> None:
    """Unless it `holds`, raise `EvidenceBroken` for a `Flaw`, `Refused` for what is `Unsupported`.

    `words` say in Chinese what does not hold.
    """
    told = words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"
    if not holds and isinstance(reason, Unsupported):
        raise Refused(reason, f"不支持核验{told}。")
    if not holds:
        raise EvidenceBroken(reason, told)


@contextmanager
def broken_by(kinds: type[Exception] | tuple[type[Exception], ...], flaw: Enum, words: str) -> Iterator[None]:
    """Turn an exception of these `kinds` into `EvidenceBroken`."""
    try:
        yield
    except kinds:
        raise EvidenceBroken(flaw, words) from None


@contextmanager
def found_at(place: str) -> Iterator[None]:
    """Put `place` (such as 第3张选票) before the message of any `EvidenceBroken` that is raised inside."""
    try:
        yield
    except EvidenceBroken as error:
        raise EvidenceBroken(error.reason, f"{place}：{error.message}", details=error.details) from error
