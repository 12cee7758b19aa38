"""Cells keep their place and their value, whatever kind of file they come from."""

import datetime as dt
import os
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xlwt
from openpyxl.worksheet.cell_range import CellRange

from gaoxin_vote.errors import Refused
from gaoxin_vote.spreadsheets.reading.markup import CellFault
from gaoxin_vote.spreadsheets.reading.spreadsheet import (
    PASTED,
    ReadingReason,
    SpreadsheetFile,
    Worksheet,
    read_pasted,
    read_workbook,
)
from tests.spreadsheets.workbooks import csv_file, ods_cell, ods_file, ods_rows, xls_file, xlsx_file

ROWS: list[list[Any]] = [
    [],
    [None, "标题"],
    [None, "单位", "得分"],
    [None, " 办公室　", 37.14],
    [None, "", 40],
]


def only_worksheet(file: SpreadsheetFile) -> Worksheet:
    workbook = read_workbook(file)
    assert len(workbook.sheets) == 1
    return workbook.sheets[0]


@pytest.mark.parametrize(
    "file",
    [
        xlsx_file(ROWS),
        xls_file(ROWS),
        ods_file({"Sheet1": ods_rows(ROWS)}),
        xlsx_file(ROWS, name="改了名.xls"),
        xls_file(ROWS, name="改了名.xlsx"),
    ],
    ids=["xlsx", "xls", "ods", "xlsx named xls", "xls named xlsx"],
)
def test_cells_keep_their_place(file: SpreadsheetFile) -> None:
    rows = only_worksheet(file).rows
    assert [list(row) for row in rows[2:]] == [
        ["", "单位", "得分"],
        ["", "办公室", Decimal("37.14")],
        ["", "", Decimal("40")],
    ]
    assert set(rows[0]) <= {""}


@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_csv_with_each_separator(mark: str) -> None:
    text = "\r\n".join(mark.join(row) for row in (["code", "name"], ["U01", '"甲\n乙"'], [], ["U02", " x "]))
    assert only_worksheet(csv_file(text)).rows == (("code", "name"), ("U01", "甲\n乙"), (), ("U02", "x"))


def test_csv_has_no_sheet_name_and_texts_only() -> None:
    sheet = only_worksheet(csv_file("a,b\n037,1.50\n"))
    assert sheet.name == ""
    assert sheet.rows[1] == ("037", "1.50")


def test_a_guessed_encoding_is_told() -> None:
    assert read_workbook(csv_file("单位,得分\n", encoding="gb18030")).guessed_encoding == "GB18030"
    assert read_workbook(csv_file("单位,得分\n")).guessed_encoding == ""


@pytest.mark.parametrize(
    ("stored", "read"),
    [
        (0.1 + 0.2, "0.3"),
        (37.14, "37.14"),
        (1.005, "1.005"),
        (2.675, "2.675"),
        (33.3 + 3.84, "37.14"),
        (40.0, "40"),
        (-0.0, "0"),
        (123456789.12, "123456789.12"),
        (1e20, "1E+20"),
    ],
)
def test_numbers_have_no_binary_noise(stored: float, read: str) -> None:
    for file in (xls_file([[stored]]), ods_file({"a": ods_rows([[repr(stored)]])})):
        cell = only_worksheet(file).rows[0][0]
        assert str(Decimal(cell) if isinstance(cell, str) else cell) in (read, repr(stored))
    assert str(only_worksheet(xls_file([[stored]])).rows[0][0]) == read


def test_days_and_truth_values() -> None:
    def touch(book: Any, sheet: Any) -> None:
        sheet.write(0, 0, dt.date(2018, 1, 10), xlwt.easyxf(num_format_str="yyyy-mm-dd"))

    assert only_worksheet(xls_file([], touch)).rows[0][0] == dt.date(2018, 1, 10)
    row = only_worksheet(xlsx_file([[dt.date(2018, 1, 10), dt.datetime(2018, 1, 10, 9, 30), True]])).rows[0]
    assert row == (dt.date(2018, 1, 10), dt.datetime(2018, 1, 10, 9, 30), True)


def test_error_cells_and_uncalculated_formulas_are_faults_not_zeros() -> None:
    def touch(book: Any, sheet: Any) -> None:
        sheet["A1"] = "#DIV/0!"
        sheet["B1"] = "=1+1"
        sheet["C3"] = "=A1"

    rows = only_worksheet(xlsx_file([], touch)).rows
    assert rows[0][:2] == (CellFault.ERROR, CellFault.UNCALCULATED)
    assert rows[2][2] is CellFault.UNCALCULATED, "also in the last cell of a sheet"


def test_errors_of_the_other_formats() -> None:
    xls = only_worksheet(xls_file([["x", 1]], lambda book, sheet: sheet.row(0).set_cell_error(1, 0x07)))
    assert xls.rows[0][1] is CellFault.ERROR
    error = (
        '<table:table-cell office:value-type="string" office:string-value="" calcext:value-type="error">'
        "<text:p>#DIV/0!</text:p></table:table-cell>"
    )
    ods = only_worksheet(ods_file({"a": f"<table:table-row>{ods_cell('x')}{error}</table:table-row>"}))
    assert ods.rows[0][1] is CellFault.ERROR


def test_a_percentage_is_read_as_it_is_shown() -> None:
    def touch_xlsx(book: Any, sheet: Any) -> None:
        sheet["A1"].number_format = "0.0%"
        sheet["B1"].number_format = "0.00"

    def touch_xls(book: Any, sheet: Any) -> None:
        for index, value in enumerate((0.955, 0.5, 0.25)):
            sheet.write(0, index, value, xlwt.easyxf(num_format_str="0.0%" if index != 1 else "0.00"))

    assert only_worksheet(xlsx_file([[0.955, 0.5]], touch_xlsx)).rows[0] == ("95.5%", Decimal("0.5"))
    assert only_worksheet(xls_file([], touch_xls)).rows[0] == ("95.5%", Decimal("0.5"), "25%")
    share = '<table:table-cell office:value-type="percentage" office:value="0.955"/>'
    ods = ods_file({"a": f"<table:table-row>{share}</table:table-row>"})
    assert only_worksheet(ods).rows[0] == ("95.5%",)


def test_merged_cells_are_filled_down_only() -> None:
    rows = [["办公室", "", 1], ["", "", 2], ["", "", 3]]
    expected = (("办公室", ""), ("办公室", ""), ("", ""))
    xlsx = only_worksheet(xlsx_file(rows, lambda book, sheet: sheet.merge_cells("A1:B2")))

    def merge(book: Any, sheet: Any) -> None:
        sheet.write_merge(0, 1, 0, 1, "办公室")

    xls = only_worksheet(xls_file([[None, None, 1], [None, None, 2], [None, None, 3]], merge))
    spanned = ods_cell("办公室", 'table:number-rows-spanned="2" table:number-columns-spanned="2"')
    covered = "<table:covered-table-cell table:number-columns-repeated='2'/>"
    ods = only_worksheet(
        ods_file(
            {
                "a": f"<table:table-row>{spanned}<table:covered-table-cell/>{ods_cell(1)}</table:table-row>"
                f"<table:table-row>{covered}{ods_cell(2)}</table:table-row>"
                f"<table:table-row>{ods_cell(None)}{ods_cell(None)}{ods_cell(3)}</table:table-row>"
            }
        )
    )
    for sheet in (xlsx, xls, ods):
        assert tuple(row[:2] for row in sheet.rows) == expected
        assert sheet.filled == {(2, 1)}


def test_hidden_rows_are_read_and_told() -> None:
    def touch_xlsx(book: Any, sheet: Any) -> None:
        sheet.row_dimensions[2].hidden = True

    def touch_xls(book: Any, sheet: Any) -> None:
        sheet.row(1).hidden = True

    rows = [["a"], ["b"], ["c"]]
    hidden = f'<table:table-row table:visibility="filter">{ods_cell("b")}</table:table-row>'
    ods = ods_file({"s": ods_rows([["a"]]) + hidden + ods_rows([["c"]])})
    for file in (xlsx_file(rows, touch_xlsx), xls_file(rows, touch_xls), ods):
        sheet = only_worksheet(file)
        assert sheet.hidden_rows == {2}
        assert sheet.rows == (("a",), ("b",), ("c",))


def test_hidden_sheets_are_not_read() -> None:
    def touch_xlsx(book: Any, sheet: Any) -> None:
        book.create_sheet("旧").sheet_state = "hidden"
        book.create_sheet("更旧").sheet_state = "veryHidden"
        book.create_chartsheet("图")

    def touch_xls(book: Any, sheet: Any) -> None:
        book.add_sheet("旧").visibility = 1

    def hidden(file: SpreadsheetFile) -> list[str]:
        return [sheet.name for sheet in read_workbook(file).hidden_sheets]

    assert hidden(xlsx_file([["a"]], touch_xlsx)) == ["旧", "更旧"]
    assert hidden(xls_file([["a"]], touch_xls)) == ["旧"]
    ods = read_workbook(ods_file({"新": ods_rows([["a"]]), "旧": ods_rows([["b"]])}, hidden=("旧",)))
    assert [sheet.name for sheet in ods.hidden_sheets] == ["旧"]
    assert [sheet.name for sheet in ods.sheets] == ["新"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\x03\x04 and nothing", "不是能读的表格文件"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "不是能读的表格文件"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "其实是网页"),
        (b"%PDF-1.4\n\x00\x01\x02" + bytes(range(90, 120)), "不是表格文件"),
    ],
)
def test_what_is_no_table_is_refused_in_plain_words(content: bytes, words: str) -> None:
    with pytest.raises(Refused, match=words):
        read_workbook(SpreadsheetFile("某文件.xlsx", content))


def test_an_empty_file_has_no_rows() -> None:
    assert only_worksheet(SpreadsheetFile("空.csv", b"")).rows == ()


def test_a_cut_off_file_is_refused() -> None:
    for file in (xlsx_file(ROWS), xls_file(ROWS), ods_file({"a": ods_rows(ROWS)})):
        half = SpreadsheetFile(file.name, file.content[: len(file.content) * 2 // 3])
        with pytest.raises(Refused) as refused:
            read_workbook(half)
        assert refused.value.reason is ReadingReason.UNREADABLE


def test_a_stray_cell_at_the_end_of_the_world_is_refused() -> None:
    def touch(book: Any, sheet: Any) -> None:
        sheet["XFD1048576"] = "x"

    with pytest.raises(Refused, match="第1048576行第16384列") as refused:
        read_workbook(xlsx_file([["a"]], touch))
    assert refused.value.reason is ReadingReason.TOO_LARGE


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"没有找到文件“得分\.xlsx”"):
        SpreadsheetFile.at(tmp_path / "得分.xlsx")
    with pytest.raises(Refused):
        SpreadsheetFile.at(tmp_path)


@pytest.mark.skipif(os.name != "posix", reason="only there are pipes and devices among the files")
def test_a_pipe_or_a_device_is_no_table(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "得分.csv")
    for path in (tmp_path / "得分.csv", Path("/dev/zero")):
        with pytest.raises(Refused, match="不是普通文件"):
            SpreadsheetFile.at(path)


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "得分.csv"
    with path.open("wb") as file:
        file.truncate(100 * 2**20 + 1)
    with pytest.raises(Refused, match="文件超过100MB") as refused:
        SpreadsheetFile.at(path)
    assert refused.value.reason is ReadingReason.TOO_LARGE


def test_merged_cells_on_top_of_each_other_are_refused() -> None:
    def merge(book: Any, sheet: Any) -> None:
        sheet.merged_cells.ranges = [
            CellRange(min_col=1, max_col=column, min_row=1, max_row=2000) for column in range(2, 2600)
        ]

    with pytest.raises(Refused, match="合并单元格互相重叠") as refused:
        read_workbook(xlsx_file([["a"]] * 2000, merge))
    assert refused.value.reason is ReadingReason.TOO_LARGE


def test_a_pasted_block_is_parted_by_tabs_whatever_signs_its_texts_have() -> None:
    book = read_pasted('名称\t说明, 其一; 其二\r\n"甲\n乙"\t1,200\r\n')
    (sheet,) = book.sheets
    assert (book.file, sheet.name) == (PASTED, "")
    assert sheet.rows == (("名称", "说明, 其一; 其二"), ("甲\n乙", "1,200"))
    assert read_pasted("名称,人数\n甲,3\n").sheets[0].rows == (("名称", "人数"), ("甲", "3"))


def test_a_quote_left_open_in_a_pasted_block_is_told_at_its_cell() -> None:
    with pytest.raises(Refused, match=f"“{PASTED}”第2行A列有一个没有配对的引号"):
        read_pasted('名称\t人数\n"甲\t3\n乙\t4\n')
