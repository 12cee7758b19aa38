"""Why did a unit get what it got? The complete derivation as data; a screen or sheet only prints it."""

from dataclasses import dataclass
from decimal import Decimal

from gaoxin_vote.domain.adjustment import BonusClaim, ClaimReason
from gaoxin_vote.domain.consequence import HistoryEntry
from gaoxin_vote.domain.contest import Contest, Grade
from gaoxin_vote.domain.event import BarringEvent
from gaoxin_vote.domain.indicator import Indicator, IndicatorScore
from gaoxin_vote.domain.supervision import DeclaredCompletion, LedgerEntry, SelfAssessment, SiteNote
from gaoxin_vote.domain.units import Unit, UnitCode


@dataclass(frozen=True, slots=True)
class IndicatorStory:
    """One indicator: what was wanted, declared and seen, and what it got."""

    score: IndicatorScore | None
    """None where nobody has scored it yet."""
    target: Indicator | None
    """Its line in the table of targets, where there is one."""
    declared: DeclaredCompletion | None
    ledger: tuple[LedgerEntry, ...]
    site_notes: tuple[SiteNote, ...]


@dataclass(frozen=True, slots=True)
class IndicatorPart:
    """指标评估."""

    indicators: tuple[IndicatorStory, ...]
    total: Decimal | None
    full: Decimal
    self_assessment: SelfAssessment | None
    ledger: tuple[LedgerEntry, ...]
    """Ledger entries on the unit's work as a whole."""
    clause: str


@dataclass(frozen=True, slots=True)
class GroupStory:
    """The marks of one weight group for this unit."""

    group: str
    """Empty where all marks weigh the same."""
    weight: Decimal
    counts: tuple[tuple[str, int], ...]
    """(label, marks) of the four grades, best first."""
    abstained: int | None
    """弃权; None where only the blanks as a whole are known."""
    blanks: int
    """弃权（含回避）."""
    void: int
    valid: int
    formula: str
    """Such as （100×7＋80×2＋60×0＋40×0）÷9÷100×10＝9.5556; says why where there is no score."""


@dataclass(frozen=True, slots=True)
class RatingPart:
    """What one contest gave, such as 领导评议."""

    contest: Contest
    groups: tuple[GroupStory, ...]
    formula: str
    """How the groups make the score, with the rounding."""
    score: Decimal | None
    full: Decimal
    clause: str


@dataclass(frozen=True, slots=True)
class ClaimStory:
    """What became of one claim, and why."""

    claim: BonusClaim
    counted: Decimal
    reason: ClaimReason
    words: str
    """The reason in a sentence."""


@dataclass(frozen=True, slots=True)
class AdjustmentPart:
    """加（减）分."""

    claims: tuple[ClaimStory, ...]
    plus: Decimal
    minus: Decimal
    net: Decimal
    formula: str
    """How the cap makes the net of both."""
    clause: str


@dataclass(frozen=True, slots=True)
class KeyLine:
    """One key of the order: this unit beside its neighbours."""

    key: str
    """In Chinese, such as 综合得分."""
    above: str | None
    own: str
    below: str | None


@dataclass(frozen=True, slots=True)
class OrderPart:
    """Where the unit stands, and what sets it apart."""

    rank: int
    order: int
    class_rank: int
    class_order: int
    above: UnitCode | None
    """The next better unit in the strict order."""
    below: UnitCode | None
    keys: tuple[KeyLine, ...]
    decided_above: str
    """The key that sets it apart from the next better unit; 未决 where nothing does."""
    decided_below: str
    tied_with: tuple[UnitCode, ...]
    decision: str
    """The leading group's reason, where a decision on the tie is recorded."""


@dataclass(frozen=True, slots=True)
class PlacePart:
    """The places that the unit competes for."""

    scope: str
    size: int
    excellent: int
    good: int
    formula: str
    """How the ratio makes the places."""
    reached: Grade
    """The grade of the place that its score reaches."""
    nth: int | None
    """It takes the n-th place of that grade; None for 合格, or where it takes none."""
    barred_above: tuple[UnitCode, ...]
    """Barred units before it in the same scope, whose places pass down or stay vacant."""
    vacancy: str
    """What becomes of such places, in Chinese."""


@dataclass(frozen=True, slots=True)
class EventStory:
    """One event on record."""

    event: BarringEvent
    text: str
    """What the scheme says of its kind."""
    clause: str


@dataclass(frozen=True, slots=True)
class GradePart:
    """等次."""

    computed: Grade
    final: Grade
    kinds: tuple[str, ...]
    """Distinct kinds that bar."""
    reason: str
    """The remark: what failed or barred the unit, or the leading group's reason."""
    words: str
    """How the grade follows, in a sentence."""
    clause: str


@dataclass(frozen=True, slots=True)
class ConsequenceLine:
    """One thing that follows."""

    matter: str
    outcome: str
    basis: str
    clause: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """The complete derivation for one unit."""

    unit: Unit
    indicator: IndicatorPart
    ratings: tuple[RatingPart, ...]
    """In the order of the scheme's contests."""
    adjustment: AdjustmentPart
    composite: Decimal | None
    composite_formula: str
    composite_clause: str
    order: OrderPart | None
    """None, like all that follows from it, while the composite is not known."""
    places: PlacePart | None
    events: tuple[EventStory, ...]
    grade: GradePart | None
    history: tuple[HistoryEntry, ...]
    """The two years before, newest first, as far as they are known."""
    consequences: tuple[ConsequenceLine, ...]
    blockers: tuple[str, ...]
    """What is still to be settled for this unit."""
    notes: tuple[str, ...]
