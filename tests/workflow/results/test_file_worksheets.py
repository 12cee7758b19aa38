"""Is a file shown as it was read, with everything said of it at its cells?"""

from pathlib import Path

from gaoxin_vote.spreadsheets.kinds.indicators import SCORES
from gaoxin_vote.spreadsheets.kinds.units import UNITS
from gaoxin_vote.spreadsheets.problems import ImportProblem, Level, Problem
from gaoxin_vote.spreadsheets.reading.markup import CellFault
from gaoxin_vote.spreadsheets.reading.spreadsheet import Workbook, Worksheet
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.workflow.results.file_worksheets import file_findings, file_worksheets, only_worksheet

_HEADS = ("单位代码", "单位名称", "类别", "人数")


def _problem(
    row: int | None, column: int | None, message: str, level: Level, value: str = ""
) -> ImportProblem:
    field = "staff" if column == 4 else ""
    return ImportProblem("甲.xlsx", "表", row, column, field, value, Problem.NOT_NUMBER, message, level)


def test_every_sheet_is_shown_with_its_headings_and_faults(bare: tuple[Workspace, int, Path]) -> None:
    workspace, year, _ = bare
    rows = (("名单",), (), _HEADS, ("U01", " 办 \n公室", "机关", CellFault.ERROR), ("U02",), (), ("",))
    book = Workbook("甲.xlsx", (Worksheet("甲.xlsx", "表", rows), Worksheet("甲.xlsx", "别的", (("x",),))))
    problems = (
        _problem(4, 4, "出错。", Level.ERROR),
        _problem(4, 4, "另请留意。", Level.WARNING),
        _problem(5, None, "整行。", Level.WARNING),
        _problem(None, None, "整个表。", Level.WARNING),
        _problem(5, 6, "没有这一列。", Level.WARNING),
    )
    first, second = file_worksheets(workspace, year, UNITS, book, problems)
    assert (first.name, first.fits, second.fits) == ("表", True, False)
    assert first.heads == ("A 单位代码", "B 单位名称", "C 类别", "D 人数", "E", "F")
    assert [row[:4] for row in first.rows] == [
        ("名单", "", "", ""),
        ("", "", "", ""),
        _HEADS,
        ("U01", "办 公室", "机关", "（公式出错）"),
        ("U02", "", "", ""),
    ]
    assert {place: (said.is_error, said.words) for place, said in first.faults.items()} == {
        (4, 4): (True, "出错。\n另请留意。"),
        (5, 0): (False, "整行。"),
        (5, 6): (False, "没有这一列。"),
    }
    assert second.faults == {} and second.heads == ("A",)


def test_a_wide_table_fits_too(bare: tuple[Workspace, int, Path]) -> None:
    workspace, year, _ = bare
    rows = (("单位", "Z1 重点任务(80分)"), ("办公室", "70"))
    (sheet,) = file_worksheets(
        workspace, year, SCORES, Workbook("甲.csv", (Worksheet("甲.csv", "", rows),)), ()
    )
    assert sheet.fits and sheet.heads == ("A 单位", "B Z1 重点任务(80分)")


def test_findings_name_their_place_without_the_file_and_equal_ones_are_one() -> None:
    problems = (
        *(_problem(row, 4, "没有填写。", Level.ERROR) for row in (2, 3, 5)),
        _problem(None, None, "整个表。", Level.WARNING),
        ImportProblem("甲", "", None, None, "", "", Problem.IMPORT_IS_ALL_OR_NOTHING, "…", Level.ERROR),
    )
    first, second = file_findings(UNITS, problems)
    assert first.words == "工作表“表”第2至3、5行D列“人数”：没有填写。（共3处）"
    assert (first.is_error, first.sheet, first.row, first.column) == (True, "表", 2, 4)
    assert (second.words, second.is_error, second.row) == ("工作表“表”：整个表。", False, None)


def test_one_sheet_is_read_as_if_there_were_no_other() -> None:
    sheets = tuple(Worksheet("甲.xlsx", name, (("x",),)) for name in ("一", "二"))
    part = only_worksheet(Workbook("甲.xlsx", sheets, sheets, "GB18030"), "二")
    assert (part.sheets, part.hidden_sheets, part.guessed_encoding) == (sheets[1:], (), "GB18030")
