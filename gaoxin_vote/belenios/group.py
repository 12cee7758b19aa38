"""How are elements and exponents of the Ed25519 group computed, checked and written? (BELENIOS 2.1)

The group is written multiplicatively, as in the specification: P * Q, P / Q, P ** x. Inside, a point is
its 32 bytes of RFC 8032 and a scalar 32 bytes, little-endian, below q: what libsodium takes and gives.
Only JSON and hash inputs use the reversed hexadecimal and the decimal texts. All arithmetic on secrets is
libsodium's, in constant time; Python's integers are for public scalars, and for reading and writing keys.
"""

import hashlib
import re
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import reduce
from operator import mul

from nacl import bindings as sodium
from nacl.exceptions import RuntimeError as SodiumRefusal

from gaoxin_vote.belenios.evidence import Flaw, require
from gaoxin_vote.errors import EvidenceBroken

GROUP = "Ed25519"
ORDER = 2**252 + 27742317777372353535851937790883648493
_DECIMAL = re.compile("0|[1-9][0-9]{0,75}")
_HEXADECIMAL = re.compile("[0-9a-f]{64}")
_NIBBLES = [bytes([octet & 15]) for octet in range(256)]
_FOREIGN = (Flaw.NOT_A_MEMBER, "有数值不是规定群中的元素")


@dataclass(frozen=True, slots=True, repr=False)
class Scalar:
    """An integer mod q. Its repr tells nothing: most scalars are secrets."""

    raw: bytes

    @classmethod
    def of(cls, value: int) -> "Scalar":
        """`value` mod q."""
        return cls((value % ORDER).to_bytes(32, "little"))

    @classmethod
    def wide(cls, raw: bytes) -> "Scalar":
        """The little-endian integer of 64 bytes, mod q."""
        return cls(sodium.crypto_core_ed25519_scalar_reduce(raw))

    @classmethod
    def parse(cls, text: object) -> "Scalar":
        """The scalar below q in decimal digits, without sign or leading zero; raises `EvidenceBroken`."""
        value = int(text) if isinstance(text, str) and _DECIMAL.fullmatch(text) else ORDER
        require(value < ORDER, Flaw.NOT_A_SCALAR, "指数应为小于 q 的十进制整数，无符号、无前导零")
        return cls(value.to_bytes(32, "little"))

    def __int__(self) -> int:
        return int.from_bytes(self.raw, "little")

    def __add__(self, other: "Scalar") -> "Scalar":
        return Scalar(sodium.crypto_core_ed25519_scalar_add(self.raw, other.raw))

    def __sub__(self, other: "Scalar") -> "Scalar":
        return Scalar(sodium.crypto_core_ed25519_scalar_sub(self.raw, other.raw))

    def __mul__(self, other: "Scalar") -> "Scalar":
        return Scalar(sodium.crypto_core_ed25519_scalar_mul(self.raw, other.raw))


ZERO, ONE = Scalar.of(0), Scalar.of(1)


@dataclass(frozen=True, slots=True)
class Point:
    """An element of the group; `str` of it is enc(P)."""

    raw: bytes

    @classmethod
    def parse(cls, text: object) -> "Point":
        """The point in 64 lower-case hexadecimal digits, most significant first.

        Checks the writing only: `member` and `**` check membership, and whatever is received meets one of
        them. Raises `EvidenceBroken`.
        """
        written = text if isinstance(text, str) and _HEXADECIMAL.fullmatch(text) else ""
        require(bool(written), Flaw.MALFORMED, "群元素应为64位小写十六进制数字")
        return cls(bytes.fromhex(written)[::-1])

    def __str__(self) -> str:
        return self.raw[::-1].hex()

    def __pow__(self, exponent: Scalar) -> "Point":
        """P^x for any x; raises `EvidenceBroken` unless P is a member of the group.

        libsodium's multiplication refuses a point that is not canonical, not on the curve or outside the
        subgroup of order q: a point that is multiplied needs no second check. It also refuses the identity
        and, its work done, the exponent 0, which are answered here.
        """
        if self.raw == IDENTITY.raw:
            return self
        try:
            if self.raw == GENERATOR.raw:
                return Point(sodium.crypto_scalarmult_ed25519_base_noclamp(exponent.raw))
            return Point(sodium.crypto_scalarmult_ed25519_noclamp(exponent.raw, self.raw))
        except SodiumRefusal:
            require(exponent.raw == ZERO.raw, *_FOREIGN)
            self.member()
            return IDENTITY

    def __mul__(self, other: "Point") -> "Point":
        """P·Q. Checks only that both lie on the curve: multiply what was or will be validated."""
        return _computed(sodium.crypto_core_ed25519_add, self.raw, other.raw)

    def __truediv__(self, other: "Point") -> "Point":
        """P/Q, with the same remark."""
        return _computed(sodium.crypto_core_ed25519_sub, self.raw, other.raw)

    def member(self) -> "Point":
        """The point itself; raises `EvidenceBroken` unless it is canonical, a member and not the identity.

        Policy: no key, credential, ciphertext or coefficient that we receive may be the identity. Only an
        encrypted tally and its decryption factors may: the empty product.
        """
        require(sodium.crypto_core_ed25519_is_valid_point(self.raw), *_FOREIGN)
        return self


def _computed(operation: Callable[[bytes, bytes], bytes], left: bytes, right: bytes) -> Point:
    try:
        return Point(operation(left, right))
    except SodiumRefusal:
        raise EvidenceBroken(*_FOREIGN) from None


IDENTITY = Point((1).to_bytes(32, "little"))
GENERATOR = Point(b"\x58" + b"\x66" * 31)


def product(points: Iterable[Point]) -> Point:
    """Π points; the empty product is the identity."""
    return reduce(mul, points, IDENTITY)


def random_scalars(count: int) -> list[Scalar]:
    """`count` scalars of 252 random bits: at a distance below 2^-126 from uniform, as q − 2^252 < 2^125."""
    drawn = secrets.token_bytes(32 * count)
    return [Scalar(drawn[at : at + 31] + _NIBBLES[drawn[at + 31]]) for at in range(0, len(drawn), 32)]


def hash_to_scalar(prefix: str, *points: Point) -> Scalar:
    """H(prefix, P1..Pn): SHA-256 of the prefix and the encodings joined by commas, big-endian, mod q."""
    text = prefix + ",".join([point.raw[::-1].hex() for point in points])
    return Scalar.of(int.from_bytes(hashlib.sha256(text.encode()).digest()))
