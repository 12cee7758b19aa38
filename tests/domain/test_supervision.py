"""What the office saw and what a unit says of itself is kept beside the score and gives no points (R6)."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from gaoxin_vote.domain.assessment import assess
from gaoxin_vote.domain.codec import from_json, to_json
from gaoxin_vote.domain.inputs import AssessmentInputs
from gaoxin_vote.domain.labelled import Labelled
from gaoxin_vote.domain.supervision import (
    DeclaredCompletion,
    Inspection,
    LedgerEntry,
    SelfAssessment,
    SiteNote,
    SupervisionManner,
)
from gaoxin_vote.domain.units import UnitCode

from .factory import valid

UNIT = UnitCode("A01")


def supervised() -> AssessmentInputs:
    """The valid year with something of each kind, in every manner, none of it good."""
    day = date(2017, 6, 1)
    places = tuple(product(("Z1", ""), SupervisionManner))
    return replace(
        valid(),
        ledger=tuple(
            LedgerEntry(f"K{number}", UNIT, day, manner, indicator, "进度滞后")
            for number, (indicator, manner) in enumerate(places)
        ),
        self_assessments=(
            SelfAssessment(UNIT, "", "", "", "", declared=(DeclaredCompletion("Z1", False, "未完成"),)),
        ),
        site_notes=tuple(SiteNote(UNIT, "Z1", manner, "台账不全") for manner in Inspection),
    )


def test_it_changes_neither_the_results_nor_what_blocks_them() -> None:
    seen, unseen = assess(supervised()), assess(valid())
    assert (seen.outcomes, seen.quotas, seen.blockers) == (unseen.outcomes, unseen.quotas, unseen.blockers)


def test_it_is_kept_with_the_year() -> None:
    inputs = supervised()
    assert from_json(AssessmentInputs, to_json(inputs)) == inputs
    assert to_json(inputs) != to_json(valid())


@pytest.mark.parametrize("manners", [SupervisionManner, Inspection])
def test_each_manner_is_known_by_a_word_of_its_own(manners: type[Labelled]) -> None:
    assert list(manners.by_label().values()) == list(manners)
