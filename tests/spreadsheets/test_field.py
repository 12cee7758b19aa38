"""What broke in the field: the inputs of `shared/field`, laid over the year 2017, come out as they should."""

import json
import shutil
from pathlib import Path

import pytest

from gaoxin_vote.domain.assessment import assess
from gaoxin_vote.domain.record import AssessmentRecord
from gaoxin_vote.errors import Refused
from gaoxin_vote.spreadsheets.folder import read_assessment_folder
from gaoxin_vote.spreadsheets.problems import Level, by_gravity, told

STEMS = ("units", "leader_tally", "peer_tally", "session", "indicators", "bonus_claims", "events", "history")


@pytest.fixture(scope="module")
def field(shared: Path) -> Path:
    """The inputs of the field; tests that need them skip where they are absent."""
    folder = shared / "field" / "spreadsheets"
    if not folder.is_dir():
        pytest.skip("the inputs of the field are not beside this checkout")
    return folder


def laid_over(shared: Path, case: Path, folder: Path) -> Path:
    """The folder of 2017 with the files of a case in place of its own."""
    for stem in (*STEMS, "tie_decisions"):
        shutil.copy(shared / "cases" / "2017" / f"{stem}.csv", folder)
    shutil.copy(shared / "cases" / "2017" / "config.json", folder)
    files = [
        path for path in case.iterdir() if path.is_file() and path.name not in ("README.txt", "case.json")
    ]
    for path in files:
        (folder / f"{path.name.partition('.')[0].lower()}.csv").unlink(missing_ok=True)
        shutil.copy(path, folder)
    return folder


REFUSED = {
    "csv-quote-never-closed": "第2行F列有一个没有配对的引号",
    "csv-quote-never-closed/claims": "没有配对的引号",
    "formula-never-calculated-zero": "第2行F列：“得分”这一格公式没有计算结果",
    "heading-says-deduction": "这一列是扣分，不是得分",
    "hidden-sheet-and-unread-columns-not-said": "隐藏的工作表“安全口”（4行）没有读入",
    "history-known-by-name-kept-as-gone": "“招商合作局”的代码是U07",
    "merged-number-counted-in-every-row": "第35行M列：核定分值与上一行合并在一格",
    "merged-number-counted-in-every-row/staff": "第4行D列：人数与上一行合并在一格",
    "password-words-wrong": "设有打开密码",
    "password-words-wrong/default_password": "不是打开密码",
    "percent-lost-in-odd-packages/xlsb": "xlsb",
    "rows-of-other-years/history": "第27至51行A列：2017年不早于考核年度2017年",
    "same-indicator-in-two-columns-crash": "第1行G列：“Z4”有两列",
    "two-columns-for-the-score": "第1行G列：“得分”有两列（“得分”和“核定得分”）",
    "two-columns-for-the-score/hidden": "“得分”有两列（“得分”和“最终得分”）",
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused_with_the_reason(shared: Path, field: Path, case: str, tmp_path: Path) -> None:
    with pytest.raises(Refused) as error:
        read_assessment_folder(laid_over(shared, field / case, tmp_path))
    assert REFUSED[case] in "\n".join((error.value.message, *error.value.details))


READ_LIKE_THE_PLAIN_YEAR = {
    "class-spelled-two-ways": "类别“街道（办事处）”按“街道(办事处)”计",
    "folder-file-under-another-name": "文件夹中没有名额决定",
    "hidden-sheet-and-unread-columns-not-said/encoding": "按BIG5读入",
    "invisible-signs-in-numbers-and-names": "",
    "summary-sheet-beside-the-table": "“汇总”：这个工作表没有读入",
    "units-across-indicators-down": "",
    "window-shows-only-eight-warnings": "“补充更正”",
}


def outcome(folder: Path) -> tuple[AssessmentRecord, str]:
    """The record of a folder, and its warnings."""
    read = read_assessment_folder(folder)
    warnings = told(by_gravity(each for each in read.problems if each.level is Level.WARNING))
    return assess(read.inputs), "\n".join(warnings)


@pytest.mark.parametrize("case", READ_LIKE_THE_PLAIN_YEAR)
def test_read_like_the_plain_year(shared: Path, field: Path, case: str, tmp_path: Path) -> None:
    record, warnings = outcome(laid_over(shared, field / case, tmp_path))
    expected = json.loads((shared / "cases" / "2017" / "expected.json").read_text(encoding="utf-8"))
    made = json.loads(json.dumps(record.as_json()))
    assert {unit["code"]: unit["composite"] for unit in made["units"]} == {
        unit["code"]: unit["composite"] for unit in expected["units"]
    }
    assert {unit["code"]: unit["grade"] for unit in made["units"]} == {
        unit["code"]: unit["grade"] for unit in expected["units"]
    }
    assert READ_LIKE_THE_PLAIN_YEAR[case] in warnings


TOLD = {
    "formula-never-calculated-zero/xls": "第2行F列：这个0是公式的结果",
    "history-known-by-name-kept-as-gone/contradiction": "2016年没有一个单位标为排名最后",
    "matter-id-spelled-two-ways": "事项编号“Ｋ1”与“K1”按同一事项计",
    "percent-lost-in-odd-packages": "行F列：得分是百分数",
    "percent-sign-that-is-only-text": "折算为7.60分",
    "rows-of-other-years": "2016年3月1日不在2017年度",
    "rows-of-other-years/typed_day": "2018年12月28日不在2017年度",
}


@pytest.mark.parametrize("case", TOLD)
def test_read_and_told(shared: Path, field: Path, case: str, tmp_path: Path) -> None:
    _, warnings = outcome(laid_over(shared, field / case, tmp_path))
    assert TOLD[case] in warnings


def test_values_are_those_that_the_cells_show(shared: Path, field: Path, tmp_path: Path) -> None:
    def net(case: str, unit: str) -> str:
        folder = tmp_path / case
        folder.mkdir()
        record, _ = outcome(laid_over(shared, field / case, folder))
        return next(f"{each.adjustment.net:.2f}" for each in record.outcomes if each.unit.code == unit)

    folder = tmp_path / "remainders"
    folder.mkdir()
    record, _ = outcome(laid_over(shared, field / "equal-remainders-decided-by-code", folder))
    assert "甲类、乙类的余数相同" in "".join(blocker.message for blocker in record.blockers)
    assert "丙类共1个单位，按比例既没有优秀名额" in "".join(note.message for note in record.notes)
    assert net("row-taken-for-a-signature", "U01") == "0.50"
    assert net("matter-id-spelled-two-ways", "U02") == "5.00"
