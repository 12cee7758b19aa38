"""What lies in a zip that somebody handed in, without trusting what it says of itself?

A zip names the sizes of its parts and may lie; a few kilobytes may unpack to gigabytes. Parts are read piece
by piece, never further than they say, and what nobody could mean is refused before anything is unpacked.
"""

import zipfile
from collections.abc import Iterator
from io import BytesIO

_MOST_UNPACKED = 600 * 2**20
"""Bytes of all parts together, as the zip says: a million formatted empty rows are up to 500 MB."""
_MOST_KEPT = 64 * 2**20
"""Bytes of one part that is read whole, or of one sheet without its empty cells: about a million values."""
_MOST_PARTS = 10_000
_DENSE = 32 * 2**20, 200
"""Parts larger than this are packed at most so many times smaller; XML of a sheet is 10 to 50 times."""
_PIECE = 2**20
MOST_ROWS = 50_000
"""Rows with content in one sheet: the longest tables of a year have a few thousand."""
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class Locked(Exception):
    """A part can be read with a password only."""


class TooMuch(Exception):
    """There is, or would be, more than any table has; the text says in Chinese of what."""

    def __init__(self, words: str = "文件展开后过大") -> None:
        super().__init__(words)


def require_rows(filled: int) -> None:
    """Raise `TooMuch` for more rows with content than any table has."""
    if filled > MOST_ROWS:
        raise TooMuch(f"有内容的行超过{MOST_ROWS}行")


def require_room(size: int) -> None:
    """Raise `TooMuch` for more bytes than are kept of one part."""
    if size > _MOST_KEPT:
        raise TooMuch


class Parts:
    """The parts of a zip. Raises `zipfile.BadZipFile` (or `ValueError`) for what contradicts itself."""

    def __init__(self, content: bytes) -> None:
        self._archive = zipfile.ZipFile(BytesIO(content))
        members = self._archive.infolist()
        if any(member.flag_bits & 1 for member in members):
            raise Locked
        if len(members) > _MOST_PARTS or sum(member.file_size for member in members) > _MOST_UNPACKED:
            raise TooMuch
        large, times = _DENSE
        for member in members:
            # Also the packed size may be a lie; there are no more bytes than the file has.
            packed = min(member.compress_size, len(content))
            if member.file_size > large and member.file_size > times * packed:
                raise TooMuch
            if member.compress_type not in _METHODS:
                raise zipfile.BadZipFile(f"a compression that no spreadsheet program uses: {member.filename}")
            if ".." in member.filename.replace("\\", "/").split("/"):
                raise zipfile.BadZipFile(f"a part outside the file: {member.filename}")
        self.names = tuple(member.filename for member in members)
        if len(set(self.names)) != len(self.names):
            raise zipfile.BadZipFile("two parts of one name")

    def pieces(self, name: str) -> Iterator[bytes]:
        """The bytes of a part, a megabyte at a time; `LookupError` where there is none."""
        left = self._archive.getinfo(name).file_size
        with self._archive.open(name) as stream:
            while piece := stream.read(_PIECE):
                left -= len(piece)
                yield piece
        if left:
            raise zipfile.BadZipFile(f"shorter than it says: {name}")

    def read(self, name: str) -> bytes:
        """A whole part; raises `TooMuch` as soon as it is too long."""
        kept = bytearray()
        for piece in self.pieces(name):
            kept += piece
            require_room(len(kept))
        return bytes(kept)
