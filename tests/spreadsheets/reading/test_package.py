"""An xlsx package is read by its relations, whatever its parts are called."""

import io
import re
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from gaoxin_vote.errors import Refused
from gaoxin_vote.spreadsheets.reading.markup import CellDoubt, CellFault
from gaoxin_vote.spreadsheets.reading.package import _thinned
from gaoxin_vote.spreadsheets.reading.spreadsheet import SpreadsheetFile, Worksheet, read_workbook
from tests.spreadsheets.workbooks import xlsx_file

FIELD = Path(__file__).parents[2] / "data" / "field"


def touched(file: SpreadsheetFile, change: Callable[[str, bytes], tuple[str, bytes]]) -> SpreadsheetFile:
    """The same package with its parts changed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file.content)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            other, content = change(name, old.read(name))
            new.writestr(other, content)
    return SpreadsheetFile(file.name, stream.getvalue())


def with_sheet(data: str, rest: str = "", start: str = "", workbook: str = "<calcPr/>") -> Worksheet:
    """The sheet of a small book whose sheetData is `data`."""

    def change(name: str, content: bytes) -> tuple[str, bytes]:
        if name == "xl/worksheets/sheet1.xml":
            text = content.decode()
            text = re.sub(
                r"<sheetData.*?(?:/>|</sheetData>)", f"{start}<sheetData>{data}</sheetData>{rest}", text
            )
            return name, text.encode()
        if name == "xl/workbook.xml":
            return name, re.sub(rb"<calcPr[^>]*/>", workbook.encode(), content)
        return name, content

    return read_workbook(touched(xlsx_file([["x"]]), change)).sheets[0]


def percent_book() -> SpreadsheetFile:
    def touch(book: Any, sheet: Any) -> None:
        sheet["A1"].number_format = "0%"
        sheet.row_dimensions[2].hidden = True
        sheet["A2"] = "#DIV/0!"

    return xlsx_file([[0.95], [1]], touch)


SPELLINGS: dict[str, Callable[[str, bytes], tuple[str, bytes]]] = {
    "capitals of the styles": lambda name, content: (name.replace("styles", "Styles"), content),
    "capitals of the sheet": lambda name, content: (name.replace("sheet1", "Sheet1"), content),
    "capitals everywhere": lambda name, content: (name.upper(), content),
    "backslashes": lambda name, content: (name.replace("/", "\\"), content),
    "another folder": lambda name, content: (
        name.replace("xl/worksheets", "xl/tables"),
        content.replace(b"/xl/worksheets/", b"/xl/tables/"),
    ),
    "another name": lambda name, content: (
        name.replace("xl/styles.xml", "xl/look.xml"),
        content.replace(b"styles.xml", b"look.xml"),
    ),
    "another workbook": lambda name, content: (
        name.replace("workbook.xml", "book.xml"),
        content.replace(b"xl/workbook.xml", b"xl/book.xml"),
    ),
}


@pytest.mark.parametrize("change", SPELLINGS.values(), ids=SPELLINGS)
def test_nothing_is_lost_whatever_the_parts_are_called(
    change: Callable[[str, bytes], tuple[str, bytes]],
) -> None:
    sheet = read_workbook(touched(percent_book(), change)).sheets[0]
    assert sheet.rows == (("95%",), (CellFault.ERROR,))
    assert sheet.hidden_rows == {2}


@pytest.mark.parametrize("folder", ["", "backslash", "sheet_name"])
def test_the_odd_packages_of_the_field(folder: str) -> None:
    path = FIELD / "percent-lost-in-odd-packages" / folder / "indicators.xlsx"
    assert read_workbook(SpreadsheetFile.at(path)).sheets[0].rows[4][5] == "95%"


def test_a_binary_workbook_is_refused_since_nobody_asks_for_its_formats() -> None:
    path = FIELD / "percent-lost-in-odd-packages" / "xlsb" / "indicators.xlsx"
    with pytest.raises(Refused, match="xlsb"):
        read_workbook(SpreadsheetFile.at(path))


@pytest.mark.parametrize(
    "change",
    [
        lambda name, content: (name.replace("xl/styles.xml", "xl/gone.xml"), content),
        lambda name, content: (name.replace("sheet1.xml", "sheet9.xml"), content),
    ],
    ids=["styles", "sheet"],
)
def test_a_part_that_is_not_there_is_damage(change: Callable[[str, bytes], tuple[str, bytes]]) -> None:
    with pytest.raises(Refused, match="已损坏"):
        read_workbook(touched(percent_book(), change))


def test_two_parts_of_one_name_are_damage() -> None:
    file = percent_book()
    stream = io.BytesIO(file.content)
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("xl/STYLES.xml", "<styleSheet/>")
    with pytest.raises(Refused, match="已损坏"):
        read_workbook(SpreadsheetFile(file.name, stream.getvalue()))


@pytest.mark.parametrize(
    "calculation",
    ['<calcPr fullCalcOnLoad="1"/>', '<calcPr fullCalcOnLoad="true"/>', '<calcPr calcCompleted="0"/>'],
)
def test_a_workbook_that_must_be_recalculated_has_no_results(calculation: str) -> None:
    rows = '<row r="1"><c r="A1"><f>37-1</f><v>0</v></c><c r="B1"><v>5</v></c></row>'
    array = '<row r="2"><c r="A2"><f t="array" ref="A2:B2">X</f><v>3</v></c><c r="B2"><v>4</v></c></row>'
    sheet = with_sheet(rows + array, workbook=calculation)
    assert sheet.rows == (
        (CellFault.UNCALCULATED, Decimal(5)),
        (CellFault.UNCALCULATED, CellFault.UNCALCULATED),
    )
    assert with_sheet(rows).rows[0] == (Decimal(0), Decimal(5))


def test_the_workbook_of_the_field_was_never_calculated() -> None:
    path = FIELD / "formula-never-calculated-zero" / "indicators.xlsx"
    assert read_workbook(SpreadsheetFile.at(path)).sheets[0].rows[1][5] is CellFault.UNCALCULATED


def test_a_zero_of_a_formula_is_doubtful() -> None:
    sheet = with_sheet('<row r="1"><c r="A1"><f>Z9</f><v>0</v></c><c r="B1"><v>0</v></c></row>')
    assert sheet.rows[0] == (Decimal(0), Decimal(0))
    assert sheet.doubts == {(1, 1): CellDoubt.FORMULA_ZERO}


def test_a_zero_that_looks_empty_is_doubtful() -> None:
    view = '<sheetViews><sheetView workbookViewId="0" showZeros="0"/></sheetViews>'
    assert with_sheet('<row r="1"><c r="A1"><v>0</v></c></row>', start=view).doubts == {
        (1, 1): CellDoubt.HIDDEN_ZERO
    }

    def touch(book: Any, sheet: Any) -> None:
        sheet["A1"].number_format = "0;-0;;@"

    assert read_workbook(xlsx_file([[0]], touch)).sheets[0].doubts == {(1, 1): CellDoubt.HIDDEN_ZERO}


def test_a_percent_sign_that_is_only_text() -> None:
    def touch(book: Any, sheet: Any) -> None:
        sheet["A1"].number_format = '0"%"'
        sheet["B1"].number_format = "0\\%"

    assert read_workbook(xlsx_file([[95, 95]], touch)).sheets[0].rows[0] == ("95%", "95%")


def test_what_is_struck_through_is_told() -> None:
    def touch(book: Any, sheet: Any) -> None:
        sheet["A1"].font = Font(strike=True)
        struck = InlineFont(strike=True)
        sheet["B1"] = CellRichText(TextBlock(struck, "3"), "5")
        sheet["C1"] = CellRichText(TextBlock(struck, "全部"))

    sheet = read_workbook(xlsx_file([[8, "", "", 7]], touch)).sheets[0]
    assert sheet.doubts == {
        (1, 1): CellDoubt.STRUCK,
        (1, 2): CellDoubt.PARTLY_STRUCK,
        (1, 3): CellDoubt.STRUCK,
    }


def test_hidden_columns_are_told() -> None:
    def touch(book: Any, sheet: Any) -> None:
        sheet.column_dimensions["B"].hidden = True

    assert read_workbook(xlsx_file([[1, 2, 3]], touch)).sheets[0].hidden_columns == {2}
    assert with_sheet(
        "", start='<cols><col min="3" max="4" width="0" customWidth="1"/></cols>'
    ).hidden_columns == {
        3,
        4,
    }


def test_empty_cells_are_left_out_and_nothing_moves() -> None:
    empty = "".join(f'<row r="{row}"><c r="A{row}" s="0"/><c r="B{row}"></c></row>' for row in range(5, 4000))
    data = f'<row r="1"><c r="A1" s="0"/><c s="0" r="C1"><v>5</v></c></row><row r="3"/>{empty}'
    sheet = with_sheet(data)
    assert [list(row) for row in sheet.rows] == [["", "", Decimal(5)]]
    implied = '<row><c s="0"/><c/><c><v>5</v></c></row><row/><row><c><v>6</v></c></row>'
    assert [list(row)[:3] for row in with_sheet(implied).rows] == [
        ["", "", Decimal(5)],
        ["", "", ""],
        [Decimal(6), "", ""],
    ]


@pytest.mark.parametrize(
    "cell",
    [
        "<c r='XFD1048576'><v>1</v></c>",
        '<c r = "XFD1048576" ><v>1</v></c>',
        '<c r="xfd1048576"><v>1</v></c>',
        '<c s="0" x=">" r="XFD1048576"><v>1</v></c>',
        '<c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c>',
    ],
)
def test_a_far_cell_is_seen_however_it_is_spelled(cell: str) -> None:
    with pytest.raises(Refused, match="第1048576行第16384列"):
        with_sheet(f'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576">{cell}</row>')


def test_a_sheet_of_formatted_empty_rows_is_thinned_before_it_is_parsed() -> None:
    rows = "".join(
        f'<row r="{row}" spans="1:7">'
        + "".join(f'<c r="{letter}{row}" s="0"/>' for letter in "ABCDEFG")
        + "</row>"
        for row in range(2, 60_000)
    )
    content = f'<sheetData><row r="1"><c r="A1"><v>5</v></c></row>{rows}</sheetData>'.encode()
    less, thinned = _thinned(io.BytesIO(content))
    assert thinned and len(less) < 2_000
    assert b"<v>5</v>" in less
    commented = content.replace(b"<sheetData>", b"<!-- <c/> --><sheetData>")
    assert _thinned(io.BytesIO(commented)) == (commented, False)
