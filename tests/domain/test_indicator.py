"""Targets and the points for them, as they are kept."""

from decimal import Decimal

import pytest

from gaoxin_vote.domain.codec import from_json, to_json
from gaoxin_vote.domain.indicator import Indicator, IndicatorScore
from gaoxin_vote.domain.units import UnitCode
from gaoxin_vote.errors import Refused

SCORE = IndicatorScore(UnitCode("A01"), "Z1", "招商引资", Decimal(20), Decimal("18.75"))


def test_an_indicator_is_of_one_unit_or_of_every_unit() -> None:
    every = Indicator(None, "Z1", "招商引资", Decimal(20))
    own = Indicator(UnitCode("A01"), "Z1", "招商引资", Decimal(20))
    assert every != own
    assert [from_json(Indicator, to_json(row)) for row in (every, own)] == [every, own]


def test_a_score_needs_its_points_but_no_words_and_no_scorer() -> None:
    bare = {"unit": "A01", "indicator": "Z1", "name": "招商引资", "full": "20", "score": "18.75"}
    read = from_json(IndicatorScore, bare)
    assert read == SCORE
    assert (read.basis, read.scorer, read.scorer_unit, read.recused) == ("", "", None, ())
    for name in ("full", "score"):
        with pytest.raises(Refused, match=rf"IndicatorScore\.{name}"):
            from_json(IndicatorScore, {key: value for key, value in bare.items() if key != name})


def test_points_are_never_floating_point() -> None:
    obj = to_json(SCORE)
    assert isinstance(obj, dict)
    assert obj["score"] == "18.75"
    with pytest.raises(Refused, match=r"IndicatorScore\.score"):
        from_json(IndicatorScore, {**obj, "score": 18.75})
