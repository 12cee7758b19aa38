"""Which indicators a unit has."""

from decimal import Decimal

from gaoxin_vote.domain.indicator import Indicator, IndicatorScore
from gaoxin_vote.domain.inputs import AssessmentInputs
from gaoxin_vote.domain.units import UnitCode
from gaoxin_vote.spreadsheets.catalogue import Catalogue, catalogue_of

A, B = UnitCode("A"), UnitCode("B")


def test_the_sample_has_four_indicators_of_every_unit(inputs: AssessmentInputs) -> None:
    assert [(one.unit, one.code, one.full) for one in catalogue_of(inputs.scores)] == [
        (None, "Z1", 40),
        (None, "Z2", 24),
        (None, "Z3", 8),
        (None, "Z4", 8),
    ]


def test_what_units_have_of_their_own_stays_theirs() -> None:
    def score(unit: UnitCode, code: str, full: int) -> IndicatorScore:
        return IndicatorScore(unit, code, code, Decimal(full), Decimal(1))

    found = catalogue_of((score(A, "Z1", 50), score(A, "Z2", 30), score(B, "Z1", 50), score(B, "Z2", 20)))
    assert [(one.unit, one.code, one.full) for one in found] == [
        (None, "Z1", 50),
        (A, "Z2", 30),
        (B, "Z2", 20),
    ]
    assert catalogue_of(()) == ()


def test_a_units_own_line_goes_before_the_common_one() -> None:
    common = Indicator(None, "Z1", "重点", Decimal(40))
    other = Indicator(None, "Z2", "职能", Decimal(40))
    own = Indicator(A, "z1", "招商", Decimal(50))
    catalogue = Catalogue((common, other, own))
    assert set(catalogue.of_unit(A)) == {own, other}
    assert catalogue.of_unit(B) == (common, other)
    assert catalogue.by_code(A, "Ｚ1") is own
    assert catalogue.by_code(B, "Z1") is common
    assert catalogue.by_code(A, "Z9") is None
    assert catalogue.by_name(A, "招 商") is own
    assert catalogue.by_name(B, "招商") is None
    assert catalogue.with_name("招商") == (own,)
    assert catalogue.with_code("Ｚ1") == (common, own)
    assert catalogue.with_code("招商") == catalogue.with_name("Z1") == ()
