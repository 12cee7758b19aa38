"""Does the page of a unit say why, with figures, refused claims, neighbours and clauses?"""

from dataclasses import replace
from decimal import Decimal

from gaoxin_vote.domain.assessment import assess
from gaoxin_vote.domain.contest import Grade
from gaoxin_vote.domain.contest_rules import WeightGroup
from gaoxin_vote.domain.decision import Override
from gaoxin_vote.domain.explaining.derivation import Explainer
from gaoxin_vote.domain.explaining.section import News, StorySection, UnitPage
from gaoxin_vote.domain.explaining.unit_page import unit_page
from gaoxin_vote.domain.inputs import AssessmentInputs
from gaoxin_vote.domain.units import UnitCode
from tests.domain.cases import case_inputs, toml_scheme
from tests.domain.factory import decide, manual, small_year


def page_of(inputs: AssessmentInputs, unit: str) -> UnitPage:
    record = assess(inputs)
    names = {each.code: each.name for each in inputs.units}
    return unit_page(Explainer(inputs, record).explain(UnitCode(unit)), names, len(record.ranked))


def section(page: UnitPage, title: str) -> StorySection:
    (found,) = [each for each in page.sections if each.title == title]
    return found


def test_a_good_unit_of_2017() -> None:
    page = page_of(case_inputs(), "U13")
    assert (page.name, page.news, page.heading) == ("教育文化体育局", News.DONE, "等次：良好")
    assert page.place == "机关部门，26人　第7名（25个单位）　类内第7名"
    assert page.why == ("机关部门中按综合得分排第8，取得良好第1个名额（依据：四（二））",)
    parts = section(page, "综合得分的由来")
    assert parts.rows[1] == (
        "领导评议（10）",
        "9.56",
        "（100×7＋80×2＋60×0＋40×0）÷9÷100×10＝9.5556，四舍五入为9.56",
        "三（一）2",
    )
    assert parts.rows[0][:3] == ("指标评估（80）", "72.92", "4项指标得分合计，扣7.08分")
    assert parts.rows[-1] == ("综合得分", "92.48", "72.92＋9.56＋9.00＋1.00＝92.48", "三（二）4")
    assert parts.marked == {4}
    marks = section(page, "领导评议票数")
    assert [column.head for column in marks.columns][:4] == ["优秀", "良好", "及格", "不及格"]
    assert marks.rows == (("7", "2", "0", "0", "0", "0", "9"),)


def test_abstentions_are_told_with_recusals_where_they_are_not_known_apart() -> None:
    inputs = case_inputs()
    marks = section(page_of(inputs, "U08"), "部门互评票数")
    assert marks.rows == (("16", "7", "0", "0", "1", "0", "23"),)
    unknown = tuple(
        replace(tally, counts=tuple(replace(count, recusals=None) for count in tally.counts))
        for tally in inputs.tallies
    )
    marks = section(page_of(replace(inputs, tallies=unknown), "U08"), "部门互评票数")
    assert marks.columns[4].head == "弃权（含回避）"
    (peer,) = [tally for tally in inputs.tallies if tally.title == "部门互评"]
    (count,) = [count for count in peer.counts if count.unit == "U08"]
    assert marks.rows[0][4] == str(count.blanks)


def test_neighbours_stand_beside_the_unit_with_what_sets_them_apart() -> None:
    order = section(page_of(case_inputs(), "U13"), "与前后名次比较")
    assert [column.head for column in order.columns] == [
        "依次比较",
        "前：环境保护局",
        "本单位",
        "后：卫生和计划生育局",
    ]
    assert ("指标评估得分", "73.23", "72.92", "73.27") in order.rows
    assert order.words[0] == "与前一名环境保护局分先后的是：指标评估得分。"
    first = section(page_of(case_inputs(), "U12"), "与前后名次比较")
    assert first.columns[1].head != "前：—"


def test_who_is_first_and_who_is_tied() -> None:
    inputs = small_year(["70", "70", "50"], scheme=toml_scheme(manual(机关部门=(1, 1))))
    order = section(page_of(inputs, "A01"), "与前后名次比较")
    assert order.columns[1].head == "前：没有（本单位在最前）"
    assert "与单位A02各项完全相同。" in order.words
    page = page_of(inputs, "A01")
    assert page.news is News.ATTENTION
    assert any(words.startswith("须先解决：") for words in page.why)
    decided = section(page_of(replace(inputs, tie_decisions=decide("A02", "A01")), "A01"), "与前后名次比较")
    assert "领导小组决定先后的理由：会议决定" in decided.words


def test_a_barred_unit_of_2017_is_told_without_codes() -> None:
    page = page_of(case_inputs(), "U08")
    assert (page.news, page.heading) == (News.ATTENTION, "等次：合格，得分已够优秀的名额")
    assert "弄虚作假" in page.why[0]
    assert "D5" not in "".join("".join(line) for line in page.lines())
    ((what, day, clause),) = section(page, "取消优良资格情形").rows
    assert what.startswith("自评指标完成情况时虚报、瞒报、谎报等弄虚作假\n自评报告虚报1项")
    assert (day, clause) == ("2018-01-16", "四（四）")
    assert (
        "得分已够优秀的名额，因取消资格或不合格没有取得，名额由下一单位递补。"
        in section(page, "优秀、良好名额").words
    )
    places = section(page_of(case_inputs(), "U13"), "优秀、良好名额").words
    assert "得分排到良好的第1个名额。" in places
    assert "排在前面的规划管理部没有资格，名额由下一单位递补。" in places


def test_what_follows_cites_its_clauses() -> None:
    rows = section(page_of(case_inputs(), "U16"), "结果运用").rows
    assert ("奖金", "不发给\n等次为不合格", "五（二）") in rows
    assert page_of(case_inputs(), "U16").news is News.STOP
    history = section(page_of(case_inputs(), "U13"), "历年考核结果")
    assert [row[0] for row in history.rows] == ["2016", "2015"]


def test_an_override_is_told_beside_the_computed_grade() -> None:
    inputs = small_year(["70", "65"])
    override = Override(UnitCode("A02"), Grade.PASS, "约谈后整改未完成")
    page = page_of(replace(inputs, overrides=(override,)), "A02")
    assert page.heading.startswith("等次：合格（领导小组决定；按方案计算为")
    assert page.why[1] == "领导小组决定（计算等次为优秀）：约谈后整改未完成"


def test_a_unit_that_cannot_be_ranked_yet() -> None:
    inputs = replace(small_year(["70", "65"]), tallies=(), scores=())
    page = page_of(inputs, "A01")
    assert (page.news, page.heading) == (News.ATTENTION, "还不能确定等次")
    assert any("没有指标得分" in words for words in page.why)
    assert {"与前后名次比较", "结果运用", "领导评议票数"}.isdisjoint(each.title for each in page.sections)
    assert section(page, "综合得分的由来").rows[0][1:3] == ("—", "没有指标得分")
    assert section(page, "指标得分").words == ("没有指标得分。",)


def test_weighted_groups_have_a_row_each() -> None:
    groups = (WeightGroup("主要领导", Decimal("0.6")), WeightGroup("其他领导", Decimal("0.4")))
    scheme = toml_scheme({})
    leaders, *others = scheme.contests
    scheme = replace(scheme, contests=(replace(leaders, groups=groups), *others))
    inputs = small_year(["70", "65"], scheme=scheme)
    first = inputs.tallies[0]
    halves = tuple(replace(first, group=name) for name in ("主要领导", "其他领导"))
    page = page_of(replace(inputs, tallies=(*halves, *inputs.tallies[1:])), "A01")
    marks = section(page, f"{first.contest.title}票数")
    assert marks.columns[0].head == "组别"
    assert [row[0] for row in marks.rows] == ["主要领导（权重0.6）", "其他领导（权重0.4）"]
    formula = section(page, "综合得分的由来").rows[1][2]
    assert formula.startswith("主要领导：（100×")
    assert "\n其他领导：" in formula
