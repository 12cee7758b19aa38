"""What holds for every year, whatever was entered: drawn years under drawn schemes."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gaoxin_vote.domain.adjustment import BonusClaim, ClaimCategory
from gaoxin_vote.domain.assessment import assess
from gaoxin_vote.domain.contest import Grade
from gaoxin_vote.domain.inputs import AssessmentInputs
from gaoxin_vote.domain.quota import QuotaMode, Vacancy
from gaoxin_vote.domain.record import AssessmentRecord
from gaoxin_vote.domain.scheme import AssessmentScheme, RoundStage
from gaoxin_vote.domain.tally import UnitCount
from gaoxin_vote.domain.units import UnitCode
from tests.contests import LEADERSHIP, PEER

from .cases import toml_scheme
from .factory import LEADERS, decide, session, small_year

KINDS = ("D1", "D2:安全生产", "D2:计划生育", "D3", "D4", "D5", "D6", "F1")
drawn = settings(max_examples=60, deadline=None)
CLASSES = ("机关部门", "街道", "事业单位")


@st.composite
def schemes(draw: st.DrawFn) -> AssessmentScheme:
    """The scheme of 2017 with its switches thrown at random."""
    mode = draw(st.sampled_from(QuotaMode))
    patch: dict[str, object] = {
        "score.decimals": draw(st.integers(1, 4)),
        "score.round_stage": draw(st.sampled_from(["component", "final"])),
        "rating.abstain": draw(st.sampled_from(["exclude", "count_as_zero"])),
        "rating.trim": draw(st.integers(0, 1)),
        "bonus.cap_mode": draw(st.sampled_from(["separate", "net"])),
        "barring.veto_areas_count_separately": draw(st.booleans()),
        "quota.mode": mode.value,
        "quota.by_class": draw(st.booleans()),
        "quota.excellent_total": draw(st.integers(0, 6)),
        "quota.good_total": draw(st.integers(0, 6)),
        "quota.vacancy": draw(st.sampled_from(Vacancy)).value,
        "quota.good_min": draw(st.sampled_from([0, 70])),
        "quota.excellent_min": draw(st.sampled_from([70, 80])),
        "staff.rounding": draw(st.sampled_from(["floor", "half_up"])),
        "accountability.mode": draw(st.sampled_from(["highest_only", "all"])),
        "accountability.last_scope": draw(st.sampled_from(["all_units", "per_class"])),
    }
    if mode is QuotaMode.MANUAL:
        few = st.integers(0, 3)
        patch["quota.manual"] = {
            name: {"excellent": draw(few), "good": draw(few)} for name in (*CLASSES, "全部")
        }
    return toml_scheme(patch)


@st.composite
def counts(draw: st.DrawFn, unit: UnitCode, voters: int) -> UnitCount:
    """The marks of all voters for one unit, a few of them blank."""
    marks = draw(st.lists(st.integers(0, 4), min_size=voters, max_size=voters))
    number = Counter(marks)
    return UnitCount(unit, (number[0], number[1], number[2], number[3]), number[4], recusals=0)


@st.composite
def years(draw: st.DrawFn) -> AssessmentInputs:
    """A year of up to nine units; few different scores, so that ties are common."""
    size = draw(st.integers(1, 9))
    totals = draw(
        st.lists(st.sampled_from(["38.5", "60", "60.25", "70", "75.75"]), min_size=size, max_size=size)
    )
    classes = draw(st.lists(st.sampled_from(CLASSES), min_size=size, max_size=size))
    bars = draw(st.lists(st.tuples(st.integers(0, size - 1), st.sampled_from(KINDS)), max_size=6))
    base = small_year(totals, classes=classes, bars=bars, scheme=draw(schemes()))
    tallies = []
    for contest, voters in ((LEADERSHIP, LEADERS), (PEER, 5)):
        drawn_rows = [draw(counts(unit.code, voters)) for unit in base.units]
        same = draw(st.booleans())
        rows = [
            replace(drawn_rows[0] if same else row, unit=unit.code)
            for unit, row in zip(base.units, drawn_rows, strict=True)
        ]
        tallies.append(session(contest, voters, rows))
    claims = tuple(
        BonusClaim(
            f"B{number}",
            base.units[index].code,
            ClaimCategory.CITY_ITEM,
            level,
            "",
            "",
            declared_on=base.scheme.bonus.deadline,
            approved=True,
        )
        for number, (index, level) in enumerate(
            draw(
                st.lists(
                    st.tuples(st.integers(0, size - 1), st.sampled_from(["优秀", "良好", "合格", "不合格"])),
                    max_size=8,
                )
            )
        )
    )
    return replace(base, tallies=tuple(tallies), claims=claims)


def orders(record: AssessmentRecord) -> dict[str, int]:
    return {one.unit.code: one.standing.order for one in record.outcomes if one.standing}


@drawn
@given(years())
def test_grades_never_exceed_places(inputs: AssessmentInputs) -> None:
    record = assess(inputs)
    awarded = Counter((one.standing.scope, one.grade) for one in record.outcomes if one.standing)
    for quota in record.quotas:
        assert awarded[quota.scope, Grade.EXCELLENT] <= quota.excellent.places
        assert awarded[quota.scope, Grade.GOOD] <= quota.good.places


@drawn
@given(years(), st.data())
def test_permuting_units_permutes_results(inputs: AssessmentInputs, data: st.DataObject) -> None:
    shuffled = replace(
        inputs,
        units=tuple(data.draw(st.permutations(inputs.units))),
        scores=tuple(data.draw(st.permutations(inputs.scores))),
        tallies=tuple(
            replace(tally, counts=tuple(data.draw(st.permutations(tally.counts)))) for tally in inputs.tallies
        ),
        events=tuple(data.draw(st.permutations(inputs.events))),
        history=tuple(reversed(inputs.history)),
    )
    before, after = plain(inputs), plain(shuffled)
    assert after["summary"] == before["summary"]
    assert by_code(after) == by_code(before)
    assert [unit["code"] for unit in after["units"]] == [unit.code for unit in shuffled.units]


@drawn
@given(years(), st.data())
def test_raising_an_indicator_score_never_lowers_a_rank(
    inputs: AssessmentInputs, data: st.DataObject
) -> None:
    index = data.draw(st.integers(0, len(inputs.units) - 1))
    score = inputs.scores[index]
    more = data.draw(st.decimals(Decimal("0.01"), 80 - score.score, places=2))
    raised = replace(
        inputs,
        scores=(
            *inputs.scores[:index],
            replace(score, score=score.score + more),
            *inputs.scores[index + 1 :],
        ),
    )
    before, after = assess(inputs), assess(raised)
    assume(before.outcomes[index].standing is not None)
    unit = inputs.units[index].code
    assert orders(after)[unit] <= orders(before)[unit]
    first, second = before.outcomes[index], after.outcomes[index]
    assert first.standing is not None
    assert second.standing is not None
    assert second.standing.rank <= first.standing.rank
    assert list(Grade).index(second.standing.reached) <= list(Grade).index(first.standing.reached)


@drawn
@given(years())
def test_printed_parts_add_up_to_the_printed_total(inputs: AssessmentInputs) -> None:
    assume(inputs.scheme.round_stage is RoundStage.COMPONENT)
    for unit in plain(inputs)["units"]:
        if unit["composite"] is None:
            continue
        parts = (unit["indicator"], unit["leader"]["score"], unit["peer"]["score"], unit["bonus"]["net"])
        assert sum(map(Decimal, parts)) == Decimal(unit["composite"])
        assert Decimal(unit["internal"]) == Decimal(parts[1]) + Decimal(parts[2])
        sheet = [Decimal(claim["counted"]) for claim in unit["bonus"]["claims"]]
        raw = Decimal(unit["bonus"]["plus_raw"]) + Decimal(unit["bonus"]["minus_raw"])
        assert sum(sheet, Decimal(0)) == raw


@drawn
@given(years())
def test_a_composite_rounded_once_differs_from_its_parts_by_less_than_the_last_digit(
    inputs: AssessmentInputs,
) -> None:
    apart, once = (replace(inputs, scheme=replace(inputs.scheme, round_stage=stage)) for stage in RoundStage)
    step = Decimal(1).scaleb(-inputs.scheme.decimals)
    for one, other in zip(assess(apart).outcomes, assess(once).outcomes, strict=True):
        if one.composite is not None and other.composite is not None:
            assert abs(one.composite - other.composite) <= 2 * step


@drawn
@given(years())
def test_the_strict_order_agrees_with_ranks_and_blockers_are_about_this_year(
    inputs: AssessmentInputs,
) -> None:
    record = assess(inputs)
    ranked = record.ranked
    assert [one.standing.order for one in ranked if one.standing] == list(range(1, len(ranked) + 1))
    composites = [one.composite for one in ranked if one.composite is not None]
    assert composites == sorted(composites, reverse=True)
    for one in ranked:
        assert one.standing is not None
        better = sum(other > one.composite for other in composites if one.composite is not None)
        assert one.standing.rank == better + 1
    codes = {unit.code for unit in inputs.units}
    assert all(blocker.unit is None or blocker.unit in codes for blocker in record.blockers)


@drawn
@given(years())
def test_a_tie_that_does_not_block_may_be_decided_either_way(inputs: AssessmentInputs) -> None:
    """Units that nothing tells apart: turning their codes round changes no grade unless the tie blocks."""
    record = assess(inputs)
    matter = {code for group in record.undecided for code in group}
    for one in record.ranked:
        if one.standing is None or not one.standing.tied_with or one.unit.code in matter:
            continue
        decided = replace(inputs, tie_decisions=decide(one.unit.code))
        other = assess(decided)
        assert {o.unit.code: o.grade for o in other.outcomes} == {
            o.unit.code: o.grade for o in record.outcomes
        }


def plain(inputs: AssessmentInputs) -> Any:
    return assess(inputs).as_json()


def by_code(answer: Any) -> dict[str, Any]:
    return {unit["code"]: unit for unit in answer["units"]}
