"""What the officer is told that blocks nothing."""

from dataclasses import replace
from decimal import Decimal

from gaoxin_vote.domain.adjustment import ClaimCategory
from gaoxin_vote.domain.assessment import assess
from gaoxin_vote.domain.contest import Grade
from gaoxin_vote.domain.decision import Override
from gaoxin_vote.domain.inputs import AssessmentInputs
from gaoxin_vote.domain.supervision import Inspection, SiteNote
from gaoxin_vote.domain.units import Leader, UnitCode

from .cases import toml_scheme
from .factory import honour, manual, small_year

ONE = UnitCode("A01")


def year() -> AssessmentInputs:
    return small_year(["70", "65", "60", "55"], scheme=toml_scheme(manual(机关部门=(1, 1))))


def messages(inputs: AssessmentInputs) -> list[str]:
    return [note.message for note in assess(inputs).notes]


def one(inputs: AssessmentInputs) -> str:
    (message,) = messages(inputs)
    return message


def test_a_clean_year_has_nothing_to_say() -> None:
    assert messages(year()) == []


def test_a_leader_who_heads_a_unit() -> None:
    message = one(replace(year(), leaders=(Leader("L4", "纪工委书记", heads="A01"), Leader("L5", "副主任"))))
    assert "纪工委书记" in message
    assert "A01" in message


def test_one_matter_in_two_categories() -> None:
    paper = replace(honour("A01", "省级", "M1", claim_id="B2"), category=ClaimCategory.PUBLICATION)
    inputs = replace(year(), claims=(honour("A01", "省级", "M1"), paper))
    assert "M1" in one(inputs)
    assert messages(replace(inputs, claims=(inputs.claims[0], replace(paper, matter_id="M2")))) == []
    assert messages(replace(inputs, claims=(inputs.claims[0], replace(paper, unit=UnitCode("A02"))))) == []


def test_approved_points_that_the_scheme_does_not_give() -> None:
    claim = replace(honour("A01", "省级"), approved_points=Decimal(3))
    assert "按方案计2分" in one(replace(year(), claims=(claim,)))
    assert messages(replace(year(), claims=(replace(claim, approved_points=Decimal("2.0")),))) == []


def test_a_scorer_of_the_own_unit() -> None:
    inputs = year()
    scored = replace(inputs.scores[0], scorer="张三", scorer_unit=ONE)
    assert "张三评分" in one(replace(inputs, scores=(scored, *inputs.scores[1:])))
    elsewhere = replace(scored, scorer_unit=UnitCode("A02"))
    assert messages(replace(inputs, scores=(elsewhere, *inputs.scores[1:]))) == []
    aside = replace(scored, recused=("张三",))
    assert messages(replace(inputs, scores=(aside, *inputs.scores[1:]))) == []
    note = SiteNote(ONE, "Z1", Inspection.SEE, "现场", scorer="李四", scorer_unit=ONE)
    assert "李四“看”" in one(replace(inputs, site_notes=(note,)))
    assert messages(replace(inputs, site_notes=(replace(note, recused=True),))) == []


def test_an_override_and_more_grades_than_places() -> None:
    inputs = replace(year(), overrides=(Override(UnitCode("A03"), Grade.EXCELLENT, "会议决定"),))
    found = messages(inputs)
    assert len(found) == 3
    assert "A03" in found[0]
    assert "计算等次为合格" in found[0]
    assert "优秀单位2个，多于名额1个" in found[1]
    assert "合计13名，超过总数控制12名" in found[2]


def test_missing_years_are_named_and_not_listed_without_end() -> None:
    history = tuple(entry for entry in year().history if (entry.year, entry.unit) != (2016, "A02"))
    message = one(replace(year(), history=history))
    assert "A02" in message
    assert "2016年度" in message
    assert "A01" not in message


def test_a_class_that_can_get_neither_of_the_upper_grades() -> None:
    classes = ("机关部门",) * 4 + ("街道（办事处）",)
    ratios = {"quota.excellent_ratio": Decimal("0.5"), "quota.good_ratio": Decimal("0.25")}
    words = "街道（办事处）共1个单位，按比例既没有优秀名额，也没有良好名额"
    for mode, told in (("floor", True), ("round", False)):
        scheme = toml_scheme({"quota.mode": mode, **ratios})
        found = messages(small_year(["70", "65", "60", "55", "50"], scheme=scheme, classes=classes))
        assert any(words in each for each in found) is told
        assert not any("机关部门" in each for each in found)
