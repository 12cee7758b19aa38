"""The derivation of a result is complete, and agrees with the record."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from gaoxin_vote.domain.assessment import assess
from gaoxin_vote.domain.contest import Grade
from gaoxin_vote.domain.decision import Override, Referral
from gaoxin_vote.domain.explaining.derivation import explain
from gaoxin_vote.domain.explaining.explanation import Explanation
from gaoxin_vote.domain.indicator import Indicator
from gaoxin_vote.domain.inputs import AssessmentInputs
from gaoxin_vote.domain.supervision import (
    DeclaredCompletion,
    Inspection,
    LedgerEntry,
    SelfAssessment,
    SiteNote,
    SupervisionManner,
)
from gaoxin_vote.domain.units import UnitCode
from tests.domain.cases import case_inputs
from tests.domain.factory import event, small_year


def of(inputs: AssessmentInputs, unit: str) -> Explanation:
    return explain(inputs, assess(inputs), UnitCode(unit))


def outcomes(explanation: Explanation) -> dict[str, str]:
    return {line.matter: line.outcome for line in explanation.consequences}


def test_a_unit_of_2017_with_a_tie_and_a_late_claim() -> None:
    told = of(case_inputs(), "U13")
    assert told.ratings[0].groups[0].formula == "（100×7＋80×2＋60×0＋40×0）÷9÷100×10＝9.5556"
    assert told.ratings[0].formula == "9.5556，四舍五入为9.56"
    assert told.ratings[0].groups[0].counts == (("优秀", 7), ("良好", 2), ("及格", 0), ("不及格", 0))
    assert told.composite_formula == "72.92＋9.56＋9.00＋1.00＝92.48"
    late, counted = told.adjustment.claims
    assert late.words == "不计入：2018年1月11日申报，晚于截止日2018年1月10日（含当日）"
    assert counted.words == "计入：荣誉·市级，1分"
    assert told.order is not None
    assert (told.order.above, told.order.below) == ("U12", "U17")
    assert (told.order.decided_above, told.order.decided_below) == ("指标评估得分", "综合得分")
    keys = {line.key: (line.above, line.own, line.below) for line in told.order.keys}
    assert keys["综合得分"] == ("92.48", "92.48", "91.30")
    assert keys["指标评估得分"] == ("73.23", "72.92", "73.27")
    assert keys["领导评议优秀票数"] == ("6", "7", "6")
    assert told.places is not None
    assert told.places.formula == (
        "优秀22×30%＝6.6，取6个；良好22×40%＝8.8，取9个（固定总数按最大余数法分配）"
    )
    assert (told.places.reached, told.places.nth) == (Grade.GOOD, 1)
    assert told.places.barred_above == ("U08",)
    assert told.grade is not None
    assert told.grade.words == "机关部门中按综合得分排第8，取得良好第1个名额"
    assert told.grade.clause == "四（二）"
    assert [entry.year for entry in told.history] == [2016, 2015]
    clauses = {line.matter: line.clause for line in told.consequences}
    assert clauses["对部门主要负责人的行政问责"] == "五（三）"
    assert outcomes(told)["工作人员年度考核优秀名额"] == "3名"


def test_a_barred_and_a_failed_unit_of_2017() -> None:
    barred = of(case_inputs(), "U08")
    assert [story.text for story in barred.events] == ["自评指标完成情况时虚报、瞒报、谎报等弄虚作假"]
    assert barred.grade is not None
    assert (barred.grade.computed, barred.grade.clause) == (Grade.PASS, "四（四）")
    assert barred.places is not None
    assert (barred.places.reached, barred.places.nth) == (Grade.EXCELLENT, None)
    assert barred.places.barred_above == ()
    assert barred.places.vacancy == "名额由下一单位递补"
    failed = of(case_inputs(), "U16")
    assert failed.grade is not None
    assert failed.grade.kinds == ("D2", "D5", "D6")
    assert failed.grade.clause == "四（五）"
    assert "具有3种及以上取消优良资格情形" in failed.grade.words
    assert outcomes(failed)["部门负责人其他奖励项目评选"] == "不得参加"
    assert outcomes(failed)["对部门主要负责人的行政问责"] == "调整工作岗位"
    assert failed.composite_formula == "65.35＋8.44＋8.61＋（-1.00）＝81.40"
    low = of(case_inputs(), "U22")
    assert low.grade is not None
    assert "综合得分58.97低于60分" in low.grade.words
    assert low.order is not None
    assert low.order.below is None


def test_what_the_office_saw_stands_beside_the_score() -> None:
    unit = UnitCode("A01")
    inputs = replace(
        small_year(["70", "65"]),
        targets=(Indicator(None, "Z1", "全部指标", Decimal(80), target="完成招商10亿元"),),
        ledger=(
            LedgerEntry("K1", unit, date(2017, 6, 1), SupervisionManner.PERIODIC, "Z1", "进度正常"),
            LedgerEntry("K2", unit, date(2017, 9, 1), SupervisionManner.UNANNOUNCED, "", "作风检查"),
            LedgerEntry("K3", UnitCode("A02"), date(2017, 9, 1), SupervisionManner.PERIODIC, "Z1", "别家"),
        ),
        self_assessments=(
            SelfAssessment(
                unit,
                "完成情况",
                "做法",
                "实效",
                "问题",
                declared=(DeclaredCompletion("Z1", False, "完成9亿元", "市场原因", "明年补上"),),
            ),
        ),
        site_notes=(SiteNote(unit, "Z1", Inspection.CONSULT, "台账齐全"),),
    )
    told = of(inputs, "A01").indicator
    (story,) = told.indicators
    assert story.target is not None
    assert story.target.target == "完成招商10亿元"
    assert story.declared is not None
    assert story.declared.reason == "市场原因"
    assert [entry.entry_id for entry in story.ledger] == ["K1"]
    assert [entry.entry_id for entry in told.ledger] == ["K2"]
    assert [note.note for note in story.site_notes] == ["台账齐全"]
    assert told.self_assessment is not None
    unscored = of(replace(inputs, scores=inputs.scores[1:]), "A01").indicator
    assert unscored.indicators[0].score is None
    assert assess(inputs).as_json() == assess(small_year(["70", "65"])).as_json()


def test_an_override_a_referral_and_unknown_years() -> None:
    inputs = replace(
        small_year(["70", "65"], bars=[(0, "F1")]),
        overrides=(Override(UnitCode("A01"), Grade.GOOD, "复议"),),
        referrals=(Referral(UnitCode("A01"), "移交某某"),),
        history=(),
    )
    told = of(inputs, "A01")
    assert told.grade is not None
    assert (told.grade.computed, told.grade.final) == (Grade.FAIL, Grade.GOOD)
    assert "复议" in told.grade.reason
    assert "失职渎职" in told.grade.words
    assert outcomes(told)["移交区纪委追究责任"] == "移交某某"
    basis = {line.matter: line.basis for line in told.consequences}["对部门主要负责人的行政问责"]
    assert "2016年度、2015年度缺考核结果" in basis


def test_a_unit_without_a_composite_is_explained_as_far_as_it_goes() -> None:
    inputs = small_year(["70", "65"])
    told = of(replace(inputs, scores=inputs.scores[1:]), "A01")
    assert (told.order, told.places, told.grade, told.consequences) == (None, None, None, ())
    assert told.composite_formula == "尚不能计算"
    assert any("没有指标得分" in words for words in told.blockers)
    assert told.ratings[1].score is not None


def test_dereliction_without_a_finding_is_shown_but_does_nothing() -> None:
    inputs = replace(small_year(["70", "65"]), events=(event("A01", "F1", decided=False),))
    told = of(inputs, "A01")
    assert len(told.events) == 1
    assert told.grade is not None
    assert told.grade.computed is not Grade.FAIL
