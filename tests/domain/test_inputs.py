"""What an assessment rests on, and that it rests on nothing else."""

from dataclasses import replace

from gaoxin_vote.domain.assessment import assess
from gaoxin_vote.domain.codec import canonical_json, from_json, to_json
from gaoxin_vote.domain.inputs import AssessmentInputs
from gaoxin_vote.domain.record import BlockerKind

from .cases import case_inputs
from .factory import valid


def test_a_year_begins_with_a_scheme_and_its_units() -> None:
    """It can be assessed from the first day: it then lacks every session and every score."""
    record = assess(AssessmentInputs(valid().scheme, valid().units))
    kinds = {blocker.kind for blocker in record.blockers}
    assert kinds == {BlockerKind.SESSION_MISSING, BlockerKind.INDICATORS}
    assert [outcome.grade for outcome in record.outcomes] == [None] * 4


def test_inputs_that_were_written_and_read_back_give_the_same_record() -> None:
    inputs = case_inputs()
    read = from_json(AssessmentInputs, to_json(inputs))
    assert read == inputs
    assert assess(read).as_json() == assess(inputs).as_json()


def test_equal_inputs_are_spelled_alike_and_others_are_not() -> None:
    assert canonical_json(to_json(valid())) == canonical_json(to_json(valid()))
    fewer = replace(valid(), history=valid().history[1:])
    assert canonical_json(to_json(fewer)) != canonical_json(to_json(valid()))
