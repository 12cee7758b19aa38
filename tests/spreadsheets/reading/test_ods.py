"""What an OpenDocument table says of its cells."""

import io
import zipfile
from decimal import Decimal

import pytest

from gaoxin_vote.errors import Refused
from gaoxin_vote.spreadsheets.reading.markup import CellDoubt
from gaoxin_vote.spreadsheets.reading.spreadsheet import SpreadsheetFile, Worksheet, read_workbook
from tests.spreadsheets.workbooks import ods_cell, ods_file, ods_rows


def sheet_of(rows: str) -> Worksheet:
    return read_workbook(ods_file({"a": rows})).sheets[0]


def test_a_password_is_seen_in_the_manifest() -> None:
    plain = ods_file({"a": ods_rows([["x"]])})
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain.content)) as old, zipfile.ZipFile(stream, "w") as new:
        new.writestr("content.xml", b"\x8f\x01 nothing to be read")
        new.writestr("mimetype", old.read("mimetype"))
        new.writestr(
            "META-INF/manifest.xml",
            '<m:manifest xmlns:m="urn:m"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>',
        )
    with pytest.raises(Refused, match="设有打开密码"):
        read_workbook(SpreadsheetFile("得分.xlsx", stream.getvalue()))


def test_zeros_and_percent_signs_are_read_as_they_are_shown() -> None:
    def cell(value: str, shown: str, extra: str = "") -> str:
        return (
            f'<table:table-cell office:value-type="float" office:value="{value}" {extra}>'
            f"<text:p>{shown}</text:p></table:table-cell>"
        )

    row = cell("0", "") + cell("95", "95%") + cell("0", "0", 'table:formula="of:=[.Z9]"') + cell("0", "0")
    sheet = sheet_of(f"<table:table-row>{row}</table:table-row>")
    assert sheet.rows[0] == (Decimal(0), "95%", Decimal(0), Decimal(0))
    assert sheet.doubts == {(1, 1): CellDoubt.HIDDEN_ZERO, (1, 3): CellDoubt.FORMULA_ZERO}


def test_hidden_columns_are_told() -> None:
    hidden = '<table:table-column table:number-columns-repeated="2" table:visibility="collapse"/>'
    columns = f"<table:table-column/>{hidden}"
    assert sheet_of(columns + ods_rows([["a", "b", "c", "d"]])).hidden_columns == {2, 3}


def test_what_is_struck_through_is_told() -> None:
    struck = ods_cell(5, 'table:style-name="gone"')
    file = ods_file({"a": f"<table:table-row>{struck}{ods_cell(6)}</table:table-row>"})
    style = (
        '<style:style style:name="gone" style:family="table-cell">'
        '<style:text-properties style:text-line-through-style="solid"/></style:style>'
    )
    end = "</office:automatic-styles>"
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file.content)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).decode().replace(end, style + end))
    sheet = read_workbook(SpreadsheetFile("表.ods", stream.getvalue())).sheets[0]
    assert sheet.doubts == {(1, 1): CellDoubt.STRUCK}
