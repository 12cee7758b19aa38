"""One tidy table of every kind: what an office would enter, with nothing to be said of it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from gaoxin_vote.domain.adjustment import LateAcceptance
from gaoxin_vote.domain.contest import Grade
from gaoxin_vote.domain.decision import (
    CountDecision,
    Override,
    PlaceDecision,
    Referral,
    StaffAdjustment,
    TieDecision,
)
from gaoxin_vote.domain.inputs import AssessmentInputs
from gaoxin_vote.domain.units import Rater
from gaoxin_vote.spreadsheets.catalogue import Catalogue, catalogue_of
from gaoxin_vote.spreadsheets.context import Context
from gaoxin_vote.spreadsheets.folder import counted_tables
from gaoxin_vote.spreadsheets.kind import Kind
from gaoxin_vote.spreadsheets.kind_list import ENTERED
from gaoxin_vote.spreadsheets.naming import UnitNames
from tests.contests import PEER
from tests.spreadsheets.strategies import DEPUTIES

DAY = date(2018, 1, 18)


def tidy_tables(inputs: AssessmentInputs) -> dict[str, tuple[Kind[Any], Sequence[Any]]]:
    """A kind and values of it, by the name of its file; the sample's, and made ones where it has none."""
    first, second = (unit.code for unit in inputs.units[:2])
    made: dict[str, tuple[Any, ...]] = {
        "raters": (
            Rater(DEPUTIES.contest.code, "D01", "代表甲"),
            Rater(DEPUTIES.contest.code, "D02", "代表乙"),
        ),
        "late_acceptances": (LateAcceptance(inputs.claims[0].claim_id, "材料因邮寄延误", DAY),),
        "tie_decisions": (TieDecision(first, 1, "研究决定", DAY), TieDecision(second, 2, "研究决定", DAY)),
        "place_decisions": tuple(
            PlaceDecision(name, Grade.EXCELLENT, place, "研究决定", DAY)
            for place, name in enumerate(dict.fromkeys(unit.unit_class for unit in inputs.units), 1)
        ),
        "count_decisions": (CountDecision(PEER.code, "", 1, first, "影响不大", DAY),),
        "overrides": (Override(first, Grade.GOOD, "研究决定", DAY),),
        "staff_adjustments": (StaffAdjustment(second, 1, "机构调整"),),
        "referrals": (Referral(second, "转区纪委"),),
    }
    tables = [*counted_tables(inputs), *((kind, getattr(inputs, kind.inputs)) for kind in ENTERED)]
    return {kind.layout.stem: (kind, values or made.get(kind.layout.stem) or ()) for kind, values in tables}


def tidy_context(inputs: AssessmentInputs, kind: Kind[Any]) -> Context:
    """What such a table is read against."""
    scheme = inputs.scheme
    if kind.layout.stem == "raters":
        scheme = replace(scheme, contests=(*scheme.contests, DEPUTIES))
    return Context(
        scheme, UnitNames(inputs.units, scheme.aliases), Catalogue(catalogue_of(inputs.scores)), inputs.claims
    )
