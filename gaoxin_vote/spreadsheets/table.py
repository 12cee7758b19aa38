"""Which rows of a workbook are the table, and which cell belongs to which column?"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from gaoxin_vote.spreadsheets.cells import normal, text_of
from gaoxin_vote.spreadsheets.layout import Layout, heading_key
from gaoxin_vote.spreadsheets.naming import UnitNames
from gaoxin_vote.spreadsheets.problems import Findings, Level, Problem
from gaoxin_vote.spreadsheets.reading import Content, Sheet, Workbook

INSTRUCTIONS = "填写说明"
"""Name of the instruction sheet of our own templates; never a table."""

UNIT_FIELDS = frozenset({"unit_code", "unit_name"})
_SEARCHED_ROWS = 60
_SERIAL = frozenset({"序号", "编号", "no", "no.", "排序"})
_TOTAL = re.compile(r"(?:本页|全部)?(?:合计|总计|小计|共计|总合计|平均分?|平均值|汇总)(?:[:：(（\d].*)?")
_SIGNED = re.compile(
    r"(?:制表|填表|填报|填写|审核|复核|审批|审定|经办|统计|主管|分管|校对|签发|联系|报送|领导|盖章|签字|签名|签章|日期|电话"
    r"|单位负责人|负责人|考核办|考核组|领导小组|组长|总监票人|监票人|计票人|唱票人|填报说明|填表说明|说明|备注|注)"
    r"(?:人|单位|部门|日期|时间|签字|签名|签章|盖章|\d)*(?:[:：(（].*|$)"
)
_NEEDS_COLON = frozenset(
    {"组长", "负责人", "单位负责人", "考核办", "考核组", "领导小组", "领导", "统计", "主管", "分管"}
)
_SUBHEADING = re.compile(r"(?:[一二三四五六七八九十]+[、.．]|[(（][一二三四五六七八九十]+[)）]).*")


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading row of a sheet."""

    row: int
    """Its number, from 1."""
    columns: dict[str, int]
    """Index (from 0) of the column of each field that is there."""
    others: tuple[tuple[int, str], ...]
    """Index and text of the headings that belong to no field."""
    twice: tuple[tuple[int, str], ...]
    """Index and field of columns that are there a second time."""
    places: dict[str, int]
    """Index of the column in which a fault of each field is to be looked for: `columns` for a long table."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table."""

    sheet: Sheet
    heading: Heading
    number: int
    cells: tuple[Content, ...]

    def cell(self, field: str) -> Content:
        """What stands in the column of `field`; empty where the row or the table ends before it."""
        index = self.heading.columns.get(field)
        return "" if index is None or index >= len(self.cells) else self.cells[index]


def find_heading(sheet: Sheet, layout: Layout, enough: Callable[[Heading], bool]) -> Heading | None:
    """The first row whose headings suffice, below whatever titles; else the row that comes nearest.

    A row counts as near with at least two known headings that are at least half of what it holds.
    """
    best: Heading | None = None
    for number, cells in enumerate(sheet.rows[:_SEARCHED_ROWS], 1):
        heading = _heading(number, cells, layout)
        known = len(heading.columns)
        if enough(heading):
            return heading
        near = known >= 2 and known >= len(heading.others)
        if near and (best is None or known > len(best.columns)):
            best = heading
    return best


def _heading(number: int, cells: tuple[Content, ...], layout: Layout) -> Heading:
    columns: dict[str, int] = {}
    others: list[tuple[int, str]] = []
    twice: list[tuple[int, str]] = []
    for index, content in enumerate(cells):
        if content == "":
            continue
        text = text_of(content)
        key = heading_key(text)
        column = layout.by_name.get(key)
        if column is None:
            if key not in _SERIAL:
                others.append((index, text))
        elif column.field in columns:
            twice.append((index, column.field))
        else:
            columns[column.field] = index
    return Heading(number, columns, tuple(others), tuple(twice), columns)


def required_fields(layout: Layout) -> frozenset[str]:
    """The fields without which a sheet is not such a table (of a unit's code and name, either will do)."""
    return frozenset(column.field for column in layout.columns if column.required)


def is_table(heading: Heading, layout: Layout, *, unit_known: bool = False) -> bool:
    """Whether a row has every required heading, and a unit's code or name where rows have units.

    `unit_known` says that the sheet's name already tells the unit.
    """
    fields = heading.columns.keys()
    return required_fields(layout) <= fields and (
        unit_known or not layout.has_units or bool(UNIT_FIELDS & fields)
    )


def table_lines(sheet: Sheet, heading: Heading, layout: Layout, findings: Findings) -> Iterator[Line]:
    """The rows of the table below `heading`, without totals, subheadings, repeated headings and signatures.

    Below a line of signatures nothing belongs to the table; a row there that looks like one of the table
    is an error, since it would be lost.
    """
    required = required_fields(layout)
    titles = sheet.rows[heading.row - 1]
    signed = 0
    for number, cells in enumerate(sheet.rows[heading.row :], heading.row + 1):
        first = next((cell for cell in cells if cell != ""), "")
        if first == "":
            continue
        kind = _furniture(first) if isinstance(first, str) else ""
        if kind == "signature":
            signed = signed or number
        if kind in ("signature", "total") or cells == titles:
            continue
        if kind == "subheading" and sum(cell != "" for cell in cells) == 1:
            continue
        line = Line(sheet, heading, number, cells)
        if not signed:
            yield line
        elif required and all(line.cell(field) != "" for field in required):
            findings.add(
                Level.ERROR,
                Problem.ROWS_BELOW_SIGNATURE,
                f"第{signed}行是签字或说明，它下面的这一行像是表中的内容。请移到签字行以上，或者删去。",
                sheet=sheet.name,
                row=number,
            )


_MAY_BE_FURNITURE = frozenset(
    "本全合总小共平汇制填审复经统主分校签联报领盖日电单负考组监计唱说备注一二三四五六七八九十(（"
)


def _furniture(text: str) -> str:
    """What a row that begins with `text` is, if it is no row of the table."""
    if text[:1] not in _MAY_BE_FURNITURE:
        return ""
    plain = "".join(normal(text).split())
    if _TOTAL.fullmatch(plain):
        return "total"
    if _SIGNED.fullmatch(plain) and plain not in _NEEDS_COLON:
        return "signature"
    return "subheading" if _SUBHEADING.fullmatch(plain) else ""


def no_lines(sheet: Sheet) -> None:
    """There is no other form of table."""


def locate(
    workbook: Workbook,
    layout: Layout,
    findings: Findings,
    names: UnitNames | None = None,
    otherwise: Callable[[Sheet], Iterator[Line] | None] = no_lines,
) -> list[tuple[Sheet, Iterator[Line]]]:
    """Every sheet that holds such a table, with its rows; what is missing goes to `findings`.

    With `names`, a sheet that is named like a unit needs no column of units. `otherwise` is asked for the
    rows of a sheet that has no such heading row.
    """
    found: list[tuple[Sheet, Iterator[Line]]] = []
    near: list[tuple[Sheet, Heading]] = []
    ignored: list[Sheet] = []
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


def note_missing_columns(sheet: Sheet, heading: Heading, layout: Layout, findings: Findings) -> None:
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
        sheet=sheet.name,
        row=heading.row,
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
        f"没有找到《{layout.title}》的表头。前{_SEARCHED_ROWS}行中应有一行列名：{wanted}。",
    )


def note_ignored(ignored: list[Sheet], findings: Findings) -> None:
    """Say which sheets were passed over."""
    for sheet in ignored:
        findings.add(
            Level.WARNING, Problem.SHEET_IGNORED, "这个工作表没有本表的表头，没有读入。", sheet=sheet.name
        )


def filled_sheets(workbook: Workbook) -> list[Sheet]:
    """The sheets that hold anything, without the instructions of our own templates."""
    return [
        sheet
        for sheet in workbook.sheets
        if sheet.name != INSTRUCTIONS and any(cell != "" for row in sheet.rows for cell in row)
    ]


def note_workbook(workbook: Workbook, findings: Findings) -> None:
    """Say what is to be known of the file as a whole: hidden sheets, a guessed encoding."""
    for name in workbook.hidden_sheets:
        if name.startswith("_"):
            continue
        findings.add(Level.OK, Problem.HIDDEN_SHEET, "隐藏的工作表没有读入。", sheet=name)
    if workbook.guessed_encoding:
        findings.add(
            Level.OK,
            Problem.ENCODING_GUESSED,
            f"文件没有注明编码，按{workbook.guessed_encoding}读入，请核对汉字是否正确。",
            value=workbook.guessed_encoding,
        )


def note_heading(sheet: Sheet, heading: Heading, layout: Layout, findings: Findings) -> None:
    """Say which columns are there twice (an error) and which were not understood."""
    for index, field in heading.twice:
        findings.add(
            Level.ERROR,
            Problem.COLUMN_TWICE,
            f"“{layout.by_field[field].heading}”有两列，无法判断用哪一列。请删去或改名其中一列。",
            sheet=sheet.name,
            row=heading.row,
            column=index + 1,
            field=field,
        )
    for index, text in heading.others:
        findings.add(
            Level.OK,
            Problem.COLUMN_UNKNOWN,
            f"不认识列名“{text}”，这一列没有读入。",
            sheet=sheet.name,
            row=heading.row,
            column=index + 1,
            value=text,
        )


def note_hidden_rows(sheet: Sheet, numbers: list[int], findings: Findings) -> None:
    """Say which rows of the table are hidden: they were read like the others."""
    hidden = [number for number in numbers if number in sheet.hidden_rows]
    if hidden:
        words = "、".join(map(str, hidden[:20])) + (f"等{len(hidden)}行" if len(hidden) > 20 else "")
        findings.add(
            Level.WARNING,
            Problem.HIDDEN_ROWS,
            f"第{words}行是隐藏行，也已读入。不需要的请删除后重新导入。",
            sheet=sheet.name,
            row=hidden[0],
            value="、".join(map(str, hidden)),
        )
