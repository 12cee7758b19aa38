"""Is what was entered dated in the year, and entered once? (A39)"""

from dataclasses import replace
from datetime import date

import pytest

from gaoxin_vote.domain.assessment import assess
from gaoxin_vote.domain.inputs import AssessmentInputs
from gaoxin_vote.domain.record import BlockerKind
from gaoxin_vote.domain.season import out_of_season, season
from gaoxin_vote.domain.spoken import spoken_day
from tests.domain.cases import toml_scheme
from tests.domain.factory import event, honour, only_blocker, under, valid


def told(inputs: AssessmentInputs) -> list[str]:
    return [
        note.message
        for note in assess(inputs).notes
        if "申报期" in note.message or "是否重复" in note.message
    ]


def test_the_season_ends_some_days_after_the_deadline() -> None:
    assert season(toml_scheme({})) == (date(2017, 1, 1), date(2018, 4, 10))
    assert season(toml_scheme({"bonus.season_days": 0}))[1] == date(2018, 1, 10)


@pytest.mark.parametrize(
    ("day", "odd"),
    [
        (None, False),
        (date(2016, 12, 31), True),
        (date(2017, 1, 1), False),
        (date(2018, 4, 10), False),
        (date(2018, 4, 11), True),
    ],
)
def test_a_date_is_of_the_year_or_odd(day: date | None, odd: bool) -> None:
    words = out_of_season(toml_scheme({}), day)
    assert (words is not None) is odd
    assert (
        words is None or day is None or (spoken_day(day) in words and "2017年1月1日至2018年4月10日" in words)
    )


def test_claims_and_events_outside_the_year_are_noted_with_their_number() -> None:
    old = replace(honour("A01", "省级", claim_id="B7"), issued_on=date(2015, 3, 2))
    late = replace(honour("A02", "省级", claim_id="B8"), declared_on=date(2019, 1, 2))
    bar = replace(event("A03", "D3", 5), decided_on=date(2027, 5, 1))
    inputs = replace(valid(), claims=(old, late), events=(bar,))
    first, second, third = told(inputs)
    assert "B7" in first and "2015年3月2日" in first
    assert "B8" in second and "2019年1月2日" in second
    assert bar.event_id in third and "2027年5月1日" in third
    assert told(replace(valid(), claims=(replace(old, issued_on=date(2017, 3, 2)),))) == []


def test_claims_that_are_equal_are_noted_once_a_pair() -> None:
    one = honour("A01", "省级", "M1", claim_id="B1")
    inputs = replace(valid(), claims=(one, replace(one, claim_id="B2")))
    (words,) = told(inputs)
    assert "B1" in words and "B2" in words
    for other in (replace(one, claim_id="B2", title="另一项"), replace(one, claim_id="B2", matter_id="M2")):
        assert told(replace(valid(), claims=(one, other))) == []


@pytest.mark.parametrize("year", [2017, 2018])
def test_history_is_of_earlier_years(year: int) -> None:
    first, *rest = valid().history
    inputs = replace(valid(), history=(*rest, replace(first, year=year)))
    assert only_blocker(inputs).kind is BlockerKind.HISTORY_NOT_EARLIER


def test_the_length_of_the_season_is_a_switch() -> None:
    late = replace(honour("A02", "省级", claim_id="B8"), issued_on=date(2018, 5, 1))
    inputs = replace(valid(), claims=(late,))
    assert len(told(inputs)) == 1
    assert told(under(inputs, bonus__season_days=120)) == []
