"""Which key does a passphrase give for a workspace file?"""

import unicodedata

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

SALT_BYTES = 16
"""The salt is the first 16 bytes of the file, where plain SQLite has its magic words."""
KEY_BYTES = 32

MEMORY_KIB = 256 * 1024
ITERATIONS = 3
LANES = 4
"""Cost of one guess. The file cannot carry it (it is needed before anything can be read), so it is part of
the file format: whoever changes it must keep the old cost for opening old files."""


def derive_key(passphrase: str, salt: bytes) -> bytes:
    """The 32-byte page key: Argon2id (RFC 9106) of the NFKC-normalised UTF-8 passphrase, 256 MiB, t=3, p=4.

    NFKC, so that full-width typing does not lock anybody out. Takes about a second on purpose.
    """
    argon2 = Argon2id(salt=salt, length=KEY_BYTES, iterations=ITERATIONS, lanes=LANES, memory_cost=MEMORY_KIB)
    return argon2.derive(unicodedata.normalize("NFKC", passphrase).encode())
