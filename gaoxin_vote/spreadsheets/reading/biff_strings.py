"""Which of the shared texts of an xls file are struck through, or partly so? (MS-XLS 2.4.265, 2.5.293)"""

from collections.abc import Sequence
from struct import unpack_from

from gaoxin_vote.spreadsheets.reading.markup import CellDoubt

_WIDE, _SPOKEN, _RICH = 0x01, 0x04, 0x08


def struck_strings(blocks: Sequence[bytes], struck: frozenset[int]) -> dict[int, CellDoubt]:
    """By index, the shared texts that are struck through; `blocks` are their record and what continues it.

    `struck` are the numbers of the fonts that strike through. Raises `IndexError` or `struct.error` where
    the texts end beyond their blocks.
    """
    (unique,) = unpack_from("<I", blocks[0], 4)
    reader = _Reader(blocks, 8)
    found: dict[int, CellDoubt] = {}
    for index in range(unique):
        length, runs = reader.text()
        fonts = [(start, font in struck) for start, font in runs if start < length]
        if any(is_struck for _, is_struck in fonts):
            whole = fonts[0][0] == 0 and all(is_struck for _, is_struck in fonts)
            found[index] = CellDoubt.STRUCK if whole else CellDoubt.PARTLY_STRUCK
    return found


class _Reader:
    """Reads on from block to block."""

    def __init__(self, blocks: Sequence[bytes], start: int) -> None:
        self._blocks, self._number, self._place = [memoryview(block) for block in blocks], 0, start

    def text(self) -> tuple[int, list[tuple[int, int]]]:
        """How many characters the next text has; where each of its runs begins, and the font of that."""
        length, flags = unpack_from("<HB", self._raw(3))
        runs = unpack_from("<H", self._raw(2))[0] if flags & _RICH else 0
        spoken = unpack_from("<I", self._raw(4))[0] if flags & _SPOKEN else 0
        self._pass_characters(length, flags & _WIDE)
        found = [unpack_from("<HH", self._raw(4)) for _ in range(runs)]
        self._raw(spoken)
        return length, [(start, font) for start, font in found]

    def _raw(self, size: int) -> bytes:
        """The next bytes, wherever a block ends."""
        parts = []
        while size:
            part = self._rest()[:size]
            parts.append(part)
            self._place += len(part)
            size -= len(part)
        return b"".join(parts)

    def _pass_characters(self, left: int, wide: int) -> None:
        """Pass over characters: a block that continues them says again how wide they are."""
        while left:
            width = 2 if wide else 1
            taken = min(left, len(self._rest()) // width)
            self._place += taken * width
            left -= taken
            if left:
                self._number, self._place = self._number + 1, 1
                wide = self._blocks[self._number][0] & _WIDE

    def _rest(self) -> memoryview:
        while self._place >= len(self._blocks[self._number]):
            self._number, self._place = self._number + 1, 0
        return self._blocks[self._number][self._place :]
