"""Texts of which a part is struck through are found, wherever the blocks of an xls file divide them."""

from struct import pack
from typing import Any

import pytest
import xlwt

from gaoxin_vote.errors import Refused
from gaoxin_vote.spreadsheets.reading.biff_strings import struck_strings
from gaoxin_vote.spreadsheets.reading.markup import CellDoubt
from gaoxin_vote.spreadsheets.reading.spreadsheet import SpreadsheetFile, read_workbook
from tests.spreadsheets.workbooks import xls_file


def test_struck_parts_are_told_among_thousands_of_texts() -> None:
    struck, plain = xlwt.easyfont("struck_out on"), xlwt.easyfont("bold on")

    def touch(book: Any, sheet: Any) -> None:
        for row in range(3000):
            match row % 5:
                case 0:
                    sheet.write_rich_text(row, 0, ((f"九{row}", struck), ("五", plain)))
                case 1:
                    sheet.write_rich_text(row, 0, ((f"{row}", plain), ("x" * (row % 90), plain)))
                case 2:
                    sheet.write_rich_text(row, 0, ((f"{row}all", struck), ("more", struck)))
                case 3:
                    sheet.write(row, 0, f"{row}" + "长" * (row % 70))
                case _:
                    sheet.write(row, 0, f"plain {row}")

    sheet = read_workbook(xls_file([], touch)).sheets[0]
    expected = {(row + 1, 1): CellDoubt.PARTLY_STRUCK for row in range(0, 3000, 5)}
    expected |= {(row + 1, 1): CellDoubt.STRUCK for row in range(2, 3000, 5)}
    assert sheet.doubts == expected
    assert sheet.rows[5][0] == "九5五"


def test_spoken_parts_are_passed_over() -> None:
    spoken = pack("<HBHI", 2, 0x0C, 1, 3) + b"ab" + pack("<HH", 1, 9) + b"\xff\xff\xff"
    other = pack("<HBH", 1, 0x09, 1) + "甲".encode("utf-16-le") + pack("<HH", 0, 9)
    head = pack("<II", 2, 2)
    found = {0: CellDoubt.PARTLY_STRUCK, 1: CellDoubt.STRUCK}
    whole = spoken + other
    assert struck_strings([head + whole], frozenset({9})) == found
    assert struck_strings([head + spoken, other], frozenset({9})) == found
    assert struck_strings([head + spoken[:14], spoken[14:] + other], frozenset({9})) == found
    assert struck_strings([head + whole], frozenset({8})) == {}


def test_a_text_may_become_wide_where_a_block_continues_it() -> None:
    begun = pack("<II", 2, 2) + pack("<HBH", 4, 0x08, 1) + b"ab"
    continued = b"\x01" + "甲乙".encode("utf-16-le") + pack("<HH", 2, 9)
    other = pack("<HBH", 2, 0x09, 1) + "丙丁".encode("utf-16-le") + pack("<HH", 0, 9)
    found = struck_strings([begun, continued + other], frozenset({9}))
    assert found == {0: CellDoubt.PARTLY_STRUCK, 1: CellDoubt.STRUCK}


def test_texts_beyond_the_file_are_damage() -> None:
    def touch(book: Any, sheet: Any) -> None:
        sheet.write_rich_text(0, 0, (("九", xlwt.easyfont("struck_out on")), ("五", xlwt.easyfont(""))))

    file = xls_file([], touch)
    at = file.content.index(pack("<HB", 2, 0x09))
    longer = file.content[:at] + pack("<H", 60_000) + file.content[at + 2 :]
    with pytest.raises(Refused, match="已损坏"):
        read_workbook(SpreadsheetFile(file.name, longer))
