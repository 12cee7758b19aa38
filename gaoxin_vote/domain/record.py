"""How did the year end, for every unit and as a whole?"""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from gaoxin_vote.domain.adjustment import Adjustment
from gaoxin_vote.domain.codec import Json
from gaoxin_vote.domain.consequence import Consequence
from gaoxin_vote.domain.contest import GRADES, ContestCode, Grade
from gaoxin_vote.domain.contest_rules import ContestRules
from gaoxin_vote.domain.event import Barring
from gaoxin_vote.domain.quota import ScopeQuota
from gaoxin_vote.domain.rating import Rating
from gaoxin_vote.domain.rounding import round_half_up
from gaoxin_vote.domain.standing import LastScope, Standing
from gaoxin_vote.domain.units import Unit, UnitCode

RECORD_KEYS = frozenset(
    {
        "code",
        "name",
        "cls",
        "indicator",
        "internal",
        "bonus",
        "composite",
        "rank",
        "order",
        "class_rank",
        "class_order",
        "disqualifying_kinds",
        "grade",
        "grade_reason",
        "staff",
        "staff_excellent_quota",
        "head_may_be_excellent",
        "head_other_awards",
        "bonus_money_eligible",
        "accountability",
        "accountability_triggers",
    }
)
"""What the record says of a unit beside its ratings, each of which stands under the code of its contest."""
COUNT_KEYS = frozenset(
    {"弃权", "弃权（含回避）", "弃权(含回避)", "回避", "废票", "无效", "有效", "valid", "score", "groups"}
)
"""What the record or a count table says of a rating beside the labels of its grades."""


class BlockerKind(Enum):
    """What keeps an assessment from being finalised."""

    SESSION_MISSING = "session missing"
    NOT_RECONCILED = "not reconciled"
    GROUP_TOO_SMALL = "group too small"
    NO_VALID_MARK = "no valid mark"
    ABSTENTIONS_UNKNOWN = "abstentions unknown"
    INDICATORS = "indicators"
    CLAIM_UNSETTLED = "claim unsettled"
    EVENT_UNSETTLED = "event unsettled"
    TIE_UNDECIDED = "tie undecided"
    SELF_RATED = "self-rated"
    PLACES_MISSING = "places missing"
    PLACES_UNDECIDED = "places undecided"
    TIE_HALF_DECIDED = "tie half decided"
    HISTORY_NOT_EARLIER = "history not earlier"
    UNKNOWN_UNIT = "unknown unit"
    REPEATED = "repeated"
    REASON_MISSING = "reason missing"


@dataclass(frozen=True, slots=True)
class Blocker:
    """One thing to be settled before finalising."""

    kind: BlockerKind
    message: str
    """In Chinese; names the unit, claim or session."""
    unit: UnitCode | None = None
    contest: ContestCode | None = None
    """The contest that must be re-held for the unit, where that is the way out."""
    entries: str = ""
    """What was entered and has to be mended: a field of `AssessmentInputs`; empty where none has."""
    poll: tuple[ContestCode, str] | None = None
    """Contest and weight group of the session that it is about."""


@dataclass(frozen=True, slots=True)
class Note:
    """Something the officer should know; it blocks nothing."""

    message: str
    unit: UnitCode | None = None


@dataclass(frozen=True, slots=True)
class UnitOutcome:
    """What one unit got, and what follows. None stands for what cannot be told yet."""

    unit: Unit
    indicator: Decimal | None
    """指标评估, rounded."""
    ratings: tuple[Rating, ...]
    """In the order of the scheme's contests."""
    internal: Decimal | None
    """内部评估: all ratings together."""
    adjustment: Adjustment
    composite: Decimal | None
    """综合得分."""
    barring: Barring
    standing: Standing | None
    """With the grade that the scheme gives; None while the composite is not known."""
    grade: Grade | None
    """等次 as it stands: the one that the scheme gives, or the leading group's (A34)."""
    grade_reason: str
    consequence: Consequence | None
    staff_places: int | None
    """Staff that may be rated 优秀, as adjusted by the officer (R28)."""

    def rating(self, code: ContestCode) -> Rating:
        """What it got in the contest with this code, which must be one of the scheme's (`KeyError`)."""
        return {rating.contest.code: rating for rating in self.ratings}[code]


@dataclass(frozen=True, slots=True)
class AssessmentRecord:
    """考核结果: everything that follows from the inputs; final only when nothing blocks."""

    year: int
    decimals: int
    contests: tuple[ContestRules, ...]
    """Those of the scheme."""
    last_scope: LastScope
    outcomes: tuple[UnitOutcome, ...]
    """In the order of the units."""
    quotas: tuple[ScopeQuota, ...]
    undecided: tuple[tuple[UnitCode, ...], ...]
    """Ties that decide a grade or the last place and lack a decision."""
    staff_total: int
    staff_cap: int
    blockers: tuple[Blocker, ...]
    notes: tuple[Note, ...]

    @property
    def ranked(self) -> tuple[UnitOutcome, ...]:
        """The outcomes with a standing, best first."""
        standing = [
            (outcome.standing.order, index) for index, outcome in enumerate(self.outcomes) if outcome.standing
        ]
        return tuple(self.outcomes[index] for _, index in sorted(standing))

    @property
    def staff_sum(self) -> int:
        """Staff of all units that may be rated 优秀."""
        return sum(outcome.staff_places or 0 for outcome in self.outcomes)

    @property
    def grade_codes(self) -> dict[str, Json]:
        """The code of each unit's grade, by unit, as the audit log keeps it; None where there is no grade."""
        return {
            outcome.unit.code: outcome.grade.value if outcome.grade else None for outcome in self.outcomes
        }

    def as_json(self) -> dict[str, Json]:
        """Plain JSON: `summary` and `units` (in unit order), scores as strings with all their decimals."""
        units: list[Json] = [self._unit_json(outcome) for outcome in self.outcomes]
        return {"summary": self._summary_json(), "units": units}

    def _summary_json(self) -> dict[str, Json]:
        ranked = self.ranked
        awarded = Counter((outcome.standing.scope, outcome.grade) for outcome in ranked if outcome.standing)
        graded = Counter(outcome.grade for outcome in ranked)
        last: dict[str, Json] = {
            outcome.unit.unit_class: outcome.unit.code
            for outcome in ranked
            if outcome.standing and outcome.standing.is_last
        }
        overall: Json = ranked[-1].unit.code if ranked else None
        return {
            "quota": {
                quota.scope: {"excellent": quota.excellent.places, "good": quota.good.places}
                for quota in self.quotas
            },
            "awarded": {
                quota.scope: {
                    "excellent": awarded[quota.scope, Grade.EXCELLENT],
                    "good": awarded[quota.scope, Grade.GOOD],
                }
                for quota in self.quotas
            },
            "order": [outcome.unit.code for outcome in ranked],
            "last": overall if self.last_scope is LastScope.ALL_UNITS else last,
            "unresolved_ties_that_matter": [list(group) for group in self.undecided],
            "staff_total": self.staff_total,
            "staff_quota_sum": self.staff_sum,
            "staff_cap": self.staff_cap,
            "staff_over": max(0, self.staff_sum - self.staff_cap),
            "grade_counts": {grade.label: graded[grade] for grade in GRADES},
        }

    def _unit_json(self, outcome: UnitOutcome) -> dict[str, Json]:
        standing, follows = outcome.standing, outcome.consequence
        return {
            "code": outcome.unit.code,
            "name": outcome.unit.name,
            "cls": outcome.unit.unit_class,
            "indicator": self.score_text(outcome.indicator),
            **{
                str(rules.contest.code): self._rating_json(rating, rules.labels)
                for rules, rating in zip(self.contests, outcome.ratings, strict=True)
            },
            "internal": self.score_text(outcome.internal),
            "bonus": {
                "claims": [
                    {
                        "claim_id": claim.claim.claim_id,
                        "counted": self.score_text(claim.counted),
                        "reason": claim.reason.value,
                    }
                    for claim in outcome.adjustment.claims
                ],
                "plus_raw": self.score_text(outcome.adjustment.plus),
                "minus_raw": self.score_text(outcome.adjustment.minus),
                "net": self.score_text(outcome.adjustment.net),
            },
            "composite": self.score_text(outcome.composite),
            "rank": standing.rank if standing else None,
            "order": standing.order if standing else None,
            "class_rank": standing.class_rank if standing else None,
            "class_order": standing.class_order if standing else None,
            "disqualifying_kinds": list(outcome.barring.kinds),
            "grade": outcome.grade.label if outcome.grade else None,
            "grade_reason": outcome.grade_reason,
            "staff": outcome.unit.staff,
            "staff_excellent_quota": outcome.staff_places,
            "head_may_be_excellent": follows.head_may_be_excellent if follows else None,
            "head_other_awards": follows.head_other_awards if follows else None,
            "bonus_money_eligible": follows.bonus_money_eligible if follows else None,
            "accountability": follows.accountability.words if follows else None,
            "accountability_triggers": [t.value for t in follows.accountability.triggers] if follows else [],
        }

    def _rating_json(self, rating: Rating, labels: tuple[str, str, str, str]) -> dict[str, Json]:
        """The counts of all groups together; each group by itself too where there are several."""
        abstained = rating.abstained
        counts: dict[str, Json] = dict(zip(labels, rating.grades, strict=True))
        if abstained is None:
            counts["弃权（含回避）"] = rating.blanks
        else:
            counts["弃权"] = abstained
        counts |= {"废票": rating.void, "valid": sum(rating.grades), "score": self.score_text(rating.score)}
        if len(rating.groups) > 1:
            counts["groups"] = [
                {
                    "group": group.group,
                    "weight": str(group.weight),
                    **dict(zip(labels, group.count.grades if group.count else (0, 0, 0, 0), strict=True)),
                    "score": None if group.exact is None else str(round_half_up(group.exact, self.decimals)),
                }
                for group in rating.groups
            ]
        return counts

    def score_text(self, value: Decimal | None) -> str | None:
        """A score as it is printed and stored, with all its decimals; None stays None."""
        return None if value is None else str(round_half_up(value, self.decimals))
