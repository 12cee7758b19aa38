"""Which passphrases are accepted, and which bytes do they stand for?"""

import unicodedata
from enum import Enum

from gaoxin_vote.errors import Refused

SHORTEST = 8


class PassphraseReason(Enum):
    """Why a passphrase is not accepted."""

    TOO_SHORT = "too short"
    TOO_SIMPLE = "too simple"


def require_strength(passphrase: str) -> None:
    """Raise `Refused` for a new passphrase under 8 characters or with fewer than 4 different ones."""
    if len(passphrase) < SHORTEST:
        raise Refused(PassphraseReason.TOO_SHORT, f"口令至少{SHORTEST}个字符，请加长。")
    if len(set(passphrase)) < 4:
        raise Refused(PassphraseReason.TOO_SIMPLE, "口令过于简单，至少要有4个不同的字符。")


def normalised(passphrase: str) -> bytes:
    """The bytes that enter the key derivation: NFKC, so that full-width typing does not lock anybody out."""
    return unicodedata.normalize("NFKC", passphrase).encode()
