"""A protected structure is no open password."""

import hashlib
from pathlib import Path
from struct import pack

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import ECB

from gaoxin_vote.errors import Refused
from gaoxin_vote.spreadsheets.reading import builtin_password
from gaoxin_vote.spreadsheets.reading.builtin_password import opens_without_asking
from gaoxin_vote.spreadsheets.reading.spreadsheet import SpreadsheetFile, read_workbook

PROTECTED = Path(__file__).parents[2] / "data" / "field" / "password-words-wrong" / "default_password"


def test_a_protected_workbook_is_told_as_such() -> None:
    content = (PROTECTED / "indicators.xlsx").read_bytes()
    assert opens_without_asking(content)
    with pytest.raises(Refused, match="设有保护（不是打开密码）"):
        read_workbook(SpreadsheetFile("得分.xlsx", content))


def test_another_salt_is_another_password() -> None:
    content = (PROTECTED / "indicators.xlsx").read_bytes()
    place = content.rindex(b'saltValue="') + len(b'saltValue="')
    other = b"B" if content[place : place + 1] == b"A" else b"A"
    changed = content[:place] + other + content[place + 1 :]
    assert not opens_without_asking(changed)
    with pytest.raises(Refused, match="设有打开密码"):
        read_workbook(SpreadsheetFile("得分.xlsx", changed))


def test_a_file_that_asks_for_endless_work_is_not_tried() -> None:
    with pytest.raises(ValueError):
        builtin_password._turned(hashlib.sha512, b"salt", 10_000_000)


def test_the_older_ways_are_known_too() -> None:
    """The records are made by the rules of MS-OFFCRYPTO, with the password and without."""
    salt, verifier = bytes(range(16)), bytes(range(16, 32))
    for password, opens in (("VelvetSweatshop", True), ("geheim", False)):
        typed = password.encode("utf-16-le")
        half = hashlib.md5((hashlib.md5(typed).digest()[:5] + salt) * 16).digest()[:5]
        key = hashlib.md5(half + pack("<I", 0)).digest()
        proof = builtin_password._rc4(key, verifier + hashlib.md5(verifier).digest())
        assert builtin_password._old(_record(pack("<HHH", 1, 1, 1) + salt + proof)) is opens
        key = hashlib.sha1(hashlib.sha1(salt + typed).digest() + pack("<I", 0)).digest()[:16]
        proof = builtin_password._rc4(key, verifier + hashlib.sha1(verifier).digest())
        header = pack("<IIIIIIII", 4, 0, 0x6801, 0x8004, 128, 1, 0, 0)
        tail = pack("<I", 16) + salt + proof[:16] + pack("<I", 20) + proof[16:]
        content = pack("<HHHI", 1, 2, 2, 4) + pack("<I", len(header)) + header + tail
        assert builtin_password._old(_record(content)) is opens
        digest = hashlib.sha1(salt + typed).digest()
        for turn in range(50_000):
            digest = hashlib.sha1(pack("<I", turn) + digest).digest()
        final = hashlib.sha1(digest + pack("<I", 0)).digest().ljust(64, b"\0")
        key = hashlib.sha1(bytes(sign ^ 0x36 for sign in final)).digest()[:16]
        encryptor = Cipher(AES(key), ECB()).encryptor()
        proof = encryptor.update(verifier + hashlib.sha1(verifier).digest().ljust(32, b"\0"))
        tail = pack("<I", 16) + salt + proof[:16] + pack("<I", 20) + proof[16:]
        described = pack("<HHI", 3, 2, 0x24) + pack("<I", len(header)) + header + tail
        assert builtin_password._standard(described) is opens
    assert builtin_password._old(_record(pack("<HHH", 0, 0, builtin_password._xor_verifier())))
    assert not builtin_password._old(_record(pack("<HHH", 0, 0, builtin_password._xor_verifier() ^ 1)))


def _record(content: bytes) -> bytes:
    return pack("<HH", 0x809, 4) + bytes(4) + pack("<HH", 0x2F, len(content)) + content
