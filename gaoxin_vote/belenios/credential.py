"""How does the text of a credential become a key that signs one ballot? (BELENIOS 6)"""

import re
from enum import Enum

from gaoxin_vote.belenios.compact import sha256_hex
from gaoxin_vote.belenios.group import GENERATOR, Scalar
from gaoxin_vote.errors import Refused

BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_SHAPE = re.compile("-".join(f"[{BASE58}]{{{length}}}" for length in (5, 6, 5, 6)))


CredentialReason = Enum("CredentialReason", "SHAPE")
"""Why a credential is not used."""


def secret_exponent(uuid: str, credential: str) -> Scalar:
    """x = (SHA256hex("derive_credential|uuid|0|cred") ‖ SHA256hex("…|1|…")) as one integer, mod q.

    `credential` is ``XXXXX-XXXXXX-XXXXX-XXXXXX`` in Base58, dashes included. Raises `Refused` for any
    other shape; there is no check digit, so that a wrong letter gives another key.
    """
    if not _SHAPE.fullmatch(credential):
        raise Refused(CredentialReason.SHAPE, "投票凭证格式不对，应为 5-6-5-6 位的四组字符。")
    halves = [sha256_hex(f"derive_credential|{uuid}|{half}|{credential}") for half in (0, 1)]
    return Scalar.wide(bytes.fromhex("".join(halves))[::-1])


def public_credential(uuid: str, credential: str) -> str:
    """enc(g^x): the entry of `credential` in the election's list. Raises `Refused` for a wrong shape."""
    return str(GENERATOR ** secret_exponent(uuid, credential))


def credential_order(encoded: str) -> bytes:
    """The key by which the election's list is sorted: the little-endian bytes of the point (BELENIOS 4)."""
    return bytes.fromhex(encoded)[::-1]


def credential_from_number(number: int) -> str:
    """`number` mod 58^22 as 22 Base58 digits, most significant first, grouped 5-6-5-6."""
    digits = "".join(BASE58[number // 58**place % 58] for place in reversed(range(22)))
    return f"{digits[:5]}-{digits[5:11]}-{digits[11:16]}-{digits[16:]}"
