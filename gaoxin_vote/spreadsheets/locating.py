"""Which sheets of a workbook hold such a table, and what is to be said of the others?"""

from collections.abc import Callable, Iterator
from functools import partial

from gaoxin_vote.spreadsheets.layout import Layout
from gaoxin_vote.spreadsheets.naming import UnitNames
from gaoxin_vote.spreadsheets.problems import Findings, Level, Problem, Spot
from gaoxin_vote.spreadsheets.reading.spreadsheet import Workbook, Worksheet
from gaoxin_vote.spreadsheets.table import (
    SEARCHED_ROWS,
    UNIT_FIELDS,
    Heading,
    Line,
    find_heading,
    is_table,
    required_fields,
    table_lines,
)

INSTRUCTIONS = "填写说明"
"""Name of the instruction sheet of our own templates; never a table."""


def no_lines(sheet: Worksheet) -> None:
    """No table of another form: what `otherwise` is where a kind has one form only."""


def rows_of(
    workbook: Workbook,
    layout: Layout,
    findings: Findings,
    names: UnitNames | None = None,
    otherwise: Callable[[Worksheet], Iterator[Line] | None] = no_lines,
) -> Iterator[Line]:
    """The rows of every table of this kind in a workbook; what is wrong with tables goes to `findings`.

    With `names`, a sheet that is named like a unit needs no column of units. `otherwise` reads a sheet that
    has another form of table.
    """
    note_workbook(workbook, findings)
    found = locate(workbook, layout, findings, names, otherwise)
    any_row = False
    for sheet, lines in found:
        numbers = []
        for line in lines:
            numbers.append(line.number)
            yield line
        note_hidden_rows(sheet, numbers, findings)
        any_row = any_row or bool(numbers)
    if found and not any_row:
        findings.add(Level.OK, Problem.NO_ROWS, f"《{layout.title}》中没有内容。")


def locate(
    workbook: Workbook,
    layout: Layout,
    findings: Findings,
    names: UnitNames | None = None,
    otherwise: Callable[[Worksheet], Iterator[Line] | None] = no_lines,
) -> list[tuple[Worksheet, Iterator[Line]]]:
    """Every sheet that holds such a table, with its rows; what is missing goes to `findings`.

    With `names`, a sheet that is named like a unit needs no column of units. `otherwise` is asked for the
    rows of a sheet that has no such heading row.
    """
    found: list[tuple[Worksheet, Iterator[Line]]] = []
    near: list[tuple[Worksheet, Heading]] = []
    ignored: list[Worksheet] = []
    for sheet in filled_sheets(workbook):
        unit_known = names is not None and names.called(sheet.name) is not None
        enough = partial(is_table, layout=layout, unit_known=unit_known)
        heading = find_heading(sheet, layout, enough)
        if heading is not None and enough(heading):
            note_heading(sheet, heading, layout, findings)
            found.append((sheet, table_lines(sheet, heading, layout, findings)))
        elif (lines := otherwise(sheet)) is not None:
            found.append((sheet, lines))
        elif heading is None:
            ignored.append(sheet)
        else:
            near.append((sheet, heading))
    for sheet, heading in near:
        note_missing_columns(sheet, heading, layout, findings)
    if not found and not near:
        note_no_table(workbook, layout, findings)
    elif ignored:
        note_ignored(ignored, findings)
    return found


def note_missing_columns(sheet: Worksheet, heading: Heading, layout: Layout, findings: Findings) -> None:
    """Say which required columns the nearest thing to a heading row lacks."""
    missing = [
        layout.by_field[field].heading
        for field in layout.fields
        if field in required_fields(layout) and field not in heading.columns
    ]
    if layout.has_units and not UNIT_FIELDS & heading.columns.keys():
        missing.insert(0, "单位名称（或单位代码）")
    words = "、".join(f"“{name}”" for name in missing)
    findings.add(
        Level.ERROR,
        Problem.COLUMN_MISSING,
        f"《{layout.title}》缺少列：{words}。请在表头补上。",
        Spot(sheet=sheet.name, row=heading.row),
        value="、".join(missing),
    )


def note_no_table(workbook: Workbook, layout: Layout, findings: Findings) -> None:
    """Say that no sheet has a heading row of this kind."""
    wanted = "、".join(
        f"“{column.heading}”" for column in layout.columns if column.required or column.field == "unit_name"
    )
    findings.add(
        Level.ERROR,
        Problem.TABLE_NOT_FOUND,
        f"没有找到《{layout.title}》的表头。前{SEARCHED_ROWS}行中应有一行列名：{wanted}。",
    )


def note_ignored(ignored: list[Worksheet], findings: Findings) -> None:
    """Say which sheets were passed over."""
    for sheet in ignored:
        findings.add(
            Level.WARNING,
            Problem.SHEET_IGNORED,
            "这个工作表没有本表的表头，没有读入。",
            Spot(sheet=sheet.name),
        )


def filled_sheets(workbook: Workbook) -> list[Worksheet]:
    """The sheets that hold anything, without the instructions of our own templates."""
    return [
        sheet
        for sheet in workbook.sheets
        if sheet.name != INSTRUCTIONS and any(cell != "" for row in sheet.rows for cell in row)
    ]


def note_workbook(workbook: Workbook, findings: Findings) -> None:
    """Say what is to be known of the file as a whole: hidden sheets, a guessed encoding."""
    findings.sheets = tuple(sheet.name for sheet in workbook.sheets)
    for name in (sheet.name for sheet in workbook.hidden_sheets):
        if name.startswith("_"):
            continue
        findings.add(Level.OK, Problem.HIDDEN_SHEET, "隐藏的工作表没有读入。", Spot(sheet=name))
    if workbook.guessed_encoding:
        findings.add(
            Level.OK,
            Problem.ENCODING_GUESSED,
            f"文件没有注明编码，按{workbook.guessed_encoding}读入，请核对汉字是否正确。",
            value=workbook.guessed_encoding,
        )


def note_heading(sheet: Worksheet, heading: Heading, layout: Layout, findings: Findings) -> None:
    """Say which columns are there twice (an error) and which were not understood."""
    for index, field in heading.twice:
        findings.add(
            Level.ERROR,
            Problem.COLUMN_TWICE,
            f"“{layout.by_field[field].heading}”有两列，无法判断用哪一列。请删去或改名其中一列。",
            Spot(sheet=sheet.name, row=heading.row, column=index + 1, field=field),
        )
    for index, text in heading.others:
        findings.add(
            Level.OK,
            Problem.COLUMN_UNKNOWN,
            f"不认识列名“{text}”，这一列没有读入。",
            Spot(sheet=sheet.name, row=heading.row, column=index + 1),
            value=text,
        )


def note_hidden_rows(sheet: Worksheet, numbers: list[int], findings: Findings) -> None:
    """Say which rows of the table are hidden: they were read like the others."""
    hidden = [number for number in numbers if number in sheet.hidden_rows]
    if hidden:
        words = "、".join(map(str, hidden[:20])) + (f"等{len(hidden)}行" if len(hidden) > 20 else "")
        findings.add(
            Level.WARNING,
            Problem.HIDDEN_ROWS,
            f"第{words}行是隐藏行，也已读入。不需要的请删除后重新导入。",
            Spot(sheet=sheet.name, row=hidden[0]),
            value="、".join(map(str, hidden)),
        )
