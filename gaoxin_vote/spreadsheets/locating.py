"""Which sheets of a workbook hold such a table, and what is to be said of the others?"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial

from gaoxin_vote.spreadsheets.cells import text_of
from gaoxin_vote.spreadsheets.layout import Layout, heading_key, other_meaning
from gaoxin_vote.spreadsheets.naming import UnitNames
from gaoxin_vote.spreadsheets.problems import Findings, Level, Problem, Spot, rows_in_words
from gaoxin_vote.spreadsheets.reading.columns import column_letters
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


CHOICES = "_选项"
"""Name of the hidden sheet with the units and words of the drop-down lists of our own templates."""

Otherwise = Callable[[Worksheet, Findings], Iterator[Line] | None]
"""What gives the rows of a sheet that has another form of table; None for a sheet that is none."""


def no_lines(sheet: Worksheet, findings: Findings) -> None:
    """No table of another form: what `otherwise` is where a kind has one form only."""


def rows_of(
    workbook: Workbook,
    layout: Layout,
    findings: Findings,
    names: UnitNames | None = None,
    otherwise: Otherwise = no_lines,
) -> Iterator[Line]:
    """The rows of every table of this kind in a workbook; what is wrong with tables goes to `findings`.

    With `names`, a sheet that is named like a unit needs no column of units. `otherwise` reads a sheet that
    has another form of table.
    """
    note_workbook(workbook, findings)
    found = locate(workbook, layout, findings, names, otherwise)
    note_hidden_sheets(workbook, layout, findings, names, otherwise)
    any_row = False
    for sheet, lines in found:
        numbers: set[int] = set()
        columns: set[int] = set()
        for line in lines:
            numbers.add(line.number)
            columns.update(line.heading.places.values())
            yield line
        note_hidden_rows(sheet, sorted(numbers), findings)
        note_hidden_columns(sheet, columns, findings)
        any_row = any_row or bool(numbers)
    if found and not any_row:
        findings.add(Level.WARNING, Problem.NO_ROWS, f"《{layout.title}》中没有内容。")


def locate(
    workbook: Workbook,
    layout: Layout,
    findings: Findings,
    names: UnitNames | None = None,
    otherwise: Otherwise = no_lines,
) -> list[tuple[Worksheet, Iterator[Line]]]:
    """Every sheet that holds such a table, with its rows; what is missing goes to `findings`.

    With `names`, a sheet that is named like a unit needs no column of units. `otherwise` is asked for the
    rows of a sheet that has no such heading row.
    """
    found: list[tuple[Worksheet, Iterator[Line]]] = []
    near: list[tuple[Worksheet, Heading]] = []
    ignored: list[Worksheet] = []
    for sheet in filled_sheets(workbook.sheets):
        heading, is_whole = _heading_of(sheet, layout, names)
        if heading is not None and is_whole:
            note_heading(sheet, heading, layout, findings)
            found.append((sheet, _named_lines(sheet, heading, layout, findings, names)))
        elif (lines := otherwise(sheet, findings)) is not None:
            found.append((sheet, lines))
        elif heading is None:
            ignored.append(sheet)
        else:
            near.append((sheet, heading))
    if found:
        for sheet, heading in near:
            note_incomplete(sheet, heading, layout, findings)
    else:
        for sheet, heading in near:
            note_missing_columns(sheet, heading, layout, findings)
    on_side = [] if found else [sheet for sheet in ignored if _lies_on_its_side(sheet, layout, names)]
    for sheet in on_side:
        note_on_side(sheet, layout, findings)
    if not found and not near and not on_side:
        note_no_table(workbook, layout, findings)
    elif ignored:
        note_ignored([sheet for sheet in ignored if sheet not in on_side], findings)
    return found


def _heading_of(sheet: Worksheet, layout: Layout, names: UnitNames | None) -> tuple[Heading | None, bool]:
    """The heading row of a sheet, or what comes nearest to one, and whether it suffices."""
    unit_known = names is not None and names.called(sheet.name) is not None
    enough = partial(is_table, layout=layout, unit_known=unit_known)
    heading = find_heading(sheet, layout, enough)
    return heading, heading is not None and enough(heading)


def _named_lines(
    sheet: Worksheet, heading: Heading, layout: Layout, findings: Findings, names: UnitNames | None
) -> Iterator[Line]:
    """The rows of a table; afterwards it is said which columns without a heading hold something."""
    titled = {index for index, title in enumerate(sheet.rows[heading.row - 1]) if title != ""}
    untitled: dict[int, int] = {}
    for line in table_lines(sheet, heading, layout, findings, names):
        for index, cell in enumerate(line.cells):
            if cell != "" and index not in titled:
                untitled.setdefault(index, line.number)
        yield line
    for index, number in untitled.items():
        findings.add(
            Level.WARNING,
            Problem.COLUMN_UNKNOWN,
            f"{column_letters(index + 1)}列没有列名，从第{number}行起的内容没有读入。",
            Spot(sheet=sheet.name, row=heading.row, column=index + 1),
        )


def _lies_on_its_side(sheet: Worksheet, layout: Layout, names: UnitNames | None) -> bool:
    """Whether the sheet would be such a table if its rows were its columns."""
    width = max((len(row) for row in sheet.rows[:SEARCHED_ROWS]), default=0)
    if width > 1000 or len(sheet.rows) > 1000:
        return False
    turned = tuple(
        tuple(row[index] if index < len(row) else "" for row in sheet.rows) for index in range(width)
    )
    return _heading_of(replace(sheet, rows=turned), layout, names)[1]


def note_on_side(sheet: Worksheet, layout: Layout, findings: Findings) -> None:
    """Say that a table has its headings down its side."""
    findings.add(
        Level.ERROR,
        Problem.TABLE_ON_SIDE,
        f"《{layout.title}》的列名竖着排在左边，像是行列颠倒了。请转置（行变列、列变行）后再导入。",
        Spot(sheet=sheet.name),
    )


def note_hidden_sheets(
    workbook: Workbook,
    layout: Layout,
    findings: Findings,
    names: UnitNames | None,
    otherwise: Otherwise,
) -> None:
    """Say what stands in hidden sheets, which are not read; a table of this kind there is an error."""
    for sheet in filled_sheets(workbook.hidden_sheets):
        if sheet.name == CHOICES:
            continue
        rows = sum(any(cell != "" for cell in row) for row in sheet.rows)
        is_one = _heading_of(sheet, layout, names)[1] or otherwise(sheet, Findings(findings.file)) is not None
        if is_one:
            level, words = Level.ERROR, f"有《{layout.title}》的列名，请取消隐藏，或者删去这个工作表"
        else:
            level, words = Level.WARNING, "如有需要的内容，请取消隐藏后重新导入"
        findings.add(
            level,
            Problem.HIDDEN_SHEET,
            f"隐藏的工作表“{sheet.name}”（{rows}行）没有读入；{words}。",
            Spot(sheet=sheet.name),
        )


def note_incomplete(sheet: Worksheet, heading: Heading, layout: Layout, findings: Findings) -> None:
    """Say that a sheet beside the table was not read, and what it would need to be one."""
    words = "、".join(f"“{name}”" for name in _missing(heading, layout))
    findings.add(
        Level.WARNING,
        Problem.SHEET_IGNORED,
        f"这个工作表没有读入：缺少列{words}，不是《{layout.title}》。",
        Spot(sheet=sheet.name),
    )


def _missing(heading: Heading, layout: Layout) -> list[str]:
    missing = [
        layout.by_field[field].heading
        for field in layout.fields
        if field in required_fields(layout) and field not in heading.columns
    ]
    if layout.either and not set(layout.either) & heading.columns.keys():
        names = [layout.by_field[field].heading for field in layout.either]
        missing.insert(0, f"{names[-1]}（或{'、'.join(names[:-1])}）")
    if layout.has_units and not UNIT_FIELDS & heading.columns.keys():
        missing.insert(0, "单位名称（或单位代码）")
    return missing


def note_missing_columns(sheet: Worksheet, heading: Heading, layout: Layout, findings: Findings) -> None:
    """Say which required columns the nearest thing to a heading row lacks."""
    missing = _missing(heading, layout)
    words = "、".join(f"“{name}”" for name in missing)
    unlike = [f"“{text}”是{meaning}" for _, text in heading.others if (meaning := other_meaning(text))]
    why = f"（{'，'.join(unlike)}，不能代替）" if unlike else ""
    findings.add(
        Level.ERROR,
        Problem.COLUMN_MISSING,
        f"《{layout.title}》缺少列：{words}{why}。请在表头补上；如果这不是本表，请隐藏或删去这个工作表。",
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


def filled_sheets(sheets: Iterable[Worksheet]) -> list[Worksheet]:
    """The sheets that hold anything, without the instructions of our own templates."""
    return [
        sheet
        for sheet in sheets
        if sheet.name != INSTRUCTIONS and any(cell != "" for row in sheet.rows for cell in row)
    ]


def note_workbook(workbook: Workbook, findings: Findings) -> None:
    """Say what is to be known of the file as a whole: a guessed encoding."""
    findings.sheets = tuple(sheet.name for sheet in workbook.sheets)
    if workbook.guessed_encoding:
        findings.add(
            Level.WARNING,
            Problem.ENCODING_GUESSED,
            f"文件没有注明编码，按{workbook.guessed_encoding}读入，请核对汉字是否正确。",
            value=workbook.guessed_encoding,
        )


def note_heading(sheet: Worksheet, heading: Heading, layout: Layout, findings: Findings) -> None:
    """Say which columns are there twice (an error) and which were not understood."""
    titles = sheet.rows[heading.row - 1]
    for index, field in heading.twice:
        first, second = (text_of(titles[each]) for each in (heading.columns[field], index))
        findings.add(
            Level.ERROR,
            Problem.COLUMN_TWICE,
            f"“{layout.by_field[field].heading}”有两列（“{first}”和“{second}”），无法判断用哪一列。"
            "请删去或改名其中一列。",
            Spot(sheet=sheet.name, row=heading.row, column=index + 1, field=field),
        )
    for index, text in heading.others:
        note_unread_column(sheet, heading, index, text, layout, findings)


def note_unread_column(
    sheet: Worksheet, heading: Heading, index: int, text: str, layout: Layout, findings: Findings
) -> None:
    """Say that a column was not read, and why."""
    column = layout.by_name.get(heading_key(text))
    meaning = other_meaning(text) if any(each.decides for each in layout.columns) else ""
    if column is not None and column.field in heading.columns:
        chosen = text_of(sheet.rows[heading.row - 1][heading.columns[column.field]])
        words = f"“{text}”与“{chosen}”像是同一列，已按“{chosen}”读入，“{text}”这一列没有读入。"
    elif meaning:
        words = f"“{text}”这一列是{meaning}，没有读入。"
    else:
        words = f"不认识列名“{text}”，这一列没有读入。"
    hidden = "（隐藏列）" if index + 1 in sheet.hidden_columns else ""
    findings.add(
        Level.WARNING,
        Problem.COLUMN_UNKNOWN,
        f"{words.removesuffix('。')}{hidden}。",
        Spot(sheet=sheet.name, row=heading.row, column=index + 1),
        value=text,
    )


def note_hidden_columns(sheet: Worksheet, columns: Iterable[int], findings: Findings) -> None:
    """Say which columns of the table are hidden: they were read like the others."""
    hidden = sorted({index + 1 for index in columns} & sheet.hidden_columns)
    if hidden:
        words = "、".join(map(column_letters, hidden))
        findings.add(
            Level.WARNING,
            Problem.HIDDEN_COLUMNS,
            f"{words}列是隐藏列，也已读入。不需要的请删除后重新导入。",
            Spot(sheet=sheet.name, column=hidden[0]),
            value=words,
        )


def note_hidden_rows(sheet: Worksheet, numbers: list[int], findings: Findings) -> None:
    """Say which rows of the table are hidden: they were read like the others."""
    hidden = [number for number in numbers if number in sheet.hidden_rows]
    if hidden:
        many = f"，共{len(hidden)}行" if len(hidden) > 1 else ""
        findings.add(
            Level.WARNING,
            Problem.HIDDEN_ROWS,
            f"{rows_in_words(hidden)}是隐藏行{many}，也已读入。不需要的请删除后重新导入。",
            Spot(sheet=sheet.name, row=hidden[0]),
            value="、".join(map(str, hidden)),
        )
