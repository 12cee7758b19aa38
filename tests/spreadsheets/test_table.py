"""The table is found among titles, totals and signatures."""

from typing import Any

import pytest

from gaoxin_vote.spreadsheets.kinds.units import LEADER_LAYOUT
from gaoxin_vote.spreadsheets.problems import ImportResult, Level, Problem
from gaoxin_vote.spreadsheets.reading.spreadsheet import SpreadsheetFile
from tests.spreadsheets.importers import import_leaders, import_units
from tests.spreadsheets.workbooks import csv_file, ods_file, ods_rows, xlsx_file


def codes(result: ImportResult[Any]) -> list[str]:
    assert not result.errors, [error.line for error in result.errors]
    return [value.code for value in result.values]


def said(result: ImportResult[Any]) -> list[tuple[Problem, int | None, int | None]]:
    return [(problem.problem, problem.row, problem.column) for problem in result.problems]


def test_titles_above_and_totals_and_signatures_below() -> None:
    file = xlsx_file(
        [
            ["高新区2017年度被考评单位名单"],
            [None, None, "单位：人"],
            ["序号", "类别", "人数", "单位名称", "单位代码"],
            [1, "机关部门", 28, "办公室", "U01"],
            [None, "小计", 28],
            ["一、街道"],
            [2, "街道", 9, "华兴街道", "U02"],
            ["序号", "类别", "人数", "单位名称", "单位代码"],
            [3, "街道", 7, "高岭办事处", "U03"],
            ["合 计", None, 44],
            [],
            ["填表：考核办    审核：          日期："],
            ["注：人数不含单位负责人"],
        ],
        lambda book, sheet: sheet.merge_cells("A1:E1"),
    )
    result = import_units(file)
    assert codes(result) == ["U01", "U02", "U03"]
    assert [unit.staff for unit in result.values] == [28, 9, 7]


@pytest.mark.parametrize(
    "words",
    [
        "合计",
        "总计：",
        "合 计",
        "小计（机关）",
        "制表人：张三",
        "审核",
        "填表:考核办",
        "备注：略",
        "日期：2018年",
        "组长（签字）",
    ],
)
def test_each_kind_of_line_that_is_no_row(words: str) -> None:
    assert codes(import_leaders(csv_file(f"代码,职务\nL1,书记\n{words},\n"))) == ["L1"]


@pytest.mark.parametrize(
    "code", ["组长", "负责人", "统计", "审核员甲", "合计员", "日照办", "注册科", "备用1", "三局"]
)
def test_words_that_only_look_like_one(code: str) -> None:
    assert codes(import_leaders(csv_file(f"代码,职务\n{code},某职务\nL2,某\n"))) == [code, "L2"]


def test_a_row_below_the_signatures_is_not_lost_silently() -> None:
    result = import_leaders(csv_file("代码,职务\nL1,书记\n制表人：张三,\nL2,主任\n另附说明,\n"))
    assert said(result)[0] == (Problem.ROWS_BELOW_SIGNATURE, 4, None)
    assert result.values == ()


def test_headings_in_any_order_and_language() -> None:
    assert codes(import_units(csv_file("staff,class,name,code\n9,机关,甲,U1\n"))) == ["U1"]
    assert codes(import_units(csv_file("人数（人）,*类 别,单位名称：,代码\n9,机关,甲,U1\n"))) == ["U1"]


def test_the_own_name_of_a_column_goes_before_a_synonym() -> None:
    result = import_leaders(csv_file("姓名,代码,职务\n张三,L1,书记\n"))
    assert [leader.title for leader in result.values] == ["书记"]
    assert said(result) == [(Problem.COLUMN_UNKNOWN, 1, 1)]
    reverse = import_leaders(csv_file("职务,代码,姓名\n书记,L1,张三\n"))
    assert [leader.title for leader in reverse.values] == ["书记"]


def test_a_column_twice_is_an_error() -> None:
    result = import_leaders(csv_file("代码,职务,职务\nL1,书记,主任\n"))
    assert said(result)[0] == (Problem.COLUMN_TWICE, 1, 3)


def test_a_missing_column_is_named() -> None:
    result = import_units(csv_file("标题,,\n单位代码,单位名称,类别\nU1,甲,机关\n"))
    assert [(error.problem, error.row, error.value) for error in result.errors[:1]] == [
        (Problem.COLUMN_MISSING, 2, "人数")
    ]
    assert "“人数”" in result.errors[0].line


def test_a_file_without_such_a_table_is_an_error() -> None:
    result = import_units(csv_file("甲,乙\n1,2\n"))
    assert said(result)[0] == (Problem.TABLE_NOT_FOUND, None, None)


def test_several_sheets_are_read_and_others_named() -> None:
    rows = [["代码", "职务"], ["L1", "书记"]]
    sheets = {
        "领导": ods_rows(rows),
        "杂项": ods_rows([["随便", "什么"]]),
        "更多": ods_rows([[], ["代码", "职务"], ["L2", "主任"]]),
        "填写说明": ods_rows([["怎样填写"]]),
        "空": "",
        "旧": ods_rows([["别的", "东西"], ["甲", "乙"]]),
    }
    result = import_leaders(ods_file(sheets, hidden=("旧",)))
    assert codes(result) == ["L1", "L2"]
    assert [(problem.problem, problem.sheet, problem.level) for problem in result.problems] == [
        (Problem.SHEET_IGNORED, "杂项", Level.WARNING),
        (Problem.HIDDEN_SHEET, "旧", Level.WARNING),
    ]
    assert "2行" in result.problems[1].message
    hidden_table = import_leaders(ods_file({**sheets, "旧": ods_rows(rows)}, hidden=("旧",)))
    assert [error.problem for error in hidden_table.errors][:1] == [Problem.HIDDEN_SHEET]


def test_the_same_code_in_two_sheets_is_double() -> None:
    rows = ods_rows([["代码", "职务"], ["L1", "书记"]])
    result = import_leaders(ods_file({"甲": rows, "乙": rows}))
    assert result.errors[0].problem is Problem.DUPLICATE
    assert "工作表“甲”第2行" in result.errors[0].message


def test_hidden_rows_are_read_with_a_warning() -> None:
    def hide(book: Any, sheet: Any) -> None:
        sheet.row_dimensions[3].hidden = True
        sheet.row_dimensions[9].hidden = True

    result = import_leaders(xlsx_file([["代码", "职务"], ["L1", "书记"], ["L2", "主任"]], hide))
    assert codes(result) == ["L1", "L2"]
    assert [(warning.problem, warning.value) for warning in result.warnings] == [(Problem.HIDDEN_ROWS, "3")]


def test_rows_are_numbered_as_the_program_shows_them() -> None:
    result = import_leaders(xlsx_file([[], [], [None, "代码", "职务"], [], [None, None, "书记"]]))
    assert said(result)[0] == (Problem.VALUE_MISSING, 5, 2)
    assert result.errors[0].place == "表.xlsx 工作表“Sheet” 第5行B列"


def test_an_empty_table_is_said() -> None:
    result = import_leaders(csv_file("代码,职务\n"))
    assert result.values == ()
    assert said(result) == [(Problem.NO_ROWS, None, None)]


def test_a_heading_far_below_is_not_searched_for() -> None:
    filler = "x,y\n" * 60
    assert import_leaders(csv_file(f"{filler}代码,职务\nL1,书记\n")).errors
    assert not import_leaders(csv_file(f"{'x,y' + chr(10)}代码,职务\nL1,书记\n")).errors
    assert LEADER_LAYOUT.title in import_leaders(csv_file(filler)).errors[0].message


def test_an_empty_file_is_an_error_not_a_crash() -> None:
    assert import_leaders(SpreadsheetFile("空.csv", b"")).errors
