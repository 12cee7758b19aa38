"""What can be wrong with public evidence, and where was it found?"""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum

from gaoxin_vote.errors import EvidenceBroken, Refused


class Flaw(Enum):
    """Every reason for which an archive, a ballot or a message is not believed."""

    # shape
    MALFORMED = "malformed"
    NOT_CANONICAL = "not canonical"
    NOT_A_SCALAR = "not a scalar"
    NOT_A_MEMBER = "not a group member"
    LENGTH = "wrong number of parts"
    # the file
    TAR = "record header"
    DIGEST = "digest of a record"
    LINK = "link between records"
    CHAIN = "chain of events"
    EVENT_ORDER = "order of events"
    INCOMPLETE = "incomplete file"
    # keys and credentials
    TRUSTEE_PROOF = "trustee proof of knowledge"
    TRUSTEE_SIGNATURE = "trustee signature"
    TRUSTEE_KEYS = "trustee keys do not fit"
    ELECTION_KEY = "election key"
    SEALED_MESSAGE = "sealed message"
    DUPLICATE_CREDENTIAL = "duplicate credential"
    # ballots
    OTHER_ELECTION = "ballot of another election"
    UNKNOWN_CREDENTIAL = "unknown credential"
    DUPLICATE_BALLOT = "duplicate ballot"
    BALLOT_SIZE = "ballot size"
    INDIVIDUAL_PROOF = "individual proof"
    BLANK_PROOF = "blank proof"
    OVERALL_PROOF = "overall proof"
    BALLOT_SIGNATURE = "ballot signature"
    # tally
    TALLY = "encrypted tally"
    TALLY_SIZE = "numbers beside the encrypted tally"
    SHARE = "partial decryption"
    SHARE_OWNER = "owner of a partial decryption"
    QUORUM = "quorum"
    RESULT = "result"


class Unsupported(Enum):
    """What may be in order but is outside what this implementation verifies: said, never guessed."""

    VERSION = "version"
    GROUP = "group"
    QUESTION = "question kind"
    WEIGHTS = "weights"
    CERTIFICATE = "credentials certificate"


def require(holds: bool, flaw: Flaw, words: str) -> None:
    """Raise `EvidenceBroken` unless it `holds`; `words` say in Chinese what does not."""
    if not holds:
        raise EvidenceBroken(flaw, words)


def require_supported(holds: bool, reason: Unsupported, words: str) -> None:
    """Raise `Refused`, the one error for what is neither believed nor disbelieved, unless it `holds`."""
    if not holds:
        raise Refused(reason, f"不支持核验：{words}。")


@contextmanager
def found_at(place: str) -> Iterator[None]:
    """Put `place` (such as 第3张选票) before the message of whatever evidence breaks inside."""
    try:
        yield
    except EvidenceBroken as error:
        raise EvidenceBroken(error.reason, f"{place}：{error.message}", details=error.details) from error
