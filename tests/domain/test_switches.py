"""Every switch of the ambiguity table (RULES.md, part 2) changes what it says it changes."""

from dataclasses import replace
from decimal import Decimal

import pytest

from gaoxin_vote.domain.adjustment import ClaimCategory
from gaoxin_vote.domain.assessment import assess
from gaoxin_vote.domain.contest import Grade
from gaoxin_vote.domain.decision import PlaceDecision
from gaoxin_vote.domain.inputs import AssessmentInputs
from gaoxin_vote.domain.record import BlockerKind
from gaoxin_vote.domain.tally import Reconciliation
from tests.contests import LEADERSHIP, PEER, leadership, peer

from .cases import toml_scheme
from .factory import (
    blocked,
    count,
    event,
    honour,
    manual,
    only_blocker,
    printed,
    session,
    small_year,
    under,
    valid,
    with_counts,
    with_numbers,
)

EXCELLENT, GOOD, PASS, FAIL = Grade


def composites(inputs: AssessmentInputs) -> list[str]:
    return [str(one.composite) for one in assess(inputs).outcomes]


def grades(inputs: AssessmentInputs) -> list[Grade | None]:
    return [one.grade for one in assess(inputs).outcomes]


def test_a1_labels_of_each_session() -> None:
    labels = ["好", "较好", "一般", "差"]
    unit = printed(under(valid(), peer__labels=labels))["units"][0]
    assert [unit["peer"][label] for label in labels] == [0, 3, 0, 0]
    assert unit["leader"]["及格"] == 0


def test_a2_values_of_each_session() -> None:
    values = {"优秀": 100, "良好": 90, "合格": 60, "不合格": 0}
    assert composites(under(valid(), rating__grade_values=values))[0] == "88.00"
    assert composites(under(valid(), leader__grade_values=values))[0] == "87.00"
    assert composites(under(valid(), peer__grade_values=values))[0] == "87.00"
    assert composites(valid())[0] == "86.00"


def test_a4_ballots_of_a_unit() -> None:
    """Two ballots a unit: 8 come back, and the unit's own 2 are missing from its row."""
    rows = [count(f"A{index:02}", (0, 6, 0, 0)) for index in range(1, 5)]
    numbers = Reconciliation(4, 4, 8, 8, 8, 0)
    inputs = with_numbers(with_counts(valid(), PEER, rows), PEER, numbers)
    assert blocked(under(inputs, peer__ballots_per_unit=2)) == []
    assert {kind for kind, _ in blocked(inputs)} == {BlockerKind.NOT_RECONCILED}


def test_a6_self_rating() -> None:
    rows = [count(f"A{index:02}", (0, 4, 0, 0)) for index in range(1, 5)]
    included = with_counts(valid(), PEER, rows)
    assert blocked(under(included, peer__self_rating="include")) == []
    assert len(blocked(under(valid(), peer__self_rating="include"))) == 4


def test_a7_abstention() -> None:
    rows = [count("A01", (0, 2, 0, 0), abstained=1)]
    inputs = with_counts(valid(), PEER, rows)
    assert composites(inputs)[0] == "86.00"
    assert composites(under(inputs, rating__abstain="count_as_zero"))[0] == "83.33"
    assert composites(under(inputs, leader__abstain="count_as_zero"))[0] == "86.00"


def test_a8_void_row_or_ballot() -> None:
    inputs = with_counts(valid(), LEADERSHIP, [count("A01", (0, 8, 0, 0), void=1)])
    assert blocked(inputs) == []
    blocker = only_blocker(under(inputs, rating__void_scope="ballot"))
    assert blocker.kind is BlockerKind.NOT_RECONCILED
    assert "整张票无效" in blocker.message
    rows = [count(f"A{index:02}", (0, 8, 0, 0), void=1) for index in range(1, 5)]
    whole = with_counts(valid(), LEADERSHIP, rows)
    whole = with_numbers(whole, LEADERSHIP, Reconciliation(9, 9, 9, 9, 8, 1))
    assert blocked(under(whole, rating__void_scope="ballot")) == []


@pytest.mark.parametrize(("fraction", "enough"), [("1/2", 5), ("2/3", 6), ("4/5", 8), ("1", 9), ("0", 1)])
def test_a9_turnout(fraction: str, enough: int) -> None:
    for attended in range(1, 10):
        rows = [count(f"A{index:02}", (0, attended, 0, 0)) for index in range(1, 5)]
        inputs = with_counts(valid(), LEADERSHIP, rows)
        numbers = Reconciliation(9, attended, attended, attended, attended, 0)
        inputs = under(with_numbers(inputs, LEADERSHIP, numbers), rating__min_turnout=fraction)
        assert (blocked(inputs) == []) is (attended >= enough)


def weighted(rows: dict[str, tuple[int, int, int, int]]) -> AssessmentInputs:
    """One unit judged by two groups of leaders, 0.7 and 0.3."""
    weights = {"主要领导": "0.7", "其他领导": "0.3"}
    patch: dict[str, object] = {"rating.trim": 0, "leader.trim": 0, "leader.weights": weights}
    scheme = toml_scheme(patch, "weighted")
    base = small_year(["70"], scheme=scheme, peers={0: (1, 0, 0, 0)})
    peer = replace(base.tallies[1], reconciliation=Reconciliation(1, 1, 1, 1, 1, 0))
    groups = tuple(
        session(LEADERSHIP, sum(row), [count("A01", row)], group=group) for group, row in rows.items()
    )
    return replace(base, tallies=(*groups, peer))


def test_a10_weights_by_role() -> None:
    """3 × 优秀 at 0.7 and 6 × 合格 at 0.3: 8.80, where equal marks would give 7.33."""
    inputs = weighted({"主要领导": (3, 0, 0, 0), "其他领导": (0, 0, 6, 0)})
    outcome = assess(inputs).outcomes[0]
    assert blocked(inputs) == []
    assert str(outcome.ratings[0].score) == "8.80"
    unit = printed(inputs)["units"][0]["leader"]
    assert (unit["优秀"], unit["及格"], unit["valid"]) == (3, 6, 9)
    assert [(group["group"], group["score"]) for group in unit["groups"]] == [
        ("主要领导", "10.00"),
        ("其他领导", "6.00"),
    ]


def test_a10_a_group_without_marks_or_session_blocks() -> None:
    inputs = weighted({"主要领导": (3, 0, 0, 0), "其他领导": (0, 0, 6, 0)})
    half = replace(inputs, tallies=inputs.tallies[1:])
    assert only_blocker(half).kind is BlockerKind.SESSION_MISSING
    assert assess(half).outcomes[0].composite is None
    stray = replace(inputs.tallies[0], group="别的组", number=2)
    assert "没有权重组" in only_blocker(replace(inputs, tallies=(*inputs.tallies, stray))).message


def test_a10_a_group_of_two_would_name_its_voters() -> None:
    inputs = weighted({"主要领导": (2, 0, 0, 0), "其他领导": (0, 0, 6, 0)})
    assert only_blocker(inputs).kind is BlockerKind.GROUP_TOO_SMALL


@pytest.mark.parametrize(("trim", "score"), [(0, "7.56"), (1, "7.71"), (2, "7.60"), (3, "8.00"), (4, "8.00")])
def test_a10_trimming(trim: int, score: str) -> None:
    inputs = small_year(["70", "60"], leaders={0: (2, 4, 2, 1)}, peers={0: (1, 0, 0, 0)})
    assert str(assess(under(inputs, rating__trim=trim)).outcomes[0].ratings[0].score) == score


def test_a10_an_abstention_that_counts_as_zero_is_trimmed_first() -> None:
    """(1 优秀, 7 良好, 1 弃权) without the best and the worst is 7 × 良好."""
    rows = [count("A01", (1, 7, 0, 0), abstained=1)]
    inputs = with_counts(valid(), LEADERSHIP, rows)
    trimmed = under(inputs, rating__abstain="count_as_zero", leader__trim=1)
    assert str(assess(trimmed).outcomes[0].ratings[0].score) == "8.00"


def test_a10_trimming_that_leaves_nothing_blocks() -> None:
    inputs = small_year(["70", "60"], peers={0: (1, 0, 0, 0)})
    trimmed = blocked(under(inputs, leader__trim=5))
    assert [kind for kind, _ in trimmed] == [BlockerKind.NO_VALID_MARK] * 2


def test_a11_the_limit_of_excellent_is_the_booths() -> None:
    scheme = toml_scheme({"peer.max_excellent": 8})
    assert peer(scheme).max_excellent == 8
    assert leadership(scheme).max_excellent is None
    assert any("无法核验" in note.message for note in assess(under(valid(), peer__max_excellent=8)).notes)


def test_a12_manual_places() -> None:
    assert grades(replace(valid(), scheme=toml_scheme(manual(机关部门=(0, 3))))) == [GOOD, GOOD, GOOD, PASS]
    missing = replace(valid(), scheme=toml_scheme(manual(街道=(1, 1))))
    assert only_blocker(missing).kind is BlockerKind.PLACES_MISSING
    overall = toml_scheme({**manual(全部=(2, 1)), "quota.by_class": False})
    assert grades(replace(valid(), scheme=overall)) == [EXCELLENT, EXCELLENT, GOOD, PASS]


def test_a13_a14_by_class_or_overall() -> None:
    classes = ["机关部门", "机关部门", "街道", "街道"]
    inputs = small_year(["70", "65", "60", "55"], classes=classes)
    by_class = under(inputs, quota__excellent_total=2, quota__good_total=1)
    decided = PlaceDecision("机关部门", Grade.GOOD, 1, "机关部门单位较多")
    by_class = replace(by_class, place_decisions=(decided,))
    assert grades(by_class) == [EXCELLENT, GOOD, EXCELLENT, PASS]
    overall = under(inputs, quota__excellent_total=2, quota__good_total=1, quota__by_class=False)
    assert grades(overall) == [EXCELLENT, EXCELLENT, GOOD, PASS]


def test_a16_least_scores() -> None:
    places = manual(机关部门=(2, 2))
    inputs = replace(valid(), scheme=toml_scheme(places))
    assert grades(inputs) == [EXCELLENT, EXCELLENT, GOOD, GOOD]
    strict = toml_scheme({**places, "quota.excellent_min": 85, "quota.good_min": "80.5"})
    assert grades(replace(inputs, scheme=strict)) == [EXCELLENT, GOOD, PASS, PASS]


def test_a17_equal_grade() -> None:
    places = manual(机关部门=(1, 1))
    inputs = small_year(["70", "70", "60", "55"], scheme=toml_scheme({**places, "ties.equal_grade": True}))
    assert blocked(inputs) == []
    assert grades(inputs) == [EXCELLENT, EXCELLENT, GOOD, PASS]


@pytest.mark.parametrize(("decimals", "score"), [(1, "9.6"), (2, "9.56"), (3, "9.556"), (4, "9.5556")])
def test_a18_decimals(decimals: int, score: str) -> None:
    inputs = small_year(["70", "60"], leaders={0: (7, 2, 0, 0)}, peers={0: (1, 0, 0, 0)})
    assert str(assess(under(inputs, score__decimals=decimals)).outcomes[0].ratings[0].score) == score


def test_a18_rounding_once() -> None:
    """86/9 + 110/12 is 18.7222: the parts rounded give 18.73, rounded once 18.72."""
    inputs = small_year(["70"] * 13, leaders={0: (7, 2, 0, 0)}, peers={0: (7, 5, 0, 0)})
    assert composites(inputs)[0] == "88.73"
    assert composites(under(inputs, score__round_stage="final"))[0] == "88.72"


def test_a19_cap() -> None:
    claims = [honour("A01", "国家级", f"M{index}", claim_id=f"B{index}") for index in range(4)]
    minus = replace(claims[0], claim_id="B9", category=ClaimCategory.CITY_ITEM, level="不合格", matter_id="")
    inputs = replace(valid(), claims=(*claims, minus))
    assert composites(inputs)[0] == "95.00"
    assert composites(under(inputs, bonus__cap_mode="net"))[0] == "96.00"
    assert composites(under(inputs, bonus__cap=11))[0] == "96.00"


def test_a20_grouped_categories() -> None:
    honours = (honour("A01", "省级", "M1", claim_id="B1"), honour("A01", "市级", "M1", claim_id="B2"))
    assert composites(replace(valid(), claims=honours))[0] == "88.00"
    alone = replace(valid(), claims=honours)
    assert composites(under(alone, bonus__same_matter_categories=[]))[0] == "89.00"
    papers = tuple(
        replace(claim, category=ClaimCategory.INNOVATION, approved_points=Decimal(2)) for claim in honours
    )
    inputs = replace(valid(), claims=papers)
    assert composites(inputs)[0] == "90.00"
    assert composites(under(inputs, bonus__same_matter_categories=["创新"]))[0] == "88.00"


def test_a20_claims_without_a_matter_stand_alone() -> None:
    honours = (honour("A01", "省级", claim_id="B1"), honour("A01", "市级", claim_id="B2"))
    assert composites(replace(valid(), claims=honours))[0] == "89.00"


def test_a23_deadline() -> None:
    inputs = replace(valid(), claims=(honour("A01", "省级", declared="2018-01-10"),))
    assert composites(inputs)[0] == "88.00"
    assert composites(under(inputs, bonus__deadline_inclusive=False))[0] == "86.00"
    assert composites(under(inputs, bonus__deadline="2018-01-09"))[0] == "86.00"


def test_a24_kinds_that_count_as_one() -> None:
    bars = [(0, "D2:安全生产"), (0, "D3"), (0, "D4")]
    inputs = small_year(["70", "65", "60", "55"], bars=bars)
    assert grades(inputs)[0] is FAIL
    kinds = [
        {"code": "D2", "text": "一票否决", "effect": "bar"},
        {"code": "D3", "text": "腐败", "effect": "bar"},
        {"code": "D4", "text": "不团结", "effect": "bar", "counts_as": "D3"},
    ]
    outcome = assess(under(inputs, barring__kinds=kinds)).outcomes[0]
    assert outcome.grade is PASS
    assert outcome.barring.kinds == ("D2", "D3")
    assert grades(under(inputs, barring__fail_kinds=4))[0] is PASS


def test_a25_veto_areas_as_kinds_of_their_own() -> None:
    """The switch of the variant `veto_areas_separate_kinds`, on a case that bites."""
    bars = [(0, "D2:安全生产"), (0, "D2:计划生育"), (0, "D5")]
    inputs = small_year(["70", "65", "60", "55"], bars=bars)
    one_kind = assess(inputs).outcomes[0]
    assert (one_kind.grade, one_kind.barring.kinds) == (PASS, ("D2", "D5"))
    apart = assess(under(inputs, barring__veto_areas_count_separately=True)).outcomes[0]
    assert (apart.grade, apart.barring.kinds) == (FAIL, ("D2:安全生产", "D2:计划生育", "D5"))
    no_area = replace(inputs, events=(event("A01", "D2"),))
    plain = assess(under(no_area, barring__veto_areas_count_separately=True)).outcomes[0]
    assert plain.barring.kinds == ("D2",)
    twice = replace(inputs, events=(*inputs.events[:1], event("A01", "D2:安全生产", 9), inputs.events[2]))
    assert grades(under(twice, barring__veto_areas_count_separately=True))[0] is PASS


def test_a27_last_of_all_or_of_each_class() -> None:
    inputs = small_year(["70", "65", "60", "55"], classes=["机关部门", "街道", "机关部门", "街道"])
    assert printed(inputs)["summary"]["last"] == "A04"
    per_class = under(inputs, accountability__last_scope="per_class")
    assert printed(per_class)["summary"]["last"] == {"机关部门": "A03", "街道": "A04"}
    words = [unit["accountability"] for unit in printed(per_class)["units"]]
    assert words == ["无", "无", "约谈", "约谈"]


def test_a28_all_measures_or_the_highest() -> None:
    inputs = small_year(["70", "65", "60", "30"])
    unit = printed(inputs)["units"][3]
    assert (unit["accountability"], unit["accountability_triggers"]) == (
        "诫勉谈话",
        ["当年排名最后", "当年不合格"],
    )
    every = printed(under(inputs, accountability__mode="all"))["units"][3]
    assert every["accountability"] == "约谈、诫勉谈话"
    assert every["accountability_triggers"] == unit["accountability_triggers"]


def test_a29_a_new_head_is_warned_of() -> None:
    inputs = small_year(["70", "65", "60", "55"])
    lasts = tuple(replace(entry, is_last=entry.unit == "A04") for entry in inputs.history)
    inputs = replace(inputs, history=lasts)
    assert printed(inputs)["units"][3]["accountability"] == "调整工作岗位"
    assert not [note for note in assess(inputs).notes if note.unit]
    new_head = replace(
        inputs, units=tuple(replace(unit, head_changed=unit.code == "A04") for unit in inputs.units)
    )
    (note,) = [note for note in assess(new_head).notes if note.unit]
    assert note.unit == "A04"
    assert "更换过负责人" in note.message


def test_a31_staff_rounding_and_cap() -> None:
    places = manual(机关部门=(2, 2))
    inputs = small_year(["70", "65", "60", "55"], staff=13, scheme=toml_scheme(places))
    usual = printed(inputs)
    assert usual["summary"]["staff_cap"] == 7
    assert grades(inputs) == [EXCELLENT, EXCELLENT, GOOD, GOOD]
    assert [unit["staff_excellent_quota"] for unit in usual["units"]] == [2, 2, 1, 1]
    halves = printed(under(inputs, staff__rounding="half_up", **places))
    assert [unit["staff_excellent_quota"] for unit in halves["units"]] == [3, 3, 2, 2]
    tight = under(inputs, staff__total_cap="0.05", **places)
    summary = printed(tight)["summary"]
    assert (summary["staff_cap"], summary["staff_quota_sum"], summary["staff_over"]) == (2, 6, 4)
    assert any("超过总数控制2名" in note.message for note in assess(tight).notes)


def test_a33_aliases_of_the_notice() -> None:
    assert dict(toml_scheme({}).aliases)["人事局"] == "组织人事局"
