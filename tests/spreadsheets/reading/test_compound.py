"""A damaged binary file is refused before the fast reader, which would end the program, sees it."""

import random
from collections.abc import Iterator

import pytest

from gaoxin_vote.errors import Refused
from gaoxin_vote.spreadsheets.reading.compound import Damaged, workbook_stream
from gaoxin_vote.spreadsheets.reading.spreadsheet import SpreadsheetFile, read_workbook
from tests.spreadsheets.workbooks import xls_file

FILE = xls_file([["单位", "得分"], *([f"单位{n}", n + 0.5] for n in range(60))])
SMALL = xls_file([["单位", "得分"], *([f"单位{n}", n + 0.5] for n in range(12))])
"""Few rows, so that damage meets the structure rather than the cells."""
HEADER_COUNTS = {"directories": 40, "tables": 44, "mini tables": 64, "table of tables": 72}


def test_the_stream_of_a_whole_file() -> None:
    stream, names = workbook_stream(FILE.content)
    assert stream[:4] == b"\x09\x08\x10\x00", "it begins with the record BOF"
    assert "Workbook" in names


@pytest.mark.parametrize("offset", HEADER_COUNTS.values(), ids=HEADER_COUNTS)
def test_a_count_beyond_the_file_is_damage(offset: int) -> None:
    content = bytearray(FILE.content)
    content[offset : offset + 4] = (0x7FFF_FFFF).to_bytes(4, "little")
    with pytest.raises(Damaged):
        workbook_stream(bytes(content))


def test_a_chain_in_a_circle_is_damage() -> None:
    content = bytearray(FILE.content)
    first_table = int.from_bytes(content[76:80], "little")
    start = (first_table + 1) * 512
    for number in range(128):
        content[start + 4 * number : start + 4 * number + 4] = (0).to_bytes(4, "little")
    with pytest.raises(Damaged):
        workbook_stream(bytes(content))


def damaged_files(count: int) -> Iterator[bytes]:
    dice = random.Random(2017)
    for _ in range(count):
        content = bytearray(SMALL.content)
        for _ in range(dice.randint(1, 6)):
            content[dice.randrange(len(content))] = dice.randrange(256)
        yield bytes(content)


def test_random_damage_is_read_or_refused_and_nothing_else(capfd: pytest.CaptureFixture[str]) -> None:
    refused = 0
    for content in damaged_files(300):
        try:
            read_workbook(SpreadsheetFile("坏.xls", content))
        except Refused:
            refused += 1
    assert 0 < refused < 300
    capfd.readouterr()  # the reader tells of its panics on its own
