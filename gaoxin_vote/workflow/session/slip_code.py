"""How does the code on a printed slip become a credential, and what is sealed under it?

The program keeps only public credentials and forgets the codes. A code says by its first digit of which
session it can be; 14 random digits follow, and a check digit (docs/protocol.md has the bits). Everything that
a code opens hangs on k = Argon2id(15 digits, SHA-256(election uuid)[:16]) and on a random secret of the
session that lies in the workspace until the seal: without both, a stolen file or a seen slip opens nothing.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from enum import Enum

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from gaoxin_vote.belenios.credential import credential_from_number
from gaoxin_vote.domain.session import SessionId
from gaoxin_vote.domain.units import UnitCode
from gaoxin_vote.errors import Refused
from gaoxin_vote.stretching import Stretching

DIGITS = 15
CODE_DIGITS = DIGITS + 1
"""With the check digit: what stands on a slip and is typed."""
SECRET_BYTES = 32
_UNIT_BYTES = 32
SEALED_UNIT_BYTES = 12 + _UNIT_BYTES + 16
"""Nonce, padded unit code, tag: the same for every slip, sealed or not."""


class SlipReason(Enum):
    """Why a slip is not admitted."""

    MISTYPED = "mistyped"
    UNKNOWN = "unknown"
    USED = "used"
    SPOILED = "spoiled"
    OTHER_SESSION = "other session"
    NOT_OPEN_YET = "session not open yet"
    """By its first digit it is of a session that is prepared and not open."""
    SPARE_NOT_ISSUED = "spare not issued"


NO_SLIPS = frozenset({SlipReason.MISTYPED, SlipReason.UNKNOWN})
"""A number that is no slip of ours: only these count towards the lock against guessing."""


@dataclass(frozen=True, slots=True)
class SlipKeys:
    """What one code opens in one session. Never stored, never logged."""

    credential: str
    """The standard Belenios credential, 22 Base58 characters grouped 5-6-5-6."""
    unit_key: bytes
    """AES-256-GCM key of the sealed unit."""

    def __repr__(self) -> str:
        return "SlipKeys(…)"


def new_code(session_id: SessionId) -> str:
    """16 digits: the session's, 14 drawn uniformly, and a check digit (ISO 7064, MOD 11,10)."""
    digits = _first_digit(session_id) + "".join(str(secrets.randbelow(10)) for _ in range(DIGITS - 1))
    return digits + check_digit(digits)


def can_be_of(session_id: SessionId, code: str) -> bool:
    """Whether `code` begins as the slips of this session do; those of every tenth session begin alike."""
    return code.startswith(_first_digit(session_id))


def _first_digit(session_id: SessionId) -> str:
    return str(session_id % 10)


def check_digit(digits: str) -> str:
    """The ISO 7064 MOD 11,10 check digit: finds every single wrong digit and most swaps."""
    product = 10
    for digit in digits:
        total = (int(digit) + product) % 10 or 10
        product = total * 2 % 11
    return str((11 - product) % 10)


def parse_code(text: str) -> str:
    """The 16 digits of a typed or scanned code; spaces and dashes do not count.

    Raises `Refused` (MISTYPED) when the length, a character or the check digit is wrong.
    """
    digits = "".join(character for character in text if character not in " -－\u3000\t\r\n")
    digits = digits.translate(str.maketrans("０１２３４５６７８９", "0123456789"))
    if len(digits) != CODE_DIGITS or not (digits.isascii() and digits.isdigit()):
        raise Refused(SlipReason.MISTYPED, "票码应为16位数字，请核对后重新输入。")
    if check_digit(digits[:DIGITS]) != digits[DIGITS]:
        raise Refused(
            SlipReason.MISTYPED,
            "票码有误（校验位不符），请对照票码条核对，点错的那一位改正。",
        )
    return digits


def slip_keys(code: str, election_uuid: str, session_secret: bytes, cost: Stretching) -> SlipKeys:
    """Derive what `code` (16 digits, checked) opens in the session with this uuid and secret.

    k = Argon2id(15 digits, salt = SHA-256(uuid)[:16], at `cost`, 64 bytes); then
    HMAC-SHA-256(secret, label ‖ "|" ‖ k) under the labels ``credential`` and ``unit``.
    """
    salt = hashlib.sha256(election_uuid.encode()).digest()[:16]
    k = cost.key(code[:DIGITS].encode(), salt, 64)
    number = int.from_bytes(_labelled(session_secret, b"credential", k), "big")
    return SlipKeys(credential_from_number(number), _labelled(session_secret, b"unit", k))


def _labelled(secret: bytes, label: bytes, k: bytes) -> bytes:
    return hmac.digest(secret, label + b"|" + k, "sha256")


def seal_unit(keys: SlipKeys, election_uuid: str, unit: UnitCode) -> bytes:
    """The unit of a named slip, readable only with the code; `SEALED_UNIT_BYTES` long."""
    padded = unit.encode().ljust(_UNIT_BYTES, b"\0")
    if len(padded) != _UNIT_BYTES:
        raise ValueError(f"unit code too long: {unit!r}")
    nonce = secrets.token_bytes(12)
    return nonce + AESGCM(keys.unit_key).encrypt(nonce, padded, election_uuid.encode())


def unsealed_unit(keys: SlipKeys, election_uuid: str, sealed: bytes) -> UnitCode:
    """The unit sealed under the code; raises `Refused` (SPARE_NOT_ISSUED) when none is."""
    try:
        padded = AESGCM(keys.unit_key).decrypt(sealed[:12], sealed[12:], election_uuid.encode())
    except InvalidTag:
        raise Refused(
            SlipReason.SPARE_NOT_ISSUED, "此票码条是备用票码条，尚未发出，请联系工作人员。"
        ) from None
    return UnitCode(padded.rstrip(b"\0").decode())


def nothing_sealed() -> bytes:
    """What stands in the place of a sealed unit where there is none: random bytes of the same length."""
    return secrets.token_bytes(SEALED_UNIT_BYTES)
