"""Is said what was entered: claims with the reason why they count or not, and what was seen?"""

from dataclasses import replace
from datetime import date

from gaoxin_vote.domain.indicator import Indicator
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
from tests.domain.explaining.test_unit_page import page_of, section
from tests.domain.factory import small_year


def test_claims_say_why_they_do_not_count() -> None:
    claims = section(page_of(case_inputs(), "U13"), "加减分申报")
    assert claims.words[0] == "2项申报，计入1项，不计入1项。"
    late, counted = claims.rows
    assert late[1:] == (
        "0.00",
        "不计入：2018年1月11日申报，晚于截止日2018年1月10日（含当日）\n领导小组：1月11日送达,逾期",
    )
    assert late[0].endswith("\n2018年1月11日申报，同一事项编号M7")
    assert counted[1] == "1.00"
    assert section(page_of(case_inputs(), "U08"), "加减分申报").words == ("没有申报加分，也没有减分。",)


def test_what_was_seen_stands_beside_the_score() -> None:
    unit, day = UnitCode("A01"), date(2017, 6, 1)
    inputs = small_year(["70"])
    code = inputs.scores[0].indicator
    told = replace(
        inputs,
        targets=(Indicator(unit, code, "重点任务", inputs.scores[0].full, "新建3个园区"),),
        ledger=(
            LedgerEntry(
                "T1", unit, day, SupervisionManner.PERIODIC, code, "进度滞后", "60%", inspector="李四"
            ),
            LedgerEntry("T2", unit, date(2017, 3, 1), SupervisionManner.UNANNOUNCED, "", "制度健全"),
        ),
        site_notes=(SiteNote(unit, code, Inspection.SEE, "现场2个已开工"),),
        self_assessments=(
            SelfAssessment(
                unit,
                "基本完成",
                "",
                "",
                "",
                date(2018, 1, 3),
                (DeclaredCompletion(code, False, "", "资金未到位", "补办"),),
            ),
        ),
    )
    page = page_of(told, "A01")
    basis = section(page, "指标得分").rows[0][3]
    for words in ("目标：新建3个园区", "自评：未完成，资金未到位，整改：补办", "看：现场2个已开工"):
        assert words in basis
    ledger = section(page, "日常督查台账").rows
    assert [row[0] for row in ledger] == ["2017-03-01", "2017-06-01"]
    assert ledger[1][2] == f"指标{code}：进度滞后\n进度：60%\n督查人：李四"
    report = section(page, "自评报告")
    assert (report.words, report.rows) == (("2018年1月3日报送。",), (("任务完成情况", "基本完成"),))
