"""How are elements and exponents of the Ed25519 group computed, checked and written? (BELENIOS 2.1)

Inside the program a point is its 32 bytes of RFC 8032 and a scalar is 32 bytes, little-endian, below q:
what libsodium takes and gives. Only JSON and hash inputs use the reversed hexadecimal and decimal texts.
All arithmetic on secrets is libsodium's, in constant time.
"""

import hashlib
import secrets
from collections.abc import Iterable
from functools import reduce
from typing import NewType

from nacl.bindings import (
    crypto_core_ed25519_add,
    crypto_core_ed25519_is_valid_point,
    crypto_core_ed25519_scalar_add,
    crypto_core_ed25519_scalar_mul,
    crypto_core_ed25519_scalar_reduce,
    crypto_core_ed25519_scalar_sub,
    crypto_core_ed25519_sub,
    crypto_scalarmult_ed25519_base_noclamp,
    crypto_scalarmult_ed25519_noclamp,
)
from nacl.exceptions import RuntimeError as SodiumRefusal

from gaoxin_vote.belenios.evidence import Flaw, broken
from gaoxin_vote.errors import EvidenceBroken

Point = NewType("Point", bytes)
Scalar = NewType("Scalar", bytes)

GROUP = "Ed25519"
ORDER = 2**252 + 27742317777372353535851937790883648493
IDENTITY = Point((1).to_bytes(32, "little"))
GENERATOR = Point(b"\x58" + b"\x66" * 31)
ZERO = Scalar(bytes(32))


def power(point: Point, exponent: Scalar) -> Point:
    """point^exponent, for any exponent; raises `EvidenceBroken` unless `point` is a member of the group.

    libsodium's multiplication refuses a point that is not canonical, not on the curve or outside the
    subgroup of order q, so that a point which is multiplied needs no second check. It also refuses the
    identity and the exponent 0, which are answered here.
    """
    if point == IDENTITY:
        return IDENTITY
    if exponent == ZERO:
        require_member(point)
        return IDENTITY
    try:
        return Point(crypto_scalarmult_ed25519_noclamp(exponent, point))
    except SodiumRefusal:
        raise _not_a_member() from None


def base_power(exponent: Scalar) -> Point:
    """g^exponent, for any exponent."""
    if exponent == ZERO:
        return IDENTITY
    return Point(crypto_scalarmult_ed25519_base_noclamp(exponent))


def multiply(left: Point, right: Point) -> Point:
    """left·right. Checks only that both lie on the curve: multiply what was validated."""
    try:
        return Point(crypto_core_ed25519_add(left, right))
    except SodiumRefusal:
        raise _not_a_member() from None


def divide(left: Point, right: Point) -> Point:
    """left/right. Checks only that both lie on the curve: divide what was validated."""
    try:
        return Point(crypto_core_ed25519_sub(left, right))
    except SodiumRefusal:
        raise _not_a_member() from None


def product(points: Iterable[Point]) -> Point:
    """Π points; the empty product is the identity."""
    return reduce(multiply, points, IDENTITY)


def require_member(point: Point) -> Point:
    """`point` itself; raises `EvidenceBroken` unless it is canonical and a member. The identity is refused.

    Policy: no key, credential, ciphertext or coefficient that we receive may be the identity; only an
    encrypted tally and a decryption factor may (the empty product, and its decryption).
    """
    if not crypto_core_ed25519_is_valid_point(point):
        raise _not_a_member()
    return point


def _not_a_member() -> EvidenceBroken:
    return broken(Flaw.NOT_A_MEMBER, "有数值不是规定群中的元素")


def parse_point(text: object, *, identity: bool = False) -> Point:
    """The point written as 64 lower-case hexadecimal digits, most significant first.

    Checks the writing only: membership is checked by `power` or `require_member`, and each point that
    is received meets one of them. The identity is refused unless `identity`.
    """
    try:
        raw = bytes.fromhex(text) if isinstance(text, str) else b""
    except ValueError:
        raw = b""
    if len(raw) != 32 or raw.hex() != text:
        raise broken(Flaw.MALFORMED, "群元素应为 64 位小写十六进制数字")
    point = Point(raw[::-1])
    if point == IDENTITY and not identity:
        raise _not_a_member()
    return point


def encode(point: Point) -> str:
    """enc(P): the integer y + 2^255·(x mod 2) in 64 hexadecimal digits."""
    return point[::-1].hex()


def scalar(value: int) -> Scalar:
    """`value` mod q."""
    return Scalar((value % ORDER).to_bytes(32, "little"))


def integer(value: Scalar) -> int:
    """The integer 0 ≤ x < q of a scalar."""
    return int.from_bytes(value, "little")


def parse_scalar(text: object) -> Scalar:
    """The scalar written in decimal without sign or leading zero, below q."""
    if isinstance(text, str) and text.isascii() and text.isdigit() and len(text) <= 76:
        value = int(text)
        if value < ORDER and (text[0] != "0" or text == "0"):
            return Scalar(value.to_bytes(32, "little"))
    raise broken(Flaw.NOT_A_SCALAR, "指数应为小于 q 的十进制整数，无符号、无前导零")


def decimal(value: Scalar) -> str:
    """The text of a scalar in JSON."""
    return str(int.from_bytes(value, "little"))


def reduce_wide(digits: bytes) -> Scalar:
    """The little-endian integer of 64 bytes, mod q."""
    return Scalar(crypto_core_ed25519_scalar_reduce(digits))


def random_scalars(count: int) -> list[Scalar]:
    """`count` scalars at a distance below 2^-250 from uniform (512 random bits mod q; BELENIOS 2.3)."""
    drawn = secrets.token_bytes(64 * count)
    return [reduce_wide(drawn[start : start + 64]) for start in range(0, len(drawn), 64)]


def random_scalar() -> Scalar:
    """One of `random_scalars`."""
    return random_scalars(1)[0]


def add(left: Scalar, right: Scalar) -> Scalar:
    """left + right mod q."""
    return Scalar(crypto_core_ed25519_scalar_add(left, right))


def subtract(left: Scalar, right: Scalar) -> Scalar:
    """left − right mod q."""
    return Scalar(crypto_core_ed25519_scalar_sub(left, right))


def times(left: Scalar, right: Scalar) -> Scalar:
    """left·right mod q."""
    return Scalar(crypto_core_ed25519_scalar_mul(left, right))


def hash_to_scalar(prefix: str, *points: Point) -> Scalar:
    """H(prefix, P1..Pn): SHA-256 of the prefix and the encodings joined by commas, big-endian, mod q."""
    text = prefix + ",".join([point[::-1].hex() for point in points])
    return Scalar((int.from_bytes(hashlib.sha256(text.encode()).digest()) % ORDER).to_bytes(32, "little"))
