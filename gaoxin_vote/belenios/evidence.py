"""What can be wrong with public evidence, and where was it found?"""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum

from gaoxin_vote.errors import EvidenceBroken, Refused

Flaw = Enum(
    "Flaw",
    # shape
    "MALFORMED NOT_CANONICAL NOT_A_SCALAR NOT_A_MEMBER LENGTH "
    # the file: its records, the links between them, the chain of events and its order
    "TAR INCOMPLETE DIGEST LINK CHAIN EVENT_ORDER "
    # keys and credentials
    "TRUSTEE_PROOF TRUSTEE_SIGNATURE TRUSTEE_KEYS ELECTION_KEY SEALED_MESSAGE DUPLICATE_CREDENTIAL "
    # ballots
    "OTHER_ELECTION UNKNOWN_CREDENTIAL DUPLICATE_BALLOT "
    "INDIVIDUAL_PROOF BLANK_PROOF OVERALL_PROOF BALLOT_SIGNATURE "
    # tally; TALLY_SIZE are the numbers beside it
    "TALLY TALLY_SIZE SHARE SHARE_OWNER QUORUM RESULT",
)
"""Every reason for which an archive, a ballot or a message is not believed."""

Unsupported = Enum("Unsupported", "VERSION GROUP QUESTION WEIGHTS CERTIFICATE")
"""What may be in order but is outside what this implementation verifies: said, never guessed."""


def require(holds: bool, reason: Enum, words: str) -> None:
    """Unless it `holds`, raise `EvidenceBroken` for a `Flaw`, `Refused` for what is `Unsupported`.

    `words` say in Chinese what does not hold.
    """
    if not holds and isinstance(reason, Unsupported):
        raise Refused(reason, f"不支持核验：{words}。")
    if not holds:
        raise EvidenceBroken(reason, words)


@contextmanager
def broken_by(kinds: type[Exception] | tuple[type[Exception], ...], flaw: Enum, words: str) -> Iterator[None]:
    """Turn an exception of these `kinds` into `EvidenceBroken`."""
    try:
        yield
    except kinds:
        raise EvidenceBroken(flaw, words) from None


@contextmanager
def found_at(place: str) -> Iterator[None]:
    """Put `place` (such as 第3张选票) before the message of whatever evidence breaks inside."""
    try:
        yield
    except EvidenceBroken as error:
        raise EvidenceBroken(error.reason, f"{place}：{error.message}", details=error.details) from error
