"""Which rows of a workbook are the table, and which cell belongs to which column?"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from gaoxin_vote.spreadsheets.cells import normal, text_of
from gaoxin_vote.spreadsheets.layout import Column, Layout, heading_key, other_meaning
from gaoxin_vote.spreadsheets.naming import UnitNames
from gaoxin_vote.spreadsheets.problems import Findings, Level, Problem, Spot
from gaoxin_vote.spreadsheets.reading.spreadsheet import Content, Worksheet

UNIT_FIELDS = frozenset({"unit_code", "unit_name"})
SEARCHED_ROWS = 60
_APPENDED = re.compile(r"[(（\[【][^)）\]】]*[)）\]】]|[-—_ ]*[\d一二三四五]+$")
"""What tells one such column from another: a remark in brackets, a number at the end."""
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

    sheet: Worksheet
    heading: Heading
    number: int
    cells: tuple[Content, ...]
    values: dict[str, Content]
    """What stands in the column of each field that the table has; empty where the row ends before it."""


def find_heading(sheet: Worksheet, layout: Layout, enough: Callable[[Heading], bool]) -> Heading | None:
    """The first row whose headings suffice, below whatever titles; else the row that comes nearest.

    A row counts as near with at least two known headings that are at least half of what it holds.
    """
    best: Heading | None = None
    for number, cells in enumerate(sheet.rows[:SEARCHED_ROWS], 1):
        heading = _heading(number, cells, layout)
        known = len(heading.columns)
        if enough(heading):
            return heading
        near = known >= 2 and known >= len(heading.others)
        if near and (best is None or known > len(best.columns)):
            best = heading
    return best


def _heading(number: int, cells: tuple[Content, ...], layout: Layout) -> Heading:
    """What a row is as a heading row.

    Of a column's own name and a synonym, the own name is the column; but where the column decides, neither is
    taken silently.
    """
    columns: dict[str, int] = {}
    others: list[tuple[int, str]] = []
    twice: list[tuple[int, str]] = []
    own: set[str] = set()
    for index, content in enumerate(cells):
        if content == "":
            continue
        text = text_of(content)
        key = heading_key(text)
        column = layout.by_name.get(key)
        is_own = key in layout.own_names
        if column is None:
            if key not in _SERIAL:
                others.append((index, text))
            continue
        field = column.field
        if field not in columns:
            columns[field] = index
        elif column.decides or is_own == (field in own):
            twice.append((index, field))
        elif is_own:
            others.append((columns[field], text_of(cells[columns[field]])))
            columns[field] = index
        else:
            others.append((index, text))
        if is_own:
            own.add(field)
    twice += [
        (index, column.field)
        for index, text in others
        for column in layout.columns
        if column.field in columns and _is_rival(column, text)
    ]
    doubled = {index for index, _ in twice}
    unread = tuple(sorted((index, text) for index, text in others if index not in doubled))
    return Heading(number, columns, unread, tuple(sorted(twice)), columns)


def _is_rival(column: Column, text: str) -> bool:
    """Whether an unknown heading could as well be the column, and does not say that it is something else."""
    spellings = (heading_key(text), heading_key(_APPENDED.sub("", text)))
    rivals = column.rivals and any(re.search(column.rivals, spelling) for spelling in spellings)
    return bool(rivals) and not other_meaning(text)


def required_fields(layout: Layout) -> frozenset[str]:
    """The fields without which a sheet is not such a table (of a unit's code and name, either will do)."""
    return frozenset(column.field for column in layout.columns if column.required)


def is_table(heading: Heading, layout: Layout, *, unit_known: bool = False) -> bool:
    """Whether a row has every required heading, and a unit's code or name where rows have units.

    `unit_known` says that the sheet's name already tells the unit.
    """
    fields = heading.columns.keys()
    return (
        required_fields(layout) <= fields
        and (not layout.either or any(field in fields for field in layout.either))
        and (unit_known or not layout.has_units or bool(UNIT_FIELDS & fields))
    )


def table_lines(
    sheet: Worksheet,
    heading: Heading,
    layout: Layout,
    findings: Findings,
    names: UnitNames | None = None,
) -> Iterator[Line]:
    """The rows of the table below `heading`, without totals, subheadings, repeated headings and signatures.

    Below a line of signatures nothing belongs to the table; a row there that looks like one of the table
    is an error, since it would be lost. A row about a unit of `names` is one of the table, whatever it begins
    with.
    """
    required = required_fields(layout)
    titles = sheet.rows[heading.row - 1]
    columns = tuple(heading.columns.items())
    signed = 0
    for number, cells in enumerate(sheet.rows[heading.row :], heading.row + 1):
        first = next((cell for cell in cells if cell != ""), "")
        if first == "" or cells == titles:
            continue
        kind = _furniture(first) if isinstance(first, str) else ""
        width = len(cells)
        values = {field: cells[index] if index < width else "" for field, index in columns}
        if kind in ("signature", "total") and _is_row(values, kind, required, layout, names):
            kind = ""
        if kind == "signature":
            signed = signed or number
        if kind in ("signature", "total"):
            continue
        if kind == "subheading" and sum(cell != "" for cell in cells) == 1:
            continue
        if _repeats_headings(sheet, number, heading, layout, findings):
            continue
        if not signed:
            yield Line(sheet, heading, number, cells, values)
        elif required and all(values.get(field, "") != "" for field in required):
            findings.add(
                Level.ERROR,
                Problem.ROWS_BELOW_SIGNATURE,
                f"第{signed}行是签字或说明，它下面的这一行像是表中的内容。请移到签字行以上，或者删去。",
                Spot(sheet=sheet.name, row=number),
            )


def _is_row(
    values: dict[str, Content],
    kind: str,
    required: frozenset[str],
    layout: Layout,
    names: UnitNames | None,
) -> bool:
    """Whether a row that begins like a total or a signature is one of the table nevertheless."""
    is_full = bool(required) and all(values.get(field, "") != "" for field in required)
    if not layout.has_units:
        return is_full
    said = [text for field in UNIT_FIELDS if (text := text_of(values.get(field, "")))]
    if names is not None and any(names.called(text) is not None for text in said):
        return True
    return kind == "signature" and is_full and bool(said)


def _repeats_headings(
    sheet: Worksheet, number: int, heading: Heading, layout: Layout, findings: Findings
) -> bool:
    """Whether a row holds headings again; it is an error where they mean other columns than those above."""
    titles, cells = sheet.rows[heading.row - 1], sheet.rows[number - 1]
    known = {
        field
        for field, index in heading.columns.items()
        if index < len(cells)
        and isinstance(cell := cells[index], str)
        and (cell == titles[index] or heading_key(cell) in layout.by_name)
    }
    is_heading = len(known) > 1 and len(known) * 2 >= sum(cell != "" for cell in cells)
    names_units = any(
        cells[heading.columns[field]] == titles[heading.columns[field]] for field in known & UNIT_FIELDS
    )
    if not is_heading and not names_units:
        return False
    new = _heading(number, cells, layout)
    differs = new.columns != heading.columns or any(
        _own_name(cells[index], layout) != _own_name(titles[index], layout)
        for field, index in new.columns.items()
        if layout.by_field[field].decides
    )
    if differs:
        findings.add(
            Level.ERROR,
            Problem.HEADING_AGAIN,
            f"这一行又是列名，与第{heading.row}行的列名不同，无法判断用哪一行。"
            "列名请只占一行；两个表请分开放在两个工作表中。",
            Spot(sheet=sheet.name, row=number),
        )
    return True


def _own_name(content: Content, layout: Layout) -> str:
    """A heading as it is compared; all own names of columns are one to each other."""
    key = heading_key(text_of(content))
    return "" if key in layout.own_names else key


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
