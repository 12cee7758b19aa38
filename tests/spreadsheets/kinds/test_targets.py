"""Tables of targets."""

from decimal import Decimal

from gaoxin_vote.domain.indicator import Indicator
from gaoxin_vote.domain.scheme import AssessmentScheme
from gaoxin_vote.spreadsheets.problems import Problem
from tests.spreadsheets.importers import import_scores, import_targets
from tests.spreadsheets.kinds.test_indicators import TWO
from tests.spreadsheets.workbooks import csv_file, ods_file, ods_rows

HEAD = "单位名称,指标编号,指标名称,分值,目标任务,评分标准\n"


def test_common_and_own_lines(scheme: AssessmentScheme) -> None:
    rows = "全部单位,Z1,重点,50,完成,扣分\n全部单位,Z2,职能,30,,\n乙局,Z1,招商,45,12个,\n乙局,Z3,信访,5,,\n"
    targets = import_targets(csv_file(HEAD + rows), TWO, scheme).require_clean()
    assert targets[0] == Indicator(None, "Z1", "重点", Decimal(50), "完成", "扣分")
    assert [(one.unit, one.code) for one in targets] == [(None, "Z1"), (None, "Z2"), ("B", "Z1"), ("B", "Z3")]


def test_weights_must_add_up_for_every_unit(scheme: AssessmentScheme) -> None:
    rows = "全部单位,Z1,重点,50,,\n全部单位,Z2,职能,30,,\n乙局,Z3,信访,5,,\n"
    result = import_targets(csv_file(HEAD + rows), TWO, scheme)
    assert [(p.problem, p.value) for p in result.errors[:1]] == [(Problem.WEIGHTS_NOT_FULL, "B乙局合计85分")]


def test_faults_of_rows(scheme: AssessmentScheme) -> None:
    rows = "甲局,Z1,重点,50,,\n甲局,z1,重点,50,,\n,Z2,职能,30,,\n甲局,Z2,职能,,,\n丙局,Z2,职能,-3,,\n"
    result = import_targets(csv_file(HEAD + rows), TWO, scheme)
    assert [(p.row, p.problem, p.field) for p in result.errors[:-1]] == [
        (3, Problem.DUPLICATE, "unit_code+indicator_code"),
        (4, Problem.UNIT_MISSING, "unit_code"),
        (5, Problem.VALUE_MISSING, "full_score"),
        (6, Problem.UNKNOWN_UNIT, "unit_name"),
        (6, Problem.TOO_SMALL, "full_score"),
    ]


def test_a_sheet_for_each_unit_has_its_own_table(scheme: AssessmentScheme) -> None:
    head = ["指标编号", "指标名称", "分值", "目标任务"]
    sheets = {
        "甲局": ods_rows([["甲局2017年度目标任务"], head, ["1", "招商", 60, "x"], ["2", "党建", 20, "y"]]),
        "乙局": ods_rows([head, ["1", "统计", 80, "z"], ["合计", None, 80, None]]),
    }
    targets = import_targets(ods_file(sheets), TWO, scheme).require_clean()
    assert [(one.unit, one.code, one.full) for one in targets] == [
        ("A", "1", 60),
        ("A", "2", 20),
        ("B", "1", 80),
    ]
    scores = "单位代码,指标编号,得分\nA,1,50\nA,2,20\nB,1,70\n"
    found = import_scores(csv_file(scores), TWO, scheme, targets).require_clean()
    assert [(one.name, one.full) for one in found] == [("招商", 60), ("党建", 20), ("统计", 80)]
    strange = import_scores(csv_file(scores.replace("B,1", "B,2")), TWO, scheme, targets)
    assert strange.errors[0].problem is Problem.UNKNOWN_INDICATOR
