"""Is an encrypted workbook locked with the password that every spreadsheet program knows?

Excel encrypts a workbook whose structure is protected with a fixed password, and opens it without asking.
To call that an open password would send people after one that does not exist (MS-OFFCRYPTO).
"""

import hashlib
from base64 import b64decode
from collections.abc import Callable
from itertools import cycle
from struct import error, pack, unpack_from
from typing import Any
from xml.etree import ElementTree

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC, ECB

from gaoxin_vote.spreadsheets.reading.compound import Damaged, named_stream
from gaoxin_vote.spreadsheets.reading.markup import local_name

_PASSWORD = "VelvetSweatshop"
_TYPED = _PASSWORD.encode("utf-16-le")
_MOST_TURNS = 1_000_000
"""A file may ask for more; nobody's does."""
_VERIFIER, _VERIFIER_HASH = bytes.fromhex("fea7d2763b4b9e79"), bytes.fromhex("d7aa0f6d3061344e")
_FILE_PASS = 0x2F
_Hash = Callable[[bytes], Any]


def opens_without_asking(content: bytes) -> bool:
    """Whether the built-in password opens the file; false for any other, and where that cannot be told."""
    try:
        described = named_stream(content, ("encryptioninfo",))
        if described:
            major, minor = unpack_from("<HH", described)
            return _agile(described[8:]) if (major, minor) == (4, 4) else _standard(described)
        return _old(named_stream(content, ("workbook", "book")))
    except (Damaged, error, IndexError, KeyError, ValueError, ElementTree.ParseError):
        return False


def _turned(hashed: _Hash, salt: bytes, turns: int) -> bytes:
    if turns > _MOST_TURNS:
        raise ValueError("too many turns")
    digest: bytes = hashed(salt + _TYPED).digest()
    for turn in range(turns):
        digest = hashed(pack("<I", turn) + digest).digest()
    return digest


def _agile(described: bytes) -> bool:
    key = next(
        each for each in ElementTree.fromstring(described).iter() if local_name(each.tag) == "encryptedKey"
    ).attrib
    name = key["hashAlgorithm"].replace("-", "").lower()
    if name not in ("sha1", "sha256", "sha384", "sha512"):
        return False
    hashed: _Hash = getattr(hashlib, name)
    salt, length = b64decode(key["saltValue"]), int(key["keyBits"]) // 8
    digest = _turned(hashed, salt, int(key["spinCount"]))

    def opened(block: bytes, field: str) -> bytes:
        secret = hashed(digest + block).digest()[:length].ljust(length, b"\x36")
        decryptor = Cipher(AES(secret), CBC(salt[:16].ljust(16, b"\x36"))).decryptor()
        return bytes(decryptor.update(b64decode(key[field])) + decryptor.finalize())

    verifier = opened(_VERIFIER, "encryptedVerifierHashInput")[: len(salt)]
    expected: bytes = hashed(verifier).digest()
    proof: bytes = opened(_VERIFIER_HASH, "encryptedVerifierHashValue")
    return proof[: len(expected)] == expected


def _standard(described: bytes) -> bool:
    (header,) = unpack_from("<I", described, 8)
    (bits,) = unpack_from("<I", described, 12 + 16)
    place = 12 + header
    (length,) = unpack_from("<I", described, place)
    salt = described[place + 4 : place + 4 + length]
    verifier = described[place + 20 : place + 36]
    proof = described[place + 40 : place + 72]
    final = hashlib.sha1(_turned(hashlib.sha1, salt, 50_000) + pack("<I", 0)).digest()

    def stretched(sign: int) -> bytes:
        return hashlib.sha1(
            bytes(a ^ b for a, b in zip(final.ljust(64, b"\0"), [sign] * 64, strict=True))
        ).digest()

    key = (stretched(0x36) + stretched(0x5C))[: bits // 8]
    decryptor = Cipher(AES(key), ECB()).decryptor()
    opened = decryptor.update(verifier + proof)
    return bytes(hashlib.sha1(opened[:16]).digest()) == bytes(opened[16:36])


def _old(stream: bytes) -> bool:
    """An xls file: its FILEPASS record says how it is encrypted."""
    place = 0
    while True:
        kind, length = unpack_from("<HH", stream, place)
        if kind == _FILE_PASS:
            break
        place += 4 + length
    content = stream[place + 4 : place + 4 + length]
    method, major, minor = unpack_from("<HHH", content.ljust(6, b"\0"))
    if method == 0:
        return bool(minor == _xor_verifier())
    if (major, minor) == (1, 1):
        salt, rest = content[6:22], content[22:54]
        half = hashlib.md5((hashlib.md5(_TYPED).digest()[:5] + salt) * 16).digest()[:5]
        opened = _rc4(hashlib.md5(half + pack("<I", 0)).digest(), rest)
        return bytes(hashlib.md5(opened[:16]).digest()) == opened[16:]
    (header,) = unpack_from("<I", content, 10)
    (bits,) = unpack_from("<I", content, 14 + 16)
    place = 14 + header
    salt, verifier, proof = (
        content[place + 4 : place + 20],
        content[place + 20 : place + 36],
        content[place + 40 : place + 60],
    )
    final = hashlib.sha1(hashlib.sha1(salt + _TYPED).digest() + pack("<I", 0)).digest()
    length = (bits or 40) // 8
    key = final[:length].ljust(16, b"\0") if length == 5 else final[:length]
    opened = _rc4(key, verifier + proof)
    return bytes(hashlib.sha1(opened[:16]).digest()) == opened[16:]


def _xor_verifier() -> int:
    verifier = 0
    for letter in reversed(bytes([len(_PASSWORD), *_PASSWORD.encode()])):
        verifier = (verifier >> 14 & 1 | verifier << 1 & 0x7FFF) ^ letter
    return verifier ^ 0xCE4B


def _rc4(key: bytes, content: bytes) -> bytes:
    box = list(range(256))
    j = 0
    for i, letter in zip(range(256), cycle(key), strict=False):
        j = (j + box[i] + letter) % 256
        box[i], box[j] = box[j], box[i]
    i = j = 0
    opened = bytearray()
    for letter in content:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        opened.append(letter ^ box[(box[i] + box[j]) % 256])
    return bytes(opened)
