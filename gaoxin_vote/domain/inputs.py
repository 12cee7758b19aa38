"""What does an assessment rest on?"""

from dataclasses import dataclass

from gaoxin_vote.domain.adjustment import BonusClaim, LateAcceptance
from gaoxin_vote.domain.consequence import HistoryEntry
from gaoxin_vote.domain.decision import (
    CountDecision,
    Override,
    PlaceDecision,
    Referral,
    StaffAdjustment,
    TieDecision,
)
from gaoxin_vote.domain.event import BarringEvent
from gaoxin_vote.domain.indicator import Indicator, IndicatorScore
from gaoxin_vote.domain.minutes import SessionMinutes
from gaoxin_vote.domain.scheme import AssessmentScheme
from gaoxin_vote.domain.supervision import LedgerEntry, SelfAssessment, SiteNote
from gaoxin_vote.domain.tally import SessionTally
from gaoxin_vote.domain.units import Leader, Rater, Unit


@dataclass(frozen=True, slots=True)
class AssessmentInputs:
    """Everything that `assess` and `explain` look at; the record of a year follows from it alone."""

    scheme: AssessmentScheme
    units: tuple[Unit, ...]
    """All assessed units, in the official order, each code once."""
    tallies: tuple[SessionTally, ...] = ()
    """Every session that holds, repetitions included, voided ones not."""
    scores: tuple[IndicatorScore, ...] = ()
    claims: tuple[BonusClaim, ...] = ()
    late_acceptances: tuple[LateAcceptance, ...] = ()
    events: tuple[BarringEvent, ...] = ()
    history: tuple[HistoryEntry, ...] = ()
    tie_decisions: tuple[TieDecision, ...] = ()
    overrides: tuple[Override, ...] = ()
    staff_adjustments: tuple[StaffAdjustment, ...] = ()
    referrals: tuple[Referral, ...] = ()
    leaders: tuple[Leader, ...] = ()
    raters: tuple[Rater, ...] = ()
    """The own rosters of contests."""
    minutes: tuple[SessionMinutes, ...] = ()
    targets: tuple[Indicator, ...] = ()
    """The table of targets; empty until it is imported."""
    ledger: tuple[LedgerEntry, ...] = ()
    self_assessments: tuple[SelfAssessment, ...] = ()
    site_notes: tuple[SiteNote, ...] = ()
    place_decisions: tuple[PlaceDecision, ...] = ()
    count_decisions: tuple[CountDecision, ...] = ()
