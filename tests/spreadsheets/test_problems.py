"""What is said of a file."""

import pytest

from gaoxin_vote.errors import Refused
from gaoxin_vote.spreadsheets.problems import (
    Findings,
    ImportReason,
    Level,
    Problem,
    Spot,
    column_letters,
    require_clean,
)


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
