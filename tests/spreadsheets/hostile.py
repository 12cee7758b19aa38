"""Workbooks that kill whoever reads them without looking first; nothing heavy, for a process imports it."""

import io
import re
import zipfile
from pathlib import Path

FAR_CELLS = (
    "<c r='XFD1048576'><v>1</v></c>",
    '<c r = "XFD1048576" ><v>1</v></c>',
    '<c r="xfd1048576"><v>1</v></c>',
    '<c s="0" x=">" r="XFD1048576"><v>1</v></c>',
    '<c r="XFD1048575"><v>1</v></c><c><v>1</v></c>',
)
"""A cell at the end of the world: the fast reader sets up every cell before it, 17,000,000,000."""


def with_far_cell(folder: Path, cell: str) -> Path:
    """A workbook of a few kilobytes with one of these cells."""
    from tests.spreadsheets.workbooks import xlsx_file

    data = f'<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576">{cell}</row>'.encode()
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx_file([["x"]]).content)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                content = re.sub(rb"<sheetData>.*?(?=</sheetData>)", data, content)
            new.writestr(name, content)
    path = folder / f"{FAR_CELLS.index(cell)}.xlsx"
    path.write_bytes(stream.getvalue())
    return path


def read_unguarded(path: Path) -> int:
    """The rows of the first sheet, read as if nothing could be wrong: kills its process."""
    from python_calamine import CalamineWorkbook

    return len(CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python(skip_empty_area=False))
