"""The table is found among titles, totals and signatures."""

from typing import Any

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from gaoxin_vote.domain.indicator import IndicatorScore
from gaoxin_vote.domain.scheme import AssessmentScheme
from gaoxin_vote.domain.units import Unit, UnitCode
from gaoxin_vote.spreadsheets.kinds.units import LEADER_LAYOUT
from gaoxin_vote.spreadsheets.naming import UnitNames
from gaoxin_vote.spreadsheets.problems import ImportResult, Level, Problem
from gaoxin_vote.spreadsheets.reading.spreadsheet import SpreadsheetFile
from tests.spreadsheets.importers import import_leaders, import_scores, import_units
from tests.spreadsheets.kinds.test_indicators import BOTH, TWO
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


def test_many_hidden_rows_are_said_in_runs() -> None:
    def hide(book: Any, sheet: Any) -> None:
        for row in (2, 3, 4, 6):
            sheet.row_dimensions[row].hidden = True

    rows = [["代码", "职务"], *([f"L{number}", f"职务{number}"] for number in range(1, 7))]
    (warning,) = import_leaders(xlsx_file(rows, hide)).warnings
    assert warning.message.startswith("第2至4、6行是隐藏行，共4行，也已读入。")


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


def scores(text: str, scheme: AssessmentScheme) -> ImportResult[IndicatorScore]:
    return import_scores(csv_file(text), TWO, scheme, BOTH)


def kinds_of(result: ImportResult[Any]) -> list[Problem]:
    return [error.problem for error in result.errors[:-1]]


LONG = ("A,甲局,Z1,40", "A,甲局,Z2,20", "B,乙局,Z1,41", "B,乙局,Z2,21")


@pytest.mark.parametrize(
    "second",
    [
        "核定得分",
        "最终得分",
        "得分",
        "初评分数",
        "终评成绩",
        "得分（修正）",
        "得分2",
        "核定得分【复核】",
        "得分-二",
    ],
)
def test_two_columns_that_could_be_the_score_are_an_error(second: str, scheme: AssessmentScheme) -> None:
    text = "\n".join([f"单位代码,单位名称,指标编号,得分,{second}", *(f"{row},39" for row in LONG)])
    result = scores(text, scheme)
    assert kinds_of(result) == [Problem.COLUMN_TWICE]
    assert result.errors[0].column == 5


@pytest.mark.parametrize(
    ("other", "meaning"), [("自评得分", "自评"), ("扣分", "扣分"), ("得分率", "比率"), ("得分排名", "名次")]
)
def test_a_column_that_says_what_else_it_is_is_no_score(
    other: str, meaning: str, scheme: AssessmentScheme
) -> None:
    beside = scores(
        "\n".join([f"单位代码,单位名称,指标编号,得分,{other}", *(f"{r},9" for r in LONG)]), scheme
    )
    assert not beside.errors
    assert f"“{other}”这一列是{meaning}，没有读入" in beside.warnings[0].message
    alone = scores("\n".join([f"单位代码,单位名称,指标编号,{other}", *LONG]), scheme)
    assert f"“{other}”是{meaning}，不能代替" in alone.errors[0].message


def test_a_second_row_of_headings_is_an_error_unless_it_says_the_same(scheme: AssessmentScheme) -> None:
    head = "单位代码,单位名称,指标编号,得分"
    again = "\n".join([head, *LONG[:2], head, "unit_code,unit_name,indicator_code,score", *LONG[2:]])
    assert len(scores(again, scheme).require_clean()) == 4
    other = "\n".join([head, *LONG[:2], "单位代码,单位名称,指标编号,分值,得分", *LONG[2:]])
    assert Problem.HEADING_AGAIN in kinds_of(scores(other, scheme))
    below = "\n".join([f"{head},", "单位代码,单位名称,指标编号,初评,核定", *(f"{row},1" for row in LONG)])
    assert Problem.HEADING_AGAIN in kinds_of(scores(below, scheme))


def test_columns_nobody_knows_or_without_a_heading_are_told(scheme: AssessmentScheme) -> None:
    text = "\n".join(["单位代码,单位名称,指标编号,得分,颜色,", *(f"{row},红,多" for row in LONG)])
    warnings = [(each.problem, each.column) for each in scores(text, scheme).warnings]
    assert warnings == [(Problem.COLUMN_UNKNOWN, 5), (Problem.COLUMN_UNKNOWN, 6)]


def test_hidden_columns_are_read_with_a_warning(scheme: AssessmentScheme) -> None:
    def hide(book: Any, sheet: Any) -> None:
        sheet.column_dimensions["B"].hidden = True

    result = import_leaders(xlsx_file([["代码", "职务"], ["L1", "书记"]], hide))
    assert codes(result) == ["L1"]
    assert [(each.problem, each.value) for each in result.warnings] == [(Problem.HIDDEN_COLUMNS, "B")]


def test_a_guessed_encoding_is_a_warning() -> None:
    result = import_leaders(csv_file("代码,职务\nL1,书记\n", encoding="gb18030"))
    assert [each.problem for each in result.warnings] == [Problem.ENCODING_GUESSED]


def test_a_summary_beside_the_table_is_no_error(scheme: AssessmentScheme) -> None:
    table = [["单位代码", "单位名称", "指标编号", "得分"], *(row.split(",") for row in LONG)]
    for head in (["单位代码", "单位名称", "合计"], ["单位名称", "得分"], ["单位名称", "考核总分(80分)"]):
        sheets = {
            "明细": ods_rows(table),
            "汇总": ods_rows([head, ["甲局", "60", "60"], ["乙局", "62", "62"]]),
        }
        result = import_scores(ods_file(sheets), TWO, scheme, BOTH)
        assert len(result.require_clean()) == 4, head
        assert [each.sheet for each in result.warnings if each.problem is Problem.SHEET_IGNORED] == ["汇总"]


def test_a_row_about_a_unit_is_one_whatever_it_begins_with(scheme: AssessmentScheme) -> None:
    names = UnitNames(
        (
            Unit(UnitCode("A"), "统计（普查）中心", "机关部门", 9),
            Unit(UnitCode("B"), "汇总（核算）中心", "机关部门", 9),
        )
    )
    text = "单位名称,指标编号,得分\n" + "".join(
        f"{name},{code},20\n" for name in ("统计（普查）中心", "汇总（核算）中心") for code in ("Z1", "Z2")
    )
    result = import_scores(csv_file(f"{text}合计,,80\n制表人：张三,,\n"), names, scheme, BOTH)
    assert len(result.require_clean()) == 4


def test_a_table_on_its_side_is_named_or_read(scheme: AssessmentScheme) -> None:
    turned = import_leaders(csv_file("代码,L1,L2\n职务,书记,主任\n"))
    assert kinds_of(turned) == [Problem.TABLE_ON_SIDE]
    across = "指标编号,指标名称,分值,甲局,乙局\nZ1,重点,50,40,41\nZ2,职能,30,20,21\n合计,,80,60,62\n"
    result = scores(across, scheme)
    assert [(each.unit, each.indicator, str(each.score)) for each in result.require_clean()] == [
        ("A", "Z1", "40.00"),
        ("B", "Z1", "41.00"),
        ("A", "Z2", "20.00"),
        ("B", "Z2", "21.00"),
    ]
    faulty = scores(across.replace("20,21", "20,x"), scheme)
    assert (faulty.errors[0].row, faulty.errors[0].column) == (3, 5)
    assert Problem.COLUMN_TWICE in kinds_of(scores(across.replace("甲局,乙局", "甲局,甲局"), scheme))


def test_doubtful_values_are_told_at_their_place(scheme: AssessmentScheme) -> None:
    def touch(book: Any, sheet: Any) -> None:
        sheet["D2"].number_format = "0;-0;;@"
        for cell in sheet[3]:
            cell.font = Font(strike=True)

    rows: list[list[Any]] = [["单位代码", "单位名称", "指标编号", "得分"]]
    rows += [
        ["A", "甲局", "Z1", 0],
        ["A", "甲局", "Z2", 20],
        ["B", "乙局", "Z1", 41],
        ["B", "乙局", "Z2", 21],
    ]
    result = import_scores(xlsx_file(rows, touch), TWO, scheme, BOTH)
    assert [(each.problem, each.row) for each in result.warnings] == [
        (Problem.ZERO_DOUBTFUL, 2),
        (Problem.STRUCK_THROUGH, 3),
    ]

    def part(book: Any, sheet: Any) -> None:
        sheet["D2"] = CellRichText(TextBlock(InlineFont(strike=True), "3"), "5")

    assert Problem.STRUCK_THROUGH in kinds_of(import_scores(xlsx_file(rows, part), TWO, scheme, BOTH))
