"""How are a place and a grade told?"""

from dataclasses import replace

from gaoxin_vote.domain.contest import Grade
from tests.domain.cases import patched, toml_scheme
from tests.domain.explaining.test_derivation import of
from tests.domain.factory import decide, manual, small_year


def test_a_vacant_place_is_said() -> None:
    inputs = patched({"vacancy": "vacant"})
    places = of(inputs, "U08").places
    assert places is not None
    assert (places.nth, places.vacancy) == (3, "名额空缺，不递补")


def test_a_tie_tells_whether_it_is_decided() -> None:
    inputs = small_year(["70", "70", "50"], scheme=toml_scheme(manual(机关部门=(1, 1))))
    undecided = of(inputs, "A01").order
    assert undecided is not None
    assert (undecided.decided_below, undecided.tied_with) == ("未决（各项相同）", ("A02",))
    decided = of(replace(inputs, tie_decisions=decide("A02", "A01")), "A01").order
    assert decided is not None
    assert (decided.decided_above, decided.tied_with, decided.decision) == ("领导小组决定", (), "会议决定")


def test_scaled_places_do_not_claim_a_percentage() -> None:
    places = of(small_year(["70", "65", "60"]), "A01").places
    assert places is not None
    assert "按单位数分得7" in places.formula


def test_what_decides_between_neighbours_is_named() -> None:
    inputs = small_year(["70", "65", "60"])
    middle = of(inputs, "A02").order
    assert middle is not None
    assert (middle.above, middle.below) == ("A01", "A03")
    assert (middle.decided_above, middle.decided_below) == ("综合得分", "综合得分")
    first = of(inputs, "A01").order
    assert first is not None
    assert (first.above, first.decided_above) == (None, "")


def test_a_place_given_by_hand_has_no_ratio() -> None:
    scheme = toml_scheme(manual(机关部门=(1, 1)))
    places = of(small_year(["70", "65", "60"], scheme=scheme), "A01").places
    assert places is not None
    assert places.formula == "优秀1个；良好1个（方案逐类指定）"
    assert (places.size, places.nth, places.reached) == (3, 1, Grade.EXCELLENT)


def test_a_bar_is_told_with_its_clause() -> None:
    told = of(small_year(["70", "65"], bars=[(0, "D1")]), "A01").grade
    assert told is not None
    assert told.words.startswith("机关部门中按综合得分排第1；取消优秀、良好资格：")
    kind = toml_scheme({}).barring.kind("D1")
    assert kind is not None
    assert kind.text in told.words
    assert "D1" not in told.words


def test_areas_that_count_separately_are_named() -> None:
    scheme = toml_scheme({})
    scheme = replace(scheme, barring=replace(scheme.barring, veto_areas_count_separately=True))
    veto = next(kind for kind in scheme.barring.kinds if kind.areas)
    inputs = small_year(["70", "65"], scheme=scheme, bars=[(0, f"{veto.code}:{veto.areas[0]}")])
    told = of(inputs, "A01").grade
    assert told is not None
    assert f"{veto.text}（{veto.areas[0]}）" in told.words
    assert told.clause == "四（四）"
