"""Is an old binary file (xls) whole, and which bytes hold its workbook?

The fast reader trusts the counts in such a file: a single wrong byte can make it ask for terabytes and end
the program. So the container is walked here first (MS-CFB), and every count compared with the file's size.
"""

from dataclasses import dataclass
from struct import Struct, error, unpack_from

_FREE = 0xFFFF_FFFA
"""This number and those above it are marks, not sectors."""
_HEADER = Struct("<30xHH6xIII4xIIIII")
_ENTRY = Struct("<64sHBx48xIQ")


class Damaged(Exception):
    """The container contradicts itself."""


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    start: int
    size: int


def workbook_stream(content: bytes) -> tuple[bytes, frozenset[str]]:
    """The stream of the workbook (empty if there is none) and the names of all streams.

    Raises `Damaged` when a count or a chain of sectors leads beyond the file or in a circle.
    """
    return _read(content, ("workbook", "book"))


def named_stream(content: bytes, names: tuple[str, ...]) -> bytes:
    """The first stream with one of these names, in small letters; empty if there is none."""
    return _read(content, names)[0]


def _read(content: bytes, wanted_names: tuple[str, ...]) -> tuple[bytes, frozenset[str]]:
    try:
        return _stream(content, wanted_names)
    except (error, IndexError, UnicodeDecodeError) as cause:
        raise Damaged from cause


def _stream(content: bytes, wanted_names: tuple[str, ...]) -> tuple[bytes, frozenset[str]]:
    shift, mini_shift, directories, fats, first, cutoff, mini_first, minis, difat, difats = (
        _HEADER.unpack_from(content)
    )
    if shift not in (9, 12) or mini_shift != 6:
        raise Damaged
    size = 1 << shift
    sectors = len(content) // size
    if max(directories, fats, minis, difats) > sectors:
        raise Damaged
    fat = _fat(content, size, fats, difat, sectors)
    entries = [
        _entry(content_of_entry)
        for content_of_entry in _parts(_chain(content, size, fat, first, sectors), 128)
    ]
    if not entries or any(entry.size > len(content) for entry in entries):
        raise Damaged
    names = frozenset(entry.name for entry in entries)
    wanted = next((entry for entry in entries if entry.name.lower() in wanted_names), None)
    if wanted is None:
        return b"", names
    if wanted.size >= cutoff:
        return _chain(content, size, fat, wanted.start, sectors)[: wanted.size], names
    small = _chain(content, size, fat, entries[0].start, sectors)
    mini_fat = _numbers(_chain(content, size, fat, mini_first, sectors)) if minis else ()
    limit = len(small) // 64
    parts = [small[number * 64 : (number + 1) * 64] for number in _walk(mini_fat, wanted.start, limit)]
    return b"".join(parts)[: wanted.size], names


def _fat(content: bytes, size: int, fats: int, difat: int, sectors: int) -> tuple[int, ...]:
    """The table that chains the sectors."""
    where = list(unpack_from("<109I", content, 76))
    steps = 0
    while difat < _FREE:
        steps += 1
        if steps > sectors:
            raise Damaged
        block = _numbers(_sector(content, size, difat))
        where += block[:-1]
        difat = block[-1]
    used = [number for number in where if number < _FREE]
    if len(used) < fats:
        raise Damaged
    return tuple(number for place in used for number in _numbers(_sector(content, size, place)))


def _chain(content: bytes, size: int, fat: tuple[int, ...], start: int, sectors: int) -> bytes:
    return b"".join(_sector(content, size, number) for number in _walk(fat, start, sectors))


def _walk(table: tuple[int, ...], number: int, limit: int) -> list[int]:
    """The numbers from `number` on; a chain longer than the file runs in a circle."""
    chain: list[int] = []
    while number < _FREE:
        if len(chain) > limit:
            raise Damaged
        chain.append(number)
        number = table[number]
    return chain


def _sector(content: bytes, size: int, number: int) -> bytes:
    start = (number + 1) * size
    sector = content[start : start + size]
    if not sector:
        raise Damaged
    return sector + bytes(size - len(sector))


def _numbers(content: bytes) -> tuple[int, ...]:
    return unpack_from(f"<{len(content) // 4}I", content)


def _parts(content: bytes, size: int) -> list[bytes]:
    return [content[start : start + size] for start in range(0, len(content), size)]


def _entry(content: bytes) -> _Entry:
    name, length, kind, start, size = _ENTRY.unpack_from(content)
    if not kind:
        return _Entry("", 0, 0)
    # Only the low half of the size counts in files with small sectors; the high half may hold anything.
    return _Entry(name[: max(0, length - 2)].decode("utf-16-le"), start, size & 0xFFFF_FFFF)
