"""What is said of a file."""

import pytest

from gaoxin_vote.errors import Refused
from gaoxin_vote.spreadsheets.problems import (
    Findings,
    ImportProblem,
    ImportReason,
    Level,
    Problem,
    Spot,
    by_gravity,
    require_clean,
    told,
)
from gaoxin_vote.spreadsheets.reading.columns import column_letters


def test_letters_of_columns() -> None:
    assert [column_letters(n) for n in (1, 26, 27, 52, 53, 702, 703)] == [
        "A",
        "Z",
        "AA",
        "AZ",
        "BA",
        "ZZ",
        "AAA",
    ]


def test_problems_come_in_the_order_of_the_file() -> None:
    findings = Findings("表.xlsx")
    findings.add(Level.OK, Problem.HIDDEN_SHEET, "x", Spot(sheet="旧"))
    for sheet, row in (("乙", 5), ("甲", 9), ("乙", 2), ("乙", 2)):
        findings.add(Level.WARNING, Problem.VALUE_MISSING, "x", Spot(sheet=sheet, row=row))
    assert [(p.sheet, p.row) for p in findings.problems] == [("乙", 2), ("乙", 5), ("甲", 9), ("旧", None)]
    assert findings.result(lambda: ["v"]).require_clean() == ("v",)


def test_one_error_keeps_everything_out() -> None:
    findings = Findings("表.csv")
    findings.add(Level.ERROR, Problem.NOT_NUMBER, "不是数字。", Spot(row=3, column=6))
    result = findings.result(lambda: pytest.fail("nothing may be made"))
    assert result.values == ()
    assert result.errors[-1].problem is Problem.IMPORT_IS_ALL_OR_NOTHING
    with pytest.raises(Refused, match=r"“表\.csv”中有1处错误") as refused:
        result.require_clean()
    assert refused.value.reason is ImportReason.FAULTY
    assert refused.value.details[0] == "表.csv 第3行F列：不是数字。"


def test_errors_of_several_files_are_told_together() -> None:
    results = []
    for name in ("甲.csv", "乙.csv"):
        findings = Findings(name)
        findings.add(Level.ERROR, Problem.NO_ROWS, "x")
        results.append(findings.result(lambda: ()))
    with pytest.raises(Refused, match=r"“甲\.csv”、“乙\.csv”中有2处错误"):
        require_clean(*results)


def _problem(
    row: int, message: str, problem: Problem = Problem.NOT_NUMBER, value: str = "x"
) -> ImportProblem:
    return ImportProblem("表.csv", "", row, 6, "score", value, problem, message, Level.WARNING)


def test_equal_problems_are_one_line() -> None:
    same = [_problem(row, "没有填写。") for row in (2, 3, 4, 7)]
    assert told(same) == ("表.csv 第2至4、7行F列：没有填写。（共4处）",)
    unlike = [_problem(row, f"“{row}”不是数字。", value=str(row)) for row in range(2, 8)]
    (line,) = told(unlike)
    assert line.startswith("表.csv 第2行F列：“2”不是数字。") and "还有5处" in line and "第7行“7”" in line
    assert len(told(unlike[:3])) == 3


def test_what_was_not_read_is_told_first_and_roundings_last() -> None:
    rounding = _problem(2, "四舍五入", Problem.TOO_MANY_DECIMALS)
    share = _problem(3, "百分数", Problem.SCORE_IS_SHARE)
    unread = _problem(4, "没有读入", Problem.SHEET_IGNORED)
    assert by_gravity([rounding, share, unread]) == (unread, share, rounding)
