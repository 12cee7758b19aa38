"""Which key does a passphrase give for a workspace file?"""

import unicodedata

from gaoxin_vote.stretching import Stretching

SALT_BYTES = 16
"""The salt is the first 16 bytes of the file, where plain SQLite has its magic words."""
KEY_BYTES = 32


def derive_key(passphrase: str, salt: bytes, cost: Stretching) -> bytes:
    """The 32-byte page key: Argon2id (RFC 9106) of the NFKC-normalised UTF-8 passphrase.

    NFKC, so that full-width typing does not lock anybody out. Takes about a second on purpose.
    """
    return cost.key(unicodedata.normalize("NFKC", passphrase).encode(), salt, KEY_BYTES)
