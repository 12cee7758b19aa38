"""Which pages of the encrypted file does each row lie in?

Reads SQLCipher 4 pages (raw key, 4096 bytes, of which 80 are reserved: 16 for the IV, 64 for the HMAC) and
walks SQLite's table trees (https://www.sqlite.org/fileformat2.html) without the help of either library.
"""

import struct
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

PAGE = 4096
RESERVED = 80
USABLE = PAGE - RESERVED
MAGIC = b"SQLite format 3\0"


@dataclass(frozen=True)
class Place:
    """Where one row lies: its cell and every overflow page, in the order of reading."""

    leaf: int
    offset: int
    size: int
    chain: tuple[int, ...]


class Pages:
    """The decrypted pages of a file as it is on disk now."""

    def __init__(self, path: Path, key: bytes) -> None:
        raw = path.read_bytes()
        assert len(raw) % PAGE == 0
        self._key = key
        self._raw = [raw[start : start + PAGE] for start in range(0, len(raw), PAGE)]
        self._plain: dict[int, bytes] = {}

    def __len__(self) -> int:
        return len(self._raw)

    def raw(self, number: int) -> bytes:
        """A page as it is on disk, counted from 1."""
        return self._raw[number - 1]

    def plain(self, number: int) -> bytes:
        """A decrypted page without its reserved end, counted from 1."""
        if number not in self._plain:
            raw = self.raw(number)
            salt = 16 if number == 1 else 0
            iv = raw[USABLE : USABLE + 16]
            decryptor = Cipher(algorithms.AES256(self._key), modes.CBC(iv)).decryptor()
            content = decryptor.update(raw[salt:USABLE]) + decryptor.finalize()
            self._plain[number] = (MAGIC if salt else b"") + content
        return self._plain[number]

    def all_plain(self) -> tuple[bytes, ...]:
        return tuple(self.plain(number) for number in range(1, len(self) + 1))

    @cached_property
    def freelist(self) -> tuple[int, ...]:
        """Every free page, trunks and leaves, in the order of the list."""
        found: list[int] = []
        trunk, count = struct.unpack(">II", self.plain(1)[32:40])
        while trunk:
            page = self.plain(trunk)
            following, leaves = struct.unpack(">II", page[:8])
            found += [trunk, *struct.unpack(f">{leaves}I", page[8 : 8 + 4 * leaves])]
            trunk = following
        assert len(found) == count
        return tuple(found)

    def places(self, root: int) -> dict[int, Place]:
        """The place of every row of the table whose tree begins at page `root`, by rowid."""
        page = self.plain(root)
        start = 100 if root == 1 else 0
        kind, _, cells = struct.unpack(">BHH", page[start : start + 5])
        first = start + (12 if kind == 0x05 else 8)
        offsets = struct.unpack(f">{cells}H", page[first : first + 2 * cells])
        if kind == 0x05:
            children = [int.from_bytes(page[offset : offset + 4], "big") for offset in offsets]
            children.append(int.from_bytes(page[start + 8 : start + 12], "big"))
            return {rowid: place for child in children for rowid, place in self.places(child).items()}
        assert kind == 0x0D
        return dict(self._cell(root, page, offset) for offset in offsets)

    def _cell(self, leaf: int, page: bytes, offset: int) -> tuple[int, Place]:
        payload, at = varint(page, offset)
        rowid, at = varint(page, at)
        local = local_bytes(payload)
        if local == payload:
            return rowid, Place(leaf, offset, at + local - offset, ())
        following = int.from_bytes(page[at + local : at + local + 4], "big")
        chain: list[int] = []
        while following:
            chain.append(following)
            following = int.from_bytes(self.plain(following)[:4], "big")
        assert len(chain) == -(-(payload - local) // (USABLE - 4))
        return rowid, Place(leaf, offset, at + local + 4 - offset, tuple(chain))


def varint(page: bytes, at: int) -> tuple[int, int]:
    """A SQLite varint and where the next thing begins."""
    value = 0
    for _ in range(8):
        value = value << 7 | page[at] & 0x7F
        at += 1
        if not page[at - 1] & 0x80:
            return value, at
    return value << 8 | page[at], at + 1


def local_bytes(payload: int) -> int:
    """How many bytes of a table leaf's payload lie in the cell itself."""
    most = USABLE - 35
    least = (USABLE - 12) * 32 // 255 - 23
    if payload <= most:
        return payload
    fitting = least + (payload - least) % (USABLE - 4)
    return fitting if fitting <= most else least
