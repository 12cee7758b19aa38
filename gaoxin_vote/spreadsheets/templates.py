"""Which empty form is handed out for a kind of file?"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from gaoxin_vote.domain.scheme import AssessmentScheme
from gaoxin_vote.spreadsheets.context import Context
from gaoxin_vote.spreadsheets.exporting import NUMBER_FORMATS, put, put_headings, saved
from gaoxin_vote.spreadsheets.kind import Kind
from gaoxin_vote.spreadsheets.layout import Column, Format
from gaoxin_vote.spreadsheets.locating import CHOICES, INSTRUCTIONS
from gaoxin_vote.spreadsheets.reading.columns import column_letters

if TYPE_CHECKING:
    from openpyxl.worksheet.datavalidation import DataValidation

_SPARE_ROWS = 200
_FIRST_ROW = 3
_MOST = 1000
"""What bounds points on a form that have no bound of their own: more is a slip of the hand."""


def write_template(kind: Kind[Any], context: Context) -> bytes:
    """An Excel form of this kind, with the units filled in where each has its rows, else to be chosen.

    Headings are locked and stay in sight, words and units come from drop-down lists, cells have their number
    formats, and a sheet says what to enter.
    """
    from openpyxl import Workbook
    from openpyxl.styles import Protection
    from openpyxl.workbook.protection import WorkbookProtection

    layout = kind.layout
    columns = form_columns(kind, context.scheme)
    book = Workbook()
    sheet: Any = book.active
    sheet.title = layout.title
    put_headings(sheet, layout.title, columns)
    rows = list(kind.prefilled(context))
    last = _FIRST_ROW + len(rows) + _SPARE_ROWS - 1
    for index, column in enumerate(columns, 1):
        for number in range(_FIRST_ROW, last + 1):
            cell = sheet.cell(number, index)
            cell.number_format = NUMBER_FORMATS.get(column.format, "@")
            cell.protection = Protection(locked=False)
    for number, row in enumerate(rows, _FIRST_ROW):
        for index, column in enumerate(columns, 1):
            put(sheet.cell(number, index), row.get(column.field))
    choices = {column.field: _words(column, context) for column in columns}
    _add_lists(book, sheet, columns, choices, last)
    _add_instructions(book, kind, columns, choices)
    # No password: the lock is against slips of the hand, not against people.
    sheet.protection.sheet = True
    sheet.protection.formatColumns = False
    sheet.protection.formatRows = False
    book.security = WorkbookProtection(lockStructure=True)
    return saved(book)


def form_columns(kind: Kind[Any], scheme: AssessmentScheme) -> tuple[Column, ...]:
    """The columns of a form: those for weight groups, say, only under a scheme that has some."""
    return tuple(column for column in kind.layout.columns if column.on_form(scheme))


def _add_lists(
    book: Any,
    sheet: Any,
    columns: Sequence[Column],
    choices: dict[str, Sequence[str]],
    last: int,
) -> None:
    """The drop-down lists (`choices` of each field) and the bounds of every column."""
    lists = book.create_sheet(CHOICES)
    lists.sheet_state = "hidden"
    letters = {column.field: column_letters(index) for index, column in enumerate(columns, 1)}
    for index, column in enumerate(columns, 1):
        words = choices[column.field]
        for number, word in enumerate(words, 1):
            put(lists.cell(number, index), word)
        letter = letters[column.field]
        rule = _rule(column, f"'{CHOICES}'!${letter}$1:${letter}${len(words)}" if words else "")
        if rule is not None:
            if column.most_of:
                rule.formula2 = f"${letters[column.most_of]}{_FIRST_ROW}"
            rule.add(f"{letter}{_FIRST_ROW}:{letter}{last}")
            sheet.add_data_validation(rule)


def _words(column: Column, context: Context) -> Sequence[str]:
    """What may be chosen in a column."""
    if column.format is Format.UNIT_CODE:
        return [unit.code for unit in context.names.units]
    if column.format is Format.UNIT_NAME:
        return [unit.name for unit in context.names.units]
    return column.choices(context.scheme)


def _rule(column: Column, source: str) -> "DataValidation | None":
    """The validation of a column; a unit outside the list only warns, since aliases are understood."""
    from openpyxl.worksheet.datavalidation import DataValidation

    if source:
        rule = DataValidation(type="list", formula1=source, allow_blank=True)
        rule.errorStyle = "warning" if column.format is Format.UNIT_NAME else "stop"
    elif column.format is Format.WHOLE:
        least, most = column.bounds
        rule = DataValidation(type="whole", operator="greaterThanOrEqual", formula1=str(least))
        if most is not None:
            rule.operator, rule.formula2 = "between", str(most)
        rule.allow_blank = True
    elif column.format is Format.NUMBER:
        least, most = (-_MOST if column.least is None else column.least), (column.most or _MOST)
        rule = DataValidation(type="decimal", operator="between", formula1=str(least), formula2=str(most))
        rule.allow_blank = True
    elif column.format is Format.DATE:
        rule = DataValidation(type="date", operator="greaterThan", formula1="36526", allow_blank=True)
    else:
        return None
    rule.showErrorMessage = True
    rule.errorTitle = column.heading[:30]
    rule.error = f"{column.heading}：{column.note}"[:250]
    rule.showInputMessage = True
    rule.promptTitle = column.heading[:30]
    rule.prompt = column.note[:250]
    return rule


def _add_instructions(
    book: Any, kind: Kind[Any], columns: Sequence[Column], choices: dict[str, Sequence[str]]
) -> None:
    """The sheet 填写说明: what to enter in each column."""
    from openpyxl.styles import Alignment, Font

    sheet = book.create_sheet(INSTRUCTIONS)
    lines: list[tuple[str, ...]] = [
        (f"《{kind.layout.title}》填写说明",),
        ("标题和列名已锁定，请不要改动；从第3行起填写。表格下方可以写合计和签字，导入时不读。",),
        ("没有值的格子空着，不要填0；不要填公式。每列可直接填写，也可从下拉列表中选择。",),
        *((line,) for line in kind.layout.guidance),
        (),
        ("列名", "是否必填", "格式", "怎样填写", "可填内容"),
    ]
    head = len(lines)
    for column in columns:
        needed = "必填" if column.required else "选填"
        words = "、".join(choices[column.field])
        if column.format in (Format.UNIT_CODE, Format.UNIT_NAME):
            needed, words = "二者至少填一", ""
        lines.append((column.heading, needed, column.format.value, column.note, words))
    for number, line in enumerate(lines, 1):
        for index, text in enumerate(line, 1):
            cell = sheet.cell(number, index)
            put(cell, text)
            cell.alignment = Alignment(vertical="top", wrap_text=number >= head)
            cell.font = Font(bold=number in (1, head), size=14 if number == 1 else 11)
    for letters, width in zip("ABCDE", (18, 14, 12, 48, 36), strict=True):
        sheet.column_dimensions[letters].width = width
    sheet.freeze_panes = sheet.cell(head + 1, 1)
    sheet.protection.sheet = True
