"""How are the parts of a composite told?"""

from dataclasses import replace
from decimal import Decimal

from gaoxin_vote.domain.adjustment import LateAcceptance
from gaoxin_vote.domain.explaining.parts import percent
from tests.contests import LEADERSHIP
from tests.domain.cases import patched
from tests.domain.explaining.test_derivation import of
from tests.domain.factory import count, honour, small_year, under, with_counts


def test_rounding_once_shows_what_is_summed() -> None:
    told = of(patched({"round_stage": "final"}), "U07")
    assert told.composite_formula == "75.83＋9.5556＋9.1667＋9.00，合计后四舍五入为103.55"
    assert told.ratings[0].formula == "9.5556，以此合计，表上四舍五入为9.56"
    assert told.order is not None
    assert [line.own for line in told.order.keys][2] == "9.5556"


def test_claims_tell_their_reason() -> None:
    claims = (
        honour("A01", "国家级", "M1", claim_id="B1"),
        honour("A01", "省级", "M1", claim_id="B2"),
        replace(honour("A01", "省级", "M2", claim_id="B3"), approved=False, opinion="协会奖"),
        honour("A01", "市级", "M3", claim_id="B4", declared="2018-02-01"),
        replace(honour("A01", "市级", "M4", claim_id="B5"), approved=None),
    )
    accepted = LateAcceptance("B4", "结果公布较晚")
    inputs = replace(small_year(["70", "65"]), claims=claims, late_acceptances=(accepted,))
    told = of(inputs, "A01")
    assert [claim.words for claim in told.adjustment.claims] == [
        "计入：荣誉·国家级，3分",
        "不计入：同一事项M1在荣誉中只计最高级别一次",
        "不计入：领导小组审核未通过（协会奖）",
        "计入：荣誉·市级，1分；逾期申报，经领导小组同意：结果公布较晚",
        "不计入：尚未审定",
    ]
    assert len(told.blockers) == 1
    assert "B5" in told.blockers[0]


def test_a_ratio_is_told_in_percent() -> None:
    assert [percent(Decimal(text)) for text in ("0.3", "0.125", "1", "0")] == ["30%", "12.5%", "100%", "0%"]


def test_trimming_zeros_and_weights_stand_in_the_formula() -> None:
    rows = [count("A01", (2, 6, 0, 0), abstained=1)]
    inputs = with_counts(small_year(["70", "65"]), LEADERSHIP, rows)
    zeros = under(inputs, rating__abstain="count_as_zero", leader__trim=1)
    (group,) = of(zeros, "A01").ratings[0].groups
    assert group.formula == (
        "（100×1＋80×6＋60×0＋40×0＋0×0）÷7÷100×10＝8.2857，已去掉1个最高、1个最低评价，弃权按0分计入"
    )
    assert (group.valid, group.abstained, group.void) == (8, 1, 0)


def test_without_a_mark_nothing_is_computed() -> None:
    inputs = with_counts(small_year(["70", "65"]), LEADERSHIP, [count("A01", (0, 0, 0, 0), abstained=9)])
    told = of(inputs, "A01")
    assert told.ratings[0].groups[0].formula == "没有可计分的有效票"
    assert told.ratings[0].formula == "尚不能计算"
    assert told.composite_formula == "尚不能计算"


def test_the_cap_is_told_either_way() -> None:
    claims = tuple(honour("A01", "国家级", f"M{n}", claim_id=f"B{n}") for n in range(4))
    inputs = replace(small_year(["70", "65"]), claims=claims)
    assert of(inputs, "A01").adjustment.formula == "加分12.00、减分0.00，各以10分为限后相抵，计10.00"
    net = of(under(inputs, bonus__cap_mode="net"), "A01").adjustment.formula
    assert net == "加分12.00与减分0.00相抵后以±10分为限，计10.00"
