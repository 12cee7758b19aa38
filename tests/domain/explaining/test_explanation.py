"""A derivation says all, agrees with the record, and comes back from a file as it was."""

from hypothesis import given, settings

from gaoxin_vote.domain.assessment import assess
from gaoxin_vote.domain.codec import from_json, to_json
from gaoxin_vote.domain.contest import Grade
from gaoxin_vote.domain.explaining.derivation import Explainer
from gaoxin_vote.domain.explaining.explanation import Explanation
from gaoxin_vote.domain.inputs import AssessmentInputs
from tests.domain.test_properties import years


@settings(max_examples=40, deadline=None)
@given(years())
def test_every_explanation_agrees_with_the_record(inputs: AssessmentInputs) -> None:
    record = assess(inputs)
    explainer = Explainer(inputs, record)
    for one in record.outcomes:
        told = explainer.explain(one.unit.code)
        assert from_json(Explanation, to_json(told)) == told
        assert told.composite == one.composite
        assert (told.grade.final if told.grade else None) is one.grade
        if one.standing is None or told.order is None or told.places is None:
            continue
        if one.grade in (Grade.EXCELLENT, Grade.GOOD):
            places = told.places.excellent if one.grade is Grade.EXCELLENT else told.places.good
            assert told.places.nth is not None
            assert 1 <= told.places.nth <= places
        assert ("未决" in told.order.decided_above + told.order.decided_below) <= bool(told.order.tied_with)
