"""How does a worksheet of ours look on paper, and how is it gone on with in a spreadsheet program?"""

from collections.abc import Sequence
from typing import Any

from gaoxin_vote.spreadsheets.layout import Column, Format
from gaoxin_vote.spreadsheets.reading.columns import column_letters

FACE = "宋体"
"""The face of all cells; spreadsheet programs have it, or put their own Chinese face in its place."""
_HEAD_FACE = "黑体"
_A4 = 9
_LINE = "7F8A97"
_CENTRED = frozenset({Format.DATE, Format.WORD, Format.UNIT_CODE, Format.WHOLE})


def set_for_paper(sheet: Any, columns: Sequence[Column], last: int) -> None:
    """A4 across, as wide as the page, headings and page numbers on every page, and a frame around every cell.

    The title stands in row 1, the headings in row 2, the table ends with row `last`.
    """
    from openpyxl.styles import Alignment, Border, Font, Side

    side = Side("thin", color=_LINE)
    frame, face, head_face = Border(side, side, side, side), Font(FACE, 11), Font(_HEAD_FACE, 11)
    sheet.cell(1, 1).font = Font(_HEAD_FACE, 16)
    sheet.row_dimensions[1].height = 30
    for index, column in enumerate(columns, 1):
        across = "right" if column.format is Format.NUMBER else None
        across = "center" if column.format in _CENTRED else across
        alignment = Alignment(across, "center", wrap_text=True)
        sheet.cell(2, index).font, sheet.cell(2, index).border = head_face, frame
        for number in range(3, last + 1):
            cell = sheet.cell(number, index)
            cell.font, cell.border, cell.alignment = face, frame, alignment
    page = sheet.page_setup
    page.orientation, page.paperSize, page.fitToWidth, page.fitToHeight = "landscape", _A4, 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:2"
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left = margins.right = 0.5
    margins.top, margins.bottom, margins.header, margins.footer = 0.6, 0.7, 0.3, 0.35
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"


def make_sortable(sheet: Any, columns: Sequence[Column], last: int) -> None:
    """Make the headings in row 2 and the rows up to `last` a table of the spreadsheet program.

    A row that is typed below becomes part of it, with its frame; every heading has its filter.
    """
    from openpyxl.worksheet.table import Table, TableStyleInfo

    # A table has a row at least, if only an empty one.
    table = Table(displayName="数据", ref=f"A2:{column_letters(len(columns))}{max(last, 3)}")
    table.tableStyleInfo = TableStyleInfo("TableStyleLight15", showRowStripes=False)
    sheet.add_table(table)
