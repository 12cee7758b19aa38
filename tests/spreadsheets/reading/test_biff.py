"""What the records of an xls file say."""

from struct import pack
from typing import Any

import pytest
import xlwt

from gaoxin_vote.errors import Refused
from gaoxin_vote.spreadsheets.reading.biff import Encrypted, xls_markup
from gaoxin_vote.spreadsheets.reading.compound import Damaged, workbook_stream
from gaoxin_vote.spreadsheets.reading.markup import CellDoubt, CellFault
from gaoxin_vote.spreadsheets.reading.spreadsheet import ReadingReason, SpreadsheetFile, read_workbook
from tests.spreadsheets.workbooks import xls_file


def stream_of(file: SpreadsheetFile) -> bytes:
    return workbook_stream(file.content)[0]


def test_rows_errors_and_percentages() -> None:
    def touch(book: Any, sheet: Any) -> None:
        percent = xlwt.easyxf(num_format_str="0.0%")
        for index in range(3):
            sheet.write(1, index, 0.25, percent)
        sheet.row(2).set_cell_error(1, 0x2A)
        sheet.row(2).hidden = True

    markup = dict(xls_markup(stream_of(xls_file([["a", 1]], touch))))["Sheet1"]
    assert markup.formats == dict.fromkeys([(2, 1), (2, 2), (2, 3)], "0.0%")
    assert markup.faults == {(3, 2): CellFault.ERROR}
    assert markup.hidden_rows == {3}
    assert (markup.rows, markup.columns) == (3, 3)


def record(kind: int, content: bytes) -> bytes:
    return pack("<HH", kind, len(content)) + content


BOF = record(0x809, pack("<HH", 0x600, 5) + bytes(12))
EOF = record(0x0A, b"")


def test_a_password_is_seen() -> None:
    with pytest.raises(Encrypted):
        xls_markup(BOF + record(0x2F, bytes(6)) + EOF)


def test_an_encrypted_package_is_refused_in_plain_words() -> None:
    plain = xls_file([["a"]])
    name = "Workbook".encode("utf-16-le")
    secret = "EncryptedPackage".encode("utf-16-le")
    place = plain.content.index(name)
    content = bytearray(plain.content)
    content[place : place + len(secret)] = secret
    content[place + 64 : place + 66] = pack("<H", len(secret) + 2)
    with pytest.raises(Refused, match="设有打开密码") as refused:
        read_workbook(SpreadsheetFile("密.xlsx", bytes(content)))
    assert refused.value.reason is ReadingReason.ENCRYPTED


@pytest.mark.parametrize(
    "records",
    [
        record(0xFC, pack("<II", 1, 0x7FFF_FFFF)),
        record(0x85, b"\x00"),
        b"\x85\x00\xff\x7f",
    ],
    ids=["more strings than bytes", "record too short", "record beyond the end"],
)
def test_records_that_cannot_be_are_damage(records: bytes) -> None:
    with pytest.raises(Damaged):
        xls_markup(BOF + records + EOF)


def sheet_with(records: bytes) -> bytes:
    start = len(BOF) + 4 + 12 + len(EOF)
    bound = record(0x85, pack("<IHB", start, 0, 4) + b"\x00" + b"Data")
    assert len(bound) == 16
    return BOF + bound + EOF + BOF + records + EOF


def test_an_extent_that_ends_before_it_begins_is_damage() -> None:
    with pytest.raises(Damaged):
        xls_markup(sheet_with(record(0x200, pack("<IIHHH", 9, 3, 0, 2, 0))))


def test_rows_out_of_order_are_damage() -> None:
    cell = bytes(8)
    rows = record(0x203, pack("<HHH", 9, 0, 0) + cell) + record(0x203, pack("<HHH", 3, 0, 0) + cell)
    with pytest.raises(Damaged):
        xls_markup(sheet_with(rows))


def test_a_cell_outside_the_stated_extent_counts() -> None:
    far = record(0x203, pack("<HHH", 60_000, 44_806, 0) + bytes(8))
    markup = dict(xls_markup(sheet_with(record(0x200, pack("<IIHHH", 0, 3, 0, 2, 0)) + far)))["Data"]
    assert (markup.rows, markup.columns) == (60_001, 44_807)


def test_a_sheet_that_was_not_calculated_has_no_results() -> None:
    formula = record(0x06, pack("<HHH", 0, 0, 0) + bytes(8) + pack("<HIH", 0, 0, 0))
    extent = record(0x200, pack("<IIHHH", 0, 1, 0, 1, 0))
    assert dict(xls_markup(sheet_with(extent + record(0x5E, b"\0\0") + formula)))["Data"].faults == {
        (1, 1): CellFault.UNCALCULATED
    }
    calculated = dict(xls_markup(sheet_with(extent + formula)))["Data"]
    assert (calculated.faults, calculated.formulas) == ({}, {(1, 1)})


def test_hidden_columns_struck_cells_and_hidden_zeros() -> None:
    def touch(book: Any, sheet: Any) -> None:
        sheet.write(0, 0, 5, xlwt.easyxf("font: struck_out on"))
        sheet.write(0, 1, 95, xlwt.easyxf(num_format_str='0"%"'))
        sheet.write(0, 2, 0, xlwt.easyxf(num_format_str="0;-0;;@"))
        sheet.write(0, 3, 0)
        sheet.col(1).hidden = True

    sheet = read_workbook(xls_file([], touch)).sheets[0]
    assert sheet.rows[0][1] == "95%"
    assert sheet.doubts == {(1, 1): CellDoubt.STRUCK, (1, 3): CellDoubt.HIDDEN_ZERO}
    assert sheet.hidden_columns == {2}

    def no_zeros(book: Any, sheet: Any) -> None:
        sheet.show_zero_values = 0

    assert read_workbook(xls_file([[0]], no_zeros)).sheets[0].doubts == {(1, 1): CellDoubt.HIDDEN_ZERO}
